"""The list of all runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from backend.bench.types import BenchRun
from backend.compare.types import RunState
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.history_data import summary
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.results import setup_of
from ui.pages.bench.words import kind_words, run_title, state_icon, state_words
from ui.theme import icons
from ui.theme.measure import advance
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MEASURED = 50
"""So many rows say how wide the columns are."""


class HistoryTable(QAbstractTableModel):
    """Runs by id. Columns: what, kind, what came out, machine, when."""

    def __init__(self, presenter: BenchPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.runs: list[BenchRun] = []

    def show(self, runs: Sequence[BenchRun]) -> None:
        """List `runs`; those that stay are changed in place."""
        kept = {run.id for run in runs}
        for place in reversed(range(len(self.runs))):
            if self.runs[place].id not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self.runs[place]
                self.endRemoveRows()
        here = {run.id for run in self.runs}
        for place, run in enumerate(runs):
            if run.id not in here:
                self.beginInsertRows(QModelIndex(), place, place)
                self.runs.insert(place, run)
                self.endInsertRows()
            elif self.runs[place].id == run.id:
                if self.runs[place] != run:
                    self.runs[place] = run
                    self.dataChanged.emit(self.index(place, 0), self.index(place, 4))
            else:  # in another order, which happens only after an import with old dates
                self.beginResetModel()
                self.runs = list(runs)
                self.endResetModel()
                return

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 4 else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Run"), tr("Kind"), tr("What came out"), tr("Machine and build"), tr("When"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        run = self.runs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self._text(run, index.column())
            first = index.column() == 0 and role == Qt.ItemDataRole.AccessibleTextRole
            return f"{words}, {state_words(run.state)}" if first else words
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return "\n".join([state_words(run.state), *self._presenter.names(run)])
        return None

    def _text(self, run: BenchRun, column: int) -> str:
        match column:
            case 0:
                names = self._presenter.names(run)
                if run.imported or not names:
                    return run_title(run)
                more = len(names) - 1
                return tr("{name} +{count}", name=names[0], count=more) if more else names[0]
            case 1:
                suite = self._presenter.suite(run.suite)
                return suite.title if suite is not None else run.suite or kind_words(run.kind)
            case 2:
                return summary(run, self._presenter.scores.get(run.id, ())) or state_words(run.state)
            case 3:
                return setup_of(run)
            case _:
                return fmt.ago(run.created)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: HistoryTable, view: QTableView) -> None:
        super().__init__(view)
        self._table, self._view = table, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        run, column = self._table.runs[index.row()], index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = "accent.tint" if run.state is RunState.RUNNING else ""
        back(painter, option, self._view, tint=tint)
        cell = option.rect.adjusted(INSET, 0, -(FIRST if column == 4 else INSET), -1)
        if column == 0:
            name, token = state_icon(run.state)
            icons.paint(
                painter, name, QRectF(option.rect.left() + FIRST, cell.center().y() - 7, 14, 14), token
            )
            cell.setLeft(option.rect.left() + FIRST + 24)
            write(painter, cell, str(index.data()), "text.1", role="body", weight=500, left=True)
        else:
            token = "bad.text" if column == 2 and run.error_title else "text.1" if column == 2 else "text.2"
            write(painter, cell, str(index.data()), token, left=column != 4)
        painter.restore()


class _Head(TableHeader):
    def words_rect(self, rect: QRect, section: int) -> QRect:
        words = super().words_rect(rect, section)
        if section == 4:
            words.setRight(rect.right() - FIRST)
        return words


class HistoryList(QTableView):
    """One or two runs are selected. Signals:
    chosen: The selected runs, newest first.
    removed: Delete was pressed.
    """

    chosen = Signal(object)
    removed = Signal()

    def __init__(self, table: HistoryTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(table)
        self.setItemDelegate(_Delegate(table, self))
        dress(self, tr("Runs"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        head = _Head(FIRST, INSET)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(lambda *_any: self.chosen.emit(self.selected()))

    def selected(self) -> list[BenchRun]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._table.runs[row] for row in rows if row < len(self._table.runs)]

    def select(self, *run_ids: int) -> None:
        """Select these runs, those that are listed."""
        flags = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        model.clearSelection()
        for row, run in enumerate(self._table.runs):
            if run.id in run_ids:
                index = self._table.index(row, 0)
                model.setCurrentIndex(index, flags.Select | flags.Rows)
                self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The names and what came out share what the others leave."""
        room = self.viewport().width()

        def widest(column: int, most: int) -> int:
            rows = range(min(len(self._table.runs), _MEASURED))
            texts = (str(self._table.index(row, column).data()) for row in rows)
            needed = max((advance(text, "small", None, True) for text in texts), default=60)
            return round(min(needed, most)) + 2 * INSET + 4

        kind, machine, when = widest(1, 170), widest(3, 200), widest(4, 90) + FIRST
        for column, width, least in ((3, machine, 860), (1, kind, 640)):
            self.setColumnHidden(column, room < least)
            if room < least:
                width = 0
            self.setColumnWidth(column, width)
            machine, kind = (width, kind) if column == 3 else (machine, width)
        rest = max(room - kind - machine - when, 240)
        result = min(max(widest(2, 320), 120), round(rest * 0.48))
        self.setColumnWidth(2, result)
        self.setColumnWidth(0, rest - result)
        self.setColumnWidth(4, when)
