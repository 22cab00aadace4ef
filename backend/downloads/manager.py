"""The download queue: what runs, what waits, and what survives a restart."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from backend.downloads import failures, jobs, queue, space
from backend.downloads.bandwidth import Bandwidth
from backend.downloads.limits import Limits
from backend.downloads.outbox import DownloadRows, Outbox
from backend.downloads.run import JobRun, VerifiedFiles, known_damage
from backend.downloads.stores import Stores
from backend.downloads.target import Progress
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.downloads.watch import Watch
from backend.downloads.wire import HubPort, NetworkPort
from backend.errors import AppError, Cancelled
from backend.events import Event, EventBus, JobChanged, JobRemoved, LibraryChanged, OfflineChanged
from backend.i18n import tr

log = logging.getLogger(__name__)

_ANSWER = 0.9
"""Seconds that pause and cancel wait for the connection to be let go."""


class _Worker:
    """The thread of a running job, how to stop it, and when it let go of everything."""

    def __init__(self, work: Callable[[_Worker], None]) -> None:
        self.stop = threading.Event()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=work, args=(self,), name="download", daemon=True)


class Downloads:
    """Jobs in the order of their creation, a few at once. Thread-safe.

    A job is identified by its repository, commit and file, so asking twice for the same file gives the same
    job. Rows that were active when the last run died, however it died, go on by themselves; paused ones stay
    paused.
    """

    def __init__(
        self,
        store: DownloadRows,
        network: NetworkPort,
        hub: HubPort,
        hub_cache: Path,
        bus: EventBus,
        *,
        models: VerifiedFiles,
        stores: Stores | None = None,
        at_once: int = 2,
        limits: Limits | None = None,
        bandwidth: int | None = None,
        disk_free: space.DiskFree = space.disk_free,
        go_on: bool = True,
    ) -> None:
        """Take up the queue that `store` remembers.

        Args:
            models: Remembers which files were verified.
            stores: Where files come from and go; without it, only from `hub` into `hub_cache`.
            at_once: Jobs that may run at the same time.
            bandwidth: Bytes per second that all jobs together may take; None for no limit.
            go_on: Whether jobs of an earlier run continue now; a command beside a running window says False.
        """
        self._network = network
        self._stores = stores or Stores(hub, hub_cache)
        self._models = models
        self._limits = limits or Limits()
        self._bandwidth = Bandwidth(bandwidth)
        self._disk_free = disk_free
        self._outbox = Outbox(store, bus)
        self._changed = threading.Condition(threading.RLock())
        self._at_once = at_once
        self._closing = False
        self._workers: dict[str, _Worker] = {}
        self._held: set[str] = set()
        """Queued jobs that wait until the app may go online."""
        self._jobs = {job.id: jobs.revived(job) for job in store.all()}
        self._left: set[str] = set() if go_on else set(self._jobs)
        """Queued jobs that are another process's business until somebody asks for them here."""
        self._unsubscribe = bus.subscribe(self._on_event)
        self._pump()

    # What people ask for

    def start(self, request: DownloadRequest) -> DownloadJob:
        """Queue `request` and return its job; a paused or failed job of the same file goes on instead.

        Raises:
            AppError: ``download.no_space``, ``download.bad_name``, ``download.no_digest``, ``download.kind``.
        """
        self._stores.check(request)
        job_id = jobs.job_id(request)
        with self._changed:
            job = self._jobs.get(job_id)
            self._left.discard(job_id)
            if job is None or not (job.state.active or self._still_done(job)):
                if job is None or job.state in (DownloadState.DONE, DownloadState.CANCELLED):
                    last = max((known.sequence for known in self._jobs.values()), default=0)
                    job = jobs.new_job(request, last + 1)
                self._check_space(job)
                self._queue(job)
        self._pump()
        return self._job(job_id)

    def pause(self, job_id: str) -> None:
        """Stop the job but keep what has arrived; it stays paused over restarts."""
        self._end(job_id, DownloadState.PAUSED)

    def cancel(self, job_id: str) -> None:
        """Stop the job and delete what has arrived of unfinished files."""
        self._end(job_id, DownloadState.CANCELLED)

    def resume(self, job_id: str) -> None:
        """Put a paused, failed or cancelled job back into the queue.

        Raises:
            AppError: ``download.no_space``.
        """
        with self._changed:
            job = self._job(job_id)
            if job.state.active or job.state is DownloadState.DONE:
                self._held.discard(job_id)
                self._left.discard(job_id)
            else:
                self._check_space(job)
                self._queue(job)
        self._pump()

    def retry(self, job_id: str) -> None:
        """Try a failed job again, from what has arrived."""
        self.resume(job_id)

    def pause_all(self) -> None:
        """Pause what runs and what waits; the waiting ones first, so that none of them takes a free place."""
        active = [job for job in self.jobs() if job.state.active]
        for job in sorted(active, key=lambda job: job.state is not DownloadState.QUEUED):
            self.pause(job.id)

    def resume_all(self) -> None:
        """Resume every paused job; one without space stays as it is, with the reason in its row."""
        for job in self.jobs():
            if job.state is DownloadState.PAUSED:
                try:
                    self.resume(job.id)
                except AppError as error:
                    with self._changed:
                        self._fail(job.id, error)
                    self._outbox.drain()

    def move(self, job_id: str, place: int) -> None:
        """Put a waiting job at `place` among the waiting ones; 0 is next. Kept over restarts."""
        with self._changed:
            for job in queue.moved(self._jobs.values(), job_id, place):
                self._put(job)
        self._outbox.drain()

    def clear_finished(self) -> None:
        """Take done and cancelled jobs off the list. Failed ones stay: they may hold part of a file."""
        with self._changed:
            for job in tuple(self._jobs.values()):
                if job.state in (DownloadState.DONE, DownloadState.CANCELLED) and job.id not in self._workers:
                    del self._jobs[job.id]
                    self._outbox.post(JobRemoved(job.id))
        self._outbox.drain()

    def jobs(self) -> tuple[DownloadJob, ...]:
        """All jobs in the order of the queue."""
        with self._changed:
            return queue.in_order(self._jobs.values())

    def wait(self, job_id: str, timeout: float | None = None) -> DownloadJob:
        """The job once it is done, failed, paused or cancelled, or as it is after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: not self._job(job_id).state.active and job_id not in self._workers, timeout
            )
            return self._job(job_id)

    def set_limit(self, at_once: int) -> None:
        """Let `at_once` jobs run at the same time from now on; running ones are not stopped."""
        with self._changed:
            self._at_once = max(1, at_once)
        self._pump()

    def set_bandwidth(self, bytes_per_second: int | None) -> None:
        """Let all jobs together take so much from now on; None lifts the limit."""
        self._bandwidth.set(bytes_per_second)

    def set_connections(self, count: int) -> None:
        """Let one file come over so many connections, from the next file on."""
        self._limits = replace(self._limits, connections=max(1, count))

    def close(self) -> None:
        """Stop everything within seconds; active jobs go on in the next run."""
        self._unsubscribe()
        with self._changed:
            self._closing = True
            workers = tuple(self._workers.values())
            for worker in workers:
                worker.stop.set()
        deadline = time.monotonic() + 4.0
        for worker in workers:
            worker.thread.join(max(0.0, deadline - time.monotonic()))
        self._outbox.drain()

    # The queue

    def _queue(self, job: DownloadJob) -> None:
        self._held.discard(job.id)
        self._left.discard(job.id)
        self._put(replace(jobs.queued(job), place_of=self._stores.destination(job.request).words))

    def _put(self, job: DownloadJob, *, save: bool = True) -> None:
        self._jobs[job.id] = job
        self._outbox.post(JobChanged(job), save=save)
        self._changed.notify_all()

    def _job(self, job_id: str) -> DownloadJob:
        try:
            return self._jobs[job_id]
        except KeyError:
            raise AppError("download.unknown", tr("This download is no longer in the list.")) from None

    def _still_done(self, job: DownloadJob) -> bool:
        """Whether the job ended well and nobody has deleted or damaged any of its files since."""
        if job.state is not DownloadState.DONE or known_damage(self._models, job):
            return False
        return self._stores.complete(job.request)

    def _check_space(self, job: DownloadJob, *, running: bool = False) -> None:
        """Raise unless `job` fits beside what other active (or only the running) jobs will still write."""
        destination = self._stores.destination(job.request)
        others = [
            other
            for other in self._jobs.values()
            if other.id != job.id and (other.id in self._workers if running else other.state.active)
        ]
        planned = sum(
            other.total - other.done
            for other in others
            if space.same_disk(self._stores.root(other.request), destination.root)
        )
        space.check(destination, job, planned, self._disk_free)

    def _end(self, job_id: str, state: DownloadState) -> None:
        with self._changed:
            job = self._job(job_id)
            if job.state in (state, DownloadState.DONE) or (
                state is DownloadState.PAUSED and not job.state.active
            ):
                return
            cancelled = state is DownloadState.CANCELLED
            job = jobs.cancelled(job) if cancelled else jobs.paused(job)
            self._put(job)
            worker = self._workers.get(job_id)
            if worker is not None:
                worker.stop.set()
        self._outbox.drain()
        if worker is not None:
            worker.ended.wait(_ANSWER)
        elif cancelled:
            self._forget(job)

    def _pump(self) -> None:
        """Start waiting jobs while there are free places."""
        with self._changed:
            waiting = self._held | self._left | self._workers.keys()
            for job in queue.in_order(self._jobs.values()):
                if self._closing or len(self._workers) >= self._at_once:
                    break
                if job.state is DownloadState.QUEUED and job.id not in waiting:
                    worker = _Worker(partial(self._work, job.id))
                    self._workers[job.id] = worker
                    self._put(replace(job, state=DownloadState.RUNNING, note=""), save=False)
                    worker.thread.start()
        self._outbox.drain()

    # One job

    def _work(self, job_id: str, worker: _Worker) -> None:
        try:
            path = self._run(job_id, worker)
        except Cancelled:
            self._stopped(job_id)
        except AppError as error:
            with self._changed:
                if error.code == "net.offline" and self._jobs[job_id].state.active:
                    self._hold(job_id)
                else:
                    self._fail(job_id, error)
        except Exception as error:
            log.exception("a download ended by a bug")
            with self._changed:
                self._fail(job_id, failures.unexpected(self._jobs[job_id].name, error))
        else:
            self._done(job_id, path)
        with self._changed:
            del self._workers[job_id]
            worker.ended.set()
            self._changed.notify_all()
        self._pump()

    def _run(self, job_id: str, worker: _Worker) -> Path:
        with self._changed:
            job = self._jobs[job_id]
        run = JobRun(
            job,
            self._stores,
            self._network,
            self._models,
            self._limits,
            self._bandwidth,
            partial(self._progress, job_id, Watch(job.total)),
            worker.stop,
        )
        if (daemon := self._stores.daemon(job.request)) is not None:
            return run.through_daemon(daemon)
        with self._changed:
            self._check_space(job, running=True)
        return run.fetch(self._stores.destination(job.request))

    def _progress(self, job_id: str, watch: Watch, progress: Progress) -> None:
        shown = watch.see(progress, time.monotonic())
        if shown is None:
            return
        with self._changed:
            job = self._jobs[job_id]
            if not job.state.active:
                return
            row = replace(
                job,
                state=DownloadState.VERIFYING if progress.verifying else DownloadState.RUNNING,
                done=progress.done,
                speed=shown.speed,
                eta=shown.eta,
                note=progress.note,
                ranges=progress.ranges,
                connections=progress.connections,
                current=progress.current,
                place_of=progress.place_of,
            )
            self._put(row, save=shown.save)
        self._outbox.drain()

    def _stopped(self, job_id: str) -> None:
        """After a stop: what the person wished is in the row already."""
        with self._changed:
            job = self._jobs[job_id]
            if job.state.active:  # the app closes
                self._put(jobs.queued(job))
        if job.state is DownloadState.CANCELLED:
            self._forget(job)

    def _hold(self, job_id: str) -> None:
        self._held.add(job_id)
        note = tr("waiting until Orangery may go online")
        self._put(jobs.queued(self._jobs[job_id], note))

    def _fail(self, job_id: str, error: AppError) -> None:
        job = self._jobs[job_id]
        if job.state in (DownloadState.PAUSED, DownloadState.CANCELLED):  # the person was quicker
            return
        self._put(jobs.failed(job, error))

    def _done(self, job_id: str, path: Path) -> None:
        with self._changed:
            self._put(jobs.done(self._jobs[job_id], path))
            self._outbox.post(LibraryChanged())
        self._outbox.drain()

    def _forget(self, job: DownloadJob) -> None:
        destination = self._stores.destination(job.request)
        for file in job.request.files:
            destination.place(file).forget()

    def _on_event(self, event: Event) -> None:
        # Going offline breaks running transfers by itself; they come back as held.
        if isinstance(event, OfflineChanged) and not event.offline:
            with self._changed:
                self._held.clear()
            threading.Thread(target=self._pump, name="download-pump", daemon=True).start()
