"""Digests of files: the two kinds that the hub promises, and one that follows a file while it grows."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Protocol

BLOCK = 1 << 20


class _Hasher(Protocol):
    def update(self, data: bytes | memoryview, /) -> None: ...
    def hexdigest(self) -> str: ...


def new_hasher(etag: str, size: int) -> _Hasher:
    """A hasher whose result is compared with `etag`: SHA-256 for 64 digits, else the id of a git blob.

    A git blob id is the SHA-1 of ``"blob <size>\\0"`` and the content. It guards small text files against
    damage; files of any weight lie in LFS and have a SHA-256.
    """
    if len(etag) == 64:
        return hashlib.sha256()
    hasher = hashlib.sha1(usedforsecurity=False)
    hasher.update(b"blob %d\0" % size)
    return hasher


class FollowingHash:
    """Hashes a file in a thread of its own, as far as the writer has said that it is written.

    It reads back what was written, so it also covers the bytes of an earlier run, costs the receiving thread
    nothing, and does not mind in which order ranges arrive.
    """

    def __init__(self, path: Path, etag: str, size: int) -> None:
        self._path = path
        self._size = size
        self._hasher = new_hasher(etag, size)
        self._changed = threading.Condition()
        self._limit = 0
        self._position = 0
        self._closed = False
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="download-hash", daemon=True)
        self._thread.start()

    @property
    def position(self) -> int:
        """Bytes hashed so far."""
        return self._position

    @property
    def limit(self) -> int:
        """Bytes that it was told are there."""
        return self._limit

    def advance(self, limit: int) -> None:
        """Say that all bytes before `limit` are in the file."""
        with self._changed:
            if limit > self._limit:
                self._limit = limit
                if self._worth_it():
                    self._changed.notify_all()

    def result(self, size: int, timeout: float) -> str | None:
        """The digest of the first `size` bytes, or None if it is not there after `timeout` seconds.

        Raises:
            OSError: The file could not be read back.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._error is not None or self._position >= size, timeout)
            if self._error is not None:
                raise self._error
            return self._hasher.hexdigest() if self._position == size else None

    def close(self) -> None:
        """End the thread and let go of the file."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        buffer = bytearray(BLOCK)
        view = memoryview(buffer)
        try:
            with self._path.open("rb", buffering=0) as file:
                while (wanted := self._next()) > 0:
                    count = file.readinto(view[: min(wanted, BLOCK)]) or 0
                    if count == 0:
                        raise OSError(f"{self._path.name} is shorter than what was written to it")
                    self._hasher.update(view[:count])
                    with self._changed:
                        self._position += count
                        if self._position >= self._size:
                            self._changed.notify_all()
        except OSError as error:
            with self._changed:
                self._error = error
                self._changed.notify_all()

    def _next(self) -> int:
        """Wait for more bytes; how many there are, or 0 at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._worth_it())
            return 0 if self._closed else self._limit - self._position

    def _worth_it(self) -> bool:
        """Whether to hash now: a whole block at a time, or the rest of the file."""
        left = self._limit - self._position
        return left >= BLOCK or (left > 0 and self._limit >= self._size)
