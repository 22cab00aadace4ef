"""What the list of conversations is made of: pinned chats, folders, stretches of time, and what a search
found."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from backend.chats.types import Chat, ChatFolder, FoundMessage
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.texts import chat_title, missing_name


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names what follows, such as a stretch of time; it cannot be chosen."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder, with how many chats follow while it is open."""

    folder: ChatFolder
    count: int
    open: bool


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A conversation as the list shows it; `inside` a folder, and whether it is `answering` now."""

    chat: Chat
    title: str
    note: str
    inside: bool = False
    answering: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """A message, or a title, that has the words of a search."""

    found: FoundMessage
    title: str


Row = Heading | FolderRow | ChatRow | HitRow


def key_of(row: Row) -> tuple[str, object]:
    """What makes a row the same row, whatever it shows."""
    match row:
        case Heading():
            return "heading", row.key
        case FolderRow():
            return "folder", row.folder.id
        case ChatRow():
            return "chat", row.chat.id
        case HitRow():
            return "hit", (row.found.chat_id, row.found.message_id)


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


def rows_of(
    chats: Sequence[Chat],
    model_names: dict[str, str],
    now: float | None = None,
    *,
    folders: Sequence[ChatFolder] = (),
    closed: Collection[int] = (),
    answering: Collection[int] = (),
) -> list[Row]:
    """Rows for `chats`, which are in the order of the list: pinned ones, folders, then by time.

    Args:
        closed: Ids of folders whose chats are not shown.
        answering: Ids of chats whose answer is on its way.
    """
    now = time.time() if now is None else now
    today = date.fromtimestamp(now)

    def row(chat: Chat, group_key: str, *, inside: bool = False) -> ChatRow:
        note = _note(chat, model_names, group_key, now)
        return ChatRow(chat, chat_title(chat), note, inside, chat.id in answering)

    rows: list[Row] = []
    pinned = [chat for chat in chats if chat.pinned]
    if pinned:
        rows.append(Heading("pinned", tr("Pinned")))
        rows += [row(chat, group(chat.updated, today).key) for chat in pinned]
    known = {folder.id for folder in folders}
    loose = [chat for chat in chats if not chat.pinned]
    if folders:
        rows.append(Heading("folders", tr("Folders")))
    for folder in folders:
        inside = [chat for chat in loose if chat.folder_id == folder.id]
        rows.append(FolderRow(folder, len(inside), folder.id not in closed))
        if folder.id not in closed:
            rows += [row(chat, group(chat.updated, today).key, inside=True) for chat in inside]
    seen: set[str] = set()
    for chat in loose:
        if chat.folder_id in known:
            continue
        heading = group(chat.updated, today)
        if heading.key not in seen:
            seen.add(heading.key)
            rows.append(heading)
        rows.append(row(chat, heading.key))
    return rows


def hit_rows(hits: Sequence[FoundMessage], limit: int) -> list[Row]:
    """Rows for what a search found; with `limit` hits there may be more."""
    if not hits:
        return []
    count = fmt.number(len(hits))
    words = (
        tr("The first {count} places", n=len(hits), count=count)
        if len(hits) >= limit
        else tr("{count} places", n=len(hits), count=count)
    )
    return [Heading("hits", words), *(HitRow(hit, hit.title.strip() or tr("New chat")) for hit in hits)]


def _note(chat: Chat, model_names: dict[str, str], group_key: str, now: float) -> str:
    gone = missing_name(chat.model_id) if chat.model_id else tr("no model")
    model = model_names.get(chat.model_id or "", gone)
    if group_key not in ("today", "yesterday"):
        return model
    when = tr("now") if now - chat.updated < 60 else fmt.clock(chat.updated)
    return tr("{model}, {time}", model=model, time=when)
