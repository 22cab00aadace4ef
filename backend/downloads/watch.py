"""How often and with which speed the progress of a job is shown."""

from __future__ import annotations

import time
from dataclasses import dataclass

from backend.downloads.meter import Meter
from backend.downloads.target import Progress

_EVENT_EVERY = 0.1
_SAVE_EVERY = 5.0
_SPEED_WINDOW = 5.0


@dataclass(frozen=True, slots=True)
class Shown:
    """Bytes per second, seconds left (None where unknown), and whether the row is due to be saved."""

    speed: float
    eta: float | None
    save: bool


class Watch:
    """Thins the stream of progress of one job of `total` bytes to ten a second."""

    def __init__(self, total: int) -> None:
        self._total = total
        now = time.monotonic()
        self._meter = Meter(_SPEED_WINDOW, now)
        self._told = now - _EVENT_EVERY
        self._saved = now
        self._last: Progress | None = None

    def see(self, progress: Progress, now: float) -> Shown | None:
        """What to show for `progress` at `now`, or None if it is too soon and nothing but bytes changed."""
        last, self._last = self._last, progress
        if last is not None and progress.done > last.done:
            self._meter.add(progress.done - last.done, now)
        turned = last is None or _turn(last) != _turn(progress)
        if not turned and now - self._told < _EVENT_EVERY:
            return None
        self._told = now
        save = now - self._saved >= _SAVE_EVERY
        if save:
            self._saved = now
        speed = 0.0 if progress.verifying else self._meter.rate(now)
        left = self._total - progress.done
        return Shown(speed, left / speed if speed >= 1.0 and left else None, save)


def _turn(progress: Progress) -> tuple[bool, str, str]:
    """What is shown at once when it changes."""
    return progress.verifying, progress.note, progress.current
