"""Tables to read."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

_HOVERED = "hoveredRow"


class RowHover(QObject):
    """The whole row under the mouse lights up, where Qt knows only the cell. The delegate asks `hovered`."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.setMouseTracking(True)
        table.setProperty(_HOVERED, -1)
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(lambda _: self._point_at(-1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._point_at(self._table.rowAt(event.position().toPoint().y()))
        elif event.type() == QEvent.Type.Leave:
            self._point_at(-1)
        return False

    def _point_at(self, row: int) -> None:
        before = self._table.property(_HOVERED)
        if row == before:
            return
        self._table.setProperty(_HOVERED, row)
        viewport = self._table.viewport()
        for each in (before, row):
            if each >= 0:
                top, height = self._table.rowViewportPosition(each), self._table.rowHeight(each)
                viewport.update(QRect(0, top, viewport.width(), height))


def hovered(option: QStyleOptionViewItem) -> bool:
    """Whether the mouse is over the row of this cell, in a table with `RowHover`; elsewhere over the cell."""
    table = option.widget
    row = table.property(_HOVERED) if isinstance(table, QTableView) else None
    if row is None:
        return bool(option.state & QStyle.StateFlag.State_MouseOver)
    return bool(row == table.rowAt(option.rect.center().y()))


class _RowDelegate(QStyledItemDelegate):
    """The cells of the style sheet, with the mouse over all of a row."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        over = QStyle.StateFlag.State_MouseOver
        option.state = option.state | over if hovered(option) else option.state & ~over


def plain_table(model: QAbstractItemModel, name: str, row_height: int) -> QTableView:
    """A table to read: whole rows are selected, nothing is edited, Tab leaves it."""
    table = QTableView()
    table.setModel(model)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)
    table.setAccessibleName(name)
    table.setItemDelegate(_RowDelegate(table))
    RowHover(table)
    head = table.horizontalHeader()
    head.setSectionsClickable(False)
    head.setHighlightSections(False)
    head.setMinimumSectionSize(48)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table
