"""One answer on its way: what it has said so far, and how it ended."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from backend.chats.ended import ended
from backend.chats.types import MessageState
from backend.engines.base import Generating
from backend.engines.engines import Engines
from backend.engines.types import (
    AdapterUse,
    ChatModel,
    Delta,
    Finished,
    FinishReason,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    Turn,
)
from backend.errors import AppError
from backend.i18n import tr
from backend.store.compare import AnswerEnd

log = logging.getLogger(__name__)

SAVE_FOR_S = 120.0
"""How long the end of an answer waits for a locked or full disk."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An answer that is wanted: from whom, opened how, to what. `options.parallel` is for the runner to
    set."""

    model: ChatModel
    options: LoadOptions
    turns: tuple[Turn, ...]
    sampling: Sampling
    system_prompt: str = ""


class Listener(Protocol):
    """Who hears of an answer."""

    def delta(self, delta: Delta) -> None:
        """More text; called on a thread of the engine, must not block."""

    def checkpoint(self, text: str, reasoning: str) -> None:
        """All of the text so far, about once a second."""

    def ended(self, end: AnswerEnd) -> None:
        """The end, exactly once. May raise an `AppError`; if that is retryable, it is called again."""

    def lost(self, end: AnswerEnd, error: AppError) -> None:
        """The end could not be saved."""


class Speaker:
    """One answer. Ends exactly once, by whoever claims its end first."""

    def __init__(self, seat: Seat, listener: Listener) -> None:
        self.seat = seat
        self.stopped = threading.Event()
        """Set once it should end early."""
        self._listener = listener
        self._lock = threading.Lock()
        self._generating: Generating | None = None
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._unsaved = False
        self._begun = False
        self._claimed = False
        self._end: Finished | None = None
        self._started = self._took = 0.0

    def stop(self) -> bool:
        """End early; what was said so far is kept. Returns at once; True where it had not begun, so that
        somebody has to `finish` it."""
        self.stopped.set()
        with self._lock:
            generating, begun = self._generating, self._begun
        if generating is not None:
            generating.cancel()
        return not begun

    def begin(
        self,
        engines: Engines,
        key: str,
        done: Callable[[Speaker], None],
        adapters: tuple[AdapterUse, ...] = (),
    ) -> bool:
        """Start to answer, with `adapters` where the context has a pool of them; `done` is called on a thread
        of the engine at the end. False where it is over already.

        Raises:
            AppError: The engine does not take it.
        """
        with self._lock:
            if self._claimed or self.stopped.is_set():
                return False
            self._begun = True

        def on_event(event: GenerationEvent) -> None:
            if isinstance(event, Finished):
                with self._lock:
                    first, self._end = self._end is None, self._end or event
                    self._took = time.monotonic() - self._started
                if first:
                    done(self)
            elif self._end is None:
                with self._lock:
                    self._text.append(event.text)
                    self._reasoning.append(event.reasoning)
                    self._unsaved = True
                self._listener.delta(event)

        self._started = time.monotonic()
        generating = engines.generate(key, self.seat.turns, self.seat.sampling, on_event, adapters=adapters)
        with self._lock:
            self._generating = generating
        if self.stopped.is_set():
            generating.cancel()
        return True

    def checkpoint(self) -> None:
        """Save what was said, if there is more than last time."""
        if self._unsaved:
            self._unsaved = False
            self._listener.checkpoint(*self._said())

    def commit(self, engines: Engines, loaded: LoadedModel) -> Finished:
        """Save the answer that the engine ended, with what it depended on and took. Returns how it ended, for
        those who want to learn from it."""
        assert self._end is not None
        seat = self.seat
        end = _ending(self._end, *self._said(), loaded.n_ctx, self._took)
        seed = self._end.seed or seat.sampling.seed or 0  # a dead engine tells none
        card = engines.card(seat.model, loaded, seat.sampling, seed, seat.system_prompt)
        self.finish(dataclasses.replace(end, peak_memory=engines.peak_memory(loaded.key), card=card))
        return self._end

    def fail(self, title: str, hint: str) -> None:
        """End with an error; what was said so far is kept."""
        text, reasoning = self._said()
        state = MessageState.INTERRUPTED if text or reasoning else MessageState.FAILED
        self.finish(AnswerEnd(state, text, reasoning, FinishReason.ERROR, error_title=title, error_hint=hint))

    def stop_now(self) -> None:
        """End as stopped."""
        self.finish(AnswerEnd(MessageState.STOPPED, *self._said(), FinishReason.CANCELLED))

    def finish(self, end: AnswerEnd) -> None:
        """Save the end, waiting for a locked or full disk. Does nothing where it has ended already."""
        with self._lock:
            if self._claimed:
                return
            self._claimed = True
        deadline = time.monotonic() + SAVE_FOR_S
        while True:
            try:
                self._listener.ended(end)
                return
            except AppError as error:
                log.warning("an answer could not be saved yet: %s", error)
                if not error.retryable or time.monotonic() > deadline:
                    self._listener.lost(end, error)
                    return
                time.sleep(0.5)

    def _said(self) -> tuple[str, str]:
        with self._lock:
            # Kept joined, so that a long answer costs no more than its length each time.
            self._text = ["".join(self._text)]
            self._reasoning = ["".join(self._reasoning)]
            return self._text[0], self._reasoning[0]


def _ending(end: Finished, text: str, reasoning: str, n_ctx: int, seconds: float) -> AnswerEnd:
    full = tr("Begin a new comparison, or give this column a larger context.")
    state, title, hint = ended(end, bool(text or reasoning), n_ctx, full)
    return AnswerEnd(state, text, reasoning, end.reason.value, end.timings, seconds, 0, title, hint)
