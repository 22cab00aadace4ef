"""A library without a disk: rows of every store, what can be shared, and activities that the test drives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.errors import AppError
from backend.events import ActivityChanged, ActivityRemoved, EventBus, LibraryChanged
from backend.hubs.types import Source
from backend.library.owners import whose
from backend.library.types import (
    DeletePreview,
    DuplicateGroup,
    LibraryModel,
    SharePreview,
    Store,
    StoreInfo,
)
from tests.support import fake_data as data

HOME = Path("/home/anna")
ROOTS = {
    Store.BUNDLED: Path("/opt/orangery/resources/models"),
    Store.HUB_CACHE: HOME / ".cache/huggingface/hub",
    Store.OLLAMA: HOME / ".ollama/models",
    Store.LM_STUDIO: HOME / ".lmstudio/models",
    Store.JAN: HOME / ".local/share/Jan/data/llamacpp/models",
    Store.LLAMA_CPP: HOME / ".cache/llama.cpp",
    Store.MODELS: HOME / ".local/share/Orangery/models",
    Store.FOLDER: HOME / "Downloads/models",
}
OLLAMA_QWEN = "ollama:qwen3:8b"
SINGLE_FILE = str(HOME / "Desktop/my-merge-Q5_K_M.gguf")
CHANGED_FILE = str(ROOTS[Store.LM_STUDIO] / "meta/Llama-3.2-1B/Llama-3.2-1B-Q4_K_M.gguf")


def shelf() -> tuple[LibraryModel, ...]:
    """The models of `fake_data`, and one or more of every other store."""
    rows = list(data.library_models())
    qwen, gemma, llama, smol = rows[1:5]
    rows[1] = replace(qwen, memory=int(6.2 * data.GB))
    rows[2] = replace(gemma, memory=int(3.4 * data.GB))
    rows[3] = replace(llama, alike=(_path(Store.LM_STUDIO, "meta/Llama-3.2-3B/Llama-3.2-3B-Q8_0.gguf"),))
    rows[4] = replace(smol, newer="9f31c2a" + "0" * 33)
    return (
        *(replace(row, store=_store_of(row), store_root=_root_of(row)) for row in rows),
        *_ollama(rows[1]),
        *_folders(rows[3]),
    )


def _store_of(row: LibraryModel) -> Store:
    return Store.BUNDLED if row.source is Source.BUNDLED else Store.HUB_CACHE


def _root_of(row: LibraryModel) -> Path | None:
    return None if row.source is Source.BUNDLED else ROOTS[Store.HUB_CACHE]


def _path(store: Store, inside: str) -> str:
    return str(ROOTS[store] / inside)


def _ollama(qwen: LibraryModel) -> tuple[LibraryModel, ...]:
    def row(tag: str, name: str, quant: str, size: float, digest: str, **more: object) -> LibraryModel:
        values: dict[str, object] = {
            "id": f"ollama:{tag}",
            "name": name,
            "owner": "library",
            "source": Source.OLLAMA,
            "path": ROOTS[Store.OLLAMA] / f"blobs/sha256-{digest * 8}",
            "size": int(size * data.GB),
            "quant": quant,
            "context_length": 32_768,
            "sha256": digest * 8,
            "store": Store.OLLAMA,
            "store_root": ROOTS[Store.OLLAMA],
        }
        return LibraryModel(**(values | more))  # type: ignore[arg-type]

    return (
        row(
            "qwen3:8b", "qwen3:8b", "Q4_K_M", qwen.size / data.GB, "d98cdcbd",
            architecture="qwen3", verified=True, duplicates_of=qwen.id,
        ),
        row(
            "mistral:7b", "mistral:7b", "Q4_0", 4.1, "1af5d9c2",
            architecture="llama", used=data.NOW - 150 * data.DAY,
        ),
        row(
            "nomic-embed-text:latest", "nomic-embed-text", "F16", 0.27, "970aa74c",
            architecture="nomic-bert", context_length=2_048, used=data.NOW - 151 * data.DAY,
        ),
    )  # fmt: skip


def _folders(llama: LibraryModel) -> tuple[LibraryModel, ...]:
    def row(store: Store, inside: str, name: str, quant: str, size: float, **more: object) -> LibraryModel:
        path = Path(inside) if inside.startswith("/") else ROOTS[store] / inside
        values: dict[str, object] = {
            "id": str(path),
            "name": name,
            "owner": "",
            "source": Source.FOLDER,
            "path": path,
            "size": int(size * data.GB),
            "quant": quant,
            "architecture": "llama",
            "context_length": 131_072,
            "store": store,
            "store_root": None if inside.startswith("/") else ROOTS[store],
        }
        return LibraryModel(**(values | more))  # type: ignore[arg-type]

    day = data.DAY
    return (
        row(
            Store.LM_STUDIO, "meta/Llama-3.2-3B/Llama-3.2-3B-Q8_0.gguf", "Llama-3.2-3B-Instruct", "Q8_0",
            llama.size / data.GB, alike=(llama.id,), used=data.NOW - 40 * day,
        ),
        row(
            Store.LM_STUDIO, "meta/Llama-3.2-1B/Llama-3.2-1B-Q4_K_M.gguf", "Llama-3.2-1B-Instruct", "Q4_K_M",
            0.8, used=data.NOW - 61 * day, damaged=True, sha256="77" * 32,
            problem="The content is not what its checksum promises: the file was changed.",
        ),
        row(
            Store.JAN, "granite/model.gguf", "Granite-4.0-H-Tiny", "Q4_K_M", 4.2,
            architecture="granitehybrid", used=data.NOW - 70 * day, verified=True,
        ),
        row(
            Store.LLAMA_CPP, "ggml-org_SmolLM2-360M-Q8_0.gguf", "SmolLM2-360M-Instruct", "Q8_0", 0.39,
            used=data.NOW - 22 * day, tokens_per_second=310.0, verified=True,
        ),
        row(
            Store.MODELS, "anna/sql-helper/sql-helper-F16.gguf", "sql-helper", "F16", 0.08,
            kind="adapter", used=data.NOW - 3.2 * day, verified=True,
        ),
        row(
            Store.FOLDER, "Phi-3.5-mini-instruct-Q4_K_M.gguf", "Phi-3.5-mini-instruct", "Q4_K_M", 2.4,
            architecture="phi3", used=data.NOW - 240 * day,
        ),
        row(
            Store.FOLDER, "mmproj-Gemma-3-4B-F16.gguf", "Gemma-3-4B-it", "F16", 0.85,
            kind="projector", architecture="clip", context_length=None,
        ),
        row(Store.FOLDER, SINGLE_FILE, "my-merge", "Q5_K_M", 5.1, used=data.NOW - 300 * day),
    )  # fmt: skip


class FakeActivities:
    """Activities start queued and stay so until `change` or `finish` is called."""

    def __init__(self, bus: EventBus, rows: tuple[Activity, ...] = ()) -> None:
        self._bus = bus
        self._rows = {row.id: row for row in rows}

    def start(
        self, kind: ActivityKind, name: str, label: str = "", total: int = 0, model_id: str = ""
    ) -> str:
        number = f"activity-{len(self._rows) + 1}"
        self.change(Activity(number, kind, name, label, total=total, created=data.NOW, model_id=model_id))
        return number

    def change(self, activity: Activity) -> None:
        self._rows[activity.id] = activity
        self._bus.publish(ActivityChanged(activity))

    def progress(self, activity_id: str, share: float) -> None:
        row = self._rows[activity_id]
        self.change(
            replace(row, state=ActivityState.RUNNING, done=int(row.total * share), speed=1.2e9, eta=4.0)
        )

    def finish(self, activity_id: str, note: str = "", error: AppError | None = None) -> None:
        row = replace(self._rows[activity_id], finished=data.NOW)
        if error is None:
            self.change(replace(row, state=ActivityState.DONE, done=row.total, note=note))
        else:
            self.change(
                replace(
                    row,
                    state=ActivityState.FAILED,
                    error_code=error.code,
                    error_title=error.title,
                    error_hint=error.hint,
                )
            )

    def rows(self) -> tuple[Activity, ...]:
        return tuple(self._rows.values())

    def cancel(self, activity_id: str) -> None:
        self.change(replace(self._rows[activity_id], state=ActivityState.CANCELLED))

    def retry(self, activity_id: str) -> None:
        row = replace(self._rows[activity_id], state=ActivityState.QUEUED, done=0, error_code="")
        self.change(replace(row, error_title="", error_hint="", error_detail=""))

    def remove(self, activity_id: str) -> None:
        del self._rows[activity_id]
        self._bus.publish(ActivityRemoved(activity_id))

    def clear_finished(self) -> None:
        for row in tuple(self._rows.values()):
            if not row.state.active:
                self.remove(row.id)


@dataclass(frozen=True, slots=True)
class FakeRunning:
    """A model of a daemon, as far as the library looks at it."""

    name: str


class FakeDaemon:
    """Runs one model, or none."""

    host = "127.0.0.1:11434"

    def __init__(self, *names: str) -> None:
        self.names = names

    def running(self) -> tuple[FakeRunning, ...]:
        return tuple(map(FakeRunning, self.names))

    def installed(self) -> tuple[FakeRunning, ...]:
        return self.running()

    def version(self) -> str | None:
        return "0.12.3" if self.names else None


class FakeLibrary:
    """Changes only its rows. `asked` lists the calls that would change the disk or use the network.

    Attributes:
        newer_found: What the gardens say when asked: newer commits by id.
        unwritable, problems: Stores that can only be read, and what is wrong with one.
        added: Folders that `add_folder` brought.
        running: Ids of what the Ollama daemon runs.
    """

    def __init__(
        self, bus: EventBus, rows: tuple[LibraryModel, ...], activities: FakeActivities | None = None
    ) -> None:
        self._bus, self._rows = bus, rows
        self._activities = activities or FakeActivities(bus)
        self.notices = ()
        self.asked: list[tuple[object, ...]] = []
        self.newer_found: dict[str, str] = {}
        self.unwritable: set[Store] = set()
        self.problems: dict[Store, str] = {}
        self.added: list[Path] = []
        self.running: frozenset[str] = frozenset()

    def ask_daemon(self) -> frozenset[str]:
        return self.running

    def models(self) -> tuple[LibraryModel, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[LibraryModel]) -> None:
        """Show other rows and tell everybody."""
        self._rows = tuple(rows)
        self._bus.publish(LibraryChanged())

    def rescan(self) -> tuple[LibraryModel, ...]:
        self._bus.publish(LibraryChanged())
        return self._rows

    def find(self, spec: str) -> LibraryModel:
        for row in self._rows:
            if spec in (row.id, str(row.path), row.name):
                return row
        raise AppError("library.not_found", f"{spec} is not in the library.", "Download it in Discover.")

    def stores(self) -> tuple[StoreInfo, ...]:
        infos = []
        for store, root in ROOTS.items():
            rows = [row for row in self._rows if row.store is store]
            size, writable = sum(row.size for row in rows), store not in self.unwritable
            problem = self.problems.get(store, "")
            infos.append(StoreInfo(store, root, bool(rows), writable, size, len(rows), problem))
        infos += [StoreInfo(Store.FOLDER, path, True, True, 0, 0) for path in self.added]
        return tuple(infos)

    # -- deleting

    def delete_preview(self, model_id: str) -> DeletePreview:
        row = self.find(model_id)
        shared = row.duplicates_of or any(other.duplicates_of == row.id for other in self._rows)
        keeps = ("Another copy of the weights stays where it is.",) if shared else ()
        if row.store is Store.OLLAMA:
            keeps += ("A layer that mistral:latest needs, too, stays: 11 KB.",)
        return DeletePreview(
            row,
            row.store,
            whose(row.store),
            row.size,
            (row.path,),
            keeps,
            through_daemon=row.store is Store.OLLAMA,
            foreign=row.store not in (Store.MODELS, Store.FOLDER),
            listed=row.store is Store.FOLDER and row.store_root is None,
        )

    def delete(self, model_id: str) -> int:
        row = self.find(model_id)
        self.asked.append(("delete", model_id))
        self.set_rows([other for other in self._rows if other is not row])
        return row.size

    # -- folders and files

    def add_folder(self, path: Path) -> None:
        self.asked.append(("add_folder", path))
        self.added.append(path)
        self._bus.publish(LibraryChanged())

    def remove_folder(self, path: Path) -> None:
        self.asked.append(("remove_folder", path))
        self.added = [folder for folder in self.added if folder != path]
        self.set_rows([row for row in self._rows if row.store_root != path])

    def add_file(self, path: Path) -> LibraryModel:
        if path.suffix.lower() != ".gguf":
            raise AppError(
                "library.no_gguf",
                f"{path.name} is no GGUF file.",
                "Only GGUF models can be loaded.",
            )
        self.asked.append(("add_file", path))
        row = LibraryModel(
            str(path), path.stem, "", Source.FOLDER, path, data.GB, "unknown",
            parts=(path,), store=Store.FOLDER,
        )  # fmt: skip
        self.set_rows([*self._rows, row])
        return row

    def remove_file(self, path: Path) -> None:
        self.asked.append(("remove_file", path))
        self.set_rows([row for row in self._rows if row.path != path])

    # -- copies

    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        groups: dict[str, list[LibraryModel]] = {}
        for row in self._rows:
            groups.setdefault(row.duplicates_of or row.id, []).append(row)
        same = [
            DuplicateGroup(
                rows[0].sha256,
                tuple(rows),
                sum(row.size for row in rows[1:] if not row.shared),
                hashed=True,
            )
            for rows in groups.values()
            if len(rows) > 1
        ]
        alike = [
            DuplicateGroup(None, (row, *map(self.find, row.alike)), row.size, hashed=False)
            for row in self._rows
            if row.alike and row.store is Store.HUB_CACHE
        ]
        return (*same, *alike)

    def share_preview(self, group: DuplicateGroup) -> SharePreview:
        keep, *rest = group.models
        return SharePreview(
            keep.path, tuple(row.path for row in rest), group.reclaimable, "hardlink" if rest else ""
        )

    # -- long work

    def verify(self, model_ids: Sequence[str]) -> tuple[str, ...]:
        self.asked.append(("verify", *model_ids))
        rows = [self.find(model_id) for model_id in model_ids]
        return tuple(
            self._activities.start(ActivityKind.VERIFY, row.name, row.quant, row.size, row.id) for row in rows
        )

    def compare(self) -> str:
        self.asked.append(("compare",))
        return self._activities.start(ActivityKind.COMPARE, "Llama-3.2-3B-Instruct")

    def share(self, group: DuplicateGroup) -> str:
        self.asked.append(("share", *(model.id for model in group.models)))
        first = group.models[0]
        return self._activities.start(
            ActivityKind.SHARE, first.name, total=group.reclaimable, model_id=first.id
        )

    def move_preview(self, model_id: str, folder: Path) -> tuple[Path, ...]:
        row = self.find(model_id)
        return (folder / (row.owner or "models") / row.name / row.path.name,)

    def move(self, model_id: str, folder: Path) -> str:
        self.asked.append(("move", model_id, folder))
        row = self.find(model_id)
        return self._activities.start(ActivityKind.MOVE, row.name, row.quant, row.size, row.id)

    def check_newer(self) -> None:
        self.asked.append(("check_newer",))
        self.set_rows([replace(row, newer=self.newer_found.get(row.id, row.newer)) for row in self._rows])
