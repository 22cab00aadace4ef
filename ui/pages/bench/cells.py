"""What the tables of this page have in common: plain rows with hairlines, and words in cells."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme import theme
from ui.widgets import tables

FIRST, INSET = 24, 6
"""Pixels before the first column, and around the others."""


def dress(table: QTableView, name: str) -> None:
    """Make a table to read of `table`: whole rows are selected, nothing is edited, Tab leaves it."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.size("row.table"))
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAccessibleName(name)
    tables.RowHover(table)


def back(
    painter: QPainter,
    option: QStyleOptionViewItem,
    view: QAbstractItemView,
    *,
    hovered: bool = False,
    tint: str = "",
    line: bool = True,
) -> None:
    """Paint what lies behind a cell: selected, else in the colour `tint`, else under the mouse."""
    rect, state = option.rect, option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("bg.selected" if view.hasFocus() else "bg.selected.idle"))
    elif tint:
        painter.fillRect(rect, theme.color(tint))
    elif hovered or tables.hovered(option):
        painter.fillRect(rect, theme.color("bg.hover"))
    if line:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line.hair"))


def write(
    painter: QPainter,
    rect: QRect,
    text: str,
    token: str,
    *,
    role: str = "small",
    weight: int | None = None,
    left: bool = False,
    middle: bool = False,
) -> None:
    """Write one line into a cell, with an ellipsis at its end, or in the `middle`, where it has no room."""
    figures = role == "small" and not left  # in words, equal widths would stretch the hyphens
    painter.setFont(theme.font(role, weight=weight, tabular=figures))
    painter.setPen(theme.color(token))
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    words = painter.fontMetrics().elidedText(text, mode, rect.width() + 1)
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), words)
