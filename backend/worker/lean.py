"""A stand-in for a model file, with its shapes but without its vocabulary and weights.

The engine reads the whole header again for each type that it plans, and nearly all of a header is vocabulary.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from backend.gguf.header import Header
from backend.gguf.types import DEFAULT_ALIGNMENT, MAGIC, SCALAR_FORMAT, Array, Tensor, Value, ValueType

_LEFT_OUT = ("tokenizer.", "split.")


def write_lean(path: Path, headers: Sequence[Header]) -> Path:
    """Write the stand-in for the parts of one model; its weights are a hole that takes no space.

    Raises:
        OSError: It cannot be written.
    """
    first = headers[0]
    keys = b""
    count = 0
    for key, value in first.metadata.items():
        if key.startswith(_LEFT_OUT) or (isinstance(value, Array) and value.raw is None):
            continue
        keys += _text(key) + _value(first.types[key], value)
        count += 1
    if first.n_vocab is not None and (key := first.key("vocab_size")) not in first.metadata:
        keys += _text(key) + _value(ValueType.UINT32, first.n_vocab)  # else it is counted from the vocabulary
        count += 1
    tensors = [tensor for header in headers for tensor in header.tensors]
    table, offset = b"", 0
    for tensor in tensors:
        table += _entry(tensor, offset)
        offset += _padded(tensor.nbytes, first.alignment)
    head = MAGIC + struct.pack("<IQQ", 3, len(tensors), count) + keys + table
    with path.open("wb") as file:
        file.write(head)
        file.truncate(_padded(len(head), first.alignment) + offset)
    return path


def _text(text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return struct.pack("<Q", len(raw)) + raw


def _value(kind: ValueType, value: Value) -> bytes:
    tag = struct.pack("<I", kind)
    if isinstance(value, Array):
        return tag + struct.pack("<IQ", value.type, value.count) + (value.raw or b"")
    if isinstance(value, str):
        return tag + _text(value)
    return tag + struct.pack("<" + SCALAR_FORMAT[kind], value)


def _entry(tensor: Tensor, offset: int) -> bytes:
    shape = struct.pack(f"<I{len(tensor.shape)}Q", len(tensor.shape), *tensor.shape)
    return _text(tensor.name) + shape + struct.pack("<IQ", tensor.type, offset)


def _padded(size: int, alignment: int = DEFAULT_ALIGNMENT) -> int:
    return -(-size // alignment) * alignment
