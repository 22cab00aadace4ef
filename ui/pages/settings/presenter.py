"""What the Settings page asks of the backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.engines.types import EngineReport, LoadedModel
from backend.errors import AppError
from backend.events import ChatListChanged, LibraryChanged, ModelChanged, NetworkUsed, OfflineChanged
from backend.i18n import tr
from backend.net.ledger import LedgerRow, RequestRow
from backend.settings import Settings
from ui import tasks
from ui.bridge import EventBridge

LEDGER_MS = 1_000
"""How soon after a request the table is read again; requests come in bursts."""


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What lies on the disk besides models. Bytes."""

    chats: tuple[int, ...]
    database: int
    models: int
    models_size: int


class SettingsPresenter(QObject):
    """Reads and changes settings; answers come as signals on the GUI thread."""

    failed = Signal(object)  # AppError
    engine_ready = Signal(object)  # EngineReport
    engine_failed = Signal(object)  # AppError
    loaded_ready = Signal(object)  # tuple[LoadedModel, ...]
    ledger_ready = Signal(object)  # tuple[LedgerRow, ...]
    requests_ready = Signal(object)  # tuple[RequestRow, ...]
    offline_changed = Signal(bool)
    stores_ready = Signal(object)  # tuple[StoreInfo, ...]
    data_ready = Signal(object)  # DataFacts

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._wants_stores = False
        self._ledger_timer = QTimer(self)
        self._ledger_timer.setSingleShot(True)
        self._ledger_timer.setInterval(LEDGER_MS)
        self._ledger_timer.timeout.connect(self.load_ledger)
        bridge.on(NetworkUsed, self._network_used)
        bridge.on(OfflineChanged, self._offline)
        bridge.on(ModelChanged, self._model_changed)
        bridge.on(ChatListChanged, self._chats_changed)
        bridge.on(LibraryChanged, self._library_changed)

    @property
    def settings(self) -> Settings:
        return self._backend.settings.get()

    @property
    def backend(self) -> Backend:
        return self._backend

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    def change(self, done: Callable[[Settings], object] | None = None, **changes: Any) -> None:
        """Save options; an unwritable disk is reported through `failed`."""
        tasks.run(lambda: self._backend.settings.update(**changes), done, self.failed.emit, owner=self)

    def set_offline(self, offline: bool) -> None:
        def work() -> None:
            self._backend.network.set_offline(offline)
            self._backend.settings.update(offline=offline)

        tasks.run(work, failed=self.failed.emit, owner=self)

    def load_engine(self) -> None:
        """Ask what the engine can do here; the first time, a test process has to run."""

        def done(report: EngineReport) -> None:
            self.engine_ready.emit(report)

        tasks.run(self._backend.engine.probe, done, self.engine_failed.emit, owner=self)

    def load_loaded(self) -> None:
        tasks.run(self._backend.engine.loaded, self.loaded_ready.emit, owner=self)

    def unload(self, model: LoadedModel) -> None:
        tasks.run(
            lambda: self._backend.engine.unload(model.key),
            lambda _none: self.load_loaded(),
            self.failed.emit,
            owner=self,
        )

    def load_ledger(self) -> None:
        network = self._backend.network

        def done(found: tuple[tuple[LedgerRow, ...], tuple[RequestRow, ...]]) -> None:
            self.ledger_ready.emit(found[0])
            self.requests_ready.emit(found[1])

        tasks.run(lambda: (network.ledger(), network.requests()), done, owner=self)

    def clear_ledger(self) -> None:
        tasks.run(self._backend.network.clear_ledger, lambda _none: self.load_ledger(), owner=self)

    def write(self, path: Path, text: str) -> None:
        """Save what the person exports."""

        def work() -> None:
            try:
                path.write_text(text, encoding="utf-8", newline="")
            except OSError as error:
                raise AppError(
                    "settings.export",
                    tr("{path} could not be written.", path=path),
                    tr("Choose another folder."),
                    str(error),
                ) from error

        tasks.run(work, failed=self.failed.emit, owner=self)

    def load_stores(self) -> None:
        self._wants_stores = True
        tasks.run(self._backend.library.stores, self.stores_ready.emit, self.failed.emit, owner=self)

    def add_folder(self, path: Path) -> None:
        """Let the library look into `path` too."""
        library = self._backend.library
        tasks.run(
            lambda: library.add_folder(path), lambda _none: self.load_stores(), self.failed.emit, owner=self
        )

    def remove_folder(self, path: Path) -> None:
        """Take `path` off the list; nothing is deleted."""
        library = self._backend.library
        tasks.run(
            lambda: library.remove_folder(path),
            lambda _none: self.load_stores(),
            self.failed.emit,
            owner=self,
        )

    def load_data(self) -> None:
        backend = self._backend

        def work() -> DataFacts:
            models = backend.library.models()
            database = backend.paths.database
            size = sum(
                file.stat().st_size for file in database.parent.glob(f"{database.name}*") if file.is_file()
            )
            chats = tuple(chat.id for chat in backend.chats.chats())
            return DataFacts(chats, size, len(models), sum(model.size for model in models))

        tasks.run(work, self.data_ready.emit, owner=self)

    def delete_chats(self, chats: tuple[int, ...], done: Callable[[], object]) -> None:
        """Delete these conversations; `restore_chats` takes it back."""

        def work() -> None:
            for chat_id in chats:
                self._backend.chats.delete(chat_id)

        tasks.run(work, lambda _none: done(), self.failed.emit, owner=self)

    def restore_chats(self, chats: tuple[int, ...]) -> None:
        def work() -> None:
            for chat_id in chats:
                self._backend.chats.restore(chat_id)

        tasks.run(work, failed=self.failed.emit, owner=self)

    def _network_used(self, event: NetworkUsed) -> None:
        if not self._ledger_timer.isActive():
            self._ledger_timer.start()

    def _offline(self, event: OfflineChanged) -> None:
        self.offline_changed.emit(event.offline)

    def _model_changed(self, event: ModelChanged) -> None:
        self.load_loaded()

    def _chats_changed(self, event: ChatListChanged) -> None:
        self.load_data()

    def _library_changed(self, event: LibraryChanged) -> None:
        if self._wants_stores:
            self.load_stores()
