"""Deleting a model from the hub cache without taking anything from its neighbours."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Container, Sequence
from pathlib import Path

from backend.errors import AppError
from backend.files import read_start
from backend.i18n import tr
from backend.library.layout import HubCache, RepoFolder
from backend.locks import FileLock

log = logging.getLogger(__name__)


def remove(root: Path, repo_id: str, commit: str, parts: Sequence[Path]) -> int:
    """Delete the names `parts` of a snapshot, and the blobs that nothing else in the repository needs.

    Returns:
        Bytes freed.

    Raises:
        AppError: ``library.busy`` (another program is writing the file) or ``library.delete``.
    """
    folder = HubCache(root).repo(repo_id)
    freed = 0
    for part in parts:
        try:
            freed += _remove(folder, part)
        except OSError as error:
            raise AppError(
                "library.delete",
                tr("{name} cannot be deleted.", name=part.name),
                tr("Another program may have it open, or the disk may be read-only."),
                str(error),
                retryable=True,
            ) from error
    with contextlib.suppress(OSError):
        _tidy(folder, commit)
    return freed


def _remove(folder: RepoFolder, part: Path) -> int:
    if not part.is_symlink():
        found = part.stat()
        part.unlink()
        return found.st_size if found.st_nlink == 1 else 0
    blob = Path(os.path.normpath(part.parent / part.readlink()))
    if blob.parent != folder.blobs:
        # A link to elsewhere: the name is ours to delete, what it leads to is not.
        part.unlink()
        return 0
    lock = FileLock(folder.lock(blob.name))
    folder.lock(blob.name).parent.mkdir(parents=True, exist_ok=True)
    if not lock.acquire(timeout=1.0):
        raise AppError(
            "library.busy",
            tr("{name} is being downloaded right now.", name=part.name),
            tr("Stop that download first."),
            retryable=True,
        )
    try:
        part.unlink()
        if needed(folder, blob) or not blob.exists():
            return 0
        # Where the blob is itself a link into a store of another program, only the link is ours; where
        # another name has the same bytes, they stay.
        size = 0 if blob.is_symlink() or blob.stat().st_nlink > 1 else blob.stat().st_size
        blob.unlink()
        return size
    finally:
        lock.release()


def needed(folder: RepoFolder, blob: Path, besides: Container[Path] = frozenset()) -> bool:
    """Whether a name in any snapshot of the repository, other than `besides`, still leads to `blob`."""
    # Compared by the name of the content: the folders above may be links themselves.
    for place, _, names in os.walk(folder.snapshots):
        for name in names:
            path = Path(place) / name
            if path not in besides and path.is_symlink() and path.readlink().name == blob.name:
                return True
    return False


def _tidy(folder: RepoFolder, commit: str) -> None:
    """Take away the folders and references that would otherwise point to nothing."""
    snapshot = folder.snapshots / commit
    for place, _, _ in os.walk(snapshot, topdown=False):
        with contextlib.suppress(OSError):
            Path(place).rmdir()
    if snapshot.exists():
        return
    for ref in [p for p in (folder.folder / "refs").rglob("*") if p.is_file()]:
        if read_start(ref, len(commit) + 2).strip() == commit.encode():
            ref.unlink()
    with contextlib.suppress(OSError):
        (folder.folder / "refs").rmdir()
    with contextlib.suppress(OSError):
        # Together or not at all: the hub's own client takes a repository without snapshots for damaged.
        folder.blobs.rmdir()
        folder.snapshots.rmdir()
        folder.folder.rmdir()
