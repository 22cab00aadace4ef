#!/usr/bin/env python3
"""Keeps the catalogues in `resources/i18n` in step with the texts in the code.

    python3 tools/translations.py update   collect all texts, keep what is translated, compile
    python3 tools/translations.py check    exit with 1 if anything is missing, stale, wrong or not compiled

A text is the literal first argument of `tr(...)` in `main.py`, `ui/` or `backend/`; with ``n=`` it has plural
forms. The English catalogue has only those, since all other English texts are their own translation.
"""

from __future__ import annotations

import argparse
import ast
import string
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "Orangery"
PLURAL_FORMS = {"en": 2, "pl": 3}
"""How many forms Qt wants: Polish has one for 1, one for 2 to 4 and the like, and one for the rest."""

_LOCALES = {"en": "en_GB", "pl": "pl_PL"}


@dataclass(slots=True)
class Text:
    """One text of the code and the places that use it; `mixed` is one that forgets, or should forget,
    ``n=``."""

    source: str
    plural: bool
    places: list[str] = field(default_factory=list)
    mixed: str = ""


class Problem(Exception):
    """The code uses `tr` in a way that cannot be translated."""


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file whose texts are shown to people."""
    yield root / "main.py"
    for folder in ("backend", "ui"):
        yield from sorted((root / folder).rglob("*.py"))


def collect(root: Path = ROOT) -> dict[str, Text]:
    """All texts, in the order of the code. Raises `Problem` for a text that is not a literal."""
    found: dict[str, Text] = {}
    for path in sources(root):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"):
                continue
            place = f"{path.relative_to(root)}:{node.lineno}"
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                raise Problem(f"{place}: the first argument of tr() must be a literal")
            plural = any(keyword.arg == "n" for keyword in node.keywords)
            text = found.setdefault(first.value, Text(first.value, plural))
            if text.plural != plural:
                text.plural = True
                text.mixed = text.mixed or place
            text.places.append(place)
    return found


def fields(text: str) -> set[str]:
    """Names of the ``{fields}`` of `text`. Raises `ValueError` for braces that do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


Catalogue = dict[str, tuple[str, ...]]
"""Source text to its translation, or to its plural forms."""


def read(path: Path) -> Catalogue:
    """The translations in a TS file, finished or not; empty if there is no such file."""
    if not path.exists():
        return {}
    catalogue: Catalogue = {}
    for message in ET.parse(path).iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None:
            continue
        forms = tuple(form.text or "" for form in translation.iter("numerusform"))
        catalogue[source] = forms or (translation.text or "",)
    return catalogue


def write(path: Path, language: str, texts: dict[str, Text], catalogue: Catalogue) -> None:
    """Write a TS file with every text of `texts`; what has no translation is marked unfinished."""
    top = ET.Element("TS", version="2.1", language=_LOCALES[language], sourcelanguage="en_GB")
    context = ET.SubElement(top, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, text in sorted(texts.items()):
        if language == "en" and not text.plural:
            continue
        message = ET.SubElement(context, "message", {"numerus": "yes"} if text.plural else {})
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        forms = catalogue.get(source, ())
        if text.plural:
            forms = (*forms, *("",) * PLURAL_FORMS[language])[: PLURAL_FORMS[language]]
            for form in forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            forms = forms[:1] or ("",)
            translation.text = forms[0]
        if not all(forms):
            translation.set("type", "unfinished")
    ET.indent(top, "    ")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ET.tostring(top, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def lrelease() -> Path:
    """The compiler of catalogues that comes with PySide6."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    for name in ("lrelease", "lrelease.exe", "Qt/libexec/lrelease"):
        if (folder / name).exists():
            return folder / name
    raise Problem("PySide6 has no lrelease here")


def compile_catalogue(source: Path, target: Path) -> None:
    """Make the QM file that Qt loads. A running window has the old one mapped into memory, so it is replaced
    and not written over."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        command = [str(lrelease()), "-silent", str(source), "-qm", str(fresh)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        fresh.replace(target)


def problems(texts: dict[str, Text], folder: Path = FOLDER) -> list[str]:
    """Everything that is wrong with the catalogues, one line each."""
    lines = [
        f"{text.mixed}: {text.source!r} is used with and without n=, see {text.places[0]}"
        for text in texts.values()
        if text.mixed
    ]
    for language in _LOCALES:
        path = folder / f"{language}.ts"
        catalogue = read(path)
        wanted = {source: text for source, text in texts.items() if text.plural or language != "en"}
        lines += [f"{path.name}: stale: {source!r}" for source in catalogue if source not in wanted]
        for source, text in wanted.items():
            forms = catalogue.get(source, ())
            count = PLURAL_FORMS[language] if text.plural else 1
            if len(forms) != count or not all(forms):
                lines.append(f"{path.name}: not translated: {source!r} ({text.places[0]})")
                continue
            lines += [f"{path.name}: {line}" for line in _field_problems(source, text, forms)]
        lines += _compiled_problems(path)
    return lines


def _field_problems(source: str, text: Text, forms: tuple[str, ...]) -> Iterator[str]:
    expected = fields(source)
    for form in forms:
        try:
            found = fields(form)
        except ValueError as error:
            yield f"{form!r}: {error}"
            continue
        # A form such as "one model" may leave the number out; nothing may be invented.
        missing = expected - found - ({"n"} if text.plural else set())
        if missing or found - expected:
            yield f"fields differ: {source!r} and {form!r}"


def _compiled_problems(path: Path) -> list[str]:
    compiled = path.with_suffix(".qm")
    if not path.exists() or not compiled.exists():
        return [f"{compiled.name}: not compiled"]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / compiled.name
        compile_catalogue(path, fresh)
        if fresh.read_bytes() != compiled.read_bytes():
            return [f"{compiled.name}: older than {path.name}"]
    return []


def update(texts: dict[str, Text], folder: Path = FOLDER) -> None:
    """Write and compile both catalogues. English plurals of the usual shape are filled in."""
    for language in _LOCALES:
        path = folder / f"{language}.ts"
        catalogue = read(path)
        if language == "en":
            for source, text in texts.items():
                if text.plural and not all(catalogue.get(source, ("",))):
                    catalogue[source] = (_singular(source), source)
        write(path, language, texts, catalogue)
        compile_catalogue(path, path.with_suffix(".qm"))


def _singular(source: str) -> str:
    """``{n} model`` for ``{n} models``, the same with ``{count}``; other shapes need a person."""
    words = source.split(" ")
    for place, word in enumerate(words[:-1]):
        if word in ("{n}", "{count}") and words[place + 1].rstrip(".,;:").endswith("s"):
            noun = words[place + 1].rstrip(".,;:")
            end = words[place + 1][len(noun) :]
            words[place + 1] = (f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]) + end
            verbs = {"are": "is", "have": "has", "need": "needs"}
            return " ".join(words[: place + 2] + [verbs.get(after, after) for after in words[place + 2 :]])
    return source


def main(argv: list[str] | None = None) -> int:
    """Run `update` or `check`; the result is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("update", "check"))
    command = parser.parse_args(argv).command
    try:
        texts = collect()
        if command == "update":
            update(texts)
        lines = problems(texts)
    except Problem as error:
        print(error, file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    print(f"{len(texts)} texts, {len(lines)} problems")
    return 1 if lines and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
