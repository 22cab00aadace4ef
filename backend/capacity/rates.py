"""What computes a model, a processor or GPUs, and how long it takes for a given number of weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.capacity.types import Machine, Rates
from backend.engines.types import KvType
from backend.gguf.types import GGMLType

MEASURED = (
    GGMLType.F16,
    GGMLType.BF16,
    GGMLType.Q8_0,
    GGMLType.Q4_0,
    GGMLType.Q4_K,
    GGMLType.Q6_K,
    GGMLType.IQ4_XS,
    GGMLType.IQ3_S,
)
"""The storage types that a calibration measures; all others take about as long per weight as one of them."""
_LIKE: Mapping[GGMLType, GGMLType] = {
    GGMLType.F32: GGMLType.F16,
    GGMLType.F64: GGMLType.F16,
    GGMLType.Q8_1: GGMLType.Q8_0,
    GGMLType.Q2_K: GGMLType.Q4_K,
    GGMLType.Q3_K: GGMLType.Q4_K,
    GGMLType.Q5_K: GGMLType.Q4_K,
    GGMLType.Q8_K: GGMLType.Q8_0,
    GGMLType.IQ4_NL: GGMLType.IQ4_XS,
    GGMLType.MXFP4: GGMLType.IQ4_XS,
    GGMLType.NVFP4: GGMLType.IQ4_XS,
    GGMLType.IQ3_XXS: GGMLType.IQ3_S,
    GGMLType.IQ2_XXS: GGMLType.IQ3_S,
    GGMLType.IQ2_XS: GGMLType.IQ3_S,
    GGMLType.IQ2_S: GGMLType.IQ3_S,
    GGMLType.IQ1_S: GGMLType.IQ3_S,
    GGMLType.IQ1_M: GGMLType.IQ3_S,
    GGMLType.TQ1_0: GGMLType.Q4_K,
    GGMLType.TQ2_0: GGMLType.Q4_K,
}
_CORE_BYTES: Mapping[GGMLType, float] = {
    # Bytes per second and core, measured on one server processor with 512-bit vectors.
    GGMLType.F16: 9.4e9,
    GGMLType.BF16: 9.4e9,
    GGMLType.Q8_0: 6.8e9,
    GGMLType.Q4_0: 3.6e9,
    GGMLType.Q4_K: 5.0e9,
    GGMLType.Q6_K: 7.0e9,
    GGMLType.IQ4_XS: 3.3e9,
    GGMLType.IQ3_S: 2.4e9,
}
_CORE_PROMPT = 60e9
"""Weights times tokens per second and core: between a desktop processor and a server."""
_CORE_LOOKBACK, _CORE_LOOKBACK_PROMPT = 11e9, 40e9
_QUANTIZED_CACHE = 0.6
"""How much slower a quantized cache is looked back on."""
_HEAD_PRODUCTS = 512
"""What one head takes besides, in multiply-adds: heads of 64 elements were hardly faster than of 128."""
_LAYER_S = 0.03e-3
_DEFAULT_BANDWIDTH = 35e9
_READ_SHARE = 0.85
"""Of the bandwidth that a plain copy reaches."""
_GPU_SHARE = 0.6
_GPU_LAYER_S = 0.03e-3
_SPREAD, _GPU_SPREAD = 0.15, 0.25
"""How far off a prediction may be, as a part of it, where the device was measured."""
_TYPICAL_SPREAD = 0.25
"""And where it was not."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One device that computes.

    Attributes:
        bytes_per_s: By storage type, when single tokens are written.
        prompt_per_s: Weights times tokens per second, by storage type; empty where nothing is known.
        attention, attention_prompt: Multiply-adds with the context per second; `attention` is 0 where the
            bytes of the cache decide instead.
        layer_s, token_s: Seconds per layer, and per token, besides weights and attention.
        bandwidth: Bytes per second of its memory.
        by_weights: Whether a derived type takes as long per weight as its like, or else per byte.
    """

    bytes_per_s: Mapping[GGMLType, float]
    prompt_per_s: Mapping[GGMLType, float]
    attention: float
    attention_prompt: float
    layer_s: float
    bandwidth: float
    by_weights: bool
    spread: float
    measured: bool
    token_s: float = 0.0

    @property
    def reads(self) -> bool:
        """Whether anything is known about prompts."""
        return bool(self.prompt_per_s) and self.attention_prompt > 0

    def writing(self, kind: GGMLType, weights: float) -> float:
        """Seconds in which `weights` of a type are read for one token."""
        family = family_of(kind)
        bits = (
            family.bits_per_weight if self.by_weights and kind is not GGMLType.F32 else kind.bits_per_weight
        )
        return weights * bits / 8 / self.bytes_per_s[family]

    def reading(self, kind: GGMLType, weights: float) -> float:
        """Seconds per token in which a prompt goes through `weights` of a type."""
        return weights / self.prompt_per_s[family_of(kind)]

    def looking_back(self, products: float, cache: int) -> float:
        """Seconds for so many multiply-adds with the context, which takes `cache` bytes."""
        return products / self.attention if self.attention else cache / self.bandwidth


def lookback_products(heads: int, products: float) -> float:
    """What one layer computes for one earlier token: `products` multiply-adds, and for each head what takes
    as long as this many more."""
    return products + _HEAD_PRODUCTS * heads


def family_of(kind: GGMLType) -> GGMLType:
    """The measured type that `kind` behaves like: itself, for those that are measured."""
    return kind if kind in MEASURED else _LIKE.get(kind, GGMLType.Q4_0)


def processor_engine(machine: Machine, kv_type: KvType) -> Engine:
    """The processor of `machine`, as measured or as is typical for so many cores."""
    cores = max(1, machine.threads)
    bandwidth = machine.bandwidth or _DEFAULT_BANDWIDTH
    measured = _measured(machine.rates, "CPU", kv_type, bandwidth, by_weights=True, spread=_SPREAD)
    if measured is not None:
        return measured
    slower = 1.0 if kv_type == "f16" else _QUANTIZED_CACHE
    return Engine(
        bytes_per_s={kind: min(bandwidth * _READ_SHARE, rate * cores) for kind, rate in _CORE_BYTES.items()},
        prompt_per_s=dict.fromkeys(MEASURED, _CORE_PROMPT * cores),
        attention=_CORE_LOOKBACK * slower * cores,
        attention_prompt=_CORE_LOOKBACK_PROMPT * slower * cores,
        layer_s=_LAYER_S,
        bandwidth=bandwidth,
        by_weights=True,
        spread=_TYPICAL_SPREAD,
        measured=False,
    )


def gpu_engine(machine: Machine, kv_type: KvType, bandwidth: float) -> Engine | None:
    """The GPUs of `machine`, as measured or from the `bandwidth` of the slowest; None where that is 0 and
    nothing was measured."""
    rate = bandwidth * _GPU_SHARE
    measured = _measured(
        machine.rates, "GPU", kv_type, rate or _DEFAULT_BANDWIDTH, by_weights=False, spread=_GPU_SPREAD
    )
    if measured is not None or not bandwidth:
        return measured
    return Engine(
        bytes_per_s=dict.fromkeys(MEASURED, rate),
        prompt_per_s={},
        attention=0.0,
        attention_prompt=0.0,
        layer_s=_GPU_LAYER_S,
        bandwidth=rate,
        by_weights=False,
        spread=_TYPICAL_SPREAD,
        measured=False,
    )


def _measured(
    rates: Rates | None, device: str, kv_type: KvType, bandwidth: float, *, by_weights: bool, spread: float
) -> Engine | None:
    """What was measured of `device`, with the nearest type in place of one that failed."""
    rows = {row.family: row for row in rates.rows if row.device == device} if rates else {}
    caches = [row for row in rates.attention if row.device == device] if rates else []
    if not rows or not caches:
        return None
    cache = next((row for row in caches if row.kv_type == kv_type), caches[-1])

    def row_of(kind: GGMLType) -> tuple[float, float]:
        if kind.name in rows:
            return rows[kind.name].generation, rows[kind.name].prompt
        spare = min(rows.values(), key=lambda row: abs(_bits(row.family) - kind.bits_per_weight))
        return spare.generation, spare.prompt

    return Engine(
        bytes_per_s={kind: row_of(kind)[0] for kind in MEASURED},
        prompt_per_s={kind: row_of(kind)[1] for kind in MEASURED},
        attention=cache.generation,
        attention_prompt=cache.prompt,
        layer_s=cache.layer_s,
        token_s=cache.token_s,
        bandwidth=bandwidth,
        by_weights=by_weights,
        spread=spread,
        measured=True,
    )


def _bits(family: str) -> float:
    return GGMLType[family].bits_per_weight if family in GGMLType.__members__ else 0.0


def type_of_file(number: int | None) -> GGMLType:
    """The prevailing storage type for ``general.file_type`` (llama.cpp's ``LLAMA_FTYPE``), where the tensors
    are not read yet."""
    if number in (0, 1):
        return GGMLType.F32 if number == 0 else GGMLType.F16
    if number == 32:
        return GGMLType.BF16
    if number == 7:
        return GGMLType.Q8_0
    if number in (2, 3, 8, 9, 39, 40, 41):
        return GGMLType.Q4_0
    if number == 18:
        return GGMLType.Q6_K
    if number in (25, 30, 38):
        return GGMLType.IQ4_XS
    if number is not None and ((19 <= number <= 31 and number != 21) or number in (36, 37)):
        return GGMLType.IQ3_S
    return GGMLType.Q4_K
