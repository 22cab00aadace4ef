"""The models that can be asked, mixes among them, and which of them are in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.engines.types import ChatModel, LoadedModel, ModelState
from backend.events import ConnectionsChanged, LibraryChanged, MixesChanged, ModelChanged
from ui import tasks
from ui.bridge import EventBridge

if TYPE_CHECKING:
    from backend.app import Backend

STARTER = "starter"


class ModelShelf(QObject):
    """The models of all engines and what was last heard about each of them.

    Signals:
        changed: `models` is another list.
        state_changed: A `ModelChanged`.
        failed: The list could not be read.
    """

    changed = Signal()
    state_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.models: tuple[ChatModel, ...] = ()
        self._states: dict[str, ModelChanged] = {}
        bridge.on(ModelChanged, self._on_model)
        bridge.on(LibraryChanged, self._on_library)
        bridge.on(ConnectionsChanged, self._on_library)
        bridge.on(MixesChanged, self._on_library)

    def read(self) -> None:
        """Read the list and what is in memory; `changed` follows."""

        def work() -> tuple[tuple[ChatModel, ...], tuple[LoadedModel, ...]]:
            return self._backend.engines.models(), self._backend.engines.loaded()

        def done(found: tuple[tuple[ChatModel, ...], tuple[LoadedModel, ...]]) -> None:
            self.models, loaded = found
            for model in loaded:
                ready = ModelChanged(model.path, ModelState.READY, 1.0, loaded=model)
                self._states.setdefault(model.path, ready)
            self.changed.emit()

        tasks.run(work, done, self.failed.emit, owner=self)

    def ask_engines(self) -> None:
        """Ask the connections what they have, because the person opened a list of models; `changed` follows
        where that is another list."""
        tasks.run(self._backend.engines.refresh, None, self.failed.emit, owner=self)

    def find(self, model_id: str | None) -> ChatModel | None:
        """The model with this id; None if it is not here any more."""
        return next((model for model in self.models if model.id == model_id), None)

    def state_of(self, model: ChatModel | None) -> ModelChanged | None:
        """What was last heard about a model in memory."""
        return self._states.get(model.address) if model is not None else None

    def _on_model(self, event: ModelChanged) -> None:
        self._states[event.model_path] = event
        self.state_changed.emit(event)

    def _on_library(self, _event: LibraryChanged | ConnectionsChanged | MixesChanged) -> None:
        self.read()


def first_usable(models: tuple[ChatModel, ...], wanted: list[str | None]) -> str | None:
    """The first of the `wanted` ids that can be loaded, else the starter, else None."""
    usable = {model.id for model in models if not model.problem}
    return next((model_id for model_id in [*wanted, STARTER] if model_id in usable), None)
