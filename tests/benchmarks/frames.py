"""What scrolling costs, frame by frame, in processor time of the GUI thread and by the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent

FRAME = 1 / 60


class Frames:
    """Steps of scrolling and the turns of the event loop between them; each is measured by itself.

    A frame is the step with the painting it causes. What is prepared between frames delays the next one by
    one turn at most, so these turns are told too.
    """

    def __init__(self) -> None:
        self.cpu: list[float] = []
        self.clock: list[float] = []
        self.between: list[float] = []

    def run(self, steps: Iterator[Callable[[], object]], every: float = FRAME) -> None:
        """Take a step every so many seconds, and let the event loop turn meanwhile."""
        for step in steps:
            begin = time.perf_counter()
            cpu, clock = _measured(lambda step=step: (step(), _turn()))
            self.cpu.append(cpu)
            self.clock.append(clock)
            while time.perf_counter() - begin < every:
                self.between.append(_measured(_turn)[0])
                time.sleep(0.0005)

    def report(self, name: str) -> None:
        print(f"\n{name}: {len(self.cpu)} frames, load {os.getloadavg()[0]:.1f}")
        for kind, times in (
            ("frames, processor", self.cpu),
            ("frames, clock", self.clock),
            ("between, processor", [t for t in self.between if t > 0.5] or [0.0]),
        ):
            print(f"  {kind:18}: " + ", ".join(f"{word} {_at(times, p):6.1f}" for word, p in _POINTS) + " ms")


_POINTS = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _turn() -> None:
    """One turn of the event loop. Outside of a running loop nothing is deleted unless it is asked for."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _measured(act: Callable[[], object]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.thread_time()
    act()
    return (time.thread_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
