"""Changes of a chat's settings on their way to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend.errors import AppError
from ui import tasks

if TYPE_CHECKING:
    from backend.app import Backend

_DELAY_MS = 400


class ChatChanges(QObject):
    """Collects changes per chat and saves them a moment after the last one, in the order they were made.

    Signals:
        saved: Id of a chat whose changes are in the database.
        failed: An `AppError`; the changes are lost.
    """

    saved = Signal(int)
    failed = Signal(object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._waiting: dict[int, dict[str, Any]] = {}
        self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.flush)

    def add(self, chat_id: int, changes: dict[str, Any]) -> None:
        """Save these keyword arguments of `ChatService.update` soon."""
        self._waiting.setdefault(chat_id, {}).update(changes)
        self._timer.start()

    def pending(self) -> bool:
        """Whether something has not reached the database."""
        return self._saving or bool(self._waiting)

    def take(self, chat_id: int) -> dict[str, Any]:
        """Hand over what waits for a chat; whoever takes it saves it."""
        return self._waiting.pop(chat_id, {})

    def forget(self, chat_id: int) -> None:
        """Drop what waits for a chat that is gone."""
        self._waiting.pop(chat_id, None)

    def flush(self) -> None:
        """Begin to save now."""
        self._timer.stop()
        if self._saving or not self._waiting:
            return
        chat_id = next(iter(self._waiting))
        changes = self._waiting.pop(chat_id)
        self._saving = True

        def ended() -> None:
            self._saving = False
            self.saved.emit(chat_id)
            self.flush()

        def failed(error: AppError) -> None:
            self.failed.emit(error)
            ended()

        chats = self._backend.chats
        tasks.run(lambda: chats.update(chat_id, **changes), lambda _: ended(), failed, owner=self)
