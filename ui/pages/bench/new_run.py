"""The sheet in which a run is put together; it says at once how long the run will take."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from backend.bench.types import BenchPlan, SpeedRequest, SuiteRequest
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.pages.bench.model_ticks import ModelTicks
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.speed_options import SpeedOptions
from ui.pages.bench.steps import blocked
from ui.pages.bench.suite_options import SuiteOptions
from ui.pages.bench.words import about_time
from ui.widgets.banner import Banner
from ui.widgets.labels import label, set_tone
from ui.widgets.segmented import SegmentedControl
from ui.widgets.sheet import Sheet

_MARGINS = 48
"""Pixels left and right of the body of a sheet."""
_PAUSE_MS = 250
"""Pause after a change before the plan is asked for."""


class NewRun(Sheet):
    """Args:
        kind: ``speed`` or ``suite``.
        request: What is filled in at first.

    Signals:
        confirmed: A `SpeedRequest` or `SuiteRequest` to start.
        more_models: The person wants models that are not here yet.
    """

    confirmed = Signal(object)
    more_models = Signal()

    def __init__(
        self,
        presenter: BenchPresenter,
        kind: str = "speed",
        request: SpeedRequest | SuiteRequest | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("New run"), width=560, parent=parent)
        self._presenter = presenter
        self._planning: tasks.Task | None = None
        self._filled = False
        self._given = request
        self.kind = SegmentedControl(
            (("speed", tr("Speed")), ("suite", tr("Prompt suite"))), tr("What to measure"), stretch=True
        )
        self.models = ModelTicks()
        self.speed = SpeedOptions()
        self.suite = SuiteOptions()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.speed)
        self._pages.addWidget(self.suite)
        self._problem = Banner("warn", "")
        self._problem.hide()
        self.summary = label(" ", "body", "2", weight=500, wrap=True)
        for widget in (
            self.kind,
            label(tr("Models"), "body", weight=600),
            self.models,
            self._pages,
            self._problem,
            self.summary,
        ):
            self.body.addWidget(widget)
        self.go = self.add_button(tr("Start"), "primary", "play")
        self.go.clicked.connect(self._accept)
        self.go.setDefault(True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._plan)
        self.speed.show_request(request if isinstance(request, SpeedRequest) else SpeedRequest(()))
        self.kind.changed.connect(self._kind_changed)
        self.models.changed.connect(self._changed)
        for options in (self.speed, self.suite):
            options.changed.connect(self._changed)
            options.resized.connect(self._fit)
        presenter.models_changed.connect(self._offer)
        presenter.suites_changed.connect(self._offer)
        self._offer()
        self.kind.set_value("suite" if isinstance(request, SuiteRequest) else kind)
        self._kind_changed(self.kind.value())
        self.models.setFocus()
        presenter.shelf.ask_engines()  # the person looks at the models: what do the connections have?

    # -- choices

    def _offer(self) -> None:
        self.suite.set_choices(self._presenter.suites, self._presenter.shelf.models)
        self._offer_models()

    def _offer_models(self) -> None:
        """Sweeps need this machine's own engine; suites can be answered by any."""
        models = self._presenter.shelf.models
        shown = models if self.suites else tuple(model for model in models if model.engine == "local")
        self.models.set_models(shown)
        if not self._filled and models:
            self._filled = True
            given = self._given
            wanted: tuple[str, ...] = ()
            if isinstance(given, SpeedRequest):
                wanted = given.models
            elif isinstance(given, SuiteRequest):
                wanted = tuple(column.model_id for column in given.columns)
                self.suite.choose(given.suite)
            self.models.set_ticked(wanted)

    @property
    def suites(self) -> bool:
        """Whether a suite is chosen, not a sweep."""
        return self.kind.value() == "suite"

    def _kind_changed(self, _kind: object) -> None:
        self._pages.setCurrentWidget(self.suite if self.suites else self.speed)
        self._offer_models()
        self._changed()
        self._fit()

    def _fit(self) -> None:
        """Take the height of the content; where the window is lower, the list of models gives way."""
        page = self._pages.currentWidget()
        if page is not None:
            page.ensurePolished()
            page.layout().activate()
            needed = page.layout().totalHeightForWidth(self.width() - _MARGINS)
            self._pages.setFixedHeight(max(needed, page.sizeHint().height()))
        wanted = self.models.sizeHint().height()
        self.models.setFixedHeight(wanted)
        self.fit()
        parent = self.parentWidget()
        over = self.height() - (parent.window().height() - 32) if parent is not None else 0
        if over > 0:
            self.models.setFixedHeight(max(wanted - over, self.models.minimumSizeHint().height()))
            self.fit()

    # -- what it would do

    def request(self) -> SpeedRequest | SuiteRequest | None:
        """What is asked for; None while something is missing."""
        models = self.models.ticked()
        if not models:
            return None
        return self.suite.request(models) if self.suites else self.speed.request(models)

    def _changed(self) -> None:
        self.go.setEnabled(False)
        if self._planning is not None:
            self._planning.cancel()
            self._planning = None
        missing = self._missing()
        if missing:
            self._soon.stop()
            self._say(missing, "3")
            self._problem.hide()
        else:
            self._say(tr("{work}: working out how long it takes …", work=self._work()), "3")
            self._soon.start()

    def _missing(self) -> str:
        problem = self.suite.problem() if self.suites else self.speed.problem()
        if problem:
            return problem
        return "" if self.models.ticked() else tr("Tick at least one model.")

    def _work(self) -> str:
        """How much there is to do."""
        models = len(self.models.ticked())
        if self.suites:
            suite = self.suite.chosen
            count = models * (len(suite.items) if suite is not None else 0)
            return tr("{count} answers", n=count, count=fmt.number(count))
        count = models * len(self.speed.tests()) * self.speed.settings()
        return tr("{count} tests", n=count, count=fmt.number(count))

    def _plan(self) -> None:
        request = self.request()
        if request is not None:
            self._planning = self._presenter.plan(request, self._planned, self._refused)

    def _planned(self, plan: BenchPlan) -> None:
        self._planning = None
        problems = [f"{step.name}: {step.problem}" for step in plan.steps if step.problem]
        self.go.setEnabled(not all(blocked(step) for step in plan.steps))
        words = about_time(plan.seconds)
        self._say(f"{self._work()}, {words}", "1")
        self._problem.set_text("\n".join(problems[:3]))
        self._problem.setVisible(bool(problems))
        self._fit()

    def _refused(self, error: AppError) -> None:
        self._planning = None
        self._say(self._work(), "3")
        self._problem.set_text(str(error))
        self._problem.show()
        self._fit()

    def _say(self, words: str, tone: str) -> None:
        self.summary.setText(words)
        set_tone(self.summary, tone)

    def _accept(self) -> None:
        request = self.request()
        if request is not None and self.go.isEnabled():
            self.accept()
            self.confirmed.emit(request)
