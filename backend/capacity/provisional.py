"""Stands in for the types of the machine until its branch is merged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownGpu:
    name: str
    memory: int
    bandwidth: float


GPUS: tuple[KnownGpu, ...] = tuple(
    KnownGpu(name, memory * 2**30, rate * 1e9)
    for name, memory, rate in (
        ("NVIDIA GeForce RTX 5090", 32, 1792),
        ("NVIDIA GeForce RTX 4090", 24, 1008),
        ("NVIDIA GeForce RTX 4060", 8, 272),
        ("NVIDIA GeForce RTX 3060", 12, 360),
        ("NVIDIA H100", 80, 3350),
        ("AMD Radeon RX 7900 XTX", 24, 960),
        ("Apple M4 Max", 64, 546),
    )
)
