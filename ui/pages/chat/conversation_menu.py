"""The menus of the conversation list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from backend.i18n import tr
from ui.pages.chat.conversation_list import chat_ids
from ui.pages.chat.conversation_rows import ChatRow, FolderRow, Row
from ui.pages.chat.conversations import ConversationPane
from ui.pages.chat.export_kinds import add_kinds
from ui.theme import icons


class ListMenu(QObject):
    """Opens menus over `pane` when it asks for them; their entries emit its signals."""

    def __init__(self, pane: ConversationPane) -> None:
        super().__init__(pane)
        self._pane = pane
        pane.menu_asked.connect(self.open)

    def open(self, rows: list[Row], place: QPoint) -> None:
        """Show the menu of `rows`, or that of no chat in particular, at a point of the screen."""
        menu = self.of_rows(rows) if rows else self.of_all()
        if not menu.isEmpty():
            menu.popup(place)

    def of_all(self) -> QMenu:
        """What concerns no chat in particular, or all."""
        pane, menu = self._pane, self._menu()
        _entry(menu, "folder-plus", tr("New folder"), lambda: pane.folder_asked.emit(()))
        menu.addSeparator()
        _entry(menu, "upload", tr("Import chats …"), lambda: pane.import_asked.emit(()))
        export = menu.addMenu(icons.icon("download", "text.2", 16), tr("Export all chats"))
        export.setEnabled(bool(pane.all_ids))
        add_kinds(export, lambda kind: pane.export_asked.emit(pane.all_ids, kind))
        return menu

    def of_rows(self, rows: list[Row]) -> QMenu:
        """What can be done with `rows`: chats, or one folder."""
        menu = self._menu()
        ids = chat_ids(rows)
        if ids:
            self._fill_chats(menu, rows, ids)
        elif len(rows) == 1 and isinstance(rows[0], FolderRow):
            self._fill_folder(menu, rows[0])
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fill_chats(self, menu: QMenu, rows: list[Row], ids: tuple[int, ...]) -> None:
        pane = self._pane
        chats = [row.chat for row in rows if isinstance(row, ChatRow)]
        if len(ids) == 1 and chats:
            rename = _entry(menu, "pencil", tr("Rename"), lambda: pane.rename(ids[0]))
            rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        if chats:
            pinned = all(chat.pinned for chat in chats)
            words = tr("Unpin") if pinned else tr("Pin to the top")
            _entry(menu, "pin", words, lambda: pane.pin_asked.emit(ids, not pinned))
            move = menu.addMenu(icons.icon("folder", "text.2", 16), tr("Move to folder"))
            for folder in pane.folders:
                action = move.addAction(folder.name.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(all(chat.folder_id == folder.id for chat in chats))
                action.triggered.connect(lambda _=False, id=folder.id: pane.move_asked.emit(ids, id))
            move.addSeparator()
            move.addAction(tr("New folder")).triggered.connect(lambda: pane.folder_asked.emit(ids))
            if any(chat.folder_id is not None for chat in chats):
                out = move.addAction(tr("Out of the folder"))
                out.triggered.connect(lambda: pane.move_asked.emit(ids, None))
        export = menu.addMenu(icons.icon("share", "text.2", 16), tr("Export"))
        add_kinds(export, lambda kind: pane.export_asked.emit(ids, kind))
        menu.addSeparator()
        words = tr("Delete") if len(ids) == 1 else tr("Delete {n} chats", n=len(ids))
        delete = _entry(menu, "trash-2", words, lambda: pane.delete_asked.emit(ids))
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))

    def _fill_folder(self, menu: QMenu, row: FolderRow) -> None:
        pane, folder = self._pane, row.folder
        words = tr("Close") if row.open else tr("Open")
        toggle = lambda: pane.folder_toggled.emit(folder.id, not row.open)  # noqa: E731
        _entry(menu, "chevron-right" if row.open else "chevron-down", words, toggle)
        rename = _entry(menu, "pencil", tr("Rename"), lambda: pane.rename_folder(folder.id))
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        menu.addSeparator()
        words = tr("Remove the folder, keep its chats")
        delete = _entry(menu, "trash-2", words, lambda: pane.folder_delete_asked.emit(folder))
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))


def _entry(menu: QMenu, icon: str, words: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(icons.icon(icon, "text.2", 16), words)
    action.triggered.connect(lambda _=False: act())
    return action
