"""What the dialog asks of the backend, outside of the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.events import LabChanged, LibraryChanged
from backend.lab.types import LabRequest, LabText
from backend.library.types import LibraryModel
from backend.quantize.types import QuantizeOptions, TypeForecast
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.library.quant.plan import KEPT_AT, Choices, Workbench
from ui.pages.library.words import DEFAULT_CONTEXT

ExportKind = Literal["csv", "json", "md"]
CALM_MS = 150
"""Pause before a question about what is being ticked: who ticks five boxes asks once."""


class QuantPresenter(QObject):
    """Of one model. Only the answer to the last question of a kind is told.

    Signals:
        bench_ready: A `Workbench`; first with what is known at once, then with all.
        forecast_ready: `TypeForecast` by type name, for the options that were asked about.
        estimated: Seconds that the measuring would take; None where nothing is known.
        started: A run began; the id of its activity.
        matrix_begun: An importance matrix is being computed.
        exported: The `Path` of the file that was written.
        failed: An `AppError`; `refused` is one about the model itself, so that there is nothing to show.
    """

    bench_ready = Signal(object)
    forecast_ready = Signal(object)
    estimated = Signal(object)
    started = Signal(str)
    matrix_begun = Signal()
    exported = Signal(object)
    failed = Signal(object)
    refused = Signal(object)

    def __init__(
        self, backend: Backend, bridge: EventBridge, model: LibraryModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self.model = backend, model
        self.n_ctx = min(model.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)
        self._asked: dict[str, tasks.Task] = {}
        self._question: LabRequest | None = None
        self._options: QuantizeOptions | None = None
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._estimate)
        self._again = QTimer(self, singleShot=True, interval=CALM_MS)
        self._again.timeout.connect(lambda: self._load(False))
        bridge.on(LabChanged, self._lab_changed)
        bridge.on(LibraryChanged, self._library_changed)

    def load(self) -> None:
        """Read what is known at once, then the rest."""
        self._load(True)

    def _load(self, quick: bool) -> None:
        lab, quantizer, model = self._backend.lab, self._backend.quantizer, self.model

        def work() -> Workbench:
            return Workbench(
                model,
                self.n_ctx,
                {kind.name: kind for kind in quantizer.types()},
                lab.rows(model.id, n_ctx=self.n_ctx, quick=quick),
                lab.texts(),
                lab.imatrices(model.id),
                quantizer.peak_memory(model.id),
                self._backend.machines.disk(self._backend.paths.models).free,
                self._backend.machines.read().threads,
                complete=not quick,
            )

        def done(bench: Workbench) -> None:
            self.bench_ready.emit(bench)
            if quick:
                self._load(False)

        self._ask("bench", tasks.run(work, done, self.refused.emit, owner=self))

    def _ask(self, kind: str, task: tasks.Task) -> None:
        before = self._asked.get(kind)
        if before is not None:
            before.cancel()
        self._asked[kind] = task

    def _lab_changed(self, event: LabChanged) -> None:
        if event.model_id == self.model.id:
            self._again.start()

    def _library_changed(self, _event: LibraryChanged) -> None:
        self._again.start()

    def forecast(self, choices: Choices) -> None:
        """Ask for sizes, fits and refusals with the layers and the matrix of `choices`."""
        options = QuantizeOptions(
            type="",
            imatrix=choices.matrix.path if choices.matrix is not None else None,
            output_type=KEPT_AT if choices.output else None,
            embedding_type=KEPT_AT if choices.output and choices.embeddings else None,
            keep_split=choices.split,
            requantize=True,
        )
        if options == self._options:
            return
        self._options = options
        quantizer, model_id = self._backend.quantizer, self.model.id

        def work() -> dict[str, TypeForecast]:
            return {row.type.name: row for row in quantizer.forecast(model_id, options, self.n_ctx)}

        task = tasks.run(work, self.forecast_ready.emit, self.failed.emit, owner=self)
        self._ask("forecast", task)

    def estimate(self, request: LabRequest | None) -> None:
        """Ask soon how long measuring for `request` would take; None where it would do nothing."""
        if request == self._question:
            return
        self._question = request
        if request is None:
            self._calm.stop()
            self.estimated.emit(None)
        else:
            self._calm.start()

    def _estimate(self) -> None:
        request = self._question
        if request is None:
            return

        lab = self._backend.lab

        def done(seconds: float | None) -> None:
            if request == self._question:
                self.estimated.emit(seconds)

        task = tasks.run(lambda: lab.estimate_seconds(request), done, lambda _error: done(None), owner=self)
        self._ask("estimate", task)

    def start(self, request: LabRequest) -> None:
        """Hand the work to the jobs."""
        tasks.run(lambda: self._backend.lab.start(request), self.started.emit, self.failed.emit, owner=self)

    def compute_matrix(self, text: LabText, tokens: int) -> None:
        """Have an importance matrix computed and saved, without making anything with it."""
        tasks.run(
            lambda: self._backend.lab.start_imatrix(self.model.id, text, tokens),
            lambda _activity: self.matrix_begun.emit(),
            self.failed.emit,
            owner=self,
        )

    def export(self, path: Path, kind: ExportKind) -> None:
        """Write the rows into a file of the person's choice."""

        def work() -> Path:
            self._backend.lab.export(self.model.id, path, kind)
            return path

        tasks.run(work, self.exported.emit, self.failed.emit, owner=self)


def import_chart() -> None:
    """Load the chart's library in a pool thread: it takes a fifth of a second, and is needed only here."""
    import ui.pages.library.quant.chart  # noqa: F401
