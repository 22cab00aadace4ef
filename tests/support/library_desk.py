"""A home folder with the stores of several programs in it, and the library over them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from backend.activities.runner import Activities
from backend.activities.types import Activity
from backend.events import EventBus
from backend.library.library import Library
from backend.library.roots import other_apps
from backend.library.rows import Entry
from backend.library.types import LibraryModel
from backend.settings import SettingsStore
from backend.store.database import Database
from backend.store.models import ModelRepository
from tests.support.tiny_gguf import TensorSpec, encode_header

COMMIT = "c" * 40
LAYER = "application/vnd.ollama.image."


def gguf(
    path: Path, *, seed: int = 0, name: str = "Tiny", size: int = 0, extra: Mapping[str, Any] | None = None
) -> Path:
    """A quick little GGUF: equal arguments give equal bytes, another seed gives other weights under the same
    header, and `size` makes it larger with content that is not all zeros."""
    count = max(64, size // 4)
    metadata = {
        "general.architecture": "llama",
        "general.name": name,
        "llama.context_length": 2048,
        "general.file_type": 0,
        **(extra or {}),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    block = hashlib.sha256(f"{seed}".encode()).digest() * 2048
    data = block * (4 * count // len(block) + 1)
    header = encode_header(metadata, [TensorSpec("w", (count,))])
    path.write_bytes(header + data[: 4 * count])
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class LibraryDesk:
    """The library of a person whose home is `home`; use it as a context manager."""

    def __init__(self, home: Path, **library: Any) -> None:
        """`library` replaces arguments of the `Library`."""
        self.home = home
        self.hub = home / "hub"
        self.ollama = home / ".ollama" / "models"
        self.lm_studio = home / ".lmstudio" / "models"
        self.jan = home / ".local" / "share" / "Jan" / "data" / "llamacpp" / "models"
        self.llama_cpp = home / ".cache" / "llama.cpp"
        self.own = home / "own" / "models"
        self.own_ollama = home / "own" / "ollama"
        self.env = {"HOME": str(home)}
        (home / "own").mkdir(parents=True, exist_ok=True)
        self.database = Database(home / "own" / "test.sqlite3")
        self.records = ModelRepository(self.database)
        self.settings = SettingsStore(home / "own" / "settings.json")
        self.bus = EventBus()
        self.activities = Activities(self.bus)
        self.loaded: set[Path] = set()
        self.starter = gguf(home / "own" / "starter" / "starter-q8_0.gguf", name="Starter", seed=99)
        self.options = library
        self.library = self.open()

    def open(self) -> Library:
        """Another library over the same folders."""
        return Library(
            self.records,
            self.hub,
            self.bus,
            **{
                "cache_dir": self.home / "own" / "cache",
                "starter": self.starter,
                "in_use": self.loaded.__contains__,
                "data_dir": self.home / "own",
                "models_dir": self.own,
                "own_ollama": self.own_ollama,
                "others": lambda: other_apps(self.env, "linux"),
                "folders": self.settings,
                "activities": self.activities,
                **self.options,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.activities.close()
        self.library.close()
        self.database.close()

    def rows(self) -> dict[str, LibraryModel]:
        """The rows of a fresh look by id, without the starter."""
        return {row.id: row for row in self.library.rescan() if row.id != "starter"}

    def row(self, path: Path) -> LibraryModel:
        return next(row for row in self.library.rescan() if path in row.parts)

    def entry(self, model_id: str) -> Entry:
        return self.library.entry(model_id)

    def done(self, activity_id: str) -> Activity:
        """The row of an activity once it has ended."""
        row = self.activities.wait(activity_id, 60)
        assert not row.state.active
        return row

    # Filling stores

    def put_hub(self, repo: str, file: str, content: Path, commit: str = COMMIT) -> Path:
        """As the hub's own client would; returns the name to open."""
        folder = self.hub / f"models--{repo.replace('/', '--')}"
        blob = folder / "blobs" / digest(content)
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content.read_bytes())
        pointer = folder / "snapshots" / commit / file
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
        (folder / "refs").mkdir(exist_ok=True)
        (folder / "refs" / "main").write_text(commit)
        return pointer

    def put_ollama(
        self,
        name: str,
        tag: str,
        content: Path | None,
        *,
        root: Path | None = None,
        host: str = "registry.ollama.ai",
        file_type: str = "Q4_K_M",
        layers: Mapping[str, Path] | None = None,
    ) -> Path:
        """As Ollama would; returns the manifest."""
        root = root or self.ollama
        namespace, _, model = name.rpartition("/")
        config = json.dumps({"model_format": "gguf", "file_type": file_type, "of": tag}).encode()
        entries = [] if content is None else [self._layer(root, "model", content.read_bytes())]
        entries += [self._layer(root, kind, path.read_bytes()) for kind, path in (layers or {}).items()]
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": self._layer(root, "", config)
            | {"mediaType": "application/vnd.docker.container.image.v1+json"},
            "layers": [*entries, self._layer(root, "license", b"MIT")],
        }
        path = root / "manifests" / host / (namespace or "library") / model / tag
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(manifest))
        return path

    @staticmethod
    def _layer(root: Path, kind: str, data: bytes) -> dict[str, Any]:
        name = hashlib.sha256(data).hexdigest()
        blob = root / "blobs" / f"sha256-{name}"
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(data)
        return {"mediaType": LAYER + kind, "digest": f"sha256:{name}", "size": len(data)}

    def blob(self, content: Path, root: Path | None = None) -> Path:
        return (root or self.ollama) / "blobs" / f"sha256-{digest(content)}"
