"""The types of one model as a table: what each would be, or is, and what it loses."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt, Signal

from backend.capacity.sentence import verdict_word
from backend.i18n import tr
from backend.lab.types import Value
from ui import format as fmt
from ui.models.rows import Index, RowsModel
from ui.pages.library.quant.plan import TypeRow
from ui.pages.library.quant.words import kl, loss_words, tilde


class Column(IntEnum):
    TYPE = 0
    SIZE = 1
    BITS = 2
    FIT = 3
    MEMORY = 4
    SPEED = 5
    PERPLEXITY = 6
    LOSS = 7
    SAME = 8


RIGHT = frozenset(Column) - {Column.TYPE, Column.FIT}


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


def value_of(row: TypeRow, column: Column) -> Value | None:
    """The uncertain number of a cell; None where the cell has none."""
    match column:
        case Column.MEMORY:
            return row.lab.memory
        case Column.SPEED:
            return row.lab.generation
        case Column.PERPLEXITY:
            return row.lab.perplexity
        case Column.LOSS:
            return None if row.original else row.lab.kl_divergence
        case Column.SAME:
            return None if row.original else row.lab.same_top
        case _:
            return None


def number_of(value: Value, column: Column) -> str:
    """The digits of a cell, without a mark for predicted ones."""
    match column:
        case Column.LOSS:
            return kl(value.value)
        case Column.SAME:
            return fmt.percent(value.value, 1)
        case Column.MEMORY:
            return fmt.size(value.value)
        case Column.PERPLEXITY:
            return fmt.number(value.value, 2 if value.value < 100 else 0)
        case _:
            return fmt.rate(value.value) if value.measured else fmt.number(value.value)


class TypeTable(RowsModel[TypeRow]):
    """Rows by type name, changed in place. The first column can be ticked.

    Signals:
        ticked: The person ticked (True) or cleared a type.
    """

    ticked = Signal(str, bool)

    def __init__(self, n_ctx: int, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.name, len(Column), parent)
        self._n_ctx = n_ctx
        self.measure = True
        """Whether what is in the library already may be chosen, to be measured."""

    def row(self, name: str) -> TypeRow | None:
        return next((row for row in self._rows if row.name == name), None)

    def set_rows(self, rows: tuple[TypeRow, ...]) -> None:
        """Show `rows`; those with the same names as before only change."""
        if [row.name for row in rows] == [row.name for row in self._rows]:
            self.merge(rows)
        else:
            self.show_others(rows)

    def can_tick(self, row: TypeRow) -> bool:
        """Whether there is anything to do with its type."""
        return not row.original and not row.refusal and (self.measure or not row.here)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("Type"),
                tr("Size"),
                tr("Bits"),
                tr("Fit, {count} tokens", n=self._n_ctx, count=fmt.number(self._n_ctx)),
                tr("Memory"),
                tr("Tok/s"),
                tr("Perplexity"),
                tr("KL loss"),
                tr("Same top"),
            )[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _explained(Column(section))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == Column.TYPE and self.can_tick(self._rows[index.row()]):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row) if column is Column.TYPE else cell_text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(row, column)
            case Qt.ItemDataRole.CheckStateRole if column is Column.TYPE and self.can_tick(row):
                return Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if index.column() != Column.TYPE or not self.can_tick(row):
            return False
        self.ticked.emit(row.name, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def _explained(column: Column) -> str:
    match column:
        case Column.BITS:
            return tr("Bits per weight, over the whole file")
        case Column.MEMORY:
            return tr("Memory that it took when it was measured")
        case Column.SPEED:
            return tr("Tokens per second while an answer is written")
        case Column.PERPLEXITY:
            return tr("How surprised the model is by the text; compare it with that of the original only")
        case Column.LOSS:
            return tr("Mean KL divergence from the original, in nats: how far the next-token guesses moved")
        case Column.SAME:
            return tr("How often the most likely next token is that of the original")
        case _:
            return ""


def cell_text(row: TypeRow, column: Column) -> str:
    """A cell in words; predicted numbers have a tilde."""
    lab = row.lab
    match column:
        case Column.TYPE:
            return row.name
        case Column.SIZE:
            words = fmt.size(lab.size)
            return words if lab.exact_size else f"~{words}"
        case Column.BITS:
            return fmt.number(lab.bits_per_weight, 1)
        case Column.FIT:
            return f"{verdict_word(lab.fit.verdict)} {fmt.size(lab.fit.ledger.total)}" if lab.fit else ""
        case _:
            value = value_of(row, column)
            return tilde(value, number_of(value, column)) if value is not None else fmt.UNKNOWN


def spoken(row: TypeRow) -> str:
    """The row in one sentence, for screen readers."""
    parts = [row.name, cell_text(row, Column.SIZE), cell_text(row, Column.FIT)]
    loss = row.lab.kl_divergence
    if row.original:
        parts.append(tr("the original"))
    elif loss is not None:
        parts.append(loss_words(loss.value))
        parts.append(tr("measured here") if loss.measured else tr("predicted"))
    if row.here:
        parts.append(tr("in library"))
    parts.append(row.refusal)
    return ", ".join(part for part in parts if part)


def tip(row: TypeRow, column: Column) -> str:
    """What stands behind a number: its range, the text it was measured on."""
    value = value_of(row, column)
    if column is Column.TYPE:
        return row.refusal
    if value is None:
        return ""
    if value.measured:
        words = (
            tr("Measured on {text}", text=row.lab.measured_on) if row.lab.measured_on else tr("Measured here")
        )
    else:
        low, high = (number_of(Value(edge, edge, edge, False), column) for edge in (value.low, value.high))
        words = tr("Usual for this type: {low} to {high}", low=low, high=high)
    return f"{words}\n{loss_words(value.value)}" if column is Column.LOSS else words


class TypeProxy(QSortFilterProxyModel):
    """Only the rows of one group. The original, what is ticked and what was measured is always shown."""

    def __init__(self, source: TypeTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._group = ""
        self.setSourceModel(source)
        self.setDynamicSortFilter(True)

    def set_group(self, group: str) -> None:
        """``usual``, ``small``, or empty for all."""
        self._group = group
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        source = self.sourceModel()
        assert isinstance(source, TypeTable)
        row = source.rows[source_row]
        if not self._group or row.original:
            return True
        return row.checked or row.type is None or self._group in row.type.groups

    def at(self, place: int) -> TypeRow:
        """The row that is shown at `place`."""
        row = self.index(place, 0).data(Role.ROW)
        assert isinstance(row, TypeRow)
        return row

    def place(self, name: str) -> int | None:
        """Where the row of a type is shown; None if it is not."""
        return next((place for place in range(self.rowCount()) if self.at(place).name == name), None)

    def shown(self) -> tuple[TypeRow, ...]:
        """The rows from the top."""
        return tuple(self.at(place) for place in range(self.rowCount()))
