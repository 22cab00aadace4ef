"""Places in an Ollama store: checked blobs first, and the manifest that makes them a model last."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from backend.downloads import failures
from backend.downloads.partfile import PartFile
from backend.downloads.place import forget, found, stay_inside
from backend.files import sync_folder
from backend.hubs.ollama.manifest import MANIFEST_LIMIT
from backend.hubs.types import RemoteFile
from backend.library.layout_ollama import OllamaStore


@dataclass(frozen=True, slots=True)
class OllamaPlace:
    """One layer."""

    store: OllamaStore
    file: RemoteFile
    etag: str

    @property
    def root(self) -> Path:
        return self.store.root

    @property
    def part(self) -> Path:
        return self.store.part(self.etag)

    @property
    def journal(self) -> Path:
        return self.store.journal(self.etag)

    @property
    def lock(self) -> Path:
        return self.store.lock(self.etag)

    @property
    def blob(self) -> Path:
        return self.store.blob(self.etag)

    def prepare(self) -> None:
        for path in (self.store.blobs, self.store.workshop):
            stay_inside(path, self.root)
            path.mkdir(parents=True, exist_ok=True)

    def existing(self) -> Path | None:
        return found(self.root, (self.blob,), self.file.size)

    def present(self) -> bool:
        return self.blob.exists()

    def publish(self, part: PartFile | None) -> Path:
        stay_inside(self.store.blobs, self.root)
        if part is not None:
            part.publish(self.blob)
        return self.blob

    def forget(self) -> None:
        forget(self)


@dataclass(frozen=True, slots=True)
class OllamaDestination:
    """An Ollama store, for the layers of one manifest.

    Attributes:
        model_id: ``name`` or ``user/name``.
        text: The manifest as the registry sent it.
    """

    store: OllamaStore
    model_id: str
    tag: str
    text: str
    files: tuple[RemoteFile, ...]
    words: str

    @property
    def root(self) -> Path:
        return self.store.root

    @property
    def manifest(self) -> Path:
        return self.store.manifest(self.model_id, self.tag)

    def place(self, file: RemoteFile) -> OllamaPlace:
        if not file.sha256:
            raise failures.no_digest(self.model_id, self.model_id)
        place = OllamaPlace(self.store, file, file.sha256)
        self.store.blob(file.sha256)
        return place

    def finish(self) -> bool:
        """Write the manifest, byte for byte, if every layer is there: Ollama deletes blobs that no manifest
        names whenever it starts, and may have done so meanwhile."""
        if not all(self.place(file).existing() for file in self.files):
            return False
        path, data = self.manifest, self.text.encode()
        stay_inside(path.parent, self.root)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Drafted elsewhere: Ollama takes every file below `manifests` for a model.
        draft = self.store.workshop / f"manifest-{hashlib.sha256(data).hexdigest()}"
        draft.unlink(missing_ok=True)
        with draft.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
        folder = path.parent
        while folder != self.root:
            sync_folder(folder)
            folder = folder.parent
        return True

    def complete(self) -> bool:
        return self._written() == self.text.encode() and all(
            self.place(file).existing() for file in self.files
        )

    def superseded(self) -> bool:
        """Whether the tag stands for another manifest in the store than the one that was chosen."""
        return self._written() not in (None, self.text.encode())

    def _written(self) -> bytes | None:
        """The manifest in the store, if it is a plain file of a sensible size."""
        try:
            status = self.manifest.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > MANIFEST_LIMIT:
                return None
            return self.manifest.read_bytes()
        except OSError:
            return None
