"""Which places of the gardens offer the same weights: what was seen of their digests, remembered on disk."""

from __future__ import annotations

import json
import logging
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
_LARGEST_FILE = 8_000_000
_VERSION = 1

Place = tuple[str, str]
"""``source:id`` and the choice: a tag, or the path of a file."""


class DigestIndex:
    """Places by digest, the longest unseen forgotten first. Thread-safe.

    Args:
        path: The file that keeps it; None keeps nothing. A file that is damaged or cannot be written only
            makes it forget.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._places: OrderedDict[Place, str] = OrderedDict()
        self._by_digest: dict[str, dict[Place, None]] = {}
        self._by_key: dict[str, dict[Place, None]] = {}
        self._changed = False
        for place, digest in _read(path):
            self._put(place, digest)

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
                self._changed = True
            for choice, digest in choices:
                if SHA256.fullmatch(digest) and len(key) <= _LONGEST and len(choice) <= _LONGEST:
                    self._put((key, choice), digest)
            data = self._encoded() if self._changed and self._path is not None else None
            self._changed = False
        if data is not None:
            self._save(data)

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
        self._changed = True
        while len(self._places) > _MOST_PLACES:
            self._drop(next(iter(self._places)))

    def _drop(self, place: Place) -> None:
        digest = self._places.pop(place)
        for index, name in ((self._by_digest, digest), (self._by_key, place[0])):
            index[name].pop(place, None)
            if not index[name]:
                del index[name]

    def _encoded(self) -> bytes:
        rows = [[key, choice, digest] for (key, choice), digest in self._places.items()]
        return json.dumps({"version": _VERSION, "places": rows}, separators=(",", ":")).encode()

    def _save(self, data: bytes) -> None:
        assert self._path is not None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data, durable=False, mode=0o600)
        except OSError as error:
            log.warning("the index of digests cannot be written: %s", error)


def _read(path: Path | None) -> Iterable[tuple[Place, str]]:
    """What a file holds that this version understands."""
    if path is None:
        return []
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return []
        data = json.loads(path.read_bytes())
        rows = data["places"] if data["version"] == _VERSION else []
        sources = {source.value for source in Source}
        return [
            ((key, choice), digest)
            for key, choice, digest in rows
            if isinstance(key, str)
            and isinstance(choice, str)
            and isinstance(digest, str)
            and key.partition(":")[0] in sources
            and SHA256.fullmatch(digest)
        ][-_MOST_PLACES:]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
