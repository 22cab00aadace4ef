"""The drawer at the right: slides over the page, is never modal, closes with Esc and gives the focus back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.errors import AppError
from backend.events import JobChanged, JobRemoved
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.frame import panes
from ui.jobs.row import JobRow
from ui.models.jobs import JobsModel, Section, section_of
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from backend.app import Backend


class _SectionBox(QWidget):
    """Head and rows of one section; hidden while empty."""

    def __init__(self, title: str, action: str = "") -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QFrame()
        head.setProperty("surface", "section")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 16, 0)
        head.setFixedHeight(28)
        row.addWidget(label(title, "caption", "2", weight=500))
        row.addStretch(1)
        self.count = label("", "caption", "3", tabular=True)
        self.action = Button(action, "link")
        self.action.setFont(theme.font("caption", weight=500))
        row.addWidget(self.action if action else self.count)
        layout.addWidget(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        layout.addLayout(self.rows)


class JobsDrawer(QFrame):
    """Args:
        area: The widget that the drawer covers the right side of.

    Signals:
        counted: How many jobs run or wait, and how many need the person.
    """

    counted = Signal(int, int)

    def __init__(self, area: QWidget, shell: Shell) -> None:
        super().__init__(area)
        self._shell = shell
        self._backend: Backend | None = None
        self._before: QWidget | None = None
        self.model = JobsModel(self)
        self._rows: dict[str, JobRow] = {}
        self._open = False
        self.setProperty("surface", "drawer")
        self.setProperty("focusRing", "none")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Jobs"))
        self.setFixedWidth(theme.size("pane.jobs.drawer"))
        self._build()
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.rowsMoved):
            signal.connect(self._arrange)
        # Another state is often another section, even where the row keeps its place in the model.
        self.model.dataChanged.connect(self._arrange)
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
        self._arrange()

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
        self._pause_all.clicked.connect(lambda: self._ask("pause_all"))
        self._resume_all = Button(tr("Resume all"), icon="play")
        self._resume_all.clicked.connect(lambda: self._ask("resume_all"))
        close = IconButton("x", tr("Close (Esc)"))
        close.clicked.connect(self.close_drawer)
        for button in (self._pause_all, self._resume_all, close):
            row.addWidget(button)
        self._sections = {
            Section.NEEDS_YOU: _SectionBox(tr("Needs you")),
            Section.RUNNING: _SectionBox(tr("Running")),
            Section.PAUSED: _SectionBox(tr("Paused")),
            Section.FINISHED: _SectionBox(tr("Finished"), tr("Clear")),
        }
        self._sections[Section.FINISHED].action.clicked.connect(lambda: self._ask("clear_finished"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self._sections.values():
            column.addWidget(box)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("scrollContent", True)
        scroll.setWidget(content)
        empty = EmptyState(
            "list-checks",
            tr("No jobs"),
            tr("Downloads appear here. They can be paused, go on after a restart, and are verified."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)

    def attach(self, backend: Backend, bridge: EventBridge) -> None:
        """Show the jobs of `backend` from now on."""
        self._backend = backend
        bridge.on(JobChanged, self._job_changed)
        bridge.on(JobRemoved, self._job_removed)
        tasks.run(backend.downloads.jobs, self.model.replace, owner=self)

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
        self.model.update(event.job)

    def _job_removed(self, event: JobRemoved) -> None:
        self.model.remove(event.job_id)

    def _arrange(self) -> None:
        """Put each row where the model has it; rows keep their widgets, so that nothing flickers."""
        jobs = self.model.jobs()
        focus = self.window().focusWidget()
        for job_id in [job_id for job_id in self._rows if self.model.job(job_id) is None]:
            row = self._rows.pop(job_id)
            row.hide()
            row.deleteLater()
        places = dict.fromkeys(Section, 0)
        moved: list[JobRow] = []
        for job in jobs:
            section = section_of(job)
            layout = self._sections[section].rows
            row = self._rows.get(job.id)
            if row is None:
                row = JobRow(job)
                row.wanted.connect(self._act)
                self._rows[job.id] = row
            if layout.indexOf(row) != places[section]:
                if focus is not None and row.isAncestorOf(focus):
                    moved.append(row)
                layout.insertWidget(places[section], row)
                row.show()
            if row.job != job:
                row.set_job(job)
            places[section] += 1
        self._recount()
        for row in moved:
            # Pressing Pause moves the row and hides the button; the keyboard stays with the job.
            panes.focus_first(row)

    def _recount(self) -> None:
        counts = {section: self.model.count(section) for section in Section}
        for section, box in self._sections.items():
            box.setVisible(counts[section] > 0)
            box.count.setText(str(counts[section]))
        running, needs = counts[Section.RUNNING], counts[Section.NEEDS_YOU]
        words = []
        if running:
            words.append(tr("{n} running", n=running))
        if needs:
            words.append(tr("{n} need you", n=needs))
        self._summary.setText(", ".join(words))
        self._pause_all.setVisible(running > 0)
        self._resume_all.setVisible(running == 0 and counts[Section.PAUSED] > 0)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.counted.emit(running, needs)

    def _ask(self, method: str) -> None:
        """Call a method of the download service that takes no argument."""
        if self._backend is not None:
            tasks.run(getattr(self._backend.downloads, method), failed=self._failed, owner=self)

    def _act(self, action: str, job_id: str) -> None:
        backend, job = self._backend, self.model.job(job_id)
        if backend is None or job is None:
            return
        match action:
            case "chat":
                tasks.run(
                    lambda: backend.library.find(str(job.path)).id, self._chat, self._failed, owner=self
                )
            case "show":
                if job.path:
                    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(job.path).parent)))
            case "page":
                QDesktopServices.openUrl(QUrl(f"https://huggingface.co/{job.request.repo_id}"))
            case "pause" | "resume" | "cancel" | "retry":
                work = getattr(backend.downloads, action)
                tasks.run(lambda: work(job_id), failed=self._failed, owner=self)

    def _chat(self, model_id: str) -> None:
        self.close_drawer()
        self._shell.open_chat(model_id)

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))
