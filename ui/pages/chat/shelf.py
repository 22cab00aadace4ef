"""The models that a chat can use, and which of them are in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.chats.types import Chat
from backend.engines.types import LoadedModel, ModelState
from backend.events import LibraryChanged, ModelChanged
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge

if TYPE_CHECKING:
    from backend.app import Backend

STARTER = "starter"


class ModelShelf(QObject):
    """Rows of the library and what was last heard about each of them.

    Signals:
        changed: `models` is another list.
        state_changed: A `ModelChanged`.
        failed: The library could not be read.
    """

    changed = Signal()
    state_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.models: tuple[LibraryModel, ...] = ()
        self._states: dict[str, ModelChanged] = {}
        bridge.on(ModelChanged, self._on_model)
        bridge.on(LibraryChanged, self._on_library)

    def read(self) -> None:
        """Read the library and what is in memory; `changed` follows."""

        def work() -> tuple[tuple[LibraryModel, ...], tuple[LoadedModel, ...]]:
            # Adapters and projectors answer nothing by themselves.
            models = tuple(row for row in self._backend.library.models() if row.kind == "model")
            return models, self._backend.engine.loaded()

        def done(found: tuple[tuple[LibraryModel, ...], tuple[LoadedModel, ...]]) -> None:
            self.models, loaded = found
            for model in loaded:
                ready = ModelChanged(model.path, ModelState.READY, 1.0, loaded=model)
                self._states.setdefault(model.path, ready)
            self.changed.emit()

        tasks.run(work, done, self.failed.emit, owner=self)

    def model_of(self, chat: Chat | None) -> LibraryModel | None:
        """The row of a chat's model; None if it has none or it is not here any more."""
        if chat is None or chat.model_id is None:
            return None
        return next((model for model in self.models if model.id == chat.model_id), None)

    def state_of(self, model: LibraryModel | None) -> ModelChanged | None:
        """What was last heard about a model in memory."""
        return self._states.get(str(model.path)) if model is not None else None

    def _on_model(self, event: ModelChanged) -> None:
        self._states[event.model_path] = event
        self.state_changed.emit(event)

    def _on_library(self, _event: LibraryChanged) -> None:
        self.read()


def first_usable(models: tuple[LibraryModel, ...], wanted: list[str | None]) -> str | None:
    """The first of the `wanted` ids that can be loaded, else the starter, else None."""
    usable = {model.id for model in models if not model.problem}
    return next((model_id for model_id in [*wanted, STARTER] if model_id in usable), None)
