"""Which models chats keep in memory: those that answers need now, and the one that was used last."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from backend.engines.types import GenerationEvent, LoadedModel, LoadOptions, Sampling, Turn
from backend.errors import Cancelled

_POLL_S = 0.1


class Generating(Protocol):
    """A running generation."""

    def cancel(self) -> None: ...


class Engine(Protocol):
    """What chats need of an engine; see `backend.engines.local`."""

    def load(
        self, path: Path, options: LoadOptions, *, cancel: threading.Event | None = None
    ) -> LoadedModel: ...

    def unload(self, key: str) -> None: ...

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
    ) -> Generating: ...

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int: ...

    def loaded(self) -> tuple[LoadedModel, ...]: ...


class ModelRoom:
    """Loads models for answers and unloads what no answer needs any more once another model is wanted.

    Without that, every model that was ever tried in a chat would stay in memory until the app is closed.
    Models that others loaded are left alone. Thread-safe.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._users: Counter[Path] = Counter()
        self._options: dict[Path, LoadOptions] = {}
        self._keys: dict[Path, str] = {}
        self._leaving: set[Path] = set()

    @contextlib.contextmanager
    def using(self, path: Path, options: LoadOptions, cancel: threading.Event) -> Iterator[LoadedModel]:
        """Have the model at `path` ready inside the block.

        A model has one context, so an answer that wants other options waits for those that use it.

        Raises:
            AppError: It cannot be loaded.
            Cancelled: `cancel` was set.
        """
        leaving = self._enter(path, options, cancel)
        try:
            self._unload(leaving)
            loaded = self._engine.load(path, options, cancel=cancel)
            with self._changed:
                self._keys[path] = loaded.key
            if cancel.is_set():
                raise Cancelled
            yield loaded
        finally:
            with self._changed:
                self._users[path] -= 1
                self._changed.notify_all()

    def _unload(self, leaving: dict[Path, str]) -> None:
        try:
            for key in leaving.values():
                self._engine.unload(key)
        finally:
            with self._changed:
                self._leaving -= leaving.keys()
                self._changed.notify_all()

    def _enter(self, path: Path, options: LoadOptions, cancel: threading.Event) -> dict[Path, str]:
        """Count in, and take out the models that nobody uses; returns them with their keys."""
        with self._changed:
            # A model on its way out would be gone again just after it was found ready.
            while path in self._leaving or (self._users[path] > 0 and self._options[path] != options):
                if cancel.is_set():
                    raise Cancelled
                self._changed.wait(_POLL_S)
            self._users[path] += 1
            self._options[path] = options
            idle = [other for other in self._keys if self._users[other] <= 0]
            leaving = {other: self._keys.pop(other) for other in idle}
            self._leaving |= leaving.keys()
            return leaving
