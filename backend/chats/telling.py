"""What every export tells of a chat."""

from __future__ import annotations

from pathlib import Path

from backend.chats.types import Attachment, Message, WholeChat
from backend.i18n import tr


def shown(whole: WholeChat) -> tuple[Message, ...]:
    """The branch that is shown, root first."""
    by_id = {message.id: message for message in whole.messages}
    branch: list[Message] = []
    place = whole.chat.leaf_id
    while place is not None and place in by_id:
        branch.append(by_id[place])
        place = by_id[place].parent_id
    return tuple(reversed(branch))


def speaker(message: Message) -> str:
    """Who said it, for people."""
    if message.role == "user":
        return tr("You")
    name = " · ".join(part for part in (message.model_name, message.quant) if part)
    return name or (tr("Assistant") if message.role == "assistant" else tr("System"))


def image_data(file: Attachment) -> bytes:
    """The bytes of an image; nothing if its copy is gone."""
    try:
        return Path(file.path).read_bytes()
    except OSError:
        return b""
