"""OpenAI's ``conversations.json``: a tree of nodes per conversation, with the node that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.chats.conversation import title_of
from backend.chats.import_sharegpt import new_chat
from backend.chats.reading import Place
from backend.chats.types import Message, MessageState, WholeChat
from backend.engines.types import Role
from backend.i18n import tr

_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant"}
_Stack = list[tuple[str, int | None]]


def chat(place: Place, entry: dict[str, Any]) -> WholeChat:
    """The conversation with all branches, without hidden messages and those of tools. Raises `AppError`."""
    nodes = place.at("mapping").mapping(entry["mapping"])
    messages: list[Message] = []
    ids: dict[str, int] = {}
    shown: dict[str, int | None] = {}  # the message that a node stands for, or the one above it
    for node_id, node, above in _walk(place.at("mapping"), nodes):
        message = _message(place.at("mapping").at(node_id), node, len(messages) + 1, above)
        if message is not None:
            messages.append(message)
            ids[node_id] = message.id
        shown[node_id] = ids.get(node_id, above)
    if not messages:
        raise place.at("mapping").wrong(tr("at least one message"))
    current = entry.get("current_node")
    leaf = shown.get(current) if isinstance(current, str) else None
    title = place.text(entry, "title", "") if isinstance(entry.get("title"), str) else ""
    first = title_of(messages[0].text)
    times = place.time(entry, "create_time"), place.time(entry, "update_time")
    whole = new_chat(title or first, "", leaf=leaf, created=times[0], updated=times[1])
    return WholeChat(whole, tuple(messages))


def _walk(place: Place, nodes: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], int | None]]:
    """Every node that hangs on a root, parents first and siblings in order, with the message above it."""
    seen: set[str] = set()
    number = 0
    parents = {name: place.at(name).mapping(node).get("parent") for name, node in nodes.items()}
    roots = [name for name, parent in parents.items() if not isinstance(parent, str) or parent not in nodes]
    todo: _Stack = [(name, None) for name in reversed(roots)]
    while todo:
        name, above = todo.pop()
        if name in seen or name not in nodes:
            continue
        seen.add(name)
        node = place.at(name).mapping(nodes[name])
        yield name, node, above
        if _said(node):
            number += 1
            above = number
        children = node.get("children") or []
        if not isinstance(children, list):
            raise place.at(name).at("children").wrong(tr("a list"))
        todo += [(child, above) for child in reversed(children) if isinstance(child, str)]


def _said(node: dict[str, Any]) -> str:
    """The text of a node that people see; empty for the others."""
    message = node.get("message")
    if not isinstance(message, dict) or _role(message) is None:
        return ""
    hidden = message.get("metadata")
    if isinstance(hidden, dict) and hidden.get("is_visually_hidden_from_conversation"):
        return ""
    content = message.get("content")
    if not isinstance(content, dict):
        return ""
    if content.get("content_type") == "code" and isinstance(content.get("text"), str):
        return f"```\n{content['text']}\n```"
    parts = content.get("parts")
    if not isinstance(parts, list):
        return ""
    texts = [part if isinstance(part, str) else _of_part(part) for part in parts]
    return "\n\n".join(text for text in texts if text.strip())


def _of_part(part: object) -> str:
    if not isinstance(part, dict):
        return ""
    if isinstance(part.get("text"), str):
        return str(part["text"])
    return f"[{tr('picture')}]" if part.get("content_type") == "image_asset_pointer" else ""


def _role(message: dict[str, Any]) -> Role | None:
    author = message.get("author")
    role = author.get("role") if isinstance(author, dict) else None
    return _ROLES.get(role) if isinstance(role, str) else None


def _message(place: Place, node: dict[str, Any], number: int, above: int | None) -> Message | None:
    text = _said(node)
    if not text:
        return None
    raw = place.at("message").mapping(node["message"])
    role = _role(raw)
    assert role is not None
    metadata = raw.get("metadata")
    name = metadata.get("model_slug") if isinstance(metadata, dict) else None
    model_name = name if isinstance(name, str) and role == "assistant" else ""
    created = place.at("message").time(raw, "create_time")
    return Message(number, 0, above, role, text, MessageState.DONE, created, model_name=model_name)
