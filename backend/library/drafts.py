"""A note on the disk of what half-done work left behind, so that the next start can clean up after a kill."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.files import remove_drafts, sync_folder, write_atomically
from backend.locks import FileLock

log = logging.getLogger(__name__)

_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Note:
    """What is going on.

    Attributes:
        drafts: Files that mean nothing to anybody and may be deleted at any time.
        placed: Final names of finished files with inode and size; deleted too unless `switched`, where it is
            still that file.
        switched: Whether the new files count.
        before, after: Ids of the model.
        folder: Where it went.
    """

    drafts: tuple[str, ...] = ()
    placed: tuple[tuple[str, int, int], ...] = ()
    switched: bool = False
    before: str = ""
    after: str = ""
    folder: str = ""


def folder_of(data_dir: Path) -> Path:
    """Where half-done work of a profile is noted."""
    return data_dir / "work"


class Draft:
    """The note of one piece of work; it is locked while the work lives."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            self._path = folder / f"{uuid.uuid4().hex}.json"
            self._lock = FileLock(_lock_of(self._path))
            # Somebody who cleans up may have taken the lock away before we had it.
            if self._lock.acquire() and _lock_of(self._path).exists():
                return
            self._lock.release()

    def write(self, note: Note) -> None:
        """Returns once it is on the disk."""
        raw = {name: getattr(note, name) for name in Note.__slots__}
        write_atomically(self._path, json.dumps(raw).encode(), mode=0o600)
        sync_folder(self._path.parent)

    def close(self, *, clean: bool = True) -> None:
        """The work has ended. It left nothing behind, or it is not `clean` and the note stays for the next
        start."""
        if clean:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        _give_back(self._lock, self._path)


def recover(folder: Path, switched: Callable[[Note], None]) -> None:
    """Clean up after work that was killed. Never raises; what a living process works on stays.

    Args:
        switched: Told of each note whose new files count, so that what is remembered follows them.
    """
    notes = {path.with_suffix(".json") for ending in ("json", "lock") for path in folder.glob(f"*.{ending}")}
    for path in sorted(notes):
        lock = FileLock(_lock_of(path))
        try:
            if not lock.acquire():
                continue
            try:
                remove_drafts(path)
                _clean(path, switched)
            finally:
                _give_back(lock, path)
        except Exception as error:
            log.warning("the note %s could not be worked off: %s", path.name, error)


def _give_back(lock: FileLock, path: Path) -> None:
    """Take the lock file away while nobody else can have it."""
    if os.name != "nt" and not path.exists():
        with contextlib.suppress(OSError):
            _lock_of(path).unlink(missing_ok=True)
    lock.release()
    if os.name == "nt" and not path.exists():  # an open file cannot be deleted there
        with contextlib.suppress(OSError):
            _lock_of(path).unlink(missing_ok=True)


def _clean(path: Path, switched: Callable[[Note], None]) -> None:
    note = _read(path)
    if note is not None:
        if note.switched:
            switched(note)
        undo_placed(() if note.switched else note.placed)
        for name in filter(os.path.isabs, note.drafts):
            Path(name).unlink(missing_ok=True)
            _remove_empty(Path(name).parent)
    path.unlink(missing_ok=True)


def undo_placed(placed: Sequence[tuple[str, int, int]]) -> None:
    """Take away finished files; one that another program put under that name meanwhile stays."""
    for name, inode, size in placed:
        try:
            found = os.lstat(name)
        except OSError:
            continue
        if (found.st_ino, found.st_size) == (inode, size):
            Path(name).unlink()


def _remove_empty(folder: Path) -> None:
    """The folders of a model that never came: ``<publisher>/<name>``, if nothing else is in them."""
    with contextlib.suppress(OSError):
        folder.rmdir()
        folder.parent.rmdir()


def _read(path: Path) -> Note | None:
    try:
        with path.open("rb") as file:
            raw = json.loads(file.read(_MOST))
        return Note(
            tuple(map(str, raw["drafts"])),
            tuple((str(name), int(inode), int(size)) for name, inode, size in raw["placed"]),
            raw["switched"] is True,
            str(raw["before"]),
            str(raw["after"]),
            str(raw["folder"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")
