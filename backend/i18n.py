"""Visible text goes through `tr`; the window installs Qt's translator behind it.

The source text is English and is the key. `tools/translations.py` collects every literal given to `tr` and
fails when a catalogue in `resources/i18n` lacks one. Values are filled in after translation, so a translator
may reorder them.
"""

from __future__ import annotations

from collections.abc import Callable

Translator = Callable[[str, int | None], str]
Counter = Callable[[int], str]


def _english(source: str, n: int | None) -> str:
    return source


def _grouped(n: int) -> str:
    return f"{n:,}"


_translator: Translator = _english
_counter: Counter = _grouped


def install_translator(translator: Translator, counter: Counter = _grouped) -> None:
    """Use these for all text from now on.

    Args:
        translator: Called with the source text and the count that selects the plural form, if there is one.
        counter: Writes a count with the separators of the person's language: ``8,192``.
    """
    global _translator, _counter
    _translator, _counter = translator, counter


def tr(source: str, /, *, n: int | None = None, **values: object) -> str:
    """Return `source` in the person's language with `{name}` fields filled from `values`.

    Args:
        source: English text, always a literal at the call site.
        n: The count that decides the plural form; also fills ``{n}``, with separators.
        values: Replacements for the named fields.
    """
    text = _translator(source, n)
    if n is not None:
        values.setdefault("n", _counter(n))
    return text.format(**values) if values else text
