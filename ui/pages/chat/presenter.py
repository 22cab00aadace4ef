"""Between the chat page and the backend: every call off the GUI thread, every event to the right widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from backend.chats.types import Chat, Message, MessageState
from backend.engines.types import ChatModel, ModelState
from backend.errors import AppError
from backend.events import MessageChanged, MessageDelta, ModelChanged
from ui import tasks
from ui.bridge import EventBridge
from ui.models.shelf import ModelShelf, first_usable
from ui.pages.chat.answering import Answering
from ui.pages.chat.branch import Branch, Effect
from ui.pages.chat.changes import ChatChanges
from ui.pages.chat.chat_list import ChatList
from ui.pages.chat.counter import ContextCounter
from ui.pages.chat.live import LiveAnswer
from ui.pages.chat.tray import Tray

if TYPE_CHECKING:
    from backend.app import Backend


class ChatPresenter(QObject):
    """State of the page: the chat that is shown and its branch. `list` has all chats, `shelf` the models.

    Signals:
        chats_changed: The list of chats was read.
        chat_shown: Another chat is shown (or none); `messages_shown` has been emitted before.
        chat_updated: The shown chat has other settings than the page knows.
        settings_changed: The person chose other settings for the shown chat.
        messages_shown: The branch to show, and whether to go to its end.
        message_updated: Another state of one message.
        message_wanted: Id of a message of the shown branch to bring into view.
        message_deleted: Id of a message that is gone and can be restored.
        text_arrived: Message id, text, reasoning, tokens so far.
        models_changed: The library was read.
        state_changed: A model was loaded, is loading, failed or left the memory.
        context_changed: A `ContextUse`, or None where it cannot be told.
        busy_changed: Whether the shown chat is being answered.
        sent: A message of the shown chat was committed.
        refused: It was not, and why.
        failed: Something else could not be done.
    """

    chats_changed = Signal()
    chat_shown = Signal(object)
    chat_updated = Signal(object)
    settings_changed = Signal()
    messages_shown = Signal(object, bool)
    message_updated = Signal(object)
    message_wanted = Signal(int)
    message_deleted = Signal(int)
    text_arrived = Signal(int, str, str, int)
    models_changed = Signal()
    state_changed = Signal()
    context_changed = Signal(object)
    busy_changed = Signal(bool)
    sent = Signal()
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.list = ChatList(backend, bridge, self)
        self.shelf = ModelShelf(backend, bridge, self)
        self.chat: Chat | None = None
        self.branch = Branch()
        self.answering = Answering(self)
        self.answering.changed.connect(self._busy_changed)
        self.tray = Tray(backend, self)
        self.tray.changed.connect(self._tray_changed)
        self._listed = False
        self._opening: tasks.Task | None = None
        self._stale = False
        self._draft = ""
        self._creating: list[Callable[[], object]] | None = None
        """While a new chat is being made: what to do once it is shown."""
        self.changes = ChatChanges(backend, self)
        self.changes.saved.connect(lambda _chat_id: self.list.renew())
        self.changes.saved.connect(lambda _chat_id: self._recount())
        self.changes.failed.connect(self.failed)
        self._counter = ContextCounter(backend, self)
        self._counter.counted.connect(self._counted)
        self.list.changed.connect(self._list_read)
        self.list.deleted.connect(self._was_deleted)
        self.list.restored.connect(lambda chat: self.open(chat.id))
        self.list.failed.connect(self.failed)
        self.shelf.changed.connect(self._models_read)
        self.shelf.state_changed.connect(self._on_model)
        self.shelf.failed.connect(self.failed)
        bridge.on(MessageChanged, self._on_message)
        bridge.on(MessageDelta, self._on_delta)

    # -- lists ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read models and what is in memory; chats follow, and the last one is opened."""
        self.shelf.read()

    def _models_read(self) -> None:
        self.models_changed.emit()
        if not self._listed:
            self._listed = True
            self.list.read()

    def _list_read(self) -> None:
        self.chats_changed.emit()
        shown = self.list.chat(self.chat.id) if self.chat is not None else None
        if shown is not None and not self.changes.pending() and shown != self.chat:
            self.chat = shown
            self.chat_updated.emit(shown)

    def model_of(self, chat: Chat | None) -> ChatModel | None:
        """The library row of a chat's model; None if it has none or it is not here any more."""
        return self.shelf.find(chat.model_id) if chat is not None else None

    def default_model(self) -> str | None:
        """What a new chat begins with: the model of this chat, of the last one, or the starter."""
        return first_usable(self.shelf.models, self._wanted_models())

    def _wanted_models(self) -> list[str | None]:
        return [
            chat.model_id for chat in (*([self.chat] if self.chat is not None else []), *self.list.chats[:1])
        ]

    # -- the shown chat -------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether the shown chat is being answered."""
        return self.chat is not None and self.chat.id in self.answering.chats

    @property
    def live(self) -> dict[int, LiveAnswer]:
        """Answers that are on their way, by the id of their message."""
        return self.answering.live

    def open(self, chat_id: int, message_id: int | None = None) -> None:
        """Show a chat, and a message of it on whichever branch. What is shown now stays until the other one
        has been read."""
        self.changes.flush()
        if self._opening is not None:
            self._opening.cancel()
        chats = self._backend.chats
        self._stale = False

        def work() -> tuple[Chat, tuple[Message, ...], bool]:
            messages = chats.messages(chat_id)
            if message_id is not None and all(message.id != message_id for message in messages):
                messages = chats.select_sibling(message_id)
            return chats.chat(chat_id), messages, chats.busy(chat_id)

        def done(found: tuple[Chat, tuple[Message, ...], bool]) -> None:
            self._opening = None
            chat, messages, busy = found
            another = self.chat is None or self.chat.id != chat.id
            self.chat = chat
            self.answering.set_busy(chat.id, busy)
            self._show(messages, follow=another and message_id is None)
            if another:
                self.chat_shown.emit(chat)
                self.busy_changed.emit(self.busy)
            self._recount()
            if message_id is not None:
                self.message_wanted.emit(message_id)
            if self._stale:
                self.open(chat_id)

        def failed(error: AppError) -> None:
            self._opening = None
            self.failed.emit(error)

        self._opening = tasks.run(work, done, failed, owner=self)

    def close_chat(self) -> None:
        """Show no chat."""
        self.changes.flush()
        self.chat = None
        self.branch = Branch()
        self.messages_shown.emit((), True)
        self.chat_shown.emit(None)
        self.busy_changed.emit(False)
        self.context_changed.emit(None)

    def _show(self, messages: tuple[Message, ...], *, follow: bool) -> None:
        self.branch = Branch(messages)
        self._emit_branch(follow=follow)

    def _emit_branch(self, *, follow: bool) -> None:
        """The branch as it is now; answers on their way with all of their text."""
        live, messages = self.live, self.branch.messages
        shown = tuple(live[m.id].so_far() if m.id in live else m for m in messages)
        self.messages_shown.emit(shown, follow)

    def new_chat(self, model_id: str | None = None, *, then: Callable[[], object] | None = None) -> None:
        """Make a chat and show it; an empty one that is shown is used instead of a second."""
        if self._creating is not None:
            self._creating += [then] if then is not None else []
            return
        if self.chat is not None and not len(self.branch) and not self.busy:
            if model_id is not None:
                self.change(model_id=model_id)
            self.chat_shown.emit(self.chat)
            if then is not None:
                then()
            return
        backend, wanted = self._backend, model_id or self.default_model()
        asked = self._wanted_models()
        self._creating = [then] if then is not None else []

        def work() -> Chat:
            if wanted is None and not self.shelf.models:  # the list has not been read yet
                return backend.chats.create(first_usable(backend.engines.models(), asked))
            return backend.chats.create(wanted)

        def done(chat: Chat) -> None:
            waiting, self._creating, self.chat = self._creating or [], None, chat
            self._show((), follow=True)
            self.chat_shown.emit(chat)
            self.busy_changed.emit(False)
            self._recount()
            for act in waiting:
                act()

        def failed(error: AppError) -> None:
            self._creating = None
            self.failed.emit(error)

        self.changes.flush()
        tasks.run(work, done, failed, owner=self)

    def _was_deleted(self, gone: Sequence[Chat]) -> None:
        ids = [chat.id for chat in gone]
        for chat_id in ids:
            self.changes.forget(chat_id)
        if self.chat is not None and self.chat.id in ids:
            other = self.list.neighbour(ids)
            if other is not None:
                self.open(other.id)
            else:
                self.close_chat()

    # -- settings of the shown chat -------------------------------------------------------------------------

    def change(self, **changes: Any) -> None:
        """Take fields of the chat, such as `model_id`, `n_ctx` or `sampling`; saved a moment later. Batch and
        layers on the GPU were chosen for one model and context, so they do not outlive a change of these."""
        if self.chat is None:
            return
        if not changes.keys().isdisjoint(("model_id", "n_ctx", "kv_type")):
            changes = {"n_batch": None, "gpu_layers": None, **changes}
        if changes.get("model_id", self.chat.model_id) != self.chat.model_id:
            changes = {"rack": None, **changes}  # another model comes with its own adapters
        self.chat = replace(self.chat, **changes)
        self.changes.add(self.chat.id, changes)
        self.settings_changed.emit()
        if not changes.keys().isdisjoint(("model_id", "n_ctx", "kv_type")):
            self.chat_updated.emit(self.chat)

    # -- messages of the shown chat -------------------------------------------------------------------------

    def in_chat(self, act: Callable[[int], object]) -> None:
        """Call `act` with the id of the shown chat, or of a new one once it is made if none is shown."""
        if self.chat is None or self._creating is not None:
            self.new_chat(then=lambda: self.in_chat(act))
        else:
            act(self.chat.id)

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the next message of the shown chat, or of a new one if none is shown."""
        self.in_chat(lambda chat_id: self.tray.add(chat_id, paths))

    def cut(self, message_id: int) -> None:
        """Hide a message and what is below it."""
        messages = self.branch.messages
        at = next((i for i, each in enumerate(messages) if each.id == message_id), len(messages))
        self._show(messages[:at], follow=True)

    def select_sibling(self, message_id: int) -> None:
        """Show the branch through another version of a message."""
        self._switch(lambda: self._backend.chats.select_sibling(message_id))

    def delete_message(self, message_id: int) -> None:
        """Remove a message with all that follows it; `restore_message` takes it back."""
        self._switch(
            lambda: self._backend.chats.delete_message(message_id),
            lambda: self.message_deleted.emit(message_id),
        )

    def restore_message(self, message_id: int) -> None:
        """Bring back a message that was deleted, and what followed it."""
        self._switch(lambda: self._backend.chats.restore_message(message_id))

    def _switch(
        self, work: Callable[[], tuple[Message, ...]], then: Callable[[], object] = lambda: None
    ) -> None:
        shown = self.chat

        def done(messages: tuple[Message, ...]) -> None:
            if self.chat is not None and shown is not None and self.chat.id == shown.id:
                self._show(messages, follow=False)
                self._recount()
            then()

        tasks.run(work, done, self.failed.emit, owner=self)

    def set_draft(self, text: str) -> None:
        """Count this text as the next message."""
        self._draft = text
        self._recount()

    def _tray_changed(self, chat_id: int) -> None:
        if self.chat is not None and chat_id == self.chat.id:
            self._recount()

    def _recount(self) -> None:
        chat_id = self.chat.id if self.chat is not None else None
        self._counter.request(chat_id, self._draft, self.tray.of(chat_id))

    def _counted(self, chat_id: int, use: object) -> None:
        if self.chat is not None and self.chat.id == chat_id:
            self.context_changed.emit(use)

    # -- events ---------------------------------------------------------------------------------------------

    def _on_model(self, event: ModelChanged) -> None:
        self.state_changed.emit()
        if event.state is ModelState.READY:
            self._recount()

    def _on_message(self, event: MessageChanged) -> None:
        message = event.message
        self.answering.take(message)
        if self.chat is None or message.chat_id != self.chat.id:
            return
        if self._opening is not None:
            self._stale = True
        effect = self.branch.put(message)
        if effect is Effect.UPDATED:
            self.message_updated.emit(message)
        elif effect is Effect.EXTENDED:
            self._emit_branch(follow=message.role == "user")
        else:
            self.open(self.chat.id)
        if message.role == "user" and message.error_title:
            self.refused.emit(AppError("chat.unsaved", message.error_title, message.error_hint))
        if message.state is not MessageState.STREAMING:
            self._recount()

    def _on_delta(self, event: MessageDelta) -> None:
        live = self.answering.add(event)
        if live is not None and self.chat is not None and event.chat_id == self.chat.id:
            self.text_arrived.emit(event.message_id, event.text, event.reasoning, live.tokens)

    def _busy_changed(self, chat_id: int) -> None:
        if self.chat is not None and chat_id == self.chat.id:
            self.busy_changed.emit(self.busy)
