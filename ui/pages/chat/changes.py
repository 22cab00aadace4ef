"""Changes of a chat's settings on their way to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend.errors import AppError
from ui import tasks

if TYPE_CHECKING:
    from backend.app import Backend

_DELAY_MS = 400
_SOON_MS = 50
"""What is heard at once, such as a fader, is saved at most twenty times a second."""


class ChatChanges(QObject):
    """Collects changes per chat and saves them a moment after the last one, in the order they were made.

    Signals:
        saved: Id of a chat whose changes are in the database.
        failed: An `AppError`; the changes are lost.
        rack_refused: Id of a chat and an `AppError`: its adapters are as before.
    """

    saved = Signal(int)
    failed = Signal(object)
    rack_refused = Signal(int, object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._waiting: dict[int, dict[str, Any]] = {}
        self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def add(self, chat_id: int, changes: dict[str, Any]) -> None:
        """Save these keyword arguments of `ChatService.update` soon."""
        self._waiting.setdefault(chat_id, {}).update(changes)
        if "rack" not in self._waiting[chat_id]:
            self._timer.start(_DELAY_MS)
        elif not self._timer.isActive() or self._timer.remainingTime() > _SOON_MS:
            self._timer.start(_SOON_MS)  # and not anew with every move, so that a long drag is heard

    @property
    def saving(self) -> bool:
        """Whether something is on its way right now."""
        return self._saving

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
        if "rack" in changes and len(changes) > 1 and "model_id" not in changes:
            # Adapters can be refused, and then the rest must not be lost with them.
            self._waiting[chat_id] = {"rack": changes.pop("rack")}
        self._saving = True

        def ended() -> None:
            self._saving = False
            self.saved.emit(chat_id)
            if not self._timer.isActive():
                self.flush()

        def failed(error: AppError) -> None:
            if "rack" in changes and "model_id" not in changes:
                self.rack_refused.emit(chat_id, error)
            else:
                self.failed.emit(error)
            ended()

        chats = self._backend.chats
        tasks.run(lambda: chats.update(chat_id, **changes), lambda _: ended(), failed, owner=self)
