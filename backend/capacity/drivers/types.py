"""What every driver answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GpuReading:
    """The memory of one GPU, in bytes.

    Attributes:
        pci: Address on the bus in lower case, such as ``0000:c1:00.0``; empty where it is unknown.
        free: What nobody uses; memory that the driver keeps for itself is not free.
        used_by_us: What the asked processes hold; 0 where the driver does not say.
        shared_total, shared_free: Main memory that the GPU may use besides, of one inside the processor.
    """

    name: str
    pci: str
    total: int
    free: int
    used_by_us: int
    source: str
    shared_total: int = 0
    shared_free: int = 0
