"""How far adapters move the answers of a model, measured on the loaded model."""

from __future__ import annotations

import threading
from collections.abc import Callable

from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, LoadOptions


class Effects:
    """Has the model loaded, or uses the context that somebody has, and measures beside it."""

    def __init__(self, engines: Engines, room: ModelRoom, options: Callable[[], LoadOptions]) -> None:
        self._engines = engines
        self._room = room
        self._options = options

    def __call__(self, address: str, uses: tuple[AdapterUse, ...]) -> float:
        """The mean of KL(model ‖ adapted) over a short text, in nats.

        Raises:
            AppError: What the engine raises.
        """
        with self._room.using(address, self._options(), threading.Event()) as loaded:
            return self._engines.effect(loaded.key, uses)
