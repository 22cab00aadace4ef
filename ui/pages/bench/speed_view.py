"""The speed view: bars above, the table of all results below, one selection for both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.bars import SHADES, SpeedBars
from ui.pages.bench.choice import Choice
from ui.pages.bench.presenter import BenchPresenter
from ui.pages.bench.result_table import ResultProxy, ResultTable
from ui.pages.bench.result_view import ResultView
from ui.pages.bench.results import (
    ResultRow,
    SpeedTest,
    all_tests,
    error_of_predictions,
    with_scores,
)
from ui.pages.bench.words import depth_words
from ui.theme import theme
from ui.widgets.labels import ElidedLabel, PredictedLabel, label
from ui.widgets.meter import Swatch
from ui.widgets.segmented import SegmentedControl
from ui.widgets.states import EmptyState, ErrorState

_NARROW = 760
"""Below this width the head of the chart leaves its legend out."""


class SpeedView(QWidget):
    """Signals:
    new_asked: The person wants to measure.
    import_asked: The person has results of `llama-bench`.
    run_opened: Id of a run to show in the history.
    """

    new_asked = Signal()
    import_asked = Signal()
    run_opened = Signal(int)

    def __init__(self, presenter: BenchPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._rows: list[ResultRow] = []
        self._chart_model: str | None = None
        """Name of the model in the chart; empty is all of them, None the one measured last."""
        self._model = ""
        self._setup: str | None = None
        """Machine and build; empty is all, None the one measured with last."""
        self.stack = QStackedWidget()
        self._empty = EmptyState(
            "gauge",
            tr("How fast are models on this machine?"),
            tr(
                "A run measures how many tokens per second a model reads and writes, with an empty context "
                "and with a full one. Results stay here and can be compared."
            ),
        )
        self._empty.add_action(tr("New run"), primary=True, icon="plus").clicked.connect(self.new_asked)
        self._empty.add_action(tr("Import llama-bench JSON …")).clicked.connect(self.import_asked)
        self._error = ErrorState()
        self._error.retry.connect(presenter.read)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._chart_side())
        self.splitter.addWidget(self._table_side())
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.splitter, 1)
        inside.addWidget(self._foot())
        self._body = body
        self.main = self.table
        """Where the keyboard is at first."""
        for widget in (self._empty, self._error, body):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.stack.setCurrentWidget(self._body)
        presenter.broken.connect(self._broken)
        self.table.current_changed.connect(self._current_changed)
        self.table.hover_changed.connect(self.bars.set_hovered)
        self.table.opened.connect(self._open)
        self.bars.picked.connect(self._picked)
        self.bars.hover_changed.connect(self.table.set_hovered)

    # -- building

    def _chart_side(self) -> QWidget:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(24, 14, 24, 6)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = ElidedLabel(tr("Tokens per second"), "title", weight=600)
        self._title.setFont(theme.font("title"))
        self.chart_model = Choice(tr("Model in the chart"), 190)
        self.chart_model.picked.connect(self._chart_model_picked)
        self.kind = SegmentedControl(
            ((True, tr("Writing")), (False, tr("Reading"))),
            tr("What is measured: writing, or reading prompts"),
        )
        self.kind.changed.connect(lambda _writes: self._show_chart())
        head.addWidget(self._title)
        head.addWidget(self.chart_model)
        head.addWidget(self.kind)
        head.addStretch(1)
        self._legend = Legend()
        head.addWidget(self._legend)
        layout.addLayout(head)
        self.bars = SpeedBars()
        layout.addWidget(self.bars, 1)
        return side

    def _table_side(self) -> QWidget:
        side = QFrame()
        side.setProperty("surface", "topline")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 24, 6)
        head.setSpacing(8)
        head.addWidget(label(tr("Results"), "title"))
        self._count = ElidedLabel("", "small", "3")
        head.addWidget(self._count, 1)
        self.model = Choice(tr("Results of which model"), 180)
        self.model.picked.connect(self._model_picked)
        self.setup_choice = Choice(tr("Results of which machine and build"), 240)
        self.setup_choice.picked.connect(self._setup_picked)
        head.addWidget(self.model)
        head.addWidget(self.setup_choice)
        layout.addLayout(head)
        self._results = ResultTable(self)
        self.proxy = ResultProxy(self._results, self)
        self.table = ResultView(self._results, self.proxy)
        layout.addWidget(self.table, 1)
        return side

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot.setFixedHeight(theme.size("footer"))
        line = QHBoxLayout(foot)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(6)
        predicted, measured = PredictedLabel(), PredictedLabel()
        predicted.set_predicted("30")
        measured.set_measured(fmt.number(37.9, 1))
        line.addWidget(predicted)
        line.addWidget(label(tr("predicted"), "small", "2"))
        line.addSpacing(8)
        line.addWidget(measured)
        line.addWidget(label(tr("measured here"), "small", "2"))
        line.addSpacing(12)
        self._accuracy = ElidedLabel("", "small", "2")
        self._accuracy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._accuracy, 1)
        return foot

    # -- showing

    def _broken(self, error: AppError | None) -> None:
        if error is not None:
            self._error.set_error(error)
            self.stack.setCurrentWidget(self._error)

    def refresh(self) -> None:
        """Show what the presenter knows now."""
        presenter = self._presenter
        if not presenter.loaded:
            return
        suite, scores = presenter.suite_scores()
        self._rows = with_scores(presenter.rows, scores)
        if not self._rows:
            self.stack.setCurrentWidget(self._empty)
            return
        self.stack.setCurrentWidget(self._body)
        title = ""
        if scores:
            total = next(iter(scores.values())).total
            name = suite.title if suite is not None else tr("Suite")
            title = tr("{suite} {count}", suite=name.split()[0], count=total)
        before = self.table.current()
        self._fill_filters()
        self._results.set_rows(self._rows, title, not self._setup)
        self._apply_filter()
        self.table.fit()
        if not before and self.proxy.rowCount():
            self.table.select(self.proxy.at(0).key)
        self._show_chart()
        found = error_of_predictions(self._rows)
        self._accuracy.setText(
            tr(
                "Predictions were {share} off on average over {count} results",
                n=found[1],
                share=fmt.percent(found[0], 1),
                count=found[1],
            )
            if found is not None
            else ""
        )

    def _fill_filters(self) -> None:
        names = list(dict.fromkeys(row.name for row in self._rows))
        setups = list(dict.fromkeys(row.setup for row in self._rows))
        if self._model not in names:
            self._model = ""
        if self._setup is None or self._setup not in ("", *setups):
            self._setup = setups[0]
        self.model.fill([("", tr("All models")), *((name, name) for name in names)], self._model)
        every: list[tuple[object, str]] = [("", tr("All machines"))] if len(setups) > 1 else []
        self.setup_choice.fill(
            [*every, *((each, each or tr("machine not known")) for each in setups)], self._setup
        )
        if self._chart_model not in ("", *names):
            self._chart_model = None
        chosen = self._chart_model if self._chart_model is not None else names[0]
        self.chart_model.fill([("", tr("All models")), *((name, name) for name in names)], chosen)

    def _apply_filter(self) -> None:
        self.proxy.set_filter(model=self._model, setup=self._setup or "")
        shown = self.proxy.shown()
        passes = {cell.passes for row in shown for cell in row.cells.values() if cell.passes}
        words = tr("{shown} of {total}", shown=len(shown), total=len(self._rows))
        if len(passes) == 1:
            count = passes.pop()
            words = tr("{count}, mean of {passes} passes", n=count, count=words, passes=count)
        self._count.setText(words)

    def _charted(self) -> list[ResultRow]:
        name = self.chart_model.value()
        rows = [row for row in self._rows if name in ("", row.name) and self._setup in (None, "", row.setup)]
        return sorted(rows, key=lambda row: (row.name, row.memory)) if name else rows

    def _show_chart(self) -> None:
        rows = self._charted()
        tests = self._charted_tests(rows)
        named = not self.chart_model.value()
        rows = [row for row in rows if any(test in row.cells for test in tests)]
        self.bars.set_rows(rows, tests, named=named)
        self.bars.set_current(self.table.current())
        self._legend.set_tests(tests, predicted=any(
            cell.predicted is not None for row in rows for cell in row.cells.values()
        ))  # fmt: skip
        self._title.setText(
            tr("Tokens per second by model") if named else tr("Tokens per second by quantization")
        )

    def _charted_tests(self, rows: Sequence[ResultRow]) -> list[SpeedTest]:
        """The depths of the most measured length, at most as many as there are shades."""
        tests = [test for test in all_tests(rows) if test.writes == bool(self.kind.value())]
        if not tests:
            return []
        count = {test.tokens: 0 for test in tests}
        for row in rows:
            for test in tests:
                count[test.tokens] += test in row.cells
        tokens = max(count, key=lambda each: (count[each], -each))
        depths = [test for test in tests if test.tokens == tokens]
        if len(depths) > len(SHADES):
            depths = [depths[0], depths[len(depths) // 2], depths[-1]]
        return depths

    # -- choosing

    def _current_changed(self, key: str) -> None:
        self.bars.set_current(key)

    def _picked(self, key: str) -> None:
        if self._model or all(row.key != key for row in self.proxy.shown()):
            row = next((row for row in self._rows if row.key == key), None)
            if row is not None and self._model not in ("", row.name):
                self.model.choose("")
        self.table.select(key)

    def _open(self, key: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None:
            self.run_opened.emit(row.run_id)

    def _chart_model_picked(self, name: object) -> None:
        self._chart_model = str(name)
        self._show_chart()

    def _model_picked(self, name: object) -> None:
        self._model = str(name)
        self._apply_filter()
        if name:
            self.chart_model.choose(name)

    def _setup_picked(self, setup: object) -> None:
        self._setup = str(setup)
        self.refresh()

    def shown_runs(self) -> tuple[int, ...]:
        """The runs that the visible rows come from."""
        return tuple(dict.fromkeys(row.run_id for row in self.proxy.shown()))

    # -- the page

    def panes(self) -> list[QWidget]:
        return [self.bars, self.table] if self.stack.currentWidget() is self._body else [self.stack]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.setVisible(self.width() >= _NARROW)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("bench/speed", self.splitter.saveState())
        settings.setValue("bench/columns", ",".join(sorted(self.table.hidden_by_choice)))
        settings.setValue("bench/columns.kept", ",".join(sorted(self.table.wanted)))
        settings.setValue("bench/chart.model", "*" if self._chart_model is None else self._chart_model)

    def restore_state(self, settings: QSettings) -> None:
        saved = settings.value("bench/speed")
        if saved:
            self.splitter.restoreState(saved)  # type: ignore[arg-type]
        for name, keys in (
            ("bench/columns", self.table.hidden_by_choice),
            ("bench/columns.kept", self.table.wanted),
        ):
            keys.update(filter(None, str(settings.value(name, "")).split(",")))
        model = str(settings.value("bench/chart.model", "*"))
        self._chart_model = None if model == "*" else model


class Legend(QWidget):
    """One square per depth, and the line of predictions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[SpeedTest, ...], bool] = ((), False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def set_tests(self, tests: Sequence[SpeedTest], *, predicted: bool) -> None:
        if (tuple(tests), predicted) == self._shown:
            return
        self._shown = (tuple(tests), predicted)
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for test, token in zip(tests, SHADES, strict=False):
            self._row.addWidget(Swatch(token))
            self._row.addWidget(label(depth_words(test.depth), "caption", "2"))
        if predicted:
            self._row.addWidget(_Tick())
            self._row.addWidget(label(tr("predicted"), "caption", "2"))
        words = [depth_words(test.depth) for test in tests]
        self.setAccessibleName(", ".join([*words, tr("predicted")] if predicted else words))


class _Tick(QWidget):
    """The accent line of the legend."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("accent.base"), 2))
        painter.drawLine(0, 8, 16, 8)
