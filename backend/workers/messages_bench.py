"""Messages of the worker that measures how fast a model reads and writes."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import AdapterUse, EngineFlags, KvType


@dataclass(frozen=True, slots=True)
class SpeedTest:
    """One test, in the terms of `llama-bench`: `n_prompt` tokens are read at once, or `n_gen` tokens are
    written one by one (the other is 0), with `n_depth` tokens in the context already.

    Attributes:
        threads: None means the physical cores.
        gpu_layers: None puts all on the GPU.
    """

    n_prompt: int
    n_gen: int
    n_depth: int
    n_batch: int
    threads: int | None
    kv_type: KvType
    flash_attention: bool
    gpu_layers: int | None


@dataclass(frozen=True, slots=True)
class MeasureSpeed:
    """Do `test` once to warm up and then `repetitions` times with the model at `path`, which stays open for
    further requests with equal layers on the GPU. Answer: `Progress`…, then `SpeedMeasured` or `Failed`.

    Attributes:
        adapters: What is applied while it is measured.
    """

    request: int
    path: str
    flags: EngineFlags
    test: SpeedTest
    repetitions: int
    adapters: tuple[AdapterUse, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeedMeasured:
    """Seconds of each repetition in nanoseconds, so that sums are exact; what the engine said of the model.

    Attributes:
        threads, gpu_layers: Those that were really used.
        memory: Resident bytes of the worker afterwards.
        model_type: Description such as ``llama 8B Q4_K - Medium``.
        model_size: Bytes of the weights.
    """

    request: int
    samples_ns: tuple[int, ...]
    threads: int
    gpu_layers: int
    memory: int
    model_type: str
    model_size: int
    parameters: int
