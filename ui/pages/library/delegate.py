"""Cells of the library table: one line, state with a shape beside the word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend.library.types import LibraryModel
from ui.pages.library.rows import Column, Role
from ui.theme import icons, theme

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36


class LibraryDelegate(QStyledItemDelegate):
    """Names and measured numbers are strong; a row that cannot be loaded is greyed, never hidden."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: LibraryModel = index.data(Role.ROW)
        painter.save()
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = option.widget is not None and option.widget.hasFocus()
            painter.fillRect(option.rect, theme.color("bg.selected" if focused else "bg.selected.idle"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.color("bg.hover"))
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        column = Column(index.column())
        rect = option.rect.adjusted(24 if column is Column.MODEL else 8, 0, -8, 0)
        if column is Column.STATE:
            rect = self._mark(painter, rect, row, bool(index.data(Role.LOADED)))
        self._text(painter, rect, str(index.data()), row, column)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, column: Column) -> None:
        token, font, align = "text.2", theme.font("small"), Qt.AlignmentFlag.AlignLeft
        match column:
            case Column.MODEL:
                token, font = "text.1", theme.font("body", weight=500)
            case Column.QUANT:
                token, font = "text.1", theme.font("code")
            case Column.SIZE | Column.SPEED:
                token = "text.1"
                font = theme.font("small", weight=500 if column is Column.SPEED else None, tabular=True)
                align = Qt.AlignmentFlag.AlignRight
            case Column.USED:
                font, align = theme.font("small", tabular=True), Qt.AlignmentFlag.AlignRight
            case _:
                pass
        if row.problem:
            token = "text.3"
        painter.setFont(font)
        painter.setPen(theme.color(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)

    def _mark(self, painter: QPainter, rect: QRect, row: LibraryModel, loaded: bool) -> QRect:
        """Draw the shape of the state and return what is left for its word."""
        box = QRectF(rect.left(), rect.center().y() - 7, 14, 14)
        if row.problem:
            icons.paint(painter, "triangle-alert", box, "warn.mark")
        elif loaded:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.base"))
            painter.drawEllipse(box.center(), 4, 4)
        elif row.verified:
            icons.paint(painter, "check", box, "ok.mark")
        else:
            icons.paint(painter, "circle", box, "text.3")
        return rect.adjusted(22, 0, 0, 0)
