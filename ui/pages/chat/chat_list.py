"""The list of chats: reading and searching it, and arranging what is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend.chats.types import Chat, ChatFolder, FoundMessage
from backend.events import ChatListChanged
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge

if TYPE_CHECKING:
    from backend.app import Backend

_DELAY_MS = 60
HITS = 200
"""So many places of a search are listed."""


class ChatList(QObject):
    """Follows `ChatListChanged`; several events in a row are read once.

    Signals:
        changed: `chats`, `folders` and `hits` were read.
        deleted: A tuple of chats that are gone and can be restored.
        restored: A chat that is back.
        folder_made: A `ChatFolder` that has no name of its own yet.
        failed: An `AppError`.
    """

    changed = Signal()
    deleted = Signal(object)
    restored = Signal(object)
    folder_made = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.chats: tuple[Chat, ...] = ()
        self.folders: tuple[ChatFolder, ...] = ()
        self.hits: tuple[FoundMessage, ...] = ()
        self.searching = False
        """Whether `hits` is what is wanted, rather than all chats."""
        self._search = ""
        self._reading: tasks.Task | None = None
        self._deleted: tuple[Chat, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.read)
        bridge.on(ChatListChanged, self._on_list)

    def set_search(self, text: str) -> None:
        """Find the titles and messages that have all the words of `text`."""
        self._search = text.strip()
        self.read()

    def read(self) -> None:
        """Read the list again; a reading that is under way no longer counts."""
        if self._reading is not None:
            self._reading.cancel()
        words = self._search
        chats = self._backend.chats

        def work() -> tuple[tuple[Chat, ...], tuple[ChatFolder, ...], tuple[FoundMessage, ...]]:
            return chats.chats(), chats.folders(), chats.find_text(words, HITS) if words else ()

        def done(found: tuple[tuple[Chat, ...], tuple[ChatFolder, ...], tuple[FoundMessage, ...]]) -> None:
            self._reading = None
            self.chats, self.folders, self.hits = found
            self.searching = bool(words)
            self.changed.emit()

        self._reading = tasks.run(work, done, self.failed.emit, owner=self)

    def renew(self) -> None:
        """Something was saved: a reading that is under way may have missed it."""
        if self._reading is not None:
            self.read()

    def chat(self, chat_id: int) -> Chat | None:
        """The row of a chat, if it is in the list."""
        return next((chat for chat in self.chats if chat.id == chat_id), None)

    def neighbour(self, gone: Sequence[int]) -> Chat | None:
        """What to show instead of chats that go: the one below the first, else the one above."""
        at = next((i for i, chat in enumerate(self.chats) if chat.id in gone), 0)
        others = [chat for chat in self.chats if chat.id not in gone]
        below = len([chat for chat in self.chats[:at] if chat.id not in gone])
        return others[min(below, len(others) - 1)] if others else None

    def rename(self, chat_id: int, title: str) -> None:
        """Give a chat another title."""
        self._run(lambda: self._backend.chats.rename(chat_id, title))

    def pin(self, chat_ids: Sequence[int], pinned: bool) -> None:
        """Keep chats on top, or let them go."""
        self._run(lambda: [self._backend.chats.pin(chat_id, pinned) for chat_id in chat_ids])

    def move(self, chat_ids: Sequence[int], folder_id: int | None) -> None:
        """Put chats into a folder; None takes them out."""
        self._run(lambda: [self._backend.chats.move(chat_id, folder_id) for chat_id in chat_ids])

    # -- folders

    def add_folder(self, chat_ids: Sequence[int] = ()) -> None:
        """Make a folder with these chats in it; `folder_made` asks for its name."""
        chats = self._backend.chats

        def work() -> ChatFolder:
            folder = chats.add_folder(tr("New folder"))
            for chat_id in chat_ids:
                chats.move(chat_id, folder.id)
            return folder

        tasks.run(work, self.folder_made.emit, self.failed.emit, owner=self)

    def rename_folder(self, folder_id: int, name: str) -> None:
        """Give a folder another name."""
        self._run(lambda: self._backend.chats.rename_folder(folder_id, name))

    def delete_folder(self, folder_id: int) -> None:
        """Remove a folder; its chats stay."""
        self._run(lambda: self._backend.chats.delete_folder(folder_id))

    # -- deleting

    def delete(self, chat_ids: Sequence[int]) -> None:
        """Delete chats; `undo_delete` takes it back."""
        gone = tuple(chat for chat in map(self.chat, chat_ids) if chat is not None)

        def done(_: None) -> None:
            self._deleted = gone
            if gone:
                self.deleted.emit(gone)

        def work() -> None:
            for chat_id in chat_ids:
                self._backend.chats.delete(chat_id)

        tasks.run(work, done, self.failed.emit, owner=self)

    def undo_delete(self) -> None:
        """Restore the chats that were deleted last."""
        gone, self._deleted = self._deleted, ()
        if not gone:
            return

        def work() -> None:
            for chat in gone:
                self._backend.chats.restore(chat.id)

        tasks.run(work, lambda _: self.restored.emit(gone[0]), self.failed.emit, owner=self)

    # -- inside

    def _run(self, work: Callable[[], object]) -> None:
        tasks.run(work, None, self.failed.emit, owner=self)

    def _on_list(self, _event: ChatListChanged) -> None:
        self._timer.start()
