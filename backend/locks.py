"""Advisory file locks between processes, freed by the system when their process dies, however it dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, shared: bool) -> None:
        # Windows has no shared lock on a byte range here: readers simply do not lock (see
        # `FileLock.acquire`).
        if not shared:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int, shared: bool) -> None:
        # flock belongs to the open file, not to the process: two locks in one process exclude each other too.
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


_POLL_S = 0.005


def _named(path: Path, handle: int) -> bool:
    """Whether `path` is still the file that was opened."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


class FileLock:
    """A lock that lies in a file of its own. Not for use by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def acquire(self, timeout: float = 0.0, *, shared: bool = False) -> bool:
        """Take the lock and return True, or return False after `timeout` seconds of somebody else holding it.

        Raises:
            OSError: The lock file cannot be opened (a missing folder, a read-only disk, a link in its place).
        """
        if self._handle is not None:
            return True
        deadline = time.monotonic() + timeout
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        while True:
            handle = os.open(self._path, flags, 0o600)
            try:
                _lock(handle, shared)
            except OSError:
                os.close(handle)
                if time.monotonic() >= deadline:
                    return False
                time.sleep(_POLL_S)
                continue
            if _named(self._path, handle):
                self._handle = handle
                return True
            os.close(handle)  # its last owner deleted it; the next one locks a new file

    def release(self) -> None:
        """Let go; closing the file frees the lock. The file stays, so that nobody locks a deleted one."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextlib.contextmanager
    def holding(self, timeout: float) -> Iterator[bool]:
        """Hold the lock inside the block; the value says whether it was got in time."""
        got = self.acquire(timeout)
        try:
            yield got
        finally:
            if got:
                self.release()
