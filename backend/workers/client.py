"""Requests to one worker process: each gets a number, and its replies come back to whoever asked."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Mapping, Sequence

from backend.errors import AppError, Cancelled
from backend.workers.codec import ProtocolError
from backend.workers.outcome import explain_exit, explain_failure
from backend.workers.process import ExitReport, WorkerProcess
from backend.workers.protocol import (
    VERSION,
    Beat,
    Command,
    Failed,
    Hello,
    Progress,
    Ready,
    Report,
)

_POLL_S = 0.1

Reply = Report | ExitReport
Handler = Callable[[Reply], bool]
"""Takes a reply to one request; returns True when no more are expected. An `ExitReport` is always the
last.
"""


class WorkerClient:
    """A worker process with numbered requests. `subject` names the model in sentences. Thread-safe.

    `on_exit` is called once, on the reader thread, after all pending requests were told.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        subject: str,
        on_exit: Callable[[WorkerClient, ExitReport], None] = lambda _client, _report: None,
    ) -> None:
        self.subject = subject
        self.loading = True
        self._numbers = itertools.count(1)
        self._pending: dict[int, Handler] = {}
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._exit: ExitReport | None = None
        self._on_exit = on_exit
        self.engine = ""
        self.process = WorkerProcess(command, environment, self._receive, self._exited)

    def handshake(self, timeout: float) -> None:
        """Agree on the protocol. Raises `AppError` when the process dies or does not answer in time."""
        self.process.send(Hello(VERSION))
        if not self._ready.wait(timeout):
            self.process.kill("hung", "no answer to the greeting")
            self._ready.wait(2.0)
        if self._exit is not None:
            raise self.explain(self._exit)

    def start(self, build: Callable[[int], Command], handler: Handler) -> int:
        """Send a request and return its number. Raises `ProtocolError` if the message is too large.

        If the process is dead, `handler` is called with its `ExitReport` before this returns.
        """
        number = next(self._numbers)
        message = build(number)
        with self._lock:
            gone = self._exit
            if gone is None:
                self._pending[number] = handler
        if gone is not None:
            handler(gone)
            return number
        try:
            self.process.send(message)
        except ProtocolError:
            with self._lock:
                self._pending.pop(number, None)
            raise
        return number

    def call(
        self,
        build: Callable[[int], Command],
        *,
        timeout: float | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> Report:
        """Send a request and wait for its reply.

        Raises:
            AppError: The worker refused, died, or was killed because `timeout` seconds passed.
            Cancelled: `cancel` was set; the worker is killed, as it may be deep in native code.
        """
        replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()

        def handle(reply: Reply) -> bool:
            replies.put(reply)
            return not isinstance(reply, Progress)

        self.start(build, handle)
        waited = 0.0
        while True:
            if cancel is not None and cancel.is_set():
                self.process.kill()
                raise Cancelled
            try:
                reply = replies.get(timeout=_POLL_S)
            except queue.Empty:
                waited += _POLL_S
                if timeout is not None and waited > timeout:
                    self.process.kill("hung", f"no reply within {timeout:.0f} s")
                    timeout = None
                continue
            match reply:
                case Progress():
                    if on_progress is not None:
                        on_progress(reply)
                case Failed(failure=failure):
                    raise explain_failure(failure, self.subject)
                case ExitReport():
                    raise self.explain(reply)
                case _:
                    return reply

    def explain(self, report: ExitReport) -> AppError:
        """The sentence for how this worker ended."""
        return explain_exit(report, self.subject, loading=self.loading)

    def _receive(self, message: Report) -> None:
        if isinstance(message, Ready):
            if message.protocol != VERSION:
                raise ProtocolError(f"the worker speaks protocol {message.protocol}")
            self.engine = message.engine
            self._ready.set()
            return
        if isinstance(message, Beat):
            return
        with self._lock:
            handler = self._pending.get(message.request)
        if handler is not None and handler(message):
            with self._lock:
                self._pending.pop(message.request, None)

    def _exited(self, report: ExitReport) -> None:
        with self._lock:
            self._exit = report
            handlers = list(self._pending.values())
            self._pending.clear()
        self._ready.set()
        for handler in handlers:
            handler(report)
        self._on_exit(self, report)
