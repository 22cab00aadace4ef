"""What stands around and inside an answer: reasoning split from what is said, stop strings held back.

Used on both sides: by the worker on what it decodes, and by the engines that read from other servers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def _overlap(text: str, marker: str) -> int:
    """Length of the longest proper prefix of `marker` that `text` ends with."""
    for length in range(min(len(text), len(marker) - 1), 0, -1):
        if text.endswith(marker[:length]):
            return length
    return 0


def held_back(text: str, markers: Sequence[str]) -> int:
    """How many characters at the end of `text` may be the beginning of a marker."""
    return max((_overlap(text, marker) for marker in markers), default=0)


class StopStrings:
    """Passes text on until one of the stop strings is complete; what might become one is held back."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._pending = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """Return what may be shown. Sets `stopped` when a stop string appeared; it and all after it is
        dropped.
        """
        if self.stopped or not self._stops:
            return "" if self.stopped else text
        self._pending += text
        found = [at for stop in self._stops if (at := self._pending.find(stop)) >= 0]
        if found:
            self.stopped = True
            shown, self._pending = self._pending[: min(found)], ""
            return shown
        keep = held_back(self._pending, self._stops)
        cut = len(self._pending) - keep
        shown, self._pending = self._pending[:cut], self._pending[cut:]
        return shown

    @property
    def holding(self) -> bool:
        return bool(self._pending)

    def flush(self) -> str:
        """Return what was held back, at the end of the answer."""
        shown, self._pending = self._pending, ""
        return shown


@dataclass(frozen=True, slots=True)
class ThinkMarkers:
    """What a model family writes around its reasoning. `skip` is written before an answer without
    reasoning.
    """

    open: str
    close: str
    skip: tuple[str, ...] = ()

    @property
    def literals(self) -> tuple[str, ...]:
        return (self.open, self.close, *self.skip)


THINK = ThinkMarkers("<think>", "</think>")
FAMILIES = (
    THINK,
    ThinkMarkers("[THINK]", "[/THINK]"),
    ThinkMarkers(
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
        ("<|channel|>final<|message|>",),
    ),
)


def markers_of(template: str | None) -> ThinkMarkers:
    """The markers that a chat template mentions; ``<think>`` where it mentions none."""
    if template:
        if "[THINK]" in template:
            return FAMILIES[1]
        if "<|channel|>" in template and "<|message|>" in template:
            return FAMILIES[2]
    return THINK


@dataclass(frozen=True, slots=True)
class Pieces:
    """Text split into what belongs to the answer and what was thought before."""

    text: str
    reasoning: str


class ThinkSplitter:
    """Splits a stream into reasoning and answer.

    Reasoning counts only at the start: a later ``<think>`` is text that the model talks about. Blank space
    around the reasoning is dropped, so that the answer starts with its first word.

    Args:
        thinking: The stream starts inside the reasoning.
        answering: It starts inside the answer, because one is continued.
    """

    def __init__(
        self, markers: ThinkMarkers = THINK, *, thinking: bool = False, answering: bool = False
    ) -> None:
        self._markers = markers
        self._pending = ""
        self._state = "answer" if answering else "reasoning" if thinking else "start"
        self._fresh = not answering  # nothing but blank space was given out in this state

    @property
    def thinking(self) -> bool:
        return self._state == "reasoning"

    @property
    def holding(self) -> bool:
        return bool(self._pending)

    def _give(self, text: str) -> str:
        if self._fresh:
            text = text.lstrip()
            self._fresh = not text
        return text

    def feed(self, text: str) -> Pieces:
        if self._state == "answer" and not self._fresh:
            return Pieces(text, "")
        self._pending += text
        reasoning = ""
        if self._state == "start":
            head = self._pending.lstrip()
            for marker, state in (
                (self._markers.open, "reasoning"),
                *((skip, "answer") for skip in self._markers.skip),
            ):
                if head.startswith(marker):
                    self._pending, self._state = head[len(marker) :], state
                    break
            else:
                openings = (self._markers.open, *self._markers.skip)
                if any(opening.startswith(head) for opening in openings):
                    return Pieces("", "")
                self._state = "answer"
                self._fresh = False  # leading space of a plain answer is the model's own
        if self._state == "reasoning":
            before, close, after = self._pending.partition(self._markers.close)
            if close:
                reasoning = self._give(before.rstrip())
                self._pending, self._state, self._fresh = after, "answer", True
            else:
                cut = len(before) - held_back(before, (self._markers.close,))
                cut = len(before[:cut].rstrip())  # blank space before the close is dropped
                self._pending = before[cut:]
                return Pieces("", self._give(before[:cut]))
        shown, self._pending = self._pending, ""
        return Pieces(self._give(shown), reasoning)

    def flush(self) -> Pieces:
        """What was held back, at the end of the answer."""
        shown, self._pending = self._pending, ""
        if self._state == "reasoning":
            return Pieces("", self._give(shown).rstrip())
        return Pieces(self._give(shown) if self._state == "answer" else shown, "")
