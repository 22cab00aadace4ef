"""Conversations as a Qt list. Changes by id, never a reset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from backend.i18n import tr
from ui.pages.chat.conversation_rows import ChatRow, FolderRow, Heading, HitRow, Row, key_of

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
CHATS_MIME = "application/x-orangery-chats"
"""Ids of the chats that are being dragged, with commas between."""


class ConversationModel(QAbstractListModel):
    """Rows of `conversation_rows` under `ROW_ROLE`; editing a text asks for a new title or name.

    Signals:
        renamed: Id of a chat and the title that was typed for it.
        folder_renamed: Id of a folder and the name that was typed for it.
    """

    renamed = Signal(int, str)
    folder_renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def set_rows(self, rows: list[Row]) -> None:
        """Turn the list into `rows` by the fewest removals, moves, insertions and changes."""
        wanted = {key_of(row) for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if key_of(self._rows[at]) not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._put(at, row)

    def _put(self, at: int, row: Row) -> None:
        key = key_of(row)
        if at < len(self._rows) and key_of(self._rows[at]) == key:
            if self._rows[at] != row:
                self._rows[at] = row
                index = self.index(at)
                self.dataChanged.emit(index, index)
            return
        found = next((i for i in range(at + 1, len(self._rows)) if key_of(self._rows[i]) == key), None)
        if found is None:
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
        else:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), at)
            self._rows.insert(at, self._rows.pop(found))
            self.endMoveRows()
            self._put(at, row)

    def row_of(self, chat_id: int) -> int:
        """The row of a chat, or -1."""
        return self._place(("chat", chat_id))

    def row_of_folder(self, folder_id: int) -> int:
        """The row of a folder, or -1."""
        return self._place(("folder", folder_id))

    def _place(self, key: tuple[str, object]) -> int:
        return next((at for at, row in enumerate(self._rows) if key_of(row) == key), -1)

    def row(self, at: int) -> Row:
        return self._rows[at]

    def folder_at(self, at: int) -> int | None:
        """The folder that row `at` is, or is in; None where it is in none."""
        row = self._rows[at]
        if isinstance(row, FolderRow):
            return row.folder.id
        return row.chat.folder_id if isinstance(row, ChatRow) and row.inside else None

    def in_pinned(self, at: int) -> bool:
        """Whether row `at` belongs to the pinned chats."""
        row = self._rows[at]
        return (
            row.key == "pinned" if isinstance(row, Heading) else isinstance(row, ChatRow) and row.chat.pinned
        )

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return _words(row)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return _more(row)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not title:
            return False
        if isinstance(row, ChatRow):
            if title != row.title:
                self.renamed.emit(row.chat.id, title)
            return True
        if isinstance(row, FolderRow):
            if title != row.folder.name:
                self.folder_renamed.emit(row.folder.id, title)
            return True
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        row = self._rows[index.row()]
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(row, Heading):
            return usual
        usual |= Qt.ItemFlag.ItemIsSelectable
        if not isinstance(row, HitRow):
            usual |= Qt.ItemFlag.ItemIsEditable
        return usual | Qt.ItemFlag.ItemIsDragEnabled if isinstance(row, ChatRow) else usual

    def mimeTypes(self) -> list[str]:
        return [CHATS_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        rows = (self._rows[index.row()] for index in indexes)
        ids = ",".join(str(row.chat.id) for row in rows if isinstance(row, ChatRow))
        data = QMimeData()
        data.setData(CHATS_MIME, QByteArray(ids.encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


def _words(row: Row) -> str:
    match row:
        case Heading():
            return row.text
        case FolderRow():
            return row.folder.name
        case ChatRow() | HitRow():
            return row.title


def _more(row: Row) -> str:
    """What a screen reader says after the words."""
    match row:
        case Heading():
            return ""
        case FolderRow():
            state = tr("open") if row.open else tr("closed")
            return tr("folder of {count} chats, {state}", n=row.count, count=row.count, state=state)
        case ChatRow():
            return tr("{note}, answering", note=row.note) if row.answering else row.note
        case HitRow():
            return row.found.snippet
