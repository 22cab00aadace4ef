"""Drafts on the GUI side: loaded once, saved half a second after the last key, outside of the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ui import tasks
from ui.pages.chat.drafts import Drafts

_DELAY_MS = 500


class DraftKeeper(QObject):
    """Signals:
    loaded: What earlier runs left is there now.
    """

    loaded = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = Drafts(path)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._save)

    def load(self) -> None:
        """Read the file; `loaded` follows."""
        tasks.run(self._drafts.load, self._adopt, owner=self)

    def get(self, chat_id: int) -> str:
        return self._drafts.get(chat_id)

    def put(self, chat_id: int, text: str) -> None:
        """Remember `text` for a chat; empty forgets."""
        if self._drafts.set(chat_id, text):
            self._timer.start()

    def save_now(self) -> None:
        """Write what waits, in this thread, because the program ends."""
        if self._timer.isActive():
            self._timer.stop()
            self._drafts.save(self._drafts.snapshot())

    def _adopt(self, texts: dict[int, str]) -> None:
        self._drafts.adopt(texts)
        self.loaded.emit()

    def _save(self) -> None:
        texts = self._drafts.snapshot()
        tasks.run(lambda: self._drafts.save(texts), owner=self)
