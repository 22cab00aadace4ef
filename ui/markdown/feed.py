"""A whole text in portions, each of which is drawn in a moment. No Qt."""

from __future__ import annotations

from ui.markdown.blocks import Block, Code, Prose, Rule, Span, Table
from ui.markdown.parse import parse, plain_blocks
from ui.markdown.stream import Change, StreamingMarkdown

PIECE = 8_000
"""Characters parsed at once; longer text is parsed as if it were streamed."""
_PORTION = 4_000
"""Characters of prose in one portion: laying them out takes a few milliseconds."""


class Feed:
    """Gives the blocks of `text` in order. A portion is some prose, or a code block, or a table.

    Args:
        plain: The text was typed by a person and is not read as Markdown.
    """

    def __init__(self, text: str, *, plain: bool = False) -> None:
        self._text = text
        self._given: list[Block] = []
        self._at = 0
        self._queue: list[Block] = []
        self._stream: StreamingMarkdown | None = None
        self._replaced = False
        self.given = 0
        """Characters that were given out so far, about."""
        if plain:
            self._queue += plain_blocks(text)
            self._text = ""
        elif len(text) > PIECE:
            self._stream = StreamingMarkdown()

    def next(self) -> Change | None:
        """What to show next, or None if there is no more. Parses only as much as it needs."""
        while not self._queue and not self._replaced and (self._text or self._stream):
            self._parse()
        if not self._queue and not self._replaced:
            return None
        self._replaced = False
        start, characters, stop = self._at, 0, 0
        while stop < len(self._queue) and characters < _PORTION:
            if stop and not _together(self._queue[stop - 1], self._queue[stop]):
                break
            characters += _size(self._queue[stop])
            stop += 1
        portion, self._queue = tuple(self._queue[:stop]), self._queue[stop:]
        self._given[start:] = portion
        self._at += stop
        self.given += characters
        return Change(start, portion)

    @property
    def done(self) -> bool:
        """Whether everything was given out."""
        return not (self._queue or self._replaced or self._text or self._stream)

    def _parse(self) -> None:
        if self._stream is None:
            self._queue += parse(self._text)
            self._text = ""
            return
        piece, self._text = self._text[:PIECE], self._text[PIECE:]
        self._stream.feed(piece)
        change = self._stream.update() if self._text else self._stream.finish()
        if not self._text:
            self._stream = None
        # What was given out after `start` was still open; where it stayed the same it stays.
        same = change.start
        for old, new in zip(self._given[change.start :], change.blocks, strict=False):
            if old != new:
                break
            same += 1
        self._replaced = same < len(self._given)
        self._at = same
        self._queue = list(change.blocks[same - change.start :])


def _together(above: Block, below: Block) -> bool:
    return isinstance(above, Prose | Rule) and isinstance(below, Prose | Rule)


def _spans(spans: tuple[Span, ...]) -> int:
    return sum(len(span.text) for span in spans)


def _size(block: Block) -> int:
    """About how many characters are drawn, with what a block takes by itself."""
    match block:
        case Prose():
            return 40 + _spans(block.spans)
        case Code():
            return 40 + len(block.text)
        case Table():
            return 40 + sum(_spans(cell) + 10 for row in (block.head, *block.rows) for cell in row)
        case _:
            return 40
