"""One verdict with everything behind it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from backend.capacity.types import PoolKind, Rate, Verdict


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes by purpose."""

    weights: int
    kv: int
    compute: int
    other: int
    total: int


@dataclass(frozen=True, slots=True)
class PoolFree:
    """Free and total bytes of one pool of memory."""

    kind: PoolKind
    name: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class FitReport:
    """Everything behind one verdict, for ``fit --json``.

    Attributes:
        model: The file that was looked at; the first part of a split one; of Ollama the name with its tag.
        free: What a model could have, per pool; memory of Orangery's own workers counts as free.
        n_ctx: Context in tokens that the sum is for.
        parameters: Number of weights; None where only the start of the file was read.
        source: ``formula`` or ``engine``.
        bytes_read: Bytes fetched from the hub for this answer; 0 for a file on this disk.
        approximate: Whether only the start of the file was read.
        tokens_per_second: Predicted, or measured where `measured` is True.
        generation, prompt: The predicted speeds with their ranges; None where nothing is known.
    """

    model: str
    verdict: Verdict
    bytes: Needs
    free: tuple[PoolFree, ...]
    margin: int
    n_ctx: int
    architecture: str
    parameters: int | None
    source: str
    bytes_read: int
    approximate: bool
    tokens_per_second: float | None
    measured: bool = False
    generation: Rate | None = None
    prompt: Rate | None = None
