"""How positions are turned: base frequency and scaling, as ``config.json`` says it in one of two ways."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from backend.worker.convert.config import Config

Value = int | float | str


@dataclass(slots=True)
class Rope:
    """What of it goes into the file.

    Attributes:
        base: Frequency base, of the global layers where there are two kinds.
        base_local: Of layers with a sliding window; None where they do not differ.
        keys: Metadata below ``<architecture>.rope.``.
        tensors: Factors for each pair of dimensions, by tensor name.
    """

    base: float
    base_local: float | None = None
    keys: dict[str, Value] = field(default_factory=dict)
    tensors: dict[str, np.ndarray] = field(default_factory=dict)


def read_rope(config: Config, dims: int, allowed: frozenset[str], local: bool, context: int) -> Rope:
    """Read it.

    Args:
        dims: Dimensions of a head that are turned.
        allowed: Kinds of scaling that the engine computes for this architecture.
        local: Layers with a sliding window have a base of their own.
        context: Longest context that the model was made for.

    Raises:
        Refusal: A kind or a field that the engine would compute differently.
    """
    section = config.section("rope_parameters")
    if section is None:
        rope = Rope(config.number("rope_theta", 10_000.0))
        section = config.section("rope_scaling")
    else:
        sliding = section.section("sliding_attention")
        section = section.section("full_attention") or section
        rope = Rope(section.number("rope_theta", config.number("rope_theta", 10_000.0)))
        if sliding is not None:
            sliding.expect("rope_type", "default")
            rope.base_local = sliding.number("rope_theta")
    if local and rope.base_local is None:
        rope.base_local = config.number("rope_local_base_freq")
    if section is not None:
        _scaling(config, section, rope, dims, allowed, context)
    return rope


def _scaling(
    config: Config, section: Config, rope: Rope, dims: int, allowed: frozenset[str], context: int
) -> None:
    field_name = "rope_type" if section.has("rope_type") else "type"
    kind = section.text(field_name, "default")
    kind = "longrope" if kind == "su" else kind
    if kind == "default":
        return
    if kind not in allowed:
        section.refuse(field_name, f"{kind!r:.100} is not supported for this architecture")
    if kind == "linear":
        rope.keys |= {"scaling.type": "linear", "scaling.factor": section.number("factor")}
    elif kind == "llama3":
        rope.tensors["rope_freqs.weight"] = _llama3(section, rope.base, dims)
    elif kind == "yarn":
        _yarn(section, rope)
    elif kind == "longrope":
        _longrope(config, section, rope, dims, context)


def _llama3(section: Config, base: float, dims: int) -> np.ndarray:
    factor = section.number("factor")
    low, high = section.number("low_freq_factor"), section.number("high_freq_factor")
    original = section.integer("original_max_position_embeddings")
    if not (factor > 0 and 0 < low < high):
        section.refuse("low_freq_factor", "factors that do not grow")
    waves = 2 * math.pi * base ** (np.arange(0, dims, 2, dtype=np.float32) / dims)
    smooth = (original / waves - low) / (high - low)
    middle = 1 / ((1 - smooth) / factor + smooth)
    factors = np.where(waves < original / high, 1.0, np.where(waves > original / low, factor, middle))
    return factors.astype(np.float32)


def _yarn(section: Config, rope: Rope) -> None:
    for key in ("attention_factor", "mscale", "mscale_all_dim"):
        section.expect(key)
    section.expect("truncate", True)
    rope.keys |= {
        "scaling.type": "yarn",
        "scaling.factor": section.number("factor"),
        "scaling.original_context_length": section.integer("original_max_position_embeddings"),
        "scaling.yarn_beta_fast": section.number("beta_fast", 32.0),
        "scaling.yarn_beta_slow": section.number("beta_slow", 1.0),
    }


def _longrope(config: Config, section: Config, rope: Rope, dims: int, context: int) -> None:
    holder = section if section.has("original_max_position_embeddings") else config
    original = holder.integer("original_max_position_embeddings", low=2)
    scale = context / original
    attention = math.sqrt(1 + math.log(scale) / math.log(original)) if scale > 1 else 1.0
    rope.keys["scaling.attn_factor"] = section.number("attention_factor", attention)
    rope.keys["scaling.type"] = "longrope"
    for name in ("long", "short"):
        factors = np.array(section.numbers(f"{name}_factor", dims // 2), np.float32)
        rope.tensors[f"rope_factors_{name}.weight"] = factors
