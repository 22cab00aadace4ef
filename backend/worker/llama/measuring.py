"""Measurements of adapters, a decode at a time between those of answers."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass

from backend.engines.types import AdapterUse
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.model import EngineError
from backend.workers.messages_adapters import Diverged
from backend.workers.protocol import Failed

_STEP_S = 20.0
"""For one decode; the first one opens files and makes a context, too."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Tokens that adapters are measured on; the predictions count from that of token `first` on."""

    request: int
    tokens: array[int]
    first: int
    mixes: tuple[tuple[AdapterUse, ...], ...]


class Measuring:
    """The measurements that go on, the oldest first. Used by the decode thread only."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        self._channel = channel
        self._pulse = pulse
        self._running: deque[tuple[int, Generator[None, None, tuple[float, ...]]]] = deque()

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def add(self, request: int, steps: Generator[None, None, tuple[float, ...]]) -> None:
        """Measure with `steps`, which stops after each decode, and tell the outcome to `request`."""
        self._running.append((request, steps))

    def step(self) -> None:
        """Go on by one decode."""
        if not self._running:
            return
        request, steps = self._running[0]
        try:
            with self._pulse.step(_STEP_S):
                next(steps)
        except StopIteration as end:
            self._running.popleft()
            self._channel.send(Diverged(request, end.value))
        except EngineError as error:
            self._running.popleft()
            self._channel.send(Failed(request, error.failure))

    def close(self) -> None:
        """Give up all of them and free what they hold."""
        for _, steps in self._running:
            steps.close()
        self._running.clear()
