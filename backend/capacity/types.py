"""What a model needs, what the machine has, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from backend.engines.types import DeviceMemory, KvType
from backend.gguf.header import Header


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How the model would be run; the defaults are those of the worker.

    Attributes:
        n_ctx: Context in tokens, the total over all parallel sequences.
        n_outputs_max: Tokens per batch that get logits; at least one per sequence, 0 for all.
        gpu_layers: As in `LoadOptions`.
        kv_unified: Whether all sequences share one pool of cache cells.
        split: Share of the offloaded layers that each GPU takes, in the order of the machine's pools; empty
            means one GPU.
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
    split: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What is loaded beside the model, by its header.

    Attributes:
        adapters: LoRA adapters; they lie beside the layers that they change.
        draft: All parts of a smaller model that writes ahead, and `draft_size`, the bytes of its files. It
            has the same context, and a cache of its own.
        projector: What turns pictures or sound into tokens (mmproj), and `projector_size`, its bytes.
    """

    adapters: tuple[Header, ...] = ()
    draft: tuple[Header, ...] = ()
    draft_size: int = 0
    projector: Header | None = None
    projector_size: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Bytes a model needs, summed over devices.

    Attributes:
        other: Host extras: output buffer, vocabulary, CPU work buffer.
        source: ``formula`` (predicted from the header) or ``engine`` (dry run or measured).
        known: False where the architecture is unknown and the sum is a guess.
        gpu: The part of weights + kv + compute that would lie on a GPU.
        devices: How it is divided where there are as many GPUs as `RunConfig.split` has shares (one for
            none): ``CPU`` first, then ``GPU0`` and so on, or the engine's own names. `other` always lies in
            main memory. An embedding that is the output as well lies on both sides, and each device has
            buffers of its own, so that their sum may be more than the whole. Empty where nobody divided it.
    """

    weights: int
    kv: int
    compute: int
    other: int
    source: str = "formula"
    known: bool = True
    gpu: int = 0
    devices: tuple[DeviceMemory, ...] = ()

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.compute + self.other


class PoolKind(StrEnum):
    RAM = "ram"
    GPU = "gpu"
    UNIFIED = "unified"


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool of memory in bytes.

    Attributes:
        total, free: Both 0 where the driver does not say: unknown, not full.
        source: Who told us: ``psutil``, ``cgroup``, ``engine``, ``nvml``, ``amdgpu``, ``sysctl`` or
            ``windows``; ``settings`` where the person set a limit that counts, ``what if`` for a machine that
            is only pretended.
        used_by_us: What Orangery and its workers hold and would give back, where it is known.
    """

    kind: PoolKind
    name: str
    total: int
    free: int
    source: str
    used_by_us: int = 0

    @property
    def used_by_others(self) -> int:
        """What is neither free nor ours."""
        return max(0, self.total - self.free - self.used_by_us)


@dataclass(frozen=True, slots=True)
class Pretend:
    """A machine to play with: what the fits would say if this one had other parts.

    Attributes:
        ram: Bytes of main memory; None leaves what there is.
        gpu: Name of the GPU instead of those that there are; empty leaves them.
        gpu_memory: Its memory in bytes; None takes that of the known GPU of this name. 0 is no GPU at all.
    """

    ram: int | None = None
    gpu: str = ""
    gpu_memory: int | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that models are downloaded to, in bytes."""

    path: str
    total: int
    free: int


@dataclass(frozen=True, slots=True)
class FamilyRate:
    """How fast a device computes with weights of one storage type, measured on a generated model.

    Attributes:
        device: ``CPU`` or ``GPU``.
        family: Name of the storage type, such as ``Q4_K``; similar types are derived from it.
        generation: Bytes of weights per second when one token is written at a time.
        prompt: Weights times tokens per second when a prompt is read: by a model's number of (active) weights
            it gives tokens per second.
    """

    device: str
    family: str
    generation: float
    prompt: float


@dataclass(frozen=True, slots=True)
class AttentionRate:
    """How fast a device looks back on what is in the context, by type of the cache.

    Attributes:
        generation, prompt: Multiply-adds of keys and values per second; every head counts as some more.
        layer_s: Seconds that every layer takes per written token besides its weights and its attention.
        token_s: Seconds that every written token takes besides, however small the model; 0 where it is not
            told apart.
    """

    device: str
    kv_type: KvType
    generation: float
    prompt: float
    layer_s: float
    token_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Rates:
    """What was measured about the speed of this machine, `at` Unix time.

    Attributes:
        disturbed: Whether other programs kept the machine busy meanwhile: then it is faster than this.
    """

    rows: tuple[FamilyRate, ...]
    attention: tuple[AttentionRate, ...]
    at: float
    disturbed: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What this computer has.

    Attributes:
        pools: RAM first, then each GPU.
        bandwidth: What its processor can read from RAM, in bytes per second, 0 where nobody measured it.
        rates: How fast it computes; None until that was measured.
    """

    pools: tuple[Pool, ...]
    cpu_name: str
    threads: int
    bandwidth: float = 0.0
    rates: Rates | None = None

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
class Rate:
    """A predicted speed in tokens per second: the likely value and the range it lies in.

    Attributes:
        calibrated: Whether this machine was measured for it; without that the range is wider.
    """

    likely: float
    low: float
    high: float
    calibrated: bool = False


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
        generation, prompt: Predicted speed of writing an answer and of reading a prompt; None where nothing
            is known. `tokens_per_second` is the likely value of `generation` until it was measured.
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
    generation: Rate | None = None
    prompt: Rate | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file (or shard set, or tag) that a plan may choose.

    Attributes:
        label: Its quantization or tag, for people.
        headers: Those of all parts in order; tier 0 is enough.
        size: Bytes of all parts.
        extras: What is loaded beside it.
    """

    label: str
    headers: tuple[Header, ...] = field(repr=False)
    size: int
    extras: Extras = field(default=Extras(), repr=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person wants of a plan.

    Attributes:
        n_ctx: Context per sequence that is wanted; None takes what the app would.
        least_ctx: A context below this is of no use.
        kv_types: Cache types that may be used, best first.
    """

    n_ctx: int | None = None
    least_ctx: int = 4096
    kv_types: tuple[KvType, ...] = ("f16", "q8_0", "q4_0")
    parallel: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """A way to run a model here. `why` is one sentence for people: what it gives up, or that it gives up
    nothing."""

    label: str
    run: RunConfig
    fit: Fit
    why: str


@dataclass(frozen=True, slots=True)
class LoadAdvice:
    """What is known before a model is loaded, or after that failed.

    Attributes:
        fit: Of the load that was asked for; `ledger.source` is ``engine`` where the dry run answered.
        warning: What will happen, in a sentence; empty where it fits.
        options: The nearest settings that fit, best first; of the same file unless `Option.label` says so.
    """

    fit: Fit
    warning: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FitRun:
    """One real load: what was predicted and what was measured. Bytes and tokens per second; None where it was
    not measured.

    Attributes:
        backend: Where the weights lay: ``CPU``, ``CUDA`` …, or ``CPU+CUDA``.
        formula, probe: Predicted (weights, KV, compute, other) by the formula and by the dry run.
        measured: (weights, KV, compute) as the engine reported them.
        rss: Resident memory of the worker after its warm-up.
        cause: Empty for a load that worked; else the code of the error.
    """

    id: int
    at: float
    model_id: str
    name: str
    quant: str
    backend: str
    run: RunConfig
    formula: tuple[int, int, int, int] | None
    probe: tuple[int, int, int, int] | None
    measured: tuple[int, int, int] | None
    rss: int | None
    predicted_generation: float | None
    measured_generation: float | None
    predicted_prompt: float | None
    measured_prompt: float | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the ledger learned about one backend of this machine, from `loads` real loads.

    Attributes:
        memory: Factor on the predicted total (host extras included).
        error: Median of |measured / predicted − 1| before the correction; `worst` is the largest. None where
            all loads were too small to tell.
        generation, prompt: Factors on the predicted speeds; None where none was measured.
    """

    backend: str
    loads: int
    memory: float
    error: float | None
    worst: float | None
    generation: float | None
    prompt: float | None
