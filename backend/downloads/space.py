"""Whether the disk has room for what is still missing."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from backend.downloads import failures
from backend.downloads.partfile import read_journal
from backend.downloads.place import Destination
from backend.downloads.types import DownloadJob, DownloadRequest

RESERVE = 64 << 20
"""Bytes left free beyond the file: for the database, the journal and the rest of the system."""

DiskFree = Callable[[Path], int]


def disk_free(folder: Path) -> int:
    """Free bytes for this user on the disk that will hold `folder`, which need not exist yet."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            return shutil.disk_usage(place).free
    return 0


def missing(destination: Destination, request: DownloadRequest) -> int:
    """Bytes of `request` that are neither in the store nor in a part file."""
    total = 0
    for file in request.files:
        place = destination.place(file)
        if place.existing() is None:
            journal = read_journal(place.journal)
            total += file.size - sum(end - start for start, end in (journal.ranges if journal else ()))
    return total


def check(destination: Destination, job: DownloadJob, others: int, free: DiskFree = disk_free) -> None:
    """Raise ``download.no_space`` unless the rest of `job` fits, with 5 % and a reserve to spare.

    Args:
        others: Bytes that jobs before it will still write to the same disk.
    """
    rest = missing(destination, job.request)
    needed = rest + rest // 20 + RESERVE + others
    available = free(destination.root)
    if rest and needed > available:
        raise failures.no_space(job.name, str(destination.root), needed, available)


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders, which need not exist yet, lie on one file system."""
    return one == other or _device(one) == _device(other)


def _device(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            return place.stat().st_dev
    return None
