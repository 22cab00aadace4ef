"""The leaderboard: what the votes say, by topic, against speed and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.compare.types import Leaderboard
from backend.events import CompareListChanged, RoundChanged
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.compare.board_table import BoardTable
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.late_chart import LateChart
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from backend.app import Backend
    from ui.pages.compare.board_chart import BoardChart

_NARROW = 1000


class BoardPresenter(QObject):
    """Reads the leaderboard of a topic; anew when somebody voted while it is shown.

    Signals:
        read: A `Leaderboard`.
        failed: An `AppError`.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = backend.compare
        self.topic = ""
        self.shown = False
        self._reading: tasks.Task | None = None
        bridge.on(CompareListChanged, self._voted)
        bridge.on(RoundChanged, self._voted)

    def refresh(self) -> None:
        """Read it again; the sum of many votes takes a moment, so never on the GUI thread."""
        if self._reading is not None:
            self._reading.cancel()
        topic = self.topic
        self._reading = tasks.run(
            lambda: self._service.leaderboard(topic), self.read.emit, self.failed.emit, owner=self
        )

    def choose(self, topic: str) -> None:
        """Show another topic; empty for all of them."""
        self.topic = topic
        self.refresh()

    def export(self, path: Path, done: Callable[[], object]) -> None:
        tasks.run(lambda: self._service.export_votes(path), lambda _: done(), self.failed.emit, owner=self)

    def export_board(self, path: Path, done: Callable[[], object]) -> None:
        topic = self.topic
        tasks.run(
            lambda: self._service.export_leaderboard(path, topic),
            lambda _: done(),
            self.failed.emit,
            owner=self,
        )

    def take_in(self, path: Path, done: Callable[[int], object]) -> None:
        def taken(count: int) -> None:
            self.refresh()
            done(count)

        tasks.run(lambda: self._service.import_votes(path), taken, self.failed.emit, owner=self)

    def _voted(self, _event: CompareListChanged | RoundChanged) -> None:
        if self.shown:
            self.refresh()


class BoardView(QWidget):
    """Signals:
    compare_asked: Ids of two models to compare next.
    live_asked: The live part is wanted.
    """

    compare_asked = Signal(object)
    live_asked = Signal()

    def __init__(self, presenter: BoardPresenter, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shell = shell
        self._board: Leaderboard | None = None
        self._topics = QWidget()
        self._chips = FlowLayout(self._topics, spacing=6)
        self.table = BoardTable()
        self.chart: BoardChart | None = None
        self._place = LateChart(_load_chart)
        self._place.ready.connect(self._add_chart)
        self._sentence = label("", "body", "2", wrap=True)
        self._pair = Button(tr("Compare these two"), "primary", "columns-3")
        self._pair.clicked.connect(self._compare_pair)
        self._empty = EmptyState(
            "scale",
            tr("No votes yet"),
            tr("Turn Blind on, ask something and choose the best answer: your votes make the leaderboard."),
        )
        self._empty.add_action(tr("Compare"), primary=True, icon="columns-3").clicked.connect(self.live_asked)
        self._empty.add_action(tr("Import votes …")).clicked.connect(self.import_votes)
        self._build()
        presenter.read.connect(self._show)
        presenter.failed.connect(lambda error: shell.toast(str(error)))

    def _build(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(self._topics, 1)
        row.addWidget(label(tr("Bars show where the rating lies with 95 % certainty"), "small", "3"))
        left = QWidget()
        chart = QVBoxLayout(left)
        chart.setContentsMargins(16, 14, 16, 8)
        title = QHBoxLayout()
        title.addWidget(label(tr("Quality against speed"), "title"))
        title.addStretch(1)
        title.addWidget(label(tr("dashed: nothing is both better and faster; area: memory"), "small", "3"))
        chart.addLayout(title)
        chart.addWidget(self._place, 1)
        axes = QHBoxLayout()
        axes.setContentsMargins(44, 0, 16, 0)
        axes.addWidget(ElidedLabel(tr("rating, higher is better"), "caption", "3"), 1)
        axes.addWidget(label(tr("faster, tokens per second (log)"), "caption", "3"))
        chart.addLayout(axes)
        self._right = QWidget()
        say = QVBoxLayout(self._right)
        say.setContentsMargins(20, 14, 20, 8)
        say.setSpacing(10)
        say.addWidget(label(tr("What the votes say"), "title"))
        say.addWidget(self._sentence)
        buttons = QHBoxLayout()
        buttons.addWidget(self._pair)
        buttons.addStretch(1)
        say.addLayout(buttons)
        say.addStretch(1)
        below = QWidget()
        both = QHBoxLayout(below)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(left, 1)
        both.addWidget(hairline(vertical=True))
        both.addWidget(self._right)
        self._right.setFixedWidth(320)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(below)
        self._splitter.setSizes([340, 360])
        self._splitter.setChildrenCollapsible(False)
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(board)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def set_shown(self, shown: bool) -> None:
        """It came into view, or left it."""
        self._presenter.shown = shown
        if shown:
            self._presenter.refresh()

    def _show(self, board: Leaderboard) -> None:
        self._board = board
        some = bool(board.ratings) or bool(board.topic)
        self._stack.setCurrentIndex(1 if some else 0)
        self._show_topics(board)
        self.table.show_rows(board.ratings)
        self._show_chart()
        self._sentence.setText(board.sentence)
        self._pair.setVisible(len(board.ratings) >= 2)

    def _add_chart(self, chart: BoardChart) -> None:
        self.chart = chart
        self.table.chosen.connect(chart.set_current)
        chart.chosen.connect(self.table.select)
        self._show_chart()

    def _show_chart(self) -> None:
        if self.chart is not None and self._board is not None:
            self.chart.show_rows(self._board.ratings)
            self.chart.set_current(self.table.current())

    def _show_topics(self, board: Leaderboard) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for topic in ("", *board.topics):
            chosen = topic == board.topic
            chip = Chip(topic or tr("All topics"), cross=bool(topic))
            chip.setChecked(chosen)
            wanted = "" if chosen else topic  # the cross of the chosen topic leads back to all of them
            chip.clicked.connect(lambda _on=False, wanted=wanted: self._presenter.choose(wanted))
            self._chips.addWidget(chip)
        self._topics.updateGeometry()

    def _compare_pair(self) -> None:
        ratings = self._board.ratings if self._board is not None else ()
        self.compare_asked.emit(tuple(row.model_id for row in ratings[:2]))

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with all votes."""
        menu.addAction(tr("Export votes …"), self.export_votes)
        menu.addAction(tr("Import votes …"), self.import_votes)
        menu.addAction(tr("Export leaderboard …"), self.export_board)

    def export_votes(self) -> None:
        """Ask for a file and write all votes into it."""
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Export votes"), "votes.csv", tr("CSV (*.csv);;JSON (*.json)")
        )
        if name:
            self._presenter.export(
                Path(name), lambda: self._shell.toast(tr("The votes were written to {path}.", path=name))
            )

    def export_board(self) -> None:
        """Ask for a file and write the ratings of the topic that is shown into it."""
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Export leaderboard"), "leaderboard.csv", tr("CSV (*.csv)")
        )
        if name:
            self._presenter.export_board(
                Path(name), lambda: self._shell.toast(tr("The leaderboard was written to {path}.", path=name))
            )

    def import_votes(self) -> None:
        """Ask for a file and add its votes; those that are here already are left out."""
        name, _kind = QFileDialog.getOpenFileName(self, tr("Import votes"), "", tr("Votes (*.csv *.json)"))
        if name:
            self._presenter.take_in(
                Path(name),
                lambda count: self._shell.toast(
                    tr("{count} votes were added.", n=count, count=fmt.number(count))
                ),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.table.set_narrow(narrow)
        self._right.setFixedWidth(260 if narrow else 360)


def _load_chart() -> Callable[[], QWidget]:
    from ui.pages.compare.board_chart import BoardChart

    return BoardChart
