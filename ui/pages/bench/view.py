"""The Bench page: its toolbar, its three views, and the run plan at the right."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.awake import Awake
from backend.bench.types import SpeedRequest, SuiteRequest
from backend.compare.types import RunState
from backend.errors import AppError
from backend.i18n import tr
from ui.bridge import EventBridge
from ui.pages.bench.history_view import HistoryView
from ui.pages.bench.new_run import NewRun
from ui.pages.bench.plan_panel import RunPlan
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.speed_view import SpeedView
from ui.pages.bench.suites_view import SuitesView
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label
from ui.widgets.section import hairline
from ui.widgets.segmented import SegmentedControl
from ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from backend.app import Backend

FORMATS = ("csv", "json", "md")


class BenchPage(QWidget):
    """Speeds, prompt suites and their history."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Bench")
        self._shell = shell
        self._started = False
        self.presenter = BenchPresenter(backend, bridge, self)
        self.speed = SpeedView(self.presenter)
        self.suites = SuitesView(self.presenter, shell)
        self.history = HistoryView(self.presenter, shell)
        self.plan = RunPlan()
        self.keep_clear = self.plan.foot
        self.awake = Awake()
        self.plan.set_awake_possible(self.awake.possible)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.views = QStackedWidget()
        for view in (self.speed, self.suites, self.history):
            self.views.addWidget(view)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(hairline())
        column.addWidget(self.views, 1)
        left.setMinimumWidth(480)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.plan)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([1_000, theme.size("pane.bench.plan")])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.side = SidePanel(self, self.splitter, self.plan, self._panel)

    def _toolbar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(8)
        self.tabs = SegmentedControl(
            (("speed", tr("Speed")), ("suites", tr("Prompt suites")), ("history", tr("History"))),
            tr("Part of the page"),
        )
        self._left = Button("", "quiet")
        self._left.setToolTip(tr("Show the run plan"))
        self._export = Button(tr("Export"), icon="upload")
        self._new = Button(tr("New run"), icon="plus")
        self._new.setToolTip(tr("Measure models or let them answer a suite (Ctrl+Shift+N)"))
        self._more = IconButton("ellipsis", tr("More"))
        self._panel = IconButton("panel-right", tr("Run plan"))
        self._panel.setCheckable(True)
        row.addWidget(label(tr("Bench"), "title"))
        row.addSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for widget in (self._left, self._export, self._new, self._more, self._panel):
            row.addWidget(widget)
        self._left.hide()
        return bar

    def _connect(self) -> None:
        presenter, plan = self.presenter, self.plan
        presenter.failed.connect(self._failed)
        presenter.active_changed.connect(self._show_plan)
        presenter.models_changed.connect(self._show_plan)
        for changed in (presenter.runs_changed, presenter.suites_changed, presenter.models_changed):
            changed.connect(self._refresh)
        presenter.note_changed.connect(lambda: plan.set_note(presenter.note))
        plan.awake.toggled.connect(lambda _on: self._keep_awake())
        plan.paused.connect(presenter.pause)
        plan.stopped.connect(presenter.stop)
        plan.resumed.connect(self._resume)
        plan.started.connect(self._start_next)
        plan.more_models.connect(lambda: self._shell.show_page("discover"))
        plan.change_asked.connect(lambda: self.new_run(request=presenter.next_request))
        self._new.clicked.connect(lambda: self.new_run())
        self.speed.new_asked.connect(self.new_run)
        self.tabs.changed.connect(lambda name: self.show_view(str(name)))
        self._export.clicked.connect(lambda: self._pop(self.export_menu(), self._export))
        self._more.clicked.connect(lambda: self._pop(self.more_menu(), self._more))
        self._left.clicked.connect(self.side.toggle)
        self.speed.run_opened.connect(self._open_run)
        self.suites.run_asked.connect(self._run_suite)
        self.speed.import_asked.connect(self._ask_import)
        new = QShortcut(QKeySequence("Ctrl+Shift+N"), self)
        new.activated.connect(self.new_run)

    # -- what the window asks -------------------------------------------------------------------------------

    def activate(self) -> None:
        """The page came into view."""
        if not self._started:
            self._started = True
            self._show_plan()
            self.presenter.start()
        self._refresh()
        self.side.fit()
        self._views()[str(self.tabs.value())].main.setFocus()

    def find(self) -> None:
        """Ctrl+F: the keyboard goes to what narrows the view down."""
        finders = {"speed": self.speed.model, "suites": self.suites.list, "history": self.history.model}
        finders[str(self.tabs.value())].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        shown = self.views.currentWidget()
        inside = next((view.panes() for view in self._views().values() if view is shown), [])
        return [*inside, self.plan.area]

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("bench/splitter", self.splitter.saveState())
        settings.setValue("bench/plan", self.side.wanted)
        settings.setValue("bench/awake", self.plan.awake.isChecked())
        self.awake.release()  # the window closes
        settings.setValue("bench/view", self.tabs.value())
        for view in self._views().values():
            view.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        saved = settings.value("bench/splitter")
        if saved:
            self.splitter.restoreState(saved)  # type: ignore[arg-type]
        self.side.wanted = settings.value("bench/plan", True, bool)  # type: ignore[assignment]
        self.plan.awake.setChecked(settings.value("bench/awake", False, bool))  # type: ignore[arg-type]
        for view in self._views().values():
            view.restore_state(settings)
        name = str(settings.value("bench/view", "speed"))
        if name in self._views():
            self.show_view(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit()
        self._show_left()

    def show_view(self, name: str) -> None:
        """Show ``speed``, ``suites`` or ``history``."""
        if self.tabs.value() != name:
            self.tabs.set_value(name)  # which comes back here
            return
        view, focus = self._views()[name], QApplication.focusWidget()
        inside = focus is not None and self.views.isAncestorOf(focus)
        self.views.setCurrentWidget(view)
        view.refresh()
        if inside:  # what had the keyboard is gone
            view.main.setFocus()

    def _refresh(self) -> None:
        """Only what can be seen follows a run; the rest is brought up to date when it is shown."""
        if self.isVisible():
            self._views()[str(self.tabs.value())].refresh()

    def measure(self, model_ids: tuple[str, ...]) -> None:
        """Open the sheet of a new sweep of these models, set up as the last one."""
        self.new_run(request=replace(self.presenter.suggestion() or SpeedRequest(()), models=model_ids))

    def new_run(self, kind: str = "speed", request: SpeedRequest | SuiteRequest | None = None) -> NewRun:
        """Open the sheet of a new run, filled in as `request`."""
        if request is None and kind == "speed":
            request = self.presenter.suggestion()
        sheet = NewRun(self.presenter, kind, request, self)
        sheet.confirmed.connect(self._begin)
        sheet.more_models.connect(lambda: self._shell.show_page("discover"))
        sheet.open()
        return sheet

    def _run_suite(self, name: str) -> None:
        self.new_run("suite").suite.choose(name)

    def _begin(self, request: SpeedRequest | SuiteRequest) -> None:
        self.presenter.begin(request)
        if not self.side.overlaid:
            self.side.show(True)

    def _views(self) -> dict[str, SpeedView | SuitesView | HistoryView]:
        return {"speed": self.speed, "suites": self.suites, "history": self.history}

    def _open_run(self, run_id: int) -> None:
        self.show_view("history")
        self.history.select(run_id)

    # -- the plan -------------------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        presenter = self.presenter
        active = presenter.active
        if active is not None:
            self.plan.show_run(active, presenter.plans.get(active.id), presenter.note)
        elif presenter.next_request is not None:
            self.plan.show_next(presenter.next_request, presenter.next_plan)
        else:
            self.plan.show_nothing(not presenter.loaded)
        self._show_left()
        self._keep_awake()

    def _keep_awake(self) -> None:
        """Hold the computer awake while a run goes on and the person wants that."""
        active = self.presenter.active
        if self.plan.awake.isChecked() and active is not None and active.state is RunState.RUNNING:
            self.awake.hold()
        else:
            self.awake.release()

    def _show_left(self) -> None:
        """Where the plan is out of sight, the toolbar says how long a run takes."""
        active = self.presenter.active
        words = ""
        if active is not None and self.side.overlaid:
            words = self.plan.heading()
        self._left.setText(words)
        self._left.setVisible(bool(words))

    def _start_next(self) -> None:
        request = self.presenter.next_request
        if request is not None:
            self.presenter.begin(request)

    def _resume(self) -> None:
        active = self.presenter.active
        if active is not None:
            self.presenter.resume(active.id)

    # -- files ----------------------------------------------------------------------------------------------

    def export_menu(self) -> QMenu:
        """The ways to write results into a file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, words in (
            ("csv", tr("Table (CSV) …")),
            ("json", tr("JSON, as llama-bench writes it …")),
            ("md", tr("Markdown …")),
        ):
            action = menu.addAction(words, lambda kind=kind: self._ask_export(kind))
            action.setEnabled(bool(self._chosen_runs()))
        return menu

    def more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Import llama-bench JSON …"), self._ask_import)
        menu.addMenu(self._columns())
        return menu

    def _columns(self) -> QMenu:
        columns = self.speed.table.columns_menu()
        columns.setTitle(tr("Columns"))
        return columns

    def _chosen_runs(self) -> tuple[int, ...]:
        """What is exported: in the history what is selected, elsewhere what is shown."""
        if self.views.currentWidget() is self.history:
            return self.history.shown_runs()
        if self.views.currentWidget() is self.suites:
            return self.suites.shown_runs()
        return self.speed.shown_runs()

    def _pop(self, menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_export(self, kind: str) -> None:
        name = f"orangery-bench-{datetime.now():%Y-%m-%d}.{kind}"
        chosen, _filter = QFileDialog.getSaveFileName(self, tr("Export results"), str(Path.home() / name))
        if chosen:
            self.export(Path(chosen))

    def export(self, path: Path) -> None:
        """Write the runs behind what is shown to `path`."""
        self.presenter.export(
            self._chosen_runs(), path, lambda: self._shell.toast(tr("Saved as {path}", path=str(path)))
        )

    def _ask_import(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, tr("Import llama-bench JSON"), str(Path.home()), tr("JSON (*.json *.jsonl)")
        )
        if chosen:
            self.import_results(Path(chosen))

    def import_results(self, path: Path) -> None:
        """Take over what `llama-bench` measured."""
        self.presenter.import_llama_bench(
            path, lambda _run: self._shell.toast(tr("The results were imported."))
        )

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))
