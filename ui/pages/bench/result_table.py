"""The measured speeds as a table model: one row per model, one column per test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.results import Cell, ResultRow, Setting, SpeedTest, all_tests, settings_differ
from ui.pages.bench.words import score_words, setting_short, setting_words, test_title, test_words

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["model", "quant", "setup", "setting", "test", "memory", "score", "when"]
_ROOT = QModelIndex()


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Col:
    """A column. `title` is its head; `test` is set for the kind ``test``."""

    kind: Kind
    title: str
    test: SpeedTest | None = None

    @property
    def key(self) -> str:
        """Stable, for what is remembered."""
        return self.test.name if self.test is not None else self.kind

    @property
    def right(self) -> bool:
        """Whether its numbers stand at the right."""
        return self.kind in ("test", "memory", "when")


def columns_of(rows: Sequence[ResultRow], score_title: str, machines: bool = False) -> list[Col]:
    """The columns that these rows need; with `machines` one that says where a row was measured."""
    tests = all_tests(rows)
    lengths = {test.tokens for test in tests if test.writes}
    cols = [Col("model", tr("Model")), Col("quant", tr("Quant"))]
    if machines:
        cols.append(Col("setup", tr("Machine")))
    if settings_differ(rows):
        cols.append(Col("setting", tr("Settings")))
    first = True
    for test in tests:
        cols.append(Col("test", test_title(test, first and test.writes, len(lengths) == 1), test))
        first = first and not test.writes
    cols.append(Col("memory", tr("Memory")))
    if score_title:
        cols.append(Col("score", score_title))
    cols.append(Col("when", tr("When")))
    return cols


class ResultTable(QAbstractTableModel):
    """Rows by key, changed in place; other columns reset it, as they change the meaning of every cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ResultRow] = []
        self._cols: list[Col] = columns_of((), "")
        self.usual: Setting | None = None
        """The setting of most rows, which is not told in each of them."""

    @property
    def rows(self) -> list[ResultRow]:
        return self._rows

    @property
    def cols(self) -> list[Col]:
        return self._cols

    def set_rows(self, rows: Sequence[ResultRow], score_title: str, machines: bool = False) -> None:
        """Show `rows`; `score_title` heads the column of the suite, empty without one; `machines` adds the
        column of machine and build."""
        cols = columns_of(rows, score_title, machines)
        counted = Counter(row.setting for row in rows if row.setting is not None)
        self.usual = counted.most_common(1)[0][0] if counted else None
        if cols != self._cols:
            self.beginResetModel()
            self._cols, self._rows = cols, list(rows)
            self.endResetModel()
            return
        self._remove({row.key for row in rows})
        for place, row in enumerate(rows):
            if place < len(self._rows) and self._rows[place].key == row.key:
                if self._rows[place] != row:
                    self._rows[place] = row
                    self.dataChanged.emit(self.index(place, 0), self.index(place, len(cols) - 1))
                continue
            old = next((at for at, each in enumerate(self._rows) if each.key == row.key), None)
            if old is not None:
                self._take(old)
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self.endInsertRows()

    def _remove(self, kept: set[str]) -> None:
        for place in reversed(range(len(self._rows))):
            if self._rows[place].key not in kept:
                self._take(place)

    def _take(self, place: int) -> None:
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._rows[place]
        self.endRemoveRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cols)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._cols):
            return None
        col = self._cols[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return col.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return test_words(col.test) if col.test is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if col.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, col = self._rows[index.row()], self._cols[index.column()]
        match role:
            case Role.ROW:
                return row
            case Role.SORT:
                return sort_value(row, col)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.text(row, col)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, col)
            case _:
                return None

    def text(self, row: ResultRow, col: Col) -> str:
        """What a cell says."""
        match col.kind:
            case "model":
                return row.name
            case "quant":
                return row.quant
            case "setup":
                return row.setup
            case "setting":
                return setting_short(row.setting, self.usual) if row.setting is not None else ""
            case "test":
                return cell_text(row.cells.get(col.test)) if col.test is not None else ""
            case "memory":
                if not row.memory:
                    return fmt.UNKNOWN
                return f"~{fmt.size(row.memory)}" if row.memory_predicted else fmt.size(row.memory)
            case "score":
                return f"{row.score.passed}/{row.score.total}" if row.score is not None else fmt.UNKNOWN
            case "when":
                return when_words(row)

    def _tip(self, row: ResultRow, col: Col) -> str | None:
        if col.kind == "score" and row.score is not None:
            return score_words(row.score)
        if col.test is not None:
            cell = row.cells.get(col.test)
            if cell is not None and cell.problem:
                return cell.problem
            if cell is not None and cell.mean is not None and cell.predicted is not None:
                return tr("{rate} tok/s was predicted", rate=fmt.rate(cell.predicted))
            return None
        if row.setting is not None and col.kind in ("model", "quant", "setting"):
            return f"{row.name} {row.quant}\n{setting_words(row.setting)}\n{row.setup}"
        return None


def cell_text(cell: Cell | None) -> str:
    """``56.1 ±0.3``, ``~30``, or a dash."""
    if cell is None or (cell.value is None and not cell.running):
        return fmt.UNKNOWN
    if cell.mean is None:
        return f"~{fmt.number(cell.predicted)}" if cell.predicted is not None else tr("measuring")
    spread = spread_text(cell)
    return f"{fmt.rate(cell.mean)} {spread}" if spread else fmt.rate(cell.mean)


def spread_text(cell: Cell) -> str:
    """``±0.3``; empty after a single pass."""
    if cell.passes < 2:
        return ""
    return f"±{fmt.number(cell.spread, 1 if cell.spread < 3.95 else 0)}"


def when_words(row: ResultRow) -> str:
    if row.running:
        return tr("now")
    if row.waiting:
        return tr("waiting")
    return fmt.ago(row.when) if row.when is not None else tr("now")


def sort_value(row: ResultRow, col: Col) -> object:
    """What a column is sorted by; numbers and texts never mix in one column."""
    match col.kind:
        case "model":
            return _natural(f"{row.name} {row.quant}")
        case "quant":
            return _natural(row.quant)
        case "setup":
            return row.setup
        case "setting":
            return str(row.setting)
        case "test":
            cell = row.cells.get(col.test) if col.test is not None else None
            return (cell.value if cell is not None else None) or -1.0
        case "memory":
            return float(row.memory)
        case "score":
            return row.score.share if row.score is not None else -1.0
        case "when":
            return row.when if row.when is not None else float("inf")


def _natural(text: str) -> str:
    """``Q4`` before ``Q10``."""
    return re.sub(r"\d+", lambda found: found.group().zfill(8), text.casefold())


class ResultProxy(QSortFilterProxyModel):
    """Sorts, and shows only one model or one machine."""

    def __init__(self, table: ResultTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._model = self._setup = ""
        self.setSourceModel(table)

    def set_filter(self, *, model: str, setup: str) -> None:
        """Only rows of this model, and of this machine and build; empty means all."""
        if (model, setup) != (self._model, self._setup):
            self.beginFilterChange()
            self._model, self._setup = model, setup
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self._table.rows[source_row]
        return self._model in ("", row.name) and self._setup in ("", row.setup)

    def lessThan(self, left: Index, right: Index) -> bool:
        first, second = left.data(Role.SORT), right.data(Role.SORT)
        return bool(first < second)

    def at(self, place: int) -> ResultRow:
        """The row at a place of the view."""
        return self._table.rows[self.mapToSource(self.index(place, 0)).row()]

    def shown(self) -> list[ResultRow]:
        return [self.at(place) for place in range(self.rowCount())]
