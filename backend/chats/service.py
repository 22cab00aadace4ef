"""Conversations: a tree of messages per chat, at most one answer at a time in each."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from backend.chats.answer import Answer, Services, Uses
from backend.chats.arranging import Arranging
from backend.chats.conversation import title_of
from backend.chats.overflow import Counter, Draft, Fitting, context_use
from backend.chats.refusing import busy_error, closing
from backend.chats.replaying import Replaying
from backend.chats.types import (
    Attachment,
    Chat,
    ContextUse,
    Message,
    Replay,
    Summary,
)
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, LoadedModel, LoadOptions, TokenChoice
from backend.errors import AppError
from backend.events import ChatListChanged, EventBus, MessageChanged
from backend.i18n import tr
from backend.store.chats import NewMessage
from backend.store.database import Database

_DEFAULT_CONTEXT = 8192  # what the engine opens at most when a chat does not say; see `LoadOptions`
_CLOSE_S = 1.0


class Running(Protocol):
    """What takes the place of a chat's answer."""

    def stop(self) -> None: ...

    def close(self, timeout: float) -> None: ...


class ChatService(Arranging):
    """Chats and what happens in them. Blocking and thread-safe; what streams in is published on the bus.

    A chat or message that does not exist raises `LookupError`.
    """

    def __init__(
        self,
        store: Database,
        engines: Engines,
        room: ModelRoom,
        uses: Uses,
        bus: EventBus,
        *,
        options: Callable[[], LoadOptions] = LoadOptions,
    ) -> None:
        """`options` says how models are opened; a chat's own context length goes before it."""
        super().__init__(store, bus)
        self._engines = engines
        self._options = options
        self._services = Services(self._chats, self._shelf, engines, room, uses, bus)
        self._lock = threading.Lock()
        self._answers: dict[int, Running | None] = {}
        self._closed = False

    def recover(self) -> None:
        """Close what a dead run left open and remove what it deleted.

        Only for the one process that owns the chats: another's streaming answers look just the same.
        """
        self._chats.interrupt_streaming(tr("Orangery was ended before this answer was complete."))
        self._chats.purge_deleted()
        self._files.sweep(self._chats.image_paths())

    # -- chats ----------------------------------------------------------------------------------------------

    def delete(self, chat_id: int) -> None:
        """Hide the chat, stopping its answer; `restore` brings it back until the next start."""
        self.stop(chat_id)
        self._chats.set_deleted(chat_id, True)
        self._bus.publish(ChatListChanged(chat_id))

    def restore(self, chat_id: int) -> None:
        """Undo `delete`."""
        self._chats.set_deleted(chat_id, False)
        self._bus.publish(ChatListChanged(chat_id))

    # -- messages -------------------------------------------------------------------------------------------

    def messages(self, chat_id: int) -> tuple[Message, ...]:
        """The shown branch, root first; without the `choices` of its messages."""
        return self._chats.branch(chat_id)

    def choices(self, message_id: int) -> tuple[TokenChoice, ...]:
        """The tokens of an answer with their alternatives; empty where they were not asked for."""
        return self._chats.choices(message_id)

    def attach(self, path: Path, chat_id: int) -> Attachment:
        """Read a file to be sent with the next message; nothing is saved before that.

        Raises:
            AppError: ``chat.attachment`` says why this file can't be used.
        """
        chat = self._chats.get(chat_id)
        loaded, _ = self._context_of(chat)
        return self._files.read(path, self._counter(loaded), lambda: self._sees(chat))

    def send(self, chat_id: int, text: str, attachments: Sequence[Attachment] = ()) -> Message:
        """Commit the person's message and begin the answer in the background.

        Raises:
            AppError: ``chat.busy`` (still answering), ``chat.no_model``, ``chat.empty``, or the database's;
                nothing was saved then.
        """
        if not text.strip() and not attachments:
            raise AppError("chat.empty", tr("The message is empty."))
        with self._turn(chat_id):
            chat = self._chats.get(chat_id)
            title = title_of(text if text.strip() else attachments[0].name)
            message = self._chats.add(
                NewMessage(chat_id, chat.leaf_id, "user", text, attachments=tuple(attachments)),
                title=None if chat.title else title,
            )
            self._answer(message)
        return message

    def regenerate(self, message_id: int) -> None:
        """Another answer beside this one; for a question, another answer to it.

        Raises:
            AppError: ``chat.busy``, ``chat.no_model``.
        """
        message = self._chats.message(message_id)
        with self._turn(message.chat_id):
            question = message
            if message.role == "assistant":
                if message.parent_id is None:
                    raise AppError("chat.no_question", tr("This answer has no question to answer again."))
                question = self._chats.message(message.parent_id)
            self._answer(question)

    def edit(self, message_id: int, text: str) -> Message:
        """Say `text` instead of this message, on a branch of its own. A question (it keeps its attachments)
        is answered anew; an answer has these words from then on, and is marked as edited.

        Raises:
            AppError: As for `send`.
        """
        old = self._chats.message(message_id)
        if not text.strip() and not old.attachments:
            raise AppError("chat.empty", tr("The message is empty."))
        if old.role == "assistant":
            return self._reword(old, text)
        with self._turn(old.chat_id):
            message = self._chats.add(
                NewMessage(old.chat_id, old.parent_id, "user", text, attachments=old.attachments)
            )
            self._answer(message)
        return message

    def _reword(self, old: Message, text: str) -> Message:
        if self.busy(old.chat_id):
            raise busy_error()
        message = self._chats.add(
            NewMessage(
                old.chat_id,
                old.parent_id,
                "assistant",
                text,
                model_id=old.model_id,
                model_name=old.model_name,
                quant=old.quant,
                edited=True,
            )
        )
        self._bus.publish(MessageChanged(message))
        self._bus.publish(ChatListChanged(message.chat_id))
        return message

    def go_on(self, message_id: int) -> None:
        """Let the model go on with this answer where it stops; its text grows.

        Raises:
            AppError: ``chat.busy``, ``chat.no_model``, ``chat.not_an_answer``.
        """
        message = self._chats.message(message_id)
        if message.role != "assistant":
            raise AppError("chat.not_an_answer", tr("Only an answer can be continued."))
        with self._turn(message.chat_id):
            self._answer(message, go_on=True)

    def replay(self, message_id: int) -> Replay:
        """Ask for this answer once more by its run card, and compare. Blocking; `stop` ends it.

        Raises:
            AppError: ``chat.busy``, ``chat.no_card`` (the answer has no run card), or the engine's.
            Cancelled: It was stopped.
        """
        branch = self._chats.path_to(message_id)
        card = branch[-1].card if branch else None
        if card is None or len(branch) < 2:
            raise AppError(
                "chat.no_card",
                tr("It was not kept what this answer depended on, so it can't be repeated."),
                tr("Answers from an older version, imported and edited ones have no such card."),
            )
        chat = self._chats.get(branch[-1].chat_id)
        replaying = Replaying(self._services, chat, branch, card)
        with self._place(chat.id):
            self._begin(chat.id, replaying)
            try:
                return replaying.run()
            finally:
                self._free(chat.id)

    def summary(self, chat_id: int) -> Summary | None:
        """What stands for the beginning of the shown branch, if there is such a summary."""
        shown = {message.id for message in self._chats.branch(chat_id)}
        found = [summary for summary in self._shelf.summaries(chat_id) if summary.until_id in shown]
        return found[-1] if found else None

    def set_summary(self, summary_id: int, text: str) -> Summary:
        """Put the person's words in place of the model's; they count from the next answer on."""
        summary = self._shelf.set_summary(summary_id, text)
        self._bus.publish(ChatListChanged(summary.chat_id))
        return summary

    def select_sibling(self, message_id: int) -> tuple[Message, ...]:
        """Show the branch through this message and return it."""
        message = self._chats.message(message_id)
        self._chats.show(message_id, message.chat_id)
        return self._chats.branch(message.chat_id)

    def delete_message(self, message_id: int) -> tuple[Message, ...]:
        """Hide a message and everything under it; returns the branch that is shown then. `restore_message`
        brings them back until the next start.
        """
        message = self._chats.message(message_id)
        if self.busy(message.chat_id):
            raise busy_error()
        self._chats.hide(message_id)
        return self._chats.branch(message.chat_id)

    def restore_message(self, message_id: int) -> tuple[Message, ...]:
        """Undo `delete_message`; returns the branch, which is shown through the message then."""
        return self._chats.branch(self._chats.unhide(message_id))

    def stop(self, chat_id: int) -> None:
        """End the chat's answer; what was said so far is kept. Returns at once, does nothing without an
        answer.
        """
        with self._lock:
            answer = self._answers.get(chat_id)
        if answer is not None:
            answer.stop()

    def busy(self, chat_id: int) -> bool:
        """Whether an answer is being loaded for, generated or saved."""
        with self._lock:
            return chat_id in self._answers

    def context_use(
        self, chat_id: int, draft: str = "", attachments: Sequence[Attachment] = ()
    ) -> ContextUse:
        """How full the chat's context is, with `draft` and its files as its next message.

        Counted by the model's own tokenizer while it is loaded, else estimated and marked so.
        """
        chat = self._chats.get(chat_id)
        loaded, n_ctx = self._context_of(chat)
        counter = self._counter(loaded)
        fitting = Fitting(
            chat,
            self._chats.branch(chat_id),
            self._shelf.summaries(chat_id),
            n_ctx,
            counter,
            draft=Draft(draft, tuple(attachments)),
            vision=self._sees(chat),
        )
        return context_use(fitting, chat, n_ctx, counter)

    def options_of(self, chat: Chat) -> LoadOptions:
        """How the model of `chat` will be opened for its next answer."""
        options = self._options()
        return dataclasses.replace(
            options,
            n_ctx=chat.n_ctx or options.n_ctx,
            kv_type=chat.kv_type or options.kv_type,
            n_batch=chat.n_batch or options.n_batch,
            gpu_layers=options.gpu_layers if chat.gpu_layers is None else chat.gpu_layers,
            adapters=self._adapters_of(chat),
        )

    def close(self) -> None:
        """Stop every answer and save what it said."""
        with self._lock:
            self._closed = True
            answers = [answer for answer in self._answers.values() if answer is not None]
        for answer in answers:
            answer.stop()
        deadline = time.monotonic() + _CLOSE_S
        for answer in answers:
            answer.close(max(0.1, deadline - time.monotonic()))

    # -- adapters -------------------------------------------------------------------------------------------

    def _adapters_of(self, chat: Chat) -> tuple[AdapterUse, ...]:
        """Those of the chat's own rack, else those that its model has itself."""
        if chat.rack is not None:
            return chat.rack.uses()
        return self._engines.adapters_of(chat.model_id) if chat.model_id else ()

    def _retune(self, chat: Chat) -> None:
        with self._lock:
            answer = self._answers.get(chat.id)
        if isinstance(answer, Answer):
            answer.retune(self._adapters_of(chat))

    # -- inside ---------------------------------------------------------------------------------------------

    def _turn(self, chat_id: int) -> contextlib.AbstractContextManager[None]:
        """Hold the place of a chat that has a model."""
        if self._chats.get(chat_id).model_id is None:
            raise AppError("chat.no_model", tr("Choose a model for this chat first."))
        return self._place(chat_id)

    @contextlib.contextmanager
    def _place(self, chat_id: int) -> Iterator[None]:
        """Hold the chat's only place for an answer; a failure inside the block frees it again."""
        with self._lock:
            if chat_id in self._answers:
                raise busy_error()
            if self._closed:
                raise closing()
            self._answers[chat_id] = None
        try:
            yield
        except BaseException:
            self._free(chat_id)
            raise

    def _answer(self, question: Message, *, go_on: bool = False) -> None:
        """Publish the question and start answering it (or going on with that answer); when it ends, the
        answer frees the chat's place.
        """
        chat = self._chats.get(question.chat_id)
        options = self.options_of(chat)
        branch = (*self._chats.path_to(question.id)[:-1], question)  # with the choices of an answer
        answer = Answer(
            self._services, chat, branch, options, ended=partial(self._free, chat.id), go_on=go_on
        )
        self._begin(chat.id, answer)
        self._bus.publish(MessageChanged(question))
        self._bus.publish(ChatListChanged(chat.id))
        answer.start()

    def _begin(self, chat_id: int, running: Running) -> None:
        with self._lock:
            if self._closed:  # meanwhile; `close` has not seen this answer
                raise closing()
            self._answers[chat_id] = running

    def _free(self, chat_id: int) -> None:
        with self._lock:
            self._answers.pop(chat_id, None)

    def _counter(self, loaded: LoadedModel | None) -> Counter:
        return Counter(partial(self._engines.count_tokens, loaded.key) if loaded else None)

    def _sees(self, chat: Chat) -> bool:
        try:
            return chat.model_id is not None and self._engines.find(chat.model_id).vision
        except AppError:
            return False

    def _context_of(self, chat: Chat) -> tuple[LoadedModel | None, int]:
        wanted = chat.n_ctx or self._options().n_ctx
        if chat.model_id is None:
            return None, wanted or _DEFAULT_CONTEXT
        try:
            model = self._engines.find(chat.model_id)
        except AppError:
            return None, wanted or _DEFAULT_CONTEXT
        variants = [loaded for loaded in self._engines.loaded() if loaded.path == model.address]
        if variants:
            options = self.options_of(chat)
            loaded = next((found for found in variants if found.options == options), variants[0])
            return loaded, (wanted and min(wanted, loaded.n_ctx_train)) or loaded.n_ctx
        trained = model.context_length or _DEFAULT_CONTEXT
        return None, min(wanted or _DEFAULT_CONTEXT, trained)
