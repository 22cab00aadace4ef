"""The list of conversations and what stands around it: folders, pins, presets, defaults of models."""

from __future__ import annotations

import abc
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from types import EllipsisType

from backend.adapters.types import Rack
from backend.chats import presets_file
from backend.chats.attaching import Attaching
from backend.chats.exporting import ExportKind, exported
from backend.chats.importing import read_chats
from backend.chats.types import Chat, ChatFolder, FoundMessage, ModelDefaults, Overflow, Preset
from backend.chats.writing import write_file
from backend.engines.types import KvType, Sampling
from backend.errors import AppError
from backend.events import ChatListChanged, EventBus
from backend.i18n import tr
from backend.store.chat_search import ChatSearch
from backend.store.chat_shelf import ChatShelf
from backend.store.chats import ChatRepository
from backend.store.database import Database
from backend.store.whole_chats import WholeChats


class Arranging(abc.ABC):
    """The part of `ChatService` that keeps order. What does not exist raises `LookupError`."""

    def __init__(self, store: Database, bus: EventBus) -> None:
        self._chats = ChatRepository(store)
        self._shelf = ChatShelf(store)
        self._search = ChatSearch(store)
        self._whole = WholeChats(store)
        self._files = Attaching(store.path.parent / "images")
        self._bus = bus

    # -- chats ----------------------------------------------------------------------------------------------

    def chats(self) -> tuple[Chat, ...]:
        """All chats, last used first."""
        return self._chats.all()

    def chat(self, chat_id: int) -> Chat:
        return self._chats.get(chat_id)

    def search(self, text: str) -> tuple[Chat, ...]:
        """Chats in whose title, or in one of whose messages, every word of `text` occurs, or begins a word;
        last used first.
        """
        return self._search.chats(text) if text.strip() else self._chats.all()

    def find_text(self, text: str, limit: int = 200) -> tuple[FoundMessage, ...]:
        """Titles and messages (of every branch) in which every word of `text` occurs, or begins a word: the
        titles first, each the newest first.
        """
        return self._search.messages(text, limit)

    def create(self, model_id: str | None = None) -> Chat:
        """A new chat at the top of the list, without a title: its first message names it. It begins with the
        defaults of its model.
        """
        given = (model_id and self._shelf.defaults(model_id)) or ModelDefaults("")
        chat = self._chats.create(
            "",
            model_id,
            given.sampling,
            given.n_ctx,
            system_prompt=given.system_prompt,
            kv_type=given.kv_type,
        )
        self._bus.publish(ChatListChanged(chat.id))
        return chat

    def rename(self, chat_id: int, title: str) -> Chat:
        """Give the chat another title; an empty one changes nothing."""
        chat = self._chats.get(chat_id)
        title = " ".join(title.split())
        return self._save(dataclasses.replace(chat, title=title)) if title else chat

    def update(
        self,
        chat_id: int,
        *,
        model_id: str | EllipsisType | None = ...,
        system_prompt: str | EllipsisType = ...,
        sampling: Sampling | EllipsisType = ...,
        n_ctx: int | EllipsisType | None = ...,
        kv_type: KvType | EllipsisType | None = ...,
        n_batch: int | EllipsisType | None = ...,
        gpu_layers: int | EllipsisType | None = ...,
        overflow: Overflow | EllipsisType = ...,
        rack: Rack | EllipsisType | None = ...,
    ) -> Chat:
        """Change what is given; it counts from the next answer on. Another model comes with the adapters
        that it has itself, unless a rack is given, too. A rack also counts for the answer that is being
        written, from its next token.

        Raises:
            AppError: The adapters cannot be applied to that answer; the rack is as before then.
        """
        values = {
            "model_id": model_id,
            "system_prompt": system_prompt,
            "sampling": sampling,
            "n_ctx": n_ctx,
            "kv_type": kv_type,
            "n_batch": n_batch,
            "gpu_layers": gpu_layers,
            "overflow": overflow,
            "rack": rack,
        }
        given = {name: value for name, value in values.items() if not isinstance(value, EllipsisType)}
        before = self._chats.get(chat_id)
        if given.get("model_id", before.model_id) != before.model_id:
            given.setdefault("rack", None)
        chat = dataclasses.replace(before, **given)  # type: ignore[arg-type]
        saved = self._save(chat)
        if chat.rack != before.rack and chat.model_id == before.model_id:
            try:
                self._retune(saved)
            except AppError:
                self._save(before)
                raise
        return saved

    @abc.abstractmethod
    def _retune(self, chat: Chat) -> None:
        """Let the answer that is being written go on with the adapters of `chat`. Raises `AppError`."""

    def _save(self, chat: Chat) -> Chat:
        saved = self._chats.update(chat)
        self._bus.publish(ChatListChanged(chat.id))
        return saved

    # -- files ----------------------------------------------------------------------------------------------

    def export(self, chat_ids: Sequence[int], path: Path, kind: ExportKind) -> None:
        """Write chats to one file: the shown branch to read or to print (``md``, ``html``) or for other
        programs (``sharegpt``), or everything with all branches (``json``).

        Raises:
            AppError: ``chat.export_failed``; what was at `path` is still there.
        """
        write_file(path, exported([self._whole.read(chat_id) for chat_id in chat_ids], kind))

    def import_file(self, path: Path) -> tuple[int, ...]:
        """Add the chats of a file that Orangery, another program (ShareGPT) or OpenAI exported; their ids.

        Raises:
            AppError: ``chat.import_failed`` names the file, and the field that is wrong; nothing was added.
                ``chat.import_partly``: the chats that could be read were added; it names the first field that
                was wrong.
        """
        read = read_chats(path, self._files)
        ids = self._whole.add(read.chats)
        for chat_id in ids:
            self._bus.publish(ChatListChanged(chat_id))
        if read.problem is not None:
            raise read.partly(len(ids))
        return ids

    # -- folders and pins -----------------------------------------------------------------------------------

    def folders(self) -> tuple[ChatFolder, ...]:
        """In their order; a chat names its own by `Chat.folder_id`."""
        return self._shelf.folders()

    def add_folder(self, name: str) -> ChatFolder:
        """A new folder at the end.

        Raises:
            AppError: ``chat.no_name``.
        """
        folder = self._shelf.add_folder(_named(name))
        self._bus.publish(ChatListChanged(0))
        return folder

    def rename_folder(self, folder_id: int, name: str) -> None:
        """Give it another name. Raises `AppError` ``chat.no_name``."""
        self._shelf.rename_folder(folder_id, _named(name))
        self._bus.publish(ChatListChanged(0))

    def delete_folder(self, folder_id: int) -> None:
        """Remove the folder; its chats stay and are in none."""
        self._shelf.delete_folder(folder_id)
        self._bus.publish(ChatListChanged(0))

    def move(self, chat_id: int, folder_id: int | None) -> None:
        """Put a chat into a folder; None takes it out."""
        self._shelf.move(chat_id, folder_id)
        self._bus.publish(ChatListChanged(chat_id))

    def pin(self, chat_id: int, pinned: bool = True) -> None:
        """Mark a chat to stay on top, or let it go. `chats` keeps its order."""
        self._shelf.pin(chat_id, pinned)
        self._bus.publish(ChatListChanged(chat_id))

    # -- presets --------------------------------------------------------------------------------------------

    def presets(self) -> tuple[Preset, ...]:
        """By name."""
        return self._shelf.presets()

    def save_preset(self, name: str, system_prompt: str, sampling: Sampling, id: int | None = None) -> Preset:
        """Keep a new preset, or change the one with `id`.

        Raises:
            AppError: ``chat.no_name``.
        """
        return self._shelf.save_preset(Preset(id or 0, _named(name), system_prompt, sampling))

    def delete_preset(self, preset_id: int) -> None:
        """Remove it; chats that it was chosen in keep its values."""
        self._shelf.delete_preset(preset_id)

    def export_presets(self, path: Path) -> None:
        """Write all presets to a JSON file.

        Raises:
            AppError: ``chat.export_failed``.
        """
        presets_file.write(path, self._shelf.presets())

    def import_presets(self, path: Path) -> int:
        """Take over the presets of a file, each in place of one of the same name; returns how many.

        Raises:
            AppError: ``chat.import_failed``; nothing was changed then.
        """
        presets = presets_file.read(path)
        self._shelf.add_presets(presets)
        return len(presets)

    # -- defaults of models ---------------------------------------------------------------------------------

    def defaults(self, model_id: str) -> ModelDefaults | None:
        """What new chats with this model begin with; None leaves it to the settings."""
        return self._shelf.defaults(model_id)

    def set_defaults(self, defaults: ModelDefaults) -> None:
        self._shelf.set_defaults(defaults)

    def clear_defaults(self, model_id: str) -> None:
        self._shelf.clear_defaults(model_id)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise AppError("chat.no_name", tr("The name is empty."), tr("Write a name first."))
    return name
