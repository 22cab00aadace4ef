"""`MarkdownView`: blocks on the screen, and only what changed is drawn anew."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.markdown import styles
from ui.markdown.blocks import Block, Code, Prose, Rule, Span, Table
from ui.markdown.code import CodeBlockView
from ui.markdown.feed import PIECE, Feed
from ui.markdown.pane import TextPane
from ui.markdown.parse import parse, prepare_card
from ui.markdown.prose import ProsePane
from ui.markdown.stream import Change
from ui.markdown.table import TablePane
from ui.theme import theme

_GAP = 12
_BUDGET = 0.008
"""Seconds of one slice."""

Segment = ProsePane | CodeBlockView | TablePane
_WIDGETS: dict[type[Block], type[Segment]] = {
    Prose: ProsePane,
    Rule: ProsePane,
    Code: CodeBlockView,
    Table: TablePane,
}


class MarkdownView(QWidget):
    """A column of segments: runs of prose, code blocks, tables. As high as its content.

    Signals:
        link_activated: A link or image placeholder was clicked; nothing was opened. Ask, showing the host.
        height_changed: The content needs another height than before at the same width.
    """

    link_activated = Signal(str)
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, base: str = "read") -> None:
        super().__init__(parent)
        self._base = base
        self._blocks: list[Block] = []
        self._segments: list[Segment] = []
        self._firsts: list[int] = []
        self._heights: list[int] = []
        self._dirty = 0
        self._laid_out_for = -1
        self._height = 0
        self._caret = False
        self._needle = ""
        self._focus = Qt.FocusPolicy.StrongFocus
        self._feed: Feed | None = None
        self._held = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._next_slice)
        theme.changed.connect(self._renew_theme)

    # -- content

    def set_markdown(self, text: str, *, card: bool = True) -> None:
        """Show a whole text. Of a long one the beginning appears at once, the rest without blocking."""
        self._forget_feed()
        text = prepare_card(text) if card else text
        if len(text) <= PIECE:  # at once, which is half the work of doing it in portions
            self.splice(0, parse(text))
            if self._needle:
                self.find_all(self._needle)
            return
        self._begin(Feed(text))

    def set_plain(self, text: str) -> None:
        """Show `text` as it was typed, without reading it as Markdown."""
        self._begin(Feed(text, plain=True))

    def set_later(self, text: str) -> None:
        """Take Markdown (not of a card) that `make_some` is going to show, portion by portion."""
        self._forget_feed()
        self.splice(0, ())
        self._feed, self._held = Feed(text), True

    def make_some(self, width: int) -> bool:
        """Show the next portion of what `set_later` took, `width` wide; True once the text can be read.

        Of a very long text that is its beginning; the rest comes by itself.
        """
        self._laid_out_for = width
        if self._held:
            self._portion()
            self._held = self._feed is not None and self._feed.given < PIECE
            if not self._held and self._feed is not None:
                self._slices.start()
        return not self._held

    def set_placeholder(self, text: str) -> None:
        """Show one quiet line in place of content that is not there yet."""
        self._forget_feed()
        self.splice(0, (Prose((Span(text, italic=True),)),))

    def apply(self, change: Change) -> None:
        """Draw what a `StreamingMarkdown` reports."""
        self.splice(change.start, change.blocks)

    def splice(self, start: int, blocks: Sequence[Block]) -> None:
        """Keep the first `start` blocks, and show `blocks` after them."""
        old_height = self._height
        tail = self._blocks[start:]
        same = 0
        while same < min(len(tail), len(blocks)) and tail[same] == blocks[same]:
            same += 1
        if same == len(tail) == len(blocks):
            return
        at = start + same
        self._blocks[at:] = blocks[same:]
        self._rebuild_from(at)
        if self._laid_out_for >= 0:
            self._measure(self._laid_out_for)
            self._place()
        self.updateGeometry()
        if self._height != old_height:
            self.height_changed.emit()

    def set_caret(self, on: bool) -> None:
        """Show the mark of an answer that is still being written, after the last character."""
        self._caret = on
        for segment in self._segments:
            last = segment is self._segments[-1]
            _pane(segment).set_caret(on and last)

    def blocks(self) -> tuple[Block, ...]:
        """What is shown."""
        return tuple(self._blocks)

    def panes(self) -> tuple[TextPane, ...]:
        """The text surfaces from top to bottom."""
        return tuple(_pane(segment) for segment in self._segments)

    def set_tab_focus(self, on: bool) -> None:
        """Whether Tab stops at the text surfaces; a click always focuses them."""
        self._focus = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
        for pane in self.panes():
            pane.setFocusPolicy(self._focus)

    def is_complete(self) -> bool:
        """Whether no portion of the text is still to come."""
        return self._feed is None

    # -- finding

    def find_all(self, needle: str, current: int = -1) -> int:
        """Mark every place of `needle`, number `current` strongly; return how many there are."""
        self._needle = needle
        total = 0
        for pane in self.panes():
            total += pane.find_all(needle, current - total)
        return total

    def mark_rect(self, index: int) -> QRectF:
        """Where find mark `index` stands in this widget."""
        for pane in self.panes():
            count = len(pane.extraSelections())
            if index < count:
                rect = pane.mark_rect(index)
                return rect.translated(pane.mapTo(self, rect.topLeft().toPoint()) - rect.topLeft().toPoint())
            index -= count
        return QRectF()

    # -- geometry

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        if width != self._laid_out_for:
            self._dirty = 0
            self._measure(width)
        return self._height

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.height_for(width)

    def sizeHint(self) -> QSize:
        width = self.width() or theme.size("measure.max")
        return QSize(theme.size("measure.max"), self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height if self._laid_out_for >= 0 else 0)

    def relayout(self) -> None:
        """Measure and place everything again, after a segment changed its own size."""
        self._dirty = 0
        before = self._height
        self._measure(max(self._laid_out_for, 0))
        self._place()
        self.updateGeometry()
        if before != self._height:
            self.height_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.height_for(self.width())
        self._place()

    def _measure(self, width: int) -> None:
        self._laid_out_for = width
        for index in range(self._dirty, len(self._segments)):
            segment = self._segments[index]
            self._heights[index] = segment.height_for(max(40, width - self._left(index)))
        self._dirty = len(self._segments)
        self._height = sum(self._heights) + sum(self._gap(i) for i in range(len(self._heights)))

    def _place(self) -> None:
        y = 0
        for index, segment in enumerate(self._segments):
            y += self._gap(index)
            left = self._left(index)
            segment.setGeometry(left, y, max(40, self._laid_out_for - left), self._heights[index])
            y += self._heights[index]

    def _gap(self, index: int) -> int:
        if index == 0:
            return 0
        first = self._blocks[self._firsts[index]]
        return _GAP + 8 if isinstance(first, Prose) and first.level else _GAP

    def _left(self, index: int) -> int:
        block = self._blocks[self._firsts[index]]
        if isinstance(block, Code | Table):
            return block.place.indent * styles.INDENT + block.place.quote * styles.QUOTE
        return 0

    # -- building

    def _rebuild_from(self, at: int) -> None:
        """Make the segments match the blocks, of which those from `at` on are new."""
        first = len(self._firsts)
        while first and self._firsts[first - 1] >= at:
            first -= 1
        if first and isinstance(self._segments[first - 1], ProsePane):
            first -= 1  # the run before may go on
        start = self._firsts[first] if first < len(self._firsts) else (at if not first else self._end(first))
        self._dirty = min(self._dirty, first)
        index = first
        position = min(start, at)
        while position < len(self._blocks):
            stop = _group_end(self._blocks, position)
            self._set_segment(index, position, self._blocks[position:stop], keep=max(0, at - position))
            position = stop
            index += 1
        while len(self._segments) > index:
            self._drop(len(self._segments) - 1)
        if self._caret:
            self.set_caret(True)

    def _end(self, index: int) -> int:
        """The first block after segment `index - 1`."""
        return _group_end(self._blocks, self._firsts[index - 1])

    def _set_segment(self, index: int, first: int, blocks: list[Block], keep: int) -> None:
        wanted = _WIDGETS[type(blocks[0])]
        if index < len(self._segments) and not isinstance(self._segments[index], wanted):
            self._drop(index)
            self._insert(index, first, blocks[0])
            keep = 0
        elif index >= len(self._segments):
            self._insert(index, first, blocks[0])
            keep = 0
        elif self._firsts[index] != first:
            keep = 0
        self._firsts[index] = first
        segment = self._segments[index]
        match segment:
            case ProsePane():
                segment.set_blocks(blocks, keep)  # type: ignore[arg-type]
            case CodeBlockView():
                segment.set_code(blocks[0], live=self._caret)  # type: ignore[arg-type]
            case TablePane():
                segment.set_table(blocks[0])  # type: ignore[arg-type]

    def _insert(self, index: int, first: int, block: Block) -> None:
        widget = _WIDGETS[type(block)]
        segment = ProsePane(self, base=self._base) if widget is ProsePane else widget(self)
        _pane(segment).link_activated.connect(self.link_activated)
        _pane(segment).setFocusPolicy(self._focus)
        self._segments.insert(index, segment)
        self._firsts.insert(index, first)
        self._heights.insert(index, 0)
        segment.show()

    def _drop(self, index: int) -> None:
        segment = self._segments.pop(index)
        del self._firsts[index], self._heights[index]
        segment.hide()
        segment.deleteLater()

    # -- a text in portions

    def _begin(self, feed: Feed) -> None:
        self._forget_feed()
        self.splice(0, ())
        self._feed = feed
        self._next_slice()

    def _forget_feed(self) -> None:
        self._slices.stop()
        self._feed, self._held = None, False

    def _portion(self) -> None:
        """Show the next portion, if there is one."""
        change = self._feed.next() if self._feed is not None else None
        if change is not None:
            self.apply(change)
        if self._feed is not None and self._feed.done:
            self._feed = None

    def _next_slice(self) -> None:
        deadline = time.monotonic() + _BUDGET
        before, told = self._height, self.blockSignals(True)
        while self._feed is not None:
            self._portion()
            if time.monotonic() > deadline:
                break
        self.blockSignals(told)
        if self._height != before:
            self.height_changed.emit()
        if self._feed is None:
            self._slices.stop()
        elif not self._slices.isActive():
            self._slices.start()
        if self._needle:
            self.find_all(self._needle)

    def _renew_theme(self) -> None:
        for index, segment in enumerate(self._segments):
            first = self._firsts[index]
            if isinstance(segment, ProsePane):
                blocks = self._blocks[first : _group_end(self._blocks, first)]
                segment.set_blocks(())
                segment.set_blocks(blocks)  # type: ignore[arg-type]
            elif isinstance(segment, CodeBlockView):
                segment.renew_theme()
            else:
                segment.set_table(self._blocks[first], force=True)  # type: ignore[arg-type]
        if self._needle:
            self.find_all(self._needle)


def _group_end(blocks: Sequence[Block], start: int) -> int:
    """Where the run of prose that begins at `start` ends; other blocks stand alone."""
    if not isinstance(blocks[start], Prose | Rule):
        return start + 1
    stop = start + 1
    while stop < len(blocks) and isinstance(blocks[stop], Prose | Rule):
        stop += 1
    return stop


def _pane(segment: Segment) -> TextPane:
    return segment.pane if isinstance(segment, CodeBlockView) else segment
