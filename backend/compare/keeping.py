"""What one column was asked and answered, as a chat."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from backend.chats.conversation import title_of
from backend.compare.conversation import exchanges
from backend.compare.types import Column
from backend.store.chats import ChatRepository, Ending, NewMessage
from backend.store.compare import StoredRound


def keep_as_chat(
    chats: ChatRepository, title: str, columns: Sequence[Column], index: int, rounds: Sequence[StoredRound]
) -> int:
    """Make the chat and return its id. It goes on with the column's model, system prompt and sampling."""
    column = columns[index]
    found = exchanges(columns, index, rounds)
    named = title or (title_of(found[0][0]) if found else "")
    chat = chats.create(named, column.model_id or None, column.sampling, column.n_ctx)
    chats.update(dataclasses.replace(chat, system_prompt=column.system_prompt, kv_type=column.kv_type))
    parent: int | None = None
    for asked, answer in found:
        question = chats.add(NewMessage(chat.id, parent, "user", asked))
        row = NewMessage(
            chat.id,
            question.id,
            "assistant",
            model_id=answer.model_id,
            model_name=answer.model_name,
            quant=answer.quant,
        )
        parent = chats.add(row).id
        chats.finish(
            parent,
            Ending(
                state=answer.state,
                text=answer.text,
                reasoning=answer.reasoning,
                finish_reason=answer.finish_reason,
                timings=answer.timings,
                error_title=answer.error_title,
                error_hint=answer.error_hint,
                card=answer.card,
            ),
        )
    return chat.id
