"""Which models stay in memory: those that answers need now, and those that were used last."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator

from backend.engines.base import ChatEngine
from backend.engines.types import LoadedModel, LoadOptions
from backend.errors import Cancelled

_POLL_S = 0.1


class ModelRoom:
    """Loads models for answers and unloads what no answer needs any more once another model is wanted.

    Chats, comparisons and benchmarks share one room. Without it, every model that was ever tried would stay
    in memory until the app is closed.
    Models that others loaded are left alone. Thread-safe.
    """

    def __init__(self, engine: ChatEngine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._users: Counter[str] = Counter()
        self._options: dict[str, LoadOptions] = {}
        self._keys: dict[str, str] = {}
        self._leaving: set[str] = set()

    @contextlib.contextmanager
    def using(self, address: str, options: LoadOptions, cancel: threading.Event) -> Iterator[LoadedModel]:
        """Have the model at `address` ready inside the block.

        A model has one context, so an answer that wants other options waits for those that use it.

        Raises:
            AppError: It cannot be loaded.
            Cancelled: `cancel` was set.
        """
        leaving = self._enter(address, options, cancel)
        try:
            self._unload(leaving)
            loaded = self._engine.load(address, options, cancel=cancel)
            with self._changed:
                self._keys[address] = loaded.key
            if cancel.is_set():
                raise Cancelled
            yield loaded
        finally:
            with self._changed:
                self._users[address] -= 1
                self._changed.notify_all()

    def _unload(self, leaving: dict[str, str]) -> None:
        try:
            for key in leaving.values():
                self._engine.unload(key)
        finally:
            with self._changed:
                self._leaving -= leaving.keys()
                self._changed.notify_all()

    def _enter(self, address: str, options: LoadOptions, cancel: threading.Event) -> dict[str, str]:
        """Count in, and take out the models that nobody uses; returns them with their keys."""
        with self._changed:
            # A model on its way out would be gone again just after it was found ready.
            while address in self._leaving or (
                self._users[address] > 0 and self._options[address] != options
            ):
                if cancel.is_set():
                    raise Cancelled
                self._changed.wait(_POLL_S)
            self._users[address] += 1
            self._options[address] = options
            idle = [other for other in self._keys if self._users[other] <= 0]
            leaving = {other: self._keys.pop(other) for other in idle}
            self._leaving |= leaving.keys()
            return leaving
