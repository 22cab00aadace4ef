"""Runs blocking work outside of the GUI thread and brings its result, or its error, back to it."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from shiboken6 import isValid

from backend.errors import AppError, Cancelled

log = logging.getLogger(__name__)

T = TypeVar("T")

MAX_THREADS = 12
IDLE_SECONDS = 5.0


class Task:
    """Handle of one piece of work."""

    __slots__ = ("_cancelled", "_done", "_failed", "_owner", "_work", "error", "result")

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[AppError], object] | None,
        owner: QObject,
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._owner = owner
        self._cancelled = False
        self.result: Any = None
        self.error: BaseException | None = None

    def cancel(self) -> None:
        """Forget the result. Work that has not begun is skipped; work that runs goes on unseen."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def _run(self) -> None:
        """In a pool thread."""
        if self._cancelled:
            return
        try:
            self.result = self._work()
        except BaseException as error:
            self.error = error

    def _deliver(self) -> None:
        """In the GUI thread."""
        if self._cancelled or not isValid(self._owner):
            return
        error = self.error
        if error is None:
            if self._done is not None:
                self._done(self.result)
        elif isinstance(error, AppError):
            if self._failed is not None:
                self._failed(error)
            else:
                log.error("%s: %s %s", error.code, error, error.detail)
        elif not isinstance(error, Cancelled):
            # A bug. The application's exception hook shows it with a traceback that can be copied.
            raise error


class _Pool(QObject):
    """Daemon threads that end when idle, so that a hanging request can never keep the program from
    quitting."""

    _finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Condition()
        self._queue: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads = 0
        self._idle = 0
        self._busy = 0
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def submit(self, task: Task) -> None:
        with self._lock:
            self._busy += 1
            if self._idle < self._busy and self._threads < MAX_THREADS:
                self._threads += 1
                threading.Thread(target=self._loop, name=f"ui-task-{self._threads}", daemon=True).start()
            # With the lock held, so that a thread that was counted on does not end of idleness before.
            self._queue.put(task)

    def wait(self, timeout: float) -> bool:
        """Wait until no work is left; False if `timeout` seconds were not enough."""
        with self._lock:
            return self._lock.wait_for(lambda: self._busy == 0, timeout)

    def stop(self, timeout: float) -> None:
        """End idle threads now."""
        with self._lock:
            for _ in range(self._threads):
                self._queue.put(None)
            deadline = time.monotonic() + timeout
            while self._threads and self._lock.wait(max(deadline - time.monotonic(), 0.0)):
                pass

    def _loop(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            asked_to_end = False
            try:
                task = self._queue.get(timeout=IDLE_SECONDS)
                asked_to_end = task is None
            except queue.Empty:
                task = None
            with self._lock:
                self._idle -= 1
                if asked_to_end or (task is None and self._queue.empty()):
                    self._threads -= 1
                    self._lock.notify_all()
                    return
            if task is None:
                continue
            task._run()
            # First the result is on its way, then the pool counts as idle: who waits for that finds it
            # posted.
            if isValid(self):
                self._finished.emit(task)
            with self._lock:
                self._busy -= 1
                self._lock.notify_all()

    @staticmethod
    def _on_finished(task: Task) -> None:
        task._deliver()


_pool: _Pool | None = None


def _the_pool() -> _Pool:
    global _pool
    if _pool is None or not isValid(_pool):
        _pool = _Pool()
        app = QCoreApplication.instance()
        if app is not None:
            _pool.moveToThread(app.thread())
    return _pool


def run(
    work: Callable[[], T],
    done: Callable[[T], object] | None = None,
    failed: Callable[[AppError], object] | None = None,
    *,
    owner: QObject,
) -> Task:
    """Run `work` in a pool thread, then call `done` with its result or `failed` with its `AppError`.

    Both are called on the GUI thread, and neither when the task was cancelled, when `owner` was deleted
    meanwhile, or when the work ended as `Cancelled`. Any other exception is a bug and goes to the
    application's crash dialog.

    Args:
        work: Blocking function without arguments. It must not touch widgets.
        owner: The object that wants the result, usually a page or presenter.
    """
    task = Task(work, done, failed, owner)
    _the_pool().submit(task)
    return task


def wait_idle(timeout: float = 5.0) -> bool:
    """Wait until all work has run and its results are posted to the GUI thread. For shutdown and tests."""
    return _pool is None or _pool.wait(timeout)


def stop(timeout: float = 2.0) -> None:
    """End the idle pool threads. Work that hangs is left behind; its thread dies with the process."""
    if _pool is not None:
        _pool.stop(timeout)
