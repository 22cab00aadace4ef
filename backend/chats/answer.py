"""One answer on its way: load the model, stream, save at least every second, and end in exactly one state."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from backend.chats.conversation import measured_speed
from backend.chats.ended import ended
from backend.chats.overflow import Counter, Fitting
from backend.chats.said import Said
from backend.chats.summarising import Prepared, Summariser
from backend.chats.types import Chat, Message, MessageState
from backend.engines.base import Generating
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import (
    AdapterUse,
    ChatModel,
    EarlierAdapters,
    Finished,
    FinishReason,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    RunCard,
    Timings,
)
from backend.errors import AppError, Cancelled
from backend.events import EventBus, MessageChanged, MessageDelta
from backend.i18n import tr
from backend.store.chat_shelf import ChatShelf
from backend.store.chats import ChatRepository, Ending, NewMessage

log = logging.getLogger(__name__)

CHECKPOINT_S = 0.9  # streamed text is on the disk within a second
SAVE_FOR_S = 120.0  # how long the end of an answer waits for a locked or full disk


class Uses(Protocol):
    """Where it is noted that a model was used; see `backend.library.library`."""

    def note_use(self, model_id: str, tokens_per_second: float | None) -> None: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Services:
    """What every answer works with."""

    chats: ChatRepository
    shelf: ChatShelf
    engines: Engines
    room: ModelRoom
    uses: Uses
    bus: EventBus


class Answer:
    """The answer to the last message of `branch`, or the rest of that message. Runs on a thread of its own
    from `start` to `ended`.
    """

    def __init__(
        self,
        services: Services,
        chat: Chat,
        branch: Sequence[Message],
        options: LoadOptions,
        ended: Callable[[], None],
        *,
        go_on: bool = False,
    ) -> None:
        """`ended` is called once, just before the last event of this answer is published. With `go_on`, the
        last message is an answer, and grows.
        """
        self._services = services
        self._chat = chat
        self._branch = branch
        self._options = options
        self._ended = ended
        self._cancel = threading.Event()
        self._finished = threading.Event()
        self._lock = threading.Lock()
        self._generating: Generating | None = None
        self._end: Finished | None = None
        self._begun = branch[-1] if go_on else None
        self._message: Message | None = self._begun
        self._said = Said(self._begun)
        self._closing = False
        self._alone = chat.rack is not None or bool(options.adapters)
        self._tuning = threading.Lock()
        self._uses = options.adapters
        self._earlier: list[EarlierAdapters] = []
        self._loaded: LoadedModel | None = None
        self._thread = threading.Thread(target=self._run, name=f"answer-{chat.id}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End early; what was said so far is kept. Returns at once."""
        self._cancel.set()
        with self._lock:
            generating = self._generating
        if generating is not None:
            generating.cancel()

    def retune(self, uses: tuple[AdapterUse, ...]) -> None:
        """Go on with other adapters or scales from the next token. An answer that began without a mixer
        shares its context with others, and keeps what it has.

        Raises:
            AppError: They cannot be applied; all is as before then.
        """
        with self._tuning:
            if self._loaded is not None and self._alone and uses != self._uses:
                self._loaded = self._services.room.retune(self._loaded.key, uses)
                self._note_move()
            self._uses = uses

    def _note_move(self) -> None:
        """What the faders were moved away from, unless nothing was written with it."""
        tokens = self._said.tokens
        if tokens > (self._earlier[-1].tokens if self._earlier else 0):
            self._earlier.append(EarlierAdapters(tokens, self._uses))

    def close(self, timeout: float) -> None:
        """Stop and wait; what does not end within `timeout` seconds is saved as interrupted."""
        self.stop()
        self._thread.join(timeout)
        if self._thread.is_alive():
            self._closing = True
            self._on_event(Finished(FinishReason.ERROR, error_title=_interrupted_sentence()))
            self._thread.join(timeout)

    # -- the thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        model: ChatModel | None = None
        try:
            model = self._services.engines.find(self._chat.model_id or "")
            room = self._services.room
            with room.using(model.address, self._options, self._cancel, alone=self._alone) as loaded:
                try:
                    loaded = self._tuned(loaded)
                    ending = self._stream(model, loaded)
                finally:
                    with self._tuning:  # from here on it may be somebody else's
                        self._loaded = None
            # Not sooner: who asks on at once is to find the context free, with all that it remembers.
            self._commit(model, ending)
            self._note_use(model, loaded)
        except Cancelled:
            self._commit(model, self._ended_as(MessageState.STOPPED, FinishReason.CANCELLED))
        except AppError as error:
            self._commit(model, self._failure(error.title, error.hint))
        except Exception as error:
            log.exception("an answer ended with a bug")
            title = tr("This answer failed because of a fault in Orangery.")
            self._commit(model, self._failure(title, f"{type(error).__name__}: {error}"))

    def _tuned(self, loaded: LoadedModel) -> LoadedModel:
        """`loaded` with what the faders were moved to while it was made ready."""
        with self._tuning:
            if self._alone and self._uses != self._options.adapters:
                loaded = self._services.room.retune(loaded.key, self._uses)
            self._loaded = loaded
        return loaded

    def _failure(self, title: str, hint: str) -> Ending:
        state = MessageState.INTERRUPTED if self._said.anything else MessageState.FAILED
        return dataclasses.replace(
            self._ended_as(state, FinishReason.ERROR), error_title=title, error_hint=hint
        )

    def _ended_as(self, state: MessageState, reason: FinishReason) -> Ending:
        """The end of an answer that the engine did not end itself."""
        said = self._said
        timings = self._begun.timings if self._begun else Timings()
        text, reasoning = said.text()
        return Ending(state, text, reasoning, reason, timings, reasoning_s=said.reasoning_s)

    def _stream(self, model: ChatModel, loaded: LoadedModel) -> Ending:
        services = self._services
        if self._begun is None:
            message = services.chats.add(self._row(model, MessageState.STREAMING))
        else:
            message = services.chats.reopen(self._begun.id)
        self._message = message
        services.bus.publish(MessageChanged(message))
        prepared = self._prepared(model, loaded)
        generating = services.engines.generate(
            loaded.key, prepared.turns, self._chat.sampling, self._on_event
        )
        with self._lock:
            self._generating = generating
        if self._cancel.is_set():
            generating.cancel()
        while not self._finished.wait(CHECKPOINT_S):
            if self._said.changed():
                services.chats.checkpoint(message.id, *self._said.text())
        assert self._end is not None
        return self._ending(self._end, prepared.note, model, loaded)

    def _note_use(self, model: ChatModel, loaded: LoadedModel) -> None:
        if model.engine != "local" or self._end is None:
            return
        # With adapters it is slower than the speed that is noted for the model alone.
        plain = not loaded.options.adapters and not self._uses
        try:
            self._services.uses.note_use(
                model.base_id or model.id, measured_speed(self._end.timings) if plain else None
            )
        except AppError as error:
            log.warning("the use of %s was not noted: %s", model.id, error)

    def _prepared(self, model: ChatModel, loaded: LoadedModel) -> Prepared:
        """What of the conversation the model gets; may write a summary first."""
        services = self._services
        fitting = Fitting(
            self._chat,
            self._branch,
            services.shelf.summaries(self._chat.id),
            loaded.n_ctx,
            Counter(partial(services.engines.count_tokens, loaded.key)),
            vision=model.vision,
        )
        return Summariser(services.engines, services.shelf, loaded, self._cancel).prepare(self._chat, fitting)

    def _on_event(self, event: GenerationEvent) -> None:
        """Called in the engine's reader thread: collect, publish, return."""
        if isinstance(event, Finished):
            with self._lock:
                if self._end is None:
                    self._end = event
            self._finished.set()
            return
        if self._message is None or self._finished.is_set():
            return
        self._said.add(event)
        self._services.bus.publish(
            MessageDelta(self._chat.id, self._message.id, event.text, event.reasoning, event.tokens)
        )

    def _ending(self, end: Finished, note: str, model: ChatModel, loaded: LoadedModel) -> Ending:
        text, reasoning = self._said.text()
        full = tr("Start a new chat, or give this one a larger context.")
        state, title, hint = ended(end, bool(text or reasoning), loaded.n_ctx, full)
        card: RunCard | None = None
        timings = end.timings
        if self._begun is None:
            sampling = self._chat.sampling
            seed = end.seed or sampling.seed or 0
            with self._tuning:  # it tells the adapters with which it ended
                loaded, earlier = self._loaded or loaded, tuple(self._earlier)
            card = self._services.engines.card(model, loaded, sampling, seed, self._chat.system_prompt)
            card = dataclasses.replace(card, earlier_adapters=earlier)
        else:  # its card tells how the answer began, and the counts are of the whole
            before = self._begun.timings
            timings = dataclasses.replace(
                timings,
                completion_tokens=before.completion_tokens + timings.completion_tokens,
                reasoning_tokens=before.reasoning_tokens + timings.reasoning_tokens,
            )
        return Ending(
            state,
            text,
            reasoning,
            end.reason.value,
            timings,
            title or note,
            hint,
            card=card,
            choices=self._said.choices(),
            reasoning_s=self._said.reasoning_s,
        )

    def _row(self, model: ChatModel | None, state: MessageState) -> NewMessage:
        return NewMessage(
            chat_id=self._chat.id,
            parent_id=self._branch[-1].id,
            role="assistant",
            state=state,
            model_id=model.id if model else self._chat.model_id,
            model_name=model.name if model else "",
            quant=model.quant if model else "",
        )

    def _commit(self, model: ChatModel | None, ending: Ending) -> None:
        """Save the end of the answer, waiting for a locked or full disk, and tell everybody."""
        message = self._message
        deadline = time.monotonic() + SAVE_FOR_S
        problem: AppError | None = None
        while True:
            try:
                if message is None:
                    message = self._services.chats.add(self._row(model, MessageState.STREAMING))
                saved = self._services.chats.finish(message.id, ending)
                break
            except AppError as error:
                problem = problem or error
                log.warning("an answer could not be saved yet: %s", error)
                if not error.retryable or self._closing or time.monotonic() > deadline:
                    saved = self._unsaved_message(message, ending, error)
                    break
                time.sleep(0.5)
            except LookupError:  # the message was deleted while it was being written
                self._ended()
                return
        self._ended()
        self._services.bus.publish(MessageChanged(saved))

    def _unsaved_message(self, message: Message | None, ending: Ending, error: AppError) -> Message:
        """What to show of an answer that is not on the disk; without a row, the question shows the error."""
        if message is None:
            return dataclasses.replace(self._branch[-1], error_title=error.title, error_hint=error.hint)
        return dataclasses.replace(
            message,
            state=MessageState.INTERRUPTED,
            text=ending.text,
            reasoning=ending.reasoning,
            timings=ending.timings,
            error_title=error.title,
            error_hint=error.hint,
        )


def _interrupted_sentence() -> str:
    return tr("Orangery was closed before this answer was complete.")
