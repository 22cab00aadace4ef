"""The fit ledger: what was predicted for every load, what was measured, and what that teaches."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from backend.capacity.lessons import corrections_of
from backend.capacity.types import Correction, FitRun, Ledger, RunConfig
from backend.engines.ids import remote_id
from backend.engines.types import DeviceMemory, LoadedModel, LoadOptions, ModelState, Timings
from backend.errors import AppError
from backend.events import Event, EventBus, FitLedgerChanged, ModelAnswered, ModelChanged

log = logging.getLogger(__name__)

DIFFERS = "fit.differs"
"""Cause of a row that is no load: the formula and the dry run disagreed."""
_SHORTEST_ANSWER = 8
"""Tokens; fewer are no measurement."""
_SHORTEST_PROMPT = 32


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was predicted for one load, before anything learned was applied. Speeds in tokens per second."""

    model_id: str
    name: str
    quant: str
    run: RunConfig
    formula: Ledger | None = None
    probe: Ledger | None = None
    generation: float | None = None
    prompt: float | None = None


Forecaster = Callable[[Path, LoadOptions], Forecast]


class Rows(Protocol):
    """The part of `FitRunRepository` that is needed here."""

    def add(self, run: FitRun) -> Future[int]: ...

    def note_speed(self, number: int, generation: float | None, prompt: float | None) -> Future[None]: ...

    def all(self) -> tuple[FitRun, ...]: ...

    def clear(self) -> None: ...


class FitLedger:
    """Listens to the engine and writes down every load. Works on a thread of its own, so nothing it does, or
    fails to do, is felt by a load. Thread-safe."""

    def __init__(self, rows: Rows, bus: EventBus) -> None:
        self._rows = rows
        self._bus = bus
        self._forecast: Forecaster | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._inbox: queue.SimpleQueue[ModelChanged | ModelAnswered | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._known: tuple[FitRun, ...] | None = None
        self._changes = 0
        self._causes: dict[str, str] = {}
        # Of the thread only: loads that go on, and rows whose first answer is awaited.
        self._loading: dict[str, tuple[LoadOptions, Forecast]] = {}
        self._answering: dict[str, Future[int]] = {}

    def watch(self, forecast: Forecaster) -> None:
        """Write down every load from now on; `forecast` predicts it, on the ledger's own thread."""
        self._forecast = forecast
        self._unsubscribe = self._bus.subscribe(self._receive)

    def close(self) -> None:
        """Write what is waiting, and stop."""
        self._unsubscribe()
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._inbox.put(None)
            thread.join(2.0)

    # What it knows.

    def runs(self) -> tuple[FitRun, ...]:
        """Every load, newest first. Raises `AppError` where the database cannot be read."""
        with self._lock:
            known, changes = self._known, self._changes
        if known is None:
            known = self._rows.all()
            with self._lock:
                if changes == self._changes:  # else a row came while these were read
                    self._known = known
        return known

    def corrections(self, *, without: str | None = None) -> tuple[Correction, ...]:
        """What the loads teach about each backend.

        Args:
            without: Id of a model whose loads do not count: a measurement must not be its own prediction.
        """
        try:
            runs = self.runs()
        except AppError as error:
            log.warning("the fit ledger cannot be read: %s", error)
            return ()
        return corrections_of([run for run in runs if without is None or run.model_id != without])

    def cause(self, path: Path) -> str:
        """Code of the error with which the last load of a file failed; empty where it worked."""
        with self._lock:
            return self._causes.get(os.path.abspath(path), "")  # noqa: PTH100  # as the engine names it

    def clear(self) -> None:
        """Forget every load. Raises `AppError`."""
        self._rows.clear()
        self._changed()

    def note_difference(self, forecast: Forecast) -> None:
        """Write down that the formula and the dry run disagree about a model that nobody loaded."""
        self._add(self._row(forecast, "", cause=DIFFERS))

    # The bus.

    def _receive(self, event: Event) -> None:
        """On the publishing thread: take what matters and return."""
        match event:
            case ModelChanged(state=ModelState.LOADING, options=None):
                return  # mere progress
            case ModelChanged(model_path=path) if remote_id(path):
                return  # another machine's memory
            case ModelChanged(state=state, model_path=path):
                with self._lock:
                    if state is ModelState.FAILED:
                        self._causes[path] = event.error_code
                    elif state is ModelState.READY:
                        self._causes.pop(path, None)
            case ModelAnswered():
                pass
            case _:
                return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="fit ledger", daemon=True)
                self._thread.start()
        self._inbox.put(event)

    def _work(self) -> None:
        while (event := self._inbox.get()) is not None:
            try:
                self._take(event)
            except AppError as error:
                log.warning("a load was not written down: %s", error)
            except Exception:
                log.exception("a load was not written down")

    def _take(self, event: ModelChanged | ModelAnswered) -> None:
        if isinstance(event, ModelAnswered):
            self._answered(event.model_path, event.timings)
            return
        path = event.model_path
        if event.state is ModelState.LOADING:
            assert event.options is not None
            self._answering.pop(path, None)
            self._loading[path] = event.options, self._predicted(path, event.options)
            return
        options, forecast = self._loading.pop(path, (None, None))
        if event.state is ModelState.READY and options and forecast and event.loaded is not None:
            self._loaded(event.loaded, options, forecast)
        elif event.state is ModelState.FAILED and forecast is not None:
            devices = forecast.probe.devices if forecast.probe else ()
            self._add(self._row(forecast, backend_of(devices, partly=False), cause=event.error_code))
        elif event.state is ModelState.UNLOADED:
            self._answering.pop(path, None)

    def _predicted(self, path: str, options: LoadOptions) -> Forecast:
        assert self._forecast is not None
        try:
            return self._forecast(Path(path), options)
        except AppError as error:
            log.info("no prediction for %s: %s", Path(path).name, error)
            run = RunConfig(kv_type=options.kv_type, parallel=options.parallel)
            return Forecast(path, Path(path).stem, "", run)

    def _loaded(self, loaded: LoadedModel, options: LoadOptions, forecast: Forecast) -> None:
        if loaded.gpu_layers is not None:  # not all of them had room: that is another prediction
            forecast = self._predicted(loaded.path, replace(options, gpu_layers=loaded.gpu_layers))
        partly = loaded.gpu_layers is not None or options.gpu_layers is not None
        measured = tuple(
            sum(getattr(device, field) for device in loaded.memory) for field in ("weights", "kv", "compute")
        )
        row = self._row(forecast, backend_of(loaded.memory, partly=partly))
        self._answering[loaded.path] = self._add(
            replace(row, measured=measured if loaded.memory else None, rss=loaded.rss or None)
        )

    def _answered(self, path: str, timings: Timings) -> None:
        """The first answer of a load that is long enough to measure its speed."""
        if timings.completion_tokens < _SHORTEST_ANSWER or path not in self._answering:
            return
        number = self._answering.pop(path).result()
        read = timings.prompt_tokens - timings.cached_tokens
        prompt = timings.prompt_tps if read >= _SHORTEST_PROMPT else None
        self._rows.note_speed(number, timings.generation_tps or None, prompt or None).result()
        self._changed()

    # Rows.

    def _row(self, forecast: Forecast, backend: str, *, cause: str = "") -> FitRun:
        return FitRun(
            id=0,
            at=time.time(),
            model_id=forecast.model_id,
            name=forecast.name,
            quant=forecast.quant,
            backend=backend,
            run=forecast.run,
            formula=_sums(forecast.formula),
            probe=_sums(forecast.probe),
            measured=None,
            rss=None,
            predicted_generation=forecast.generation,
            measured_generation=None,
            predicted_prompt=forecast.prompt,
            measured_prompt=None,
            cause=cause,
        )

    def _add(self, row: FitRun) -> Future[int]:
        added = self._rows.add(row)
        added.add_done_callback(lambda _done: self._changed())
        return added

    def _changed(self) -> None:
        with self._lock:
            self._known = None
            self._changes += 1
        self._bus.publish(FitLedgerChanged())


def backend_of(devices: Sequence[DeviceMemory], *, partly: bool) -> str:
    """Where the weights lie: ``CPU``, ``CUDA``, or with `partly` ``CPU+CUDA``. The input embedding stays in
    main memory anyway, so that says nothing."""
    kinds = {device.device.rstrip("0123456789") for device in devices if device.weights}
    gpus = sorted(kinds - {"CPU"})
    if not gpus:
        return "CPU" if kinds else ""
    return "+".join((("CPU",) if partly else ()) + tuple(gpus))


def _sums(ledger: Ledger | None) -> tuple[int, int, int, int] | None:
    return None if ledger is None else (ledger.weights, ledger.kv, ledger.compute, ledger.other)
