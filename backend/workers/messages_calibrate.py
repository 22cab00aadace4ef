"""Messages of the worker that measures the speed of this machine."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import EngineFlags, KvType


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Time the generated model at `path`. Answer: `Calibrated`, `Failed`, or a dead process.

    Attributes:
        gpu: Whether all layers go to the GPU; else none.
        threads: Threads of the processor.
        depth: Tokens to read before the second timing; 0 for no second one.
    """

    request: int
    path: str
    flags: EngineFlags
    gpu: bool
    threads: int
    kv_type: KvType
    depth: int


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Seconds per token: writing one at a time, and reading a prompt; at the start of the context and behind
    `depth` tokens (0 without a second timing).

    Attributes:
        steady: Whether the machine was left alone; else other programs made the times longer.
    """

    request: int
    generation_s: float
    prompt_s: float
    deep_generation_s: float
    deep_prompt_s: float
    steady: bool
