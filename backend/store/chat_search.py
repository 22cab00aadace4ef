"""Search over all chats: by the full-text index, or by reading everything where that cannot answer."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from typing import Any

from backend.chats.types import Chat, FoundMessage
from backend.store import search_index
from backend.store.chat_rows import CHAT, chat
from backend.store.database import Database

_WORDS = 24  # of a snippet
_AROUND = 80  # characters of a snippet before and after the first hit, where the index has not made it
_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters stand around the words in a snippet of the index
_MARKED = re.compile(f"{_OPEN}|{_CLOSE}")
# Scripts that are written without spaces: the index takes a whole run for one word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class ChatSearch:
    """Finds words, or their beginnings, in titles and messages of every branch. Case and accents do not
    count."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def chats(self, text: str) -> tuple[Chat, ...]:
        """Chats in whose title, or in one of whose messages, all words occur; last used first."""
        words = text.split()

        def run(connection: sqlite3.Connection) -> tuple[Chat, ...]:
            if query := _query(connection, words):
                condition = (
                    "(id IN (SELECT rowid FROM title_index WHERE title_index MATCH ?1) OR id IN"
                    " (SELECT chat_id FROM messages WHERE id IN"
                    " (SELECT rowid FROM message_index WHERE message_index MATCH ?1)))"
                )
            else:
                query = _define_matches(connection, words)
                condition = (
                    "(matches(title, ?1) OR EXISTS (SELECT 1 FROM messages WHERE chat_id = chats.id"
                    " AND deleted_with IS NULL AND matches(text, ?1)))"
                )
            rows = connection.execute(
                f"SELECT {CHAT} FROM chats WHERE deleted = 0 AND {condition} ORDER BY sequence DESC, id DESC",
                (query,),
            )
            return tuple(chat(row) for row in rows)

        return self._database.read(run)

    def messages(self, text: str, limit: int) -> tuple[FoundMessage, ...]:
        """Titles, then messages, in which all words occur, the newest of each first, at most `limit`."""
        words = text.split()
        if not words:
            return ()

        def run(connection: sqlite3.Connection) -> tuple[FoundMessage, ...]:
            query = _query(connection, words)
            found = _indexed(connection, query, limit) if query else _read(connection, words, limit)
            return tuple(found)

        return self._database.read(run)


def _query(connection: sqlite3.Connection, words: list[str]) -> str:
    """`words` in the language of the index; empty if it cannot look them up."""
    asked = [word for word in words if any(letter.isalnum() for letter in word)]
    if not asked or any(_UNSPACED.search(word) for word in asked) or not search_index.installed(connection):
        return ""
    return " ".join('"{}"*'.format(word.replace('"', '""').replace("\0", "")) for word in asked)


def _indexed(connection: sqlite3.Connection, query: str, limit: int) -> list[FoundMessage]:
    def snippet(table: str) -> str:
        return f"snippet({table}, 0, '{_OPEN}', '{_CLOSE}', '…', {_WORDS})"

    # The index is read from its newest row on and only as far as the limit: hence the order of the joins.
    titles = connection.execute(
        f"SELECT chats.id, chats.title, NULL, {snippet('title_index')} FROM title_index CROSS JOIN chats"
        " ON chats.id = title_index.rowid WHERE title_index MATCH ? AND chats.deleted = 0"
        " ORDER BY title_index.rowid DESC LIMIT ?",
        (query, limit),
    ).fetchall()
    messages = connection.execute(
        f"SELECT chats.id, chats.title, messages.id, {snippet('message_index')} FROM message_index"
        " CROSS JOIN messages ON messages.id = message_index.rowid"
        " CROSS JOIN chats ON chats.id = messages.chat_id"
        " WHERE message_index MATCH ? AND chats.deleted = 0"
        " ORDER BY message_index.rowid DESC LIMIT ?",
        (query, limit - len(titles)),
    ).fetchall()
    return [
        FoundMessage(chat_id, title, message_id, *_marked(text))
        for chat_id, title, message_id, text in titles + messages
    ]


def _marked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A snippet on one line, and where its marks were."""
    plain: list[str] = []
    marks: list[tuple[int, int]] = []
    length, start = 0, -1
    position = 0
    text = " ".join(text.split())
    for found in _MARKED.finditer(text):
        part = text[position : found.start()]
        plain.append(part)
        length += len(part)
        position = found.end()
        if found[0] == _OPEN:
            start = length
        elif start >= 0:
            marks.append((start, length - start))
            start = -1
    plain.append(text[position:])
    return "".join(plain), tuple(marks)


def _read(connection: sqlite3.Connection, words: list[str], limit: int) -> list[FoundMessage]:
    """Without the index: every text is read and folded, the newest first."""
    wanted = _define_matches(connection, words)
    rows: list[tuple[Any, ...]] = connection.execute(
        "SELECT id, title, NULL, title FROM chats WHERE deleted = 0 AND matches(title, ?)"
        " ORDER BY id DESC LIMIT ?",
        (wanted, limit),
    ).fetchall()
    rows += connection.execute(
        "SELECT chats.id, chats.title, messages.id, messages.text FROM messages CROSS JOIN chats"
        " ON chats.id = messages.chat_id WHERE chats.deleted = 0 AND messages.deleted_with IS NULL"
        " AND messages.state <> 'streaming' AND matches(messages.text, ?) ORDER BY messages.id DESC LIMIT ?",
        (wanted, limit - len(rows)),
    ).fetchall()
    return [
        FoundMessage(chat_id, title, message_id, *_excerpt(text, wanted.split()))
        for chat_id, title, message_id, text in rows
    ]


def _excerpt(text: str, folded_words: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    # Folding letter by letter keeps the places of the letters.
    text = " ".join(text.split())
    folded = "".join((_fold(letter) or letter)[0] for letter in text)
    first = min((place for word in folded_words if (place := folded.find(word)) >= 0), default=0)
    start, end = max(0, first - _AROUND), first + _AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    marks: list[tuple[int, int]] = []
    for word in folded_words:
        place = folded.find(word, start, end)
        while place >= 0:
            marks.append((place - start + len(before), len(word)))
            place = folded.find(word, place + len(word), end)
    return before + text[start:end] + after, tuple(sorted(set(marks)))


def _define_matches(connection: sqlite3.Connection, words: list[str]) -> str:
    """Give SQL a function ``matches(text, words)``; returns the words as it takes them."""
    connection.create_function("matches", 2, _matches, deterministic=True)
    return " ".join(_fold(word) for word in words)


def _matches(text: str, words: str) -> bool:
    folded = _fold(text)
    return all(word in folded for word in words.split())


def _fold(text: str) -> str:
    """`text` without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
