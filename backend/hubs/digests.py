"""Which places of the gardens offer the same weights: what was seen of their digests, remembered on disk."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from backend.files import write_atomically
from backend.hubs.names import SHA256
from backend.hubs.types import SameWeights, Source

log = logging.getLogger(__name__)

_MOST_PLACES = 12_000
_LONGEST = 300
_LARGEST_FILE = 16_000_000

Place = tuple[str, str]
"""``source:id`` and the choice: a tag, or the path of a file."""
Line = tuple[str, str, str]
"""A place and its digest; empty where it is offered no more."""


class DigestIndex:
    """Places by digest, the longest unseen forgotten first. Thread-safe.

    Args:
        path: The file that keeps it, a line for each change: lists of many rows bring many. None keeps
            nothing. A file that is damaged or cannot be written only makes it forget.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._places: OrderedDict[Place, str] = OrderedDict()
        self._by_digest: dict[str, dict[Place, None]] = {}
        self._by_key: dict[str, dict[Place, None]] = {}
        self._fresh: list[Line] = []
        lines, sound = _read(path)
        for key, choice, digest in lines:
            if digest:
                self._put((key, choice), digest)
            elif (key, choice) in self._places:
                self._drop((key, choice))
        self._fresh.clear()
        self._lines = len(lines) if sound else None
        """In the file; None where it must be written anew."""

    def note(
        self, source: Source, model_id: str, choices: Iterable[tuple[str, str]], *, whole: bool = False
    ) -> None:
        """Remember the (choice, SHA-256) pairs that a model offers now, and save what is new.

        Args:
            whole: Whether it offers nothing else; what it offered before is forgotten.
        """
        key = f"{source.value}:{model_id}"
        choices = tuple(choices)
        with self._lock:
            known = self._by_key.get(key, {}).keys() if whole else set()
            for place in known - {(key, choice) for choice, _ in choices}:
                self._drop(place)
                self._fresh.append((*place, ""))
            for choice, digest in choices:
                if SHA256.fullmatch(digest) and len(key) <= _LONGEST and len(choice) <= _LONGEST:
                    self._put((key, choice), digest)
            if self._path is not None and self._fresh:
                self._save(self._path)
            self._fresh.clear()

    def same(self, key: str) -> tuple[SameWeights, ...]:
        """The other places that offer weights of the model ``source:id``, in the order they were seen."""
        with self._lock:
            digests = dict.fromkeys(self._places[place] for place in self._by_key.get(key, ()))
            return tuple(
                SameWeights(Source(other.partition(":")[0]), other.partition(":")[2], choice, digest)
                for digest in digests
                for other, choice in self._by_digest.get(digest, ())
                if other != key
            )

    def _put(self, place: Place, digest: str) -> None:
        known = self._places.get(place)
        if known == digest:
            self._places.move_to_end(place)
            return
        if known is not None:
            self._drop(place)
        self._places[place] = digest
        self._by_digest.setdefault(digest, {})[place] = None
        self._by_key.setdefault(place[0], {})[place] = None
        self._fresh.append((*place, digest))
        while len(self._places) > _MOST_PLACES:
            self._drop(next(iter(self._places)))

    def _drop(self, place: Place) -> None:
        digest = self._places.pop(place)
        for index, name in ((self._by_digest, digest), (self._by_key, place[0])):
            index[name].pop(place, None)
            if not index[name]:
                del index[name]

    def _save(self, path: Path) -> None:
        try:
            if self._lines is None or self._lines > 2 * _MOST_PLACES:
                path.parent.mkdir(parents=True, exist_ok=True)
                lines = [(*place, digest) for place, digest in self._places.items()]
                write_atomically(path, _encoded(lines), durable=False, mode=0o600)
                self._lines = len(lines)
            else:
                # Another program may write too; and where the file was removed, the rest of it is missing.
                with open(path, "ab", opener=_existing) as file:
                    file.write(_encoded(self._fresh))
                self._lines += len(self._fresh)
        except OSError as error:
            self._lines = None
            log.warning("the index of digests cannot be written: %s", error)


def _existing(path: str, _flags: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND)


def _encoded(lines: Iterable[Line]) -> bytes:
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def _read(path: Path | None) -> tuple[list[Line], bool]:
    """The lines of a file that can be understood, and whether these are all."""
    if path is None:
        return [], True
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return [], False
        data = path.read_bytes()
    except OSError:
        return [], False
    found = [_line(text) for text in data.split(b"\n")[:-1]]
    lines = [line for line in found if line is not None]
    return lines, len(lines) == len(found) and data.endswith(b"\n")


def _line(text: bytes) -> Line | None:
    try:
        key, choice, digest = json.loads(text)
        source = Source(key.partition(":")[0]) if isinstance(key, str) else None
    except (ValueError, TypeError, RecursionError):
        return None
    if source is None or not isinstance(choice, str) or not isinstance(digest, str):
        return None
    return (key, choice, digest) if not digest or SHA256.fullmatch(digest) else None
