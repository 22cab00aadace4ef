"""Texts that were typed and not sent, one per chat, kept over restarts."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path

log = logging.getLogger(__name__)


class Drafts:
    """Drafts in memory with a file behind them. `load` and `save` block; the rest does not.

    Losing drafts is never worth an error: a bad file counts as empty, a failed save is logged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[int, str] = {}

    def get(self, chat_id: int) -> str:
        return self._texts.get(chat_id, "")

    def set(self, chat_id: int, text: str) -> bool:
        """Remember `text` (empty forgets); True if that changed something."""
        if self._texts.get(chat_id, "") == text:
            return False
        if text:
            self._texts[chat_id] = text
        else:
            self._texts.pop(chat_id, None)
        return True

    def snapshot(self) -> dict[int, str]:
        """What `save` writes; taken on the GUI thread, written on another."""
        return dict(self._texts)

    def load(self) -> dict[int, str]:
        """Read the file; call `adopt` with the result on the GUI thread."""
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
            return {int(key): text for key, text in raw.items() if isinstance(text, str)}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError) as error:
            log.warning("drafts are unreadable: %s", error)
            return {}

    def adopt(self, texts: dict[int, str]) -> None:
        """Take what `load` read, without losing what was typed since."""
        self._texts = texts | self._texts

    def save(self, texts: dict[int, str]) -> None:
        """Write `texts` to the file, whole or not at all."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".drafts-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({str(key): text for key, text in texts.items()}, file, ensure_ascii=False)
            Path(name).replace(self._path)
        except OSError as error:
            log.warning("drafts could not be saved: %s", error)
