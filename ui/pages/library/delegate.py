"""Cells of the library table: one line, state with a shape beside the word."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend.activities.types import Activity
from backend.library.types import LibraryModel
from ui.pages.library.arranged import Group, LibraryProxy
from ui.pages.library.rows import RIGHT, Column
from ui.pages.library.words import State, kind_words
from ui.theme import icons, theme
from ui.widgets.tables import hovered

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


_COLUMNS = tuple(Column)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@cache
def _font(role: str, weight: int | None = None, tabular: bool = False) -> QFont:
    return theme.font(role, weight=weight, tabular=tabular)


@lru_cache(maxsize=8_192)
def _fitted(text: str, width: int, role: str, weight: int | None, tabular: bool) -> tuple[str, int]:
    """`text` with an ellipsis where `width` has no room for it, and how wide it then is."""
    metrics = QFontMetrics(_font(role, weight, tabular))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return shown, metrics.horizontalAdvance(shown)


class LibraryDelegate(QStyledItemDelegate):
    """Names and measured numbers are strong; a row that cannot be loaded is greyed, never hidden.

    Args:
        wish: Called for a model that is painted without a speed.
    """

    def __init__(
        self, proxy: LibraryProxy, view: QAbstractItemView, wish: Callable[[LibraryModel], None]
    ) -> None:
        super().__init__(view)
        self._proxy = proxy
        self._wish = wish
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = option.rect
        row = self._proxy.at(index.row())
        if isinstance(row, LibraryModel):
            state = option.state
            selected = bool(state & QStyle.StateFlag.State_Selected)
            if selected:
                token = "bg.selected" if self._view.hasFocus() else "bg.selected.idle"
                painter.fillRect(rect, theme.color(token))
            elif hovered(option):
                painter.fillRect(rect, theme.color("bg.hover"))
            quiet = "text.2" if selected else "text.3"  # grey that can be read on either ground
            self._paint_model(painter, rect, _COLUMNS[index.column()], row, quiet)
        elif row is not None:
            self._paint_group(painter, rect, row)
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_model(
        self, painter: QPainter, cell: QRect, column: Column, row: LibraryModel, quiet: str
    ) -> None:
        """Draw a cell; `quiet` is the colour of what cannot be loaded."""
        rect = cell.adjusted(FIRST_INSET if column is Column.MODEL else INSET, 0, -INSET, 0)
        table = self._proxy.table
        text = table.text(row, column)
        if column is Column.SPEED and table.wants_speed(row):
            self._wish(row)
        if column is Column.MODEL:
            self._name(painter, rect, text, row, quiet)
        elif column is Column.STORE:
            self._store(painter, rect, text, row, quiet)
        elif column is Column.STATE:
            self._state(painter, rect, text, table.state(row), table.work(row))
        elif column is Column.QUANT:
            _write(painter, rect, text, "code", token=quiet if row.problem else "text.1")
        else:
            self._plain(painter, rect, text, row, column, quiet)

    def _paint_group(self, painter: QPainter, cell: QRect, group: Group) -> None:
        """The words run through all cells; each cell draws its own part of them."""
        painter.setClipRect(cell)
        painter.fillRect(cell, theme.color("bg.pane"))
        viewport = self._view.viewport().rect()
        whole = QRect(cell)
        whole.setLeft(viewport.left() + FIRST_INSET)
        whole.setRight(viewport.right() - INSET)
        width = _write(painter, whole, group.title, "small", 600)
        whole.setLeft(whole.left() + width + 12)
        _write(painter, whole, group.note, "caption", tabular=True, token="text.3")

    def _plain(
        self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, column: Column, quiet: str
    ) -> None:
        measured = (column is Column.SPEED and bool(row.tokens_per_second)) or (
            column is Column.MEMORY and bool(row.memory)
        )
        strong = column is Column.SIZE or measured
        token = quiet if row.problem else "text.1" if strong else "text.2"
        weight = 500 if measured else None
        width = _write(painter, rect, text, "small", weight, tabular=True, token=token, right=column in RIGHT)
        if column is Column.SPEED and self._proxy.table.predicted(row):
            pen = QPen(theme.color("line.strong"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1, 2])
            painter.setPen(pen)
            below = rect.center().y() + 8
            painter.drawLine(rect.right() + 1 - width, below, rect.right(), below)

    def _name(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, quiet: str) -> None:
        chip = kind_words(row)
        chip_width = _fitted(chip, 200, "caption", None, False)[1] + 10 if chip else 0
        newer = row.newer and self._proxy.table.state(row) is not State.NEWER  # which says it already
        mark = 20 if newer else 0
        room = rect.adjusted(0, 0, -(chip_width + 8 if chip else 0) - mark, 0)
        width = _write(painter, room, text, "body", 500, token=quiet if row.problem else "text.1")
        left = rect.left() + width + 8
        if chip:
            box = QRectF(left + 0.5, rect.center().y() - 8.5, chip_width - 1, 18)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.radius("small"), theme.radius("small"))
            painter.setPen(theme.color("text.2"))
            painter.setFont(_font("caption"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), chip)
            left += chip_width + 8
        if newer:
            icons.paint(painter, "download", QRectF(left, rect.center().y() - 6, 14, 14), "accent.text")

    def _store(self, painter: QPainter, rect: QRect, text: str, row: LibraryModel, quiet: str) -> None:
        linked = self._proxy.table.linked(row)
        room = rect.adjusted(0, 0, -18 if linked else 0, 0)
        width = _write(painter, room, text, "small", token=quiet if row.problem else "text.2")
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
        _write(painter, words, text, "small", tabular=True, token=_INKS.get(state, "text.2"))
        if work is not None and work.total:
            track = QRectF(words.left(), rect.bottom() - 6, min(words.width(), 96), 2)
            painter.fillRect(track, theme.color("data.track"))
            track.setWidth(track.width() * min(work.done / work.total, 1.0))
            painter.fillRect(track, theme.color("accent.base"))


def _write(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    weight: int | None = None,
    *,
    tabular: bool = False,
    token: str = "text.1",
    right: bool = False,
) -> int:
    """Draw `text` on one line of `rect`, with an ellipsis where it has no room; return its width."""
    shown, width = _fitted(text, rect.width(), role, weight, tabular)
    painter.setFont(_font(role, weight, tabular))
    painter.setPen(theme.color(token))
    painter.drawText(rect, _RIGHT if right else _LEFT, shown)
    return width
