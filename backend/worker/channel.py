"""The child's end of the protocol: the pipe to the parent, and the pulse that tells working from hanging."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from backend.workers.codec import FrameReader, ProtocolError, decode, encode
from backend.workers.protocol import (
    BEAT_S,
    Beat,
    Command,
    Message,
)

EXIT_PROTOCOL = 65
"""Exit code after a message from the parent that the protocol does not allow (EX_DATAERR)."""
EXIT_BUG = 70
"""Exit code after an exception nobody expected, on any thread (EX_SOFTWARE)."""
_READ = 65_536
_IDLE = Beat(0.0, 1e9)
_WAITING = 3.0
"""A thread that has no processor may take so many times as long as one that has."""


def die_with_threads() -> None:
    """From now on an exception that escapes from any thread ends the process, with its traceback on stderr.

    Half a worker would leave its parent waiting for answers that never come.
    """

    def die(arguments: threading.ExceptHookArgs) -> None:
        traceback.print_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
        sys.stderr.flush()
        os._exit(EXIT_BUG)

    threading.excepthook = die


class Channel:
    """Writes messages to the parent; safe from any thread."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = threading.Lock()

    def send(self, *messages: Message) -> None:
        """Write `messages` in one go. Exits the process when the parent is gone."""
        data = memoryview(b"".join([encode(message) for message in messages]))
        try:
            with self._lock:
                while data:
                    data = data[os.write(self._fd, data) :]
        except OSError:
            os._exit(0)


class Pulse:
    """How long the thread that owns it has been in its present step.

    A thread that computes, but gets little of a busy processor, does not hang: what counts is the time that
    it had, or a third of the time that passed, in case it waits for something that never comes.
    """

    def __init__(self) -> None:
        self._step: _Step | None = None

    @contextmanager
    def step(self, allowed_s: float) -> Iterator[None]:
        """Count the body as one step of at most `allowed_s` seconds between ticks."""
        self._step = _Step(allowed_s, _clock_of_this_thread())
        try:
            yield
        finally:
            self._step = None

    def tick(self) -> None:
        """Say that the present step made progress."""
        if (step := self._step) is not None:
            self._step = _Step(step.allowed_s, step.clock)

    def beat(self) -> Beat:
        step = self._step
        return _IDLE if step is None else Beat(step.busy_s, step.allowed_s)


class _Step:
    """One step of a thread, from now on. `clock` tells the seconds that the thread has had a processor."""

    def __init__(self, allowed_s: float, clock: Callable[[], float]) -> None:
        self.allowed_s = allowed_s
        self.clock = clock
        self._began = time.monotonic()
        self._computed = clock()

    @property
    def busy_s(self) -> float:
        passed = time.monotonic() - self._began
        return max(min(passed, self.clock() - self._computed), passed / _WAITING)


def _clock_of_this_thread() -> Callable[[], float]:
    """Seconds that the calling thread has had a processor, for any thread to ask; where the system does not
    tell them, those of the process."""
    if sys.platform != "linux":
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)


def start_heartbeat(channel: Channel, *pulses: Pulse) -> None:
    """Report once a second, for as long as the process lives, the pulse that is nearest to its limit."""

    def run() -> None:
        while True:
            beats = [pulse.beat() for pulse in pulses]
            channel.send(max(beats, key=lambda beat: beat.busy_s - beat.allowed_s))
            time.sleep(BEAT_S)

    threading.Thread(target=run, name="heartbeat", daemon=True).start()


def start_reader(fd: int, receive: Callable[[Command], None]) -> None:
    """Hand every message of the parent to `receive`, on a thread of its own.

    When the parent closes the pipe or dies, the process exits at once, whatever its other threads do: that is
    what keeps orphans from surviving the app, on every system. (Linux's parent-death signal would fire when
    the
    *thread* that spawned the worker ends, which is not what we mean.)
    """

    def run() -> None:
        frames = FrameReader()
        try:
            while data := os.read(fd, _READ):
                for line in frames.feed(data):
                    receive(decode(line))  # type: ignore[arg-type]  # a report here is refused by receive's match
        except ProtocolError as error:
            os.write(2, f"protocol error: {error}\n".encode())
            os._exit(EXIT_PROTOCOL)
        os._exit(0)

    threading.Thread(target=run, name="commands", daemon=True).start()
