"""Chats as files: to read (Markdown), to print (HTML), for other programs (ShareGPT), and whole (JSON)."""

from __future__ import annotations

import base64
import dataclasses
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from backend.chats.conversation import file_block, turns_of
from backend.chats.printing import page
from backend.chats.telling import image_data, shown, speaker
from backend.chats.types import Attachment, Message, WholeChat
from backend.i18n import tr

ExportKind = Literal["md", "json", "sharegpt", "html"]
FORMAT = "orangery-chats"
VERSION = 1
_SHAREGPT = {"system": "system", "user": "human", "assistant": "gpt"}


def exported(chats: Sequence[WholeChat], kind: ExportKind) -> bytes:
    """The content of a file with these chats."""
    match kind:
        case "md":
            return "\n\n---\n\n".join(_markdown(chat) for chat in chats).encode() + b"\n"
        case "html":
            return page(chats).encode()
        case "sharegpt":
            return "".join(f"{_line(chat)}\n" for chat in chats).encode()
        case "json":
            document = {"format": FORMAT, "version": VERSION, "chats": [_whole(chat) for chat in chats]}
            return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _markdown(whole: WholeChat) -> str:
    chat = whole.chat
    parts = [f"# {chat.title or tr('New chat')}"]
    parts.append(time.strftime("%Y-%m-%d %H:%M", time.localtime(chat.created)))
    if chat.system_prompt.strip():
        parts += [f"## {tr('System prompt')}", chat.system_prompt]
    for message in shown(whole):
        parts.append(f"## {speaker(message)}")
        if message.reasoning.strip():
            parts.append("\n".join(f"> {line}" for line in message.reasoning.strip().splitlines()))
        parts += [_file_text(file) for file in message.attachments]
        if message.text.strip():
            parts.append(message.text)
    return "\n\n".join(parts)


def _file_text(file: Attachment) -> str:
    return file_block(file.name, file.text) if file.kind == "text" else f"[{file.name}]"


def _line(whole: WholeChat) -> str:
    turns = turns_of(whole.chat, shown(whole), vision=False)
    entry = {
        "id": f"orangery-{whole.chat.id}",
        "title": whole.chat.title,
        "conversations": [{"from": _SHAREGPT[turn.role], "value": turn.content} for turn in turns],
    }
    return json.dumps(entry, ensure_ascii=False)


def _whole(whole: WholeChat) -> dict[str, Any]:
    chat = dataclasses.asdict(whole.chat)
    for name in ("id", "sequence", "deleted", "folder_id"):
        del chat[name]
    chat["leaf"] = chat.pop("leaf_id")
    chat["messages"] = [_message(message) for message in whole.messages]
    chat["summaries"] = [
        {"until": summary.until_id, "text": summary.text, "edited": summary.edited}
        for summary in whole.summaries
    ]
    return chat


def _message(message: Message) -> dict[str, Any]:
    plain = dataclasses.replace(message, attachments=())
    values = dataclasses.asdict(plain)
    for name in ("chat_id", "siblings", "has_choices"):
        del values[name]
    values["parent"] = values.pop("parent_id")
    values["attachments"] = list(_files(message.attachments))
    return values


def _files(files: Sequence[Attachment]) -> Iterator[dict[str, Any]]:
    for file in files:
        values = dataclasses.asdict(file)
        del values["path"]
        if file.kind == "image":
            values["data"] = base64.b64encode(image_data(file)).decode()
        yield values
