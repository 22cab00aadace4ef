"""The view of prompt suites: a list at the left; results or prompts of the chosen one at the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QListView,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import BenchRun, Suite
from backend.compare.types import RunState
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.pages.bench.answers import Answers
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.suite_data import Answered, answered, fresh_name, topics_of
from ui.pages.bench.suite_editor import SuiteEditor
from ui.pages.bench.suite_list import SUITE, SuiteDelegate, suite_line
from ui.pages.bench.suite_matrix import MatrixView, SuiteMatrix
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.section import hairline
from ui.widgets.segmented import SegmentedControl
from ui.widgets.states import EmptyState, ErrorState

Index = QModelIndex | QPersistentModelIndex


class SuitesView(QWidget):
    """Signals:
    run_asked: Name of a suite that models should answer.
    """

    run_asked = Signal(str)

    def __init__(self, presenter: BenchPresenter, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shell = shell
        self._name = ""
        self._reading: tasks.Task | None = None
        self.stack = QStackedWidget()
        self._error = ErrorState()
        self._error.retry.connect(presenter.read_suites)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list_side())
        self.main = self.list
        """Where the keyboard is at first."""
        self.splitter.addWidget(self._right_side())
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([240, 700])
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self._error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        presenter.suites_changed.connect(self._show_suites)
        presenter.broken.connect(self._broken)

    # -- building

    def _list_side(self) -> QWidget:
        side = QFrame()
        side.setProperty("surface", "pane")
        side.setMinimumWidth(190)
        self._items = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._items)
        self.list.setItemDelegate(SuiteDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(tr("Suites"))
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._chosen(now))
        self.new = Button(tr("New suite"), icon="plus", size="small")
        self.new.clicked.connect(self._ask_new)
        load = IconButton("folder-open", tr("Import a suite (CSV or JSONL)"), size="small")
        load.clicked.connect(self._ask_import)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 8, 8)
        foot.addWidget(self.new)
        foot.addStretch(1)
        foot.addWidget(load)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        return side

    def _right_side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(420)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 16, 0)
        head.setSpacing(8)
        self._title = ElidedLabel("", "title", weight=600)
        self._title.setFont(theme.font("title"))
        self.part = SegmentedControl(
            (("results", tr("Results")), ("prompts", tr("Prompts"))), tr("What to show of the suite")
        )
        self.part.changed.connect(lambda _part: self._show_part())
        self.run = Button(tr("Run it"), icon="play")
        self.run.clicked.connect(lambda: self.run_asked.emit(self._name))
        self._more = IconButton("ellipsis", tr("More"))
        self._more.clicked.connect(self._open_more)
        head.addWidget(self._title, 1)
        head.addWidget(self.part)
        head.addWidget(self.run)
        head.addWidget(self._more)
        self._about = label("", "small", "2", wrap=True)
        self._about.setContentsMargins(24, 2, 24, 10)
        self.matrix = SuiteMatrix(self)
        self.matrix_view = MatrixView(self.matrix)
        self.matrix_view.current_changed.connect(self._show_answers)
        self.answers = Answers()
        self._lower = QFrame()
        self._lower.setProperty("surface", "topline")
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 1, 0, 0)
        lower.addWidget(self.answers)
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.upright.setChildrenCollapsible(False)
        self.upright.addWidget(self.matrix_view)
        self.upright.addWidget(self._lower)
        self.upright.setStretchFactor(0, 0)
        self.upright.setStretchFactor(1, 1)
        self._nothing = EmptyState("list-checks", "")
        self._run_first = self._nothing.add_action(tr("Run it"), primary=True, icon="play")
        self._run_first.clicked.connect(lambda: self.run_asked.emit(self._name))
        self.editor = SuiteEditor()
        self.editor.saved.connect(self._save)
        self.editor.copy_asked.connect(self.copy)
        self.editor.undo_offered.connect(lambda words, back: self._shell.toast(words, tr("Undo"), back))
        self.parts = QStackedWidget()
        for widget in (self.upright, self._nothing, self.editor):
            self.parts.addWidget(widget)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addWidget(hairline())
        layout.addWidget(self.parts, 1)
        return side

    # -- showing

    @property
    def suite(self) -> Suite | None:
        """The chosen suite."""
        return self._presenter.suite(self._name)

    def choose(self, name: str) -> None:
        """Select a suite of the list."""
        for row in range(self._items.rowCount()):
            if self._items.item(row).data(SUITE).name == name:
                self.list.setCurrentIndex(self._items.index(row, 0))

    def _broken(self, error: AppError | None) -> None:
        if error is not None and not self._presenter.suites:
            self._error.set_error(error)
            self.stack.setCurrentWidget(self._error)

    def _show_suites(self) -> None:
        self.stack.setCurrentWidget(self.splitter)
        suites = self._presenter.suites
        wanted = self._name if self._presenter.suite(self._name) else (suites[0].name if suites else "")
        names = [self._items.item(row).data(SUITE).name for row in range(self._items.rowCount())]
        if names != [suite.name for suite in suites]:
            self._items.clear()
            for _suite in suites:
                self._items.appendRow(QStandardItem())
        for row, suite in enumerate(suites):
            item = self._items.item(row)
            item.setText(suite.title)
            item.setData(suite, SUITE)
            item.setToolTip(suite.description)
            item.setAccessibleText(f"{suite.title}, {suite_line(suite)}")
        self._name = wanted
        self.choose(wanted)
        self._show_suite()

    def _chosen(self, index: Index) -> None:
        suite: Suite | None = index.data(SUITE)
        if suite is not None and suite.name != self._name:
            if self.editor.dirty and not self._shell.confirm(
                tr("Leave without saving?"),
                tr("The changes to this suite were not saved."),
                tr("Leave"),
                danger=True,
            ):
                self.choose(self._name)
                return
            self._name = suite.name
            self.editor.show_suite(suite, again=True)
            self._show_suite()

    def _show_suite(self) -> None:
        suite = self.suite
        self._title.setText(suite.title if suite is not None else "")
        self._about.setText(f"{suite_line(suite)}. {suite.description}" if suite is not None else "")
        for widget in (self.run, self._more):
            widget.setEnabled(suite is not None)
        self.editor.show_suite(suite)
        self.refresh()

    def refresh(self) -> None:
        """Show the results that the presenter knows now."""
        suite = self.suite
        rows: list[Answered] = []
        if suite is not None:
            rows = answered(suite, self._presenter.runs, self._presenter.scores, self._presenter.column_name)
        before = self.matrix_view.current()
        self.matrix.show(rows, topics_of(suite) if suite is not None else [])
        if before is not None:
            place = next((at for at, row in enumerate(rows) if row.name == before.name), 0)
            if rows and self.matrix_view.currentIndex().row() != place:
                self.matrix_view.setCurrentIndex(self.matrix.index(place, 0))
        height = self.matrix_view.wanted_height()
        self.matrix_view.setMaximumHeight(height)
        self.upright.setSizes([min(height, 260), max(self.upright.height() - min(height, 260), 200)])
        self._show_part()

    def _show_part(self) -> None:
        if self.part.value() == "prompts":
            self.parts.setCurrentWidget(self.editor)
        else:
            self._show_nothing()
            self.parts.setCurrentWidget(self.upright if self.matrix.rows else self._nothing)

    def _show_nothing(self) -> None:
        """Words for a suite without answers, which may be on their way."""
        run = self._presenter.active
        coming = run is not None and run.suite == self._name and run.state is not RunState.PAUSED
        title = tr("Nobody has answered this suite yet")
        text = tr(
            "Let one or more models answer it. Each answer is checked, and what failed can be read here."
        )
        if coming:
            title = tr("The first answers are being written")
            text = tr("They appear here as soon as they are checked.")
        self._nothing.set_text(title, text)
        self._run_first.setVisible(not coming)

    def _show_answers(self, row: Answered | None) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        suite = self.suite
        if row is None or suite is None:
            self.answers.show_answers(None, "", ())
            return

        def done(run: BenchRun) -> None:
            self._reading = None
            mine = tuple(answer for answer in run.answers if answer.column == row.column)
            self.answers.show_answers(suite, row.name, mine)

        self._reading = self._presenter.read_run(row.run_id, done)

    # -- acting

    def _ask_new(self) -> None:
        title, done = QInputDialog.getText(self, tr("New suite"), tr("What is it about?"))
        if done and title.strip():
            self.make(title.strip())

    def make(self, title: str, based_on: Suite | None = None) -> None:
        """A new suite of one's own, empty or as a copy."""
        names = [suite.name for suite in self._presenter.suites]
        made = replace(
            based_on or Suite("", "", "", "en", 1, ()),
            name=fresh_name(title, names),
            title=title,
            version=1,
            bundled=False,
        )
        self._presenter.save_suite(made, lambda: self._open_new(made.name))

    def _open_new(self, name: str) -> None:
        self._name = name
        self.part.set_value("prompts")

    def copy(self) -> None:
        """A copy of the chosen suite that can be changed."""
        suite = self.suite
        if suite is not None:
            self.make(tr("{title} (copy)", title=suite.title), suite)

    def _save(self, suite: Suite) -> None:
        self._presenter.save_suite(suite, self._saved)

    def _saved(self) -> None:
        self._shell.toast(tr("The suite was saved."))

    def menu(self) -> QMenu:
        """What can be done with the chosen suite."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        suite = self.suite
        menu.addAction(tr("Copy"), self.copy)
        menu.addAction(tr("Export as JSONL …"), lambda: self._ask_export("jsonl"))
        menu.addAction(tr("Export as CSV …"), lambda: self._ask_export("csv"))
        menu.addSeparator()
        rename = menu.addAction(tr("Rename …"), self._ask_rename)
        delete = menu.addAction(tr("Delete …"), self._delete)
        for action in (rename, delete):
            action.setEnabled(suite is not None and not suite.bundled)
        return menu

    def _open_more(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _ask_rename(self) -> None:
        suite = self.suite
        if suite is None:
            return
        title, done = QInputDialog.getText(self, tr("Rename"), tr("Title"), text=suite.title)
        if done and title.strip():
            self._presenter.save_suite(replace(suite, title=title.strip()))

    def _delete(self) -> None:
        suite = self.suite
        if suite is not None and self._shell.confirm(
            tr("Delete “{title}”?", title=suite.title),
            tr("Its prompts are deleted. Results of earlier runs stay in the history."),
            tr("Delete"),
            danger=True,
        ):
            self._name = ""
            self._presenter.delete_suite(suite.name, self._deleted)

    def _deleted(self) -> None:
        self._shell.toast(tr("The suite was deleted."))

    def _ask_import(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Import a suite"), str(Path.home()), tr("Suites (*.jsonl *.csv)")
        )
        if chosen:
            self._presenter.import_suite(Path(chosen), lambda suite: self._open_new(suite.name))

    def _ask_export(self, kind: str) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("Export the suite"), str(Path.home() / f"{self._name}.{kind}")
        )
        if chosen:
            path = Path(chosen)
            self._presenter.export_suite(
                self._name, path, lambda: self._shell.toast(tr("Saved as {path}", path=str(path)))
            )

    def shown_runs(self) -> tuple[int, ...]:
        """The runs that the results come from."""
        return tuple(dict.fromkeys(row.run_id for row in self.matrix.rows))

    # -- the page

    def panes(self) -> list[QWidget]:
        if self.stack.currentWidget() is not self.splitter:
            return [self.stack]
        if self.parts.currentWidget() is self.editor:
            return [self.list, self.editor.view, self.editor.form]
        if self.parts.currentWidget() is self.upright:
            return [self.list, self.matrix_view, self.answers.view, self.answers.pane]
        return [self.list]

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("bench/suites", self.splitter.saveState())
        settings.setValue("bench/answers", self.answers.splitter.saveState())
        settings.setValue("bench/suite", self._name)

    def restore_state(self, settings: QSettings) -> None:
        for name, splitter in (("bench/suites", self.splitter), ("bench/answers", self.answers.splitter)):
            saved = settings.value(name)
            if saved:
                splitter.restoreState(saved)  # type: ignore[arg-type]
        self._name = str(settings.value("bench/suite", ""))
