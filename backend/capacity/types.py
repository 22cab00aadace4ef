"""What a model needs, what the machine has, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.engines.types import KvType


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How the model would be run; the defaults are those of the worker.

    Attributes:
        n_ctx: Context in tokens, the total over all parallel sequences.
        n_outputs_max: Tokens per batch that get logits; at least one per sequence, 0 for all.
        gpu_layers: As in `LoadOptions`.
        kv_unified: Whether all sequences share one pool of cache cells.
    """

    n_ctx: int = 8192
    kv_type: KvType = "f16"
    parallel: int = 1
    n_batch: int = 2048
    n_ubatch: int = 512
    n_outputs_max: int = 1
    flash_attn: bool = True
    gpu_layers: int | None = None
    kv_unified: bool = True


@dataclass(frozen=True, slots=True)
class Ledger:
    """Bytes a model needs, summed over devices.

    Attributes:
        other: Host extras: output buffer, vocabulary, CPU work buffer.
        source: ``formula`` (predicted from the header) or ``engine`` (dry run or measured).
        known: False where the architecture is unknown and the sum is a guess.
        gpu: The part of weights + kv + compute that would lie on a GPU.
    """

    weights: int
    kv: int
    compute: int
    other: int
    source: str = "formula"
    known: bool = True
    gpu: int = 0

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.compute + self.other


class PoolKind(StrEnum):
    RAM = "ram"
    GPU = "gpu"
    UNIFIED = "unified"


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool of memory in bytes. `source` says who told us (``psutil``, ``cgroup``, ``engine``);
    `used_by_us` is the resident memory of Orangery and its workers where it is known."""

    kind: PoolKind
    name: str
    total: int
    free: int
    source: str
    used_by_us: int = 0


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that models are downloaded to, in bytes."""

    path: str
    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What this computer has. `pools` has RAM first, then each GPU; `bandwidth` is what its processor can
    read from RAM, in bytes per second, 0 where nobody measured it."""

    pools: tuple[Pool, ...]
    cpu_name: str
    threads: int
    bandwidth: float = 0.0

    @property
    def ram(self) -> Pool:
        return self.pools[0]

    @property
    def gpus(self) -> tuple[Pool, ...]:
        return self.pools[1:]


class Verdict(StrEnum):
    """``fits_gpu`` Fits on GPU · ``fits`` Fits in memory · ``tight`` Tight · ``too_big`` Too big ·
    ``unknown``."""

    FITS_GPU = "fits_gpu"
    FITS = "fits"
    TIGHT = "tight"
    TOO_BIG = "too_big"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fit:
    """A verdict with the numbers behind it.

    Attributes:
        free: Free bytes of the pool that decides.
        margin: Bytes that must stay free for the verdict to be better than tight.
        tokens_per_second: Predicted generation speed, or None where nothing is known.
        approximate: True when it comes from the file size and the first 64 KiB only (tier 0).
        expected: Where `tokens_per_second` was measured: what is predicted without that measurement.
        choice: Of a whole repository: which of its files or tags this is about, in a word.
    """

    verdict: Verdict
    ledger: Ledger
    run: RunConfig
    free: int
    margin: int
    tokens_per_second: float | None = None
    approximate: bool = False
    expected: float | None = None
    choice: str = ""
