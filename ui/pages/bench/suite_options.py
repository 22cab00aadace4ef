"""Which suite is answered, who judges, and how words are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from backend.bench.types import Suite, SuiteRequest
from backend.compare.types import Column
from backend.engines.types import ChatModel, Sampling
from backend.i18n import tr
from ui.pages.bench.choice import Choice
from ui.pages.bench.fold import Fold
from ui.widgets.labels import label
from ui.widgets.model_picker import ModelButton, model_line
from ui.widgets.sampling import SamplingSection
from ui.widgets.spin import inset


def needs_judge(suite: Suite) -> bool:
    """Whether some answers are judged by a model."""
    return any(item.check.kind == "judge" for item in suite.items)


class SuiteOptions(QWidget):
    """Signals:
    changed: Something was chosen.
    resized: It takes more or less room now.
    """

    changed = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suites: tuple[Suite, ...] = ()
        self._models: tuple[ChatModel, ...] = ()
        self._sampling = Sampling(temperature=0.0)
        self._judge = ""
        self.suite = Choice(tr("Suite"), 10_000, small=False)
        self.suite.picked.connect(lambda _name: self._show())
        self._about = label("", "small", "2", wrap=True)
        self.judge = ModelButton()
        self.judge.chosen.connect(self._judge_chosen)
        self._judge_words = label(
            tr("Some answers are judged by a model. Choose one that is not among those that answer."),
            "small",
            "2",
            wrap=True,
        )
        self.parallel = inset(QSpinBox())
        self.parallel.setRange(1, 32)
        self.parallel.setValue(4)
        self.parallel.setAccessibleName(tr("Answers at once"))
        self.parallel.setFixedWidth(88)
        self.parallel.valueChanged.connect(lambda _value: self.changed.emit())
        self._section = SamplingSection()
        self._section.show_sampling(self._sampling)
        self._section.changed.connect(self._sample)
        self.advanced = Fold(tr("Advanced"))
        self.advanced.resized.connect(self.resized)
        at_once = QHBoxLayout()
        at_once.setSpacing(12)
        at_once.addWidget(label(tr("Answers at once"), "body"))
        at_once.addWidget(self.parallel)
        at_once.addStretch(1)
        self.advanced.body.addLayout(at_once)
        self.advanced.body.addWidget(self._section)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.suite, self._about, self._judge_words, self.judge, self.advanced):
            layout.addWidget(widget)
        layout.addStretch(1)

    def set_choices(self, suites: Sequence[Suite], models: Sequence[ChatModel]) -> None:
        """Offer these suites, and these models to judge."""
        self._suites, self._models = tuple(suites), tuple(models)
        chosen = self.suite.value()
        self.suite.fill([(suite.name, suite.title) for suite in suites], chosen)
        self.judge.set_models(self._models)
        self._show()

    def choose(self, name: str) -> None:
        """Select a suite."""
        self.suite.choose(name)

    @property
    def chosen(self) -> Suite | None:
        return next((suite for suite in self._suites if suite.name == self.suite.value()), None)

    def request(self, models: tuple[str, ...]) -> SuiteRequest | None:
        """What is asked for; None where something is missing."""
        suite = self.chosen
        if suite is None or self.problem():
            return None
        columns = tuple(Column(model_id, sampling=self._sampling) for model_id in models)
        judge = self._judge if needs_judge(suite) else ""
        return SuiteRequest(suite.name, columns, judge, self.parallel.value())

    def problem(self) -> str:
        """Why it can't be answered; empty where it can."""
        suite = self.chosen
        if suite is None:
            return tr("There is no suite yet.")
        if not suite.items:
            return tr("This suite has no prompts yet.")
        if needs_judge(suite) and not self._judge:
            return tr("Choose the model that judges.")
        return ""

    def _show(self) -> None:
        suite = self.chosen
        if suite is not None:
            count = tr("{count} prompts", n=len(suite.items), count=len(suite.items))
            self._about.setText(f"{count}. {suite.description}".strip())
        judged = suite is not None and needs_judge(suite)
        self.judge.setVisible(judged)
        self._judge_words.setVisible(judged)
        model = next((model for model in self._models if model.id == self._judge), None)
        self.judge.show_model(model.name if model else "", model_line(model) if model else "")
        self.resized.emit()
        self.changed.emit()

    def _judge_chosen(self, model_id: str) -> None:
        self._judge = model_id
        self._show()

    def _sample(self, sampling: object) -> None:
        assert isinstance(sampling, Sampling)
        self._sampling = replace(sampling)
        self.changed.emit()
