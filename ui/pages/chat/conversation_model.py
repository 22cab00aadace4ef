"""Chats as a Qt list, with a heading row before each stretch of time. Changes by id, never a reset."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from backend.chats.types import Chat
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.texts import chat_title, missing_name

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names a stretch of time; it cannot be chosen."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A conversation as the list shows it."""

    chat: Chat
    title: str
    note: str


Row = Heading | ChatRow
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


def group(when: float, today: date) -> Heading:
    """The stretch of time that the Unix time `when` falls into, seen from `today`."""
    day = date.fromtimestamp(when)
    if day >= today:
        return Heading("today", tr("Today"))
    if day == today - timedelta(days=1):
        return Heading("yesterday", tr("Yesterday"))
    if day > today - timedelta(days=8):
        return Heading("week", tr("Previous 7 days"))
    month = QLocale().standaloneMonthName(day.month)
    name = month if day.year == today.year else f"{month} {day.year}"
    return Heading(f"{day.year}-{day.month}", name[:1].upper() + name[1:])


def rows_of(chats: Sequence[Chat], model_names: dict[str, str], now: float | None = None) -> list[Row]:
    """Headings and rows for `chats`, which are in the order of the list."""
    now = time.time() if now is None else now
    today = date.fromtimestamp(now)
    rows: list[Row] = []
    seen: set[str] = set()
    for chat in chats:
        heading = group(chat.updated, today)
        if heading.key not in seen:
            seen.add(heading.key)
            rows.append(heading)
        rows.append(ChatRow(chat, chat_title(chat), _note(chat, model_names, heading.key, now)))
    return rows


def _note(chat: Chat, model_names: dict[str, str], group_key: str, now: float) -> str:
    gone = missing_name(chat.model_id) if chat.model_id else tr("no model")
    model = model_names.get(chat.model_id or "", gone)
    if group_key not in ("today", "yesterday"):
        return model
    when = tr("now") if now - chat.updated < 60 else fmt.clock(chat.updated)
    return tr("{model}, {time}", model=model, time=when)


def _key(row: Row) -> tuple[str, object]:
    return ("heading", row.key) if isinstance(row, Heading) else ("chat", row.chat.id)


class ConversationModel(QAbstractListModel):
    """Rows of `Heading` and `ChatRow` under `ROW_ROLE`; editing a chat's text asks for a new title.

    Signals:
        renamed: Id of a chat and the title that was typed for it.
    """

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def set_rows(self, rows: list[Row]) -> None:
        """Turn the list into `rows` by the fewest removals, moves, insertions and changes."""
        wanted = {_key(row) for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if _key(self._rows[at]) not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._put(at, row)

    def _put(self, at: int, row: Row) -> None:
        key = _key(row)
        if at < len(self._rows) and _key(self._rows[at]) == key:
            if self._rows[at] != row:
                self._rows[at] = row
                index = self.index(at)
                self.dataChanged.emit(index, index)
            return
        found = next((i for i in range(at + 1, len(self._rows)) if _key(self._rows[i]) == key), None)
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
        for at, row in enumerate(self._rows):
            if isinstance(row, ChatRow) and row.chat.id == chat_id:
                return at
        return -1

    def row(self, at: int) -> Row:
        return self._rows[at]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.text if isinstance(row, Heading) else row.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and isinstance(row, ChatRow):
            return row.note
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, ChatRow) or not title:
            return False
        if title != row.title:
            self.renamed.emit(row.chat.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        editable = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | editable
