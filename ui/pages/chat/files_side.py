"""The composer's files, tied to the tray of the shown chat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from backend.errors import AppError
from backend.i18n import tr
from ui.pages.chat.composer import Composer
from ui.pages.chat.presenter import ChatPresenter


class FilesSide(QObject):
    """Asks for files, and shows what is attached to the next message."""

    def __init__(self, composer: Composer, presenter: ChatPresenter) -> None:
        super().__init__(composer)
        self._composer, self._presenter = composer, presenter
        composer.attach_asked.connect(self.attach)
        composer.file_removed.connect(self._remove)
        presenter.tray.changed.connect(self._changed)
        presenter.tray.refused.connect(self._refused)

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files; without any, ask for some."""
        if not paths:
            chosen, _ = QFileDialog.getOpenFileNames(
                self._composer.window(), tr("Attach files"), str(Path.home())
            )
            paths = tuple(map(Path, chosen))
        if paths:
            self._presenter.attach(paths)
            self._composer.input.setFocus()

    def show(self) -> None:
        """Show the files of the shown chat."""
        chat, tray = self._presenter.chat, self._presenter.tray
        chat_id = chat.id if chat is not None else None
        self._composer.set_files(tray.of(chat_id), reading=tray.reading(chat_id) > 0)

    def _remove(self, place: int) -> None:
        if self._presenter.chat is not None:
            self._presenter.tray.remove(self._presenter.chat.id, place)

    def _is_shown(self, chat_id: int) -> bool:
        return self._presenter.chat is not None and self._presenter.chat.id == chat_id

    def _changed(self, chat_id: int) -> None:
        if self._is_shown(chat_id):
            self.show()

    def _refused(self, chat_id: int, error: AppError) -> None:
        if self._is_shown(chat_id):
            self._composer.show_error(error)
