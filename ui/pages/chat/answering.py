"""Which chats are being answered, and what has come of their answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from backend.chats.types import Message, MessageState
from backend.events import MessageDelta
from ui.pages.chat.live import LiveAnswer


class Answering(QObject):
    """Fed with the events of all chats.

    Signals:
        changed: Id of a chat that is being answered from now on, or no longer.
    """

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.live: dict[int, LiveAnswer] = {}
        """By the id of the answer's message."""
        self._busy: set[int] = set()
        self._reopening: set[int] = set()

    @property
    def chats(self) -> frozenset[int]:
        """Ids of the chats that are being answered."""
        return frozenset(self._busy)

    def set_busy(self, chat_id: int, busy: bool) -> None:
        """Note that a chat is being answered, or no longer."""
        if busy != (chat_id in self._busy):
            (self._busy.add if busy else self._busy.discard)(chat_id)
            self.changed.emit(chat_id)

    def reopen(self, message_id: int) -> None:
        """An answer is about to go on: the next event tells it as it is, and does not mean that it ended."""
        self._reopening.add(message_id)

    def forget_reopening(self, message_id: int) -> None:
        """It will not go on after all."""
        self._reopening.discard(message_id)

    def take(self, message: Message) -> None:
        """A message was added or is in another state."""
        if message.state is MessageState.STREAMING:
            self._reopening.discard(message.id)
            self.live[message.id] = LiveAnswer(message)
            self.set_busy(message.chat_id, True)
            return
        self.live.pop(message.id, None)
        if message.id in self._reopening:
            self._reopening.discard(message.id)
        elif message.role == "assistant" or message.error_title:
            self.set_busy(message.chat_id, False)

    def add(self, delta: MessageDelta) -> LiveAnswer | None:
        """Text of an answer has come; None where its beginning was missed."""
        live = self.live.get(delta.message_id)
        if live is not None:
            live.add(delta)
        return live
