"""Which tensors a file gets, from which stored ones, and what is done to their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.safetensors import Stored
from backend.worker.convert.architectures import Architecture, Shape
from backend.worker.convert.refusal import refuse

_PREFIXES = ("model.", "language_model.model.", "model.language_model.")
_PICTURES = (
    "vision_tower.",
    "multi_modal_projector.",
    "model.vision_tower.",
    "model.multi_modal_projector.",
)
_FLOATS = ("F32", "F16", "BF16")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One tensor of the file.

    Attributes:
        source: Its name in the repository, behind the prefix of the text model.
        shape: As safetensors writes it: rows first.
        heads: Rows of this many heads change places: each head's halves become interleaved pairs.
        shift: Added to each number.
        factor: Multiplies each number.
    """

    source: str
    target: str
    shape: tuple[int, ...]
    heads: int = 0
    shift: float = 0.0
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Matched:
    """A wanted tensor and where its numbers lie."""

    wanted: Wanted
    stored: Stored


def wanted_tensors(architecture: Architecture, shape: Shape) -> Iterator[Wanted]:
    """All tensors of a model of this shape, in the order of the file."""
    shift = 1.0 if architecture.shifted else 0.0
    yield Wanted("embed_tokens.weight", "token_embd.weight", (shape.vocabulary, shape.width))
    for layer in range(shape.layers):
        before, after = f"layers.{layer}.", f"blk.{layer}."
        for name, target, size in _norms(architecture, shape):
            yield Wanted(f"{before}{name}.weight", f"{after}{target}.weight", (size,), shift=shift)
        for one in _projections(architecture, shape):
            yield Wanted(before + one.source, after + one.target, one.shape, one.heads)
    yield Wanted("norm.weight", "output_norm.weight", (shape.width,), shift=shift)
    if not shape.tied:
        yield Wanted("lm_head.weight", "output.weight", (shape.vocabulary, shape.width))


def _norms(architecture: Architecture, shape: Shape) -> Iterator[tuple[str, str, int]]:
    yield "input_layernorm", "attn_norm", shape.width
    if architecture.four_norms:
        yield "post_attention_layernorm", "post_attention_norm", shape.width
        yield "pre_feedforward_layernorm", "ffn_norm", shape.width
        yield "post_feedforward_layernorm", "post_ffw_norm", shape.width
    else:
        yield "post_attention_layernorm", "ffn_norm", shape.width
    if architecture.head_norms:
        yield "self_attn.q_norm", "attn_q_norm", shape.head_dim
        yield "self_attn.k_norm", "attn_k_norm", shape.head_dim


def _projections(architecture: Architecture, shape: Shape) -> Iterator[Wanted]:
    query, key = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    if architecture.fused:
        yield Wanted("self_attn.qkv_proj.weight", "attn_qkv.weight", (query + 2 * key, shape.width))
        yield Wanted("self_attn.o_proj.weight", "attn_output.weight", (shape.width, query))
        yield Wanted("mlp.gate_up_proj.weight", "ffn_up.weight", (2 * shape.feed, shape.width))
        yield Wanted("mlp.down_proj.weight", "ffn_down.weight", (shape.width, shape.feed))
        return
    turned = int(architecture.permuted)
    qkv_bias = architecture.qkv_bias or shape.attention_bias
    rows = (
        ("self_attn.q_proj", "attn_q", query, shape.width, turned * shape.heads, qkv_bias),
        ("self_attn.k_proj", "attn_k", key, shape.width, turned * shape.kv_heads, qkv_bias),
        ("self_attn.v_proj", "attn_v", key, shape.width, 0, qkv_bias),
        ("self_attn.o_proj", "attn_output", shape.width, query, 0, shape.attention_bias),
        ("mlp.gate_proj", "ffn_gate", shape.feed, shape.width, 0, shape.mlp_bias),
        ("mlp.up_proj", "ffn_up", shape.feed, shape.width, 0, shape.mlp_bias),
        ("mlp.down_proj", "ffn_down", shape.width, shape.feed, 0, shape.mlp_bias),
    )
    for source, target, height, width, heads, bias in rows:
        yield Wanted(f"{source}.weight", f"{target}.weight", (height, width), heads)
        if bias:
            yield Wanted(f"{source}.bias", f"{target}.bias", (height,), heads)


def match(
    architecture: Architecture, shape: Shape, stored: Mapping[str, Stored]
) -> tuple[list[Matched], bool]:
    """Find every wanted tensor, and nothing that would be lost; also whether a part for pictures is left out.

    Raises:
        Refusal: One is missing, has another shape or type, or is one that nobody expects.
    """
    prefix = next((one for one in _PREFIXES if f"{one}embed_tokens.weight" in stored), None)
    if prefix is None:
        refuse("tensor", "model.embed_tokens.weight", "missing")
    used: set[str] = set()
    found: list[Matched] = []
    for wanted in wanted_tensors(architecture, shape):
        name = _name(wanted.source, prefix, stored)
        tensor = stored.get(name)
        if tensor is None:
            refuse("tensor", name, "missing")
        if tensor.shape != wanted.shape:
            shapes = f"shape {list(tensor.shape)}, but config.json describes {list(wanted.shape)}"
            refuse("tensor", f"{tensor.file}: {name}", shapes)
        if tensor.dtype not in _FLOATS:
            refuse("dtype", f"{tensor.file}: {name}", f"dtype {tensor.dtype}")
        used.add(name)
        found.append(Matched(wanted, tensor))
    pictures = False
    for name in sorted(stored.keys() - used):
        pictures |= name.startswith(_PICTURES)
        if not _left_out(name, shape):
            refuse("tensor", f"{stored[name].file}: {name}", "not expected")
    return found, pictures


def _name(source: str, prefix: str, stored: Mapping[str, Stored]) -> str:
    if source != "lm_head.weight":
        return prefix + source
    nested = f"language_model.{source}"
    return nested if nested in stored and source not in stored else source


def _left_out(name: str, shape: Shape) -> bool:
    """Whether nothing is lost without it: it is computed, the same as another, or for pictures."""
    return (
        name.endswith("rotary_emb.inv_freq")
        or name.startswith(_PICTURES)
        or (shape.tied and name in ("lm_head.weight", "language_model.lm_head.weight"))
    )
