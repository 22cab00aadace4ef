"""Messages of the ``evaluate`` worker."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import DeviceMemory, EngineFlags


@dataclass(frozen=True, slots=True)
class ComputeImatrix:
    """Measure which columns of the weights matter for `text`. Answer: `Progress` (its note counts the
    tokens: ``512/8192``)…, then `ImatrixComputed` or `Failed`.

    Attributes:
        text_name: Written into the file as its data set.
        tokens: At most so many of the text's tokens; 0 for all.
        target: The file that is written.
    """

    request: int
    path: str
    text: str
    text_name: str
    tokens: int
    target: str
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class ImatrixComputed:
    """`entries` is how many weights it has sums for."""

    request: int
    chunks: int
    tokens: int
    entries: int


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Measure speed and memory, then the quality on `text`. Answer: `Progress`…, then
    `Evaluated` or `Failed`.

    Attributes:
        tokens: At most so many of the text's tokens; 0 for all.
        base: File of the original's probabilities; empty where none is wanted.
        write_base: Whether this is the original, whose probabilities are written there.
    """

    request: int
    path: str
    text: str
    tokens: int
    base: str
    write_base: bool
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was measured.

    Attributes:
        tokens: Tokens that went through the model; `scored` of them were judged.
        perplexity_error, kl_error: One standard error.
        kl_divergence: Mean against the original, in nats; None without a base.
        same_top: Share from 0 to 1; None without a base.
        pass_tps: Tokens per second of the whole pass over the text.
        rss: Resident bytes of the worker with the model in it, before the pass.
    """

    request: int
    tokens: int
    scored: int
    perplexity: float
    perplexity_error: float
    kl_divergence: float | None
    kl_error: float | None
    same_top: float | None
    prompt_tps: float
    generation_tps: float
    pass_tps: float
    memory: tuple[DeviceMemory, ...]
    rss: int
