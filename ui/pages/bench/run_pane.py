"""One run: what it measured, what the machine was doing, and one of its results over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from backend.bench.types import BenchRun, TopicScore
from backend.compare.types import RunState
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.choice import Choice
from ui.pages.bench.history_data import facts, series_names, series_of
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.words import score_words, state_words
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.late_chart import LateChart

if TYPE_CHECKING:
    from ui.pages.bench.trend import Trend

_MOST = 24
"""Results that are listed; a large sweep has hundreds, which the export has all of."""


class RunPane(QWidget):
    """Signals:
    run_picked: Id of a run that was chosen in the chart.
    resumed: Id of a run that should go on.
    """

    run_picked = Signal(int)
    resumed = Signal(int)

    def __init__(self, presenter: BenchPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._run: BenchRun | None = None
        self._shown: tuple[BenchRun, tuple[TopicScore, ...]] | None = None
        self._wanted = ""
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("The run"))
        self.area.setMinimumWidth(240)
        right = QWidget()
        right.setMinimumWidth(220)
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Over time"), "title"))
        self.choice = Choice(tr("Result to follow over time"), 320)
        self.choice.picked.connect(self._picked)
        head.addWidget(self.choice, 1)
        head.addStretch(0)
        column.addLayout(head)
        self.trend: Trend | None = None
        self._place = LateChart(_load_trend)
        self._place.ready.connect(self._add_trend)
        column.addWidget(self._place, 1)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.area)
        self.splitter.addWidget(right)
        self.splitter.setSizes([500, 500])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def panes(self) -> list[QWidget]:
        return [self.area, self._place]

    def _add_trend(self, trend: Trend) -> None:
        self.trend = trend
        trend.picked.connect(self.run_picked)
        self._show_series()

    def show_run(self, run: BenchRun) -> None:
        """Show a run as it is now."""
        presenter = self._presenter
        self._run = run
        names = series_names(run, presenter.column_name)
        writing = next((name for name in names if " tg" in name), names[0] if names else "")
        chosen = self._wanted if self._wanted in names else writing
        self.choice.fill([(name, name) for name in names], chosen)
        self._show_series()
        shown = (run, presenter.scores.get(run.id, ()))
        if shown != self._shown:
            place = (
                self.area.verticalScrollBar().value() if self._shown and self._shown[0].id == run.id else 0
            )
            self._shown = shown
            self.area.setWidget(self._content(run))
            self.area.verticalScrollBar().setValue(place)

    def _picked(self, name: object) -> None:
        self._wanted = str(name)
        self._show_series()

    def _show_series(self) -> None:
        run, presenter = self._run, self._presenter
        name = self.choice.value()
        if self.trend is None:
            return
        if run is None or name is None:
            self.trend.show_series(None, -1)
            return
        series = series_of(run, str(name), presenter.runs, presenter.scores, presenter.column_name)
        self.trend.show_series(series, run.id)

    def _content(self, run: BenchRun) -> QWidget:
        content = QWidget()
        content.setProperty("scrollContent", True)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 10, 16, 16)
        layout.setSpacing(8)
        head = QHBoxLayout()
        words = state_words(run.state)
        if run.state is not RunState.DONE:
            words = tr("{state}, {done} of {total}", state=words, done=run.done, total=run.total)
        head.addWidget(label(words[:1].upper() + words[1:], "body", weight=600))
        head.addStretch(1)
        if run.state in (RunState.PAUSED, RunState.FAILED) and run.request is not None:
            resume = Button(tr("Resume"), icon="play", size="small")
            resume.clicked.connect(lambda: self.resumed.emit(run.id))
            head.addWidget(resume)
        layout.addLayout(head)
        if run.error_title:
            layout.addWidget(label(f"{run.error_title} {run.error_hint}".strip(), "small", "bad", wrap=True))
        layout.addLayout(_grid(self._results(run), numbers=True))
        layout.addSpacing(4)
        layout.addWidget(label(tr("While it was measured"), "small", "2", weight=600))
        layout.addLayout(_grid(facts(run)))
        layout.addStretch(1)
        return content

    def _results(self, run: BenchRun) -> list[tuple[str, str]]:
        if run.kind == "suite":
            return [
                (self._presenter.column_name(run, each.column), score_words(each.score))
                for each in self._presenter.scores.get(run.id, ())
                if not each.topic and each.column < len(run.columns)
            ]
        found = []
        for row in run.speed[:_MOST]:
            name = f"{row.model_name} {row.quant} {row.test}"
            spread = fmt.number(row.stddev_ts, 1 if row.stddev_ts < 3.95 else 0)
            value = f"{fmt.rate(row.avg_ts)} ± {spread} {tr('tok/s')}"
            found.append((name, row.error_title or value))
        if len(run.speed) > _MOST:
            found.append((tr("and {count} more", n=len(run.speed) - _MOST, count=len(run.speed) - _MOST), ""))
        return found


def _load_trend() -> Callable[[], QWidget]:
    from ui.pages.bench.trend import Trend

    return Trend


def _grid(rows: list[tuple[str, str]], *, numbers: bool = False) -> QGridLayout:
    """Names and values; `numbers` stand at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0 if numbers else 1, 1)
    for row, (name, value) in enumerate(rows):
        words = ElidedLabel(name, "small", "1" if numbers else "3", mode=Qt.TextElideMode.ElideMiddle)
        shown = label(value, "small", "1", tabular=numbers, wrap=not numbers)
        if numbers:
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, row, 1)
    return grid
