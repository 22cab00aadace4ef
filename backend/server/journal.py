"""The log of the server: one line per request, without content unless the person asked for it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from backend.events import EventBus, ServerAsked
from backend.server.types import RequestLine

_MOST_LINES = 500
_MOST_TEXT = 20_000
"""Characters of a prompt or an answer that are kept."""


class Journal:
    """The last requests. Thread-safe; every line is published when it begins and when it ends."""

    def __init__(self, bus: EventBus, keep_content: Callable[[], bool]) -> None:
        self._bus = bus
        self._keep_content = keep_content
        self._lock = threading.Lock()
        self._lines: dict[int, RequestLine] = {}
        self._numbers = itertools.count(1)

    def lines(self) -> tuple[RequestLine, ...]:
        """From the oldest to the newest."""
        with self._lock:
            return tuple(self._lines.values())

    def clear(self) -> None:
        with self._lock:
            self._lines.clear()

    def begin(self, method: str, path: str, client: str) -> Entry:
        line = RequestLine(next(self._numbers), time.time(), method[:16], path[:200], client=client)
        self.note(line)
        return Entry(self, line, keeps_content=self._keep_content())

    def note(self, line: RequestLine) -> None:
        if not self._keep_content():
            line = replace(line, prompt="", answer="")
        with self._lock:
            self._lines[line.id] = line
            while len(self._lines) > _MOST_LINES:
                del self._lines[next(iter(self._lines))]
        self._bus.publish(ServerAsked(line))


class Entry:
    """The line of one request while it is being answered."""

    def __init__(self, journal: Journal, line: RequestLine, *, keeps_content: bool) -> None:
        self._journal = journal
        self._line = line
        self._began = time.monotonic()
        self._answer: list[str] = []
        self._room = _MOST_TEXT if keeps_content else 0

    def tell(self, **facts: Any) -> None:
        """Set fields of the line."""
        self._line = replace(self._line, **facts)

    def add(self, text: str) -> None:
        """Take a piece of the answer."""
        if self._room:
            self._answer.append(text[: self._room])
            self._room -= len(self._answer[-1])

    def asked(self, model: str, prompt: str) -> None:
        self.tell(model=model, prompt=prompt[-_MOST_TEXT:] if self._room else "")

    def end(self, status: int) -> None:
        seconds = time.monotonic() - self._began
        self.tell(status=status, seconds=seconds, answer="".join(self._answer))
        self._journal.note(self._line)
