"""Whether the disk has room for what is still missing."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from backend.downloads import failures
from backend.downloads.partfile import read_journal
from backend.downloads.publish import existing_copy
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.library.layout import HubCache

RESERVE = 64 << 20
"""Bytes left free beyond the file: for the database, the journal and the rest of the system."""

DiskFree = Callable[[Path], int]


def disk_free(folder: Path) -> int:
    """Free bytes for this user on the disk that will hold `folder`, which need not exist yet."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            return shutil.disk_usage(place).free
    return 0


def missing(cache: HubCache, request: DownloadRequest) -> int:
    """Bytes of `request` that are neither in the cache nor in a part file."""
    folder = cache.repo(request.repo_id)
    total = 0
    for file in request.quant.files:
        etag = file.sha256 or file.git_sha1 or ""
        if existing_copy(folder, etag, request.commit, file) is None:
            journal = read_journal(folder.journal(etag))
            total += file.size - sum(end - start for start, end in (journal.ranges if journal else ()))
    return total


def check(cache: HubCache, job: DownloadJob, others: int, free: DiskFree = disk_free) -> None:
    """Raise ``download.no_space`` unless the rest of `job` fits, with 5 % and a reserve to spare.

    Args:
        others: Bytes that jobs before it will still write.
    """
    rest = missing(cache, job.request)
    needed = rest + rest // 20 + RESERVE + others
    available = free(cache.root)
    if rest and needed > available:
        raise failures.no_space(job.name, str(cache.root), needed, available)
