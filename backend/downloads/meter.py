"""Bytes over a moving window of time."""

from __future__ import annotations

from collections import deque


class Meter:
    """Speed over the last `window` seconds. Times are monotonic seconds, given by the caller."""

    def __init__(self, window: float, start: float) -> None:
        self._window = window
        self._step = window / 50
        self._start = start
        self._samples: deque[tuple[float, int]] = deque()
        self._sum = 0

    def add(self, count: int, now: float) -> None:
        """Count `count` bytes at `now`; close neighbours are kept as one sample."""
        if self._samples and now - self._samples[-1][0] < self._step:
            last, before = self._samples.pop()
            self._samples.append((last, before + count))
        else:
            self._samples.append((now, count))
        self._sum += count

    def sum(self, now: float) -> int:
        """Bytes in the window that ends at `now`."""
        while self._samples and self._samples[0][0] <= now - self._window:
            self._sum -= self._samples.popleft()[1]
        return self._sum

    def rate(self, now: float) -> float:
        """Bytes per second; over the time since the start while that is shorter than the window."""
        return self.sum(now) / max(min(now - self._start, self._window), 0.2)

    def full(self, now: float) -> bool:
        """Whether a whole window has gone by."""
        return now - self._start >= self._window
