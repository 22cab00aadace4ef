"""The digest of a file that must not change meanwhile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr
from backend.library.stores.found import shown

BLOCK = 1 << 20

Advance = Callable[[int], None]
"""Called with the bytes of each block; may raise to stop."""


@dataclass(frozen=True, slots=True)
class State:
    """What tells one content of a file from the next, as far as that is seen without reading it."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> State:
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Hashed:
    sha256: str
    state: State


def hash_file(path: Path | str, advance: Advance) -> Hashed:
    """SHA-256 of the file at `path`.

    Raises:
        AppError: ``library.unreadable``, or ``library.changed``: something wrote to it meanwhile.
    """
    hasher = hashlib.sha256()
    buffer = bytearray(BLOCK)
    view = memoryview(buffer)
    try:
        with Path(path).open("rb", buffering=0) as file:
            before = State.of(os.fstat(file.fileno()))
            while count := file.readinto(view):
                hasher.update(view[:count])
                advance(count)
            after = State.of(os.fstat(file.fileno()))
    except OSError as error:
        raise unreadable(path, error) from error
    if (before.size, before.mtime_ns) != (after.size, after.mtime_ns):
        raise changed(path)
    return Hashed(hasher.hexdigest(), after)


def unreadable(path: Path | str, error: OSError) -> AppError:
    return AppError(
        "library.unreadable",
        tr("{name} cannot be read.", name=shown(Path(path).name)),
        tr("Check that its disk is connected and that you may read it."),
        str(error),
        retryable=True,
    )


def changed(path: Path | str) -> AppError:
    return AppError(
        "library.changed",
        tr("{name} changed meanwhile.", name=shown(Path(path).name)),
        tr("Wait until the other program has finished with it, then try again."),
        retryable=True,
    )
