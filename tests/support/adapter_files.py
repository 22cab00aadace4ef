"""GGUF adapters and PEFT folders with zeros for numbers: what a check reads is all there."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backend.gguf.types import GGMLType
from tests.support.tiny_gguf import TensorSpec, write_gguf


def adapter_metadata(architecture: str = "llama", alpha: Any = 16.0) -> dict[str, Any]:
    return {
        "general.architecture": architecture,
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": alpha,
    }


def lora_pair(
    base: str, shape: tuple[int, ...], rank: int = 4, type: GGMLType = GGMLType.F32
) -> list[TensorSpec]:
    """A and B for a weight of `shape`, innermost dimension first, experts behind."""
    inputs, outputs, *experts = shape
    return [
        TensorSpec(f"{base}.lora_a", (inputs, rank, *experts), type),
        TensorSpec(f"{base}.lora_b", (rank, outputs, *experts), type),
    ]


def write_adapter(
    path: Path, tensors: Iterable[TensorSpec], metadata: Mapping[str, Any] | None = None
) -> Path:
    return write_gguf(path, adapter_metadata() if metadata is None else metadata, list(tensors))


def write_peft(
    folder: Path, shapes: Mapping[str, tuple[int, ...]], dtype: str = "F32", **config: Any
) -> Path:
    """A PEFT folder whose tensors have these names and shapes, outermost dimension first."""
    folder.mkdir(parents=True, exist_ok=True)
    usual = {
        "peft_type": "LORA",
        "r": 4,
        "lora_alpha": 8,
        "target_modules": ["q_proj"],
        "base_model_name_or_path": "acme/Tiny",
        "bias": "none",
    }
    (folder / "adapter_config.json").write_text(json.dumps(usual | config))
    width = {"F32": 4, "BF16": 2}[dtype]
    header: dict[str, Any] = {}
    end = 0
    for name, shape in shapes.items():
        size = width
        for dimension in shape:
            size *= dimension
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    (folder / "adapter_model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + bytes(end))
    return folder
