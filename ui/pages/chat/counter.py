"""How full the context is, counted while the person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend.chats.types import Attachment, ContextUse
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui import tasks

if TYPE_CHECKING:
    from backend.app import Backend

_DELAY_MS = 250


class ContextCounter(QObject):
    """Counts a moment after the last request, one count at a time.

    Signals:
        counted: Id of the chat, and its `ContextUse` or None where it could not be told.
    """

    counted = Signal(int, object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._wanted: tuple[int, str, tuple[Attachment, ...]] | None = None
        self._counting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._count)

    def request(self, chat_id: int | None, draft: str, files: tuple[Attachment, ...] = ()) -> None:
        """Count this chat with `draft` and `files` as its next message; None takes back a request."""
        self._wanted = (chat_id, draft, files) if chat_id is not None else None
        self._timer.start()

    def _count(self) -> None:
        if self._wanted is None or self._counting:
            return
        (chat_id, draft, files), self._wanted = self._wanted, None
        self._counting = True

        def ended(use: ContextUse | None) -> None:
            self._counting = False
            self.counted.emit(chat_id, use)
            if self._wanted is not None:
                self._timer.start()

        def failed(_error: AppError) -> None:
            ended(None)

        chats = self._backend.chats
        tasks.run(lambda: chats.context_use(chat_id, draft, files), ended, failed, owner=self)


def check_length(use: ContextUse) -> None:
    """Refuse what cannot fit. An estimate may be wrong by half; then the engine counts after the load. Where
    the chat leaves out old turns, `use` is what remains.

    Raises:
        AppError: ``chat.too_long``, with both numbers.
    """
    tokens = use.system + use.conversation
    if tokens < (use.n_ctx * 1.5 if use.approximate else use.n_ctx):
        return
    raise AppError(
        "chat.too_long",
        tr(
            "With this message the chat has {tokens} tokens, but its context holds {n_ctx}.",
            tokens=("~" if use.approximate else "") + fmt.number(tokens),
            n_ctx=fmt.number(use.n_ctx),
        ),
        tr("Shorten it, choose a longer context in the panel, or start a new chat."),
    )
