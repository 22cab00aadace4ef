"""The view of the conversation list: keys, folders that open and close, dragging chats and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.pages.chat.conversation_delegate import ConversationDelegate
from ui.pages.chat.conversation_model import CHATS_MIME, ROW_ROLE, ConversationModel
from ui.pages.chat.conversation_rows import ChatRow, FolderRow, Heading, HitRow, Row

IMPORTABLE = (".json", ".jsonl")


class ConversationList(QListView):
    """Delete asks to delete; Enter, Space, Left and Right open and close a folder; chats can be dragged.

    Signals:
        delete_asked: The selected rows are to be deleted.
        folder_toggled: Id of a folder, and whether it is open from now on.
        dropped_in: Ids of chats that were let go over a folder, and its id; None is outside of all.
        dropped_on_pins: Ids of chats that were let go over the pinned ones.
        files_dropped: Files to import.
    """

    delete_asked = Signal()
    folder_toggled = Signal(int, bool)
    dropped_in = Signal(object, object)
    dropped_on_pins = Signal(object)
    files_dropped = Signal(object)

    def __init__(self, model: ConversationModel) -> None:
        super().__init__()
        self._rows = model
        self._painter = ConversationDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setMouseTracking(True)

    def selected(self) -> list[Row]:
        """The selected rows, from top to bottom."""
        return [self._rows.row(at) for at in sorted(index.row() for index in self.selectedIndexes())]

    def _toggle(self, row: FolderRow, shown: bool | None = None) -> None:
        wanted = not row.open if shown is None else shown
        if wanted != row.open:
            self.folder_toggled.emit(row.folder.id, wanted)

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        row = self.currentIndex().data(ROW_ROLE)
        if editing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif isinstance(row, FolderRow) and (act := self._folder_key(row, event.key())) is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _folder_key(self, row: FolderRow, key: int) -> Callable[[], None] | None:
        match key:
            case Qt.Key.Key_Right:
                return lambda: self._toggle(row, True)
            case Qt.Key.Key_Left:
                return lambda: self._toggle(row, False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                return lambda: self._toggle(row)
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() is Qt.MouseButton.LeftButton and plain:
            row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
            if isinstance(row, FolderRow):
                self._toggle(row)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrow keys skip the headings."""
        before = self.currentIndex()
        index = super().moveCursor(action, modifiers)
        up = action in (
            QAbstractItemView.CursorAction.MoveUp,
            QAbstractItemView.CursorAction.MovePrevious,
            QAbstractItemView.CursorAction.MovePageUp,
        )
        step = -1 if up else 1
        while index.isValid() and isinstance(index.data(ROW_ROLE), Heading):
            following = index.sibling(index.row() + step, 0)
            if not following.isValid() and up:
                return before
            index = following
        return index if index.isValid() else before

    # -- dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CHATS_MIME) or _files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        at = self.indexAt(event.position().toPoint()).row()
        dragged = event.mimeData().hasFormat(CHATS_MIME)
        searching = at >= 0 and isinstance(self._rows.row(at), HitRow)
        if (dragged and at >= 0 and not searching) or _files(event):
            event.acceptProposedAction()
        else:
            event.ignore()
        self._mark(self._target(at) if dragged and at >= 0 else -1)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(-1)
        event.acceptProposedAction()
        files = _files(event)
        if files:
            self.files_dropped.emit(files)
            return
        ids = tuple(map(int, bytes(event.mimeData().data(CHATS_MIME).data()).decode().split(",")))
        at = self.indexAt(event.position().toPoint()).row()
        if at >= 0 and self._rows.in_pinned(at):
            self.dropped_on_pins.emit(ids)
        elif at >= 0:
            self.dropped_in.emit(ids, self._rows.folder_at(at))

    def _target(self, at: int) -> int:
        """The row that is marked while something hangs over row `at`."""
        folder = self._rows.folder_at(at)
        return self._rows.row_of_folder(folder) if folder is not None else at

    def _mark(self, at: int) -> None:
        if self._painter.drop_row != at:
            self._painter.drop_row = at
            self.viewport().update()


def _files(event: QDropEvent) -> tuple[Path, ...]:
    """Files in `event` that may hold chats."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in IMPORTABLE)


def chat_ids(rows: list[Row]) -> tuple[int, ...]:
    """The chats among `rows`, each once, also those in which something was found."""
    ids = [
        row.chat.id if isinstance(row, ChatRow) else row.found.chat_id
        for row in rows
        if isinstance(row, ChatRow | HitRow)
    ]
    return tuple(dict.fromkeys(ids))
