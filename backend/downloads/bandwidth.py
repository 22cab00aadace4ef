"""One limit on the bytes per second of all transfers together, shared fairly between jobs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_BURST_S = 0.2
_LOOK_S = 0.1
_LEAST_SLICE = 1024
_LARGEST_SLICE = 16 << 10


class Bucket:
    """The arithmetic: tokens that come at `rate`, and whose turn it is. Not thread-safe; times are given.

    A job that was served pays with virtual time, and the one that has paid least is next, so that a job with
    four connections gets no more than one with a single connection.
    """

    def __init__(self, rate: int, now: float) -> None:
        self._rate = rate
        self._tokens = 0.0
        self._last = now
        self._paid: dict[str, float] = {}
        self._waiting: dict[str, int] = {}

    def set_rate(self, rate: int, now: float) -> None:
        self._refill(now)
        self._rate = rate
        self._tokens = max(-rate * _BURST_S, min(self._tokens, rate * _BURST_S))

    def enter(self, job: str) -> None:
        """`job` begins to wait."""
        if job not in self._waiting:
            least = min((self._paid[other] for other in self._waiting), default=None)
            if least is None:
                self._paid.clear()
                least = 0.0
            self._paid[job] = max(self._paid.get(job, 0.0), least)
        self._waiting[job] = self._waiting.get(job, 0) + 1

    def leave(self, job: str) -> None:
        """One who waited for `job` waits no longer."""
        self._waiting[job] -= 1
        if not self._waiting[job]:
            del self._waiting[job]

    def ask(self, job: str, count: int, now: float) -> float:
        """0 if `job` may have `count` bytes now, which are then paid for; else seconds until it pays to ask
        again."""
        self._refill(now)
        if self._tokens <= 0:
            return -self._tokens / self._rate + 0.001
        if min(self._waiting, key=lambda other: self._paid[other]) != job:
            return _LOOK_S  # the other one is about to be served, and says so
        self._tokens -= count
        self._paid[job] += count
        return 0.0

    def _refill(self, now: float) -> None:
        passed = max(0.0, now - self._last)
        self._last = now
        self._tokens = min(self._tokens + passed * self._rate, self._rate * _BURST_S)


class Bandwidth:
    """The limit that connections obey. Thread-safe."""

    def __init__(self, bytes_per_second: int | None = None) -> None:
        self._changed = threading.Condition()
        self._rate = bytes_per_second
        self._bucket = Bucket(bytes_per_second or 1, time.monotonic())

    @property
    def rate(self) -> int | None:
        """Bytes per second, or None for no limit."""
        return self._rate

    @property
    def slice(self) -> int | None:
        """Bytes that should be asked for at once; None where there is no limit."""
        rate = self._rate
        return None if rate is None else max(_LEAST_SLICE, min(_LARGEST_SLICE, rate // 20))

    def set(self, bytes_per_second: int | None) -> None:
        """Change the limit, from the next slice on."""
        with self._changed:
            if bytes_per_second is not None:
                self._bucket.set_rate(max(1, bytes_per_second), time.monotonic())
            self._rate = None if bytes_per_second is None else max(1, bytes_per_second)
            self._changed.notify_all()

    def take(self, job: str, count: int, stopped: Callable[[], bool]) -> bool:
        """Wait until `count` more bytes of `job` are within the limit; False once `stopped` says so."""
        if self._rate is None:
            return True
        with self._changed:
            self._bucket.enter(job)
            try:
                while self._rate is not None:
                    if stopped():
                        return False
                    wait = self._bucket.ask(job, count, time.monotonic())
                    if wait == 0.0:
                        return True
                    self._changed.wait(min(wait, _LOOK_S))
                return True
            finally:
                self._bucket.leave(job)
                self._changed.notify_all()
