"""Cells of the library table: one line, state with a shape beside the word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend.activities.types import Activity
from backend.library.types import LibraryModel
from ui.pages.library.arranged import Group
from ui.pages.library.rows import RIGHT, Column, Role
from ui.pages.library.words import State, kind_words
from ui.theme import icons, theme

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36
INSET, FIRST_INSET = 8, 24

_ICONS = {
    State.BUSY: ("loader-circle", "text.2"),
    State.DAMAGED: ("triangle-alert", "warn.mark"),
    State.BROKEN: ("circle-alert", "bad.mark"),
    State.NEWER: ("download", "accent.text"),
    State.VERIFIED: ("check", "ok.mark"),
    State.UNVERIFIED: ("circle", "text.3"),
}
"""Mark of a state; the others have a disc."""
_INKS = {
    State.DAMAGED: "warn.text",
    State.BROKEN: "bad.text",
    State.NEWER: "accent.text",
    State.LOADED: "text.1",
    State.RUNNING: "text.1",
}


class LibraryDelegate(QStyledItemDelegate):
    """Names and measured numbers are strong; a row that cannot be loaded is greyed, never hidden."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row = index.data(Role.ROW)
        if isinstance(row, LibraryModel):
            self._paint_model(painter, option, index, row)
        elif isinstance(group := index.data(Role.GROUP), Group):
            self._paint_group(painter, option, group)
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_model(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: LibraryModel
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = option.widget is not None and option.widget.hasFocus()
            painter.fillRect(option.rect, theme.color("bg.selected" if focused else "bg.selected.idle"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.color("bg.hover"))
        column = Column(index.column())
        rect = option.rect.adjusted(FIRST_INSET if column is Column.MODEL else INSET, 0, -INSET, 0)
        text = str(index.data())
        match column:
            case Column.MODEL:
                self._name(painter, rect, text, row)
            case Column.STORE:
                self._store(painter, rect, text, row, bool(index.data(Role.LINKED)))
            case Column.STATE:
                self._state(painter, rect, text, State(index.data(Role.STATE)), index.data(Role.WORK))
            case Column.QUANT:
                _write(painter, rect, text, theme.font("code"), "text.3" if row.problem else "text.1")
            case _:
                self._plain(painter, rect, text, row, column)

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
        """The words run through all cells; each cell draws its own part of them."""
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, theme.color("bg.pane"))
        whole = QRect(option.rect)
        if option.widget is not None:
            viewport = option.widget.viewport().rect()
            whole.setLeft(viewport.left() + FIRST_INSET)
            whole.setRight(viewport.right() - INSET)
        title = theme.font("small", weight=600)
        _write(painter, whole, group.title, title, "text.1")
        whole.setLeft(whole.left() + QFontMetrics(title).horizontalAdvance(group.title) + 12)
        _write(painter, whole, group.note, theme.font("caption", tabular=True), "text.3")

    def _plain(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, column: Column) -> None:
        measured = column in (Column.SPEED, Column.MEMORY) and bool(
            row.tokens_per_second if column is Column.SPEED else row.memory
        )
        strong = column is Column.SIZE or measured
        font = theme.font("small", weight=500 if measured else None, tabular=True)
        token = "text.3" if row.problem else "text.1" if strong else "text.2"
        _write(painter, rect, text, font, token, right=column in RIGHT)

    def _name(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel) -> None:
        font = theme.font("body", weight=500)
        chip = kind_words(row)
        chip_font = theme.font("caption")
        chip_width = QFontMetrics(chip_font).horizontalAdvance(chip) + 10 if chip else 0
        mark = 20 if row.newer else 0
        room = rect.adjusted(0, 0, -(chip_width + 8 if chip else 0) - mark, 0)
        width = _write(painter, room, text, font, "text.3" if row.problem else "text.1")
        left = rect.left() + width + 8
        if chip:
            box = QRectF(left + 0.5, rect.center().y() - 8.5, chip_width - 1, 18)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.radius("small"), theme.radius("small"))
            painter.setPen(theme.color("text.2"))
            painter.setFont(chip_font)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), chip)
            left += chip_width + 8
        if row.newer:
            icons.paint(painter, "sparkles", QRectF(left, rect.center().y() - 6, 14, 14), "accent.text")

    def _store(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, linked: bool) -> None:
        room = rect.adjusted(0, 0, -18 if linked else 0, 0)
        width = _write(painter, room, text, theme.font("small"), "text.3" if row.problem else "text.2")
        if linked:
            box = QRectF(rect.left() + width + 4, rect.center().y() - 6, 14, 14)
            icons.paint(painter, "link", box, "text.3" if row.shared else "accent.text")

    def _state(self, painter: QPainter, rect: QRect, text: str, state: State, work: Activity | None) -> None:
        box = QRectF(rect.left(), rect.center().y() - 6, 14, 14)
        if state in _ICONS:
            icons.paint(painter, _ICONS[state][0], box, _ICONS[state][1])
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.base" if state is State.LOADED else "data.2"))
            painter.drawEllipse(box.center(), 4, 4)
        words = rect.adjusted(22, 0, 0, 0)
        font = theme.font("small", tabular=state is State.BUSY)
        _write(painter, words, text, font, _INKS.get(state, "text.2"))
        if work is not None and work.total:
            track = QRectF(words.left(), rect.bottom() - 6, min(words.width(), 96), 2)
            painter.fillRect(track, theme.color("data.track"))
            track.setWidth(track.width() * min(work.done / work.total, 1.0))
            painter.fillRect(track, theme.color("accent.base"))


def _write(painter: QPainter, rect: QRect, text: str, font: QFont, token: str, *, right: bool = False) -> int:
    """Draw `text` on one line of `rect`, with an ellipsis where it has no room; return its width."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(theme.color(token))
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)
