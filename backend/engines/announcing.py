"""Tells the rest of the app what becomes of the models that the local engine runs."""

from __future__ import annotations

import time

from backend.engines.running import Contexts
from backend.engines.types import LoadedModel, LoadOptions, ModelState
from backend.errors import AppError
from backend.events import EventBus, ModelChanged

_PROGRESS_S = 0.1


class Announcer:
    """Publishes `ModelChanged` by the path of the file. Thread-safe."""

    def __init__(self, bus: EventBus, contexts: Contexts) -> None:
        self._bus = bus
        self._contexts = contexts
        self._published = 0.0

    def loading(self, path: str, options: LoadOptions, progress: float = 0.0) -> None:
        """A load or another context begins."""
        self._published = time.monotonic()
        self._bus.publish(ModelChanged(path, ModelState.LOADING, progress, options=options))

    def progress(self, path: str, fraction: float) -> None:
        """A load goes on; said ten times a second at most."""
        now = time.monotonic()
        if now - self._published >= _PROGRESS_S:
            self._published = now
            self._bus.publish(ModelChanged(path, ModelState.LOADING, fraction))

    def ready(self, loaded: LoadedModel) -> None:
        self._bus.publish(ModelChanged(loaded.path, ModelState.READY, 1.0, loaded))

    def settle(self, path: str, error: AppError | None = None) -> None:
        """Say what has become of a model after a context of it was closed, failed or crashed."""
        if left := self._contexts.alive(path):
            self.ready(left[-1].loaded)
        elif error is None:
            self._bus.publish(ModelChanged(path, ModelState.UNLOADED))
        else:
            self._bus.publish(
                ModelChanged(
                    path,
                    ModelState.FAILED,
                    error_title=error.title,
                    error_hint=error.hint,
                    error_detail=error.detail,
                    error_code=error.code,
                )
            )
