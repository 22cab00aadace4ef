"""What a model needs in memory: predicted from its header, measured once it was loaded, and the error."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from backend.capacity.types import Fit, Rate, RunConfig
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.pages.library.inspector_section import InspectorSection
from ui.pages.library.words import DEFAULT_CONTEXT, has_fit
from ui.widgets.buttons import Button
from ui.widgets.fit_pill import FitPill
from ui.widgets.labels import PredictedLabel, label

_ROWS = 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the ledger; a number is None where nobody knows it."""

    name: str
    predicted: float | None
    measured: float | None
    comparable: bool = True
    speed: bool = False
    rate: Rate | None = None
    """Of a speed: the range in which the predicted one lies."""

    @property
    def predicted_text(self) -> str:
        if self.rate is not None:
            return fmt.likely(self.rate)
        return "" if self.predicted is None else self.text(self.predicted)

    def text(self, value: float) -> str:
        return fmt.rate(value) if self.speed else fmt.size(value)

    @property
    def error(self) -> str:
        if not self.predicted or self.measured is None or not self.comparable:
            return ""
        share = self.measured / self.predicted - 1
        sign = "" if abs(share) < 0.0005 else "+" if share > 0 else "−"
        return sign + fmt.percent(abs(share), 1)


class FitSection(InspectorSection):
    """Signals:
    predict: LibraryModel and `RunConfig` whose fit is wanted.
    unload: LoadedModel that shall leave the memory.
    """

    predict = Signal(object, object)
    unload = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("fit", tr("Memory it needs"), parent=parent)
        self._model: LibraryModel | None = None
        self._loaded: LoadedModel | None = None
        self._asked: LoadedModel | None = None
        self._fit: Fit | None = None
        self._pill = FitPill()
        self.add_to_head(self._pill)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        self._heads = [
            label(words, "caption", "3") for words in (tr("predicted"), tr("measured"), tr("error"))
        ]
        for column, head in enumerate(self._heads, start=1):
            grid.addWidget(head, 0, column, right)
        self._lines = []
        for place in range(1, _ROWS + 1):
            line = (
                label("", "small", "2", wrap=True),
                PredictedLabel(),
                PredictedLabel(),
                label("", "small", "2", tabular=True),
            )
            for column, widget in enumerate(line):
                grid.addWidget(widget, place, column, Qt.AlignmentFlag(0) if column == 0 else right)
            self._lines.append(line)
        self.body.addLayout(grid)
        self._note_below = label("", "caption", "3", wrap=True)
        self.body.addWidget(self._note_below)
        memory = QHBoxLayout()
        self._in_memory = label("", "small", weight=500)
        self._unload = Button(tr("Unload"), size="small")
        self._unload.setToolTip(tr("Free the memory; the next message loads it again"))
        self._unload.clicked.connect(lambda: self.unload.emit(self._loaded))
        memory.addWidget(self._in_memory, 1)
        memory.addWidget(self._unload)
        self.body.addLayout(memory)

    def show_model(self, model: LibraryModel) -> None:
        """Another model, or the same with new facts; asks for a prediction where it is another."""
        again = self._model is not None and self._model.id == model.id
        self._model = model
        self.setVisible(has_fit(model))
        if again:
            self._show()
            return
        self._fit = None
        self._loaded = None
        self._pill.set_fit(None)
        self._show()
        if has_fit(model):
            self._note_below.setText(tr("Reading the header …"))
            self.predict.emit(
                model, RunConfig(n_ctx=min(model.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT))
            )

    def show_loaded(self, loaded: LoadedModel | None) -> None:
        """The model is in memory now, or not any more. A prediction for what was loaded is asked for, so that
        the two can be compared."""
        changed = loaded != self._loaded
        self._loaded = loaded
        self._in_memory.setVisible(loaded is not None)
        self._unload.setVisible(loaded is not None)
        if loaded is not None:
            self._in_memory.setText(
                tr("Loaded, {size} in use", size=fmt.size(loaded.rss)) if loaded.rss else tr("Loaded")
            )
        if changed:
            self._asked = None
            self._show()
            self._ask_for_the_same_run()

    def show_fit(self, model_id: str, fit: Fit) -> None:
        if self._model is None or self._model.id != model_id:
            return
        self._fit = fit
        self._pill.set_fit(fit)
        self._show()
        self._ask_for_the_same_run()

    def predict_again(self) -> None:
        """Another machine is pretended, or this one has other limits or was measured."""
        if self._model is None or self._fit is None:
            return
        self._asked = None
        self.predict.emit(self._model, self._fit.run)

    def show_error(self, model_id: str, error: AppError) -> None:
        if self._model is not None and self._model.id == model_id:
            self._note_below.setText(str(error))

    def _ask_for_the_same_run(self) -> None:
        """Once: the answer may still be for another context, where the model has no longer one."""
        loaded = self._loaded
        if loaded is None or loaded is self._asked or self._model is None:
            return
        if self._fit_is_for_another_run(loaded):
            self._asked = loaded
            self.predict.emit(self._model, _run_of(loaded))

    def _fit_is_for_another_run(self, loaded: LoadedModel) -> bool:
        wanted = _run_of(loaded)
        return self._fit is not None and (
            self._fit.run.n_ctx,
            self._fit.run.kv_type,
            self._fit.run.parallel,
        ) != (wanted.n_ctx, wanted.kv_type, wanted.parallel)

    def _show(self) -> None:
        rows = self._rows()
        measured = any(row.measured is not None for row in rows)
        for head in self._heads:
            head.setVisible(measured)
        for place, (name, predicted, real, error) in enumerate(self._lines):
            row = rows[place] if place < len(rows) else None
            for widget in (name, predicted, real, error):
                widget.setVisible(row is not None)
            real.setVisible(row is not None and measured)
            error.setVisible(row is not None and measured)
            if row is None:
                continue
            name.setText(row.name)
            predicted.set_predicted(row.predicted_text)
            real.set_measured("" if row.measured is None else row.text(row.measured))
            error.setText(row.error)
        if self._fit is None:
            return
        words = [
            tr("With a context of {count} tokens.", count=fmt.number(self._fit.run.n_ctx)),
            ""
            if self._loaded is not None
            else tr("Measured at its last load.")
            if measured
            else tr("Predicted by a dry run of the engine; measured once it is loaded in a chat.")
            if self._fit.ledger.source == "engine"
            else tr("Predicted from the file's header; measured once it is loaded in a chat."),
        ]
        self._note_below.setText(" ".join(filter(None, words)))

    def _rows(self) -> list[_Row]:
        fit, model = self._fit, self._model
        if fit is None or model is None:
            return []
        ledger, parts = fit.ledger, self._measured_parts()
        weights, context, compute = parts or (None, None, None)
        total, whole = self._measured_total()
        fair = self._loaded is None or not self._fit_is_for_another_run(self._loaded)
        rows = [
            _Row(tr("Weights"), ledger.weights, weights),
            _Row(tr("Context"), ledger.kv, context, fair),
            _Row(
                tr("Compute") if parts else tr("Compute and other"),
                ledger.compute if parts else ledger.compute + ledger.other,
                compute,
                fair,
            ),
            _Row(tr("Needs"), ledger.total, total, fair and whole),
        ]
        if model.tokens_per_second:
            rows.append(_Row(tr("Tok/s"), fit.expected, model.tokens_per_second, speed=True))
        elif fit.tokens_per_second:
            rows.append(_Row(tr("Tok/s"), fit.tokens_per_second, None, speed=True, rate=fit.generation))
        if fit.prompt is not None:
            words = tr("Prompt tok/s")
            rows.append(_Row(words, fit.prompt.likely, None, speed=True, rate=fit.prompt))
        return rows

    def _measured_parts(self) -> tuple[int, int, int] | None:
        """Weights, context and compute as the engine reported them."""
        memory = self._loaded.memory if self._loaded is not None else ()
        if not memory:
            return None
        return sum(d.weights for d in memory), sum(d.kv for d in memory), sum(d.compute for d in memory)

    def _measured_total(self) -> tuple[int | None, bool]:
        """Bytes in use, and whether they are all of what the prediction is about: what the process takes
        where everything is in one memory; else what the engine reported, or the library remembers."""
        loaded = self._loaded
        if loaded is not None and loaded.rss and all(d.device == "CPU" for d in loaded.memory):
            return loaded.rss, True
        parts = self._measured_parts()
        if parts is not None:
            return sum(parts), False
        return (self._model.memory if self._model is not None else None), False


def _run_of(loaded: LoadedModel) -> RunConfig:
    return RunConfig(n_ctx=loaded.n_ctx, kv_type=loaded.options.kv_type, parallel=loaded.options.parallel)
