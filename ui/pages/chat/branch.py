"""The shown branch of a chat, and what an event about one message does to it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from backend.chats.types import Message


class Effect(Enum):
    """What `Branch.put` did."""

    UPDATED = "updated"
    EXTENDED = "extended"
    UNKNOWN = "unknown"


class Branch:
    """Messages root first. `put` keeps them a path: a new child of an earlier one cuts what was below it."""

    def __init__(self, messages: Sequence[Message] = ()) -> None:
        self._messages = list(messages)

    def __len__(self) -> int:
        return len(self._messages)

    @property
    def messages(self) -> tuple[Message, ...]:
        return tuple(self._messages)

    def put(self, message: Message) -> Effect:
        """Take a message that was added or changed; `UNKNOWN` means that the branch must be read again."""
        for at, known in enumerate(self._messages):
            if known.id == message.id:
                self._messages[at] = message
                return Effect.UPDATED
        if message.parent_id is None:
            self._messages = [message]
            return Effect.EXTENDED
        for at in range(len(self._messages) - 1, -1, -1):
            if self._messages[at].id == message.parent_id:
                self._messages[at + 1 :] = [message]
                return Effect.EXTENDED
        return Effect.UNKNOWN
