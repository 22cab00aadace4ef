"""The base of tables that change row by row, so that selection and scrolling stay."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows that are told apart by what `key` gives for them.

    Args:
        columns: How many there are, always.
    """

    def __init__(self, key: Callable[[R], Hashable], columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._columns = columns
        self._rows: list[R] = []

    @property
    def rows(self) -> tuple[R, ...]:
        return tuple(self._rows)

    def merge(self, rows: Iterable[R], *, newest_first: bool = False) -> None:
        """Show `rows`, touching only what differs. Those that stay keep their order; new ones go to the end,
        or to the top."""
        wanted = {self._key(row): row for row in rows}
        for place in reversed(range(len(self._rows))):
            new = wanted.pop(self._key(self._rows[place]), None)
            if new is None:
                self._remove(place, 1)
            else:
                self._change(place, new)
        self._insert(0 if newest_first else len(self._rows), list(wanted.values()))

    def show_others(self, rows: Iterable[R]) -> None:
        """Show `rows`, which have nothing to do with those shown before."""
        self._remove(0, len(self._rows))
        self._insert(0, list(rows))

    def replace(self, row: R) -> None:
        """Put `row` in the place of the one with its key, if that is there."""
        key = self._key(row)
        for place, old in enumerate(self._rows):
            if self._key(old) == key:
                self._change(place, row)
                return

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def _change(self, place: int, row: R) -> None:
        if self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, self._columns - 1))

    def _remove(self, place: int, count: int) -> None:
        if count:
            self.beginRemoveRows(QModelIndex(), place, place + count - 1)
            del self._rows[place : place + count]
            self.endRemoveRows()

    def _insert(self, place: int, rows: list[R]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
            self._rows[place:place] = rows
            self.endInsertRows()
