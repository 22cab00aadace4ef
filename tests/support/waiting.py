"""Waiting for what a bus publishes, without sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable

from backend.events import Event, EventBus


class Events:
    """Everything that was published since this was made, or since the last `clear`."""

    def __init__(self, bus: EventBus) -> None:
        self._events: list[Event] = []
        self._changed = threading.Condition()
        bus.subscribe(self._add)

    def _add(self, event: Event) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def clear(self) -> None:
        with self._changed:
            self._events.clear()

    def all(self) -> tuple[Event, ...]:
        with self._changed:
            return tuple(self._events)

    def wait(self, wanted: Callable[[Event], bool], timeout: float = 180.0) -> Event:
        """The newest event that is `wanted`; waits until there is one."""

        def found() -> Event | None:
            return next((event for event in reversed(self._events) if wanted(event)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, timeout), "the event never came"
            event = found()
        assert event is not None
        return event


def until(bus: EventBus, wanted: Callable[[], bool], timeout: float = 180.0) -> None:
    """Wait until `wanted()`, which is asked anew after events. Unlike those of `Events`, it may ask services:
    no lock is held meanwhile, which whoever publishes could be waiting for."""
    published = threading.Event()
    unsubscribe = bus.subscribe(lambda _: published.set())
    try:
        while not wanted():
            assert published.wait(timeout), "it never happened"
            published.clear()  # before it is asked again, so that no event is missed
    finally:
        unsubscribe()
