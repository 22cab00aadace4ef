"""Which model files are loaded by another Orangery: a window sees what a command uses, and the other way."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from backend.engines.types import ModelState
from backend.events import Event, EventBus, ModelChanged

_PATIENCE_S = 0.1
_POLL_S = 0.01


class Marks:
    """Holds a shared lock on every model file that this process has loaded; the system frees it if we die.

    Thread-safe. On Windows nothing is held: there a file that is mapped cannot be deleted anyway.
    """

    def __init__(self, bus: EventBus) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, int] = {}
        self._unsubscribe = bus.subscribe(self._on_event)

    def elsewhere(self, path: Path) -> bool:
        """Whether another process has the file at `path` loaded."""
        with self._lock:
            if str(path) in self._held:
                return False
        handle = _open(path)
        if handle is None:
            return False
        try:
            # Somebody else may be asking the same in this moment.
            give_up = time.monotonic() + _PATIENCE_S
            while not (free := _flock(handle, shared=False)) and time.monotonic() < give_up:
                time.sleep(_POLL_S)
            return not free
        finally:
            os.close(handle)

    def close(self) -> None:
        self._unsubscribe()
        with self._lock:
            for path in list(self._held):
                os.close(self._held.pop(path))

    def _on_event(self, event: Event) -> None:
        match event:
            case ModelChanged(path, ModelState.READY):
                self._hold(path)
            case ModelChanged(path, ModelState.UNLOADED | ModelState.FAILED):
                with self._lock:
                    if (handle := self._held.pop(path, None)) is not None:
                        os.close(handle)
            case _:
                pass

    def _hold(self, path: str) -> None:
        with self._lock:
            if path not in self._held and (handle := _open(Path(path))) is not None:
                self._held[path] = handle
                _flock(handle, shared=True)


def _open(path: Path) -> int | None:
    if sys.platform == "win32":
        return None
    with contextlib.suppress(OSError):
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    return None


def _flock(handle: int, *, shared: bool) -> bool:
    """Whether the lock was got, or cannot be had here at all (a network disk)."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
