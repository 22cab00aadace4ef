"""A run of paragraphs, headings, lists and quotes in one document, so that a selection goes across them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextBlock, QTextCursor, QTextLine
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui.markdown import styles
from ui.markdown.blocks import Prose, Rule, Span
from ui.markdown.pane import TextPane
from ui.theme import theme

_PAD = "\N{NARROW NO-BREAK SPACE}"


class ProsePane(TextPane):
    """Shows `Prose` and `Rule` blocks; block *i* is block *i* of the document."""

    def __init__(self, parent: QWidget | None = None, *, base: str = "read") -> None:
        super().__init__(parent)
        self._base = base
        self.setAccessibleName(tr("Text"))
        self._blocks: list[Prose | Rule] = []

    def set_blocks(self, blocks: Sequence[Prose | Rule], keep: int = 0) -> None:
        """Show `blocks`, of which the first `keep` are known to be shown already."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        old = self._blocks
        while keep < min(len(old), len(blocks)) and old[keep] == blocks[keep]:
            keep += 1
        if keep < len(blocks) and keep < len(old) and self._extend(cursor, keep, old[keep], blocks[keep]):
            keep += 1
        if keep < len(old):
            self._cut(cursor, keep)
        for index in range(keep, len(blocks)):
            self._append(cursor, index, blocks[index])
        cursor.endEditBlock()
        self._blocks = list(blocks)
        self.settle()

    def _extend(self, cursor: QTextCursor, index: int, old: Prose | Rule, new: Prose | Rule) -> bool:
        """Turn block `index` from `old` into `new` from their first difference on, if they are of a kind."""
        if not isinstance(old, Prose) or not isinstance(new, Prose):
            return False
        if (old.place, old.level, old.tight) != (new.place, new.level, new.tight):
            return False
        same = 0
        while same < min(len(old.spans), len(new.spans)) and old.spans[same] == new.spans[same]:
            same += 1
        at = self._document.findBlockByNumber(index).position() + sum(
            _drawn_length(s) for s in old.spans[:same]
        )
        rest = list(new.spans[same:])
        if same < len(old.spans) and rest and _grows(old.spans[same], rest[0]):
            known = len(old.spans[same].text)
            at += known
            rest[0] = Span(rest[0].text[known:], *_style_of(rest[0]))
        block = self._document.findBlockByNumber(index)
        cursor.setPosition(at)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._insert(cursor, rest, new)
        return True

    def _cut(self, cursor: QTextCursor, keep: int) -> None:
        first = self._document.findBlockByNumber(keep)
        cursor.setPosition(max(0, first.position() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _append(self, cursor: QTextCursor, index: int, block: Prose | Rule) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        place = styles.block_format(block, first=index == 0, base=self._base)
        plain = styles.text_format(Span(""), block if isinstance(block, Prose) else None, self._base)
        if index == 0:
            cursor.setBlockFormat(place)
            cursor.setBlockCharFormat(plain)
        else:
            cursor.insertBlock(place, plain)
        if isinstance(block, Prose):
            self._insert(cursor, block.spans, block)

    def _insert(self, cursor: QTextCursor, spans: Sequence[Span], block: Prose) -> None:
        for span in spans:
            fmt = styles.text_format(span, block, self._base)
            text = span.text.replace("\n", "\u2028")
            if _is_chip(span):
                pad = styles.pad_format(fmt, self._base)
                cursor.insertText(_PAD, pad)
                cursor.insertText(text, fmt)
                cursor.insertText(_PAD, pad)
            else:
                cursor.insertText(text, fmt)

    def marker(self, block_number: int) -> str:
        """The list marker left of block `block_number`."""
        return self._blocks[block_number].place.marker if block_number < len(self._blocks) else ""

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self._document.documentLayout()
        clip = QRectF(event.rect())
        block = self._document.findBlock(max(0, layout.hitTest(clip.topLeft(), Qt.HitTestAccuracy.FuzzyHit)))
        above = block.previous()
        block = above if above.isValid() else block
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > clip.bottom():
                break
            if block.blockNumber() < len(self._blocks):
                self._paint_block(painter, block, rect, self._blocks[block.blockNumber()])
            block = block.next()
        painter.end()
        super().paintEvent(event)

    def _paint_block(self, painter: QPainter, block: QTextBlock, rect: QRectF, shown: Prose | Rule) -> None:
        place = shown.place
        for depth in range(place.quote):
            top = rect.top() - (styles.GAP if block.blockNumber() and self._quoted_above(block, depth) else 0)
            bar = QRectF(depth * styles.QUOTE, top, 2, rect.bottom() - top)
            painter.fillRect(bar, theme.color("line.control"))
        left = place.indent * styles.INDENT + place.quote * styles.QUOTE
        if isinstance(shown, Rule):
            painter.fillRect(
                QRectF(left, round(rect.center().y()), self.viewport().width() - left, 1),
                theme.color("line.hair"),
            )
            return
        if place.marker:
            self._paint_marker(painter, block, rect, place.marker, left)
        if any(_is_chip(span) for span in shown.spans):
            self._paint_chips(painter, block, rect)

    def _quoted_above(self, block: QTextBlock, depth: int) -> bool:
        return self._blocks[block.blockNumber() - 1].place.quote > depth

    def _paint_marker(
        self, painter: QPainter, block: QTextBlock, rect: QRectF, marker: str, left: float
    ) -> None:
        line = block.layout().lineAt(0)
        font = theme.font(self._base, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.color("text.3" if marker[0] in "•◦▪" else "text.2"))
        width = QFontMetricsF(font).horizontalAdvance(marker)
        baseline = rect.top() + line.y() + line.ascent() if line.isValid() else rect.bottom() - 5
        painter.drawText(QPointF(left - width - (8 if marker[0] in "•◦▪☐☑" else 6), baseline), marker)

    def _paint_chips(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.inset"))
        layout = block.layout()
        start = -1
        end = -1
        iterator = block.begin()
        runs: list[tuple[int, int]] = []
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.charFormat().property(styles.CODE):
                here = fragment.position() - block.position()
                if fragment.text() != _PAD or start < 0:
                    start = here if start < 0 else start
                end = here + fragment.length()
            elif start >= 0:
                runs.append((start, end))
                start = -1
            iterator += 1
        if start >= 0:
            runs.append((start, end))
        for low, high in runs:
            for number in range(layout.lineCount()):
                self._paint_run(painter, layout.lineAt(number), rect, low, high)

    @staticmethod
    def _paint_run(painter: QPainter, line: QTextLine, rect: QRectF, low: int, high: int) -> None:
        first, last = line.textStart(), line.textStart() + line.textLength()
        if high <= first or low >= last:
            return
        x1 = line.cursorToX(max(low, first))
        x2 = line.cursorToX(min(high, last))
        left, right = (x1[0], x2[0]) if isinstance(x1, tuple) else (x1, x2)
        base = rect.top() + line.y() + line.ascent()
        painter.drawRoundedRect(QRectF(rect.left() + left, base - 13.5, right - left, 18), 4, 4)


def _is_chip(span: Span) -> bool:
    return span.code or bool(span.image)


def _drawn_length(span: Span) -> int:
    return len(span.text.encode("utf-16-le")) // 2 + (2 if _is_chip(span) else 0)


def _style_of(span: Span) -> tuple[bool, bool, bool, bool, str, str]:
    return span.bold, span.italic, span.strike, span.code, span.href, span.image


def _grows(old: Span, new: Span) -> bool:
    return (
        not _is_chip(new)
        and _style_of(old) == _style_of(new)
        and new.text.startswith(old.text)
        and new.text.isascii() is old.text.isascii() is True
    )
