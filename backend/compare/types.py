"""Comparisons, their rounds and answers, votes and ratings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from backend.chats.types import MessageState
from backend.engines.types import AdapterUse, KvType, RunCard, Sampling, Timings

Outcome = Literal["best", "tie", "bad"]
FEW = 10
"""Fewer votes than this say little about a contestant."""


@dataclass(frozen=True, slots=True)
class Column:
    """Who answers in one column: a model with its adapters, sampling and context. `label` is for people;
    empty means that the name of the model is enough. `n_ctx` and `kv_type` None leave it to the settings."""

    model_id: str
    label: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    system_prompt: str = ""
    n_ctx: int | None = None
    kv_type: KvType | None = None
    adapters: tuple[AdapterUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to six columns that get the same prompts. `topic` groups its votes. Times are Unix seconds; lists
    are ordered by `sequence`, which only grows."""

    id: int
    title: str
    columns: tuple[Column, ...]
    blind: bool
    topic: str
    created: float
    updated: float
    sequence: int
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """What one column said in one round.

    Attributes:
        peak_memory: Most bytes that the process of the model had while it answered; 0 where it is not known.
        card: What it depended on; None until the answer has ended.
    """

    id: int
    round_id: int
    column: int
    model_id: str
    model_name: str
    quant: str
    text: str
    state: MessageState
    reasoning: str = ""
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    seconds: float = 0.0
    peak_memory: int = 0
    error_title: str = ""
    error_hint: str = ""
    card: RunCard | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """`column` is the best one for ``best``, else None."""

    outcome: Outcome
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One prompt and its answers, in the order of the columns.

    Attributes:
        order: Which column stands at which place while the round is blind: `order[place]` is a column.
        blind: Whether names and measurements are hidden until there is a vote.
    """

    id: int
    comparison_id: int
    prompt: str
    answers: tuple[CompareAnswer, ...]
    order: tuple[int, ...]
    blind: bool
    created: float
    vote: Vote | None = None

    @property
    def hidden(self) -> bool:
        """Whether nobody may see yet who said what."""
        return self.blind and self.vote is None


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Columns that answer at the same time. Bytes; `predicted` is the sum over the models in the group."""

    columns: tuple[int, ...]
    predicted: int


@dataclass(frozen=True, slots=True)
class ComparePlan:
    """What runs together and what queues, in order.

    Attributes:
        available: Bytes that the models may have at once on this machine.
        models: How many different weight files are opened.
        sentence: All of it in one sentence, for people.
        problems: By column, why it can't answer; empty where it can.
    """

    groups: tuple[PlannedGroup, ...]
    available: int
    models: int
    sentence: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """A contestant of the leaderboard. Ratings are on the scale of Elo (400 points are ten to one), with the
    mean of all at 1,000; `low` and `high` enclose 95 % of the bootstrap.

    Attributes:
        contestant: Model, quantization, adapters: what was voted for.
        generation_tps, memory: Medians of its measured answers; None where nothing was measured.
        few: Whether there are too few votes for the interval to mean much.
    """

    contestant: str
    model_id: str
    name: str
    quant: str
    rating: float
    low: float
    high: float
    votes: int
    wins: int
    ties: int
    losses: int
    generation_tps: float | None
    memory: int | None
    few: bool


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """Best first. `sentence` says in words what the intervals allow to say; `topics` are all there are."""

    ratings: tuple[Rating, ...]
    topics: tuple[str, ...]
    topic: str
    votes: int
    sentence: str


class RunState(StrEnum):
    """Life of an unattended run or a benchmark."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    """Interrupted by the person, a crash or the end of the app; it can go on."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class UnattendedRun:
    """Prompts × columns, one model after the other. `done` and `failed` count answers, of `total`;
    `seconds_left` None where nothing can be told yet."""

    id: int
    title: str
    prompts: tuple[str, ...]
    columns: tuple[Column, ...]
    state: RunState
    total: int
    done: int
    failed: int
    seconds_left: float | None
    created: float
    finished: float | None = None


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """One answer of an unattended run: prompt and column by number."""

    prompt: int
    column: int
    text: str
    finish_reason: str
    timings: Timings
    seconds: float
    peak_memory: int
    error_title: str = ""
    error_hint: str = ""
    reasoning: str = ""
    card: RunCard | None = None


@dataclass(frozen=True, slots=True)
class Contestant:
    """Who stood behind an answer that was voted on.

    Attributes:
        generation_tps, memory: As measured for that answer; 0 where they are not known.
    """

    model_id: str
    name: str = ""
    quant: str = ""
    adapters: tuple[AdapterUse, ...] = ()
    generation_tps: float = 0.0
    memory: int = 0

    @property
    def key(self) -> str:
        """What is rated: model, quantization and adapters. Sampling and system prompt are not part of it,
        so that a model keeps its votes when they change."""
        adapters = "+".join(f"{use.path}@{use.scale:g}" for use in self.adapters)
        return "|".join((self.model_id, self.quant, adapters)).rstrip("|")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote that stands alone: what was compared, and which place of `contestants` was best."""

    uuid: str
    topic: str
    outcome: Outcome
    best: int | None
    contestants: tuple[Contestant, ...]
    created: float
