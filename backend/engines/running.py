"""Models in their worker processes: a process per weights, in it one context or several beside each other."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field, replace

import psutil

from backend.engines.types import Finished, GenerationEvent, LoadedModel, LoadOptions
from backend.workers.client import WorkerClient

_SAMPLE_S = 0.5


def same_weights(one: LoadOptions, other: LoadOptions) -> bool:
    """Whether the two differ in what a context decides, if at all."""
    return one == replace(
        other,
        n_ctx=one.n_ctx,
        kv_type=one.kv_type,
        parallel=one.parallel,
        n_batch=one.n_batch,
        adapters=one.adapters,
        adapter_pool=one.adapter_pool,
    )


def same_context(one: LoadOptions, other: LoadOptions) -> bool:
    """Whether the two differ in the adapters, if at all."""
    return one == replace(other, adapters=one.adapters)


@dataclass(slots=True, eq=False)
class ModelProcess:
    """A worker with the weights of one file.

    Attributes:
        options: What the weights were loaded with.
        peak: Most bytes that were resident while the last answers ran; see `begin`.
    """

    client: WorkerClient
    path: str
    options: LoadOptions
    peak: int = 0
    _answering: int = 0
    _overlapped: bool = False
    _sampled: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def died(self) -> bool:
        """The process ended; true before its answers are told so, for who asks again at once."""
        return not self.client.process.alive

    def begin(self) -> None:
        """An answer starts. Where it is the only one, `peak` starts anew."""
        with self._lock:
            if self._answering == 0:
                self.peak, self._sampled, self._overlapped = 0, 0.0, False
            self._answering += 1
            self._overlapped |= self._answering > 1
        self.sample()

    def end(self) -> bool:
        """An answer ended; whether it ran alone from its start."""
        self._sampled = 0.0
        self.sample()
        with self._lock:
            self._answering -= 1
            return not self._overlapped

    def sample(self) -> None:
        """Look at the resident memory, at most twice a second; costs some microseconds."""
        now = time.monotonic()
        if now - self._sampled < _SAMPLE_S:
            return
        self._sampled = now
        try:
            rss = int(psutil.Process(self.client.process.pid).memory_info().rss)
        except psutil.Error:  # it is gone
            return
        self.peak = max(self.peak, rss)


class Watch:
    """Over the answers of one request: it keeps count of them in their process and looks at its memory."""

    def __init__(self, answers: int) -> None:
        self._left = answers
        self._context: Context | None = None

    def begin(self, context: Context) -> None:
        self._context = context
        context.begin()

    def see(self, event: GenerationEvent) -> bool:
        """Take an event; returns whether it ended the request and nothing else was answered meanwhile."""
        context = self._context
        if context is None:  # it failed before it was begun
            return False
        if not isinstance(event, Finished):
            context.process.sample()
            return False
        self._left -= 1
        return self._left == 0 and context.end()

    def give_up(self) -> None:
        """The request could not be sent."""
        if self._context is not None:
            self._context.end()
            self._context = None


@dataclass(slots=True, eq=False)
class Context:
    """A context of loaded weights. `variant` is its name in the process."""

    process: ModelProcess
    variant: str
    loaded: LoadedModel
    _requests: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def idle(self) -> bool:
        """Whether no answer is being written or waits in it."""
        return self._requests == 0

    def begin(self) -> None:
        """A request for answers starts."""
        with self._lock:
            self._requests += 1
        self.process.begin()

    def end(self) -> bool:
        """A request ended; whether nothing else was answered in its process meanwhile."""
        with self._lock:
            self._requests -= 1
        return self.process.end()

    @property
    def key(self) -> str:
        return self.loaded.key


class Contexts:
    """All contexts by key. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[str, Context] = {}
        self._numbers = itertools.count(2)

    def get(self, key: str) -> Context | None:
        with self._lock:
            return self._contexts.get(key)

    def add(self, context: Context) -> None:
        """Add a context; it takes the place of one with the same key."""
        with self._lock:
            self._contexts[context.key] = context

    def remove(self, context: Context) -> bool:
        """Take a context out; returns whether its process is left with none."""
        with self._lock:
            if self._contexts.get(context.key) is context:
                del self._contexts[context.key]
            return not any(other.process is context.process for other in self._contexts.values())

    def new_key(self, path: str) -> str:
        """The path where no context has that key, else the path with a number."""
        with self._lock:
            taken = self._contexts.get(path)
            return path if taken is None or taken.process.died else f"{path}#{next(self._numbers)}"

    def alive(self, path: str | None = None) -> tuple[Context, ...]:
        """The contexts that are ready, of one file or of all."""
        with self._lock:
            return tuple(
                context
                for context in self._contexts.values()
                if not context.process.died and path in (None, context.loaded.path)
            )

    def has(self, process: ModelProcess) -> bool:
        """Whether a process still has a context here."""
        with self._lock:
            return any(context.process is process for context in self._contexts.values())

    def clear(self) -> None:
        with self._lock:
            self._contexts.clear()
