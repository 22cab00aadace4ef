"""Chats without a database: fixed content, and what a scene puts into the attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.chats.types import (
    Attachment,
    Chat,
    ChatFolder,
    ContextUse,
    FoundMessage,
    Message,
    MessageState,
    ModelDefaults,
    Preset,
    Replay,
    Summary,
)
from backend.engines.types import LoadOptions, TokenChoice
from backend.errors import AppError
from backend.events import ChatListChanged, EventBus, MessageChanged
from tests.support import fake_data as data


class FakeChats:
    def __init__(
        self, bus: EventBus, chats: tuple[Chat, ...], messages: tuple[Message, ...], busy: bool
    ) -> None:
        self._bus = bus
        self._chats = {chat.id: chat for chat in chats}
        self._messages = {1: list(messages)} if messages else {}
        self._busy = busy
        self._folders: list[ChatFolder] = []
        self.use = ContextUse(42, 5412, 1024, 8192)
        self.own_presets: tuple[Preset, ...] = data.presets() if chats else ()
        self.model_defaults: ModelDefaults | None = None
        self.own_summary: Summary | None = None
        self.told: dict[int, tuple[TokenChoice, ...]] = {}
        self.files: dict[Path, Attachment] = {}
        self.replayed: Replay | None = None

    def chats(self) -> tuple[Chat, ...]:
        shown = (chat for chat in self._chats.values() if not chat.deleted)
        return tuple(sorted(shown, key=lambda chat: -chat.sequence))

    def chat(self, chat_id: int) -> Chat:
        return self._chats[chat_id]

    def search(self, text: str) -> tuple[Chat, ...]:
        return tuple(chat for chat in self.chats() if text.lower() in chat.title.lower())

    def create(self, model_id: str | None = None) -> Chat:
        number = max(self._chats, default=0) + 1
        sequence = max((chat.sequence for chat in self._chats.values()), default=0) + 1
        template = data.chats()[1]
        chat = replace(
            template,
            id=number,
            title="",
            model_id=model_id or "starter",
            system_prompt="",
            created=data.NOW,
            updated=data.NOW,
            sequence=sequence,
        )
        self._change(chat)
        return chat

    def _change(self, chat: Chat) -> None:
        self._chats[chat.id] = chat
        self._bus.publish(ChatListChanged(chat.id))

    def rename(self, chat_id: int, title: str) -> Chat:
        self._change(replace(self._chats[chat_id], title=title))
        return self._chats[chat_id]

    def update(self, chat_id: int, **changes: Any) -> Chat:
        self._change(replace(self._chats[chat_id], **changes))
        return self._chats[chat_id]

    def delete(self, chat_id: int) -> None:
        self._change(replace(self._chats[chat_id], deleted=True))

    def restore(self, chat_id: int) -> None:
        self._change(replace(self._chats[chat_id], deleted=False))

    def options_of(self, chat: Chat) -> LoadOptions:
        return LoadOptions(n_ctx=chat.n_ctx, kv_type=chat.kv_type or "f16")

    def messages(self, chat_id: int) -> tuple[Message, ...]:
        return tuple(self._messages.get(chat_id, ()))

    def send(self, chat_id: int, text: str, attachments: Sequence[Attachment] = ()) -> Message:
        rows = self._messages.setdefault(chat_id, [])
        number = chat_id * 1000 + len(rows)
        parent = rows[-1].id if rows else None
        message = Message(
            number, chat_id, parent, "user", text, MessageState.DONE, data.NOW, siblings=(number,)
        )
        rows.append(message)
        self._bus.publish(MessageChanged(message))
        return message

    def regenerate(self, message_id: int) -> None: ...

    def edit(self, message_id: int, text: str) -> Message:
        return next(row for rows in self._messages.values() for row in rows if row.id == message_id)

    def select_sibling(self, message_id: int) -> tuple[Message, ...]:
        return self.messages(1)

    def delete_message(self, message_id: int) -> tuple[Message, ...]:
        return self.messages(1)

    def stop(self, chat_id: int) -> None:
        self._busy = False

    def busy(self, chat_id: int) -> bool:
        return self._busy and chat_id == 1

    def context_use(
        self, chat_id: int, draft: str = "", attachments: Sequence[Attachment] = ()
    ) -> ContextUse:
        more = len(draft) // 4 + sum(file.tokens for file in attachments)
        if not self._messages.get(chat_id):
            return ContextUse(0, more, 1024, 8192)
        return replace(self.use, conversation=self.use.conversation + more)

    # -- folders, search, presets, defaults

    def folders(self) -> tuple[ChatFolder, ...]:
        return tuple(self._folders)

    def add_folder(self, name: str) -> ChatFolder:
        folder = ChatFolder(len(self._folders) + 1, name, len(self._folders))
        self._folders.append(folder)
        self._bus.publish(ChatListChanged(0))
        return folder

    def move(self, chat_id: int, folder_id: int | None) -> None:
        self._change(replace(self._chats[chat_id], folder_id=folder_id))

    def pin(self, chat_id: int, pinned: bool = True) -> None:
        self._change(replace(self._chats[chat_id], pinned=pinned))

    def find_text(self, text: str, limit: int = 200) -> tuple[FoundMessage, ...]:
        """Titles and messages that have `text` in them."""
        word = text.strip().lower()
        found = [
            FoundMessage(chat.id, chat.title, None, chat.title, ((at, len(word)),))
            for chat in self.chats()
            if (at := chat.title.lower().find(word)) >= 0
        ]
        for chat in self.chats():
            for message in self._messages.get(chat.id, ()):
                line = " ".join(message.text.split())
                if (at := line.lower().find(word)) >= 0:
                    start = max(0, at - 40)
                    cut = ("…" if start else "") + line[start : at + 90] + "…"
                    place = at - start + bool(start)
                    found.append(FoundMessage(chat.id, chat.title, message.id, cut, ((place, len(word)),)))
        return tuple(found[:limit])

    def presets(self) -> tuple[Preset, ...]:
        return self.own_presets

    def defaults(self, model_id: str) -> ModelDefaults | None:
        return self.model_defaults

    def summary(self, chat_id: int) -> Summary | None:
        return self.own_summary

    def choices(self, message_id: int) -> tuple[TokenChoice, ...]:
        return self.told.get(message_id, ())

    def attach(self, path: Path, chat_id: int) -> Attachment:
        if path not in self.files:
            raise AppError(
                "chat.attachment",
                f"{path.name} is neither text nor an image.",
                "Attach a text file, or an image where the model can see.",
            )
        return self.files[path]

    def replay(self, message_id: int) -> Replay:
        assert self.replayed is not None
        return self.replayed

    def put(self, *messages: Message) -> None:
        """Make `messages` the shown branch of their chat."""
        self._messages[messages[0].chat_id] = list(messages)
