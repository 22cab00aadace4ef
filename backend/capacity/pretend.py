"""Machines that are only thought of: limits that the person sets, and parts that they do not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backend.capacity.bandwidth import GPUS
from backend.capacity.types import Machine, Pool, PoolKind, Pretend, Rates

GIB = 2**30
_SYSTEM_RAM = 4 * GIB
"""What a system with a browser uses, but no more than a quarter of the memory."""
_SYSTEM_GPU = GIB * 3 // 4
"""What a desktop uses of a GPU."""
_SHARED_SMALL, _SHARED_LARGE = 2 / 3, 3 / 4
"""The part of its memory that macOS lets the GPU keep: up to 36 GB, and above."""


@dataclass(frozen=True, slots=True)
class MemoryLimits:
    """What the person says about this machine, in bytes: at most so much of main memory, and by name the size
    of GPUs."""

    ram: int | None = None
    gpus: Mapping[str, int] = field(default_factory=dict)


def limited_ram(pool: Pool, limit: int | None) -> Pool:
    """Main memory of which models may have no more than `limit`."""
    if limit is None or limit >= pool.total:
        return pool
    free = min(pool.free, max(0, limit - pool.used_by_us))
    return replace(pool, total=limit, free=free, source="settings")


def limited_gpu(pool: Pool, size: int | None, ram: Pool) -> Pool:
    """A GPU with the size that the person typed, which is believed even where it is more than was found; but
    one that shares main memory cannot have more than that."""
    if size is None or size == pool.total:
        return pool
    if pool.kind is PoolKind.UNIFIED:
        size = min(size, ram.total)
    free = min(pool.free, max(0, size - pool.used_by_us))
    if size > pool.total:
        free = pool.free + size - pool.total
    if pool.kind is PoolKind.UNIFIED:
        free = min(free, ram.free)
    return replace(pool, total=size, free=free, source="settings")


def pretended(machine: Machine, wish: Pretend) -> Machine:
    """`machine` with the parts of `wish`: all of their memory free but what a system usually takes. Parts
    that are not wished for stay as they are."""
    ram, gpus, rates = machine.ram, machine.gpus, machine.rates
    if wish.ram is not None:
        ram = _ram(wish.ram)
    if wish.gpu_memory == 0:
        gpus = ()
    elif wish.gpu or wish.gpu_memory:
        memory = wish.gpu_memory or next((gpu.memory for gpu in GPUS if gpu.name == wish.gpu), 0)
        if wish.gpu.startswith("Apple"):
            ram = _ram(wish.ram or memory)
            gpus = (_shared(wish.gpu, ram),)
        else:
            free = max(0, memory - _SYSTEM_GPU)
            gpus = (Pool(PoolKind.GPU, wish.gpu or "GPU", memory, free, "what if"),)
        if rates is not None:  # another GPU has another speed
            rates = Rates(
                tuple(row for row in rates.rows if row.device != "GPU"),
                tuple(row for row in rates.attention if row.device != "GPU"),
                rates.at,
                rates.disturbed,
            )
    if wish.ram is not None and gpus == machine.gpus:
        gpus = tuple(_shared(gpu.name, ram) if gpu.kind is PoolKind.UNIFIED else gpu for gpu in gpus)
    return replace(machine, pools=(ram, *gpus), rates=rates)


def _ram(total: int) -> Pool:
    return Pool(PoolKind.RAM, "RAM", total, total - min(_SYSTEM_RAM, total // 4), "what if")


def _shared(name: str, ram: Pool) -> Pool:
    part = _SHARED_SMALL if ram.total <= 36 * GIB else _SHARED_LARGE
    total = int(ram.total * part)
    return Pool(PoolKind.UNIFIED, name, total, min(total, ram.free), "what if")
