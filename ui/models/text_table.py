"""Tables of words and numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon

from ui.models.rows import Index, RowsModel
from ui.theme import theme

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
R = TypeVar("R")


class TextTable(RowsModel[R]):
    """What stands in a cell, and how it looks, is said by the methods from `titles` to `sort_key`."""

    right: Collection[int] = ()
    """Columns that are aligned to the right."""

    def titles(self) -> tuple[str, ...]:
        raise NotImplementedError

    def text(self, row: R, column: int) -> str:
        raise NotImplementedError

    def font(self, column: int) -> QFont:
        return theme.font("small", tabular=True)

    def colour(self, row: R, column: int) -> QColor:
        return theme.color("text.2")

    def icon(self, row: R, column: int) -> QIcon | None:
        return None

    def tip(self, row: R, column: int) -> str | None:
        return None

    def title_tip(self, column: int) -> str | None:
        return None

    def sort_key(self, row: R, column: int) -> object:
        return self.text(row, column).casefold()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.titles()[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
            case Qt.ItemDataRole.ToolTipRole:
                return self.title_tip(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole:
                return self.font(column)
            case Qt.ItemDataRole.ForegroundRole:
                return self.colour(row, column)
            case Qt.ItemDataRole.DecorationRole:
                return self.icon(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(row, column)
            case _ if role == SORT_ROLE:
                return self.sort_key(row, column)
        return None

    def _alignment(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self.right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)
