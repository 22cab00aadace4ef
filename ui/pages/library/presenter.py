"""What the Library page asks of the backend: rows, what runs, what a model needs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from backend.activities.types import Activity
from backend.app import Backend
from backend.capacity.types import Fit, RunConfig
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.events import ActivityChanged, ActivityRemoved, LibraryChanged, MachineChanged, ModelChanged
from backend.library.types import DuplicateGroup, LibraryModel, StoreInfo
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.library.words import DEFAULT_CONTEXT, Live

log = logging.getLogger(__name__)

CALM_MS = 200
"""Nothing is predicted for rows that are only scrolled past."""
MOST_WISHES = 64
"""Rows that wait for a prediction; about twice what a large window shows."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the library knows at one moment."""

    rows: tuple[LibraryModel, ...] = ()
    stores: tuple[StoreInfo, ...] = ()
    duplicates: tuple[DuplicateGroup, ...] = ()

    @property
    def reclaimable(self) -> int:
        """Bytes that sharing files with the same checksum would free."""
        return sum(group.reclaimable for group in self.duplicates if group.sha256)


class LibraryPresenter(QObject):
    """Reads; what changes anything on the disk is asked of `ui.pages.library.work`.

    Signals:
        shelf_ready: A `Shelf`.
        live_changed: `Live`, and the loaded models by path.
        activity_changed: An `Activity` that is new or different.
    """

    shelf_ready = Signal(object)
    scanning = Signal(bool)
    live_changed = Signal(object, object)
    activity_changed = Signal(object)
    fit_ready = Signal(str, object)  # model id, Fit
    fit_failed = Signal(str, object)  # model id, AppError
    speed_ready = Signal(str, float)  # model id, tokens per second or 0
    fits_forgotten = Signal()
    failed = Signal(object)  # AppError

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._asked = 0
        self._loaded: dict[str, LoadedModel] = {}
        self._running: frozenset[str] = frozenset()
        self._activities: dict[str, Activity] = {}
        self._wishes: dict[str, LibraryModel] = {}
        self._predicting = ""
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._next_speed)
        bridge.on(LibraryChanged, self._library_changed)
        bridge.on(ModelChanged, self._model_changed)
        bridge.on(MachineChanged, self._machine_changed)
        bridge.on(ActivityChanged, self._activity_changed)
        bridge.on(ActivityRemoved, self._activity_removed)

    # -- rows

    def _library_changed(self, _event: LibraryChanged) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what the library knows now."""
        self._read(self._shelf, self.shelf_ready.emit, self.failed.emit)

    def rescan(self) -> None:
        """Read the disk again."""
        self.scanning.emit(True)

        def work() -> Shelf:
            self._backend.library.rescan()
            return self._shelf()

        def done(shelf: Shelf) -> None:
            self.scanning.emit(False)
            self.shelf_ready.emit(shelf)

        def failed(error: AppError) -> None:
            self.scanning.emit(False)
            self.failed.emit(error)

        self._read(work, done, failed)

    def _read(
        self,
        work: Callable[[], Shelf],
        done: Callable[[Shelf], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Only the answer to the last question counts: an older one may come later."""
        self._asked += 1
        mine = self._asked

        def ready(shelf: Shelf) -> None:
            if mine == self._asked:
                done(shelf)
            else:
                self.scanning.emit(False)

        tasks.run(work, ready, failed, owner=self)

    def _shelf(self) -> Shelf:
        """In a pool thread."""
        library = self._backend.library
        return Shelf(library.models(), library.stores(), library.duplicates())

    # -- what runs

    def _model_changed(self, _event: ModelChanged) -> None:
        self.refresh_loaded()

    def refresh_loaded(self) -> None:
        """Ask the engine what is in memory."""

        def work() -> dict[str, LoadedModel]:
            return {model.path: model for model in self._backend.engine.loaded()}

        tasks.run(work, self._loaded_ready, owner=self)

    def _loaded_ready(self, loaded: dict[str, LoadedModel]) -> None:
        self._loaded = loaded
        self._tell()

    def refresh_running(self) -> None:
        """Ask a daemon of Ollama on this machine, if there is one, what it runs."""

        def work() -> frozenset[str]:
            try:
                return self._backend.library.ask_daemon()
            except AppError as error:
                log.info("no daemon: %s", error)
                return frozenset()

        tasks.run(work, self._running_ready, owner=self)

    def _running_ready(self, running: frozenset[str]) -> None:
        self._running = running
        self._tell()

    @property
    def loaded(self) -> dict[str, LoadedModel]:
        """The models in memory, by path, as of the last time the engine was asked."""
        return self._loaded

    @property
    def running(self) -> frozenset[str]:
        """Ids of the models that a daemon of Ollama ran when it was last asked."""
        return self._running

    def activity(self, activity_id: str) -> Activity | None:
        """Its row as it was last told."""
        return self._activities.get(activity_id)

    def refresh_activities(self) -> None:
        """Read the activities that are there; afterwards events tell of changes."""

        def done(rows: tuple[Activity, ...]) -> None:
            for activity in rows:
                self._activities.setdefault(activity.id, activity)
            self._tell()

        tasks.run(self._backend.activities.rows, done, owner=self)

    def _activity_changed(self, event: ActivityChanged) -> None:
        self._activities[event.activity.id] = event.activity
        if event.activity.model_id:
            self._tell()
        self.activity_changed.emit(event.activity)

    def _activity_removed(self, event: ActivityRemoved) -> None:
        if self._activities.pop(event.activity_id, None) is not None:
            self._tell()

    def _tell(self) -> None:
        work = tuple(
            (activity.model_id, activity)
            for activity in self._activities.values()
            if activity.model_id and activity.state.active
        )
        self.live_changed.emit(Live(frozenset(self._loaded), self._running, work), self._loaded)

    def _machine_changed(self, _event: MachineChanged) -> None:
        self.fits_forgotten.emit()

    # -- one model

    def unload(self, loaded: LoadedModel) -> None:
        """Free the memory of a model, all its contexts; the next message loads it again."""
        engine = self._backend.engine

        def work() -> None:
            for context in engine.loaded():
                if context.path == loaded.path:
                    engine.unload(context.key)

        tasks.run(
            work,
            lambda _none: self.refresh_loaded(),
            self.failed.emit,
            owner=self,
        )

    def predict(self, model: LibraryModel, run: RunConfig) -> None:
        """What `model` would need when it is run like that."""

        def work() -> Fit:
            return self._backend.fits.local(Path(model.path), run, probe=True)

        tasks.run(
            work,
            lambda fit: self.fit_ready.emit(model.id, fit),
            lambda error: self.fit_failed.emit(model.id, error),
            owner=self,
        )

    def want_speed(self, model: LibraryModel) -> None:
        """A model is in view of which no speed is known. The last ones seen come first."""
        if model.id == self._predicting or model.id in self._wishes:
            return
        self._wishes[model.id] = model
        if len(self._wishes) > MOST_WISHES:
            del self._wishes[next(iter(self._wishes))]
        self._calm.start()

    def _next_speed(self) -> None:
        if self._predicting or not self._wishes:
            return
        self._predicting, model = self._wishes.popitem()

        def work() -> float:
            context = min(model.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)
            fit = self._backend.fits.local(Path(model.path), RunConfig(n_ctx=context))
            return fit.tokens_per_second or 0.0

        def done(speed: float) -> None:
            self._predicting = ""
            self.speed_ready.emit(model.id, speed)
            if not self._calm.isActive():
                self._next_speed()

        tasks.run(work, done, lambda _error: done(0.0), owner=self)
