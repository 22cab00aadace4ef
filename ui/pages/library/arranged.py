"""The rows of the library as they are shown: filtered, sorted, and in groups under header rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt
from ui.pages.library.rows import Column, LibraryTable, Role
from ui.pages.library.words import Tab, store_name, tab_of

Index = QModelIndex | QPersistentModelIndex
MOST_STEPS = 60
"""With more separate insertions and removals than this, one change of the whole order is quicker."""


class Grouping(StrEnum):
    NONE = "none"
    STORE = "store"
    NAME = "name"
    ARCHITECTURE = "architecture"


@dataclass(frozen=True, slots=True)
class Group:
    """A header row."""

    key: str
    title: str
    count: int
    size: int

    @property
    def note(self) -> str:
        return tr("{n} models", n=self.count) + f", {fmt.size(self.size)}"


Entry = str | Group
"""The id of a row, or a header row."""


class LibraryProxy(QAbstractTableModel):
    """Rows of a `LibraryTable` in the order of the person. It sorts in one go, which Qt's own proxy, asking
    for every comparison, is too slow for; selection and scrolling survive every change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = LibraryTable(self)
        self._entries: list[Entry] = []
        self._places: dict[str, int] = {}
        self._words: tuple[str, ...] = ()
        self._store: Store | None = None
        self._tab = Tab.ALL
        self._grouping = Grouping.NONE
        self._column = Column.USED
        self._order = Qt.SortOrder.DescendingOrder

    def setSourceModel(self, table: LibraryTable) -> None:
        """Show the rows of `table`."""
        self._table = table
        table.rows_changed.connect(self._arrange)
        table.dataChanged.connect(self._touched)
        self._arrange()

    def set_filter(self, text: str, store: Store | None = None, tab: Tab = Tab.ALL) -> None:
        """Show only rows with all words of `text` in name, owner, quantization, architecture or path."""
        wanted = (tuple(text.casefold().split()), store, tab)
        if wanted != (self._words, self._store, self._tab):
            self._words, self._store, self._tab = wanted
            self._arrange()

    def set_grouping(self, grouping: Grouping) -> None:
        """Put rows that have something in common under a header row."""
        if grouping is not self._grouping:
            self._grouping = grouping
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column in list(Column):
            self._column, self._order = Column(column), order
            self._arrange()

    @property
    def table(self) -> LibraryTable:
        return self._table

    def at(self, place: int) -> LibraryModel | Group | None:
        """What stands there; for painting, which is quicker this way than through `data`."""
        entry = self._entries[place]
        return self._table.row(entry) if isinstance(entry, str) else entry

    def shown(self) -> tuple[LibraryModel, ...]:
        """The models that pass the filter, in order."""
        rows = (self._table.row(entry) for entry in self._entries if isinstance(entry, str))
        return tuple(row for row in rows if row is not None)

    def place(self, row_id: str) -> int | None:
        """Where the row with this id is shown; None if it is not."""
        return self._places.get(row_id)

    # -- model

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return self._table.headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._entries[index.row()], Group):
            return Qt.ItemFlag.ItemNeverHasChildren  # so that the arrow keys pass a header row by
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if isinstance(entry, str):
            row = self._table.row(entry)
            return None if row is None else self._table.cell(row, Column(index.column()), role)
        match role:
            case Role.GROUP:
                return entry
            case Qt.ItemDataRole.DisplayRole if index.column() == 0:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                return f"{entry.title}, {entry.note}"
        return None

    # -- arranging

    def _touched(self, top: QModelIndex, _bottom: QModelIndex, roles: list[int]) -> None:
        place = self._places.get(self._table.rows[top.row()].id)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1), roles)

    def _arrange(self) -> None:
        rows = [row for row in self._table.rows if self._accepts(row)]
        rows.sort(key=lambda row: (row.name.casefold(), row.quant, row.id))
        descending = self._order is Qt.SortOrder.DescendingOrder
        rows.sort(key=lambda row: self._table.sort_key(row, self._column), reverse=descending)
        self._apply([row.id for row in rows] if self._grouping is Grouping.NONE else self._grouped(rows))

    def _accepts(self, row: LibraryModel) -> bool:
        if self._store is not None and row.store is not self._store:
            return False
        if self._tab is not Tab.ALL and tab_of(row) is not self._tab:
            return False
        text = f"{row.name} {row.owner} {row.quant} {row.architecture or ''} {row.path}".casefold()
        return all(word in text for word in self._words)

    def _grouped(self, rows: list[LibraryModel]) -> list[Entry]:
        groups: dict[str, list[LibraryModel]] = {}
        for row in rows:
            groups.setdefault(self._group_title(row), []).append(row)
        entries: list[Entry] = []
        for title in sorted(groups, key=str.casefold):
            members = groups[title]
            entries.append(Group(title.casefold(), title, len(members), sum(row.size for row in members)))
            entries += [row.id for row in members]
        return entries

    def _group_title(self, row: LibraryModel) -> str:
        match self._grouping:
            case Grouping.STORE:
                return store_name(row.store)
            case Grouping.ARCHITECTURE:
                return row.architecture or tr("Unknown")
            case _:
                return row.name

    def _apply(self, new: list[Entry]) -> None:
        """Become `new` in as few steps as views can follow."""
        old = {_key(entry): place for place, entry in enumerate(self._entries)}
        wanted = {_key(entry) for entry in new}
        gone = runs([place for key, place in old.items() if key not in wanted])
        fresh = runs([place for place, entry in enumerate(new) if _key(entry) not in old])
        if len(gone) + len(fresh) > MOST_STEPS:
            self._reorder(new)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._entries[first : last + 1]
            self.endRemoveRows()
        kept = [entry for entry in new if _key(entry) in old]
        if [_key(entry) for entry in kept] != [_key(entry) for entry in self._entries]:
            self._reorder(kept)
        changed = [place for place, entry in enumerate(kept) if entry != self._entries[place]]
        self._entries = kept
        for first, last in fresh:
            self.beginInsertRows(QModelIndex(), first, last)
            self._entries[first:first] = new[first : last + 1]
            self.endInsertRows()
        self._number()
        for place in changed:  # header rows whose sums are others now
            here = self._places[_key(kept[place])]
            self.dataChanged.emit(self.index(here, 0), self.index(here, len(Column) - 1))

    def _reorder(self, new: list[Entry]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [_key(self._entries[index.row()]) for index in before]
        self._entries = list(new)
        self._number()
        after = []
        for index, key in zip(before, keys, strict=True):
            place = self._places.get(key)
            after.append(QModelIndex() if place is None else self.index(place, index.column()))
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _number(self) -> None:
        self._places = {_key(entry): place for place, entry in enumerate(self._entries)}


def _key(entry: Entry) -> str:
    return entry if isinstance(entry, str) else f"\0{entry.key}"


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of every unbroken stretch of ascending numbers."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
