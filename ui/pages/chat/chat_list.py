"""The list of chats: reading and searching it, renaming, deleting and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend.chats.types import Chat
from backend.events import ChatListChanged
from ui import tasks
from ui.bridge import EventBridge

if TYPE_CHECKING:
    from backend.app import Backend

_DELAY_MS = 60


class ChatList(QObject):
    """Follows `ChatListChanged`; several events in a row are read once.

    Signals:
        changed: `chats` was read.
        deleted: A chat that is gone and can be restored.
        restored: A chat that is back.
        failed: An `AppError`.
    """

    changed = Signal()
    deleted = Signal(object)
    restored = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.chats: tuple[Chat, ...] = ()
        self._search = ""
        self._reading: tasks.Task | None = None
        self._deleted: Chat | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.read)
        bridge.on(ChatListChanged, self._on_list)

    def set_search(self, text: str) -> None:
        """List only chats that have all the words of `text`."""
        self._search = text.strip()
        self.read()

    def read(self) -> None:
        """Read the list again; a reading that is under way no longer counts."""
        if self._reading is not None:
            self._reading.cancel()
        words = self._search
        chats = self._backend.chats

        def done(found: tuple[Chat, ...]) -> None:
            self._reading = None
            self.chats = found
            self.changed.emit()

        work = (lambda: chats.search(words)) if words else chats.chats
        self._reading = tasks.run(work, done, self.failed.emit, owner=self)

    def chat(self, chat_id: int) -> Chat | None:
        """The row of a chat, if it is in the list."""
        return next((chat for chat in self.chats if chat.id == chat_id), None)

    def neighbour(self, chat_id: int) -> Chat | None:
        """What to show instead of a chat that goes: the one below it, else the one above."""
        at = next((i for i, chat in enumerate(self.chats) if chat.id == chat_id), 0)
        others = [chat for chat in self.chats if chat.id != chat_id]
        return others[min(at, len(others) - 1)] if others else None

    def rename(self, chat_id: int, title: str) -> None:
        """Give a chat another title."""
        tasks.run(lambda: self._backend.chats.rename(chat_id, title), None, self.failed.emit, owner=self)

    def delete(self, chat_id: int) -> None:
        """Delete a chat; `undo_delete` takes it back."""
        chat = self.chat(chat_id)

        def done(_: None) -> None:
            self._deleted = chat
            if chat is not None:
                self.deleted.emit(chat)

        tasks.run(lambda: self._backend.chats.delete(chat_id), done, self.failed.emit, owner=self)

    def undo_delete(self) -> None:
        """Restore the chat that was deleted last."""
        chat, self._deleted = self._deleted, None
        if chat is not None:
            tasks.run(
                lambda: self._backend.chats.restore(chat.id),
                lambda _: self.restored.emit(chat),
                self.failed.emit,
                owner=self,
            )

    def _on_list(self, _event: ChatListChanged) -> None:
        self._timer.start()
