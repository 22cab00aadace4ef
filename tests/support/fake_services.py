"""Fake services of the frame: local work, access tokens, an Ollama daemon, the stores of the library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.errors import AppError
from backend.events import ActivityChanged, ActivityRemoved, EventBus, LibraryChanged
from backend.hubs.token import TokenSource
from backend.library.types import Store, StoreInfo
from backend.net.ledger import Outcome, RequestRow
from backend.settings import SettingsStore
from tests.support import fake_data as data

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

    def remove(self, activity_id: str) -> None:
        del self._rows[activity_id]
        self._bus.publish(ActivityRemoved(activity_id))

    def clear_finished(self) -> None:
        for row in self.rows():
            if not row.state.active:
                self.remove(row.id)


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
        self.host = "127.0.0.1:11434"

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


def requests() -> tuple[RequestRow, ...]:
    """One of every outcome, the newest first."""
    hub, files = "huggingface.co", "cas-bridge.xethub.hf.co"
    rows = (
        (3.0, files, "downloading", 14_000, 4_600_000_000, Outcome.RUNNING),
        (49.0, hub, "reading what a file needs", 700, 6_000_000, Outcome.DONE),
        (50.0, hub, "looking at a model", 500, 9_000, Outcome.DONE),
        (54.0, hub, "searching models", 600, 84_000, Outcome.DONE),
        (385.0, hub, "downloading", 500, 1_000, Outcome.REFUSED),
        (700.0, "registry.ollama.ai", "looking at a model", 410, 0, Outcome.FAILED),
        (1_910.0, files, "downloading", 9_000, 310_000_000, Outcome.STOPPED),
        (2_036.0, "127.0.0.1:11434", "talking to Ollama", 200, 3_000, Outcome.DONE),
        (10_390.0, "cdn-lfs.hf.co", "images of model cards", 0, 0, Outcome.BLOCKED),
        (10_400.0, "cdn-lfs.hf.co", "images of model cards", 0, 0, Outcome.BLOCKED),
    )
    return tuple(
        RequestRow(len(rows) - place, data.NOW - age, *rest) for place, (age, *rest) in enumerate(rows)
    )


def activities() -> tuple[Activity, ...]:
    """Local work of every kind and state."""
    return (
        Activity(
            "a1", ActivityKind.VERIFY, "Qwen3-8B-Instruct", "Q4_K_M", ActivityState.RUNNING,
            total=4_920_000_000, done=3_100_000_000, speed=1.2e9, eta=2.0, created=data.NOW - 4,
        ),
        Activity(
            "a2", ActivityKind.MOVE, "Mistral-Small-3.2-24B", "Q4_K_M", ActivityState.QUEUED,
            total=14_160_000_000, created=data.NOW - 3,
        ),
        Activity(
            "a3", ActivityKind.SHARE, "Gemma-3-4B-it", "Q4_K_M", ActivityState.DONE, total=2_580_000_000,
            done=2_580_000_000, note="2.6 GB are free again; Ollama and Orangery read the same bytes.",
            created=data.NOW - 900, finished=data.NOW - 890,
        ),
        Activity(
            "a4", ActivityKind.VERIFY, "Qwen2.5-Coder-7B-Instruct", "Q5_K_M", ActivityState.FAILED,
            total=5_225_000_000, done=5_225_000_000, error_code="library.damaged",
            error_title="The file on the disk is not the one that was downloaded.",
            error_hint="Something changed or damaged it. Fetch it again before you trust its answers.",
            error_detail="expected d98cdcbdd98cdcbd\nfound    2f1c77aa2f1c77aa", created=data.NOW - 700,
            finished=data.NOW - 690, model_id=data.library_models()[5].id,
        ),
    )  # fmt: skip
