"""Between the chat page and the backend: every call off the GUI thread, every event to the right widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend.chats.types import Chat, Message, MessageState
from backend.engines.types import ModelState
from backend.errors import AppError
from backend.events import ChatListChanged, LibraryChanged, MessageChanged, MessageDelta, ModelChanged
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.chat.branch import Branch, Effect
from ui.pages.chat.live import LiveAnswer

if TYPE_CHECKING:
    from backend.app import Backend

STARTER = "starter"


class ChatPresenter(QObject):
    """State of the page: the chats, the one that is shown, its branch, the models and which are in memory.

    Signals:
        chats_changed: `chats` is another list.
        chat_shown: Another chat is shown (or none); `messages_shown` has been emitted before.
        chat_updated: The shown chat has other settings than the page knows.
        messages_shown: The branch to show, and whether to go to its end.
        message_updated: Another state of one message.
        text_arrived: Message id, text, reasoning, tokens so far.
        models_changed: `models` is another list.
        state_changed: A model was loaded, is loading, failed or left the memory.
        context_changed: A `ContextUse`, or None where it cannot be told.
        busy_changed: Whether the shown chat is being answered.
        sent: A message of the shown chat was committed.
        refused: It was not, and why.
        failed: Something else could not be done.
        deleted: A chat that was deleted and can be restored.
    """

    chats_changed = Signal()
    chat_shown = Signal(object)
    chat_updated = Signal(object)
    messages_shown = Signal(object, bool)
    message_updated = Signal(object)
    text_arrived = Signal(int, str, str, int)
    models_changed = Signal()
    state_changed = Signal()
    context_changed = Signal(object)
    busy_changed = Signal(bool)
    sent = Signal()
    refused = Signal(object)
    failed = Signal(object)
    deleted = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.chats: tuple[Chat, ...] = ()
        self.models: tuple[LibraryModel, ...] = ()
        self.chat: Chat | None = None
        self.branch = Branch()
        self.live: dict[int, LiveAnswer] = {}
        self._states: dict[str, ModelChanged] = {}
        self._busy: set[int] = set()
        self._asking: set[int] = set()  # the service has not taken the question yet
        self._stop_wanted: set[int] = set()
        self._search = ""
        self._listing: tasks.Task | None = None
        self._opening: tasks.Task | None = None
        self._stale = False
        self._last_deleted: Chat | None = None
        self._draft = ""
        self._creating: list[Callable[[], object]] | None = None
        """While a new chat is being made: what to do once it is shown."""
        self._changes: dict[str, Any] = {}
        self._saving = False
        self._save_timer = self._timer(400, self._save)
        self._list_timer = self._timer(60, self.refresh_chats)
        self._count_timer = self._timer(250, self._count)
        self._counting = False
        bridge.on(ChatListChanged, self._on_list)
        bridge.on(MessageChanged, self._on_message)
        bridge.on(MessageDelta, self._on_delta)
        bridge.on(ModelChanged, self._on_model)
        bridge.on(LibraryChanged, self._on_library)

    def _timer(self, milliseconds: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    # -- lists ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read models and what is in memory; chats follow, and the last one is opened."""

        def work() -> tuple[tuple[LibraryModel, ...], tuple[Any, ...]]:
            return self._backend.library.models(), self._backend.engine.loaded()

        def done(found: tuple[tuple[LibraryModel, ...], tuple[Any, ...]]) -> None:
            self.models, loaded = found
            for model in loaded:
                self._states.setdefault(
                    model.path, ModelChanged(model.path, ModelState.READY, 1.0, loaded=model)
                )
            self.models_changed.emit()
            self.refresh_chats()

        tasks.run(work, done, self.failed.emit, owner=self)

    def refresh_models(self) -> None:
        """Read the library again."""

        def done(models: tuple[LibraryModel, ...]) -> None:
            self.models = models
            self.models_changed.emit()

        tasks.run(self._backend.library.models, done, owner=self)

    def set_search(self, text: str) -> None:
        """List only chats that have all the words of `text`."""
        self._search = text.strip()
        self.refresh_chats()

    def refresh_chats(self) -> None:
        """Read the list of chats again; a reading that is under way no longer counts."""
        if self._listing is not None:
            self._listing.cancel()
        words = self._search
        chats = self._backend.chats

        def done(found: tuple[Chat, ...]) -> None:
            self._listing = None
            self.chats = found
            self.chats_changed.emit()
            shown = next((c for c in found if self.chat is not None and c.id == self.chat.id), None)
            if shown is not None and not self._changes and not self._saving and shown != self.chat:
                self.chat = shown
                self.chat_updated.emit(shown)

        work = (lambda: chats.search(words)) if words else chats.chats
        self._listing = tasks.run(work, done, self.failed.emit, owner=self)

    def model_of(self, chat: Chat | None) -> LibraryModel | None:
        """The library row of a chat's model; None if it has none or it is not here any more."""
        if chat is None or chat.model_id is None:
            return None
        return next((model for model in self.models if model.id == chat.model_id), None)

    def state_of(self, model: LibraryModel | None) -> ModelChanged | None:
        """What was last heard about a model in memory."""
        return self._states.get(str(model.path)) if model is not None else None

    def default_model(self) -> str | None:
        """What a new chat begins with: the model of this chat, of the last one, or the starter."""
        return self._default_among(self.models)

    def _default_among(self, models: tuple[LibraryModel, ...]) -> str | None:
        usable = {model.id for model in models if not model.problem}
        wanted = [self.chat.model_id] if self.chat is not None else []
        wanted += [chat.model_id for chat in self.chats[:1]] + [STARTER]
        return next((model_id for model_id in wanted if model_id in usable), None)

    # -- the shown chat -------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether the shown chat is being answered."""
        return self.chat is not None and self.chat.id in self._busy

    def open(self, chat_id: int) -> None:
        """Show a chat. What is shown now stays until the other one has been read."""
        self._save()
        if self._opening is not None:
            self._opening.cancel()
        chats = self._backend.chats
        self._stale = False

        def work() -> tuple[Chat, tuple[Message, ...], bool]:
            return chats.chat(chat_id), chats.messages(chat_id), chats.busy(chat_id)

        def done(found: tuple[Chat, tuple[Message, ...], bool]) -> None:
            self._opening = None
            chat, messages, busy = found
            another = self.chat is None or self.chat.id != chat.id
            self.chat = chat
            self._busy = self._busy | {chat.id} if busy else self._busy - {chat.id}
            self._show(messages, follow=another)
            if another:
                self.chat_shown.emit(chat)
                self.busy_changed.emit(self.busy)
            self._count_timer.start()
            if self._stale:
                self.open(chat_id)

        self._opening = tasks.run(work, done, self.failed.emit, owner=self)

    def close_chat(self) -> None:
        """Show no chat."""
        self._save()
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
        live = self.live
        shown = tuple(live[m.id].so_far() if m.id in live else m for m in self.branch.messages)
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
        self._creating = [then] if then is not None else []

        def work() -> Chat:
            if wanted is None and not self.models:  # the list has not been read yet
                return backend.chats.create(self._default_among(backend.library.models()))
            return backend.chats.create(wanted)

        def done(chat: Chat) -> None:
            waiting, self._creating = self._creating or [], None
            self.chat = chat
            self._show((), follow=True)
            self.chat_shown.emit(chat)
            self.busy_changed.emit(False)
            self._count_timer.start()
            for act in waiting:
                act()

        def failed(error: AppError) -> None:
            self._creating = None
            self.failed.emit(error)

        self._save()
        tasks.run(work, done, failed, owner=self)

    def rename(self, chat_id: int, title: str) -> None:
        """Give a chat another title."""
        tasks.run(lambda: self._backend.chats.rename(chat_id, title), None, self.failed.emit, owner=self)

    def delete(self, chat_id: int) -> None:
        """Delete a chat; `undo_delete` takes it back."""
        chat = next((c for c in self.chats if c.id == chat_id), None)

        def done(_: None) -> None:
            self._last_deleted = chat
            if self.chat is not None and self.chat.id == chat_id:
                at = next((i for i, c in enumerate(self.chats) if c.id == chat_id), 0)
                others = [c for c in self.chats if c.id != chat_id]
                self._changes.clear()
                if others:
                    self.open(others[min(at, len(others) - 1)].id)
                else:
                    self.close_chat()
            if chat is not None:
                self.deleted.emit(chat)

        tasks.run(lambda: self._backend.chats.delete(chat_id), done, self.failed.emit, owner=self)

    def undo_delete(self) -> None:
        """Restore the chat that was deleted last."""
        chat, self._last_deleted = self._last_deleted, None
        if chat is None:
            return

        def done(_: None) -> None:
            self.open(chat.id)

        tasks.run(lambda: self._backend.chats.restore(chat.id), done, self.failed.emit, owner=self)

    # -- settings of the shown chat -------------------------------------------------------------------------

    def change(self, **changes: Any) -> None:
        """Take `model_id`, `n_ctx`, `sampling` or `system_prompt`; saved a moment later."""
        if self.chat is None:
            return
        self.chat = replace(self.chat, **changes)
        self._changes |= changes
        self._save_timer.start()
        if "model_id" in changes or "n_ctx" in changes:
            self.chat_updated.emit(self.chat)

    def _save(self) -> None:
        self._save_timer.stop()
        if not self._changes or self._saving or self.chat is None:
            return
        chat_id, changes, self._changes = self.chat.id, self._changes, {}
        self._saving = True

        def ended() -> None:
            self._saving = False
            self._count_timer.start()
            if self._changes:
                self._save()

        def failed(error: AppError) -> None:
            self.failed.emit(error)
            ended()

        chats = self._backend.chats
        tasks.run(lambda: chats.update(chat_id, **changes), lambda _: ended(), failed, owner=self)

    # -- asking ---------------------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """Send `text` in the shown chat, or in a new one if none is shown."""
        if self.chat is None or self._creating is not None:
            self.new_chat(then=lambda: self.send(text))
            return
        chat_id = self.chat.id
        chats = self._backend.chats
        changes, self._changes = self._changes, {}
        self._save_timer.stop()

        def work() -> Message:
            if changes:
                chats.update(chat_id, **changes)
            use = chats.context_use(chat_id, text)
            _check_length(use.system + use.conversation, use.n_ctx, approximate=use.approximate)
            return chats.send(chat_id, text)

        self._begin(chat_id, work, self.sent.emit)

    def regenerate(self, message_id: int) -> None:
        """Ask for another answer beside this one."""
        self._ask_again(message_id, lambda: self._backend.chats.regenerate(message_id))

    def edit(self, message_id: int, text: str) -> None:
        """Ask `text` instead of a question, on a branch of its own."""
        self._ask_again(message_id, lambda: self._backend.chats.edit(message_id, text))

    def _ask_again(self, message_id: int, work: Callable[[], object]) -> None:
        """Hide a message and what is below it, for another version is on its way."""
        if self.chat is None or self.busy:
            return
        messages = self.branch.messages
        at = next((i for i, message in enumerate(messages) if message.id == message_id), len(messages))
        self._show(messages[:at], follow=True)
        self._begin(self.chat.id, work, again=True)

    def _begin(
        self,
        chat_id: int,
        work: Callable[[], object],
        done: Callable[[], object] | None = None,
        *,
        again: bool = False,
    ) -> None:
        self._set_busy(chat_id, True)
        self._asking.add(chat_id)

        def begun(_: object) -> None:
            self._asking.discard(chat_id)
            if chat_id in self._stop_wanted:
                self._stop_wanted.discard(chat_id)
                chats = self._backend.chats
                tasks.run(lambda: chats.stop(chat_id), None, self.failed.emit, owner=self)
            if done is not None:
                done()

        def failed(error: AppError) -> None:
            self._asking.discard(chat_id)
            self._stop_wanted.discard(chat_id)
            self._set_busy(chat_id, error.code == "chat.busy")
            self.refused.emit(error)
            if again and self.chat is not None and self.chat.id == chat_id:
                self.open(chat_id)

        tasks.run(work, begun, failed, owner=self)

    def stop(self) -> None:
        """End the answer of the shown chat."""
        if self.chat is None:
            return
        chat_id = self.chat.id
        if chat_id in self._asking:
            self._stop_wanted.add(chat_id)
            return
        tasks.run(lambda: self._backend.chats.stop(chat_id), None, self.failed.emit, owner=self)

    def select_sibling(self, message_id: int) -> None:
        """Show the branch through another version of a message."""
        self._switch(lambda: self._backend.chats.select_sibling(message_id))

    def delete_message(self, message_id: int) -> None:
        """Remove one version of an answer with all that follows it."""
        self._switch(lambda: self._backend.chats.delete_message(message_id))

    def _switch(self, work: Callable[[], tuple[Message, ...]]) -> None:
        shown = self.chat

        def done(messages: tuple[Message, ...]) -> None:
            if self.chat is not None and shown is not None and self.chat.id == shown.id:
                self._show(messages, follow=False)
                self._count_timer.start()

        tasks.run(work, done, self.failed.emit, owner=self)

    def set_draft(self, text: str) -> None:
        """Count this text as the next message."""
        self._draft = text
        self._count_timer.start()

    def _count(self) -> None:
        if self.chat is None or self._counting:
            return
        chat_id, draft = self.chat.id, self._draft
        self._counting = True

        def ended(use: object) -> None:
            self._counting = False
            if self.chat is not None and self.chat.id == chat_id:
                self.context_changed.emit(use)
            if self._draft != draft or self.chat is None or self.chat.id != chat_id:
                self._count_timer.start()

        chats = self._backend.chats
        tasks.run(lambda: chats.context_use(chat_id, draft), ended, lambda _error: ended(None), owner=self)

    # -- events ---------------------------------------------------------------------------------------------

    def _on_list(self, _event: ChatListChanged) -> None:
        self._list_timer.start()

    def _on_library(self, _event: LibraryChanged) -> None:
        self.refresh_models()

    def _on_model(self, event: ModelChanged) -> None:
        self._states[event.model_path] = event
        self.state_changed.emit()
        if event.state is ModelState.READY:
            self._count_timer.start()

    def _on_message(self, event: MessageChanged) -> None:
        message = event.message
        if message.state is MessageState.STREAMING:
            self.live[message.id] = LiveAnswer(message)
            self._set_busy(message.chat_id, True)
        else:
            self.live.pop(message.id, None)
            if message.role == "assistant" or message.error_title:
                self._set_busy(message.chat_id, False)
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
            self._count_timer.start()

    def _on_delta(self, event: MessageDelta) -> None:
        live = self.live.get(event.message_id)
        if live is None:
            return
        live.add(event)
        if self.chat is not None and event.chat_id == self.chat.id:
            self.text_arrived.emit(event.message_id, event.text, event.reasoning, live.tokens)

    def _set_busy(self, chat_id: int, busy: bool) -> None:
        before = self.busy
        (self._busy.add if busy else self._busy.discard)(chat_id)
        if self.busy != before:
            self.busy_changed.emit(self.busy)


def _check_length(tokens: int, n_ctx: int, *, approximate: bool) -> None:
    """Refuse what cannot fit. An estimate may be wrong by half; then the engine counts after the load."""
    limit = n_ctx * 1.5 if approximate else n_ctx
    if tokens < limit:
        return
    raise AppError(
        "chat.too_long",
        tr(
            "With this message the chat has {tokens} tokens, but its context holds {n_ctx}.",
            tokens=("~" if approximate else "") + fmt.number(tokens),
            n_ctx=fmt.number(n_ctx),
        ),
        tr("Shorten it, choose a longer context in the panel, or start a new chat."),
    )
