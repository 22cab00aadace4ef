"""One request and the answers being written for it."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.engines.thinking import ThinkMarkers
from backend.engines.types import AdapterUse, Alternative, FinishReason, Sampling, Timings, TokenChoice
from backend.worker.llama.model import Model
from backend.worker.llama.sampling import Likelihood, Sampler, pick_seed
from backend.worker.llama.text import AnswerText
from backend.worker.llama.variant import Slot
from backend.workers.protocol import Ended, Failure, Text

if TYPE_CHECKING:
    from backend.worker.llama.grammar import Form
    from backend.worker.llama.pictures import Picture

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
        answering: It ends inside an answer that is to be continued.
        form: What the answers must look like; None where any text will do.
        pictures: The images in the prompt, in order.
        adapters: What it is answered with where the context has an adapter pool.
        waiting: Indices of answers that have no sequence yet.
    """

    id: int
    prompt: array[int]
    sampling: Sampling
    markers: ThinkMarkers
    answers: int
    arrived: float
    thinking: bool = False
    answering: bool = False
    form: Form | None = None
    pictures: tuple[Picture, ...] = ()
    template_problem: Failure | None = None
    adapters: tuple[AdapterUse, ...] = ()
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

    def __init__(self, request: Request, index: int, slot: Slot, cached: int, model: Model) -> None:
        self.request = request
        self.index = index
        self.slot = slot
        self.cached = cached
        self.fed = cached
        self.seed = pick_seed(request.sampling, index)
        form = request.form.copy() if request.form else None
        self.sampler = Sampler(request.sampling, self.seed, model.n_vocab, request.prompt, form)
        self._token_text = model.token_text
        self._text = AnswerText(
            request.sampling.stop, request.markers, thinking=request.thinking, answering=request.answering
        )
        self.token = 0
        self.completion = 0
        self.prompt_s = 0.0
        self._reasoning_tokens = 0
        self._first = 0.0
        self._last = 0.0
        self._shown: list[str] = []
        self._thought: list[str] = []
        self._chosen: list[TokenChoice] = []
        self._held: list[TokenChoice] = []
        self._unsent = 0
        self._sent_at = 0.0

    @property
    def generating(self) -> bool:
        return self.fed == len(self.request.prompt)

    @property
    def remaining(self) -> int:
        return len(self.request.prompt) - self.fed

    @property
    def picture(self) -> Picture | None:
        """The image that comes next in the prompt, or stands later in it; None after the last."""
        return next((picture for picture in self.request.pictures if picture.start >= self.fed), None)

    @property
    def formed(self) -> bool:
        """Whether the form counts: not before the reasoning is over."""
        return not self._text.thinking

    def accept(self, token: int, piece: bytes, now: float) -> FinishReason | None:
        """Add a drawn token; returns why the answer ends with it, or None if it goes on."""
        self.token = token
        self.completion += 1
        self._last = now
        if self.completion == 1:
            self._first = now
        thinking = self._text.thinking
        if thinking:
            self._reasoning_tokens += 1
        pieces = self._text.feed(piece)
        self._unsent += 1
        if pieces.text:
            self._shown.append(pieces.text)
        if pieces.reasoning:
            self._thought.append(pieces.reasoning)
        if self.sampler.told is not None:
            self._tell(token, self.sampler.told, thinking=thinking)
        form = self.sampler.form
        if self._text.stopped or (form is not None and self.formed and form.complete):
            return FinishReason.STOP
        limit = self.request.sampling.max_tokens
        if limit is not None and self.completion >= limit:
            return FinishReason.LENGTH
        return None

    def _tell(self, token: int, told: Likelihood, *, thinking: bool) -> None:
        """Note a token with its alternatives, to be sent with the text that it belongs to.

        Tokens of the reasoning are not told, nor those that a stop string is part of, even where a part of
        such a token is shown.
        """
        self._held.append(
            TokenChoice(
                self._token_text(token),
                told.logprob,
                tuple(Alternative(self._token_text(other), value) for other, value in told.alternatives),
            )
        )
        if thinking or self._text.thinking or self._text.stopped:
            self._held.clear()
        elif not self._text.holding:
            self._chosen += self._held
            self._held.clear()

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
        text = Text(
            self.request.id,
            self.index,
            "".join(self._shown),
            "".join(self._thought),
            self._unsent,
            tuple(self._chosen),
        )
        self._shown.clear()
        self._thought.clear()
        self._chosen.clear()
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
        self._chosen += self._held
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
