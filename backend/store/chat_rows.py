"""Rows of ``chats`` and ``messages`` as values."""

from __future__ import annotations

import dataclasses
import functools
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from backend.adapters.types import Rack
from backend.chats.types import Attachment, Chat, Message, MessageState, Overflow
from backend.engines.types import Alternative, KvType, RunCard, Sampling, Timings, TokenChoice
from backend.store import codec

CHAT = (
    "id, title, model_id, system_prompt, sampling, n_ctx, kv_type, n_batch, gpu_layers, leaf_id,"
    " created, updated, sequence, deleted, folder_id, pinned, overflow, rack"
)
MESSAGE = (
    "id, chat_id, parent_id, role, text, state, created, reasoning, model_id, model_name, quant,"
    " finish_reason, timings, error_title, error_hint, card, seed, edited, reasoning_s,"
    " EXISTS (SELECT 1 FROM message_choices WHERE message_id = messages.id)"
)
_CHAT_FIELDS = tuple(name.strip() for name in CHAT.split(","))
_MESSAGE_FIELDS = (*(name.strip() for name in MESSAGE.split(",")[:-1]), "has_choices")
_DIGITS = 5  # of a log-probability: more than a model computes reliably


def chat(row: tuple[Any, ...]) -> Chat:
    """A row of `CHAT`."""
    values = dict(zip(_CHAT_FIELDS, row, strict=True))
    values["sampling"] = codec.load(Sampling, values["sampling"])
    values["deleted"] = bool(values["deleted"])
    values["pinned"] = bool(values["pinned"])
    if values["kv_type"] not in get_args(KvType):
        values["kv_type"] = None  # of a version that knows more of them
    if values["overflow"] not in get_args(Overflow):
        values["overflow"] = "stop"
    values["rack"] = None if values["rack"] is None else codec.load(Rack, values["rack"])
    return Chat(**values)


def message(
    row: tuple[Any, ...],
    siblings: tuple[int, ...],
    attachments: tuple[Attachment, ...] = (),
    choices: tuple[TokenChoice, ...] = (),
) -> Message:
    """A row of `MESSAGE`."""
    values = dict(zip(_MESSAGE_FIELDS, row, strict=True))
    try:
        values["state"] = MessageState(values["state"])
    except ValueError:
        values["state"] = MessageState.DONE  # of a version that knows more states
    values["timings"] = codec.load(Timings, values["timings"])
    seed = values.pop("seed")
    if values["card"]:
        card = _card(values["card"])
        values["card"] = dataclasses.replace(card, seed=seed, created=values["created"])
    else:
        values["card"] = None
    values["edited"] = bool(values["edited"])
    values["has_choices"] = bool(values["has_choices"])
    return Message(**values, siblings=siblings, attachments=attachments, choices=choices)


def dump_rack(rack: Rack | None) -> str | None:
    """The adapters of a chat as they are kept."""
    return None if rack is None else codec.dump(rack)


def dump_card(card: RunCard) -> str:
    """A card as it is kept: what is equal for all answers of equal settings."""
    return codec.dump(dataclasses.replace(card, seed=0, created=0.0))


@functools.lru_cache(maxsize=64)
def _card(text: str) -> RunCard:
    # The answers of a chat mostly share their settings: parsed once, a long chat opens as fast as before.
    return codec.load(RunCard, text)


def attachments_of(
    connection: sqlite3.Connection, message_ids: Sequence[int]
) -> dict[int, tuple[Attachment, ...]]:
    """The files of those messages that have any."""
    found: dict[int, tuple[Attachment, ...]] = {}
    for message_id, *values in connection.execute(
        "SELECT message_id, name, kind, size, text, path, tokens FROM attachments"
        " WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(message_ids)),),
    ):
        found[message_id] = (*found.get(message_id, ()), Attachment(*values))
    return found


def add_attachments(connection: sqlite3.Connection, message_id: int, files: Iterable[Attachment]) -> None:
    """Keep the files of a message."""
    connection.executemany(
        "INSERT INTO attachments (message_id, name, kind, size, text, path, tokens)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((message_id, f.name, f.kind, f.size, f.text, f.path, f.tokens) for f in files),
    )


def dump_choices(choices: Iterable[TokenChoice]) -> str:
    """Tokens with their alternatives, without the names of fields."""
    rows = [
        [
            choice.text,
            round(choice.logprob, _DIGITS),
            *([other.text, round(other.logprob, _DIGITS)] for other in choice.alternatives),
        ]
        for choice in choices
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def load_choices(text: str) -> tuple[TokenChoice, ...]:
    """What `dump_choices` wrote; nothing if it can't be read."""
    try:
        return tuple(
            TokenChoice(
                str(token), float(logprob), tuple(Alternative(str(t), float(p)) for t, p in alternatives)
            )
            for token, logprob, *alternatives in json.loads(text)
        )
    except (ValueError, TypeError):
        return ()
