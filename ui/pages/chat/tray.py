"""Files that wait to be sent with the next message, per chat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.chats.types import Attachment
from backend.errors import AppError
from ui import tasks

if TYPE_CHECKING:
    from backend.app import Backend


class Tray(QObject):
    """Files are read and counted outside of the GUI thread, one after the other.

    Signals:
        changed: Id of a chat that has other files, or whose files are being read.
        refused: Id of a chat, and why a file cannot be sent with it.
    """

    changed = Signal(int)
    refused = Signal(int, object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._files: dict[int, tuple[Attachment, ...]] = {}
        self._waiting: list[tuple[int, Path]] = []

    def of(self, chat_id: int | None) -> tuple[Attachment, ...]:
        """The files of a chat, in the order they were added."""
        return self._files.get(chat_id, ()) if chat_id is not None else ()

    def reading(self, chat_id: int | None) -> int:
        """How many files of a chat are still being read."""
        return sum(waiting == chat_id for waiting, _path in self._waiting)

    def add(self, chat_id: int, paths: Sequence[Path]) -> None:
        """Attach files to the next message of a chat."""
        idle = not self._waiting
        self._waiting += [(chat_id, path) for path in paths]
        self.changed.emit(chat_id)
        if idle and self._waiting:
            self._next()

    def _next(self) -> None:
        chat_id, path = self._waiting[0]

        def done(file: Attachment) -> None:
            known = self.of(chat_id)
            if all((file.name, file.size, file.text) != (each.name, each.size, each.text) for each in known):
                self._files[chat_id] = (*known, file)
            ended()

        def failed(error: AppError) -> None:
            ended()
            self.refused.emit(chat_id, error)

        def ended() -> None:
            del self._waiting[0]
            self.changed.emit(chat_id)
            if self._waiting:
                self._next()

        chats = self._backend.chats
        tasks.run(lambda: chats.attach(path, chat_id), done, failed, owner=self)

    def remove(self, chat_id: int, at: int) -> None:
        """Take a file off again."""
        files = self.of(chat_id)
        self._files[chat_id] = (*files[:at], *files[at + 1 :])
        self.changed.emit(chat_id)

    def clear(self, chat_id: int) -> None:
        """Forget the files of a chat: they were sent."""
        if self._files.pop(chat_id, None):
            self.changed.emit(chat_id)
