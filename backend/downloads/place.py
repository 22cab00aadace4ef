"""What a transfer and a job ask of the store that they go into, whichever it is."""

from __future__ import annotations

import contextlib
import logging
import stat
from pathlib import Path
from typing import Protocol

from backend.downloads.partfile import PartFile, discard
from backend.hubs.types import RemoteFile
from backend.locks import FileLock

log = logging.getLogger(__name__)


class Place(Protocol):
    """Where one file belongs in a store. `etag` is the digest that names its content there."""

    @property
    def root(self) -> Path: ...

    @property
    def etag(self) -> str: ...

    @property
    def part(self) -> Path: ...

    @property
    def journal(self) -> Path: ...

    @property
    def lock(self) -> Path: ...

    def prepare(self) -> None:
        """Make the folders that a transfer needs.

        Raises:
            OSError: They cannot be made, or one of them is a link that leads out of the store.
        """

    def existing(self) -> Path | None:
        """A file of the right length that some program already put under a final name, or None."""

    def present(self) -> bool:
        """Whether there is something under the final name."""

    def publish(self, part: PartFile | None) -> Path:
        """Give a checked file its final name and return the one to open.

        Args:
            part: The checked transfer, or None where the file is already there.

        Raises:
            OSError: A name could not be given.
        """

    def forget(self) -> None:
        """Delete an unfinished transfer, unless another program is at it."""


class Destination(Protocol):
    """The store that a job goes into.

    Attributes:
        words: Its name for people.
    """

    @property
    def root(self) -> Path: ...

    @property
    def words(self) -> str: ...

    def place(self, file: RemoteFile) -> Place:
        """Where `file` of the job belongs.

        Raises:
            AppError: ``download.bad_name``, ``download.no_digest``.
        """

    def finish(self) -> bool:
        """Make the model known, now that all files are in their places; False if one has vanished meanwhile.

        Raises:
            OSError: It cannot be written.
        """

    def complete(self) -> bool:
        """Whether everything of the job is in its place."""


def found(root: Path, names: tuple[Path, ...], size: int) -> Path | None:
    """The first of `names` that is a plain file of `size` bytes. Links are followed only inside `root`."""
    root = root.resolve()
    for name in names:
        try:
            real = name.resolve(strict=True)
            status = real.stat()
        except (OSError, RuntimeError):
            continue
        if real.is_relative_to(root) and stat.S_ISREG(status.st_mode) and status.st_size == size:
            return real
    return None


def forget(place: Place, folders: tuple[Path, ...] = ()) -> None:
    """Delete the unfinished transfer at `place`, unless another program is at it, and `folders` if empty."""
    lock = FileLock(place.lock)
    try:
        for path in (place.lock, place.part):
            stay_inside(path.parent, place.root)
        if not lock.acquire(timeout=1.0):
            return
    except OSError:  # there never was such a folder, or it is none of ours
        return
    try:
        discard(place.part, place.journal)
        for empty in folders:
            empty.rmdir()
    except OSError as error:
        log.debug("kept a folder: %s", error)
    finally:
        lock.release()


def stay_inside(path: Path, folder: Path) -> None:
    """Raise OSError if `path` is, or lies behind, a link that leads out of `folder`."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OSError(f"{path.name} is a link that leads out of {folder.name}")


def same_file(link: Path, target: Path) -> bool:
    """Whether `link` is a symbolic link to `target`."""
    with contextlib.suppress(OSError):
        return link.is_symlink() and link.samefile(target)
    return False
