"""Visible text goes through `tr`; the window installs Qt's translator behind it.

The source text is English and is the key. `tools/translations.py` collects every literal given to `tr` and
fails when a catalogue in `resources/i18n` lacks one. Values are filled in after translation, so a translator
may reorder them.
"""

from __future__ import annotations

from collections.abc import Callable

Translator = Callable[[str, int | None], str]


def _english(source: str, n: int | None) -> str:
    return source


_translator: Translator = _english


def install_translator(translator: Translator) -> None:
    """Use `translator(source, n)` for all text from now on; `n` selects the plural form where it is given."""
    global _translator
    _translator = translator


def tr(source: str, /, *, n: int | None = None, **values: object) -> str:
    """Return `source` in the person's language with `{name}` fields filled from `values`.

    Args:
        source: English text, always a literal at the call site.
        n: The count that decides the plural form; also fills ``{n}``.
        values: Replacements for the named fields.
    """
    text = _translator(source, n)
    if n is not None:
        values.setdefault("n", n)
    return text.format(**values) if values else text
