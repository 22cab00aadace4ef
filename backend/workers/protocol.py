"""Protocol version 1 between Orangery and its worker processes: one JSON object per line, UTF-8, over pipes.

A line is ``{"kind": "<message>", …fields}``. Every field is present and has exactly the type that the
dataclass declares; anything else is a `ProtocolError`, after which the process at the other end is not
trusted any more. The parent opens with `Hello`; the worker answers `Ready` and from then on sends `Beat` once
a second.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from backend.engines.types import (
    AdapterUse,
    DeviceMemory,
    EngineDevice,
    EngineFlags,
    FinishReason,
    KvType,
    LoadOptions,
    Sampling,
    Timings,
    TokenChoice,
    Turn,
)
from backend.inspect.types import Token
from backend.workers.messages_adapters import (
    Diverged,
    FileKey,
    MeasureDivergence,
    MeasureEffect,
    SetAdapters,
)
from backend.workers.messages_bench import MeasureSpeed, SpeedMeasured
from backend.workers.messages_calibrate import Calibrate, Calibrated
from backend.workers.messages_complete import Complete
from backend.workers.messages_convert import ConversionPlanned, Convert, Converted, PlanConversion
from backend.workers.messages_dryrun import DryRan, DryRun
from backend.workers.messages_embed import Embed, TextsEmbedded
from backend.workers.messages_lab import ComputeImatrix, Evaluate, Evaluated, ImatrixComputed
from backend.workers.messages_merge import Merge, Merged
from backend.workers.messages_peft import AdapterConverted, AdapterPlanned, ConvertAdapter, PlanAdapter
from backend.workers.messages_quantize import PlanTypes, Quantize, Quantized, TypesPlanned

VERSION = 1
MAX_FRAME = 16 * 1024 * 1024
"""Longest line in bytes, either way."""
BEAT_S = 1.0
"""Seconds between two heartbeats."""
SILENCE_S = 8.0
"""A worker that says nothing for this long is dead, stopped or swapped out; it is killed."""
DEFAULT_VARIANT = "default"


@dataclass(frozen=True, slots=True)
class VariantOptions:
    """How a variant (a context of a loaded model) is made; the fields mean the same as in `LoadOptions`."""

    n_ctx: int | None = None
    kv_type: KvType = "f16"
    parallel: int = 1
    adapters: tuple[AdapterUse, ...] = ()
    n_batch: int | None = None
    adapter_pool: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: LoadOptions) -> VariantOptions:
        """What of `options` a context decides."""
        return cls(**{field.name: getattr(options, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, without prose: the parent has the person's language and makes the sentence.

    Attributes:
        code: Code of the `AppError` it becomes.
        number: The count that was too large, where the code has one.
        limit: What it was compared with.
        detail: Technical lines.
        where: The file and the field in it that it is about, such as ``config.json: hidden_act``.
    """

    code: str
    detail: str = ""
    number: int = 0
    limit: int = 0
    where: str = ""


# Parent to worker.


@dataclass(frozen=True, slots=True)
class Hello:
    protocol: int


@dataclass(frozen=True, slots=True)
class Load:
    """Open a model and make its default variant. `projector` is the file with which it reads images, if it
    has one; `proved` are adapters that are known to change it. Answer: `Progress`…, then `Loaded` or
    `Failed`.
    """

    request: int
    path: str
    options: LoadOptions
    flags: EngineFlags
    projector: str = ""
    proved: tuple[FileKey, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateVariant:
    """Make (or make anew) a variant. Answer: `VariantReady` or `Failed`."""

    request: int
    variant: str
    options: VariantOptions


@dataclass(frozen=True, slots=True)
class CloseVariant:
    """Free a variant; its running answers end as cancelled. Answer: `Done`."""

    request: int
    variant: str


@dataclass(frozen=True, slots=True)
class Generate:
    """Answer a conversation `answers` times. `tools` is the JSON list of what the model may call; empty for
    nothing. `adapters` are out of the variant's pool. Answer: `Text`… and one `Ended` per answer."""

    request: int
    variant: str
    turns: tuple[Turn, ...]
    sampling: Sampling
    answers: int
    tools: str = ""
    adapters: tuple[AdapterUse, ...] = ()


@dataclass(frozen=True, slots=True)
class CountTokens:
    """Answer: `Counted` or `Failed`."""

    request: int
    variant: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """End every answer of an earlier `Generate`."""

    request: int


@dataclass(frozen=True, slots=True)
class Inspect:
    """Report the engine's build and devices. Answer: `Inspected`."""

    request: int


@dataclass(frozen=True, slots=True)
class TryModel:
    """Load a small model with these flags and decode a few tokens. Answer: `Tried`, `Failed`, or a dead
    process.
    """

    request: int
    path: str
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class RenderTemplate:
    """Render a chat template. `limit` is the longest output in characters, `tools` a JSON list or empty.
    Answer: `Rendered` or `Failed`."""

    request: int
    template: str
    turns: tuple[Turn, ...]
    bos: str
    eos: str
    limit: int
    tools: str = ""


@dataclass(frozen=True, slots=True)
class Tokenize:
    """Turn `text` into tokens with the vocabulary of the file at `path`, the same one in all requests to one
    worker. Answer: `Tokenized`, `Failed`, or a dead process.
    """

    request: int
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Free everything and exit."""


# Worker to parent.


@dataclass(frozen=True, slots=True)
class Ready:
    protocol: int
    engine: str
    pid: int


@dataclass(frozen=True, slots=True)
class Beat:
    """The worker is alive. `busy_s` is how long its slowest thread has made no progress in its present step
    (0: idle), less the time that it waited for a processor; `allowed_s` how long that step may take before
    the worker counts as hung."""

    busy_s: float
    allowed_s: float


@dataclass(frozen=True, slots=True)
class Progress:
    """`note` names the step that is going on, such as a tensor; technical, not for translation."""

    request: int
    fraction: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """`gpu_layers` is how many of the `layers` fit on the GPU; None where nothing had to be left out.
    `template_sha256` is the digest of the model's own chat template, empty if it has none."""

    request: int
    name: str
    architecture: str
    parameters: int
    n_ctx: int
    n_ctx_train: int
    n_vocab: int
    layers: int
    gpu_layers: int | None
    memory: tuple[DeviceMemory, ...]
    rss: int
    load_s: float
    template_sha256: str
    template_problem: Failure | None


@dataclass(frozen=True, slots=True)
class VariantReady:
    request: int
    n_ctx: int
    memory: tuple[DeviceMemory, ...]
    rss: int


@dataclass(frozen=True, slots=True)
class Done:
    request: int


@dataclass(frozen=True, slots=True)
class Text:
    request: int
    index: int
    text: str
    reasoning: str
    tokens: int
    choices: tuple[TokenChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    request: int
    index: int
    reason: FinishReason
    timings: Timings
    seed: int
    failure: Failure | None
    template_problem: Failure | None


@dataclass(frozen=True, slots=True)
class Counted:
    request: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Inspected:
    request: int
    build: str
    features: str
    devices: tuple[EngineDevice, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    request: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rendered:
    request: int
    text: str


@dataclass(frozen=True, slots=True)
class Tokenized:
    request: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    request: int
    failure: Failure


Command = (
    Hello
    | Load
    | CreateVariant
    | CloseVariant
    | SetAdapters
    | MeasureEffect
    | MeasureDivergence
    | Generate
    | Complete
    | CountTokens
    | Cancel
    | Inspect
    | TryModel
    | RenderTemplate
    | Tokenize
    | Embed
    | DryRun
    | Calibrate
    | MeasureSpeed
    | PlanConversion
    | Convert
    | PlanAdapter
    | ConvertAdapter
    | PlanTypes
    | Quantize
    | Merge
    | ComputeImatrix
    | Evaluate
    | Shutdown
)
Report = (
    Ready
    | Beat
    | Progress
    | Loaded
    | VariantReady
    | Diverged
    | Done
    | Text
    | Ended
    | Counted
    | Inspected
    | Tried
    | Rendered
    | Tokenized
    | TextsEmbedded
    | DryRan
    | Calibrated
    | SpeedMeasured
    | ConversionPlanned
    | Converted
    | AdapterPlanned
    | AdapterConverted
    | TypesPlanned
    | Quantized
    | Merged
    | ImatrixComputed
    | Evaluated
    | Failed
)
Message = Command | Report
