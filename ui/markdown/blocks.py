"""What Markdown becomes before anything is drawn: a flat run of blocks, without HTML and without Qt.

Nested structure (lists in quotes in lists) is flattened: every block carries its indent, its quote depth and,
if it opens a list item, the item's marker. A flat run can be cut anywhere, which is what streaming needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_INDENT = 8
"""Deeper list and quote levels are drawn at this one, so hostile nesting cannot push text off the page."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    Attributes:
        href: A destination that has passed `links.check`, or empty.
        image: Source of an image that is *not* loaded; `text` is then what stands in its place.
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: list `indent`, `quote` depth and the list `marker` to its left, if any."""

    indent: int = 0
    quote: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph (`level` 0) or a heading (`level` 1 to 6)."""

    spans: tuple[Span, ...]
    place: Place = Place()
    level: int = 0
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Code:
    """A code block. `language` is the first word of the fence's info string, lower case."""

    text: str
    language: str = ""
    place: Place = Place()


Align = Literal["left", "center", "right"]
Cell = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as `aligns`."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    aligns: tuple[Align, ...]
    place: Place = Place()


Block = Prose | Rule | Code | Table


def plain_text(block: Block) -> str:
    """The text of `block` as a person reads it, without marks."""
    match block:
        case Prose(spans=spans):
            return _join(spans)
        case Code(text=text):
            return text
        case Table(head=head, rows=rows):
            return "\n".join("\t".join(_join(cell) for cell in row) for row in (head, *rows))
        case Rule():
            return ""


def _join(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)
