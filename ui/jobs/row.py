"""One job of the drawer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from backend.downloads.types import DownloadJob, DownloadState
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.meter import Progress
from ui.widgets.states import IconLabel

_BAR_TOKENS = {
    DownloadState.PAUSED: "data.2",
    DownloadState.FAILED: "bad.mark",
}


class JobRow(QWidget):
    """Shows a `DownloadJob`; the buttons only emit what the person wants.

    Signals:
        wanted: The name of an action (``pause``, ``resume``, ``cancel``, ``retry``, ``chat``, ``show``,
            ``page``)
            and the id of the job.
    """

    wanted = Signal(str, str)

    def __init__(self, job: DownloadJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._job = job
        self._icon = IconLabel("download", "text.2")
        self._name = ElidedLabel("", weight=600)
        self._label = label("", "code", "2")
        self._clock = label("", "caption", "3", tabular=True)
        self._problem = label("", "small", "bad", weight=500, wrap=True)
        self._hint = label("", "small", "2", wrap=True)
        self._bar = Progress()
        self._amount = label("", "small", "2", tabular=True)
        self._percent = label("", "small", "2", tabular=True)
        self._left = label("", "small", "1", weight=500, tabular=True)
        self._note = ElidedLabel("", "caption", "3")
        self._detail = QPlainTextEdit()
        self._detail.setReadOnly(True)
        self._detail.setFont(theme.font("code"))
        self._detail.setMaximumHeight(120)
        self._detail.setAccessibleName(tr("Details"))
        self._make_buttons()
        self._build()
        self.set_job(job)

    def _make_buttons(self) -> None:
        self._pause = IconButton("pause", tr("Pause"), size="small")
        self._cancel = IconButton("x", tr("Cancel"), size="small")
        self._resume = Button(tr("Resume"), icon="play", size="small")
        self._chat = Button(tr("Chat"), size="small")
        self._show = Button(tr("Show"), "quiet", size="small")
        self._page = Button(tr("Open licence page"), "primary", "external-link")
        self._retry = Button(tr("Try again"))
        self._more = Button(tr("Details"), "quiet")
        self._copy = IconButton("copy", tr("Copy the details"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_detail)
        self._copy.clicked.connect(self._copy_detail)
        for button, action in (
            (self._pause, "pause"),
            (self._cancel, "cancel"),
            (self._resume, "resume"),
            (self._chat, "chat"),
            (self._show, "show"),
            (self._page, "page"),
            (self._retry, "retry"),
        ):
            button.clicked.connect(lambda _on=False, name=action: self.wanted.emit(name, self._job.id))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._label)
        head.addStretch(1)
        for widget in (self._clock, self._resume, self._chat, self._show, self._pause, self._cancel):
            head.addWidget(widget)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._amount)
        facts.addStretch(1)
        facts.addWidget(self._percent)
        facts.addWidget(self._left)
        self._actions = QWidget()
        actions = FlowLayout(self._actions)
        actions.setContentsMargins(0, 4, 0, 0)
        for button in (self._page, self._retry, self._more, self._copy):
            actions.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self._hint)
        column.addWidget(self._bar)
        column.addLayout(facts)
        column.addWidget(self._note)
        column.addWidget(self._actions)
        column.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(12)
        icon = QVBoxLayout()
        icon.setContentsMargins(0, 5, 0, 0)
        icon.addWidget(self._icon)
        icon.addStretch(1)
        layout.addLayout(icon)
        layout.addLayout(column, 1)

    @property
    def job(self) -> DownloadJob:
        return self._job

    def set_job(self, job: DownloadJob) -> None:
        """Show another state of the job."""
        self._job = job
        state = job.state
        failed, paused = state is DownloadState.FAILED, state is DownloadState.PAUSED
        done, cancelled = state is DownloadState.DONE, state is DownloadState.CANCELLED
        open_end = state.active or paused
        gated = "gated" in job.error_code
        self._cancel.set_text(tr("Remove") if failed else tr("Cancel"))
        self._name.setText(job.name)
        self._label.setText(job.label)
        self._icon.set_icon(*_icon(state))
        self._clock.setText(fmt.clock(job.finished or job.created) if failed and job.created else "")
        self._problem.setText(job.error_title)
        self._hint.setText(job.error_hint)
        self._detail.setPlainText(job.error_detail)
        for widget, shown in (
            (self._clock, failed),
            (self._problem, failed),
            (self._hint, failed and bool(job.error_hint)),
            (self._bar, open_end),
            (self._percent, open_end),
            (self._left, state is DownloadState.RUNNING and job.eta is not None),
            (self._pause, state.active and state is not DownloadState.VERIFYING),
            (self._cancel, open_end or failed),
            (self._resume, paused),
            (self._chat, done and job.request.quant.kind == "model"),
            (self._show, done),
            (self._actions, failed),
            (self._page, gated),
            (self._more, bool(job.error_detail)),
            (self._copy, self._more.isChecked() and bool(job.error_detail)),
            (self._amount, not failed),
        ):
            widget.setVisible(shown)
        if not job.error_detail:
            self._more.setChecked(False)
        self._show_detail(self._more.isChecked() and failed)
        share = job.done / job.total if job.total else None
        waits = state is DownloadState.QUEUED and not job.done
        self._bar.set_progress(None if waits else share, _BAR_TOKENS.get(state, "accent.base"))
        self._percent.setText("" if share is None else fmt.percent(min(share, 1.0)))
        self._left.setText(tr("{time} left", time=fmt.time_left(job.eta)))
        self._amount.setText(_amount(job))
        self._note.setText(job.note if open_end else "")
        self._note.setVisible(open_end and bool(job.note))
        set_tone(self._name, "2" if cancelled else "1")
        self.setAccessibleName(f"{job.name} {job.label}, {self._problem.text() if failed else _amount(job)}")

    def _show_detail(self, shown: bool) -> None:
        self._detail.setVisible(shown)
        self._copy.setVisible(shown)

    def _copy_detail(self) -> None:
        job = self._job
        QGuiApplication.clipboard().setText(f"{job.error_title}\n{job.error_hint}\n\n{job.error_detail}")


def _icon(state: DownloadState) -> tuple[str, str]:
    match state:
        case DownloadState.FAILED:
            return "circle-alert", "bad.text"
        case DownloadState.PAUSED:
            return "pause", "text.3"
        case DownloadState.DONE:
            return "check", "ok.text"
        case DownloadState.CANCELLED:
            return "ban", "text.3"
        case DownloadState.VERIFYING:
            return "shield-check", "text.2"
        case DownloadState.QUEUED:
            return "clock", "text.3"
        case DownloadState.RUNNING:
            return "download", "text.2"


def _amount(job: DownloadJob) -> str:
    """The line below the bar: how much, how fast, or what goes on."""
    total = fmt.size(job.total)
    match job.state:
        case DownloadState.RUNNING:
            done = tr("{done} of {total}", done=_in_unit_of(job.done, job.total), total=total)
            return f"{done}  {fmt.speed(job.speed)}" if job.speed else done
        case DownloadState.VERIFYING:
            return tr("Checking SHA-256 of {total}", total=total)
        case DownloadState.QUEUED:
            return tr("Waiting for its turn, {total}", total=total)
        case DownloadState.PAUSED:
            done = tr("{done} of {total}", done=_in_unit_of(job.done, job.total), total=total)
            return tr("{amount}, paused, keeps its place", amount=done)
        case DownloadState.CANCELLED:
            return tr("Cancelled")
        case DownloadState.DONE:
            if job.finished and job.created and job.finished > job.created:
                took = fmt.duration(job.finished - job.created)
                return tr("{total} in {time}, SHA-256 verified", total=total, time=took)
            return tr("{total}, SHA-256 verified", total=total)
        case DownloadState.FAILED:
            return tr("{done} of {total}", done=_in_unit_of(job.done, job.total), total=total)


def _in_unit_of(count: int, whole: int) -> str:
    """`count` in the unit that `whole` is shown in, without the unit."""
    return fmt.scaled(count, fmt.scaled(whole)[1])[0]
