"""Noticing that the computer slept: connections from before are dead, though nobody has said so."""

from __future__ import annotations

import time
from collections.abc import Callable

_SLEPT = 5.0


def _awake_or_not() -> float:
    """Seconds that also go on during sleep; where the system counts them, nobody can set them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if clock is None else time.clock_gettime(clock)


class SleepWatch:
    """Compares a clock that stops during sleep with one that does not.

    On systems whose monotonic clock goes on during sleep, a long time between two looks tells the same.
    """

    def __init__(
        self,
        awake: Callable[[], float] = time.monotonic,
        always: Callable[[], float] = _awake_or_not,
        *,
        longest_look: float = 20.0,
    ) -> None:
        self._awake = awake
        self._always = always
        self._longest = longest_look
        self._last = awake(), always()

    def slept(self) -> bool:
        """Whether the computer slept since the last call. A clock that was set back is no sleep."""
        before, self._last = self._last, (self._awake(), self._always())
        awake, always = (now - then for now, then in zip(self._last, before, strict=True))
        return always - awake > _SLEPT or awake > self._longest
