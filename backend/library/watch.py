"""Notices changes in the store folders: as the system reports them, and by a slow look where it does not."""

from __future__ import annotations

import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_OURS_OR_PASSING = (
    ".part",
    ".part.json",
    ".incomplete",
    ".lock",
    ".tmp",
    ".orangery.link",
    ".crdownload",
    "-partial",
    ".no_exist",
)
_ASIDE = (".orangery", ".locks", ".no_exist")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds.

    Attributes:
        quiet: How long nothing must happen before it is looked at.
        least: Between the starts of two looks at the most eager.
        poll: Between two looks at folders that cannot be watched.
    """

    quiet: float = 1.0
    least: float = 5.0
    poll: float = 30.0


class Watch:
    """Calls `changed` from its own thread, never twice at once."""

    def __init__(
        self,
        roots: Callable[[], Sequence[Path]],
        changed: Callable[[], object],
        pace: Pace | None = None,
        observer: Callable[[], Any] | None = None,
    ) -> None:
        """Begin, with a look once everything is watched.

        Args:
            roots: The folders to watch now; they need not exist.
            observer: Makes a watchdog observer; another one in tests.
        """
        self._roots = roots
        self._changed = changed
        self._pace = pace or Pace()
        self._make = observer or _system_observer
        self._observer: Any = None
        self._watched: dict[Path, tuple[Any, tuple[int, int]]] = {}
        """The watch of each root, and which folder it was then: another disk may be there later."""
        self._refused: set[Path] = set()
        self._there: dict[Path, tuple[int, int]] | None = None
        self._lock = threading.Condition()
        self._last_change: float | None = None
        self._wanted = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="library-watch", daemon=True)
        self._thread.start()

    @property
    def watching(self) -> frozenset[Path]:
        """The folders whose changes the system reports."""
        with self._lock:
            return frozenset(self._watched)

    def look_now(self) -> None:
        """Something changed, or other folders are to be watched."""
        with self._lock:
            self._wanted = True
            self._lock.notify_all()

    def close(self) -> None:
        """End the thread; returns when it has ended."""
        with self._lock:
            self._closing = True
            self._lock.notify_all()
        self._thread.join(5.0)

    def _on_event(self, event: Any) -> None:
        """Called in a thread of watchdog."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        if event.is_directory and event.event_type == "modified":
            return
        names = [os.fsdecode(name) for name in (event.src_path, event.dest_path) if name]
        # What is renamed to its final name counts, whatever it was called before.
        if all(_is_passing(name) for name in names):
            return
        with self._lock:
            self._last_change = time.monotonic()
            self._lock.notify_all()

    def _run(self) -> None:
        try:
            self._watch_roots()
            self._look()  # at what changed before anything was watched
            last_look = time.monotonic() - self._pace.least  # the first change need not wait
            while True:
                why = self._wait(last_look)
                if why == "close":
                    return
                appeared = self._watch_roots()
                if why == "change" or appeared or (why == "poll" and self._unwatched()):
                    last_look = time.monotonic()
                    self._look()
                elif why == "poll":
                    last_look = time.monotonic()
        finally:
            if self._observer is not None:
                self._observer.stop()
                self._observer.join(5.0)

    def _wait(self, last_look: float) -> str:
        pace = self._pace
        with self._lock:
            while True:
                now = time.monotonic()
                if self._closing:
                    return "close"
                if self._wanted:
                    self._wanted = False
                    return "change"
                due = last_look + pace.poll
                if self._last_change is not None:
                    due = max(self._last_change + pace.quiet, last_look + pace.least)
                    # A folder that never comes to rest is still looked at now and then.
                    due = min(due, last_look + max(pace.poll, pace.least))
                if now >= due:
                    why = "poll" if self._last_change is None else "change"
                    self._last_change = None
                    return why
                self._lock.wait(due - now)

    def _look(self) -> None:
        try:
            self._changed()
        except Exception:
            log.exception("the library could not be looked at")

    def _watch_roots(self) -> bool:
        """Watch the roots that are there; whether one of them appeared, vanished or was exchanged."""
        roots = {root: found for root in self._roots() if (found := _identity(root)) is not None}
        appeared = self._there is not None and roots != self._there
        for root, (_, identity) in list(self._watched.items()):
            if roots.get(root) != identity:
                self._unwatch(root)
        self._refused &= set(roots)
        for root in sorted(set(roots) - set(self._watched) - self._refused):
            self._watch(root, roots[root])
        self._there = roots
        return appeared

    def _unwatched(self) -> bool:
        return bool(self._refused)

    def _watch(self, root: Path, identity: tuple[int, int]) -> None:
        try:
            if self._observer is None:
                self._observer = self._make()
                self._observer.start()
            handle = self._observer.schedule(_Handler(self._on_event), str(root), recursive=True)
            with self._lock:
                self._watched[root] = (handle, identity)
        except Exception as error:  # out of watches, a network disk, a system without any
            log.info("%s is looked at now and then, because it cannot be watched: %s", root, error)
            self._refused.add(root)

    def _unwatch(self, root: Path) -> None:
        with self._lock:
            handle, _ = self._watched.pop(root)
        try:
            self._observer.unschedule(handle)
        except Exception as error:
            log.debug("no longer watched: %s", error)


def _identity(folder: Path) -> tuple[int, int] | None:
    """None for what is no folder."""
    try:
        found = os.stat(folder)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None


class _Handler:
    """What watchdog calls; an object with `dispatch` is all that it asks for."""

    def __init__(self, on_event: Callable[[Any], None]) -> None:
        self._on_event = on_event

    def dispatch(self, event: Any) -> None:
        self._on_event(event)


def _system_observer() -> Any:
    from watchdog.observers import Observer  # takes a while to import, which commands need not pay

    return Observer()


def _is_passing(name: str) -> bool:
    path = Path(name)
    return path.name.endswith(_OURS_OR_PASSING) or any(part in _ASIDE for part in path.parts)
