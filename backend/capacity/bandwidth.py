"""How fast memory can be read: measured for this processor, looked up for known GPUs."""

from __future__ import annotations

import ctypes
import os
import re
import threading
import time
from dataclasses import dataclass

_BLOCK = 32 * 2**20
"""Larger than the caches of most processors."""
_ROUNDS = 3


def measure_bandwidth() -> float:
    """Bytes per second that this processor moves to or from main memory, with up to four threads.

    Takes some 50 ms and 64 MiB per thread. The best of several rounds, since other programs only ever slow
    it down."""
    workers = max(1, min(4, os.cpu_count() or 1))
    buffers = [(bytearray(_BLOCK), bytearray(_BLOCK)) for _ in range(workers)]
    # Copying every byte of a block once fills its pages, which would otherwise be timed.
    seconds = min(_copy_all(buffers) for _ in range(_ROUNDS + 1))
    return 2 * _BLOCK * workers / seconds


def _copy_all(buffers: list[tuple[bytearray, bytearray]]) -> float:
    ready = threading.Barrier(len(buffers) + 1)

    def copy(target: bytearray, source: bytearray) -> None:
        to = (ctypes.c_char * _BLOCK).from_buffer(target)
        of = (ctypes.c_char * _BLOCK).from_buffer(source)
        ready.wait()
        ctypes.memmove(to, of, _BLOCK)  # Leaves Python's lock, so the threads really run side by side

    threads = [threading.Thread(target=copy, args=pair, name="memory-speed") for pair in buffers]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return max(1e-6, time.perf_counter() - started)


_GPUS: tuple[tuple[str, int], ...] = (
    # The first match counts, so longer names stand before the shorter ones that they contain.
    (r"RTX 5090", 1792),
    (r"RTX 5080", 960),
    (r"RTX 5070 Ti", 896),
    (r"RTX 5070", 672),
    (r"RTX 5060", 448),
    (r"RTX 4090", 1008),
    (r"RTX 4080", 717),
    (r"RTX 4070 Ti SUPER", 672),
    (r"RTX 4070", 504),
    (r"RTX 4060", 272),
    (r"RTX 3090", 936),
    (r"RTX 3080", 760),
    (r"RTX 3070 Ti", 608),
    (r"RTX 3070", 448),
    (r"RTX 3060 Ti", 448),
    (r"RTX 3060", 360),
    (r"RTX 3050", 224),
    (r"RTX 2080", 448),
    (r"RTX 2070", 448),
    (r"RTX 2060", 336),
    (r"GTX 1660", 192),
    (r"GTX 1080 Ti", 484),
    (r"GTX 1080", 320),
    (r"GTX 1070", 256),
    (r"GTX 1060", 192),
    (r"RTX 6000 Ada", 960),
    (r"RTX A6000", 768),
    (r"H200", 4800),
    (r"H100", 3350),
    (r"A100", 1555),
    (r"\bL40S?\b", 864),
    (r"\bL4\b", 300),
    (r"\bT4\b", 320),
    (r"\bP40\b", 346),
    (r"RX 9070", 644),
    (r"RX 9060", 322),
    (r"RX 7900 XTX", 960),
    (r"RX 7900", 800),
    (r"RX 7800", 624),
    (r"RX 7700", 432),
    (r"RX 7600", 288),
    (r"RX 6900|RX 6800", 512),
    (r"RX 6700", 384),
    (r"RX 6600", 224),
    (r"Arc.*B580", 456),
    (r"Arc.*A770", 560),
    (r"Arc.*A750", 512),
    (r"M[12] Ultra|M3 Ultra", 800),
    (r"M4 Max", 546),
    (r"M[123] Max", 400),
    (r"M4 Pro", 273),
    (r"M[12] Pro", 200),
    (r"M3 Pro", 150),
    (r"Apple M4", 120),
    (r"Apple M[23]", 100),
    (r"Apple M1", 68),
)
"""Name to GB/s, from the makers' data sheets."""


def gpu_bandwidth(name: str) -> float | None:
    """Bytes per second of a GPU's memory by its name; None for one that we do not know."""
    for pattern, gigabytes in _GPUS:
        if re.search(pattern, name, re.IGNORECASE):
            return gigabytes * 1e9
    return None


@dataclass(frozen=True, slots=True)
class KnownGpu:
    """A GPU that one could buy: its name, its memory in bytes and how many of them it reads per second."""

    name: str
    memory: int
    bandwidth: float


def _known(name: str, *gigabytes: int) -> tuple[KnownGpu, ...]:
    return tuple(KnownGpu(name, size * 2**30, gpu_bandwidth(name) or 0.0) for size in gigabytes)


GPUS: tuple[KnownGpu, ...] = (
    *_known("NVIDIA GeForce RTX 5090", 32),
    *_known("NVIDIA GeForce RTX 5080", 16),
    *_known("NVIDIA GeForce RTX 5070 Ti", 16),
    *_known("NVIDIA GeForce RTX 5070", 12),
    *_known("NVIDIA GeForce RTX 5060 Ti", 8, 16),
    *_known("NVIDIA GeForce RTX 5060", 8),
    *_known("NVIDIA GeForce RTX 4090", 24),
    *_known("NVIDIA GeForce RTX 4080", 16),
    *_known("NVIDIA GeForce RTX 4070 Ti SUPER", 16),
    *_known("NVIDIA GeForce RTX 4070", 12),
    *_known("NVIDIA GeForce RTX 4060 Ti", 8, 16),
    *_known("NVIDIA GeForce RTX 4060", 8),
    *_known("NVIDIA GeForce RTX 3090", 24),
    *_known("NVIDIA GeForce RTX 3080", 10, 12),
    *_known("NVIDIA GeForce RTX 3070", 8),
    *_known("NVIDIA GeForce RTX 3060 Ti", 8),
    *_known("NVIDIA GeForce RTX 3060", 8, 12),
    *_known("NVIDIA GeForce RTX 3050", 6, 8),
    *_known("NVIDIA GeForce RTX 2080", 8),
    *_known("NVIDIA GeForce RTX 2060", 6, 12),
    *_known("NVIDIA GeForce GTX 1660", 6),
    *_known("NVIDIA GeForce GTX 1080 Ti", 11),
    *_known("NVIDIA GeForce GTX 1070", 8),
    *_known("NVIDIA GeForce GTX 1060", 3, 6),
    *_known("NVIDIA RTX 6000 Ada Generation", 48),
    *_known("NVIDIA RTX A6000", 48),
    *_known("NVIDIA L40S", 48),
    *_known("NVIDIA L4", 24),
    *_known("Tesla T4", 16),
    *_known("Tesla P40", 24),
    *_known("NVIDIA A100", 40, 80),
    *_known("NVIDIA H100", 80),
    *_known("NVIDIA H200", 141),
    *_known("AMD Radeon RX 9070 XT", 16),
    *_known("AMD Radeon RX 9060 XT", 8, 16),
    *_known("AMD Radeon RX 7900 XTX", 24),
    *_known("AMD Radeon RX 7900 XT", 20),
    *_known("AMD Radeon RX 7800 XT", 16),
    *_known("AMD Radeon RX 7700 XT", 12),
    *_known("AMD Radeon RX 7600", 8),
    *_known("AMD Radeon RX 6800 XT", 16),
    *_known("AMD Radeon RX 6700 XT", 12),
    *_known("AMD Radeon RX 6600", 8),
    *_known("Intel Arc B580", 12),
    *_known("Intel Arc A770", 8, 16),
    *_known("Intel Arc A750", 8),
    *_known("Apple M1", 8, 16),
    *_known("Apple M2", 8, 16, 24),
    *_known("Apple M3", 8, 16, 24),
    *_known("Apple M4", 16, 24, 32),
    *_known("Apple M3 Pro", 18, 36),
    *_known("Apple M4 Pro", 24, 48, 64),
    *_known("Apple M2 Max", 32, 64, 96),
    *_known("Apple M4 Max", 36, 48, 64, 128),
    *_known("Apple M2 Ultra", 64, 128, 192),
    *_known("Apple M3 Ultra", 96, 256, 512),
)
"""For choosing one to pretend. Of Apple's the memory is that of the whole machine. A laptop's card of the
same name has less bandwidth."""
