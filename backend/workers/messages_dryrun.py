"""What is said to and by the worker that only does the engine's arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from backend.capacity.types import RunConfig
from backend.engines.types import DeviceMemory, EngineFlags


@dataclass(frozen=True, slots=True)
class DryRun:
    """Open a model without allocating anything and say what it would take when it is run as `run` says.
    Answer: `DryRan`, `Failed`, or a dead process.
    """

    request: int
    path: str
    run: RunConfig
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class DryRan:
    """`exact` is False where the numbers come from the log, which prints two digits of a MiB, and are not
    divided by device."""

    request: int
    memory: tuple[DeviceMemory, ...]
    exact: bool
    seconds: float
