"""From the engine's threads to the server's event loop: the events of one request, joined per burst."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

from backend.engines.base import Generating
from backend.engines.types import Delta, GenerationEvent

MOST_WAITING = 1_000_000
"""Characters that may wait for a client that does not read; with more, it is cut off."""


class Burst:
    """Takes events on any thread and hands them to the event loop, all that came since it last looked.

    An engine does not wait for a client, since other answers are decoded in the same batch. So what a slow
    client has not taken is kept, within bounds.
    """

    def __init__(self, answers: int, too_much: Callable[[], None]) -> None:
        """`too_much` is called in the event loop when more waits than may."""
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._lock = threading.Lock()
        self._waiting: list[GenerationEvent] = []
        self._size = 0
        self._open = answers
        self._woken = False
        self._too_much = too_much

    def hear(self, event: GenerationEvent) -> None:
        """Take an event; never blocks."""
        with self._lock:
            if self._size > MOST_WAITING:
                return
            self._waiting.append(event)
            if isinstance(event, Delta):
                self._size += 64 + len(event.text) + len(event.reasoning) + 400 * len(event.choices)
            overflown = self._size > MOST_WAITING
            if overflown:
                self._waiting.clear()
            wake, self._woken = not self._woken, True
        try:
            if overflown:
                self._loop.call_soon_threadsafe(self._too_much)
            elif wake:
                self._loop.call_soon_threadsafe(self._wake.set)
        except RuntimeError:  # the server has ended
            pass

    async def __aiter__(self) -> AsyncIterator[list[GenerationEvent]]:
        """The events, until each answer has ended."""
        while self._open:
            await self._wake.wait()
            with self._lock:
                events, self._waiting = self._waiting, []
                self._size = 0
                self._woken = False
                self._wake.clear()
            self._open -= sum(not isinstance(event, Delta) for event in events)
            yield events


def joined(events: list[GenerationEvent]) -> list[GenerationEvent]:
    """The same events with the pieces of one answer as one piece, up to a call or the end."""
    if len(events) == 1:
        return events
    whole: list[list[GenerationEvent]] = []
    open_: dict[int, list[GenerationEvent]] = {}
    for event in events:
        pieces = open_.get(event.index)
        if isinstance(event, Delta) and pieces is not None:
            pieces.append(event)
        else:
            pieces = [event]
            whole.append(pieces)
        if isinstance(event, Delta) and not event.tool_calls:
            open_[event.index] = pieces
        else:
            open_.pop(event.index, None)
    return [pieces[0] if len(pieces) == 1 else _one(pieces) for pieces in whole]


def _one(pieces: list[GenerationEvent]) -> Delta:
    deltas = [piece for piece in pieces if isinstance(piece, Delta)]
    return Delta(
        "".join([delta.text for delta in deltas]),
        "".join([delta.reasoning for delta in deltas]),
        deltas[0].index,
        sum(delta.tokens for delta in deltas),
        tuple(choice for delta in deltas for choice in delta.choices),
        deltas[-1].tool_calls,
    )


Start = Callable[[str, Callable[[GenerationEvent], None]], Generating]
"""Begins the answers of the model with a key."""
