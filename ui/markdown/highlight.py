"""Code colours: Pygments tokens reduced to the few styles of the design, line by line and lazily. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

Style = Literal["keyword", "value", "comment", "added", "removed"]

MAX_CODE = 60_000
"""Longer code stays plain: some lexers take quadratic time on hostile text."""

_STYLES: tuple[tuple[object, Style], ...] = (
    (Comment.Preproc, "keyword"),
    (Comment.PreprocFile, "value"),
    (Comment, "comment"),
    (Keyword.Constant, "value"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Tag, "keyword"),
    (String, "value"),
    (Number, "value"),
    (Generic.Inserted, "added"),
    (Generic.Deleted, "removed"),
    (Generic.Heading, "keyword"),
    (Generic.Subheading, "keyword"),
    (Generic.Prompt, "comment"),
)


@dataclass(frozen=True, slots=True)
class Paint:
    """Characters `start` to `start + length` of a line, drawn in `style`."""

    start: int
    length: int
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """The paints of line `number`. `safe`: no token spans its start, so lexing may begin again here."""

    number: int
    paints: tuple[Paint, ...]
    safe: bool


@lru_cache(maxsize=64)
def lexer(language: str) -> Lexer | None:
    """The lexer for the word after a code fence, or None for plain text and for languages nobody knows."""
    if not language or language in ("text", "plain", "plaintext", "txt", "output"):
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False, stripall=False)
    except ClassNotFound:
        return None


def warm_up() -> None:
    """Import the lexers that answers use most, in any thread; the first use takes tens of milliseconds."""
    for language in ("python", "bash", "json", "javascript", "html"):
        lexer(language)


@lru_cache(maxsize=512)
def _style(token: object) -> Style | None:
    return next((style for parent, style in _STYLES if token in parent), None)  # type: ignore[operator]


def lines(code: str, language: str, first: int = 0) -> Iterator[Line]:
    """The lines of `code` from line `first` on, coloured as far as the iterator is drawn.

    `first` must be a line that was `safe` in an earlier pass, or 0.
    """
    chosen = lexer(language)
    if chosen is None or len(code) > MAX_CODE:
        return
    text = code if first == 0 else code.split("\n", first)[first]
    number, column = first, 0
    paints: list[Paint] = []
    safe = True
    inside: Style | None = None
    for _, token, value in chosen.get_tokens_unprocessed(text):
        style = _style(token)
        for index, piece in enumerate(value.split("\n")):
            if index:
                yield Line(number, tuple(paints), safe)
                number, column, paints = number + 1, 0, []
                # A string or comment that goes on into the next line makes its start unsafe.
                safe = not (inside in ("value", "comment") and style == inside)
            if piece:
                if column == 0 and style == inside and style in ("value", "comment"):
                    safe = False
                if column == 0 and piece[0] in " \t":
                    safe = False
                if style is not None:
                    paints.append(Paint(column, len(piece), style))
                column += len(piece)
        if value.strip():
            inside = style
    yield Line(number, tuple(paints), safe)
