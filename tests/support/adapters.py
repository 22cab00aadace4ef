"""Small LoRA adapters made on the spot, for the starter model or any other GGUF model.

`random_adapter` fits its base: A and B are random, so the answers change with the scale. What it is asked to
get wrong (`architecture`, `reshape`, `zero_b`, `extra`) is what tests want to see refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from backend.paths import STARTER_MODEL
from tests.support.tiny_gguf import TensorSpec, quantize, write_gguf

ATTENTION = ("attn_q", "attn_k", "attn_v", "attn_output")
EVERYTHING = (*ATTENTION, "ffn_gate", "ffn_up", "ffn_down")
EXPERTS = ("ffn_gate_inp", "ffn_gate_exps", "ffn_up_exps", "ffn_down_exps")

Shape = tuple[int, ...]


def random_adapter(
    path: Path,
    base: Path = STARTER_MODEL,
    *,
    rank: int = 4,
    alpha: float = 8.0,
    modules: Sequence[str] = ATTENTION,
    seed: int = 1,
    gain: float = 1.0,
    kind: GGMLType = GGMLType.F32,
    zero_b: bool = False,
    name: str = "Random adapter",
    architecture: str | None = None,
    extra: Mapping[str, Any] | None = None,
    reshape: Callable[[str, Shape], Shape] = lambda _tensor, shape: shape,
) -> Path:
    """Write an adapter for the model at `base`.

    Args:
        alpha: 0 lets the engine take the scale alone.
        modules: What it changes, in every layer that has it.
        gain: How strong it is at scale 1; with 1 its output is about as large as what it is added to.
        kind: F32, F16 or Q8_0; the last wants a rank that is a multiple of 32.
        zero_b: All of B is 0, as in an adapter that was never trained.
        architecture: What it says it is for; that of the base when None.
        extra: More metadata, or other values.
        reshape: Changes the shape of a tensor by its name; dimensions as in the file, the innermost first.
    """
    header = read_header(base)
    random = np.random.default_rng(seed)
    tensors = []
    for tensor in header.tensors:
        if tensor.name.removesuffix(".weight").rpartition(".")[2] not in modules:
            continue
        width, height, *experts = tensor.shape
        halves: tuple[Shape, Shape] = (width, rank, *experts), (rank, height, *experts)
        if tensor.name == "token_embd.weight":
            halves = (rank, height), (rank, width)
        for part, shape in zip(("lora_a", "lora_b"), halves, strict=True):
            written = reshape(f"{tensor.name}.{part}", shape)
            values = random.normal(0, 1 / shape[0] ** 0.5, written)
            if part == "lora_b":
                values *= 0.0 if zero_b else gain * (rank / alpha if alpha else 1.0)
            tensors.append(TensorSpec(f"{tensor.name}.{part}", written, kind, quantize(values, kind)))
    metadata: dict[str, Any] = {
        "general.architecture": architecture or header.text("general.architecture"),
        "general.type": "adapter",
        "general.name": name,
        "adapter.type": "lora",
        "adapter.lora.alpha": float(alpha),
        **(extra or {}),
    }
    return write_gguf(path, metadata, tensors)
