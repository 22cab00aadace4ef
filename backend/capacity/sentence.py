"""This machine in one sentence, verdicts in words, and the ruler that shows which model sizes it can run."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from backend.capacity.types import Ledger, Machine, Pool, PoolKind, Verdict
from backend.capacity.verdict import room_for
from backend.gguf.names import bits_per_weight
from backend.i18n import tr

_BITS = bits_per_weight("Q4_K_M") or 4.89
_CONTEXT = 8192
_SIZES = (
    0.5,
    1,
    1.5,
    2,
    3,
    4,
    7,
    8,
    9,
    12,
    14,
    20,
    24,
    27,
    30,
    32,
    40,
    50,
    70,
    100,
    120,
    200,
    235,
    400,
    670,
    1000,
)
"""Sizes in which models are usually published, in billions of parameters."""
_LARGEST = 4_000_000_000_000


@dataclass(frozen=True, slots=True)
class Ruler:
    """Largest number of parameters for each verdict, at Q4_K_M with a context of 8,192 tokens.

    Attributes:
        gpu: Up to here a model fits on the GPU; None without one.
        memory: Up to here it fits in memory.
        tight: Up to here it is tight; above it is too big.
    """

    gpu: int | None
    memory: int
    tight: int


def ruler(machine: Machine) -> Ruler:
    """Where the limits of this machine lie."""
    gpu = _largest(machine, {Verdict.FITS_GPU}) if machine.gpus else None
    memory = _largest(machine, {Verdict.FITS_GPU, Verdict.FITS})
    tight = _largest(machine, {Verdict.FITS_GPU, Verdict.FITS, Verdict.TIGHT})
    return Ruler(gpu, memory, tight)


def typical_bytes(parameters: int) -> int:
    """What a dense model of this size needs at Q4_K_M with a context of 8,192 tokens."""
    return typical_ledger(parameters, round(parameters * _BITS / 8)).total


def typical_ledger(parameters: int, weights: int) -> Ledger:
    """A guess for a model of which only the size is known: `weights` bytes, a context of 8,192 tokens.

    The cache per token is that of published models with grouped-query attention (Llama-3, Qwen3): 131 kB at
    8 billion parameters, growing with a little less than their square root.
    """
    billions = parameters / 8e9
    cache = 131_072 * math.pow(billions, 0.45) * _CONTEXT
    compute = 0.2e9 * math.sqrt(billions)
    return Ledger(weights, round(cache), round(compute), 0, gpu=weights + round(cache + compute))


def _largest(machine: Machine, good: set[Verdict]) -> int:
    low, high = 0, _LARGEST
    while high - low > 10_000_000:
        middle = (low + high) // 2
        need = typical_bytes(middle)
        if room_for(need, need, machine).verdict in good:
            low = middle
        else:
            high = middle
    return low


def machine_sentence(machine: Machine) -> str:
    """What this computer has and what it can run, for people."""
    limits = ruler(machine)
    ram = tr("{size} GB RAM", size=_gigabytes(machine.ram.total))
    if not machine.gpus:
        return _with_memory(tr("{ram}, no GPU found", ram=ram), limits.memory)
    gpu = machine.gpus[0]
    if gpu.kind is PoolKind.UNIFIED:
        hardware = tr("{ram}, shared with {gpu}", ram=ram, gpu=_short(gpu.name))
    elif len(machine.gpus) > 1:
        hardware = tr("{ram}, {count} × {gpu}", ram=ram, count=len(machine.gpus), gpu=_gpu(gpu))
    else:
        hardware = tr("{ram}, {gpu}", ram=ram, gpu=_gpu(gpu))
    size = _common_size(limits.gpu or 0)
    if not size:
        return _with_memory(hardware, limits.memory)
    return tr(
        "{hardware}: models up to about {size} at Q4 run fully on the GPU", hardware=hardware, size=size
    )


def verdict_word(verdict: Verdict) -> str:
    """The verdict in a word or three."""
    match verdict:
        case Verdict.FITS_GPU:
            return tr("Fits on GPU")
        case Verdict.FITS:
            return tr("Fits in memory")
        case Verdict.TIGHT:
            return tr("Tight")
        case Verdict.TOO_BIG:
            return tr("Too big")
        case Verdict.UNKNOWN:
            return tr("Not known yet")


def _with_memory(hardware: str, parameters: int) -> str:
    size = _common_size(parameters)
    if not size:
        return tr("{hardware}: only very small models run right now", hardware=hardware)
    return tr("{hardware}: models up to about {size} at Q4 run in memory", hardware=hardware, size=size)


def _common_size(parameters: int) -> str:
    """The largest usual size that is not above `parameters`; empty where even the smallest is."""
    fitting = [size for size in _SIZES if size * 1e9 <= parameters * 1.03]
    return f"{fitting[-1]:g}B" if fitting else ""


def _gigabytes(total: int) -> int:
    """In units of 10⁹ bytes, as everywhere else in the app: what is sold as 16 GB has 17 of them."""
    return max(1, round(total / 1e9))


def _gpu(pool: Pool) -> str:
    return tr("{name} {size} GB", name=_short(pool.name), size=_gigabytes(pool.total))


def _short(name: str) -> str:
    """The part of a GPU's name that people use."""
    plain = re.sub(r"\((R|TM)\)", "", name)
    plain = re.sub(r"\b(NVIDIA|GeForce|AMD|Intel|Corporation|Graphics)\b", "", plain)
    return " ".join(plain.split()) or name
