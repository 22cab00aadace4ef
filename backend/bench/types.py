"""Benchmarks: what is measured, how answers are checked, and what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from backend.compare.types import Column, RunState
from backend.engines.types import KvType, RunCard, Timings

CheckKind = Literal["exact", "contains", "regex", "numeric", "schema", "rules", "judge"]
TextRule = Literal["contains", "not_contains", "starts_with", "ends_with", "regex", "not_regex", "counts"]
LengthRule = Literal["min_words", "max_words", "min_lines", "max_lines", "min_sentences", "max_sentences"]
FormRule = Literal["lowercase", "uppercase", "json", "ascii", "no_digits"]
RuleKind = TextRule | LengthRule | FormRule


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that an answer must fulfil. `text` is what the kind compares with, `number` its bound; of
    ``counts`` the text must occur exactly `number` times."""

    kind: RuleKind
    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """How an answer is judged, without running code of anybody.

    Attributes:
        accepted: Answers that count: equal (``exact``), inside (``contains``), matching (``regex``).
        number, tolerance: Of ``numeric``: the last number in the answer must be this close to `number`.
        schema: JSON schema of ``schema``, as JSON text.
        rules: Of ``rules``: all must hold.
        rubric: Of ``judge``: what the judging model is to look at; `reference` is a good answer.
        case: Whether upper and lower case differ.
    """

    kind: CheckKind
    accepted: tuple[str, ...] = ()
    number: float = 0.0
    tolerance: float = 0.0
    schema: str = ""
    rules: tuple[Rule, ...] = ()
    rubric: str = ""
    reference: str = ""
    case: bool = False


@dataclass(frozen=True, slots=True)
class SuiteItem:
    """One prompt with its check. `id` is unique in its suite; `topic` groups items in results."""

    id: str
    prompt: str
    check: Check
    topic: str = ""
    system: str = ""
    max_tokens: int = 256


@dataclass(frozen=True, slots=True)
class Suite:
    """Prompts with checkable answers. Bundled ones (`bundled`) can be copied, not changed.

    Attributes:
        name: Stable: what the command line and results say.
        version: Counts up when an item changes; results of different versions are not compared.
    """

    name: str
    title: str
    description: str
    language: str
    version: int
    items: tuple[SuiteItem, ...]
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class SpeedRequest:
    """A sweep: every combination is measured, named as `llama-bench` names it (``pp512``, ``tg128 @ d4096``).

    Attributes:
        n_prompt, n_gen: Tokens of the prompt test and of the generation test; 0 leaves that test out.
        depths: Tokens that are in the context before the test begins.
        gpu_layers: None puts all there that fit.
        threads: None means the physical cores.
    """

    models: tuple[str, ...]
    n_prompt: tuple[int, ...] = (512,)
    n_gen: tuple[int, ...] = (128,)
    depths: tuple[int, ...] = (0,)
    n_batch: tuple[int, ...] = (512,)
    threads: tuple[int | None, ...] = (None,)
    kv_types: tuple[KvType, ...] = ("f16",)
    flash_attention: tuple[bool, ...] = (True,)
    gpu_layers: tuple[int | None, ...] = (None,)
    repetitions: int = 5


@dataclass(frozen=True, slots=True)
class SuiteRequest:
    """A suite answered by each column; `judge` is the model that judges, for checks that need one. `parallel`
    sequences are decoded in one batch."""

    suite: str
    columns: tuple[Column, ...]
    judge: str = ""
    parallel: int = 4


@dataclass(frozen=True, slots=True)
class MachineState:
    """What the machine was doing when a measurement began. None and empty where the system does not tell.

    Attributes:
        load: Share of the processor (0 to 1) that others used just before.
        power: ``mains``, ``battery`` or empty.
        temperature: Of the processor in °C.
        gpu_users: Names of other programs that used a GPU.
    """

    cpu: str = ""
    cores: int = 0
    memory: int = 0
    load: float | None = None
    power: str = ""
    temperature: float | None = None
    gpus: tuple[str, ...] = ()
    gpu_users: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """One test of a sweep. Rates are tokens per second, one per repetition in `samples_ts`; the warm-up is
    not among them. `predicted_ts` is what was expected before, None where nothing could be told.

    `filename`, `model_type` (such as ``llama 8B Q4_K - Medium``), `model_size` (bytes of weights) and
    `parameters` are what the engine says of the file.
    """

    model_id: str
    model_name: str
    quant: str
    n_prompt: int
    n_gen: int
    n_depth: int
    n_batch: int
    threads: int
    kv_type: KvType
    flash_attention: bool
    gpu_layers: int
    avg_ts: float
    stddev_ts: float
    samples_ts: tuple[float, ...]
    predicted_ts: float | None = None
    memory: int = 0
    error_title: str = ""
    error_hint: str = ""
    filename: str = ""
    model_type: str = ""
    model_size: int = 0
    parameters: int = 0

    @property
    def test(self) -> str:
        """The name that `llama-bench` gives it."""
        name = f"pp{self.n_prompt}" if self.n_prompt else f"tg{self.n_gen}"
        return f"{name} @ d{self.n_depth}" if self.n_depth else name


@dataclass(frozen=True, slots=True)
class SuiteRow:
    """One item answered by one column. `passed` None where it could not be judged; `reason` says why it
    failed."""

    column: int
    item_id: str
    topic: str
    text: str
    passed: bool | None
    score: float
    reason: str
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    error_title: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Share of items passed (0 to 1) with its 95 % Wilson interval."""

    passed: int
    total: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How one column did in one topic; an empty topic is the whole suite."""

    column: int
    topic: str
    score: Score


@dataclass(frozen=True, slots=True)
class Difference:
    """How the second of two runs differs from the first in one thing that both measured.

    Attributes:
        name: Model and test, or model and topic, for people.
        first, second: Tokens per second, or shares of 0 to 1.
        change: Second less first, in the same unit; `low` and `high` enclose it with 95 %.
    """

    name: str
    kind: Literal["speed", "suite"]
    first: float
    second: float
    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlannedTest:
    """A test of a sweep before it is measured; its tokens per second are predicted, None where unknown."""

    n_prompt: int
    n_gen: int
    n_depth: int
    predicted_ts: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One model of a run, in order. Bytes and seconds are predicted; None where nothing can be told."""

    model_id: str
    name: str
    memory: int | None
    seconds: float | None
    problem: str = ""
    quant: str = ""
    tests: tuple[PlannedTest, ...] = ()


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """The order in which models are measured, the reason for it in a sentence, and how long it may take."""

    steps: tuple[PlannedStep, ...]
    reason: str
    seconds: float | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BenchRun:
    """A benchmark that ran or runs. `request` is set for what was asked here, None for what was imported.

    Attributes:
        kind: ``speed`` or ``suite``.
        columns: Of a suite: who answered. Of a sweep: empty.
        cards: One per model that was measured.
    """

    id: int
    kind: Literal["speed", "suite"]
    title: str
    state: RunState
    created: float
    finished: float | None
    machine: MachineState
    done: int
    total: int
    seconds_left: float | None = None
    speed: tuple[SpeedRow, ...] = ()
    suite: str = ""
    suite_version: int = 0
    columns: tuple[Column, ...] = ()
    answers: tuple[SuiteRow, ...] = ()
    cards: tuple[RunCard, ...] = ()
    request: SpeedRequest | SuiteRequest | None = None
    imported: bool = False
    error_title: str = ""
    error_hint: str = ""


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How one column did in one topic; an empty topic means the whole suite."""

    column: int
    topic: str
    score: Score


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to another, with the 95 % interval of the change.

    Attributes:
        what: The test or topic.
        unit: ``tokens/s`` (then `change` is a share of `before`) or ``share`` (then it is a difference).
        certain: Whether the interval leaves zero out.
    """

    model: str
    what: str
    unit: Literal["tokens/s", "share"]
    before: float
    after: float
    change: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        return self.low > 0 or self.high < 0
