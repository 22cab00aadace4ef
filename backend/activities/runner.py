"""Runs long local work one piece after the other in each lane, and tells of its progress.

One at a time, because such work is bound by the disk or by the processor: two side by side would only make
both slower. What reads the disk and what computes do not disturb each other much, so each has a lane.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from backend.activities.types import Activity, ActivityKind, ActivityState, Lane, Unit
from backend.downloads.meter import Meter
from backend.errors import AppError, Cancelled
from backend.events import ActivityChanged, ActivityRemoved, Event, EventBus
from backend.i18n import tr

log = logging.getLogger(__name__)

_EVERY_S = 0.1
_WINDOW_S = 5.0
_CLOSING_S = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of it: one line, and what *Show* reveals."""

    note: str = ""
    path: Path | None = None


class Step:
    """The work's side: it tells how far it is, and hears that it should stop."""

    def __init__(self, stop: threading.Event, tell: Callable[[int, int, str], None]) -> None:
        self.stop = stop
        """Set once the work should end; for calls that wait on an event."""
        self._tell = tell
        self._total = 0
        self._done = 0
        self._note = ""

    def check(self) -> None:
        """Raises:
        Cancelled: The person, or the end of the app, stopped it."""
        if self.stop.is_set():
            raise Cancelled

    def expect(self, total: int) -> None:
        """There will be `total` bytes (or what the activity counts) to work through."""
        self._total = total
        self._tell(self._done, self._total, self._note)

    def advance(self, count: int) -> None:
        """`count` more of them are done.

        Raises:
            Cancelled: It was stopped.
        """
        self.progress(self._done + count)

    def progress(self, done: int, note: str | None = None) -> None:
        """`done` of them are done altogether; a `note` other than None replaces the last one.

        Raises:
            Cancelled: It was stopped.
        """
        self.check()
        self._done = done
        self._note = self._note if note is None else note
        self._tell(self._done, self._total, self._note)

    def say(self, note: str) -> None:
        """One line about what is going on."""
        self._note = note
        self._tell(self._done, self._total, self._note)


Work = Callable[[Step], Outcome]


class _Job:
    def __init__(self, row: Activity, work: Work) -> None:
        self.row = row
        self.work = work
        self.stop = threading.Event()


class Activities:
    """The pieces of work of this run. Thread-safe; events leave outside of any lock, in order."""

    def __init__(self, bus: EventBus, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._bus = bus
        self._clock = clock
        self._jobs: dict[str, _Job] = {}
        self._queues: dict[Lane, deque[_Job]] = {"disk": deque(), "engine": deque()}
        self._changed = threading.Condition()
        self._pending: deque[Event] = deque()
        self._delivering = threading.Lock()
        self._threads: dict[Lane, threading.Thread] = {}
        self._closing = False

    def rows(self) -> tuple[Activity, ...]:
        """In the order in which they were started."""
        with self._changed:
            return tuple(job.row for job in self._jobs.values())

    def start(
        self,
        kind: ActivityKind,
        name: str,
        work: Work,
        *,
        label: str = "",
        total: int = 0,
        model_id: str = "",
        unit: Unit = "bytes",
    ) -> str:
        """Queue `work` in the lane of its kind and return the id of its row.

        Args:
            total: How much there is to do, in `unit`; 0 where that is not known yet.

        Raises:
            AppError: ``activity.closing``.
        """
        row = Activity(
            uuid.uuid4().hex,
            kind,
            name,
            label,
            total=total,
            created=time.time(),
            model_id=model_id,
            unit=unit,
        )
        job = _Job(row, work)
        with self._changed:
            self._accept(job)
            self._jobs[row.id] = job
            self._post(job)
        self._deliver()
        return row.id

    def cancel(self, activity_id: str) -> None:
        """Stop it within a second. What has ended stays as it is."""
        with self._changed:
            job = self._jobs.get(activity_id)
            if job is None or not job.row.state.active:
                return
            job.stop.set()
            queue = self._queues[job.row.kind.lane]
            if job in queue:
                queue.remove(job)
                self._end(job, ActivityState.CANCELLED)
        self._deliver()

    def retry(self, activity_id: str) -> None:
        """Queue it once more, if it failed or was cancelled."""
        with self._changed:
            job = self._jobs.get(activity_id)
            if job is None or job.row.state not in (ActivityState.FAILED, ActivityState.CANCELLED):
                return
            old = job.row
            row = Activity(
                old.id,
                old.kind,
                old.name,
                old.label,
                total=old.total,
                created=old.created,
                model_id=old.model_id,
                unit=old.unit,
            )
            again = _Job(row, job.work)
            self._accept(again)
            self._jobs[row.id] = again
            self._post(again)
        self._deliver()

    def remove(self, activity_id: str) -> None:
        """Forget the row of one that has ended."""
        with self._changed:
            job = self._jobs.get(activity_id)
            if job is None or job.row.state.active:
                return
            del self._jobs[activity_id]
            self._pending.append(ActivityRemoved(activity_id))
        self._deliver()

    def clear_finished(self) -> None:
        """Forget the rows of what has ended."""
        with self._changed:
            for row_id in [key for key, job in self._jobs.items() if not job.row.state.active]:
                del self._jobs[row_id]
                self._pending.append(ActivityRemoved(row_id))
        self._deliver()

    def wait(self, activity_id: str, timeout: float | None = None) -> Activity:
        """The row once it has ended, or as it is after `timeout` seconds.

        Raises:
            KeyError: There is no such row.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: activity_id not in self._jobs or not self._jobs[activity_id].row.state.active, timeout
            )
            return self._jobs[activity_id].row

    def close(self) -> None:
        """Cancel everything and wait for its end, but not for long."""
        with self._changed:
            self._closing = True
            ids = [job.row.id for job in self._jobs.values() if job.row.state.active]
            self._changed.notify_all()
        for activity_id in ids:
            self.cancel(activity_id)
        with self._changed:
            threads = tuple(self._threads.values())
        deadline = time.monotonic() + _CLOSING_S
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    # With the lock held

    def _accept(self, job: _Job) -> None:
        if self._closing:
            raise AppError("activity.closing", tr("Orangery is closing; nothing more is started."))
        lane = job.row.kind.lane
        self._queues[lane].append(job)
        if lane not in self._threads:
            thread = threading.Thread(
                target=self._run, args=(self._queues[lane],), name=f"activities-{lane}", daemon=True
            )
            self._threads[lane] = thread
            thread.start()

    def _post(self, job: _Job) -> None:
        self._pending.append(ActivityChanged(job.row))
        self._changed.notify_all()

    def _end(self, job: _Job, state: ActivityState, **changes: str | None) -> None:
        job.row = replace(
            job.row,
            state=state,
            speed=0.0,
            eta=None,
            finished=time.time(),
            note=changes.pop("note", None) or "",
            **changes,  # type: ignore[arg-type]
        )
        self._post(job)

    # Without

    def _deliver(self) -> None:
        """Whoever delivers also delivers what others post meanwhile, so nobody waits and order is kept."""
        while self._pending and self._delivering.acquire(blocking=False):
            try:
                with contextlib.suppress(IndexError):
                    while True:
                        self._bus.publish(self._pending.popleft())
            finally:
                self._delivering.release()

    def _run(self, queue: deque[_Job]) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: queue or self._closing)
                if not queue:
                    return
                job = queue.popleft()
                job.row = replace(job.row, state=ActivityState.RUNNING)
                self._post(job)
            self._deliver()
            self._work(job)
            self._deliver()

    def _work(self, job: _Job) -> None:
        teller = _Teller(self, job, self._clock)
        try:
            outcome = job.work(Step(job.stop, teller))
        except Cancelled:
            state, changes = ActivityState.CANCELLED, {}
        except AppError as error:
            state, changes = ActivityState.FAILED, _told(error)
        except Exception as error:
            log.exception("an activity ended with a bug")
            title = tr("This ended because of a fault in Orangery.")
            state = ActivityState.FAILED
            changes = _told(AppError("activity.bug", title, "", f"{type(error).__name__}: {error}"))
        else:
            state = ActivityState.DONE
            changes = {"note": outcome.note, "path": str(outcome.path) if outcome.path else None}
        with self._changed:
            if state is ActivityState.DONE and job.row.total:
                job.row = replace(job.row, done=job.row.total)
            self._end(job, state, **changes)

    def _progress(self, job: _Job, done: int, total: int, note: str, rate: float) -> None:
        with self._changed:
            eta = (total - done) / rate if rate > 0 and total > done else None
            job.row = replace(
                job.row, done=done, total=total or job.row.total, note=note, speed=rate, eta=eta
            )
            self._post(job)
        self._deliver()


class _Teller:
    """Lets at most ten reports a second through."""

    def __init__(self, owner: Activities, job: _Job, clock: Callable[[], float]) -> None:
        self._owner = owner
        self._job = job
        self._clock = clock
        self._meter = Meter(_WINDOW_S, clock())
        self._last = clock() - _EVERY_S
        self._before = 0

    def __call__(self, done: int, total: int, note: str) -> None:
        moment = self._clock()
        if done < self._before:  # another stage begins, and counts anew
            self._meter = Meter(_WINDOW_S, moment)
        self._meter.add(max(0, done - self._before), moment)
        self._before = done
        # A total or a note that comes too early is told with the next report.
        if moment - self._last < _EVERY_S:
            return
        self._last = moment
        self._owner._progress(self._job, done, total, note, self._meter.rate(moment))


def _told(error: AppError) -> dict[str, str | None]:
    return {
        "error_code": error.code,
        "error_title": error.title,
        "error_hint": error.hint,
        "error_detail": error.detail,
    }
