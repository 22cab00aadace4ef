"""Chats as a whole, with every branch: for exports and imports."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from backend.chats.types import Message, WholeChat
from backend.store import chat_rows, codec
from backend.store.chat_rows import CHAT, MESSAGE
from backend.store.chat_shelf import SUMMARY, summary
from backend.store.database import Database


class WholeChats:
    """Reads and adds whole chats. A chat that does not exist raises `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, chat_id: int) -> WholeChat:
        """The chat with all messages that are not deleted, parents first, and their choices."""

        def run(connection: sqlite3.Connection) -> WholeChat:
            row = connection.execute(f"SELECT {CHAT} FROM chats WHERE id = ?", (chat_id,)).fetchone()
            if row is None:
                raise LookupError(f"no chat {chat_id}")
            rows = connection.execute(
                f"SELECT {MESSAGE} FROM messages WHERE chat_id = ? AND deleted_with IS NULL ORDER BY id",
                (chat_id,),
            ).fetchall()
            files = chat_rows.attachments_of(connection, [found[0] for found in rows])
            choices = dict(
                connection.execute(
                    "SELECT message_id, choices FROM message_choices JOIN messages"
                    " ON messages.id = message_id WHERE chat_id = ?",
                    (chat_id,),
                ).fetchall()
            )
            summaries = connection.execute(
                f"SELECT {SUMMARY} FROM summaries WHERE chat_id = ? ORDER BY until_id, id", (chat_id,)
            )
            return WholeChat(
                chat_rows.chat(row),
                tuple(
                    chat_rows.message(
                        found,
                        (),
                        files.get(found[0], ()),
                        chat_rows.load_choices(choices.get(found[0], "[]")),
                    )
                    for found in rows
                ),
                tuple(summary(found) for found in summaries),
            )

        return self._database.read(run)

    def add(self, chats: Sequence[WholeChat]) -> tuple[int, ...]:
        """Add all of them or none, with ids of their own; returns those of the chats.

        The ids inside only say what belongs together. Folders and deletion are left aside. Of messages, each
        parent comes before its children.
        """
        return self._database.write(lambda connection: tuple(_add(connection, whole) for whole in chats))


def _add(connection: sqlite3.Connection, whole: WholeChat) -> int:
    chat = whole.chat
    chat_id = connection.execute(
        "INSERT INTO chats (title, model_id, system_prompt, sampling, n_ctx, kv_type, n_batch, gpu_layers,"
        " overflow, rack, pinned, created, updated, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " (SELECT coalesce(max(sequence), 0) + 1 FROM chats))",
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
            int(chat.pinned),
            chat.created or time.time(),
            chat.updated or time.time(),
        ),
    ).lastrowid
    assert chat_id is not None
    ids: dict[int, int] = {}
    for message in whole.messages:
        parent = None if message.parent_id is None else ids[message.parent_id]
        ids[message.id] = _add_message(connection, chat_id, parent, message)
    leaf = ids.get(chat.leaf_id) if chat.leaf_id is not None else None
    connection.execute(
        "UPDATE chats SET leaf_id = ? WHERE id = ?", (leaf or max(ids.values(), default=None), chat_id)
    )
    for found in whole.summaries:
        if found.until_id in ids:
            connection.execute(
                "INSERT INTO summaries (chat_id, until_id, text, edited) VALUES (?, ?, ?, ?)",
                (chat_id, ids[found.until_id], found.text, int(found.edited)),
            )
    return chat_id


def _add_message(connection: sqlite3.Connection, chat_id: int, parent: int | None, message: Message) -> int:
    card = message.card
    message_id = connection.execute(
        "INSERT INTO messages (chat_id, parent_id, role, text, reasoning, state, created, model_id,"
        " model_name, quant, finish_reason, timings, error_title, error_hint, card, seed, edited,"
        " reasoning_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            chat_id,
            parent,
            message.role,
            message.text,
            message.reasoning,
            message.state,
            message.created or time.time(),
            message.model_id,
            message.model_name,
            message.quant,
            message.finish_reason,
            codec.dump(message.timings),
            message.error_title,
            message.error_hint,
            chat_rows.dump_card(card) if card else "",
            card.seed if card else 0,
            int(message.edited),
            message.reasoning_s,
        ),
    ).lastrowid
    assert message_id is not None
    chat_rows.add_attachments(connection, message_id, message.attachments)
    if message.choices:
        connection.execute(
            "INSERT INTO message_choices (message_id, choices) VALUES (?, ?)",
            (message_id, chat_rows.dump_choices(message.choices)),
        )
    return message_id
