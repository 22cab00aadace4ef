"""What the Library page asks of the backend."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import Fit, RunConfig
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.events import LibraryChanged, ModelChanged
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge


class LibraryPresenter(QObject):
    """Rows, scans, deletion and the predicted fit of the selected model."""

    rows_ready = Signal(object)  # tuple[LibraryModel, ...]
    scanning = Signal(bool)
    loaded_changed = Signal(object)  # dict[str, LoadedModel] by path
    fit_ready = Signal(str, object)  # model id, Fit
    fit_failed = Signal(str, object)  # model id, AppError
    deleted = Signal(str, int)  # name, bytes freed
    failed = Signal(object)  # AppError

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        bridge.on(LibraryChanged, lambda _event: self.refresh())
        bridge.on(ModelChanged, lambda _event: self.refresh_loaded())

    def refresh(self) -> None:
        """Show what the library knows now."""
        tasks.run(self._backend.library.models, self.rows_ready.emit, self.failed.emit, owner=self)

    def rescan(self) -> None:
        """Read the disk again."""
        self.scanning.emit(True)

        def done(rows: tuple[LibraryModel, ...]) -> None:
            self.scanning.emit(False)
            self.rows_ready.emit(rows)

        def failed(error: AppError) -> None:
            self.scanning.emit(False)
            self.failed.emit(error)

        tasks.run(self._backend.library.rescan, done, failed, owner=self)

    def refresh_loaded(self) -> None:
        def work() -> dict[str, LoadedModel]:
            return {model.path: model for model in self._backend.engine.loaded()}

        tasks.run(work, self.loaded_changed.emit, owner=self)

    def unload(self, loaded: LoadedModel) -> None:
        """Free the memory of a model; the next message loads it again."""
        tasks.run(
            lambda: self._backend.engine.unload(loaded.key),
            lambda _none: self.refresh_loaded(),
            self.failed.emit,
            owner=self,
        )

    def predict(self, model: LibraryModel, run: RunConfig) -> None:
        """What `model` would need when it is run like that."""

        def work() -> Fit:
            return self._backend.fits.local(Path(model.path), run)

        tasks.run(
            work,
            lambda fit: self.fit_ready.emit(model.id, fit),
            lambda error: self.fit_failed.emit(model.id, error),
            owner=self,
        )

    def delete(self, model: LibraryModel) -> None:
        tasks.run(
            lambda: self._backend.library.delete(model.id),
            lambda freed: self.deleted.emit(model.name, freed),
            self.failed.emit,
            owner=self,
        )

    @property
    def hub_cache(self) -> Path:
        return self._backend.hub_cache
