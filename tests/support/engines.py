"""What tests of the engine share: an engine on throw-away folders, and a listener that collects an answer."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.engines.local import Generation, LocalEngine
from backend.engines.types import (
    Delta,
    Finished,
    GenerationEvent,
    LoadOptions,
    ModelState,
    Sampling,
    Turn,
)
from backend.events import Event, EventBus, ModelChanged
from backend.paths import Paths
from backend.workers.process import WorkerProcess
from tests.support.known_engine import know_engine
from tests.support.models import random_model
from tests.support.waiting import Events

ROGUE = Path(__file__).with_name("rogue_worker.py")
GREEDY = Sampling(temperature=0.0, max_tokens=24, seed=1)
ONE_THREAD = LoadOptions(n_ctx=1024, threads=1)
"""One thread: on a machine whose cores are all busy, two threads of one decode wait for each other for
long.
"""
PATIENCE_S = 180.0


def user(text: str) -> tuple[Turn, ...]:
    return (Turn("user", text),)


@dataclass(eq=False)
class Listener:
    """Collects the events of a generation. `started` is set by the first delta."""

    deltas: list[Delta] = field(default_factory=list)
    ends: list[Finished] = field(default_factory=list)
    started: threading.Event = field(default_factory=threading.Event)

    def __call__(self, event: GenerationEvent) -> None:
        if isinstance(event, Delta):
            self.deltas.append(event)
            self.started.set()
        else:
            self.ends.append(event)

    def text(self, index: int = 0) -> str:
        return "".join(delta.text for delta in self.deltas if delta.index == index)

    def reasoning(self, index: int = 0) -> str:
        return "".join(delta.reasoning for delta in self.deltas if delta.index == index)

    def tokens(self, index: int = 0) -> int:
        return sum(delta.tokens for delta in self.deltas if delta.index == index)


class Bench:
    """An engine whose flags are probed with a tiny random model, and everything it published."""

    def __init__(self, home: Path, mode: str | None = None, *, make_model: bool = True) -> None:
        self.paths = Paths.under(home)
        self.bus = EventBus()
        self.events: list[ModelChanged] = []
        self._published = Events(self.bus)
        self.bus.subscribe(self._note)
        self.tiny = home / "tiny.gguf"
        if make_model:
            random_model(self.tiny)
        if mode is None:
            know_engine(home)
        command = None if mode is None else (sys.executable, str(ROGUE), mode)
        self.engine = LocalEngine(self.paths, self.bus, probe_model=self.tiny, worker_command=command)

    def _note(self, event: Event) -> None:
        if isinstance(event, ModelChanged):
            self.events.append(event)

    def failed(self) -> ModelChanged:
        """The newest event that says a model failed; waits for it, as it comes after its answers' ends."""

        def is_one(event: Event) -> bool:
            return isinstance(event, ModelChanged) and event.state is ModelState.FAILED

        event = self._published.wait(is_one, PATIENCE_S)
        assert isinstance(event, ModelChanged)
        return event

    def load(self, path: Path | None = None, options: LoadOptions = ONE_THREAD) -> str:
        return self.engine.load(path or self.tiny, options).key

    def ask(
        self, key: str, turns: Sequence[Turn], sampling: Sampling = GREEDY, *, n: int = 1
    ) -> tuple[Listener, tuple[Finished, ...]]:
        """Generate and wait for the end."""
        listener = Listener()
        ends = self.engine.generate(key, turns, sampling, listener, n=n).wait(PATIENCE_S)
        return listener, ends

    def begin(
        self, key: str, turns: Sequence[Turn], sampling: Sampling, *, n: int = 1
    ) -> tuple[Listener, Generation]:
        """Generate and wait for the first text."""
        listener = Listener()
        generation = self.engine.generate(key, turns, sampling, listener, n=n)
        assert listener.started.wait(PATIENCE_S)
        return listener, generation

    def process(self, key: str) -> WorkerProcess:
        context = self.engine._contexts.get(key)
        assert context is not None
        return context.process.client.process

    def worker_pid(self, key: str) -> int:
        return self.process(key).pid
