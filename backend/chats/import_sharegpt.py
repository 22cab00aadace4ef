"""Conversations as lists of turns: ShareGPT's ``conversations`` and the ``messages`` of chat data sets."""

from __future__ import annotations

from typing import Any

from backend.chats.conversation import title_of
from backend.chats.reading import Place
from backend.chats.types import Chat, Message, MessageState, WholeChat
from backend.engines.types import Role, Sampling
from backend.i18n import tr

_ROLES: dict[str, Role] = {
    "system": "system",
    "human": "user",
    "user": "user",
    "prompter": "user",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "bing": "assistant",
    "bard": "assistant",
    "assistant": "assistant",
    "model": "assistant",
}


def chat(place: Place, entry: dict[str, Any]) -> WholeChat:
    """The conversation of an entry; turns of tools are left out. Raises `AppError`."""
    if "conversations" in entry:
        name, who, what = "conversations", "from", "value"
    elif "messages" in entry:
        name, who, what = "messages", "role", "content"
    else:
        raise place.at("conversations").wrong(tr("a list"))
    system = place.text(entry, "system", "") if isinstance(entry.get("system"), str) else ""
    model = entry["model"] if isinstance(entry.get("model"), str) else ""
    messages: list[Message] = []
    for turn_place, raw in place.entries(entry, name):
        turn = turn_place.mapping(raw)
        role = _ROLES.get(turn_place.text(turn, who).strip().lower())
        if role is None:
            continue
        text = turn_place.text(turn, what)
        if role == "system":
            system = "\n\n".join(part for part in (system, text) if part.strip())
        elif text.strip():
            number = len(messages) + 1
            parent = number - 1 or None
            model_name = model if role == "assistant" else ""
            messages.append(
                Message(number, 0, parent, role, text, MessageState.DONE, 0.0, model_name=model_name)
            )
    if not messages:
        raise place.at(name).wrong(tr("at least one turn"))
    title = place.text(entry, "title", "") if isinstance(entry.get("title"), str) else ""
    return WholeChat(
        new_chat(title or title_of(messages[0].text), system, leaf=messages[-1].id), tuple(messages)
    )


def new_chat(
    title: str, system_prompt: str, *, leaf: int | None, created: float = 0.0, updated: float = 0.0
) -> Chat:
    """A chat that has no model yet."""
    return Chat(0, " ".join(title.split()), None, system_prompt, Sampling(), None, leaf, created, updated, 0)
