"""Chats to files and back: asking for the place, the work outside of the GUI thread, and saying what came
of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QWidget

from backend.chats.types import Chat
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.pages.chat.export_kinds import SUFFIXES, add_kinds, kind_name
from ui.pages.chat.texts import chat_title
from ui.shell import Shell

if TYPE_CHECKING:
    from backend.app import Backend

_MAX_NAME = 60


def file_name(chats: Sequence[Chat], kind: str) -> str:
    """What to call the file of these chats at first."""
    name = chat_title(chats[0]) if len(chats) == 1 else tr("Chats")
    plain = re.sub(r"[^\w\- ]+", " ", name)
    return (" ".join(plain.split())[:_MAX_NAME].strip() or "chats") + SUFFIXES[kind]


class Transfer(QObject):
    """Signals:
    imported: Id of the first chat that came from a file.
    """

    imported = Signal(int)

    def __init__(self, backend: Backend, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._backend, self._shell, self._page = backend, shell, page

    def offer(self, button: QAbstractButton, shown: Callable[[], Chat | None]) -> None:
        """Let `button` open a menu with the kinds of files for the chat that is shown."""

        def open_menu() -> None:
            chat = shown()
            if chat is not None:
                menu = QMenu(button)
                menu.aboutToHide.connect(menu.deleteLater)
                add_kinds(menu, lambda kind: self.export((chat.id,), kind))
                menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

        button.clicked.connect(open_menu)

    def export(self, chat_ids: Sequence[int], kind: str) -> None:
        """Ask for a file and write chats into it."""
        chats = self._backend.chats

        def ask(found: list[Chat]) -> None:
            suggested = Path.home() / file_name(found, kind)
            words = f"{kind_name(kind)} (*{SUFFIXES[kind]})"
            chosen, _ = QFileDialog.getSaveFileName(self._page.window(), tr("Export"), str(suggested), words)
            if chosen:
                path = Path(chosen)
                self.write(chat_ids, path if path.suffix else path.with_suffix(SUFFIXES[kind]), kind)

        tasks.run(lambda: [chats.chat(chat_id) for chat_id in chat_ids], ask, self._failed, owner=self)

    def write(self, chat_ids: Sequence[int], path: Path, kind: str) -> None:
        """Write chats into `path`."""
        chats = self._backend.chats

        def done(_: None) -> None:
            words = (
                tr("Exported to {name}", name=path.name)
                if len(chat_ids) == 1
                else tr("Exported {n} chats to {name}", n=len(chat_ids), name=path.name)
            )
            self._shell.toast(words, tr("Show in folder"), lambda: _reveal(path))

        tasks.run(lambda: chats.export(chat_ids, path, kind), done, self._failed, owner=self)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Add the chats of files; without any, ask for some."""
        if paths:
            self._read(tuple(paths))
            return
        chosen, _ = QFileDialog.getOpenFileNames(
            self._page.window(),
            tr("Import chats"),
            str(Path.home()),
            tr("Files with chats") + " (*.json *.jsonl);;" + tr("All files") + " (*)",
        )
        if chosen:
            self._read(tuple(map(Path, chosen)))

    def _read(self, paths: tuple[Path, ...]) -> None:
        chats = self._backend.chats

        def work() -> tuple[int, ...]:
            return tuple(chat_id for path in paths for chat_id in chats.import_file(path))

        def done(ids: tuple[int, ...]) -> None:
            if not ids:
                self._shell.toast(tr("There was no chat in the file."))
                return
            self._shell.toast(tr("Imported {n} chats", n=len(ids)))
            self.imported.emit(ids[0])

        tasks.run(work, done, self._failed, owner=self)

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))


def _reveal(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
