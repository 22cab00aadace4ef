"""Tiny Hugging Face repositories for tests, written with `struct` and `json` alone.

`tiny_repo` holds the same weights and tokenizer as `tests.support.tiny_gguf.tiny_llama`, as the hub's own
library would save them.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.tiny_gguf import CHATML, MERGES, SPECIAL, TensorSpec, tiny_llama_parts

NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
HEAD = 32


@dataclass(frozen=True)
class Raw:
    """A tensor whose bytes and description are given as they are."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


def write_safetensors(path: Path, tensors: Mapping[str, np.ndarray | Raw]) -> Path:
    """Write a file as the specification says."""
    raw = {name: one if isinstance(one, Raw) else _raw(one) for name, one in tensors.items()}
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, one in raw.items():
        offsets = [end, end + len(one.data)]
        header[name] = {"dtype": one.dtype, "shape": list(one.shape), "data_offsets": offsets}
        end = offsets[1]
    return write_raw(path, header, b"".join(one.data for one in raw.values()))


def write_raw(path: Path, header: Mapping[str, Any] | bytes, data: bytes, length: int | None = None) -> Path:
    """Write a header, which may be nonsense, and data; `length` replaces the length in front."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + data)
    return path


def _raw(values: np.ndarray) -> Raw:
    return Raw({"float32": "F32", "float16": "F16"}[values.dtype.name], values.shape, values.tobytes())


def bf16(values: np.ndarray) -> Raw:
    """`values`, cut to BF16."""
    words = (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)
    return Raw("BF16", values.shape, words.tobytes())


def weights(**options: Any) -> dict[str, np.ndarray]:
    """The tensors of `tiny_llama` under the names, and with the order of rows, of the hub's library."""
    _, tensors = tiny_llama_parts(quant="F32", **options)
    return dict(map(_renamed, tensors))


def _renamed(tensor: TensorSpec) -> tuple[str, np.ndarray]:
    match = re.fullmatch(r"(?:blk\.(\d+)\.)?(\w+)\.weight", tensor.name)
    assert match and tensor.data is not None
    layer, part = match.groups()
    values = np.frombuffer(tensor.data, np.float32).reshape(tensor.shape[::-1])
    if part in ("attn_q", "attn_k"):  # pairs that are turned together stand half a head apart there
        heads = values.shape[0] // HEAD
        values = values.reshape(heads, HEAD // 2, 2, -1).swapaxes(1, 2).reshape(values.shape)
    prefix = f"model.layers.{layer}." if layer is not None else ""
    return f"{prefix}{NAMES[part]}.weight", np.ascontiguousarray(values)


def config(vocabulary: int, *, width: int = 64, layers: int = 2, **changes: Any) -> dict[str, Any]:
    """``config.json`` of the same model; a change to None takes a field away."""
    values = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": width,
        "intermediate_size": 2 * width,
        "num_hidden_layers": layers,
        "num_attention_heads": width // HEAD,
        "num_key_value_heads": max(1, width // HEAD // 2),
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "tie_word_embeddings": True,
        "vocab_size": vocabulary,
        **changes,
    }
    return {key: value for key, value in values.items() if value is not None}


def tokenizer(**changes: Any) -> dict[str, Any]:
    """``tokenizer.json`` of the same byte-level BPE."""
    metadata, _ = tiny_llama_parts()
    tokens = metadata["tokenizer.ggml.tokens"]
    proper = tokens[: len(tokens) - len(SPECIAL)]
    return {
        "version": "1.0",
        "added_tokens": [
            {"id": len(proper) + place, "content": text, "special": True, "normalized": False}
            for place, text in enumerate(SPECIAL)
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True},
        "post_processor": {"type": "ByteLevel"},
        "model": {
            "type": "BPE",
            "vocab": {text: number for number, text in enumerate(proper)},
            "merges": list(MERGES),
        },
        **changes,
    }


def tiny_repo(folder: Path, *, layers: int = 2, width: int = 64, **changes: Any) -> Path:
    """Write a repository whose conversion is `tiny_llama`; `changes` go into ``config.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = weights(layers=layers, width=width)
    write_safetensors(folder / "model.safetensors", tensors)
    size = len(tensors["model.embed_tokens.weight"])
    write_json(folder / "config.json", config(size, width=width, layers=layers, **changes))
    write_json(folder / "tokenizer.json", tokenizer())
    settings = {"bos_token": SPECIAL[0], "eos_token": {"content": SPECIAL[2]}, "chat_template": CHATML}
    write_json(folder / "tokenizer_config.json", settings)
    return folder


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
