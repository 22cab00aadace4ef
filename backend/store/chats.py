"""Chats and their messages in the database.

The messages of a chat form a tree; the chat points at the leaf of the branch that is shown. A message whose
parent is None begins a conversation.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from backend.chats.types import Chat, Message, MessageState
from backend.engines.types import KvType, Role, Sampling, Timings
from backend.store import codec
from backend.store.database import Database

_CHAT = (
    "id, title, model_id, system_prompt, sampling, n_ctx, kv_type, n_batch, gpu_layers, leaf_id,"
    " created, updated, sequence, deleted"
)
_MESSAGE = (
    "id, chat_id, parent_id, role, text, state, created, reasoning, model_id, model_name, quant,"
    " finish_reason, timings, error_title, error_hint"
)
_NEXT_SEQUENCE = "(SELECT coalesce(max(sequence), 0) + 1 FROM chats)"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a message begins as; the database gives it its id and its place in time."""

    chat_id: int
    parent_id: int | None
    role: Role
    text: str = ""
    state: MessageState = MessageState.DONE
    model_id: str | None = None
    model_name: str = ""
    quant: str = ""
    error_title: str = ""
    error_hint: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an answer ended, with all of its text."""

    state: MessageState
    text: str
    reasoning: str = ""
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    error_title: str = ""
    error_hint: str = ""


class ChatRepository:
    """Plain SQL over the tables ``chats`` and ``messages``. Methods return when their commit is on the disk.

    A chat or message that does not exist raises `LookupError`: ids only come from here.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- chats ----------------------------------------------------------------------------------------------

    def create(self, title: str, model_id: str | None, sampling: Sampling, n_ctx: int | None) -> Chat:
        """A new, empty chat at the top of the list."""
        now = time.time()

        def run(connection: sqlite3.Connection) -> Chat:
            chat_id = connection.execute(
                "INSERT INTO chats (title, model_id, system_prompt, sampling, n_ctx, created, updated,"
                f" sequence) VALUES (?, ?, '', ?, ?, ?, ?, {_NEXT_SEQUENCE})",
                (title, model_id, codec.dump(sampling), n_ctx, now, now),
            ).lastrowid
            assert chat_id is not None
            return _get_chat(connection, chat_id)

        return self._database.write(run)

    def get(self, chat_id: int) -> Chat:
        return self._database.read(lambda connection: _get_chat(connection, chat_id))

    def all(self) -> tuple[Chat, ...]:
        """Chats that are not deleted, last used first."""

        def run(connection: sqlite3.Connection) -> tuple[Chat, ...]:
            rows = connection.execute(
                f"SELECT {_CHAT} FROM chats WHERE deleted = 0 ORDER BY sequence DESC, id DESC"
            )
            return tuple(_chat(row) for row in rows)

        return self._database.read(run)

    def search(self, words: tuple[str, ...]) -> tuple[Chat, ...]:
        """Chats in whose title or in one of whose messages (on any branch) all `words` occur.

        Letters match whatever their case, also beyond ASCII, which SQLite's own LIKE cannot do.
        """
        wanted = [word.casefold() for word in words]

        def matches(text: str) -> bool:
            folded = text.casefold()
            return all(word in folded for word in wanted)

        def run(connection: sqlite3.Connection) -> tuple[Chat, ...]:
            connection.create_function("matches", 1, matches, deterministic=True)
            rows = connection.execute(
                f"SELECT {_CHAT} FROM chats WHERE deleted = 0 AND (matches(title) OR EXISTS"
                " (SELECT 1 FROM messages WHERE chat_id = chats.id AND matches(text)))"
                " ORDER BY sequence DESC, id DESC"
            )
            return tuple(_chat(row) for row in rows)

        return self._database.read(run)

    def update(self, chat: Chat) -> Chat:
        """Save title, model, system prompt, sampling and how the model is opened; the place in the list
        stays."""

        def run(connection: sqlite3.Connection) -> Chat:
            connection.execute(
                "UPDATE chats SET title = ?, model_id = ?, system_prompt = ?, sampling = ?, n_ctx = ?,"
                " kv_type = ?, n_batch = ?, gpu_layers = ?, updated = ? WHERE id = ?",
                (
                    chat.title,
                    chat.model_id,
                    chat.system_prompt,
                    codec.dump(chat.sampling),
                    chat.n_ctx,
                    chat.kv_type,
                    chat.n_batch,
                    chat.gpu_layers,
                    time.time(),
                    chat.id,
                ),
            )
            return _get_chat(connection, chat.id)

        return self._database.write(run)

    def set_deleted(self, chat_id: int, deleted: bool) -> None:
        """Hide the chat, or show it again in its old place."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE chats SET deleted = ? WHERE id = ?", (int(deleted), chat_id)
            )
        )

    def purge_deleted(self) -> None:
        """Remove hidden chats and all their messages for good."""

        def run(connection: sqlite3.Connection) -> None:
            rows = connection.execute(
                "SELECT id FROM messages WHERE chat_id IN (SELECT id FROM chats WHERE deleted = 1)"
            )
            _remove_messages(connection, [message_id for (message_id,) in rows])
            connection.execute("DELETE FROM chats WHERE deleted = 1")

        self._database.write(run)

    # -- messages -------------------------------------------------------------------------------------------

    def add(self, new: NewMessage, *, title: str | None = None) -> Message:
        """Append a message, show its branch and move the chat to the top; with `title`, rename it as well."""
        now = time.time()

        def run(connection: sqlite3.Connection) -> Message:
            message_id = connection.execute(
                "INSERT INTO messages (chat_id, parent_id, role, text, reasoning, state, created, model_id,"
                " model_name, quant, finish_reason, timings, error_title, error_hint)"
                " VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, '', '{}', ?, ?)",
                (
                    new.chat_id,
                    new.parent_id,
                    new.role,
                    new.text,
                    new.state,
                    now,
                    new.model_id,
                    new.model_name,
                    new.quant,
                    new.error_title,
                    new.error_hint,
                ),
            ).lastrowid
            connection.execute(
                f"UPDATE chats SET leaf_id = ?, updated = ?, sequence = {_NEXT_SEQUENCE},"
                " title = coalesce(?, title) WHERE id = ?",
                (message_id, now, title, new.chat_id),
            )
            assert message_id is not None
            return _get_message(connection, message_id)

        return self._database.write(run)

    def message(self, message_id: int) -> Message:
        return self._database.read(lambda connection: _get_message(connection, message_id))

    def branch(self, chat_id: int) -> tuple[Message, ...]:
        """The shown branch, root first, each message with its siblings."""

        def run(connection: sqlite3.Connection) -> tuple[Message, ...]:
            return _path_to(connection, _get_chat(connection, chat_id).leaf_id)

        return self._database.read(run)

    def path_to(self, message_id: int) -> tuple[Message, ...]:
        """The messages from the root down to this one."""
        return self._database.read(lambda connection: _path_to(connection, message_id))

    def checkpoint(self, message_id: int, text: str, reasoning: str) -> None:
        """Queue the text of a streaming message so far; returns at once. Failures wait for the next one."""
        self._database.write_soon(
            lambda connection: connection.execute(
                "UPDATE messages SET text = ?, reasoning = ? WHERE id = ? AND state = ?",
                (text, reasoning, message_id, MessageState.STREAMING),
            )
        )

    def finish(self, message_id: int, ending: Ending) -> Message:
        """Commit an answer."""

        def run(connection: sqlite3.Connection) -> Message:
            connection.execute(
                "UPDATE messages SET state = ?, text = ?, reasoning = ?, finish_reason = ?, timings = ?,"
                " error_title = ?, error_hint = ? WHERE id = ?",
                (
                    ending.state,
                    ending.text,
                    ending.reasoning,
                    ending.finish_reason,
                    codec.dump(ending.timings),
                    ending.error_title,
                    ending.error_hint,
                    message_id,
                ),
            )
            return _get_message(connection, message_id)

        return self._database.write(run)

    def show(self, message_id: int | None, chat_id: int) -> None:
        """Show the branch of this message down to its newest end; None shows the empty beginning."""

        self._database.write(lambda connection: _show(connection, message_id, chat_id))

    def remove(self, message_id: int) -> None:
        """Remove a message with everything under it; a sibling, else its parent, is shown instead."""

        def run(connection: sqlite3.Connection) -> None:
            message = _get_message(connection, message_id)
            rows = connection.execute(
                "WITH RECURSIVE under (id) AS (VALUES (?)"
                " UNION SELECT m.id FROM messages AS m JOIN under ON m.parent_id = under.id)"
                " SELECT id FROM under",
                (message_id,),
            )
            _remove_messages(connection, [found for (found,) in rows])
            others = [sibling for sibling in message.siblings if sibling != message_id]
            _show(connection, others[-1] if others else message.parent_id, message.chat_id)

        self._database.write(run)

    def interrupt_streaming(self, title: str) -> int:
        """Close the answers that a dead run left open, keeping their text; returns how many."""
        return self._database.write(
            lambda connection: (
                connection.execute(
                    "UPDATE messages SET state = ?, error_title = ? WHERE state = ?",
                    (MessageState.INTERRUPTED, title, MessageState.STREAMING),
                ).rowcount
            )
        )


def _get_chat(connection: sqlite3.Connection, chat_id: int) -> Chat:
    row = connection.execute(f"SELECT {_CHAT} FROM chats WHERE id = ?", (chat_id,)).fetchone()
    if row is None:
        raise LookupError(f"no chat {chat_id}")
    return _chat(row)


def _get_message(connection: sqlite3.Connection, message_id: int) -> Message:
    row = connection.execute(f"SELECT {_MESSAGE} FROM messages WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise LookupError(f"no message {message_id}")
    siblings = connection.execute(
        "SELECT id FROM messages WHERE chat_id = ? AND parent_id IS ? ORDER BY id", (row[1], row[2])
    )
    return _message(row, tuple(sibling for (sibling,) in siblings))


def _show(connection: sqlite3.Connection, message_id: int | None, chat_id: int) -> None:
    leaf = message_id
    while leaf is not None:
        row = connection.execute(
            "SELECT max(id) FROM messages WHERE chat_id = ? AND parent_id = ?", (chat_id, leaf)
        ).fetchone()
        if row[0] is None:
            break
        leaf = row[0]
    connection.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (leaf, chat_id))


def _remove_messages(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    # The newest first, so that no message has children any more when its turn comes: the cascade of the
    # schema would go down the tree, and SQLite ends that with an error after 1,000 levels.
    newest_first = ((message_id,) for message_id in sorted(ids, reverse=True))
    connection.executemany("DELETE FROM messages WHERE id = ?", newest_first)


def _path_to(connection: sqlite3.Connection, leaf_id: int | None) -> tuple[Message, ...]:
    # Parents are always older than their children, so the order of ids is the order of the conversation.
    rows = connection.execute(
        "WITH RECURSIVE path (id, parent_id) AS (SELECT id, parent_id FROM messages WHERE id = ?"
        " UNION SELECT m.id, m.parent_id FROM messages AS m JOIN path ON m.id = path.parent_id)"
        f" SELECT {_MESSAGE} FROM messages WHERE id IN (SELECT id FROM path) ORDER BY id",
        (leaf_id,),
    ).fetchall()
    if not rows:
        return ()
    children: dict[int | None, list[int]] = {}
    for message_id, parent_id in connection.execute(
        "SELECT id, parent_id FROM messages WHERE chat_id = ? ORDER BY id", (rows[0][1],)
    ):
        children.setdefault(parent_id, []).append(message_id)
    return tuple(_message(row, tuple(children[row[2]])) for row in rows)


def _chat(row: tuple[Any, ...]) -> Chat:
    values = dict(zip((name.strip() for name in _CHAT.split(",")), row, strict=True))
    values["sampling"] = codec.load(Sampling, values["sampling"])
    values["deleted"] = bool(values["deleted"])
    if values["kv_type"] not in get_args(KvType):
        values["kv_type"] = None  # of a version that knows more of them
    return Chat(**values)


def _message(row: tuple[Any, ...], siblings: tuple[int, ...]) -> Message:
    values = dict(zip((name.strip() for name in _MESSAGE.split(",")), row, strict=True))
    try:
        values["state"] = MessageState(values["state"])
    except ValueError:
        values["state"] = MessageState.DONE  # of a version that knows more states
    values["timings"] = codec.load(Timings, values["timings"])
    return Message(**values, siblings=siblings)
