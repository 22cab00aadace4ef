"""The library as a table: one row per model file, changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from backend.activities.types import Activity
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.pages.library.words import (
    UNKNOWN,
    Live,
    State,
    Tab,
    has_fit,
    kind_words,
    quant_words,
    state_of,
    state_words,
    store_name,
    tab_of,
)

__all__ = ["UNKNOWN", "Column", "LibraryTable", "Role", "column_title", "quant_words", "store_name"]

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    MODEL = 0
    QUANT = 1
    SIZE = 2
    STORE = 3
    CONTEXT = 4
    ARCHITECTURE = 5
    SPEED = 6
    MEMORY = 7
    USED = 8
    STATE = 9


RIGHT = frozenset({Column.SIZE, Column.CONTEXT, Column.SPEED, Column.MEMORY, Column.USED})
"""Columns of numbers, which stand at the right."""


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    LOADED = Qt.ItemDataRole.UserRole + 3
    STATE = Qt.ItemDataRole.UserRole + 4
    WORK = Qt.ItemDataRole.UserRole + 5
    """The `Activity` under way on the model, or None."""
    LINKED = Qt.ItemDataRole.UserRole + 6
    """Whether the same weights lie on this disk a second time."""
    GROUP = Qt.ItemDataRole.UserRole + 7
    """The `Group` of a header row; None for a model."""


def column_title(column: Column) -> str:
    """The words over a column."""
    match column:
        case Column.MODEL:
            return tr("Model")
        case Column.QUANT:
            return tr("Quant")
        case Column.SIZE:
            return tr("Size")
        case Column.STORE:
            return tr("Store")
        case Column.CONTEXT:
            return tr("Context")
        case Column.ARCHITECTURE:
            return tr("Architecture")
        case Column.SPEED:
            return tr("Tok/s")
        case Column.MEMORY:
            return tr("Memory")
        case Column.USED:
            return tr("Used")
        case Column.STATE:
            return tr("State")


class LibraryTable(QAbstractTableModel):
    """Rows by id: a rescan inserts, removes and changes single rows, so that selection and scrolling stay.

    Signals:
        rows_changed: Rows came, went or changed; sent once, after all of them.
    """

    rows_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LibraryModel] = []
        self._places: dict[str, int] = {}
        self._twins: dict[str, tuple[str, ...]] = {}
        """Stores of all copies of a model's weights, its own first, by id; only where there are several."""
        self._live = Live()
        self._work: dict[str, Activity] = {}
        self._speeds: dict[str, float] = {}
        """Predicted tokens per second by id; 0 where there is no telling."""

    @property
    def rows(self) -> tuple[LibraryModel, ...]:
        return tuple(self._rows)

    def place(self, row_id: str) -> int | None:
        """Where the row with this id stands; None if it is gone."""
        return self._places.get(row_id)

    def row(self, row_id: str) -> LibraryModel | None:
        place = self._places.get(row_id)
        return None if place is None else self._rows[place]

    def update_rows(self, rows: Iterable[LibraryModel]) -> None:
        """Make the table show `rows`, touching only what differs."""
        wanted = {row.id: row for row in rows}
        before = self._twins
        self._twins = _twins(wanted.values())
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].id not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        for row_id, place in self._places.items():
            row = wanted[row_id]
            if self._rows[place].size != row.size:
                self._speeds.pop(row_id, None)
            if self._rows[place] != row or before.get(row_id) != self._twins.get(row_id):
                self._rows[place] = row
                self._touch(place)
        fresh = [row for row_id, row in wanted.items() if row_id not in self._places]
        if fresh:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
            self._rows.extend(fresh)
            self._places |= {row.id: start + place for place, row in enumerate(fresh)}
            self.endInsertRows()
        self.rows_changed.emit()

    def set_live(self, live: Live) -> None:
        """Mark what is in memory and what is being worked on now."""
        before, self._live = self._live, live
        work, self._work = self._work, dict(live.work)
        changed = before.loaded ^ live.loaded
        ids = (before.running ^ live.running) | {
            row_id for row_id in work.keys() | self._work.keys() if work.get(row_id) != self._work.get(row_id)
        }
        for row_id in ids:
            place = self._places.get(row_id)
            if place is not None:
                self._touch(place, [Qt.ItemDataRole.DisplayRole])
        if changed:
            for place, row in enumerate(self._rows):
                if str(row.path) in changed:
                    self._touch(place, [Qt.ItemDataRole.DisplayRole])

    def set_speed(self, row_id: str, speed: float) -> None:
        """What is predicted for a model, in tokens per second; 0 where there is no telling."""
        self._speeds[row_id] = speed
        place = self._places.get(row_id)
        if place is not None:
            self._touch(place, [Qt.ItemDataRole.DisplayRole])

    def forget_speeds(self) -> None:
        """What was predicted is about another machine; rows in view ask anew."""
        self._speeds.clear()
        if self._rows:
            last = self.index(len(self._rows) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])

    def wants_speed(self, row: LibraryModel) -> bool:
        """Whether a prediction would tell more than is known."""
        known = row.tokens_per_second or row.id in self._speeds
        return not known and has_fit(row) and tab_of(row) is Tab.CHAT

    def predicted(self, row: LibraryModel) -> float:
        """The speed to show of a model that was never measured; 0 where none is known."""
        return 0.0 if row.tokens_per_second else self._speeds.get(row.id, 0.0)

    def _touch(self, place: int, roles: list[int] | None = None) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1), roles or [])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return self.cell(self._rows[index.row()], Column(index.column()), role)

    def cell(self, row: LibraryModel, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What `data` gives for a cell of `row`."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column)
            case Role.ROW:
                return row
            case Role.LOADED:
                return str(row.path) in self._live.loaded
            case Role.STATE:
                return self.state(row)
            case Role.WORK:
                return self._work.get(row.id)
            case Role.LINKED:
                return row.id in self._twins
        return None

    def work(self, row: LibraryModel) -> Activity | None:
        """What is being done with `row` now."""
        return self._work.get(row.id)

    def linked(self, row: LibraryModel) -> bool:
        """Whether the same weights lie on this disk a second time."""
        return row.id in self._twins

    def state(self, row: LibraryModel) -> State:
        return state_of(row, self._live, self._work.get(row.id))

    def text(self, row: LibraryModel, column: Column) -> str:
        """The words of a cell."""
        match column:
            case Column.MODEL:
                return row.name
            case Column.QUANT:
                return quant_words(row)
            case Column.SIZE:
                return fmt.size(row.size)
            case Column.STORE:
                return self._store(row)
            case Column.CONTEXT:
                return fmt.number(row.context_length) if row.context_length else fmt.UNKNOWN
            case Column.ARCHITECTURE:
                return row.architecture or fmt.UNKNOWN
            case Column.SPEED:
                if predicted := self.predicted(row):
                    return f"~{fmt.number(predicted, 0) if predicted >= 10 else fmt.rate(predicted)}"
                return fmt.rate(row.tokens_per_second) if row.tokens_per_second else fmt.UNKNOWN
            case Column.MEMORY:
                return fmt.size(row.memory) if row.memory else fmt.UNKNOWN
            case Column.USED:
                return fmt.ago(row.used) if row.used else tr("never")
            case Column.STATE:
                return state_words(self.state(row), self._work.get(row.id))

    def _store(self, row: LibraryModel) -> str:
        stores = self._twins.get(row.id, ())
        if len(stores) > 1 and row.duplicates_of is None:
            return tr("{n} stores", n=len(stores))
        return store_name(row.store)

    def _spoken(self, row: LibraryModel, column: Column) -> str:
        text = self.text(row, column)
        if column is Column.MODEL:
            words = [text, kind_words(row), tr("newer weights") if row.newer else ""]
            return ", ".join(filter(None, words))
        if column is Column.SPEED and self.predicted(row):
            return tr("{value}, predicted", value=text)
        if column is Column.STORE and row.id in self._twins:
            return f"{text}, {self._where(row)}"
        return text

    def _where(self, row: LibraryModel) -> str:
        return tr("the same weights lie in {stores}", stores=", ".join(self._twins[row.id]))

    def _tip(self, row: LibraryModel, column: Column) -> str:
        if row.problem:
            return row.problem
        if column is Column.STORE and row.id in self._twins:
            return f"{self._where(row)[:1].upper()}{self._where(row)[1:]}."
        if column is Column.MODEL and row.newer:
            return tr("{path}\nIts garden has newer weights.", path=str(row.path))
        return str(row.path)

    def sort_key(self, row: LibraryModel, column: Column) -> tuple[object, ...]:
        """Compared with those of other rows; what is not known comes first."""
        match column:
            case Column.SIZE:
                return (row.size,)
            case Column.CONTEXT:
                return (row.context_length or 0,)
            case Column.SPEED:
                return (row.tokens_per_second or self.predicted(row),)
            case Column.MEMORY:
                return (row.memory or 0,)
            case Column.USED:
                return (row.used or 0.0,)
            case Column.QUANT:
                return (row.quant.casefold(),)
            case Column.STORE:
                return (store_name(row.store).casefold(),)
            case Column.ARCHITECTURE:
                return ((row.architecture or "").casefold(),)
            case Column.STATE:
                return (list(State).index(self.state(row)),)
            case Column.MODEL:
                return (row.name.casefold(),)


def _twins(rows: Iterable[LibraryModel]) -> dict[str, tuple[str, ...]]:
    """For every model whose weights are here more than once: the names of the stores they lie in."""
    groups: dict[str, list[LibraryModel]] = {}
    for row in rows:
        groups.setdefault(row.duplicates_of or row.id, []).append(row)
    return {
        row.id: tuple(dict.fromkeys(store_name(each.store) for each in (row, *group)))
        for group in groups.values()
        if len(group) > 1
        for row in group
    }
