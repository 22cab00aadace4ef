"""Between the Bench page and the backend: runs, suites and plans are read off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from backend.activities.types import ActivityKind, ActivityState
from backend.bench.types import (
    BenchPlan,
    BenchRun,
    Difference,
    Score,
    SpeedRequest,
    Suite,
    SuiteRequest,
    TopicScore,
)
from backend.compare.types import RunState
from backend.errors import AppError
from backend.events import ActivityChanged, BenchChanged
from ui import tasks
from ui.bridge import EventBridge
from ui.models.shelf import ModelShelf, first_usable
from ui.pages.bench.history_data import names_of
from ui.pages.bench.results import LIVE, ResultRow, results
from ui.pages.bench.suite_data import column_name, newest_scores

if TYPE_CHECKING:
    from backend.app import Backend

Request = SpeedRequest | SuiteRequest
T = TypeVar("T")
_SUITES = 0
"""What `BenchChanged` names where suites changed, and no run."""
_SETTLE_MS = 120
"""Pause in which changes of runs are gathered: of a tiny model, many tests end in a second."""


class BenchPresenter(QObject):
    """Signals:
    runs_changed: `runs`, `scores` or `plans` are others.
    active_changed: Another run goes on, or the one that does is further.
    note_changed: `note` says something else.
    suites_changed: `suites` was read.
    models_changed: The models of the shelf were read.
    failed: An `AppError` of something that the person asked for.
    broken: The results could not be read, with the `AppError`; None once they could.
    """

    runs_changed = Signal()
    active_changed = Signal()
    note_changed = Signal()
    suites_changed = Signal()
    models_changed = Signal()
    failed = Signal(object)
    broken = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = backend.bench
        self._activities = backend.activities
        self.shelf = ModelShelf(backend, bridge, self)
        self.runs: tuple[BenchRun, ...] = ()
        self.suites: tuple[Suite, ...] = ()
        self.plans: dict[int, BenchPlan] = {}
        self.scores: dict[int, tuple[TopicScore, ...]] = {}
        self.loaded = False
        """Whether the runs were read at least once."""
        self.note = ""
        """What the run that goes on is doing, in a few words."""
        self.next_request: Request | None = None
        self.next_plan: BenchPlan | None = None
        self.rows: list[ResultRow] = []
        """Newest measurement of every test, as the speed view shows them."""
        self._names: dict[int, tuple[BenchRun, list[str]]] = {}
        self._dismissed: set[int] = set()
        self._changed: set[int] = set()
        self._reading = False
        self._planning: tasks.Task | None = None
        self._arranging: tasks.Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self._read_changed)
        self.shelf.changed.connect(self._models_read)
        self.shelf.failed.connect(self.failed)
        bridge.on(BenchChanged, self._on_bench)
        bridge.on(ActivityChanged, self._on_activity)

    # -- reading --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read everything that the page shows."""
        self.shelf.read()
        for activity in self._activities.rows():
            self._on_activity(ActivityChanged(activity))
        self.read()
        self.read_suites()

    def read(self) -> None:
        """Read all runs again."""
        service = self._service

        known = {
            run.id: self.scores[run.id]
            for run in self.runs
            if run.id in self.scores and run.state is RunState.DONE
        }

        def work() -> tuple[tuple[BenchRun, ...], dict[int, tuple[TopicScore, ...]]]:
            runs, scores = service.runs(), dict(known)
            for run in runs:
                if run.kind == "suite" and run.id not in scores:
                    scores[run.id] = service.scores(run)
            return runs, scores

        def done(found: tuple[tuple[BenchRun, ...], dict[int, tuple[TopicScore, ...]]]) -> None:
            self.loaded = True
            self.broken.emit(None)
            self.runs, self.scores = found
            self._tell()

        tasks.run(work, done, self.broken.emit, owner=self)

    def read_suites(self) -> None:
        def done(found: tuple[Suite, ...]) -> None:
            self.suites = found
            self.suites_changed.emit()

        tasks.run(self._service.suites, done, self.broken.emit, owner=self)

    def _on_bench(self, event: BenchChanged) -> None:
        if event.run_id == _SUITES:
            self.read_suites()
            return
        self._changed.add(event.run_id)
        if not self._soon.isActive() and not self._reading:
            self._soon.start()

    def _read_changed(self) -> None:
        """Read only the runs that an event named; all of them where one is gone."""
        if not self.loaded:
            self._changed.clear()
            return
        wanted, self._changed = self._changed, set()
        known = {run.id for run in self.runs}
        if any(run_id not in known for run_id in wanted):
            self.read()
            return
        service = self._service

        def work() -> list[tuple[BenchRun, tuple[TopicScore, ...]]]:
            runs = [service.run(run_id) for run_id in wanted]
            return [(run, service.scores(run) if run.kind == "suite" else ()) for run in runs]

        def done(found: list[tuple[BenchRun, tuple[TopicScore, ...]]]) -> None:
            self._reading = False
            fresh = {run.id: run for run, _scores in found}
            self.runs = tuple(fresh.get(run.id, run) for run in self.runs)
            self.scores |= {run.id: scores for run, scores in found if run.kind == "suite"}
            self._tell()
            if self._changed:
                self._soon.start()

        def failed(_error: AppError) -> None:  # deleted meanwhile
            self._reading = False
            self.read()

        self._reading = True
        tasks.run(work, done, failed, owner=self)

    def _tell(self) -> None:
        active = self.active
        if active is not None and active.id not in self.plans and active.request is not None:
            self._plan_active(active.id, active.request)
        if active is None:
            self.note = ""
            self._plan_next()
        self.active_changed.emit()
        self._arrange()

    def _arrange(self) -> None:
        """Make the rows of the speed view of the runs; of thousands of tests that takes too long here."""
        if self._arranging is not None:
            self._arranging.cancel()
        runs, plans = self.runs, dict(self.plans)

        def done(rows: list[ResultRow]) -> None:
            self._arranging = None
            self.rows = rows
            self.runs_changed.emit()

        self._arranging = tasks.run(lambda: results(runs, plans), done, self.failed.emit, owner=self)

    def _plan_active(self, run_id: int, request: Request) -> None:
        def done(plan: BenchPlan) -> None:
            self.plans[run_id] = plan
            self.active_changed.emit()
            self._arrange()

        def work() -> BenchPlan:
            try:
                return self._service.plan(request)
            except LookupError:  # its suite was deleted
                return BenchPlan((), "", None)

        tasks.run(work, done, self.failed.emit, owner=self)

    def _on_activity(self, event: ActivityChanged) -> None:
        activity = event.activity
        if activity.kind is ActivityKind.BENCH:
            # The note names the model, too, which stands above it here.
            note = activity.note.rpartition(" · ")[2] if activity.state is ActivityState.RUNNING else ""
            if note != self.note:
                self.note = note
                self.note_changed.emit()

    # -- what runs, and what could --------------------------------------------------------------------------

    @property
    def active(self) -> BenchRun | None:
        """The run that goes on or waits for that, else the newest one that is paused and not put aside."""
        live = [run for run in self.runs if run.state in LIVE]
        if live:
            return next((run for run in live if run.state is RunState.RUNNING), live[0])
        paused = (run for run in self.runs if run.state is RunState.PAUSED and run.id not in self._dismissed)
        return next(paused, None)

    def _models_read(self) -> None:
        self._names.clear()
        self.models_changed.emit()
        if self.loaded and self.active is None:
            self._plan_next()

    def suggestion(self) -> SpeedRequest | None:
        """What the next run measures unless the person wants something else: the last sweep again, else the
        model that is used most likely."""
        usable = {model.id for model in self.shelf.models if not model.problem and model.engine == "local"}
        for run in self.runs:
            if isinstance(run.request, SpeedRequest):
                models = tuple(each for each in run.request.models if each in usable)
                if models:
                    return replace(run.request, models=models)
        first = first_usable(tuple(m for m in self.shelf.models if m.id in usable), [])
        first = first or next((model.id for model in self.shelf.models if model.id in usable), None)
        return SpeedRequest((first,)) if first is not None else None

    def _plan_next(self) -> None:
        request = self.suggestion()
        if request == self.next_request and self.next_plan is not None:
            return
        if self._planning is not None:
            self._planning.cancel()
        self.next_request, self.next_plan = request, None
        if request is None:
            self.active_changed.emit()
            return

        def done(plan: BenchPlan) -> None:
            self._planning = None
            self.next_plan = plan
            self.active_changed.emit()

        self._planning = self.plan(request, done, self.failed.emit)

    def plan(
        self, request: Request, done: Callable[[BenchPlan], object], failed: Callable[[AppError], object]
    ) -> tasks.Task:
        """Ask what a run would do; cancel the task where another question follows."""
        return tasks.run(lambda: self._service.plan(request), done, failed, owner=self)

    # -- acting ---------------------------------------------------------------------------------------------

    def begin(self, request: Request, done: Callable[[int], object] = lambda _run: None) -> None:
        """Start a run."""

        def started(run_id: int) -> None:
            self.read()
            done(run_id)

        tasks.run(lambda: self._service.start(request), started, self.failed.emit, owner=self)

    def pause(self) -> None:
        """Interrupt the run; it can go on later."""
        if self.active is not None:
            run_id = self.active.id
            self._do(lambda: self._service.stop(run_id))

    def stop(self) -> None:
        """Interrupt the run and put it aside; what was measured stays in the history."""
        active = self.active
        if active is not None:
            self._dismissed.add(active.id)
            if active.state is RunState.PAUSED:
                self._tell()
            else:
                self._do(lambda: self._service.stop(active.id))

    def resume(self, run_id: int) -> None:
        """Go on with a run that was interrupted."""
        self._dismissed.discard(run_id)
        self._do(lambda: self._service.resume(run_id))

    def delete(self, run_ids: tuple[int, ...], done: Callable[[], object]) -> None:
        """Hide runs, ending those that go on; `restore` brings them back."""

        def work() -> None:
            for run_id in run_ids:
                self._service.delete(run_id)

        def deleted(_none: None) -> None:
            self.read()
            done()

        self._do(work, deleted)

    def restore(self, run_ids: tuple[int, ...]) -> None:
        """Undo `delete`."""

        def work() -> None:
            for run_id in run_ids:
                self._service.restore(run_id)

        self._do(work, lambda _none: self.read())

    def compare(
        self, first: int, second: int, done: Callable[[tuple[Difference, ...]], object]
    ) -> tasks.Task:
        return tasks.run(lambda: self._service.compare(first, second), done, self.failed.emit, owner=self)

    def export(self, run_ids: tuple[int, ...], path: Path, done: Callable[[], object]) -> None:
        """Write runs to `path`; its extension says how."""
        self._do(lambda: self._service.export(run_ids, path), lambda _none: done())

    def import_llama_bench(self, path: Path, done: Callable[[int], object]) -> None:
        def imported(run_id: int) -> None:
            self.read()
            done(run_id)

        self._do(lambda: self._service.import_llama_bench(path), imported)

    # -- suites ---------------------------------------------------------------------------------------------

    def suite(self, name: str) -> Suite | None:
        return next((suite for suite in self.suites if suite.name == name), None)

    def save_suite(self, suite: Suite, done: Callable[[], object] = lambda: None) -> None:
        def saved(_none: object) -> None:
            self.read_suites()
            done()

        self._do(lambda: self._service.save_suite(suite), saved)

    def delete_suite(self, name: str, done: Callable[[], object]) -> None:
        def deleted(_none: object) -> None:
            self.read_suites()
            done()

        self._do(lambda: self._service.delete_suite(name), deleted)

    def import_suite(self, path: Path, done: Callable[[Suite], object]) -> None:
        def imported(suite: Suite) -> None:
            self.read_suites()
            done(suite)

        self._do(lambda: self._service.import_suite(path), imported)

    def export_suite(self, name: str, path: Path, done: Callable[[], object]) -> None:
        self._do(lambda: self._service.export_suite(name, path), lambda _none: done())

    def read_run(self, run_id: int, done: Callable[[BenchRun], object]) -> tasks.Task:
        """Read one run with all its texts."""
        return tasks.run(lambda: self._service.run(run_id), done, self.failed.emit, owner=self)

    def suite_scores(self) -> tuple[Suite | None, dict[str, Score]]:
        """The suite that was answered last, and how well models did in it, by id."""
        name, found = newest_scores(self.runs, self.scores)
        return self.suite(name), found

    def column_name(self, run: BenchRun, column: int) -> str:
        """Who answered in a column of a suite run."""

        def known(model_id: str) -> str:
            model = self.shelf.find(model_id)
            return f"{model.name} {model.quant}".strip() if model is not None else ""

        return column_name(run, column, known)

    def names(self, run: BenchRun) -> list[str]:
        """The models of a run, with their quantization."""
        known = self._names.get(run.id)
        if known is None or known[0] is not run:
            known = self._names[run.id] = (run, names_of(run, self.column_name))
        return known[1]

    def _do(self, work: Callable[[], T], done: Callable[[T], object] | None = None) -> None:
        tasks.run(work, done, self.failed.emit, owner=self)
