"""Headers of files on servers, read once: whole ones are kept in memory, their bytes on the disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.remote import read_remote
from backend.hubs.cache import DiskCache
from backend.hubs.ranges import RemoteRanges
from backend.hubs.types import RemoteFile

_KEPT = 48


class HeaderReader:
    """Thread-safe."""

    def __init__(self, cache: DiskCache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._headers: OrderedDict[str, Header] = OrderedDict()

    def read(
        self, key: str, file: RemoteFile, name: str, ranges: Callable[[], RemoteRanges], *, tier: int
    ) -> tuple[Header, int]:
        """The header of one file, and how many bytes were fetched for it now.

        Args:
            key: Names content that never changes.
            name: The file, for messages.
            ranges: Opens the file; called only where something has to be fetched.
            tier: See `read_remote`.

        Raises:
            AppError: ``gguf.…`` for a file that is not what it should be, and what `ranges` raises.
        """
        with self._lock:
            for known_tier in (tier, 1):
                if (header := self._headers.get(f"{key} {known_tier}")) is not None:
                    self._headers.move_to_end(f"{key} {known_tier}")
                    return header, 0
        header, _, count = self._fetch(key, file, name, ranges, tier)
        return header, count

    def raw(self, key: str, file: RemoteFile, name: str, ranges: Callable[[], RemoteRanges]) -> bytes:
        """The bytes of a whole header. Nothing is fetched where it was read before, unless the disk has lost
        it.

        Raises:
            AppError: As `read`.
        """
        header, _ = self.read(key, file, name, ranges, tier=1)
        known = self._cache.get(key)
        prefix = known.body if known is not None else b""
        if len(prefix) < header.header_bytes:
            header, prefix, _ = self._fetch(key, file, name, ranges, 1)
        return prefix[: header.header_bytes]

    def _fetch(
        self, key: str, file: RemoteFile, name: str, ranges: Callable[[], RemoteRanges], tier: int
    ) -> tuple[Header, bytes, int]:
        """The header, the first bytes of the file as far as they are known, and how many of them were fetched
        now."""
        known = self._cache.get(key)
        prefix = bytearray(known.body if known is not None else b"")
        source = ranges()

        def fetch(start: int, end: int) -> bytes:
            data = source(start, end)
            if start == len(prefix):
                prefix.extend(data)
            return data

        try:
            with source:
                found = read_remote(name, file.size, fetch, tier=tier, start=bytes(prefix))
        except AppError as error:
            if error.code.startswith("gguf."):
                self._cache.drop(key)  # perhaps only the transfer was bad
            else:
                self._cache.put(key, bytes(prefix))  # the next try goes on from there
            raise
        if known is None or len(prefix) > len(known.body):
            self._cache.put(key, bytes(prefix))
        header = found.header
        with self._lock:
            self._headers[f"{key} {1 if header.complete else tier}"] = header
            while len(self._headers) > _KEPT:
                self._headers.popitem(last=False)
        return header, bytes(prefix), source.bytes_read
