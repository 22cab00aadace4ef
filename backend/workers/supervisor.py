"""Starts workers, counts how often they had to be restarted, and stops them all."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from backend.errors import AppError
from backend.i18n import tr
from backend.workers.client import WorkerClient
from backend.workers.environment import worker_command, worker_environment
from backend.workers.process import ExitReport

_HANDSHAKE_S = 20.0


class RestartBudget:
    """Allows `limit` restarts of the same thing within `window` seconds. Not thread-safe."""

    def __init__(
        self, limit: int = 3, window: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._window = window
        self._clock = clock
        self._crashed: set[str] = set()
        self._restarts: dict[str, deque[float]] = {}

    def crashed(self, key: str) -> None:
        self._crashed.add(key)

    def take(self, key: str) -> bool:
        """Whether `key` may start now. Only a start after a crash uses up the budget."""
        if key not in self._crashed:
            return True
        times = self._restarts.setdefault(key, deque())
        now = self._clock()
        while times and now - times[0] >= self._window:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(now)
        self._crashed.discard(key)
        return True


class Supervisor:
    """Owner of all worker processes of one engine. Thread-safe.

    Args:
        command: What ``--worker <kind>`` is appended to; this program itself when None.
    """

    def __init__(
        self, command: Sequence[str] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._command = tuple(command) if command is not None else worker_command()
        self._lock = threading.Lock()
        self._budget = RestartBudget(clock=clock)
        self._why: dict[str, AppError] = {}
        self._clients: set[WorkerClient] = set()
        self._closed = False

    def start(
        self,
        kind: str,
        key: str,
        subject: str,
        on_exit: Callable[[ExitReport], None] = lambda _report: None,
    ) -> WorkerClient:
        """Start a worker and agree on the protocol.

        Args:
            key: What restarts are counted by; a model file for inference.
            subject: Name of the model for sentences.
            on_exit: Called on the reader thread when the process has ended, however it did.

        Raises:
            AppError: ``engine.failed`` after three restarts within a minute; or the process could not start.
        """
        with self._lock:
            if self._closed:
                raise AppError("engine.stopped", tr("The engine was stopped."))
            if not self._budget.take(key):
                raise self._refusal(key, subject)

        def exited(ended: WorkerClient, report: ExitReport) -> None:
            with self._lock:
                self._clients.discard(ended)
                if report.cause != "stopped":
                    self._budget.crashed(key)
                    self._why[key] = ended.explain(report)
            on_exit(report)

        command = (*self._command, "--worker", kind)
        try:
            client = WorkerClient(command, worker_environment(os.environ), subject, exited)
        except OSError as error:
            raise AppError(
                "engine.start", tr("The engine process could not be started."), "", str(error), retryable=True
            ) from error
        with self._lock:
            if client.process.alive:
                self._clients.add(client)
            closed = self._closed
        if closed:  # meanwhile
            client.process.stop(ask_s=0.0)
        client.handshake(_HANDSHAKE_S)
        return client

    def _refusal(self, key: str, subject: str) -> AppError:
        why = self._why.get(key)
        return AppError(
            "engine.failed",
            tr("The engine failed several times in a row with {model}.", model=subject),
            why.hint if why else "",
            f"{why.title}\n{why.detail}" if why else "",
        )

    def close(self) -> None:
        """Stop every worker, all at once, within about four seconds."""
        with self._lock:
            self._closed = True
            clients = tuple(self._clients)
        threads = [threading.Thread(target=client.process.stop, daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
