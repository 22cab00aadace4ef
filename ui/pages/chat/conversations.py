"""The pane of conversations: search, list, folders, and what can be done with the chats in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.chats.types import ChatFolder
from backend.i18n import tr
from ui.pages.chat.conversation_list import ConversationList, chat_ids
from ui.pages.chat.conversation_model import ConversationModel
from ui.pages.chat.conversation_rows import ChatRow, FolderRow, HitRow, Row
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField


class ConversationPane(QWidget):
    """Search field, list, and the buttons for a new chat and for everything else.

    Chats are named by tuples of their ids.

    Signals:
        opened: Id of the chat to show.
        hit_opened: A `FoundMessage` to show in its chat.
        new_asked: A new chat is wanted.
        renamed: Id and new title of a chat.
        delete_asked: Chats to delete.
        undo_asked: The last deletion is to be taken back.
        search_changed: Words to search for, a moment after the last key.
        pin_asked: Chats, and whether they stay on top.
        move_asked: Chats, and the id of a folder; None is outside of all.
        folder_asked: A new folder is wanted, with these chats in it.
        folder_renamed: Id and new name of a folder.
        folder_delete_asked: A `ChatFolder` to remove.
        folder_toggled: Id of a folder, and whether its chats are shown.
        export_asked: Chats to write into a file, and the kind of file.
        import_asked: Files with chats; empty asks for them.
        menu_asked: The rows whose menu is wanted, or none, and where on the screen.
    """

    opened = Signal(int)
    hit_opened = Signal(object)
    new_asked = Signal()
    renamed = Signal(int, str)
    delete_asked = Signal(object)
    undo_asked = Signal()
    search_changed = Signal(str)
    pin_asked = Signal(object, bool)
    move_asked = Signal(object, object)
    folder_asked = Signal(object)
    folder_renamed = Signal(int, str)
    folder_delete_asked = Signal(object)
    folder_toggled = Signal(int, bool)
    export_asked = Signal(object, str)
    import_asked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ConversationModel(self)
        self.model.renamed.connect(self.renamed)
        self.model.folder_renamed.connect(self.folder_renamed)
        self.folders: tuple[ChatFolder, ...] = ()
        self.all_ids: tuple[int, ...] = ()
        self._shown: int | None = None
        self._naming: int | None = None
        self._more = IconButton("ellipsis", tr("Folders, import and export"))
        self._more.clicked.connect(self._open_more)
        self._new = IconButton("square-pen", tr("New chat (Ctrl+N)"))
        self._new.clicked.connect(self.new_asked)
        self.search = SearchField(tr("Search all text"))
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.search.moved.connect(self._move)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(200)
        self._wait.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.list = ConversationList(self.model)
        self.list.setAccessibleName(tr("Chats"))
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.delete_asked.connect(self._delete)
        self.list.folder_toggled.connect(self.folder_toggled)
        self.list.dropped_in.connect(self._dropped_in)
        self.list.dropped_on_pins.connect(lambda ids: self.pin_asked.emit(ids, True))
        self.list.files_dropped.connect(self.import_asked)
        self.list.activated.connect(lambda _index: self._open_hit())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        self._none = label("", "small", "3", wrap=True)
        self._none.setContentsMargins(20, 8, 12, 0)
        self._none.hide()
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo_asked)
        self._build()
        theme.changed.connect(self.list.viewport().update)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 8, 0)
        head.setSpacing(4)
        head.addWidget(label(tr("Chats"), "title"))
        head.addStretch(1)
        head.addWidget(self._more)
        head.addWidget(self._new)
        top = QWidget()
        top.setFixedHeight(theme.size("toolbar"))
        top.setLayout(head)
        box = QHBoxLayout()
        box.setContentsMargins(12, 0, 12, 4)
        box.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addLayout(box)
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)

    # -- what is shown

    def set_rows(self, rows: list[Row]) -> None:
        """Show `rows`, keeping the selection and the scroll position."""
        self.model.set_rows(rows)
        searching = bool(self.search.text().strip())
        self._none.setText(tr("No chat has these words.") if searching else tr("No chats yet."))
        self._none.setVisible(not rows)
        if not any(isinstance(row, FolderRow) for row in self.list.selected()):
            self.show_chat(self._shown)
        if self._naming is not None and self.model.row_of_folder(self._naming) >= 0:
            folder, self._naming = self._naming, None
            self.rename_folder(folder)

    def show_chat(self, chat_id: int | None) -> None:
        """Select a chat without opening it again."""
        self._shown = chat_id
        at = self.model.row_of(chat_id) if chat_id is not None else -1
        chosen = self.list.selected()
        if at >= 0 and len(chosen) < 2 and self.model.row(at) not in chosen:
            self.list.setCurrentIndex(self.model.index(at))
        elif at < 0 and not any(isinstance(row, HitRow) for row in chosen):
            self.list.clearSelection()

    def rename(self, chat_id: int) -> None:
        """Edit the title of a chat in its row."""
        self._edit(self.model.row_of(chat_id))

    def rename_folder(self, folder_id: int) -> None:
        """Edit the name of a folder in its row."""
        self._edit(self.model.row_of_folder(folder_id))

    def name_folder(self, folder_id: int) -> None:
        """Edit the name of a folder as soon as it is in the list."""
        if self.model.row_of_folder(folder_id) >= 0:
            self.rename_folder(folder_id)
        else:
            self._naming = folder_id

    def _edit(self, at: int) -> None:
        if at >= 0:
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(at))
            self.list.edit(self.model.index(at))

    # -- choosing

    def _selection_changed(self) -> None:
        chosen = self.list.selected()
        if len(chosen) != 1:
            return
        row = chosen[0]
        if isinstance(row, ChatRow) and row.chat.id != self._shown:
            self._shown = row.chat.id
            self.opened.emit(row.chat.id)
        elif isinstance(row, HitRow):
            self._open_hit()

    def _open_hit(self) -> None:
        chosen = self.list.selected()
        if len(chosen) == 1 and isinstance(chosen[0], HitRow):
            self._shown = chosen[0].found.chat_id
            self.hit_opened.emit(chosen[0].found)

    def _move(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        while 0 <= at < self.model.rowCount():
            if isinstance(self.model.row(at), ChatRow | HitRow):
                self.list.setCurrentIndex(self.model.index(at))
                return
            at += step

    # -- acting

    def _delete(self) -> None:
        rows = self.list.selected()
        ids = chat_ids(rows)
        if ids:
            self.delete_asked.emit(ids)
        elif len(rows) == 1 and isinstance(rows[0], FolderRow):
            self.folder_delete_asked.emit(rows[0].folder)

    def _dropped_in(self, ids: Sequence[int], folder: int | None) -> None:
        pinned = tuple(
            row.chat.id
            for at in map(self.model.row_of, ids)
            if at >= 0 and isinstance(row := self.model.row(at), ChatRow) and row.chat.pinned
        )
        if pinned:
            self.pin_asked.emit(pinned, False)
        self.move_asked.emit(tuple(ids), folder)

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        rows = self.list.selected()
        if index.isValid() and self.model.row(index.row()) not in rows:
            rows = [self.model.row(index.row())]
        self.menu_asked.emit(rows if index.isValid() else [], self.list.viewport().mapToGlobal(place))

    def _open_more(self) -> None:
        self.menu_asked.emit([], self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.list.doItemsLayout()
