"""The pieces that headers of real models are put together from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.gguf.types import GGMLType
from tests.support.tiny_gguf import TensorSpec

Parts = tuple[dict[str, Any], list[TensorSpec]]
Q4_K, Q6_K, Q8_0 = GGMLType.Q4_K, GGMLType.Q6_K, GGMLType.Q8_0
F16, F32 = GGMLType.F16, GGMLType.F32


def metadata_of(arch: str, name: str, vocab: int, **keys: Any) -> dict[str, Any]:
    values = {f"{arch}.{key.replace('__', '.')}": value for key, value in keys.items()}
    return {
        "general.architecture": arch,
        "general.name": name,
        **values,
        f"{arch}.vocab_size": vocab,
        "tokenizer.ggml.model": "none",
    }


def ffn(block: str, embd: int, ffn: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "ffn_gate.weight", (embd, ffn), kind)
    yield TensorSpec(block + "ffn_up.weight", (embd, ffn), kind)
    yield TensorSpec(block + "ffn_down.weight", (ffn, embd), kind)


def experts(block: str, embd: int, ffn: int, count: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "ffn_gate_inp.weight", (embd, count), F32)
    yield TensorSpec(block + "ffn_gate_exps.weight", (embd, ffn, count), kind)
    yield TensorSpec(block + "ffn_up_exps.weight", (embd, ffn, count), kind)
    yield TensorSpec(block + "ffn_down_exps.weight", (ffn, embd, count), kind)


def attention(block: str, embd: int, q: int, kv: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "attn_norm.weight", (embd,))
    yield TensorSpec(block + "attn_q.weight", (embd, q), kind)
    yield TensorSpec(block + "attn_k.weight", (embd, kv), kind)
    yield TensorSpec(block + "attn_v.weight", (embd, kv), kind)
    yield TensorSpec(block + "attn_output.weight", (q, embd), kind)


def head_norms(block: str, head: int) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "attn_q_norm.weight", (head,))
    yield TensorSpec(block + "attn_k_norm.weight", (head,))


def ends(embd: int, vocab: int, kind: GGMLType, *, tied: bool = False) -> Iterator[TensorSpec]:
    yield TensorSpec("token_embd.weight", (embd, vocab), kind)
    yield TensorSpec("output_norm.weight", (embd,))
    if not tied:
        yield TensorSpec("output.weight", (embd, vocab), kind)
