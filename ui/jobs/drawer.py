"""The drawer at the right: slides over the page, is never modal, closes with Esc and gives the focus back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.activities.types import Activity
from backend.downloads.types import DownloadJob, DownloadState
from backend.events import ActivityChanged, ActivityRemoved, JobChanged, JobRemoved
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.frame import panes
from ui.jobs.acting import JobActions
from ui.jobs.announcer import Announcer
from ui.jobs.column import JobColumn
from ui.jobs.copies import Copies
from ui.jobs.footer import JobsFooter
from ui.models.jobs import Job, JobsModel, Section, key_of
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from backend.app import Backend


class JobsDrawer(QFrame):
    """Args:
        area: The widget that the drawer covers the right side of.

    Signals:
        counted: How many jobs run or wait, and how many need the person.
    """

    counted = Signal(int, int)

    def __init__(self, area: QWidget, shell: Shell) -> None:
        super().__init__(area)
        self._before: QWidget | None = None
        self.model = JobsModel(self)
        self._copies = Copies(self)
        self._acts = JobActions(self.model, self._copies, shell, self)
        self._acts.left.connect(self.close_drawer)
        self._announcer = Announcer(shell, self._acts.act, self)
        self._open = False
        self.setProperty("surface", "drawer")
        self.setProperty("focusRing", "none")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Jobs"))
        self.setFixedWidth(theme.size("pane.jobs.drawer"))
        self._build()
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.rowsMoved):
            signal.connect(self._recount)
        # Another state is often another section, even where the row keeps its place in the model.
        self.model.dataChanged.connect(self._recount)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._slid)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(-2, 0)
        shadow.setColor(theme.color("bg.scrim"))
        self.setGraphicsEffect(shadow)
        area.installEventFilter(self)
        self.hide()
        self._recount()

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("surface", "drawer.head")
        head.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("Jobs"), "title"))
        self._summary = ElidedLabel("", "small", "2")
        row.addWidget(self._summary, 1)
        self._pause_all = Button(tr("Pause all"), icon="pause")
        self._pause_all.clicked.connect(lambda: self._acts.all("pause_all"))
        self._resume_all = Button(tr("Resume all"), icon="play")
        self._resume_all.clicked.connect(lambda: self._acts.all("resume_all"))
        close = IconButton("x", tr("Close (Esc)"))
        close.clicked.connect(self.close_drawer)
        for button in (self._pause_all, self._resume_all, close):
            row.addWidget(button)
        self.column = JobColumn(self.model, self._copies.words)
        self._copies.found.connect(self.column.rearrange)
        self.column.wanted.connect(self._acts.act)
        self.column.moved.connect(self._acts.move)
        self.column.cleared.connect(lambda: self._acts.all("clear_finished"))
        self.footer = JobsFooter()
        self.footer.failed.connect(self._acts.failed)
        empty = EmptyState(
            "list-checks",
            tr("No jobs"),
            tr("Downloads, checks and moves appear here. Downloads can be paused and go on after a restart."),
        )
        find = empty.add_action(tr("Find a model"), icon="compass")
        find.clicked.connect(lambda: self._acts.leave_for("discover"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.column)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.footer)

    def attach(self, backend: Backend, bridge: EventBridge) -> None:
        """Show the jobs of `backend` from now on."""
        self._acts.attach(backend)
        self._copies.attach(backend)
        self.footer.attach(backend)
        bridge.on(JobChanged, self._job_changed)
        bridge.on(JobRemoved, self._job_removed)
        bridge.on(ActivityChanged, self._activity_changed)
        bridge.on(ActivityRemoved, self._activity_removed)
        tasks.run(backend.downloads.jobs, self.model.replace, owner=self)
        tasks.run(backend.activities.rows, lambda rows: self.model.replace(rows, Activity), owner=self)

    @property
    def is_open(self) -> bool:
        return self._open

    def open_drawer(self) -> None:
        """Slide in and take the focus."""
        if self._open:
            return
        self._open = True
        self._before = self.window().focusWidget()
        self._fit_height()
        self.footer.refresh()
        area = self.parentWidget()
        self._move_to(area.width() - self.width(), start=area.width())
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_drawer(self) -> None:
        """Slide out; the focus goes back to where it was."""
        if not self._open:
            return
        self._open = False
        had_focus = self.isAncestorOf(self.window().focusWidget() or self) or self.hasFocus()
        self._move_to(self.parentWidget().width(), start=self.x())
        if had_focus:
            panes.give_back(self._before)
        self._before = None

    def toggle(self) -> None:
        if self._open:
            self.close_drawer()
        else:
            self.open_drawer()

    def _move_to(self, end: int, start: int) -> None:
        self._slide.stop()
        self.show()
        self.raise_()
        if theme.motion("panel") == 0:
            self.move(end, 0)
            self._slid()
            return
        self._slide.setDuration(theme.motion("panel"))
        self._slide.setStartValue(QPoint(start, 0))
        self._slide.setEndValue(QPoint(end, 0))
        self._slide.start()

    def _slid(self) -> None:
        if not self._open:
            self.hide()

    def _fit_height(self) -> None:
        self.setFixedHeight(self.parentWidget().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit_height()
            if self._open:
                self._slide.stop()
                self.move(self.parentWidget().width() - self.width(), 0)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def _job_changed(self, event: JobChanged) -> None:
        self._update(event.job)

    def _job_removed(self, event: JobRemoved) -> None:
        self.model.remove(event.job_id)

    def _activity_changed(self, event: ActivityChanged) -> None:
        self._update(event.activity)

    def _activity_removed(self, event: ActivityRemoved) -> None:
        self.model.remove(f"activity:{event.activity_id}")

    def _update(self, job: Job) -> None:
        before = self.model.job(key_of(job))
        self.model.update(job)
        if not self._open:
            self._announcer.changed(before, job)

    def _recount(self) -> None:
        counts = {section: self.model.count(section) for section in Section}
        running, needs = counts[Section.RUNNING], counts[Section.NEEDS_YOU]
        words = []
        if needs:  # first: the end may be cut off
            words.append(tr("{n} need you", n=needs))
        if running:
            words.append(tr("{n} running", n=running))
        if counts[Section.WAITING]:
            words.append(tr("{n} waiting", n=counts[Section.WAITING]))
        self._summary.setText(", ".join(words))
        pausable = any(
            isinstance(job, DownloadJob) and job.state.active and job.state is not DownloadState.VERIFYING
            for job in self.model.jobs()
        )
        self._pause_all.setVisible(pausable)
        self._resume_all.setVisible(not pausable and counts[Section.PAUSED] > 0)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.counted.emit(running + counts[Section.WAITING], needs)
