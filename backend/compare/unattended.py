"""Unattended runs: many prompts to several columns, one model after the other, each loaded once."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from backend.activities.runner import Activities, Outcome, Step
from backend.activities.types import ActivityKind
from backend.chats.conversation import title_of
from backend.chats.types import MessageState
from backend.compare.chance import sampling_of
from backend.compare.conversation import turns_of
from backend.compare.planning import Planner
from backend.compare.running import Panel, Services
from backend.compare.speaking import Seat, Speaker
from backend.compare.types import Column, RunAnswer, RunState, UnattendedRun
from backend.engines.adapting import batch_options
from backend.engines.types import Delta, FinishReason, LoadOptions
from backend.errors import AppError, Cancelled
from backend.events import ActivityChanged, Event, EventBus, UnattendedChanged
from backend.i18n import tr
from backend.store.compare import AnswerEnd
from backend.store.database import Database
from backend.store.unattended import StoredRun, UnattendedRepository

_OPEN = (RunState.WAITING, RunState.RUNNING)
AT_ONCE = 4
"""Most prompts that one model answers in a batch. More brings little on a processor, and each needs a context
of its own."""
_GAIN = 0.6
"""Until it was measured, a batch of *n* is taken to be this times *n* times as fast as one after another."""


class UnattendedRuns:
    """Runs and their answers. Blocking and thread-safe; a run that does not exist raises `LookupError`.

    Answers are saved one by one, so a crash costs those that were being written; the run is then *paused*.
    """

    def __init__(
        self,
        store: Database,
        services: Services,
        planner: Planner,
        activities: Activities,
        bus: EventBus,
        options: Callable[[Column], LoadOptions],
    ) -> None:
        self._store = UnattendedRepository(store)
        self._services = services
        self._planner = planner
        self._activities = activities
        self._bus = bus
        self._options = options
        self._lock = threading.Lock()
        self._run_of: dict[str, int] = {}
        self._active: dict[int, str] = {}
        self._turns: Counter[int] = Counter()
        self._costs: dict[int, tuple[float | None, ...]] = {}
        self._at_once: dict[tuple[int, int], int] = {}
        bus.subscribe(self._hear)

    def recover(self) -> None:
        """Pause what a dead run left open."""
        self._store.pause_running()

    def start(self, title: str, prompts: Sequence[str], columns: Sequence[Column]) -> int:
        """Queue a run and return its id.

        Raises:
            AppError: ``compare.empty`` or ``compare.columns``: nothing to ask, or nobody.
        """
        asked = [prompt for prompt in prompts if prompt.strip()]
        if not asked:
            raise AppError("compare.empty", tr("There is no prompt to ask."))
        if not columns:
            raise AppError("compare.columns", tr("There is no model to ask."))
        run_id = self._store.create(title.strip() or title_of(asked[0]), asked, columns)
        self._queue(self._store.get(run_id))
        return run_id

    def all(self) -> tuple[UnattendedRun, ...]:
        """Newest first."""
        return tuple(self._shown(run) for run in self._store.all())

    def get(self, run_id: int) -> UnattendedRun:
        return self._shown(self._store.get(run_id))

    def answers(self, run_id: int) -> tuple[RunAnswer, ...]:
        """Those that there are, by prompt and column."""
        return self._store.answers(run_id)

    def names(self, run_id: int) -> tuple[str, ...]:
        """What the columns of a run are called."""
        found = []
        for column in self._store.get(run_id).columns:
            try:
                model = self._services.engines.find(column.model_id)
                name = f"{model.name} {model.quant}".strip()
            except AppError:
                name = column.model_id
            found.append(column.label or name)
        return tuple(found)

    def estimate(self, prompts: Sequence[str], columns: Sequence[Column]) -> float | None:
        """Seconds that a run would take, about; None where nothing is known of one of the columns."""
        costs = self._predicted(prompts, columns)
        known = [cost for cost in costs if cost is not None]
        return sum(known) * len(prompts) if known and len(known) == len(costs) else None

    def _predicted(self, prompts: Sequence[str], columns: Sequence[Column]) -> tuple[float | None, ...]:
        """By column, what one answer adds to the time of a run: as the newest run measured it that asked the
        same column with as many in a batch, else about, from predicted speeds."""
        batches = self._planner.together(columns, len(prompts), AT_ONCE)
        measured: dict[tuple[Column, int], float] = {}
        for run in self._store.all():
            for column, progress, n in zip(run.columns, run.progress, self._batches(run), strict=True):
                good = progress.answers - progress.failed
                if good:
                    measured.setdefault((_unnamed(column), n), progress.seconds / good / n)
        costs = self._planner.seconds(columns, prompts)
        return tuple(
            measured.get((_unnamed(column), n), cost / max(1.0, _GAIN * n)) if cost else cost
            for column, cost, n in zip(columns, costs, batches, strict=True)
        )

    def _batches(self, run: StoredRun) -> list[int]:
        """By column, how many answers are written at once; as many as usual where that was not seen."""
        asked = Counter(column.model_id for column in run.columns)
        with self._lock:
            return [
                self._at_once.get((run.id, at), min(AT_ONCE, len(run.prompts) * asked[column.model_id]))
                for at, column in enumerate(run.columns)
            ]

    def pause(self, run_id: int) -> None:
        """Stop; what is being written is asked again by `resume`. Returns at once."""
        with self._lock:
            job = self._active.pop(run_id, None)
        if job is not None:
            self._activities.cancel(job)
        if self._store.get(run_id).state in _OPEN:
            self._note(run_id, RunState.PAUSED)

    def resume(self, run_id: int) -> None:
        """Go on with the answers that are missing or failed. Does nothing while it runs."""
        with self._lock:
            if run_id in self._active:
                return
        self._queue(self._store.get(run_id))

    def delete(self, run_id: int) -> None:
        """Stop it and forget its answers."""
        self.pause(run_id)
        self._store.delete(run_id)
        self._bus.publish(UnattendedChanged(run_id))

    # -- the work -------------------------------------------------------------------------------------------

    def _queue(self, run: StoredRun) -> None:
        with self._lock:
            self._turns[run.id] += 1
            turn = self._turns[run.id]
        self._note(run.id, RunState.WAITING)
        job = self._activities.start(
            ActivityKind.UNATTENDED,
            run.title,
            lambda step: self._work(run.id, turn, step),
            label=tr("{n} prompts", n=len(run.prompts)),
            total=len(run.prompts) * len(run.columns),
            unit="answers",
        )
        with self._lock:
            self._run_of[job] = run.id
        for row in self._activities.rows():
            if row.id == job:
                self._hear(ActivityChanged(row))

    def _hear(self, event: Event) -> None:
        """Runs are also stopped, and begun once more, where activities are listed."""
        if not isinstance(event, ActivityChanged) or event.activity.kind is not ActivityKind.UNATTENDED:
            return
        job = event.activity.id
        with self._lock:
            run_id = self._run_of.get(job)
            if run_id is None:
                return
            before = self._active.get(run_id)
            if event.activity.state.active:
                self._active[run_id] = job
            elif before == job:
                del self._active[run_id]
            changed = before != self._active.get(run_id)
        if changed:
            self._bus.publish(UnattendedChanged(run_id))

    def _work(self, run_id: int, turn: int, step: Step) -> Outcome:
        try:
            run = self._store.get(run_id)
        except LookupError:  # deleted while it waited
            raise Cancelled from None
        self._note(run_id, RunState.RUNNING)
        try:
            costs = self._predicted(run.prompts, run.columns)
            with self._lock:
                self._costs[run_id] = costs
            _Answering(self, run, step, self._store, self._services).answer(self._planner, self._options)
            step.check()
        except BaseException:
            if self._turns[run_id] == turn:  # else it waits for its turn again already
                self._note(run_id, RunState.PAUSED)
            raise
        after = self._shown(self._store.get(run_id))
        self._note(run_id, RunState.FAILED if after.failed == after.total else RunState.DONE)
        if after.failed:
            return Outcome(tr("{done} answers, {failed} failed", done=after.done, failed=after.failed))
        return Outcome(tr("{n} answers", n=after.done))

    def batch(self, run_id: int, columns: Iterable[int], at_once: int) -> None:
        """Remember how many answers of these columns are written at once."""
        with self._lock:
            self._at_once.update({(run_id, column): at_once for column in columns})

    def saved(self, run_id: int) -> None:
        """Tell that there is another answer."""
        self._bus.publish(UnattendedChanged(run_id))

    def _note(self, run_id: int, state: RunState) -> None:
        self._store.set_state(run_id, state)
        self._bus.publish(UnattendedChanged(run_id))

    def _shown(self, run: StoredRun) -> UnattendedRun:
        failed = sum(column.failed for column in run.progress)
        with self._lock:
            lost = run.state in _OPEN and run.id not in self._active
        return UnattendedRun(
            id=run.id,
            title=run.title,
            prompts=run.prompts,
            columns=run.columns,
            state=RunState.PAUSED if lost else run.state,
            total=len(run.prompts) * len(run.columns),
            done=sum(column.answers for column in run.progress) - failed,
            failed=failed,
            seconds_left=self._left(run),
            created=run.created,
            finished=run.finished,
        )

    def _left(self, run: StoredRun) -> float | None:
        """Seconds for what is missing: as measured for the answers that a column has given, as predicted for
        one that has given none, in proportion to how the others compare with their prediction."""
        if run.state in (RunState.DONE, RunState.FAILED):
            return None
        with self._lock:
            predicted = self._costs.get(run.id, (None,) * len(run.columns))
        measured: list[float | None] = []
        for column, together in zip(run.progress, self._batches(run), strict=True):
            good = column.answers - column.failed
            measured.append(column.seconds / good / together if good else None)
        pairs = [(m, p) for m, p in zip(measured, predicted, strict=True) if m and p]
        factor = sum(m for m, _ in pairs) / sum(p for _, p in pairs) if pairs else 1.0
        known = [m for m in measured if m is not None]
        average = sum(known) / len(known) if known else None
        left = 0.0
        for column, m, p in zip(run.progress, measured, predicted, strict=True):
            missing = len(run.prompts) - column.answers
            if not missing:
                continue
            cost = m if m is not None else p * factor if p is not None else average
            if cost is None:
                return None
            left += missing * cost
        return left


class _Answering:
    """One go at what is missing of a run."""

    def __init__(
        self,
        runs: UnattendedRuns,
        run: StoredRun,
        step: Step,
        store: UnattendedRepository,
        services: Services,
    ) -> None:
        self._runs = runs
        self._run = run
        self._step = step
        self._store = store
        self._services = services
        there = {(a.prompt, a.column) for a in store.answers(run.id) if a.finish_reason != FinishReason.ERROR}
        self._missing = [
            (prompt, column)
            for column in range(len(run.columns))
            for prompt in range(len(run.prompts))
            if (prompt, column) not in there
        ]
        self._done = len(there)
        self._lock = threading.Lock()

    def answer(self, planner: Planner, options: Callable[[Column], LoadOptions]) -> None:
        """All that is missing: model after model, in each of them several prompts at once.

        Raises:
            Cancelled: It was stopped.
        """
        run = self._run
        self._step.expect(len(run.prompts) * len(run.columns))
        self._step.progress(self._done)
        problems = planner.plan(run.columns, parallel=1).problems
        groups: dict[str, dict[LoadOptions, list[tuple[int, int]]]] = {}
        for prompt, column in self._missing:
            self._step.check()
            if problems[column]:
                self.keep(prompt, column, _failed(problems[column]))
                continue
            model = self._services.engines.find(run.columns[column].model_id)
            contexts = groups.setdefault(model.address, {})
            contexts.setdefault(batch_options(options(run.columns[column])), []).append((prompt, column))
        # The same file is opened once, also where its columns want other contexts.
        for places in (places for contexts in groups.values() for places in contexts.values()):
            self._step.check()
            speakers = [self._speaker(*place, options) for place in places]
            asked = sorted({column for _, column in places})
            at_once = planner.at_once([run.columns[n] for n in asked], min(AT_ONCE, len(speakers)))
            self._runs.batch(run.id, asked, at_once)
            self._step.say(tr("Asking {model}", model=speakers[0].seat.model.name))
            Panel(self._services, (speakers,), at_once=at_once).run(self._step.stop)

    def _speaker(self, prompt: int, column: int, options: Callable[[Column], LoadOptions]) -> Speaker:
        run = self._run
        chosen = run.columns[column]
        model = self._services.engines.find(chosen.model_id)
        turns = turns_of(run.columns, column, (), run.prompts[prompt])
        sampling = sampling_of(run.columns, column, model, run.id * 1_000_003 + prompt)
        seat = Seat(model, options(chosen), turns, sampling, chosen.system_prompt)
        return Speaker(seat, _Listener(self, prompt, column))

    def keep(self, prompt: int, column: int, end: AnswerEnd) -> None:
        """Save an answer. What was stopped is not one: it is asked again."""
        if end.state is MessageState.STOPPED:
            return
        self._store.save(
            self._run.id,
            RunAnswer(
                prompt=prompt,
                column=column,
                text=end.text,
                finish_reason=end.finish_reason,
                timings=end.timings,
                seconds=end.seconds,
                peak_memory=end.peak_memory,
                error_title=end.error_title,
                error_hint=end.error_hint,
                reasoning=end.reasoning,
                card=end.card,
            ),
        )
        with self._lock:
            self._done += 1
            done = self._done
        if not self._step.stop.is_set():
            self._step.progress(done)
        self._runs.saved(self._run.id)


class _Listener:
    """Hears one speaker for a run."""

    def __init__(self, answering: _Answering, prompt: int, column: int) -> None:
        self._answering = answering
        self._prompt = prompt
        self._column = column

    def delta(self, delta: Delta) -> None:
        """Nobody watches."""

    def checkpoint(self, text: str, reasoning: str) -> None:
        """Answers are saved as a whole."""

    def ended(self, end: AnswerEnd) -> None:
        self._answering.keep(self._prompt, self._column, end)

    def lost(self, end: AnswerEnd, error: AppError) -> None:
        """It is asked again when the run is resumed."""


def _failed(problem: str) -> AnswerEnd:
    return AnswerEnd(MessageState.FAILED, finish_reason=FinishReason.ERROR, error_title=problem)


def _unnamed(column: Column) -> Column:
    """A column without its label, which changes nothing in its answers."""
    return dataclasses.replace(column, label="")
