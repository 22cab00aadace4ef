"""A random mixture of experts that the engine loads and runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from backend.gguf.types import GGMLType
from tests.support.shape_parts import Q8_0, attention, ends, experts, head_norms
from tests.support.tiny_gguf import TensorSpec, quantize, tokenizer_metadata, write_gguf

RULE_TEXT = "\n".join(f"{n} times {n + 7} is {n * (n + 7)}." for n in range(100))
"""A text of more than 1024 tokens for these models."""

IMATRIX = {
    "attn_q": ([1024], [524018.1266784668]),
    "attn_output": ([1024], [69940.66699790955]),
    "ffn_gate_inp": ([1024], [524283.7950744629]),
    "ffn_gate_exps": (
        [747, 368, 202, 731],
        [382460.88523864746, 188414.53133773804, 103423.20366287231, 374268.95779418945],
    ),
    "ffn_up_exps": (
        [747, 368, 202, 731],
        [382460.88523864746, 188414.53133773804, 103423.20366287231, 374268.95779418945],
    ),
    "ffn_down_exps": (
        [747, 368, 202, 731],
        [182734.9719953537, 100971.46531736851, 63557.43204432726, 220628.55260181427],
    ),
}
"""Counts, and sums over all columns, by expert, of ``random_mixture(path, layers=1, experts_count=4)`` on the
first 1024 tokens of `RULE_TEXT`.

Made with llama.cpp's own ``llama-imatrix`` of the engine's version (built from the sources in the package of
llama-cpp-python 0.3.36, against its libraries): ``llama-imatrix -m mix.gguf -f rule.txt -o theirs.gguf -c 512
--chunks 2 --no-repack``, and the rows of each ``.in_sum2`` added up in double precision.
"""


def random_mixture(
    path: Path,
    *,
    layers: int = 8,
    experts_count: int = 16,
    seed: int = 5,
    vocab: int = 8192,
    kind: GGMLType = Q8_0,
) -> Path:
    """Two of `experts_count` experts in each of `layers` layers; some 120 MB as it is."""
    arch, embd, wide = "qwen3moe", 512, 768
    metadata = {
        "general.architecture": arch,
        "general.name": "Mixture",
        f"{arch}.block_count": layers,
        f"{arch}.context_length": 8192,
        f"{arch}.embedding_length": embd,
        f"{arch}.feed_forward_length": wide,
        f"{arch}.expert_count": experts_count,
        f"{arch}.expert_used_count": 2,
        f"{arch}.expert_feed_forward_length": wide,
        f"{arch}.attention.head_count": 8,
        f"{arch}.attention.head_count_kv": 4,
        f"{arch}.attention.key_length": 64,
        f"{arch}.attention.value_length": 64,
        f"{arch}.attention.layer_norm_rms_epsilon": 1e-6,
        f"{arch}.rope.freq_base": 10000.0,
        **tokenizer_metadata(vocab),
    }
    tensors = list(ends(embd, vocab, kind))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 512, 256, kind)
        tensors += head_norms(block, 64)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += experts(block, embd, wide, experts_count, kind)
    rng = np.random.default_rng(seed)
    return write_gguf(path, metadata, [_filled(tensor, rng) for tensor in tensors])


def _filled(tensor: TensorSpec, rng: np.random.Generator) -> TensorSpec:
    if tensor.type is GGMLType.F32 and len(tensor.shape) == 1:
        values = np.ones(tensor.shape)
    else:
        values = rng.standard_normal(tensor.shape, dtype=np.float32) / tensor.shape[0] ** 0.5
    return replace(tensor, data=quantize(values, tensor.type))
