"""Generated models on which speed is measured: random but valid weights of one type, hardly a vocabulary.

The time of a matrix product depends on its size and its storage type, not on what the weights say. So a file
of a hundred megabytes, written in a tenth of a second and deleted afterwards, stands for any model.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.gguf.types import DEFAULT_ALIGNMENT, MAGIC, GGMLType, ValueType

_PATTERN_BYTES = 2**20
"""Random blocks are made once and repeated; nothing in the engine looks for repetition."""
_SCALES: dict[GGMLType, tuple[int, ...]] = {
    GGMLType.Q4_0: (0,),
    GGMLType.Q8_0: (0,),
    GGMLType.Q3_K: (108,),
    GGMLType.Q4_K: (0, 2),
    GGMLType.Q6_K: (208,),
    GGMLType.IQ4_XS: (0,),
    GGMLType.IQ3_S: (0,),
    GGMLType.IQ2_XS: (0,),
}
"""Where a block keeps its half-precision factors: with random ones a sum would soon be infinite, and
arithmetic with what is not a number may take another time."""
_SCALE = struct.pack("<e", 2.0**-12)
_MAGNITUDE: dict[GGMLType, int] = {GGMLType.F16: 0x20, GGMLType.BF16: 0x3C}
"""High byte of a plain weight: about a hundredth, with a random sign."""


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """Dimensions of a generated Llama. `heads` have `head_size` elements, whatever `width` is."""

    kind: GGMLType
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    head_size: int = 128
    vocab: int = 1024
    context: int = 4096

    def matrices(self) -> Iterator[tuple[str, int, int]]:
        """Name, row length and rows of every matrix in the layers."""
        query, cache = self.heads * self.head_size, self.kv_heads * self.head_size
        for layer in range(self.layers):
            for name, row, rows in (
                ("attn_q", self.width, query),
                ("attn_k", self.width, cache),
                ("attn_v", self.width, cache),
                ("attn_output", query, self.width),
                ("ffn_gate", self.width, self.feed_forward),
                ("ffn_up", self.width, self.feed_forward),
                ("ffn_down", self.feed_forward, self.width),
            ):
                yield f"blk.{layer}.{name}.weight", row, rows

    @property
    def elements(self) -> int:
        """Weights in the layers."""
        return sum(row * rows for _, row, rows in self.matrices())

    @property
    def weight_bytes(self) -> int:
        """Bytes of the weights in the layers; the embedding of the few tokens is left out."""
        return sum(self.kind.nbytes(row * rows) for _, row, rows in self.matrices())


def write_model(path: Path, plan: ModelPlan) -> None:
    """Write the model.

    Raises:
        OSError: The disk is full or cannot be written.
    """
    tensors: list[tuple[str, tuple[int, ...], GGMLType]] = [
        ("token_embd.weight", (plan.width, plan.vocab), GGMLType.F16),
        ("output_norm.weight", (plan.width,), GGMLType.F32),
    ]
    tensors += [(name, (row, rows), plan.kind) for name, row, rows in plan.matrices()]
    for layer in range(plan.layers):
        tensors.append((f"blk.{layer}.attn_norm.weight", (plan.width,), GGMLType.F32))
        tensors.append((f"blk.{layer}.ffn_norm.weight", (plan.width,), GGMLType.F32))
    infos, offset = [], 0
    for name, shape, kind in tensors:
        infos.append(
            _string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind.value, offset)
        )
        offset = _aligned(offset + _size(shape, kind))
    fields = _metadata(plan)
    head = MAGIC + struct.pack("<IQQ", 3, len(tensors), len(fields)) + b"".join([*fields, *infos])
    pattern = {kind: _pattern(kind) for kind in {GGMLType.F16, GGMLType.F32, plan.kind}}
    with path.open("wb") as file:
        file.write(head + b"\0" * (_aligned(len(head)) - len(head)))
        for _, shape, kind in tensors:
            left = _size(shape, kind)
            padding = _aligned(left) - left
            while left > 0:
                left -= file.write(pattern[kind][:left])
            file.write(b"\0" * padding)


def _metadata(plan: ModelPlan) -> list[bytes]:
    numbers = {
        "block_count": plan.layers,
        "context_length": plan.context,
        "embedding_length": plan.width,
        "feed_forward_length": plan.feed_forward,
        "attention.head_count": plan.heads,
        "attention.head_count_kv": plan.kv_heads,
        "attention.key_length": plan.head_size,
        "attention.value_length": plan.head_size,
        "rope.dimension_count": plan.head_size,
    }
    texts = {"general.architecture": "llama", "tokenizer.ggml.model": "llama"}
    fields = [
        _string(key) + struct.pack("<I", ValueType.STRING) + _string(text) for key, text in texts.items()
    ]
    fields += [
        _string(f"llama.{key}") + struct.pack("<II", ValueType.UINT32, number)
        for key, number in numbers.items()
    ]
    epsilon = _string("llama.attention.layer_norm_rms_epsilon")
    fields.append(epsilon + struct.pack("<If", ValueType.FLOAT32, 1e-5))
    return [*fields, *_vocabulary(plan.vocab)]


def _vocabulary(size: int) -> list[bytes]:
    """Three special tokens, the 256 bytes, and unused words: the least that the engine opens."""
    words = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    kinds = [2, 3, 3, *([6] * 256)]
    kinds += [1] * (size - len(words))
    words += [f"word{number}" for number in range(size - len(words))]
    array = struct.pack("<I", ValueType.ARRAY)
    return [
        _string("tokenizer.ggml.add_space_prefix") + struct.pack("<I?", ValueType.BOOL, False),
        _string("tokenizer.ggml.tokens")
        + array
        + struct.pack("<IQ", ValueType.STRING, size)
        + b"".join(map(_string, words)),
        _string("tokenizer.ggml.scores")
        + array
        + struct.pack(f"<IQ{size}f", ValueType.FLOAT32, size, *([0.0] * size)),
        _string("tokenizer.ggml.token_type")
        + array
        + struct.pack(f"<IQ{size}i", ValueType.INT32, size, *kinds),
    ]


def _pattern(kind: GGMLType) -> bytes:
    """About a megabyte of valid blocks."""
    if kind is GGMLType.F32:
        return struct.pack("<f", 1.0) * (_PATTERN_BYTES // 4)
    blocks = _PATTERN_BYTES // kind.block_bytes
    data = bytearray(random.Random(kind.value).randbytes(blocks * kind.block_bytes))
    if kind in _MAGNITUDE:
        data[1::2] = bytes(_MAGNITUDE[kind] | (byte & 0x80) for byte in data[1::2])
    for start in _SCALES.get(kind, ()):
        data[start :: kind.block_bytes] = _SCALE[:1] * blocks
        data[start + 1 :: kind.block_bytes] = _SCALE[1:] * blocks
    return bytes(data)


def _size(shape: tuple[int, ...], kind: GGMLType) -> int:
    elements = 1
    for dimension in shape:
        elements *= dimension
    return kind.nbytes(elements)


def _aligned(position: int) -> int:
    return -(-position // DEFAULT_ALIGNMENT) * DEFAULT_ALIGNMENT


def _string(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()
