"""The right pane: how long the run takes, what is done, what runs, what waits, and why in this order."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from backend.bench.types import BenchPlan, BenchRun, SpeedRequest, SuiteRequest
from backend.compare.types import RunState
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.steps import Step, blocked, steps_of
from ui.pages.bench.words import about_time, note_words
from ui.theme import icons, theme
from ui.theme.measure import advance, metrics
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.meter import Part, Progress, paint_bar
from ui.widgets.section import hairline
from ui.widgets.states import IconLabel

_INSET = 16
_WORDS = 44
"""Where the words of a step begin."""


class RunPlan(QFrame):
    """Shows the run that goes on, or else what the next one would do.

    Signals:
        paused, stopped, resumed, started: A button was pressed.
        change_asked: The person wants another run than the one that is offered.
        more_models: The person wants models.
    """

    paused = Signal()
    stopped = Signal()
    resumed = Signal()
    started = Signal()
    change_asked = Signal()
    more_models = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setMinimumWidth(280)
        self._rows: list[StepRow] = []
        self._note = ""
        self.setAccessibleName(tr("Run plan"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_INSET, 10, _INSET, 10)
        head.setSpacing(8)
        self._title = label(tr("Run plan"), "title")
        head.addWidget(self._title)
        head.addStretch(1)
        self.pause = Button(tr("Pause"), icon="pause", size="small")
        self.resume = Button(tr("Resume"), "primary", icon="play", size="small")
        self.stop = Button(tr("Stop"), icon="square", size="small")
        self.stop.setToolTip(
            tr("End it here. What was measured stays, and the run can go on from the history.")
        )
        for button in (self.pause, self.resume, self.stop):
            head.addWidget(button)
        self.pause.clicked.connect(self.paused)
        self.resume.clicked.connect(self.resumed)
        self.stop.clicked.connect(self.stopped)
        self._heading = label("", "heading")
        self._about = label("", "small", "2", wrap=True)
        self._bar = Progress()
        words = QVBoxLayout()
        words.setContentsMargins(_INSET, 0, _INSET, 12)
        words.setSpacing(0)
        words.addWidget(self._heading)
        words.addWidget(self._about)
        words.addSpacing(10)
        words.addWidget(self._bar)
        self._start = Button(tr("Start"), "primary", icon="play")
        self._change = Button(tr("Change …"))
        self._find = Button(tr("Find models"), icon="compass")
        self._start.clicked.connect(self.started)
        self._change.clicked.connect(self.change_asked)
        self._find.clicked.connect(self.more_models)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        for button in (self._start, self._change, self._find):
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addLayout(buttons)
        self._content = QWidget()
        self._content.setProperty("scrollContent", True)
        self._steps = QVBoxLayout()
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(0)
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(_INSET, 12, _INSET, 12)
        self._notices.setSpacing(8)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self._steps)
        inside.addLayout(self._notices)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Models of the run"))
        self.area.setWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(words)
        layout.addWidget(hairline())
        layout.addWidget(self.area, 1)
        self.awake = QCheckBox(tr("Keep the computer awake"))
        self.awake.setToolTip(tr("While a run goes on, the computer does not go to sleep by itself."))
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot.setFixedHeight(theme.size("footer"))
        line = QHBoxLayout(foot)
        line.setContentsMargins(_INSET, 0, _INSET, 0)
        line.addWidget(self.awake)
        self.foot = foot
        layout.addWidget(foot)

    def set_awake_possible(self, possible: bool) -> None:
        """Whether the computer can be kept awake at all."""
        self.foot.setVisible(possible)

    def sizeHint(self) -> QSize:
        return QSize(theme.size("pane.bench.plan"), 600)

    # -- showing --------------------------------------------------------------------------------------------

    def show_nothing(self, reading: bool) -> None:
        """There is nothing to plan: models are still being read, or there are none."""
        self._set_state(None, start=False)
        self._find.setVisible(not reading)
        self._heading.setText(tr("Reading …") if reading else tr("Nothing to measure yet"))
        self._about.setText(
            "" if reading else tr("Get a model first; then it can be measured here in a few minutes.")
        )
        self._show_steps([])
        self._show_notices(None)

    def show_next(self, request: SpeedRequest | SuiteRequest, plan: BenchPlan | None) -> None:
        """Show what the next run would do; without `plan` that is being found out."""
        self._set_state(None, start=True)
        self._start.setEnabled(plan is not None and not all(blocked(step) for step in plan.steps))
        words = request_words(request)
        if plan is None:
            self._heading.setText(tr("Next run"))
            self._about.setText(words)
        else:
            known = plan.seconds is not None
            self._heading.setText(about_time(plan.seconds) if known else tr("Next run"))
            self._about.setText(tr("Next run: {tests}", tests=words) if known else words)
        self._show_steps(steps_of(None, plan) if plan is not None else [])
        self._show_notices(plan)

    def show_run(self, run: BenchRun, plan: BenchPlan | None, note: str) -> None:
        """Show how far a run is."""
        self._note = note
        self._set_state(run.state, start=False)
        steps = steps_of(run, plan) if plan is not None else []
        finished = sum(step.state in ("done", "failed") for step in steps)
        count = tr("{done} of {total} finished", done=finished, total=len(steps)) if steps else ""
        self._bar.set_progress(
            run.done / run.total if run.total else None,
            "accent.base" if run.state is RunState.RUNNING else "line.strong",
        )
        self._bar.setAccessibleName(tr("{done} of {total} done", done=run.done, total=run.total))
        if run.state is RunState.PAUSED:
            self._heading.setText(tr("Paused"))
            self._about.setText(_joined(tr("what was measured is kept"), count))
        elif run.state is RunState.WAITING:
            self._heading.setText(tr("Waiting"))
            self._about.setText(tr("Other work uses the engine; this run begins after it."))
        elif run.seconds_left is not None:
            self._heading.setText(tr("{time} left", time=fmt.duration(run.seconds_left)))
            done = tr("done about {time}", time=fmt.clock(time.time() + run.seconds_left))
            self._about.setText(_joined(done, count))
        else:
            self._heading.setText(tr("Measuring …"))
            self._about.setText(count)
        self._show_steps(steps)
        self._show_notices(plan)

    def set_note(self, note: str) -> None:
        """What the running step is doing."""
        self._note = note
        for row in self._rows:
            row.set_note(note)

    def heading(self) -> str:
        """The large words at the top."""
        return self._heading.text()

    def steps(self) -> list[Step]:
        """What is listed, in order."""
        return [row.step for row in self._rows]

    def _set_state(self, state: RunState | None, *, start: bool) -> None:
        running = state in (RunState.RUNNING, RunState.WAITING)
        self.pause.setVisible(running)
        self.resume.setVisible(state is RunState.PAUSED)
        self.stop.setVisible(state is not None)
        self._bar.setVisible(state is not None)
        self._start.setVisible(start)
        self._change.setVisible(start)
        self._find.hide()

    def _show_steps(self, steps: list[Step]) -> None:
        while len(self._rows) > len(steps):
            row = self._rows.pop()
            self._steps.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, step in enumerate(steps):
            if place == len(self._rows):
                self._rows.append(StepRow(step))
                self._steps.addWidget(self._rows[place])
            self._rows[place].set_step(step, self._note)

    def _show_notices(self, plan: BenchPlan | None) -> None:
        while self._notices.count():
            item = self._notices.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if plan is None:
            return
        if plan.reason and len(plan.steps) > 1:
            self._notices.addWidget(_notice("info", plan.reason))
        for words in plan.notices:
            self._notices.addWidget(_notice("monitor", words))


def request_words(request: SpeedRequest | SuiteRequest) -> str:
    """What a run does, in a few words: ``pp512, tg128 at 3 depths``."""
    if isinstance(request, SuiteRequest):
        return tr("suite {name}", name=request.suite)
    names = [f"pp{size}" for size in request.n_prompt if size] + [
        f"tg{size}" for size in request.n_gen if size
    ]
    words = ", ".join(names)
    if len(request.depths) > 1:
        words = tr("{tests} at {count} depths", n=len(request.depths), tests=words, count=len(request.depths))
    return words


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _notice(icon: str, words: str) -> QWidget:
    box = QFrame()
    box.setProperty("surface", "well")
    line = QHBoxLayout(box)
    line.setContentsMargins(12, 8, 12, 8)
    line.setSpacing(10)
    line.addWidget(IconLabel(icon, "text.2"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(words, "small", wrap=True), 1)
    return box


class StepRow(QWidget):
    """A model of the plan: its state, what it costs, and a bar while it is measured."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_step(self, step: Step, note: str) -> None:
        self.step = step
        self._note = note
        self.setFixedHeight(62 if step.state in ("running", "paused") else 49)
        self._describe()
        self.update()

    def set_note(self, note: str) -> None:
        if note != self._note:
            self._note = note
            self._describe()
            self.update()

    def _describe(self) -> None:
        step = self.step
        name = f"{step.planned.name} {step.planned.quant}".strip()
        self.setAccessibleName(f"{name}: {self._state_words()}. {self.about()}")
        self.setToolTip(step.problem)

    def _state_words(self) -> str:
        return {
            "waiting": tr("waiting"),
            "running": tr("running"),
            "paused": tr("paused"),
            "done": tr("done"),
            "failed": tr("failed"),
        }[self.step.state]

    def _warns(self) -> bool:
        """Whether something may go wrong before it is measured."""
        return self.step.state == "waiting" and bool(self.step.problem)

    def about(self) -> str:
        """The second line."""
        step = self.step
        if step.state == "failed" or self._warns():
            return step.problem
        if step.state == "running":
            return note_words(self._note) or tr("Measuring …")
        if step.state == "paused":
            return tr("{share} done", share=fmt.percent(step.share))
        if step.planned.memory is None:
            return tr("memory not known")
        size = fmt.size(step.planned.memory)
        return tr("took {size}", size=size) if step.state == "done" else tr("needs ~{size}", size=size)

    def time_words(self) -> str:
        """At the right: how long it took, or will take."""
        step = self.step
        if step.seconds is None or step.state == "failed":
            return ""
        if step.state == "done":
            return fmt.time_left(step.seconds)
        if step.state == "running":
            return tr("~{time} left", time=fmt.time_left(step.seconds))
        return about_time(step.seconds)

    def paintEvent(self, event: QPaintEvent) -> None:
        step = self.step
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if step.state == "running":
            painter.fillRect(self.rect(), theme.color("accent.tint"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.color("line.hair"))
        self._icon(painter, QRectF(_INSET, 9, 16, 16))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right, time_words = self.width() - _INSET, self.time_words()
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text.2"))
        width = advance(time_words, "small", None, True)
        painter.drawText(QRectF(right - width - 1, 6, width + 2, 20), middle, time_words)
        self._name(painter, right - width - 10)
        painter.setFont(theme.font("small"))
        tone = "bad.text" if step.state == "failed" else "warn.text" if self._warns() else "text.2"
        painter.setPen(theme.color(tone))
        room = right - _WORDS
        words = metrics("small").elidedText(self.about(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_WORDS, 25, room, 18), middle, words)
        if step.state in ("running", "paused"):
            token = "accent.base" if step.state == "running" else "line.strong"
            paint_bar(painter, QRectF(_WORDS, 48, room - 40, 4), 1.0, (Part(step.share, token),))

    def _name(self, painter: QPainter, right: float) -> None:
        step, middle = self.step, int(Qt.AlignmentFlag.AlignVCenter)
        quant = step.planned.quant
        quant_width = advance(quant, "code") if quant else 0.0
        room = right - _WORDS - (quant_width + 6 if quant else 0)
        name = metrics("body", 500).elidedText(step.planned.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1"))
        painter.drawText(QRectF(_WORDS, 6, room + 2, 20), middle, name)
        if quant:
            left = _WORDS + advance(name, "body", 500) + 6
            painter.setFont(theme.font("code"))
            painter.setPen(theme.color("text.2"))
            painter.drawText(QRectF(left, 6, quant_width + 4, 20), middle, quant)

    def _icon(self, painter: QPainter, box: QRectF) -> None:
        match self.step.state:
            case "done":
                icons.paint(painter, "circle-check", box, "ok.text")
            case "failed":
                icons.paint(painter, "circle-alert", box, "bad.text")
            case "paused":
                icons.paint(painter, "pause", box, "text.2")
            case "running":
                ring = box.adjusted(2, 2, -2, -2)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("accent.line"), 2))
                painter.drawEllipse(ring)
                painter.setPen(QPen(theme.color("accent.base"), 2))
                painter.drawArc(ring, 90 * 16, round(-max(self.step.share, 0.08) * 360 * 16))
            case _:
                icons.paint(painter, "circle", box, "text.3")
