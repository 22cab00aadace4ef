"""Places in the hub cache: a checked file becomes visible the way the hub's own client makes it visible."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from backend.downloads import failures
from backend.downloads.partfile import PartFile
from backend.downloads.place import forget, found, same_file, stay_inside
from backend.files import sync_folder, write_atomically
from backend.hubs.names import is_revision, is_safe_path
from backend.hubs.types import RemoteFile
from backend.i18n import tr
from backend.library.layout import RepoFolder, check_commit, check_path


@dataclass(frozen=True, slots=True)
class HubPlace:
    """One file of a repository at a commit."""

    folder: RepoFolder
    commit: str
    file: RemoteFile
    etag: str
    revision: str = ""

    @property
    def root(self) -> Path:
        return self.folder.root

    @property
    def part(self) -> Path:
        return self.folder.part(self.etag)

    @property
    def journal(self) -> Path:
        return self.folder.journal(self.etag)

    @property
    def lock(self) -> Path:
        return self.folder.lock(self.etag)

    @property
    def pointer(self) -> Path:
        return self.folder.pointer(self.commit, self.file.path)

    def prepare(self) -> None:
        for path in (self.folder.blobs, self.folder.snapshots, self.lock.parent):
            stay_inside(path, self.root)
            path.mkdir(parents=True, exist_ok=True)

    def existing(self) -> Path | None:
        return found(self.root, (self.folder.blob(self.etag), self.pointer), self.file.size)

    def present(self) -> bool:
        return self.pointer.exists()

    def publish(self, part: PartFile | None) -> Path:
        folder, pointer = self.folder, self.pointer
        stay_inside(pointer.parent, folder.folder)
        pointer.parent.mkdir(parents=True, exist_ok=True)
        blob = folder.blob(self.etag)
        if part is not None:
            part.publish(blob)
        # Where the pointer is itself the checked file, a blob beside it may hold anything.
        checked = part is not None or self.existing() == blob.resolve()
        if checked and blob.exists() and not same_file(pointer, blob):
            _link(pointer, blob, folder.blobs / f"{self.etag}.orangery.link")
        for parent in (pointer.parent, folder.snapshots, folder.folder, folder.root):
            sync_folder(parent)
        _write_ref(folder, self.revision or "main", self.commit)
        return pointer

    def forget(self) -> None:
        forget(self, (self.folder.blobs, self.folder.snapshots, self.folder.folder))


@dataclass(frozen=True, slots=True)
class HubDestination:
    """The hub cache, for the files of one commit of one repository."""

    folder: RepoFolder
    commit: str
    files: tuple[RemoteFile, ...]
    revision: str = ""

    @property
    def root(self) -> Path:
        return self.folder.root

    @property
    def words(self) -> str:
        return tr("Hugging Face cache")

    def place(self, file: RemoteFile) -> HubPlace:
        etag = file.sha256 or file.git_sha1
        if not etag:
            raise failures.no_digest(check_path(file.path).name, self.folder.name)
        place = HubPlace(self.folder, check_commit(self.commit), file, etag, self.revision)
        self.folder.blob(etag)
        check_path(file.path)
        return place

    def finish(self) -> bool:
        return True  # every file got its name, and the commit its ref, as soon as it was there

    def complete(self) -> bool:
        return all(self.place(file).present() for file in self.files)


def _link(pointer: Path, blob: Path, temporary: Path) -> None:
    temporary.unlink(missing_ok=True)
    try:
        temporary.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:
        # Windows without developer mode: there the hub's own client keeps the file itself in the snapshot.
        blob.replace(pointer)
        return
    temporary.replace(pointer)


def _write_ref(folder: RepoFolder, revision: str, commit: str) -> None:
    """Let `revision` mean this commit, as a download of it through the hub's own client would. A commit by
    its own name needs no ref, and ``main`` stays what it was."""
    if revision == commit or not (is_revision(revision) and is_safe_path(revision)):
        return
    ref = folder.ref(revision)
    stay_inside(ref.parent, folder.folder)
    ref.parent.mkdir(parents=True, exist_ok=True)
    try:
        current = ref.read_text()
    except (OSError, UnicodeDecodeError):
        current = ""
    if current != commit:
        write_atomically(ref, commit.encode())
        sync_folder(ref.parent)
