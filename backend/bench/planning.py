"""In which order models are measured, what each needs, and how long it may take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from backend.bench.sweep import PlacedTest, placed_tests
from backend.bench.types import (
    BenchPlan,
    MachineState,
    PlannedStep,
    PlannedTest,
    SpeedRequest,
    Suite,
    SuiteRequest,
)
from backend.capacity.running import run_of
from backend.capacity.types import Fit, Machine, RunConfig, Verdict
from backend.engines.types import AdapterUse, ChatModel, LoadOptions
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.messages_bench import SpeedTest

_LOAD_S = 4.0
_USUAL_TOKENS = 60
"""What an answer to an item of a suite usually takes."""
_SLOWER_DEEP = 1.5
"""How much slower a token behind a long context is assumed to be, for the time left only."""


class Fits(Protocol):
    """The part of `backend.fits.FitService` that is needed here."""

    def local(
        self, path: Path, run: RunConfig, *, probe: bool = False, adapters: Sequence[AdapterUse] = ()
    ) -> Fit: ...


class Planner:
    """Plans over what is on this machine now. Blocking; asks the fit of every file."""

    def __init__(self, find: Callable[[str], ChatModel], fits: Fits, machine: Callable[[], Machine]) -> None:
        self._find = find
        self._fits = fits
        self._machine = machine

    def speed(self, request: SpeedRequest, state: MachineState) -> BenchPlan:
        """The smallest model first, so that results come early."""
        tests = placed_tests(request)
        steps = []
        for model_id in dict.fromkeys(request.models):
            own = [placed for placed in tests if placed.model_id == model_id]
            step = self._step(model_id, lambda model, own=own: self._sweep_s(model, own, request))  # type: ignore[misc]
            steps.append(replace(step, tests=self._tests(model_id, own)))
        return _plan(steps, state)

    def suite(self, request: SuiteRequest, suite: Suite, state: MachineState) -> BenchPlan:
        """Columns of one model after the other."""
        steps = [
            self._step(column.model_id, lambda model: self._suite_s(model, suite, request.parallel))
            for column in request.columns
        ]
        if request.judge:
            judged = sum(item.check.kind == "judge" for item in suite.items) * len(request.columns)
            steps.append(
                self._step(request.judge, lambda model: self._answers_s(model, 2 * judged, request.parallel))
            )
        return _plan(steps, state)

    def order(self, model_ids: Sequence[str]) -> tuple[str, ...]:
        """Each model once, the smallest first."""

        def size(model_id: str) -> int:
            try:
                return self._find(model_id).size
            except AppError:
                return 0

        return tuple(sorted(dict.fromkeys(model_ids), key=size))

    def predict(self, model: ChatModel, test: SpeedTest) -> float | None:
        """Tokens per second that a test should bring, where something is known of its usual settings."""
        if test.n_depth or model.engine != "local":
            return None
        fit = self._fit(model, LoadOptions(n_ctx=max(512, test.n_prompt + test.n_gen), kv_type=test.kv_type))
        rate = (fit.prompt if test.n_prompt else fit.generation) if fit is not None else None
        return rate.likely if rate is not None else None

    # -- inside ---------------------------------------------------------------------------------------------

    def _step(self, model_id: str, seconds: Callable[[ChatModel], float | None]) -> PlannedStep:
        try:
            model = self._find(model_id)
        except AppError as error:
            return PlannedStep(model_id, model_id, None, None, f"{error.title} {error.hint}".strip())
        if model.problem:
            return PlannedStep(model_id, model.name, None, None, model.problem)
        fit = self._fit(model, LoadOptions()) if model.engine == "local" else None
        problem = ""
        if fit is not None and fit.verdict is Verdict.TOO_BIG:
            problem = tr("It needs more memory than is free now.")
        memory = fit.ledger.total if fit else None
        return PlannedStep(model_id, model.name, memory, seconds(model), problem, model.quant)

    def _tests(self, model_id: str, tests: Sequence[PlacedTest]) -> tuple[PlannedTest, ...]:
        try:
            model = self._find(model_id)
        except AppError:
            return ()
        return tuple(
            PlannedTest(
                placed.test.n_prompt,
                placed.test.n_gen,
                placed.test.n_depth,
                self.predict(model, placed.test),
            )
            for placed in tests
        )

    def _fit(self, model: ChatModel, options: LoadOptions) -> Fit | None:
        try:
            run = run_of(options, model.context_length)
            return self._fits.local(Path(model.address), run, adapters=model.adapters)
        except AppError:
            return None

    def _sweep_s(self, model: ChatModel, tests: Sequence[PlacedTest], request: SpeedRequest) -> float | None:
        fit = self._fit(model, LoadOptions())
        if fit is None or fit.generation is None or fit.prompt is None:
            return None
        total = _LOAD_S
        for placed in tests:
            test = placed.test
            deep = test.n_depth / fit.prompt.likely
            slower = _SLOWER_DEEP if test.n_depth else 1.0
            once = test.n_prompt / fit.prompt.likely + test.n_gen / fit.generation.likely
            total += deep + once * slower * (request.repetitions + 1)
        return total

    def _suite_s(self, model: ChatModel, suite: Suite, parallel: int) -> float | None:
        return self._answers_s(model, len(suite.items), parallel)

    def _answers_s(self, model: ChatModel, count: int, parallel: int) -> float | None:
        fit = self._fit(model, LoadOptions()) if model.engine == "local" else None
        if fit is None or fit.generation is None:
            return None
        together = max(1.0, 0.6 * parallel)  # one batch of several is not as many times faster
        return _LOAD_S + count * _USUAL_TOKENS / (fit.generation.likely * together)


def _plan(steps: Sequence[PlannedStep], state: MachineState) -> BenchPlan:
    known = [step.seconds for step in steps if not step.problem]
    seconds = sum(each for each in known if each is not None) if None not in known else None
    ordered = tuple(sorted(steps, key=lambda step: step.memory or 0))
    reason = (
        tr("One after another, so that they do not slow each other down. Smallest first: results come early.")
        if len(steps) > 1
        else ""
    )
    return BenchPlan(ordered, reason, seconds, notices_of(state))


def notices_of(state: MachineState) -> tuple[str, ...]:
    """What may disturb a measurement, in sentences."""
    found = []
    if state.load is not None and state.load > 0.25:
        share = f"{100 * state.load:.0f} %"
        found.append(tr("Other programs use {share} of the processor. Results may be lower.", share=share))
    if state.power == "battery":
        found.append(tr("This computer runs on its battery. Results may be lower."))
    found += [tr("Another program uses {gpu}.", gpu=name) for name in state.gpu_users]
    return tuple(found)
