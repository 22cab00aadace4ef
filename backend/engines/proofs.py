"""Which adapters were seen to change which models, beyond the processes that saw it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from backend.engines.card import EngineIdentity
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.files import write_atomically
from backend.gguf.reader import shards
from backend.workers.messages_adapters import FileKey

_FORMAT = 1
_MODELS, _ADAPTERS = 64, 64
"""The most that are remembered, and adapters of each; the oldest make room."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A model file as a process opened it; `name` stands for it and the engine in the memory."""

    parts: tuple[FileKey, ...]
    name: str
    proved: set[FileKey]


class Proofs:
    """Remembers adapters that a worker found to change its model, so that the next one need not look again.
    Thread-safe.

    A proof holds for one engine with its flags, one state of the model's files and one of the adapter's.

    Args:
        memory: File in which they are remembered.
        engine: Tells which engine it is.
    """

    def __init__(self, memory: Path, engine: Callable[[], EngineIdentity]) -> None:
        self._memory = memory
        self._engine = engine
        self._lock = threading.Lock()
        self._opened: dict[str, _Opened | None] = {}

    def known(self, model: str) -> tuple[FileKey, ...]:
        """What a process that opens the file `model` now need not prove."""
        parts = _parts(model)
        if not parts:
            return ()
        name = hashlib.sha256(repr((self._engine(), parts)).encode()).hexdigest()
        with self._lock:
            proved = self._recall().get(name, ())
            before = self._opened.get(model)
            if model in self._opened and (before is None or before.parts != parts):
                self._opened[model] = None  # another process may have the old file: nothing is noted any more
            else:
                self._opened[model] = _Opened(parts, name, set(proved))
        return tuple(proved)

    @contextlib.contextmanager
    def noting(self, model: str, uses: tuple[AdapterUse, ...]) -> Iterator[None]:
        """Have the process of `model` take adapters in here; if it does, they are proved."""
        before = _keys(uses)
        yield
        with self._lock:
            opened = self._opened.get(model)
            if opened is None or before <= opened.proved:
                return
            if _keys(uses) == before and _parts(model) == opened.parts:
                opened.proved.update(before)
                self._remember(opened.name, before)

    def _recall(self) -> dict[str, tuple[FileKey, ...]]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            data = json.loads(self._memory.read_text("utf-8"))
            if data["format"] == _FORMAT:
                return {
                    name: tuple(
                        FileKey(str(path), int(modified), int(changed), int(size))
                        for path, modified, changed, size in files
                    )
                    for name, files in data["proved"].items()
                }
        return {}

    def _remember(self, name: str, files: set[FileKey]) -> None:
        proved = self._recall()  # with what other processes of the app have added
        paths = {key.path for key in files}
        mine = [key for key in proved.pop(name, ()) if key.path not in paths] + sorted(files)
        kept = {**dict(list(proved.items())[1 - _MODELS :]), name: mine[-_ADAPTERS:]}
        data = {
            "format": _FORMAT,
            "proved": {one: [astuple(key) for key in keys] for one, keys in kept.items()},
        }
        with contextlib.suppress(OSError):  # not remembered: proved again next time
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._memory, json.dumps(data).encode(), durable=False, mode=0o600)


def _keys(uses: tuple[AdapterUse, ...]) -> set[FileKey]:
    """Less those that are not there: the worker will say so."""
    found = set()
    for use in uses:
        with contextlib.suppress(OSError):
            found.add(FileKey.at(use.path))
    return found


def _parts(model: str) -> tuple[FileKey, ...]:
    """All files of a model; none if one is missing, which nobody can open then."""
    try:
        return tuple(FileKey.at(str(part)) for part in shards(Path(model)))
    except (OSError, AppError):
        return ()
