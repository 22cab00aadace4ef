"""Small GGUF models made on the spot: with random weights, or with weights that play a given script.

Nothing here needs torch or a download. A *scripted* model has zero attention and feed-forward weights: the
residual stream is the embedding of the last token alone, and the output row of a token's successor equals
that embedding. Under greedy sampling it therefore says exactly what the test wrote, one chosen piece per
token.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Quant = Literal["f32", "f16", "q8_0", "q4_0"]
Value = str | int | float | bool | Sequence[str] | Sequence[int]

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

_GGML_TYPE = {"f32": 0, "f16": 1, "q4_0": 2, "q8_0": 8}
_ALIGNMENT = 32
_NORMAL, _CONTROL, _USER_DEFINED = 1, 3, 4
_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def byte_alphabet() -> list[str]:
    """The printable character that GPT-2's byte-level vocabulary uses for each byte 0..255."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, spare = [""] * 256, 256
    for byte in range(256):
        if byte in kept:
            table[byte] = chr(byte)
        else:
            table[byte] = chr(spare)
            spare += 1
    return table


@dataclass(frozen=True, slots=True)
class Shape:
    """Widths of a model. `vocab` is padded with unused tokens up to this size; `window` is for Gemma 3."""

    layers: int = 2
    width: int = 64
    ffn: int = 128
    heads: int = 4
    kv_heads: int = 2
    context: int = 4096
    vocab: int = 0
    window: int = 0

    @property
    def kv_width(self) -> int:
        return self.width // self.heads * self.kv_heads


HUNDRED_MILLION = Shape(layers=12, width=768, ffn=3072, heads=12, kv_heads=4, context=8192, vocab=8192)
"""About 114 million parameters: heavy enough that the arithmetic, not Python, decides the speed."""


def quantize(values: npt.NDArray[np.float32], quant: Quant) -> bytes:
    """Encode a matrix row by row in the block layout of ggml (blocks of 32 along the row)."""
    if quant == "f32":
        return values.astype("<f4").tobytes()
    if quant == "f16":
        return values.astype("<f2").tobytes()
    blocks = values.reshape(-1, 32)
    if quant == "q8_0":
        scale = np.abs(blocks).max(axis=1) / 127.0
        inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
        q = np.rint(blocks * inverse[:, None]).astype("i1")
        packed = np.zeros(len(blocks), dtype=np.dtype([("d", "<f2"), ("q", "i1", 32)]))
        packed["d"], packed["q"] = scale, q
        return packed.tobytes()
    signed = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1)[:, None], axis=1)[:, 0]
    scale = signed / -8.0
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale != 0)
    q4 = np.clip(np.floor(blocks * inverse[:, None] + 8.5), 0, 15).astype("u1")
    packed = np.zeros(len(blocks), dtype=np.dtype([("d", "<f2"), ("q", "u1", 16)]))
    packed["d"], packed["q"] = scale, q4[:, :16] | (q4[:, 16:] << 4)
    return packed.tobytes()


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _string(value)
    if value and isinstance(value[0], int):
        return struct.pack("<IIQ", 9, 5, len(value)) + struct.pack(f"<{len(value)}i", *value)
    return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(_string(str(v)) for v in value)


def _write(
    path: Path,
    metadata: Mapping[str, Value],
    tensors: Mapping[str, tuple[npt.NDArray[np.float32], Quant]],
) -> Path:
    infos, blobs, offset = [], [], 0
    for name, (values, quant) in tensors.items():
        data = quantize(values, quant)
        dims = values.shape[::-1]
        infos.append(
            _string(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, _GGML_TYPE[quant], offset)
        )
        data += bytes(-len(data) % _ALIGNMENT)
        blobs.append(data)
        offset += len(data)
    header = struct.pack("<4sIQQ", b"GGUF", 3, len(infos), len(metadata))
    header += b"".join(_string(key) + _value(value) for key, value in metadata.items()) + b"".join(infos)
    header += bytes(-len(header) % _ALIGNMENT)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header + b"".join(blobs))
    return path


def _vocabulary(pieces: Sequence[str], size: int) -> tuple[list[str], list[int]]:
    alphabet = byte_alphabet()
    tokens = [*alphabet, *_SPECIAL]
    kinds = [_NORMAL] * 256 + [_CONTROL] * len(_SPECIAL)
    for piece in pieces:
        if piece.startswith("<") and piece.endswith(">"):
            tokens.append(piece)
            kinds.append(_USER_DEFINED)
        else:
            tokens.append("".join(alphabet[b] for b in piece.encode()))
            kinds.append(_NORMAL)
    while len(tokens) < size:
        tokens.append(f"<unused{len(tokens)}>")
        kinds.append(_USER_DEFINED)
    return tokens, kinds


def _metadata(
    name: str, shape: Shape, tokens: list[str], kinds: list[int], template: str | None
) -> dict[str, Value]:
    metadata: dict[str, Value] = {
        "general.architecture": "llama",
        "general.name": name,
        "general.alignment": _ALIGNMENT,
        "llama.context_length": shape.context,
        "llama.embedding_length": shape.width,
        "llama.block_count": shape.layers,
        "llama.feed_forward_length": shape.ffn,
        "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.kv_heads,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.freq_base": 10000.0,
        "llama.rope.dimension_count": shape.width // shape.heads,
        "llama.vocab_size": len(tokens),
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.merges": ["Ġ Ġ"],
        "tokenizer.ggml.eos_token_id": tokens.index("<|im_end|>"),
        "tokenizer.ggml.bos_token_id": tokens.index("<|endoftext|>"),
        "tokenizer.ggml.add_bos_token": False,
    }
    if template is not None:
        metadata["tokenizer.chat_template"] = template
    return metadata


Architecture = Literal["llama", "gemma3", "mamba"]


def random_model(
    path: Path,
    *,
    shape: Shape = Shape(),  # frozen
    quant: Quant = "q8_0",
    template: str | None = CHATML,
    seed: int = 7,
    name: str = "Random",
    architecture: Architecture = "llama",
    gain: float = 2.0,
) -> Path:
    """Write a model with random weights. Its text is noise, but it depends on every token of the prompt.

    ``gemma3`` has sliding windows in all layers but every sixth, ``mamba`` only recurrent state.
    """
    rng = np.random.default_rng(seed)
    tokens, kinds = _vocabulary((), shape.vocab)

    def matrix(rows: int, columns: int, gain: float = 1.0) -> tuple[npt.NDArray[np.float32], Quant]:
        return (rng.standard_normal((rows, columns), dtype=np.float32) * (gain / columns**0.5), quant)

    def ones(width: int) -> tuple[npt.NDArray[np.float32], Quant]:
        return (np.ones(width, dtype=np.float32), "f32")

    tensors: dict[str, tuple[npt.NDArray[np.float32], Quant]] = {
        "token_embd.weight": matrix(len(tokens), shape.width, gain=shape.width**0.5),
        "output_norm.weight": ones(shape.width),
        "output.weight": matrix(len(tokens), shape.width, gain=3.0),
    }
    for layer in range(shape.layers):
        prefix = f"blk.{layer}."
        tensors[prefix + "attn_norm.weight"] = ones(shape.width)
        if architecture == "mamba":
            inner, state, rank = 2 * shape.width, 16, 32
            tensors[prefix + "ssm_in.weight"] = matrix(2 * inner, shape.width)
            tensors[prefix + "ssm_conv1d.weight"] = (rng.standard_normal((inner, 4), dtype=np.float32), "f32")
            tensors[prefix + "ssm_conv1d.bias"] = (np.zeros(inner, dtype=np.float32), "f32")
            tensors[prefix + "ssm_x.weight"] = matrix(rank + 2 * state, inner)
            tensors[prefix + "ssm_dt.weight"] = matrix(inner, rank)
            tensors[prefix + "ssm_dt.bias"] = (np.zeros(inner, dtype=np.float32), "f32")
            tensors[prefix + "ssm_a"] = (-np.ones((inner, state), dtype=np.float32), "f32")
            tensors[prefix + "ssm_d"] = ones(inner)
            tensors[prefix + "ssm_out.weight"] = matrix(shape.width, inner)
            continue
        if architecture == "gemma3":
            head = shape.width // shape.heads
            for part, width in (
                ("attn_q_norm", head),
                ("attn_k_norm", head),
                ("post_attention_norm", shape.width),
                ("post_ffw_norm", shape.width),
            ):
                tensors[f"{prefix}{part}.weight"] = ones(width)
        tensors[prefix + "ffn_norm.weight"] = ones(shape.width)
        tensors[prefix + "attn_q.weight"] = matrix(shape.width, shape.width, gain=gain)
        tensors[prefix + "attn_k.weight"] = matrix(shape.kv_width, shape.width, gain=gain)
        tensors[prefix + "attn_v.weight"] = matrix(shape.kv_width, shape.width, gain=gain)
        tensors[prefix + "attn_output.weight"] = matrix(shape.width, shape.width, gain=gain)
        tensors[prefix + "ffn_gate.weight"] = matrix(shape.ffn, shape.width)
        tensors[prefix + "ffn_up.weight"] = matrix(shape.ffn, shape.width)
        tensors[prefix + "ffn_down.weight"] = matrix(shape.width, shape.ffn)
    metadata = _metadata(name, shape, tokens, kinds, template)
    if architecture != "llama":
        metadata = {key.replace("llama.", f"{architecture}."): value for key, value in metadata.items()}
        metadata["general.architecture"] = architecture
    if architecture == "gemma3":
        head = shape.width // shape.heads
        metadata["gemma3.attention.sliding_window"] = shape.window
        metadata["gemma3.attention.key_length"] = metadata["gemma3.attention.value_length"] = head
    if architecture == "mamba":
        metadata["mamba.ssm.conv_kernel"] = 4
        metadata["mamba.ssm.inner_size"] = 2 * shape.width
        metadata["mamba.ssm.state_size"] = 16
        metadata["mamba.ssm.time_step_rank"] = 32
    return _write(path, metadata, tensors)


def scripted_model(
    path: Path,
    script: Sequence[str | bytes],
    *,
    template: str | None = CHATML,
    loop: bool = False,
    name: str = "Scripted",
    ffn: int = 32,
) -> Path:
    """Write a model that answers every prompt ending in a newline with the pieces of `script`, each one
    token.

    Every piece must be unique in the script. Bytes of length one and characters below 128 use the byte
    tokens, longer pieces become tokens of their own; pieces like ``<think>`` become user-defined tokens. With
    `loop` the script starts over instead of ending. A larger `ffn` makes it slower: 8192 are 25 MB to read
    for every token.
    """
    shape = Shape(layers=1, width=512, ffn=ffn, heads=4, kv_heads=4, context=4096)
    extra = [p for p in script if isinstance(p, str) and len(p.encode()) > 1]
    tokens, kinds = _vocabulary(extra, 0)
    alphabet = byte_alphabet()

    def token_of(piece: str | bytes) -> int:
        data = piece.encode() if isinstance(piece, str) else piece
        if isinstance(piece, str) and piece.startswith("<") and piece.endswith(">"):
            return tokens.index(piece)
        return tokens.index("".join(alphabet[b] for b in data))

    chain = [token_of("\n"), *(token_of(piece) for piece in script)]
    if len(set(chain)) != len(chain):
        raise ValueError("pieces of a script must be unique")
    chain.append(chain[1] if loop else tokens.index("<|im_end|>"))
    rng = np.random.default_rng(3)
    embedding = rng.standard_normal((len(tokens), shape.width), dtype=np.float32)
    output = np.zeros((len(tokens), shape.width), dtype=np.float32)
    for current, following in itertools.pairwise(chain):
        output[following] += embedding[current]
    zeros = {
        "attn_q": (shape.width, shape.width),
        "attn_k": (shape.width, shape.width),
        "attn_v": (shape.width, shape.width),
        "attn_output": (shape.width, shape.width),
        "ffn_gate": (shape.ffn, shape.width),
        "ffn_up": (shape.ffn, shape.width),
        "ffn_down": (shape.width, shape.ffn),
    }
    ones = np.ones(shape.width, dtype=np.float32)
    tensors: dict[str, tuple[npt.NDArray[np.float32], Quant]] = {
        "token_embd.weight": (embedding, "f16"),
        "output_norm.weight": (ones, "f32"),
        "output.weight": (output, "f16"),
        "blk.0.attn_norm.weight": (ones, "f32"),
        "blk.0.ffn_norm.weight": (ones, "f32"),
    }
    for part, size in zeros.items():
        tensors[f"blk.0.{part}.weight"] = (np.zeros(size, dtype=np.float32), "f16")
    return _write(path, _metadata(name, shape, tokens, kinds, template), tensors)
