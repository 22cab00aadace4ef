"""A line of the list of suites."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from backend.bench.types import Suite
from backend.i18n import tr
from ui.pages.bench.cells import back, write

Index = QModelIndex | QPersistentModelIndex
SUITE = Qt.ItemDataRole.UserRole + 1
"""The `Suite` of an item."""


def suite_line(suite: Suite) -> str:
    """``40 prompts, version 1, bundled``."""
    parts = [tr("{count} prompts", n=len(suite.items), count=len(suite.items))]
    parts.append(tr("version {number}", number=suite.version))
    if suite.bundled:
        parts.append(tr("bundled"))
    return ", ".join(parts)


class SuiteDelegate(QStyledItemDelegate):
    """Title and what the suite holds, in two lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 48)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        suite: Suite | None = index.data(SUITE)
        if suite is None:
            return
        rect = QRect(option.rect)
        painter.save()
        back(painter, option, self._view, line=False)
        room = rect.width() - 28
        title = QRect(rect.left() + 16, rect.top() + 6, room, 18)
        write(painter, title, suite.title, "text.1", role="body", weight=500, left=True)
        below = QRect(rect.left() + 16, rect.top() + 25, room, 16)
        write(painter, below, suite_line(suite), "text.2", role="caption", left=True)
        painter.restore()
