"""Answers that are on their way: their text since they began, and how fast they come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from backend.chats.types import Message
from backend.events import MessageDelta


@dataclass(slots=True)
class LiveAnswer:
    """What has been decoded of one answer. The database is up to a second behind this."""

    message: Message
    clock: Callable[[], float] = time.monotonic
    tokens: int = 0
    _text: list[str] = field(default_factory=list)
    _reasoning: list[str] = field(default_factory=list)
    _first: float | None = None
    _first_tokens: int = 0
    _last: float = 0.0

    def add(self, delta: MessageDelta) -> None:
        """Append what `delta` brings."""
        self._text.append(delta.text)
        self._reasoning.append(delta.reasoning)
        self.tokens += delta.tokens
        self._last = self.clock()
        if self._first is None:
            self._first = self._last
            self._first_tokens = self.tokens

    def so_far(self) -> Message:
        """The message with all of its text until now."""
        self._text = ["".join(self._text)]
        self._reasoning = ["".join(self._reasoning)]
        return replace(
            self.message,
            text=self.message.text + self._text[0],
            reasoning=self.message.reasoning + self._reasoning[0],
        )

    @property
    def tokens_per_second(self) -> float:
        """Measured since the first token; 0 while too little has come to say."""
        spent = self._last - self._first if self._first is not None else 0.0
        decoded = self.tokens - self._first_tokens
        return decoded / spent if spent > 0.25 and decoded > 2 else 0.0
