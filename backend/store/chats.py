"""Chats and their messages in the database.

The messages of a chat form a tree; the chat points at the leaf of the branch that is shown. A message whose
parent is None begins a conversation.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.chats.types import Attachment, Chat, Message, MessageState
from backend.engines.types import KvType, Role, RunCard, Sampling, Timings, TokenChoice
from backend.store import chat_rows, codec
from backend.store.chat_rows import CHAT, MESSAGE
from backend.store.database import Database

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
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How an answer ended, with all of its text; `card` None leaves the one it has."""

    state: MessageState
    text: str
    reasoning: str = ""
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    error_title: str = ""
    error_hint: str = ""
    card: RunCard | None = None
    choices: tuple[TokenChoice, ...] = ()
    reasoning_s: float = 0.0


class ChatRepository:
    """Plain SQL over the tables of chats and messages. Methods return when their commit is on the disk.

    A chat or message that does not exist raises `LookupError`: ids only come from here.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- chats ----------------------------------------------------------------------------------------------

    def create(
        self,
        title: str,
        model_id: str | None,
        sampling: Sampling,
        n_ctx: int | None,
        *,
        system_prompt: str = "",
        kv_type: KvType | None = None,
    ) -> Chat:
        """A new, empty chat at the top of the list."""
        now = time.time()

        def run(connection: sqlite3.Connection) -> Chat:
            chat_id = connection.execute(
                "INSERT INTO chats (title, model_id, system_prompt, sampling, n_ctx, kv_type, created,"
                f" updated, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, {_NEXT_SEQUENCE})",
                (title, model_id, system_prompt, codec.dump(sampling), n_ctx, kv_type, now, now),
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
                f"SELECT {CHAT} FROM chats WHERE deleted = 0 ORDER BY sequence DESC, id DESC"
            )
            return tuple(chat_rows.chat(row) for row in rows)

        return self._database.read(run)

    def update(self, chat: Chat) -> Chat:
        """Save title, model, system prompt, sampling, overflow, adapters and how the model is opened; the
        place in the list stays, and so do the folder and the pin."""

        def run(connection: sqlite3.Connection) -> Chat:
            connection.execute(
                "UPDATE chats SET title = ?, model_id = ?, system_prompt = ?, sampling = ?, n_ctx = ?,"
                " kv_type = ?, n_batch = ?, gpu_layers = ?, overflow = ?, rack = ?, updated = ? WHERE id = ?",
                (
                    chat.title,
                    chat.model_id,
                    chat.system_prompt,
                    codec.dump(chat.sampling),
                    chat.n_ctx,
                    chat.kv_type,
                    chat.n_batch,
                    chat.gpu_layers,
                    chat.overflow,
                    chat_rows.dump_rack(chat.rack),
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
        """Remove hidden chats with all their messages, and hidden messages, for good."""

        def run(connection: sqlite3.Connection) -> None:
            rows = connection.execute(
                "SELECT id FROM messages WHERE chat_id IN (SELECT id FROM chats WHERE deleted = 1)"
                " UNION SELECT id FROM messages WHERE deleted_with IS NOT NULL"
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
                " model_name, quant, finish_reason, timings, error_title, error_hint, edited)"
                " VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, '', '{}', ?, ?, ?)",
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
                    int(new.edited),
                ),
            ).lastrowid
            assert message_id is not None
            chat_rows.add_attachments(connection, message_id, new.attachments)
            connection.execute(
                f"UPDATE chats SET leaf_id = ?, updated = ?, sequence = {_NEXT_SEQUENCE},"
                " title = coalesce(?, title) WHERE id = ?",
                (message_id, now, title, new.chat_id),
            )
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

    def reopen(self, message_id: int) -> Message:
        """Let an answer stream on from the text that it has."""

        def run(connection: sqlite3.Connection) -> Message:
            connection.execute(
                "UPDATE messages SET state = ?, finish_reason = '', error_title = '', error_hint = ''"
                " WHERE id = ?",
                (MessageState.STREAMING, message_id),
            )
            return _get_message(connection, message_id)

        return self._database.write(run)

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
        card = ending.card

        def run(connection: sqlite3.Connection) -> Message:
            connection.execute(
                "UPDATE messages SET state = ?, text = ?, reasoning = ?, finish_reason = ?, timings = ?,"
                " error_title = ?, error_hint = ?, reasoning_s = ?, card = coalesce(?, card),"
                " seed = coalesce(?, seed) WHERE id = ?",
                (
                    ending.state,
                    ending.text,
                    ending.reasoning,
                    ending.finish_reason,
                    codec.dump(ending.timings),
                    ending.error_title,
                    ending.error_hint,
                    ending.reasoning_s,
                    None if card is None else chat_rows.dump_card(card),
                    None if card is None else card.seed,
                    message_id,
                ),
            )
            if ending.choices:
                connection.execute(
                    "INSERT OR REPLACE INTO message_choices (message_id, choices) VALUES (?, ?)",
                    (message_id, chat_rows.dump_choices(ending.choices)),
                )
            return _get_message(connection, message_id)

        return self._database.write(run)

    def show(self, message_id: int | None, chat_id: int) -> None:
        """Show the branch of this message down to its newest end; None shows the empty beginning."""

        self._database.write(lambda connection: _show(connection, message_id, chat_id))

    def hide(self, message_id: int) -> None:
        """Hide a message with everything under it; a sibling, else its parent, is shown instead."""

        def run(connection: sqlite3.Connection) -> None:
            message = _get_message(connection, message_id)
            connection.execute(
                "WITH RECURSIVE under (id) AS (VALUES (?1)"
                " UNION SELECT m.id FROM messages AS m JOIN under ON m.parent_id = under.id)"
                " UPDATE messages SET deleted_with = ?1"
                " WHERE id IN (SELECT id FROM under) AND deleted_with IS NULL",
                (message_id,),
            )
            others = [sibling for sibling in message.siblings if sibling != message_id]
            _show(connection, others[-1] if others else message.parent_id, message.chat_id)

        self._database.write(run)

    def unhide(self, message_id: int) -> int:
        """Undo `hide` and show the message; returns its chat. Under a message that is hidden itself, it comes
        back with that one.
        """

        def run(connection: sqlite3.Connection) -> int:
            row = connection.execute(
                "SELECT m.chat_id, parent.deleted_with FROM messages AS m"
                " LEFT JOIN messages AS parent ON parent.id = m.parent_id WHERE m.id = ?",
                (message_id,),
            ).fetchone()
            if row is None:
                raise LookupError(f"no message {message_id}")
            chat_id, with_parent = row
            connection.execute(
                "UPDATE messages SET deleted_with = ? WHERE deleted_with = ?", (with_parent, message_id)
            )
            if with_parent is None:
                _show(connection, message_id, chat_id)
            return int(chat_id)

        return self._database.write(run)

    def choices(self, message_id: int) -> tuple[TokenChoice, ...]:
        """The tokens of an answer with their alternatives; empty where they were not asked for."""
        return self._database.read(lambda connection: _choices(connection, message_id))

    def image_paths(self) -> tuple[str, ...]:
        """The copies of images that any message still has."""
        return self._database.read(
            lambda connection: tuple(
                path
                for (path,) in connection.execute("SELECT DISTINCT path FROM attachments WHERE path <> ''")
            )
        )

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
    row = connection.execute(f"SELECT {CHAT} FROM chats WHERE id = ?", (chat_id,)).fetchone()
    if row is None:
        raise LookupError(f"no chat {chat_id}")
    return chat_rows.chat(row)


def _get_message(connection: sqlite3.Connection, message_id: int) -> Message:
    row = connection.execute(
        f"SELECT {MESSAGE} FROM messages WHERE id = ? AND deleted_with IS NULL", (message_id,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no message {message_id}")
    siblings = connection.execute(
        "SELECT id FROM messages WHERE chat_id = ? AND parent_id IS ? AND deleted_with IS NULL ORDER BY id",
        (row[1], row[2]),
    )
    return chat_rows.message(
        row,
        tuple(sibling for (sibling,) in siblings),
        chat_rows.attachments_of(connection, (message_id,)).get(message_id, ()),
        _choices(connection, message_id),
    )


def _choices(connection: sqlite3.Connection, message_id: int) -> tuple[TokenChoice, ...]:
    row = connection.execute(
        "SELECT choices FROM message_choices WHERE message_id = ?", (message_id,)
    ).fetchone()
    return chat_rows.load_choices(row[0]) if row else ()


def _show(connection: sqlite3.Connection, message_id: int | None, chat_id: int) -> None:
    leaf = message_id
    while leaf is not None:
        row = connection.execute(
            "SELECT max(id) FROM messages WHERE chat_id = ? AND parent_id = ? AND deleted_with IS NULL",
            (chat_id, leaf),
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
        f" SELECT {MESSAGE} FROM messages WHERE id IN (SELECT id FROM path) ORDER BY id",
        (leaf_id,),
    ).fetchall()
    if not rows:
        return ()
    children: dict[int | None, list[int]] = {}
    for message_id, parent_id in connection.execute(
        "SELECT id, parent_id FROM messages WHERE chat_id = ? AND deleted_with IS NULL ORDER BY id",
        (rows[0][1],),
    ):
        children.setdefault(parent_id, []).append(message_id)
    files = chat_rows.attachments_of(connection, [row[0] for row in rows])
    return tuple(chat_rows.message(row, tuple(children[row[2]]), files.get(row[0], ())) for row in rows)
