"""The history: every run, newest first; what one measured, how two differ, and one result over time."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import BenchRun, Difference
from backend.compare.types import RunState
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.choice import Choice
from ui.pages.bench.differences import Differences
from ui.pages.bench.history_data import DAY, Filters, summary
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.results import setup_of
from ui.pages.bench.run_pane import RunPane
from ui.pages.bench.words import kind_words, run_title, state_icon, state_words
from ui.shell import Shell
from ui.theme import icons
from ui.theme.measure import advance
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import EmptyState, ErrorState
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
                if run.title or not names:
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
    def words_rect(self, rect, section):  # type: ignore[no-untyped-def]
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
            return (
                round(min(max((advance(text, "small") for text in texts), default=60), most)) + 2 * INSET + 4
            )

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


class HistoryView(QWidget):
    """Filters, the list, and below it what is selected."""

    def __init__(self, presenter: BenchPresenter, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shell = shell
        self._comparing: tasks.Task | None = None
        self._compared: tuple[int, int] | None = None
        self.table = HistoryTable(presenter, self)
        self.list = HistoryList(self.table)
        self.main = self.list
        """Where the keyboard is at first."""
        self.pane = RunPane(presenter)
        self.differences = Differences()
        self._hint = label(tr("Select a run to see what it measured, or two to compare them."), "small", "2")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.below = QStackedWidget()
        for widget in (self._hint, self.pane, self.differences):
            self.below.addWidget(widget)
        self._empty = EmptyState(
            "history", tr("No runs yet"), tr("Every run stays here with what the machine was doing.")
        )
        self._error = ErrorState()
        self._error.retry.connect(presenter.read)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._filters())
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        frame = QFrame()
        frame.setProperty("surface", "topline")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 1, 0, 0)
        inside.addWidget(self.below)
        self.splitter.addWidget(frame)
        self.splitter.setSizes([400, 400])
        layout.addWidget(self.splitter, 1)
        self._body = body
        self.stack = QStackedWidget()
        for page in (body, self._empty, self._error):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        presenter.broken.connect(self._broken)
        self.list.chosen.connect(self._chosen)
        self.list.removed.connect(self.delete)
        self.pane.run_picked.connect(lambda run_id: self.list.select(run_id))
        self.pane.resumed.connect(presenter.resume)

    def _filters(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(FIRST, 10, 16, 8)
        line.setSpacing(8)
        self.kind = Choice(tr("Kind of run"), 150)
        self.kind.fill([("", tr("All kinds")), ("speed", tr("Speed")), ("suite", tr("Prompt suites"))], "")
        self.model = Choice(tr("Model"), 200)
        self.suite = Choice(tr("Suite"), 180)
        self.since = Choice(tr("Since"), 150)
        self.since.fill(
            [
                (None, tr("Any time")),
                (1, tr("Last 24 hours")),
                (7, tr("Last 7 days")),
                (30, tr("Last 30 days")),
                (365, tr("Last year")),
            ],
            None,
        )
        for choice in (self.kind, self.model, self.suite, self.since):
            choice.picked.connect(lambda _value: self.refresh())
            line.addWidget(choice)
        line.addStretch(1)
        self.remove = Button(tr("Delete"), icon="trash-2", size="small")
        self.remove.clicked.connect(self.delete)
        line.addWidget(self.remove)
        return line

    # -- showing

    def _broken(self, error: AppError | None) -> None:
        if error is not None and not self._presenter.loaded:
            self._error.set_error(error)
            self.stack.setCurrentWidget(self._error)

    def refresh(self) -> None:
        """Show what the presenter knows now."""
        presenter = self._presenter
        if not presenter.loaded:
            return
        if not presenter.runs:
            self.table.show(())
            self.stack.setCurrentWidget(self._empty)
            return
        self.stack.setCurrentWidget(self._body)
        names = dict.fromkeys(name for run in presenter.runs for name in presenter.names(run))
        self.model.fill([("", tr("All models")), *((name, name) for name in names)], self.model.value())
        used = dict.fromkeys(run.suite for run in presenter.runs if run.suite)
        titles = [(name, suite.title if (suite := presenter.suite(name)) else name) for name in used]
        self.suite.fill([("", tr("All suites")), *titles], self.suite.value())
        self.suite.setVisible(bool(used))
        days = self.since.value()
        filters = Filters(
            str(self.kind.value() or ""),
            str(self.model.value() or ""),
            str(self.suite.value() or ""),
            time.time() - days * DAY if isinstance(days, int) else None,
        )
        before = [run.id for run in self.list.selected()]
        self.table.show([run for run in presenter.runs if filters.passes(run, presenter.names(run))])
        self.list.fit()
        if not self.list.selected() and self.table.runs:
            kept = [run_id for run_id in before if any(run.id == run_id for run in self.table.runs)]
            self.list.select(*(kept or [self.table.runs[0].id]))
        self._chosen(self.list.selected())

    def _chosen(self, runs: Sequence[BenchRun]) -> None:
        self.remove.setEnabled(bool(runs))
        if len(runs) == 2:
            self._compare(runs[1], runs[0])
            return
        self._compared = None
        if len(runs) == 1:
            self.pane.show_run(runs[0])
            self.below.setCurrentWidget(self.pane)
        else:
            self._hint.setText(
                tr("{count} runs are selected. Two can be compared.", n=len(runs), count=len(runs))
                if runs
                else tr("Select a run to see what it measured, or two to compare them.")
            )
            self.below.setCurrentWidget(self._hint)

    def _compare(self, old: BenchRun, new: BenchRun) -> None:
        """How the newer of two runs differs from the older."""
        self.below.setCurrentWidget(self.differences)
        if self._compared == (old.id, new.id):
            return
        self._compared = (old.id, new.id)
        if self._comparing is not None:
            self._comparing.cancel()
        about = tr("from {old} to {new}", old=self._dated(old), new=self._dated(new))
        self.differences.show_differences(about, None)

        def done(rows: tuple[Difference, ...]) -> None:
            self._comparing = None
            self.differences.show_differences(about, rows)

        self._comparing = self._presenter.compare(old.id, new.id, done)

    @staticmethod
    def _dated(run: BenchRun) -> str:
        return f"{fmt.date(run.created)}, {fmt.clock(run.created)}"

    def select(self, run_id: int) -> None:
        """Show one run, whatever the filters say."""
        if all(run.id != run_id for run in self.table.runs):
            for choice in (self.kind, self.model, self.suite, self.since):
                choice.setCurrentIndex(0)
            self.refresh()
        self.list.select(run_id)

    def delete(self) -> None:
        """Delete the selected runs for good, once the person says so."""
        runs = self.list.selected()
        if not runs:
            return
        if any(run.state is RunState.RUNNING for run in runs):
            self._shell.toast(tr("Stop the run first, then delete it."))
            return
        count = len(runs)
        if self._shell.confirm(
            tr("Delete {count} runs?", n=count, count=count),
            tr("What they measured is gone then, also from the charts. This cannot be undone."),
            tr("Delete"),
            danger=True,
        ):
            self._presenter.delete(tuple(run.id for run in runs))

    def shown_runs(self) -> tuple[int, ...]:
        """The selected runs, or all that are listed."""
        chosen = self.list.selected() or self.table.runs
        return tuple(run.id for run in chosen)

    # -- the page

    def panes(self) -> list[QWidget]:
        if self.stack.currentWidget() is not self._body:
            return [self.stack]
        if self.below.currentWidget() is self.pane:
            return [self.list, *self.pane.panes()]
        return [self.list, self.differences.view]

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("bench/history", self.splitter.saveState())

    def restore_state(self, settings: QSettings) -> None:
        saved = settings.value("bench/history")
        if saved:
            self.splitter.restoreState(saved)  # type: ignore[arg-type]
