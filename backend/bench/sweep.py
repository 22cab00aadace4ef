"""A speed sweep: every combination of what was asked, one model after the other in its own process."""

from __future__ import annotations

import itertools
import statistics
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.bench.types import SpeedRequest, SpeedRow
from backend.engines.types import AdapterUse, ChatModel, EngineFlags
from backend.errors import AppError
from backend.workers.client import WorkerClient
from backend.workers.codec import ProtocolError
from backend.workers.messages_bench import MeasureSpeed, SpeedMeasured, SpeedTest
from backend.workers.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class PlacedTest:
    """One test of a sweep; `place` is its number among all of them."""

    place: int
    model_id: str
    test: SpeedTest


def placed_tests(request: SpeedRequest) -> tuple[PlacedTest, ...]:
    """All tests, model by model, so that each is opened as rarely as can be."""
    found: list[tuple[str, SpeedTest]] = []
    for model_id in request.models:
        settings = itertools.product(
            request.gpu_layers, request.kv_types, request.flash_attention, request.threads, request.n_batch
        )
        for layers, kv_type, flash, threads, n_batch in settings:
            for depth in request.depths:
                for prompt, gen in [*((n, 0) for n in request.n_prompt), *((0, n) for n in request.n_gen)]:
                    if prompt or gen:
                        test = SpeedTest(prompt, gen, depth, n_batch, threads, kv_type, flash, layers)
                        found.append((model_id, test))
    return tuple(PlacedTest(place, *each) for place, each in enumerate(found))


class Predicting(Protocol):
    """Tells before what a test should bring, in tokens per second; None where nothing is known."""

    def __call__(self, model: ChatModel, test: SpeedTest) -> float | None: ...


class Sweeper:
    """Runs tests in ``bench`` workers. Blocking."""

    def __init__(
        self,
        supervisor: Supervisor,
        flags: Callable[[], EngineFlags],
        predict: Predicting,
        check_adapters: Callable[[str, tuple[AdapterUse, ...]], None] = lambda _path, _uses: None,
    ) -> None:
        """`check_adapters` is called with the path of a model and its adapters before native code sees them;
        raises `AppError`."""
        self._supervisor = supervisor
        self._flags = flags
        self._predict = predict
        self._check_adapters = check_adapters

    def run(
        self,
        model: ChatModel,
        tests: Sequence[PlacedTest],
        repetitions: int,
        *,
        stop: threading.Event,
        began: Callable[[PlacedTest], None],
        told: Callable[[PlacedTest, float], None],
        done: Callable[[PlacedTest, SpeedRow, SpeedMeasured | None], None],
    ) -> None:
        """Measure `tests` of one model. A test that fails is a row with its error; the others go on, in a new
        process if the old one died.

        Args:
            told: A test and how far it is, 0 to 1.
            done: A test with its row, and what the engine said of the model.

        Raises:
            Cancelled: `stop` was set; the process was ended at once.
        """
        client: WorkerClient | None = None
        try:
            for placed in tests:
                began(placed)
                if client is None or not client.process.alive:
                    subject = model.name
                    client = self._supervisor.start("bench", f"bench {model.id} {placed.place}", subject)
                expected = self._predict(model, placed.test)
                try:
                    measured = self._measure(client, model, placed, repetitions, stop, told)
                except AppError as error:
                    done(placed, _row(model, placed.test, None, expected, error), None)
                else:
                    done(placed, _row(model, placed.test, measured, expected, None), measured)
        finally:
            if client is not None:
                client.process.stop(ask_s=0.2)

    def _measure(
        self,
        client: WorkerClient,
        model: ChatModel,
        placed: PlacedTest,
        repetitions: int,
        stop: threading.Event,
        told: Callable[[PlacedTest, float], None],
    ) -> SpeedMeasured:
        if model.adapters:
            self._check_adapters(model.address, model.adapters)
        flags = self._flags()

        def build(number: int) -> MeasureSpeed:
            return MeasureSpeed(number, model.address, flags, placed.test, repetitions, model.adapters)

        reply = client.call(build, on_progress=lambda step: told(placed, step.fraction), cancel=stop)
        if not isinstance(reply, SpeedMeasured):
            raise ProtocolError(f"{type(reply).__name__} in answer to MeasureSpeed")
        return reply


def _row(
    model: ChatModel,
    test: SpeedTest,
    measured: SpeedMeasured | None,
    expected: float | None,
    error: AppError | None,
) -> SpeedRow:
    tokens = test.n_prompt + test.n_gen
    samples = tuple(tokens / (ns / 1e9) for ns in measured.samples_ns if ns) if measured else ()
    return SpeedRow(
        model_id=model.id,
        model_name=model.name,
        quant=model.quant,
        n_prompt=test.n_prompt,
        n_gen=test.n_gen,
        n_depth=test.n_depth,
        n_batch=test.n_batch,
        threads=measured.threads if measured else test.threads or 0,
        kv_type=test.kv_type,
        flash_attention=test.flash_attention,
        gpu_layers=measured.gpu_layers if measured else test.gpu_layers or 0,
        avg_ts=statistics.fmean(samples) if samples else 0.0,
        stddev_ts=statistics.stdev(samples) if len(samples) > 1 else 0.0,
        samples_ts=samples,
        predicted_ts=expected,
        memory=measured.memory if measured else 0,
        error_title=error.title if error else "",
        error_hint=error.hint if error else "",
        filename=model.address,
        model_type=measured.model_type if measured else "",
        model_size=measured.model_size if measured else model.size,
        parameters=measured.parameters if measured else 0,
    )
