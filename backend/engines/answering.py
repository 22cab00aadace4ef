"""Answers that another server writes: one request and one thread for each."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from backend.engines.thinking import StopStrings, ThinkSplitter
from backend.engines.types import (
    Delta,
    Finished,
    FinishReason,
    GenerationEvent,
    Sampling,
    Timings,
    TokenChoice,
    ToolCall,
)
from backend.errors import AppError
from backend.i18n import tr
from backend.net.leash import Leash

log = logging.getLogger(__name__)

_AT_ONCE = 8
_SEEDS = 2**31 - 1  # what every server takes for a seed


@dataclass(frozen=True, slots=True)
class Usage:
    """What the server counted; 0 for what it did not tell. Rates are tokens per second."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    prompt_tps: float = 0.0
    generation_tps: float = 0.0


class Writer:
    """One answer: splits reasoning and stop strings off, measures, and ends exactly once. Thread-safe.

    Attributes:
        leash: Holds the connection of the request; pulled when the answer is cancelled.
        seed: The one to send.
        stopped: A stop string was found here. What follows need not be read.
    """

    def __init__(
        self, index: int, sampling: Sampling, tell: Callable[[GenerationEvent], None], *, goes_on: bool
    ) -> None:
        """With `goes_on`, the text continues an answer, so that it cannot begin with reasoning."""
        self.leash = Leash()
        self.index = index
        self.seed = (secrets.randbelow(_SEEDS) if sampling.seed is None else sampling.seed + index) % 2**32
        self.stopped = False
        self._tell = tell
        self._splitter = ThinkSplitter(answering=goes_on)
        self._stops = StopStrings(sampling.stop)
        self._lock = threading.RLock()
        self._end: Finished | None = None
        self._began = time.monotonic()
        self._first = self._last = 0.0
        self._told = self._tokens = self._reasoning = 0
        self._choices: tuple[TokenChoice, ...] = ()
        self._held: tuple[TokenChoice, ...] = ()  # of text that may turn out not to be shown
        self._thought = False

    @property
    def tokens(self) -> int:
        """Tokens that have come, as far as the pieces of the stream tell."""
        return self._tokens

    @property
    def end_of_it(self) -> Finished | None:
        return self._end

    def begin(self) -> None:
        """The request is sent now; the first token is timed from here."""
        self._began = time.monotonic()

    def add(
        self, text: str = "", reasoning: str = "", choices: tuple[TokenChoice, ...] = (), tokens: int = 1
    ) -> None:
        """Take a piece of the stream of `tokens` tokens; `reasoning` is what the server split off itself."""
        with self._lock:
            if self._end is not None or not (text or reasoning or choices):
                return
            self._last = time.monotonic()
            self._first = self._first or self._last
            self._tokens += tokens
            if reasoning:
                self._thought = True
                self._reasoning += tokens
                self._give("", reasoning)
            if text:
                self._say(text, choices, tokens if not reasoning else 0)
            elif not reasoning:  # a token that ends inside of a character is told with the next one
                self._held += choices
            self.stopped = self._stops.stopped

    def call(self, calls: tuple[ToolCall, ...]) -> None:
        """Take calls of functions that are complete."""
        with self._lock:
            if self._end is None and calls:
                self._tell(Delta(index=self.index, tool_calls=calls))

    def _say(self, text: str, choices: tuple[TokenChoice, ...], tokens: int) -> None:
        """Take what the server does not call reasoning, but may be. What could have been said instead is told
        of the answer only, as of this machine's own engine."""
        if self._thought:  # blank space between reasoning and answer belongs to neither
            text = text.lstrip()
            self._thought = not text
        thinking = self._splitter.thinking
        pieces = self._splitter.feed(text)
        if self._splitter.thinking:
            self._reasoning += tokens
        shown = self._stops.feed(pieces.text) if pieces.text else ""
        self._held += choices
        if thinking or self._splitter.thinking or self._stops.stopped:
            self._held = ()
        elif not (self._splitter.holding or self._stops.holding):
            self._tell_held()
        self._give(shown, pieces.reasoning)

    def _tell_held(self) -> None:
        self._choices += self._held
        self._held = ()

    def end(self, reason: FinishReason, usage: Usage = Usage(), note: str = "") -> None:
        """The answer is over; later calls do nothing."""
        self._finish(lambda: Finished(reason, self._timings(usage), self.index, self.seed, note=note))

    def fail(self, error: AppError) -> None:
        """The answer broke off; what has come stays."""
        self._finish(
            lambda: Finished(
                FinishReason.ERROR,
                self._timings(Usage()),
                self.index,
                self.seed,
                error_title=error.title,
                error_hint=error.hint,
                error_detail=error.detail,
                error_code=error.code,
            )
        )

    def _finish(self, build: Callable[[], Finished]) -> None:
        with self._lock:
            if self._end is not None:
                return
            if not self._stops.stopped:
                pieces = self._splitter.flush()
                if not self._splitter.thinking:
                    self._tell_held()
                self._give(self._stops.feed(pieces.text) + self._stops.flush(), pieces.reasoning)
            if self._told < self._tokens:
                self._send("", "")
            self._end = build()
            self._tell(self._end)

    def _give(self, text: str, reasoning: str) -> None:
        if text or reasoning:
            self._send(text, reasoning)

    def _send(self, text: str, reasoning: str) -> None:
        fresh, self._told = self._tokens - self._told, self._tokens
        choices, self._choices = self._choices, ()
        self._tell(Delta(text, reasoning, self.index, fresh, choices))

    def _timings(self, usage: Usage) -> Timings:
        completion = usage.completion_tokens or self._tokens
        ttft = self._first - self._began if self._first else 0.0
        spent = self._last - self._first
        read = usage.prompt_tokens - usage.cached_tokens
        return Timings(
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=completion,
            ttft_s=ttft,
            prompt_tps=usage.prompt_tps or (read / ttft if ttft > 0 and read > 0 else 0.0),
            generation_tps=usage.generation_tps or ((completion - 1) / spent if spent > 0 else 0.0),
            reasoning_tokens=usage.reasoning_tokens or self._reasoning,
        )


class RemoteGeneration:
    """Answers that another server writes; at most eight of them at a time."""

    def __init__(
        self,
        answers: int,
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        work: Callable[[Writer], None],
        *,
        goes_on: bool = False,
    ) -> None:
        """`work` sends the request of one answer and hands its writer what comes, up to `Writer.end`; it may
        raise `AppError`."""
        self._on_event = on_event
        self._work = work
        self._cancelled = threading.Event()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        self._left = answers
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._writers = tuple(
            Writer(index, sampling, self._tell, goes_on=goes_on) for index in range(answers)
        )
        for writer in self._writers:
            threading.Thread(
                target=self._run, args=(writer,), name=f"remote-answer-{writer.index}", daemon=True
            ).start()

    def cancel(self) -> None:
        """Ask to end all answers; each still gets its `Finished`. Returns at once."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            # On a thread of its own: listeners are told of the ends, and the caller may hold what they need.
            threading.Thread(target=self._end_all, name="remote-cancel", daemon=True).start()

    def wait(self, timeout: float | None = None) -> tuple[Finished, ...]:
        """Wait for the end of all answers, in order of their index. Raises `TimeoutError`."""
        if not self._done.wait(timeout):
            raise TimeoutError
        return tuple(end for writer in self._writers if (end := writer.end_of_it) is not None)

    def _end_all(self) -> None:
        for writer in self._writers:
            writer.leash.pull()  # the server notices, and stops
        for writer in self._writers:
            writer.end(FinishReason.CANCELLED)

    def _run(self, writer: Writer) -> None:
        try:
            with self._slots, writer.leash:
                if self._cancelled.is_set():
                    writer.end(FinishReason.CANCELLED)
                    return
                writer.begin()
                self._work(writer)
        except AppError as error:
            self._fail(writer, error)
        except Exception as error:  # or the answer would be awaited for ever
            if not self._cancelled.is_set():
                log.exception("an answer of another server failed")
            title = tr("This answer failed because of a fault in Orangery.")
            self._fail(writer, AppError("engine.bug", title, detail=type(error).__name__))

    def _fail(self, writer: Writer, error: AppError) -> None:
        if self._cancelled.is_set():
            writer.end(FinishReason.CANCELLED)
        else:
            writer.fail(error)

    def _tell(self, event: GenerationEvent) -> None:
        try:
            self._on_event(event)
        except Exception:
            log.exception("a listener failed on %s", type(event).__name__)
        if isinstance(event, Finished):
            with self._lock:
                self._left -= 1
                if self._left == 0:
                    self._done.set()
