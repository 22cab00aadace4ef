"""One request and the answers being written for it."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass, field

from backend.engines.types import FinishReason, Sampling, Timings
from backend.worker.llama.sampling import Sampler, pick_seed
from backend.worker.llama.text import AnswerText, ThinkMarkers
from backend.worker.llama.variant import Slot
from backend.workers.protocol import Ended, Failure, Text

_FLUSH_S = 0.016
"""Text is sent at most this often per answer: faster than any screen shows it, rare enough to cost
nothing.
"""


@dataclass(slots=True, eq=False)
class Request:
    """A tokenized conversation and how often it is to be answered.

    Attributes:
        arrived: `time.perf_counter` when the request came in.
        thinking: The prompt ends inside a reasoning block that the template opened.
        waiting: Indices of answers that have no sequence yet.
    """

    id: int
    prompt: array[int]
    sampling: Sampling
    markers: ThinkMarkers
    answers: int
    arrived: float
    thinking: bool = False
    template_problem: Failure | None = None
    waiting: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.waiting = list(range(self.answers))

    def unstarted(self, index: int, reason: FinishReason, failure: Failure | None = None) -> Ended:
        """The end of an answer that never got a sequence."""
        timings = Timings(prompt_tokens=len(self.prompt))
        return Ended(self.id, index, reason, timings, 0, failure, self.template_problem)


class Answer:
    """One answer in the making: its sequence, sampler and text.

    Attributes:
        fed: How many tokens of the prompt are in memory.
        token: The token drawn last, not yet in memory; meaningless before `generating`.
        prompt_s: Seconds spent in decodes that carried part of the prompt.
    """

    def __init__(self, request: Request, index: int, slot: Slot, cached: int, n_vocab: int) -> None:
        self.request = request
        self.index = index
        self.slot = slot
        self.cached = cached
        self.fed = cached
        self.seed = pick_seed(request.sampling, index)
        self.sampler = Sampler(request.sampling, self.seed, n_vocab, request.prompt)
        self._text = AnswerText(request.sampling.stop, request.markers, thinking=request.thinking)
        self.token = 0
        self.completion = 0
        self.prompt_s = 0.0
        self._reasoning_tokens = 0
        self._first = 0.0
        self._last = 0.0
        self._shown: list[str] = []
        self._thought: list[str] = []
        self._unsent = 0
        self._sent_at = 0.0

    @property
    def generating(self) -> bool:
        return self.fed == len(self.request.prompt)

    @property
    def remaining(self) -> int:
        return len(self.request.prompt) - self.fed

    def accept(self, token: int, piece: bytes, now: float) -> FinishReason | None:
        """Add a drawn token; returns why the answer ends with it, or None if it goes on."""
        self.token = token
        self.completion += 1
        self._last = now
        if self.completion == 1:
            self._first = now
        if self._text.thinking:
            self._reasoning_tokens += 1
        pieces = self._text.feed(piece)
        self._unsent += 1
        if pieces.text:
            self._shown.append(pieces.text)
        if pieces.reasoning:
            self._thought.append(pieces.reasoning)
        if self._text.stopped:
            return FinishReason.STOP
        limit = self.request.sampling.max_tokens
        if limit is not None and self.completion >= limit:
            return FinishReason.LENGTH
        return None

    def note_first(self, now: float) -> None:
        """An answer that ends before its first token still has a time to that decision."""
        if not self._first:
            self._first = self._last = now

    def due(self, now: float) -> Text | None:
        """The text to send now, if there is any and the last was sent long enough ago."""
        if now - self._sent_at < _FLUSH_S or not (self._shown or self._thought):
            return None
        self._sent_at = now
        return self._take()

    def _take(self) -> Text:
        text = Text(self.request.id, self.index, "".join(self._shown), "".join(self._thought), self._unsent)
        self._shown.clear()
        self._thought.clear()
        self._unsent = 0
        return text

    def finish(self, reason: FinishReason, failure: Failure | None = None) -> tuple[Text | Ended, ...]:
        """Free the sampler; return the last text and the end."""
        self.sampler.close()
        rest = self._text.flush()
        if rest.text:
            self._shown.append(rest.text)
        if rest.reasoning:
            self._thought.append(rest.reasoning)
        ended = Ended(
            self.request.id,
            self.index,
            reason,
            self._timings(),
            self.seed,
            failure,
            self.request.template_problem,
        )
        return (self._take(), ended) if self._unsent or self._shown or self._thought else (ended,)

    def _timings(self) -> Timings:
        evaluated = self.fed - self.cached
        spent = self._last - self._first
        return Timings(
            prompt_tokens=len(self.request.prompt),
            cached_tokens=self.cached,
            completion_tokens=self.completion,
            ttft_s=max(0.0, self._first - self.request.arrived) if self._first else 0.0,
            prompt_tps=evaluated / self.prompt_s if self.prompt_s > 0 else 0.0,
            generation_tps=(self.completion - 1) / spent if self.completion > 1 and spent > 0 else 0.0,
            reasoning_tokens=self._reasoning_tokens,
        )


def clock() -> float:
    """The clock of all times in this module."""
    return time.perf_counter()
