"""GGUF files for tests: tiny models that the engine really loads, header-only ghosts, and split sets.

Written from the specification with `struct` alone, so that it also checks the reader in `backend.gguf`.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from backend.gguf.types import SCALAR_FORMAT, GGMLType, ValueType

ALIGNMENT = 32
CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
MERGES = (
    "t h",
    "th e",
    "Ġ the",
    "i n",
    "a n",
    "an d",
    "Ġ and",
    "e r",
    "o u",
    "Ġ w",
    "h e",
    "l l",
    "he ll",
    "hell o",
)
"""A few byte-pair merges, so that the tokenizer has something to merge. Parts are made before they are
used."""


@dataclass(frozen=True)
class Typed:
    """A metadata value with its type spelled out; `element` is the type of an array's elements."""

    type: ValueType
    value: Any
    element: ValueType | None = None


@dataclass(frozen=True)
class TensorSpec:
    """A tensor to write. `data` None leaves its bytes as a hole of zeros."""

    name: str
    shape: tuple[int, ...]
    type: GGMLType = GGMLType.F32
    data: bytes | None = None

    @property
    def nbytes(self) -> int:
        elements = 1
        for dimension in self.shape:
            elements *= dimension
        return self.type.nbytes(elements)


def _string(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def _typed(value: Any) -> Typed:
    """Give a plain Python value the type that converters use for it."""
    match value:
        case Typed():
            return value
        case bool():
            return Typed(ValueType.BOOL, value)
        case int() if 0 <= value < 2**32:
            return Typed(ValueType.UINT32, value)
        case int():
            return Typed(ValueType.INT64, value)
        case float():
            return Typed(ValueType.FLOAT32, value)
        case str() | bytes():
            return Typed(ValueType.STRING, value)
        case list() | tuple():
            first = value[0] if value else 0
            element = ValueType.INT32 if type(first) is int else _typed(first).type
            return Typed(ValueType.ARRAY, value, element)
    raise TypeError(f"no GGUF type for {value!r}")


def encode_value(value: Any) -> bytes:
    """Type tag and content of a metadata value."""
    typed = _typed(value)
    tag = struct.pack("<I", typed.type)
    if typed.type is ValueType.STRING:
        return tag + _string(typed.value)
    if typed.type is ValueType.ARRAY:
        element = typed.element if typed.element is not None else ValueType.INT32
        head = tag + struct.pack("<IQ", element, len(typed.value))
        if element is ValueType.STRING:
            return head + b"".join(map(_string, typed.value))
        return head + struct.pack(f"<{len(typed.value)}{SCALAR_FORMAT[element]}", *typed.value)
    return tag + struct.pack("<" + SCALAR_FORMAT[typed.type], typed.value)


def _aligned(position: int, alignment: int) -> int:
    return (position + alignment - 1) // alignment * alignment


def encode_header(metadata: Mapping[str, Any], tensors: Sequence[TensorSpec], *, version: int = 3) -> bytes:
    """Everything before the tensor data, padded to where the data starts."""
    alignment = metadata.get("general.alignment", ALIGNMENT)
    out = io.BytesIO()
    out.write(b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(metadata)))
    for key, value in metadata.items():
        out.write(_string(key) + encode_value(value))
    offset = 0
    for tensor in tensors:
        out.write(_string(tensor.name) + struct.pack("<I", len(tensor.shape)))
        out.write(struct.pack(f"<{len(tensor.shape)}Q", *tensor.shape))
        out.write(struct.pack("<IQ", tensor.type, offset))
        offset = _aligned(offset + tensor.nbytes, alignment)
    out.write(b"\0" * (_aligned(out.tell(), alignment) - out.tell()))
    return out.getvalue()


def data_size(tensors: Sequence[TensorSpec], alignment: int = ALIGNMENT) -> int:
    """Bytes of the data section with padding."""
    return sum(_aligned(tensor.nbytes, alignment) for tensor in tensors)


def write_gguf(
    path: Path, metadata: Mapping[str, Any], tensors: Sequence[TensorSpec] = (), *, pad_to: int | None = None
) -> Path:
    """Write a GGUF file; `pad_to` extends it with a hole to at least that many bytes."""
    alignment = metadata.get("general.alignment", ALIGNMENT)
    header = encode_header(metadata, tensors)
    size = len(header) + data_size(tensors, alignment)
    with path.open("wb") as file:
        file.write(header)
        position = len(header)
        for tensor in tensors:
            if tensor.data is not None:
                if len(tensor.data) != tensor.nbytes:
                    raise ValueError(f"{tensor.name}: {len(tensor.data)} bytes given, {tensor.nbytes} needed")
                file.seek(position)
                file.write(tensor.data)
            position = _aligned(position + tensor.nbytes, alignment)
        file.truncate(max(size, pad_to or 0))
    return path


def ghost(path: Path, header: bytes, size: int) -> Path:
    """A file with a real header and a hole for the data: realistic shapes on a few kilobytes of disk."""
    with path.open("wb") as file:
        file.write(header)
        file.truncate(size)
    return path


def ghost_model(path: Path, metadata: Mapping[str, Any], tensors: Sequence[TensorSpec]) -> Path:
    """A `ghost` of exactly the size that its tensors ask for."""
    header = encode_header(metadata, tensors)
    return ghost(path, header, len(header) + data_size(tensors))


def quantize(values: np.ndarray, kind: GGMLType) -> bytes:
    """`values` in the storage type `kind`: F32, F16 or Q8_0."""
    flat = values.astype(np.float32).reshape(-1)
    match kind:
        case GGMLType.F32:
            return flat.tobytes()
        case GGMLType.F16:
            return flat.astype(np.float16).tobytes()
        case GGMLType.Q8_0:
            blocks = flat.reshape(-1, 32)
            scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
            quants = np.round(blocks / np.where(scale == 0, 1, scale)).astype(np.int8)
            packed = np.empty(len(blocks), dtype=[("d", "<f2"), ("q", "i1", 32)])
            packed["d"] = scale[:, 0]
            packed["q"] = quants
            return packed.tobytes()
    raise ValueError(f"this factory does not write {kind.name}")


def _byte_letters() -> list[str]:
    """The printable letter that byte-level BPE uses for each of the 256 bytes (GPT-2's table)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(256, 512))
    return [chr(byte if byte in printable else next(others)) for byte in range(256)]


def tokenizer_metadata(vocab: int | None = None, chat_template: str | None = CHATML) -> dict[str, Any]:
    """A byte-level BPE tokenizer with the ChatML tokens; filled with unused tokens up to `vocab` entries."""
    tokens = [*_byte_letters(), *(merge.replace(" ", "") for merge in MERGES)]
    types = [1] * len(tokens)
    special = len(tokens)
    tokens += SPECIAL
    types += [3] * len(SPECIAL)
    if vocab is not None:
        if vocab < len(tokens):
            raise ValueError(f"the vocabulary needs at least {len(tokens)} entries")
        types += [5] * (vocab - len(tokens))
        tokens += [f"<|unused_{n}|>" for n in range(vocab - len(tokens))]
    metadata: dict[str, Any] = {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": types,
        "tokenizer.ggml.merges": list(MERGES),
        "tokenizer.ggml.bos_token_id": special,
        "tokenizer.ggml.eos_token_id": special + 2,
        "tokenizer.ggml.add_bos_token": False,
    }
    if chat_template is not None:
        metadata["tokenizer.chat_template"] = chat_template
    return metadata


def _llama_shapes(
    arch: str, layers: int, width: int, ffn: int, kv_width: int, head: int, vocab: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "token_embd.weight", (width, vocab)
    for layer in range(layers):
        block = f"blk.{layer}."
        yield block + "attn_norm.weight", (width,)
        yield block + "attn_q.weight", (width, width)
        yield block + "attn_k.weight", (width, kv_width)
        yield block + "attn_v.weight", (width, kv_width)
        if arch == "qwen2":
            yield block + "attn_q.bias", (width,)
            yield block + "attn_k.bias", (kv_width,)
            yield block + "attn_v.bias", (kv_width,)
        if arch == "qwen3":
            yield block + "attn_q_norm.weight", (head,)
            yield block + "attn_k_norm.weight", (head,)
        yield block + "attn_output.weight", (width, width)
        yield block + "ffn_norm.weight", (width,)
        yield block + "ffn_gate.weight", (width, ffn)
        yield block + "ffn_up.weight", (width, ffn)
        yield block + "ffn_down.weight", (ffn, width)
    yield "output_norm.weight", (width,)


def tiny_llama_parts(
    *,
    layers: int = 2,
    width: int = 64,
    vocab: int | None = None,
    quant: Literal["F32", "F16", "Q8_0"] = "F16",
    seed: int = 0,
    context_length: int = 512,
    chat_template: str | None = CHATML,
    arch: Literal["llama", "qwen2", "qwen3"] = "llama",
    name: str = "Tiny",
    extra: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[TensorSpec]]:
    """Metadata and random tensors of a model with 32-wide heads and tied embeddings; `width` is a multiple
    of 32."""
    head = 32
    heads = width // head
    kv_heads = max(1, heads // 2)
    ffn = 2 * width
    tokenizer = tokenizer_metadata(vocab, chat_template)
    metadata: dict[str, Any] = {
        "general.architecture": arch,
        "general.name": name,
        "general.type": "model",
        "general.file_type": {"F32": 0, "F16": 1, "Q8_0": 7}[quant],
        f"{arch}.block_count": layers,
        f"{arch}.context_length": context_length,
        f"{arch}.embedding_length": width,
        f"{arch}.feed_forward_length": ffn,
        f"{arch}.attention.head_count": heads,
        f"{arch}.attention.head_count_kv": kv_heads,
        f"{arch}.attention.key_length": head,
        f"{arch}.attention.value_length": head,
        f"{arch}.attention.layer_norm_rms_epsilon": 1e-5,
        f"{arch}.rope.dimension_count": head,
        f"{arch}.rope.freq_base": 10000.0,
        **tokenizer,
        **(extra or {}),
    }
    random = np.random.default_rng(seed)
    kind = GGMLType[quant]
    tensors = []
    vocab_size = len(tokenizer["tokenizer.ggml.tokens"])
    for tensor, shape in _llama_shapes(arch, layers, width, ffn, kv_heads * head, head, vocab_size):
        small = len(shape) == 1
        values = (
            np.ones(shape) if tensor.endswith("norm.weight") else random.normal(0, 0.4 / width**0.5, shape)
        )
        stored = GGMLType.F32 if small else kind
        tensors.append(TensorSpec(tensor, shape, stored, quantize(values, stored)))
    return metadata, tensors


def tiny_llama(path: Path, **options: Any) -> Path:
    """Write a random model that the engine loads and runs; see `tiny_llama_parts` for the options."""
    return write_gguf(path, *tiny_llama_parts(**options))


def tiny_split(folder: Path, stem: str = "tiny", *, parts: int = 3, **options: Any) -> tuple[Path, ...]:
    """The model of `tiny_llama` in `parts` files ``stem-00001-of-00003.gguf``; metadata only in the first."""
    metadata, tensors = tiny_llama_parts(**options)
    paths = []
    for index in range(parts):
        split = {
            "split.no": Typed(ValueType.UINT16, index),
            "split.count": Typed(ValueType.UINT16, parts),
            "split.tensors.count": Typed(ValueType.INT32, len(tensors)),
        }
        share = tensors[len(tensors) * index // parts : len(tensors) * (index + 1) // parts]
        path = folder / f"{stem}-{index + 1:05d}-of-{parts:05d}.gguf"
        paths.append(write_gguf(path, {**(metadata if index == 0 else {}), **split}, share))
    return tuple(paths)
