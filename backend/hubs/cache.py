"""Answers of the hub on disk: what was seen can be shown without a network, and headers are not fetched
twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.files import write_atomically

log = logging.getLogger(__name__)

_PRUNE_EVERY = 64


@dataclass(frozen=True, slots=True)
class Cached:
    """One entry. `stored` is the Unix time it was fetched or last confirmed; `etag` and `following` (the
    address of the next page) are as the hub sent them."""

    body: bytes
    stored: float
    etag: str = ""
    following: str = ""


class DiskCache:
    """Entries by key in one folder, the least recently stored dropped beyond `limit` bytes. Thread-safe.

    A disk that is full or read-only only makes it forget: nothing is raised. Request headers, and so tokens,
    never come here.
    """

    def __init__(
        self, folder: Path, limit: int = 200_000_000, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._stores = 0

    def get(self, key: str) -> Cached | None:
        """The entry under `key`; None where there is none or its file is damaged."""
        try:
            data = self._path(key).read_bytes()
            head, _, body = data.partition(b"\n")
            meta = json.loads(head)
            if meta["key"] != key or meta["length"] != len(body):
                return None
            return Cached(body, float(meta["stored"]), str(meta["etag"]), str(meta["following"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, body: bytes, *, etag: str = "", following: str = "") -> None:
        """Store `body` under `key`, as fetched now."""
        meta = {
            "key": key,
            "stored": self._clock(),
            "etag": etag,
            "following": following,
            "length": len(body),
        }
        path = self._path(key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, json.dumps(meta).encode() + b"\n" + body, durable=False, mode=0o600)
        except OSError as error:
            log.warning("the hub cache cannot be written: %s", error)
            return
        with self._lock:
            self._stores += 1
            due = self._stores % _PRUNE_EVERY == 1
        if due:
            self._prune()

    def drop(self, key: str) -> None:
        """Forget what is under `key`."""
        with contextlib.suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def confirm(self, key: str, entry: Cached) -> None:
        """The hub says that `entry` is still what it would send."""
        self.put(key, entry.body, etag=entry.etag, following=entry.following)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.cache"

    def _prune(self) -> None:
        found = []
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    status = path.stat()
                    if path.suffix == ".tmp" and status.st_mtime < time.time() - 3600:
                        path.unlink()  # left behind by a process that was killed while writing
                    elif path.suffix == ".cache":
                        found.append((status.st_mtime, status.st_size, path))
        excess = sum(size for _, size, _ in found) - self._limit
        for _, size, path in sorted(found):
            if excess <= 0:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            excess -= size
