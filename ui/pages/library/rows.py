"""The library as a table: one row per model file, changed in place."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt

Index = QModelIndex | QPersistentModelIndex

UNKNOWN = "unknown"
"""What `quant_label` says of a name without a quantization."""


class Column(IntEnum):
    MODEL = 0
    QUANT = 1
    SIZE = 2
    STORE = 3
    SPEED = 4
    USED = 5
    STATE = 6


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2
    LOADED = Qt.ItemDataRole.UserRole + 3


def store_name(source: Source) -> str:
    """Whose store a model lies in, in words."""
    match source:
        case Source.HUGGING_FACE:
            return tr("Hugging Face")
        case Source.OLLAMA:
            return tr("Ollama")
        case Source.BUNDLED:
            return tr("Bundled")
        case Source.FOLDER:
            return tr("Folder")


def quant_words(row: LibraryModel) -> str:
    """The quantization, or a dash where the file's name does not tell."""
    return row.quant if row.quant and row.quant != UNKNOWN else fmt.UNKNOWN


def all_state_words() -> tuple[str, str, str, str]:
    """What the State column says: broken, in memory, verified, neither."""
    return tr("Cannot be loaded"), tr("Loaded"), tr("Verified"), tr("Not verified")


class LibraryTable(QAbstractTableModel):
    """Rows by id: a rescan inserts, removes and changes single rows, so that selection and scrolling stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LibraryModel] = []
        self._loaded: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[LibraryModel, ...]:
        return tuple(self._rows)

    def update_rows(self, rows: tuple[LibraryModel, ...]) -> None:
        """Make the table show `rows`, touching only what differs."""
        wanted = {row.id: row for row in rows}
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].id not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
        present = {row.id: place for place, row in enumerate(self._rows)}
        for row_id, row in wanted.items():
            place = present.get(row_id)
            if place is not None and self._rows[place] != row:
                self._rows[place] = row
                self._touch(place)
        fresh = [row for row in rows if row.id not in present]
        if fresh:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()

    def set_loaded(self, paths: frozenset[str]) -> None:
        """Mark the models that are in memory now."""
        changed = paths ^ self._loaded
        self._loaded = paths
        for place, row in enumerate(self._rows):
            if str(row.path) in changed:
                self._touch(place)

    def _touch(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

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
            right = section in (Column.SIZE, Column.SPEED, Column.USED)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Model"), tr("Quant"), tr("Size"), tr("Store"), tr("Tok/s"), tr("Used"), tr("State"))[
                section
            ]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.problem or str(row.path)
            case Role.ROW:
                return row
            case Role.LOADED:
                return str(row.path) in self._loaded
            case Role.SORT:
                return self._sort_key(row, column)
        return None

    def _text(self, row: LibraryModel, column: Column) -> str:
        match column:
            case Column.MODEL:
                return row.name
            case Column.QUANT:
                return quant_words(row)
            case Column.SIZE:
                return fmt.size(row.size)
            case Column.STORE:
                return store_name(row.source)
            case Column.SPEED:
                return fmt.number(row.tokens_per_second, 1) if row.tokens_per_second else "–"
            case Column.USED:
                return fmt.ago(row.used) if row.used else tr("never")
            case Column.STATE:
                return self.state_words(row)

    def state_words(self, row: LibraryModel) -> str:
        """One of `all_state_words`."""
        broken, loaded, verified, unverified = all_state_words()
        if row.problem:
            return broken
        if str(row.path) in self._loaded:
            return loaded
        return verified if row.verified else unverified

    @staticmethod
    def _sort_key(row: LibraryModel, column: Column) -> object:
        match column:
            case Column.SIZE:
                return float(row.size)  # Qt orders whole numbers beyond 32 bits wrongly among smaller ones
            case Column.SPEED:
                return row.tokens_per_second or 0.0
            case Column.USED:
                return row.used or 0.0
            case Column.QUANT:
                return row.quant.casefold()
            case Column.STORE:
                return store_name(row.source)
            case Column.STATE:
                return (not row.problem) + row.verified
            case _:
                return row.name.casefold()


class LibraryProxy(QSortFilterProxyModel):
    """Sorts by the clicked column and filters by words in name, owner, quantization or path."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._source: Source | None = None
        self.setSortRole(Role.SORT)

    def set_filter(self, text: str, source: Source | None) -> None:
        self._words = tuple(text.casefold().split())
        self._source = source
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel().index(row, 0, parent).data(Role.ROW)
        if self._source is not None and model.source is not self._source:
            return False
        text = f"{model.name} {model.owner} {model.quant} {model.path}".casefold()
        return all(word in text for word in self._words)
