"""What an answer has said so far."""

from __future__ import annotations

import threading
import time

from backend.chats.types import Message
from backend.engines.types import Delta, TokenChoice


class Said:
    """Collects deltas on the engine's thread for the answer's own. Thread-safe."""

    def __init__(self, begun: Message | None) -> None:
        """`begun` is the answer that is gone on with, if it is not a new one."""
        self._lock = threading.Lock()
        self._text = [begun.text if begun else ""]
        self._reasoning = [begun.reasoning if begun else ""]
        self._choices = list(begun.choices) if begun else []
        self._tokens = 0
        self._changed = False
        self._thought_before = begun.reasoning_s if begun else 0.0
        self._thinking_since: float | None = None
        self._thought_until = 0.0

    def add(self, delta: Delta) -> None:
        with self._lock:
            self._text.append(delta.text)
            self._reasoning.append(delta.reasoning)
            self._choices.extend(delta.choices)
            self._tokens += delta.tokens
            self._changed = True
            if delta.reasoning:
                self._thought_until = time.monotonic()
                self._thinking_since = self._thinking_since or self._thought_until

    def changed(self) -> bool:
        """Whether there is something new since this was asked last."""
        with self._lock:
            changed, self._changed = self._changed, False
            return changed

    def text(self) -> tuple[str, str]:
        """Text and reasoning."""
        with self._lock:
            # Joined once a second; kept joined, so that a long answer costs no more than its length each
            # time.
            self._text = ["".join(self._text)]
            self._reasoning = ["".join(self._reasoning)]
            return self._text[0], self._reasoning[0]

    def choices(self) -> tuple[TokenChoice, ...]:
        with self._lock:
            return tuple(self._choices)

    @property
    def tokens(self) -> int:
        """How many were written since this answer, or its rest, began."""
        with self._lock:
            return self._tokens

    @property
    def anything(self) -> bool:
        return any(self.text())

    @property
    def reasoning_s(self) -> float:
        """Seconds from the first to the last word of its reasoning."""
        with self._lock:
            if self._thinking_since is None:
                return self._thought_before
            return self._thought_before + self._thought_until - self._thinking_since
