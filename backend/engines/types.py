"""What one asks of a chat engine, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Role = Literal["system", "user", "assistant"]
KvType = Literal["f16", "q8_0", "q4_0"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation as the chat template gets it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `seed` None draws a new one; `max_tokens` None means until the context is full."""

    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    presence_penalty: float = 0.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a model is opened.

    Attributes:
        n_ctx: Context per sequence in tokens; None means the trained context, at most 8,192.
        parallel: How many sequences may be decoded in one batch.
        gpu_layers: Layers on the GPU; None lets the engine put all there if it has one.
        threads: CPU threads; None means the physical cores.
    """

    n_ctx: int | None = None
    kv_type: KvType = "f16"
    parallel: int = 1
    gpu_layers: int | None = None
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """Measured bytes on one device after a load."""

    device: str
    weights: int
    kv: int
    compute: int


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """What the engine reports after a load. `rss` is the worker's resident memory in bytes, `load_s` seconds."""

    key: str
    path: str
    name: str
    architecture: str
    parameters: int
    n_ctx: int
    n_ctx_train: int
    n_vocab: int
    options: LoadOptions
    memory: tuple[DeviceMemory, ...] = ()
    rss: int = 0
    load_s: float = 0.0


class FinishReason(StrEnum):
    STOP = "stop"
    LENGTH = "length"
    CONTEXT = "context"
    CANCELLED = "cancelled"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Timings:
    """Measured for one answer. Rates are tokens per second; `ttft_s` counts from the request to the first token."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    ttft_s: float = 0.0
    prompt_tps: float = 0.0
    generation_tps: float = 0.0
    reasoning_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """Newly decoded text of answer `index`; `reasoning` is what stood inside the model's think block."""

    text: str = ""
    reasoning: str = ""
    index: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of answer `index`. With reason ERROR, `error_title` and `error_hint` say what happened."""

    reason: FinishReason
    timings: Timings = field(default_factory=Timings)
    index: int = 0
    seed: int = 0
    error_title: str = ""
    error_hint: str = ""
    error_detail: str = ""


GenerationEvent = Delta | Finished


class ModelState(StrEnum):
    """Life of a model in a worker process."""

    LOADING = "loading"
    READY = "ready"
    UNLOADED = "unloaded"
    FAILED = "failed"
