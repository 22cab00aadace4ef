"""Order among the conversations: folders and pins, presets, and what the new chats of a model begin with."""

from __future__ import annotations

from pathlib import Path

from backend.chats import presets_file
from backend.chats.types import ChatFolder, ModelDefaults, Preset
from backend.engines.types import Sampling
from backend.errors import AppError
from backend.events import ChatListChanged, EventBus
from backend.i18n import tr
from backend.store.chat_shelf import ChatShelf


class Arranging:
    """The part of `ChatService` that keeps order. What does not exist raises `LookupError`."""

    def __init__(self, shelf: ChatShelf, bus: EventBus) -> None:
        self._shelf = shelf
        self._bus = bus

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
