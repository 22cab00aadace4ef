"""Making a checked file visible in the hub cache the way the hub's own client does."""

from __future__ import annotations

import contextlib
import logging
import os
import stat
from pathlib import Path

from backend.downloads.partfile import PartFile, discard
from backend.files import sync_folder, write_atomically
from backend.hubs.types import RemoteFile
from backend.library.layout import RepoFolder
from backend.locks import FileLock

log = logging.getLogger(__name__)


def prepare(folder: RepoFolder, etag: str) -> None:
    """Make the folders that a transfer of the blob `etag` needs.

    Raises:
        OSError: They cannot be made, or one of them is a link that leads out of the cache.
    """
    for path in (folder.blobs, folder.snapshots, folder.lock(etag).parent):
        _stay_inside(path, folder.root)
        path.mkdir(parents=True, exist_ok=True)


def existing_copy(folder: RepoFolder, etag: str, commit: str, file: RemoteFile) -> Path | None:
    """A file of the right length that some program already put under one of the final names, or None.

    Links are followed only to files inside the cache.
    """
    root = folder.root.resolve()
    for name in (folder.blob(etag), folder.pointer(commit, file.path)):
        try:
            real = name.resolve(strict=True)
            found = real.stat()
        except (OSError, RuntimeError):
            continue
        if real.is_relative_to(root) and stat.S_ISREG(found.st_mode) and found.st_size == file.size:
            return real
    return None


def publish(folder: RepoFolder, etag: str, commit: str, path: str, part: PartFile | None) -> Path:
    """Give a checked file its final names and return the one to open.

    Args:
        part: The checked transfer, or None where the blob (or the file itself) is already there.

    Raises:
        OSError: A name could not be given.
    """
    pointer = folder.pointer(commit, path)
    _stay_inside(pointer.parent, folder.folder)
    pointer.parent.mkdir(parents=True, exist_ok=True)
    blob = folder.blob(etag)
    if part is not None:
        part.publish(blob)
    if blob.exists() and not _points_to(pointer, blob):
        _link(pointer, blob, folder.blobs / f"{etag}.orangery.link")
    for parent in (pointer.parent, folder.snapshots, folder.folder, folder.root):
        sync_folder(parent)
    _write_ref(folder, commit)
    return pointer


def forget(folder: RepoFolder, etag: str) -> None:
    """Delete an unfinished transfer of `etag`, unless another program is at it, and folders left empty."""
    lock = FileLock(folder.lock(etag))
    try:
        if not lock.acquire(timeout=1.0):
            return
    except OSError:  # there never was such a folder
        return
    try:
        discard(folder.part(etag), folder.journal(etag))
        for empty in (folder.blobs, folder.snapshots, folder.folder):
            empty.rmdir()
    except OSError as error:
        log.debug("kept a folder: %s", error)
    finally:
        lock.release()


def _link(pointer: Path, blob: Path, temporary: Path) -> None:
    temporary.unlink(missing_ok=True)
    try:
        temporary.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:
        # Windows without developer mode: there the hub's own client keeps the file itself in the snapshot.
        blob.replace(pointer)
        return
    temporary.replace(pointer)


def _points_to(pointer: Path, blob: Path) -> bool:
    with contextlib.suppress(OSError):
        return pointer.is_symlink() and pointer.samefile(blob)
    return False


def _write_ref(folder: RepoFolder, commit: str) -> None:
    """Let ``main`` mean this commit, as a download of ``main`` through the hub's own client would."""
    ref = folder.ref("main")
    _stay_inside(ref.parent, folder.folder)
    ref.parent.mkdir(parents=True, exist_ok=True)
    try:
        current = ref.read_text()
    except (OSError, UnicodeDecodeError):
        current = ""
    if current != commit:
        write_atomically(ref, commit.encode())
        sync_folder(ref.parent)


def _stay_inside(path: Path, folder: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OSError(f"{path.name} is a link that leads out of {folder.name}")
