"""Fake services of the frame: local work, access tokens, an Ollama daemon, the stores of the library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from backend.activities.types import Activity, ActivityState
from backend.errors import AppError
from backend.events import ActivityChanged, ActivityRemoved, EventBus, LibraryChanged
from backend.hubs.token import TokenSource
from backend.library.types import Store, StoreInfo
from backend.settings import SettingsStore

GB = 1_000_000_000
HOME = Path("/home/anna")


class FakeActivities:
    """Changes state at once; nothing is read or written."""

    def __init__(self, bus: EventBus, rows: tuple[Activity, ...]) -> None:
        self._bus = bus
        self._rows = {row.id: row for row in rows}

    def rows(self) -> tuple[Activity, ...]:
        return tuple(self._rows.values())

    def change(self, row: Activity) -> None:
        """Set a row and tell everybody."""
        self._rows[row.id] = row
        self._bus.publish(ActivityChanged(row))

    def cancel(self, activity_id: str) -> None:
        self.change(replace(self._rows[activity_id], state=ActivityState.CANCELLED))

    def retry(self, activity_id: str) -> None:
        again = replace(self._rows[activity_id], state=ActivityState.RUNNING, done=0, error_code="")
        self.change(replace(again, error_title="", error_hint="", error_detail=""))

    def clear_finished(self) -> None:
        for row in self.rows():
            if row.state in (ActivityState.DONE, ActivityState.CANCELLED):
                del self._rows[row.id]
                self._bus.publish(ActivityRemoved(row.id))


class FakeTokens:
    """Keeps the token in memory, like a keyring that can be taken away."""

    def __init__(self, source: TokenSource, *, keyring: bool = True) -> None:
        self._source, self.keyring = source, keyring
        self.saved: str | None = None

    def current(self) -> str | None:
        return None if self._source is TokenSource.NONE else self.saved or "hf_from_elsewhere"

    def source(self) -> TokenSource:
        return self._source

    def keyring_available(self) -> bool:
        return self.keyring

    def save(self, token: str) -> TokenSource:
        self.saved = token
        self._source = TokenSource.KEYRING if self.keyring else TokenSource.SESSION
        return self._source

    def forget(self) -> None:
        self.saved = None
        self._source = TokenSource.NONE


@dataclass(frozen=True, slots=True)
class FakeDaemonModel:
    name: str
    digest: str
    size: int
    quant: str = "Q4_K_M"
    parameters: str = "3.2B"
    context_length: int = 131_072
    size_vram: int = 0


class FakeDaemon:
    def __init__(self, *, runs: bool) -> None:
        self.runs = runs
        self.host = "http://127.0.0.1:11434"

    def version(self) -> str | None:
        return "0.12.11" if self.runs else None

    def installed(self) -> tuple[FakeDaemonModel, ...]:
        names = ("llama3.2:3b", "gemma3:12b", "nomic-embed-text:latest") if self.runs else ()
        return tuple(FakeDaemonModel(name, "ab" * 32, 2 * GB) for name in names)

    def running(self) -> tuple[FakeDaemonModel, ...]:
        return self.installed()[:1]


class FakeStores:
    """The folders of the library. A mixin, so that the library itself stays as short as it is."""

    _bus: EventBus
    settings: SettingsStore | None = None
    ollama_writable = True

    def stores(self) -> tuple[StoreInfo, ...]:
        settings = self.settings
        added = () if settings is None else settings.get().model_folders
        return (
            StoreInfo(Store.HUB_CACHE, HOME / ".cache/huggingface/hub", True, True, 41_900_000_000, 9),
            StoreInfo(Store.OLLAMA, HOME / ".ollama/models", True, self.ollama_writable, 12_100_000_000, 3),
            StoreInfo(
                Store.LM_STUDIO,
                HOME / ".lmstudio/models",
                True,
                False,
                4_700_000_000,
                1,
                "2 folders cannot be read, the first of them /home/anna/.lmstudio/models/private.",
            ),
            StoreInfo(Store.JAN, HOME / ".local/share/Jan/data/llamacpp/models", False, False, 0, 0),
            *(StoreInfo(Store.FOLDER, Path(folder), Path(folder).is_dir(), True, 0, 0) for folder in added),
        )

    def add_folder(self, path: Path) -> None:
        if not Path(path).is_dir():
            raise AppError("library.no_folder", f"There is no folder {path}.", "Choose another one.")
        assert self.settings is not None
        self.settings.update(model_folders=(*self.settings.get().model_folders, str(path)))
        self._bus.publish(LibraryChanged())

    def remove_folder(self, path: Path) -> None:
        assert self.settings is not None
        kept = tuple(folder for folder in self.settings.get().model_folders if folder != str(path))
        self.settings.update(model_folders=kept)
        self._bus.publish(LibraryChanged())
