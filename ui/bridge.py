"""Carries events of the backend from any thread to the GUI thread, in few and small portions.

A burst of events wakes the GUI once; while events keep coming it is woken at most 30 times a second. What a
later event makes void is dropped on the way: text deltas of one message are joined, of several states of
one download only the last is kept.
"""

from __future__ import annotations

import inspect
import threading
import time
import weakref
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from backend.events import (
    ActivityChanged,
    ActivityRemoved,
    AdaptersChanged,
    BenchChanged,
    ChatListChanged,
    CompareAnswerChanged,
    CompareDelta,
    CompareListChanged,
    ConnectionsChanged,
    Event,
    EventBus,
    FitLedgerChanged,
    JobChanged,
    JobRemoved,
    LabChanged,
    LibraryChanged,
    MachineChanged,
    MessageChanged,
    MessageDelta,
    MixesChanged,
    ModelChanged,
    NetworkUsed,
    OfflineChanged,
    ServerAsked,
    ServerChanged,
    SweepChanged,
    UnattendedChanged,
)

E = TypeVar("E")

INTERVAL_MS = 33
"""Least time between two deliveries, so that streams are painted at most 30 times a second."""


class EventBridge(QObject):
    """Delivers events on the thread that made it.

    Signals:
        event: Every event, after coalescing; `on` is more convenient for one type.
    """

    event = Signal(object)
    _wake = Signal()

    def __init__(self, bus: EventBus | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._queue: list[Event] = []
        self._awake = False
        self._closed = False
        self._last = 0.0
        self._handlers: dict[type[Any], list[_Handler]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._deliver)
        self._wake.connect(self._woken, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = bus.subscribe(self.post) if bus is not None else None

    def post(self, event: Event) -> None:
        """Take `event` for delivery; returns at once and may be called from any thread."""
        with self._lock:
            if self._closed:
                return
            self._queue.append(event)
            if self._awake:
                return
            self._awake = True
        self._wake.emit()

    def on(self, kind: type[E], handler: Callable[[E], object]) -> Callable[[], None]:
        """Call `handler` on the GUI thread with each event of type `kind`; the returned function ends that.

        A bound method is held weakly, and a method of a deleted `QObject` is never called. A plain function
        or lambda is held until it is removed.
        """
        entry = _Handler(handler)
        self._handlers.setdefault(kind, []).append(entry)

        def remove() -> None:
            entries = self._handlers.get(kind, [])
            if entry in entries:
                entries.remove(entry)

        return remove

    def flush(self) -> None:
        """Deliver now what waits."""
        self._timer.stop()
        self._deliver()

    def close(self) -> None:
        """Take no more events and drop those that wait."""
        with self._lock:
            self._closed = True
            self._queue.clear()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._timer.stop()
        self._handlers.clear()

    def _woken(self) -> None:
        wait = self._last + INTERVAL_MS / 1000 - time.monotonic()
        if wait > 0:
            self._timer.start(round(wait * 1000))
        else:
            self._deliver()

    def _deliver(self) -> None:
        with self._lock:
            events, self._queue = self._queue, []
            self._awake = False
        self._last = time.monotonic()
        for event in coalesce(events):
            for entry in tuple(self._handlers.get(type(event), ())):
                handler = entry.get()
                if handler is None:
                    self._handlers[type(event)].remove(entry)
                else:
                    handler(event)
            self.event.emit(event)


class _Handler:
    """A subscriber that does not keep the object it belongs to alive."""

    __slots__ = ("_reference",)

    def __init__(self, handler: Callable[[Any], object]) -> None:
        self._reference: Callable[[], Callable[[Any], object] | None]
        if inspect.ismethod(handler):
            self._reference = weakref.WeakMethod(handler)
        else:
            self._reference = lambda: handler

    def get(self) -> Callable[[Any], object] | None:
        handler = self._reference()
        owner = getattr(handler, "__self__", None)
        if isinstance(owner, QObject) and not isValid(owner):
            return None
        return handler


def coalesce(events: list[Event]) -> list[Event]:
    """Return `events` without those that a later one replaces; the order of what stays is kept."""
    kept: list[Event | None] = []
    places: dict[Hashable, int] = {}
    for event in events:
        match event:
            case MessageDelta():
                key: Hashable = (MessageDelta, event.message_id)
                earlier = kept[places[key]] if key in places else None
                if isinstance(earlier, MessageDelta):
                    kept[places[key]] = replace(
                        earlier,
                        text=earlier.text + event.text,
                        reasoning=earlier.reasoning + event.reasoning,
                        tokens=earlier.tokens + event.tokens,
                    )
                    continue
            case MessageChanged():
                # Text that was streamed before this commit must not be joined with text that comes after it.
                places.pop((MessageDelta, event.message.id), None)
                key = None
            case CompareDelta():
                key = (CompareDelta, event.answer_id)
                before = kept[places[key]] if key in places else None
                if isinstance(before, CompareDelta):
                    kept[places[key]] = replace(
                        before,
                        text=before.text + event.text,
                        reasoning=before.reasoning + event.reasoning,
                        tokens=before.tokens + event.tokens,
                    )
                    continue
            case CompareAnswerChanged():
                places.pop((CompareDelta, event.answer.id), None)
                key = None
            case JobChanged():
                key = (JobChanged, event.job.id)
            case JobRemoved():
                key = (JobChanged, event.job_id)
            case ActivityChanged():
                key = (ActivityChanged, event.activity.id)
            case ActivityRemoved():
                key = (ActivityChanged, event.activity_id)
            case ModelChanged():
                key = (ModelChanged, event.model_path, event.state)
            case ChatListChanged():
                key = (ChatListChanged, event.chat_id)
            case NetworkUsed():
                key = (NetworkUsed, event.host)
            case CompareListChanged():
                key = (CompareListChanged, event.comparison_id)
            case UnattendedChanged() | BenchChanged():
                key = (type(event), event.run_id)
            case SweepChanged():
                key = (SweepChanged, event.sweep.id)
            case ServerAsked():
                key = (ServerAsked, event.line.id)
            case LabChanged():
                key = (LabChanged, event.model_id)
            case (
                LibraryChanged()
                | AdaptersChanged()
                | MixesChanged()
                | ServerChanged()
                | OfflineChanged()
                | MachineChanged()
                | FitLedgerChanged()
                | ConnectionsChanged()
            ):
                key = type(event)
            case _:
                key = None
        if key is not None:
            if key in places:
                kept[places[key]] = None
            places[key] = len(kept)
        kept.append(event)
    return [event for event in kept if event is not None]
