"""One worker process: its pipes, the threads that serve them, and the watch over its heartbeat."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backend.workers.codec import FrameReader, ProtocolError, decode, encode
from backend.workers.protocol import (
    SILENCE_S,
    Beat,
    Command,
    Report,
    Shutdown,
)

log = logging.getLogger(__name__)

Cause = Literal["exited", "stopped", "hung", "protocol"]
"""Why a process ended: by itself (crash included), because we asked, because it hung, or because it spoke
nonsense.
"""

_READ = 65_536
_STDERR_LINES = 200
_STDERR_LINE = 500
_WATCH_S = 0.5
_DYING_S = 5.0
"""What the system may take to clear a dead process away while it is busy; usually milliseconds."""


@dataclass(frozen=True, slots=True)
class ExitReport:
    """How a worker ended. `code` is negative for a signal; `log` holds its last lines on stderr."""

    cause: Cause
    code: int
    log: str
    reason: str = ""


class WorkerProcess:
    """A child process that speaks the protocol.

    `on_message` and `on_exit` are called on the reader thread; `on_exit` exactly once, after the last
    message. Everything else may be called from any thread and never blocks on the pipe.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_message: Callable[[Report], None],
        on_exit: Callable[[ExitReport], None],
    ) -> None:
        self._on_message = on_message
        self._on_exit = on_exit
        self._cause: Cause = "exited"
        self._reason = ""
        self._heard = time.monotonic()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES)
        self._gone = threading.Event()
        self._popen = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        name = f"worker-{self._popen.pid}"
        self._stderr_thread = self._thread(self._collect_stderr, f"{name}-stderr")
        self._threads = (
            self._stderr_thread,
            self._thread(self._write, f"{name}-writer"),
            self._thread(self._watch, f"{name}-watch"),
            self._thread(self._read, f"{name}-reader"),
        )

    @staticmethod
    def _thread(target: Callable[[], None], name: str) -> threading.Thread:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        return thread

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def alive(self) -> bool:
        return not self._gone.is_set()

    def send(self, message: Command) -> None:
        """Queue a message. Raises `ProtocolError` if it is too large; a dead process swallows it silently."""
        self._outbox.put(encode(message))

    def kill(self, cause: Cause = "stopped", reason: str = "") -> None:
        """End the process now. The first cause given is the one reported."""
        if self._cause == "exited":
            self._cause, self._reason = cause, reason
        with contextlib.suppress(OSError):
            self._popen.kill()

    def stop(self, ask_s: float = 1.5, terminate_s: float = 1.0) -> None:
        """Ask, then terminate, then kill; returns when the process is gone and its threads have ended."""
        if self._cause == "exited" and self.alive:
            self._cause = "stopped"
        self.send(Shutdown())
        self._outbox.put(None)
        if not self._gone.wait(ask_s):
            with contextlib.suppress(OSError):
                self._popen.terminate()
            if not self._gone.wait(terminate_s):
                self.kill()
                self._gone.wait(_DYING_S)
        self.join()

    def join(self, timeout: float = 1.0) -> None:
        """Wait for the threads of a process that is gone."""
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout)

    # Threads.

    def _read(self) -> None:
        assert self._popen.stdout
        frames = FrameReader()
        fd = self._popen.stdout.fileno()
        try:
            while data := os.read(fd, _READ):
                self._heard = time.monotonic()
                for line in frames.feed(data):
                    self._deliver(decode(line))
            if frames.incomplete and self._cause == "exited":
                log.warning("worker %d ended in the middle of a message", self.pid)
        except ProtocolError as error:
            self.kill("protocol", str(error))
        except OSError as error:
            self.kill("protocol", str(error))
        self._finish()

    def _deliver(self, message: object) -> None:
        if isinstance(message, Beat):
            if message.busy_s > message.allowed_s:
                self.kill("hung", f"no progress for {message.busy_s:.0f} s")
            return
        if not isinstance(message, Report):
            raise ProtocolError(f"a worker must not send {type(message).__name__}")
        try:
            self._on_message(message)
        except ProtocolError:
            raise
        except Exception:
            log.exception("handling %s of worker %d failed", type(message).__name__, self.pid)

    def _finish(self) -> None:
        try:
            code = self._popen.wait(timeout=_DYING_S)
        except subprocess.TimeoutExpired:  # it closed its pipe but lives on
            self.kill("protocol", "the worker closed its pipe")
            code = self._popen.wait()
        self._popen.stdout.close() if self._popen.stdout else None
        self._stderr_thread.join(0.3)  # its last words; a grandchild may hold the pipe open longer
        self._gone.set()
        self._outbox.put(None)
        self._on_exit(ExitReport(self._cause, code, "\n".join(self._stderr), self._reason))

    def _collect_stderr(self) -> None:
        assert self._popen.stderr
        pending = b""
        with self._popen.stderr as stream:
            while data := stream.read1(_READ):  # type: ignore[attr-defined]  # a BufferedReader
                *lines, pending = (pending + data).split(b"\n")
                pending = pending[-_STDERR_LINE:]
                for line in lines:
                    self._stderr.append(line[:_STDERR_LINE].decode("utf-8", "replace").rstrip())
        if pending:
            self._stderr.append(pending.decode("utf-8", "replace"))

    def _write(self) -> None:
        assert self._popen.stdin
        with contextlib.suppress(OSError, ValueError), self._popen.stdin as stream:
            while (data := self._outbox.get()) is not None:
                stream.write(data)
                stream.flush()

    def _watch(self) -> None:
        """Kill the process when nothing is heard of it. Time in which we ourselves were stopped does not
        count.
        """
        last = time.monotonic()
        while not self._gone.wait(_WATCH_S):
            now = time.monotonic()
            if now - last > 4 * _WATCH_S:
                self._heard = now
            last = now
            if now - self._heard > SILENCE_S:
                self.kill("hung", f"no sign of life for {now - self._heard:.0f} s")
                return
