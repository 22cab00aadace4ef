"""The history: every run, newest first; what one measured, how two differ, and one result over time."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import (
    QSettings,
    Qt,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import BenchRun, Difference
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.pages.bench.cells import FIRST
from ui.pages.bench.choice import Choice
from ui.pages.bench.differences import Differences
from ui.pages.bench.history_data import DAY, Filters
from ui.pages.bench.history_table import HistoryList, HistoryTable
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.run_pane import RunPane
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import EmptyState, ErrorState


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
        line.setContentsMargins(FIRST, 10, FIRST, 8)
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
        """Delete the selected runs; the message that says so can undo it."""
        ids = tuple(run.id for run in self.list.selected())
        if not ids:
            return
        words = tr("{count} runs were deleted.", n=len(ids), count=len(ids))
        self._presenter.delete(
            ids, lambda: self._shell.toast(words, tr("Undo"), lambda: self._presenter.restore(ids))
        )

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
