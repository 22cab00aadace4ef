"""Benchmarks: suites, plans, runs that can be stopped and go on, results."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.activities.runner import Activities, Outcome, Step
from backend.activities.types import ActivityKind
from backend.bench import llama_bench, suites
from backend.bench.export import write_runs
from backend.bench.machine_state import machine_state
from backend.bench.planning import Planner
from backend.bench.scores import compared, scores_of
from backend.bench.sweep import Sweeper, placed_tests
from backend.bench.types import (
    BenchPlan,
    BenchRun,
    Difference,
    SpeedRequest,
    Suite,
    SuiteRequest,
    TopicScore,
)
from backend.bench.working import BenchWork
from backend.capacity.types import Machine
from backend.compare.types import RunState
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import LoadOptions
from backend.errors import AppError, Cancelled
from backend.events import BenchChanged, EventBus
from backend.i18n import tr
from backend.store.bench import BenchRepository

log = logging.getLogger(__name__)


class BenchService:
    """Blocking and thread-safe; what happens is published as `BenchChanged`, of suites with the run 0. A
    suite that does not exist raises `LookupError`."""

    def __init__(
        self,
        store: BenchRepository,
        engines: Engines,
        room: ModelRoom,
        sweeper: Sweeper,
        planner: Planner,
        activities: Activities,
        bus: EventBus,
        *,
        machine: Callable[[], Machine],
        options: Callable[[], LoadOptions],
    ) -> None:
        """`options` says how models are opened for suites."""
        self._store = store
        self._engines = engines
        self._planner = planner
        self._activities = activities
        self._bus = bus
        self._machine = machine
        self._worker = BenchWork(store, engines, room, sweeper, bus, options)
        self._activity: dict[int, str] = {}
        self._left: dict[int, tuple[float, int]] = {}
        self._bundled: tuple[Suite, ...] | None = None

    def recover(self) -> None:
        """What a dead run left open can go on. Only for the one process that owns the results."""
        self._store.recover()

    # -- suites ---------------------------------------------------------------------------------------------

    def suites(self) -> tuple[Suite, ...]:
        """Those that come with the app, then the person's own."""
        if self._bundled is None:
            self._bundled = suites.bundled()
        own = []
        for text in self._store.suites():
            try:
                own.append(suites.parse_jsonl(text, "database"))
            except AppError as error:
                log.warning("a suite cannot be read: %s", error)
        return (*self._bundled, *own)

    def suite(self, name: str) -> Suite:
        """The suite called `name`."""
        for each in self.suites():
            if each.name == name:
                return each
        raise LookupError(f"no suite {name}")

    def save_suite(self, suite: Suite) -> Suite:
        """Keep an own suite; its version counts up when an item changed. Raises `AppError`."""
        here = {each.name: each for each in self.suites()}
        old = here.get(suite.name)
        if old is not None and old.bundled:
            raise AppError(
                "bench.bundled",
                tr("{title} comes with Orangery and stays as it is.", title=old.title),
                tr("Save it under another name."),
            )
        if old is not None and old.items != suite.items:
            suite = dataclasses.replace(suite, version=old.version + 1)
        saved = suites.checked(dataclasses.replace(suite, bundled=False), suite.name)
        self._store.save_suite(saved.name, suites.to_jsonl(saved))
        self._bus.publish(BenchChanged(0))
        return saved

    def delete_suite(self, name: str) -> None:
        """Forget an own suite; results stay."""
        self._store.delete_suite(name)
        self._bus.publish(BenchChanged(0))

    def import_suite(self, path: Path) -> Suite:
        """Take the suite of a CSV or JSON Lines file in; one with the same name is replaced. Raises
        `AppError`."""
        return self.save_suite(suites.read_suite(path))

    def export_suite(self, name: str, path: Path) -> None:
        """Write a suite as CSV or JSON Lines. Raises `AppError`."""
        try:
            suites.write_suite(self.suite(name), path)
        except OSError as error:
            raise AppError(
                "bench.export",
                tr("{path} could not be written: {why}.", path=path, why=error.strerror or error),
                tr("Choose another folder, or make room on the disk."),
            ) from error

    # -- runs -----------------------------------------------------------------------------------------------

    def plan(self, request: SpeedRequest | SuiteRequest) -> BenchPlan:
        """Order, memory and time of a run, before it is started."""
        state = machine_state(self._machine_or_none())
        if isinstance(request, SpeedRequest):
            return self._planner.speed(request, state)
        return self._planner.suite(request, self.suite(request.suite), state)

    def start(self, request: SpeedRequest | SuiteRequest) -> int:
        """Queue a run; returns its id.

        Raises:
            AppError: ``bench.nothing``: no model or no test was chosen.
        """
        if isinstance(request, SpeedRequest):
            run_id = self._create_sweep(request)
        else:
            run_id = self._create_suite(request)
        self._launch(run_id)
        return run_id

    def stop(self, run_id: int) -> None:
        """End a run for now; what was measured stays, and `resume` goes on. Returns at once."""
        activity = self._activity.get(run_id)
        if activity is not None:
            self._activities.cancel(activity)
            self._bus.publish(BenchChanged(run_id))  # one that only waited tells nothing by itself

    def resume(self, run_id: int) -> None:
        """Go on with the tests or answers that are missing."""
        if not self._under_way(run_id) and self._store.get(run_id).state is not RunState.DONE:
            self._launch(run_id)

    def wait(self, run_id: int, timeout: float | None = None) -> BenchRun:
        """The run once nothing of it is under way any more, or as it is after `timeout` seconds."""
        activity = self._activity.get(run_id)
        if activity is not None:
            with contextlib.suppress(KeyError):  # its row was put away
                self._activities.wait(activity, timeout)
        return self.run(run_id)

    def delete(self, run_id: int) -> None:
        """Hide a run, stopping it; `restore` brings it back until the next start."""
        self.stop(run_id)
        self._store.set_deleted(run_id, True)
        self._bus.publish(BenchChanged(run_id))

    def restore(self, run_id: int) -> None:
        """Undo `delete`."""
        self._store.set_deleted(run_id, False)
        self._bus.publish(BenchChanged(run_id))

    def runs(self) -> tuple[BenchRun, ...]:
        """Newest first. Answers of suites come with `run` only."""
        return tuple(self._with_time(run) for run in self._store.all())

    def run(self, run_id: int) -> BenchRun:
        """One run with all its rows.

        Raises:
            AppError: ``bench.gone``.
        """
        try:
            return self._with_time(self._store.get(run_id))
        except LookupError as error:
            raise AppError("bench.gone", tr("This run is not there any more."), detail=str(error)) from error

    def scores(self, run: BenchRun) -> tuple[TopicScore, ...]:
        """Shares of a suite by column and topic, with intervals."""
        if run.done and not run.answers:  # one of the list, which has no answers
            run = self._store.get(run.id)
        return scores_of(run)

    def compare(self, before: int, after: int) -> tuple[Difference, ...]:
        """What two runs of one kind both measured, and how it changed; empty where they have nothing in
        common."""
        return compared(self._store.get(before), self._store.get(after))

    def export(self, run_ids: Sequence[int], path: Path) -> None:
        """Write runs as ``.csv``, ``.json`` or ``.md``. Raises `AppError`."""
        write_runs([self._store.get(run_id) for run_id in run_ids], path)

    def import_llama_bench(self, path: Path) -> int:
        """Add the results that `llama-bench` wrote as JSON; returns the id of the run. Raises `AppError`."""
        try:
            size = path.stat().st_size
            text = path.read_text("utf-8-sig") if size <= llama_bench.MOST_BYTES else ""
        except (OSError, UnicodeDecodeError) as error:
            raise AppError(
                "bench.import", tr("{path} cannot be read.", path=path), detail=str(error)
            ) from error
        if size > llama_bench.MOST_BYTES:
            raise AppError(
                "bench.import",
                tr("{path} is too large for results of llama-bench.", path=path),
                tr("A file written by llama-bench with -o json or -o jsonl can be read."),
            )
        rows, machine = llama_bench.read(text, path.name)
        run_id = self._store.create(
            "speed", tr("From {file}", file=path.name), None, total=len(rows), machine=machine
        )
        for place, row in enumerate(rows):
            self._store.put_row(run_id, place, row)
        self._bus.publish(BenchChanged(run_id))
        return run_id

    # -- inside ---------------------------------------------------------------------------------------------

    def _machine_or_none(self) -> Machine | None:
        try:
            return self._machine()
        except AppError:
            return None

    def _create_sweep(self, request: SpeedRequest) -> int:
        request = dataclasses.replace(request, models=self._planner.order(request.models))
        tests = placed_tests(request)
        if not tests:
            raise _nothing()
        names = [self._engines.find(model_id) for model_id in request.models]
        remote = next((model for model in names if model.engine != "local"), None)
        if remote is not None:
            raise AppError(
                "bench.remote",
                tr(
                    "The speed of {model} cannot be swept: it runs on {host}.",
                    model=remote.name,
                    host=remote.host,
                ),
                tr("Choose models on this computer; suites work with all of them."),
            )
        title = ", ".join(dict.fromkeys(f"{model.name} {model.quant}".strip() for model in names))
        return self._store.create(
            "speed", title, request, total=len(tests), machine=machine_state(self._machine_or_none())
        )

    def _create_suite(self, request: SuiteRequest) -> int:
        if not request.columns:
            raise _nothing()
        suite = self.suite(request.suite)
        if any(item.check.kind == "judge" for item in suite.items) and request.judge:
            self._engines.find(request.judge)
        return self._store.create(
            "suite",
            suite.title,
            request,
            total=len(suite.items) * len(request.columns),
            machine=machine_state(self._machine_or_none()),
            suite=suite.name,
            suite_version=suite.version,
            columns=request.columns,
        )

    def _launch(self, run_id: int) -> None:
        run = self._store.get(run_id)
        self._store.set_state(run_id, RunState.WAITING)
        self._activity[run_id] = self._activities.start(
            ActivityKind.BENCH,
            run.title,
            lambda step: self._work(run_id, step),
            label=tr("suite") if run.kind == "suite" else tr("speed"),
            total=run.total,
            unit="tests",
        )
        self._bus.publish(BenchChanged(run_id))

    def _work(self, run_id: int, step: Step) -> Outcome:
        """In the lane of the engine: do what is missing of a run."""
        run = self._store.get(run_id)
        step.expect(run.total)
        self._store.set_state(run_id, RunState.RUNNING)
        self._store.set_machine(run_id, machine_state(self._machine_or_none()))
        self._bus.publish(BenchChanged(run_id))
        ended, title, hint = RunState.PAUSED, "", ""
        try:
            request = self._store.request(run_id)
            self._left[run_id] = time.monotonic(), run.done
            if isinstance(request, SpeedRequest):
                self._worker.sweep(run_id, request, step)
            else:
                self._worker.examine(run_id, request, self.suite(request.suite), step)
            ended = RunState.DONE
        except Cancelled:
            raise
        except AppError as error:
            ended, title, hint = RunState.FAILED, error.title, error.hint
            raise
        except LookupError as error:
            ended, title = RunState.FAILED, str(error)
            raise AppError("bench.suite_gone", tr("The suite of this run is not here any more.")) from error
        finally:
            self._left.pop(run_id, None)
            self._store.set_state(run_id, ended, title=title, hint=hint)
            self._bus.publish(BenchChanged(run_id))
        return Outcome(tr("{n} results", n=run.total))

    def _under_way(self, run_id: int) -> bool:
        """Whether it waits or runs in this process, also when it was begun again among the jobs."""
        activity = self._activity.get(run_id)
        return any(row.id == activity and row.state.active for row in self._activities.rows())

    def _with_time(self, run: BenchRun) -> BenchRun:
        """As the row in the database, with the time left; what was stopped before it began is paused."""
        if run.state in (RunState.WAITING, RunState.RUNNING) and not self._under_way(run.id):
            return dataclasses.replace(run, state=RunState.PAUSED)
        begun = self._left.get(run.id)
        if begun is None or run.done <= begun[1]:
            return run
        each = (time.monotonic() - begun[0]) / (run.done - begun[1])
        return dataclasses.replace(run, seconds_left=each * (run.total - run.done))


def _nothing() -> AppError:
    return AppError(
        "bench.nothing", tr("There is nothing to measure."), tr("Choose at least one model and one test.")
    )
