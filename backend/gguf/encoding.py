"""Keys, values and tensor entries as the bytes of a GGUF header of version 3."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from backend.gguf.types import (
    DEFAULT_ALIGNMENT,
    MAGIC,
    SCALAR_FORMAT,
    Array,
    Tensor,
    Value,
    ValueType,
)


def preamble(tensors: int, keys: int) -> bytes:
    """What stands before the keys of a file with so many tensors and keys."""
    return MAGIC + struct.pack("<IQQ", 3, tensors, keys)


def key_value(key: str, kind: ValueType, value: Value) -> bytes:
    """A key and its value. An array must have kept its elements."""
    return _text(key) + struct.pack("<I", kind) + _value(kind, value)


def texts(items: Iterable[str]) -> Array:
    """`items` as the value of a key."""
    raw = [_text(item) for item in items]
    return Array(ValueType.STRING, len(raw), b"".join(raw))


def tensor_entry(tensor: Tensor, offset: int) -> bytes:
    """The row of `tensor` in the table; its data begins `offset` bytes behind the start of all data."""
    shape = struct.pack(f"<I{len(tensor.shape)}Q", len(tensor.shape), *tensor.shape)
    return _text(tensor.name) + shape + struct.pack("<IQ", tensor.type, offset)


def padded(size: int, alignment: int = DEFAULT_ALIGNMENT) -> int:
    """`size` up to the next multiple of `alignment`."""
    return -(-size // alignment) * alignment


def _text(text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return struct.pack("<Q", len(raw)) + raw


def _value(kind: ValueType, value: Value) -> bytes:
    if isinstance(value, Array):
        return struct.pack("<IQ", value.type, value.count) + (value.raw or b"")
    if isinstance(value, str):
        return _text(value)
    return struct.pack("<" + SCALAR_FORMAT[kind], value)
