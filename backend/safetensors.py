"""The headers of safetensors files, with every offset held against the size of the file.

Both the worker that converts and the check of adapters read them; each says in its own way what is wrong.
"""

from __future__ import annotations

import json
import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

MOST_HEADER = 64 << 20
_MOST_TENSORS = 200_000
_WIDTH = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"), 1),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 2),
    **dict.fromkeys(("I32", "U32", "F32"), 4),
    **dict.fromkeys(("I64", "U64", "F64"), 8),
}
"""Bytes of one element."""


class DamagedError(Exception):
    """A file is not what it should be.

    Attributes:
        code: ``weights`` (offsets and sizes), ``dtype`` (an unknown type) or ``unreadable`` (no JSON object).
        where: The file and the tensor in it.
        detail: What is wrong.
    """

    def __init__(self, code: str, where: str, detail: str) -> None:
        super().__init__(code, where, detail)
        self.code = code
        self.where = where
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the numbers of a tensor lie.

    Attributes:
        file: Name of the file in the repository.
        dtype: As safetensors writes it: ``F32``, ``BF16``.
        start: Offset in the file; `size` bytes from there belong to it.
    """

    name: str
    file: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    size: int


def read_tensors(file: BinaryIO, name: str) -> dict[str, Stored]:
    """The tensors of the open file `name`.

    Raises:
        DamagedError: It is damaged, cut off, or not what safetensors allows.
    """
    size = os.fstat(file.fileno()).st_size
    header, begin = _header(file, name, size)
    entries = [(key, value) for key, value in header.items() if key != "__metadata__"]
    if len(entries) > _MOST_TENSORS:
        raise DamagedError("weights", name, f"{len(entries)} tensors")
    tensors = [_entry(name, key, value, begin) for key, value in entries]
    end = begin
    for tensor in sorted(tensors, key=lambda tensor: tensor.start):
        if tensor.start != end:
            raise DamagedError("weights", f"{name}: {tensor.name}", "data_offsets overlap or leave a gap")
        end = tensor.start + tensor.size
    if end != size:
        raise DamagedError("weights", name, f"{size} bytes, but its header describes {end}")
    return {tensor.name: tensor for tensor in tensors}


def json_object(data: bytes, name: str) -> Mapping[str, Any]:
    """`data` as one JSON object; `name` is the file for the message.

    Raises:
        DamagedError: ``unreadable``: it is none, or nested too deeply.
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise DamagedError("unreadable", name, str(error)[:500]) from error
    if not isinstance(value, dict):
        raise DamagedError("unreadable", name, "not a JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _header(file: BinaryIO, name: str, size: int) -> tuple[Mapping[str, Any], int]:
    first = file.read(8)
    if len(first) < 8:
        raise DamagedError("weights", name, "shorter than its header")
    (length,) = struct.unpack("<Q", first)
    if length > min(size - 8, MOST_HEADER):
        raise DamagedError("weights", name, f"a header of {length} bytes in a file of {size}")
    return json_object(file.read(length), name), 8 + length


def _entry(file: str, name: str, value: object, begin: int) -> Stored:
    where = f"{file}: {name[:200]}"
    if not isinstance(value, dict):
        raise DamagedError("weights", where, "an object expected")
    dtype, shape, offsets = value.get("dtype"), value.get("shape"), value.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in _WIDTH:
        raise DamagedError("dtype", where, f"dtype {dtype!r:.60}")
    if not isinstance(shape, list) or len(shape) > 8 or not all(map(_is_count, shape)):
        raise DamagedError("weights", where, f"shape {shape!r:.100}")
    if not isinstance(offsets, list) or len(offsets) != 2 or not all(map(_is_count, offsets)):
        raise DamagedError("weights", where, f"data_offsets {offsets!r:.100}")
    size = math.prod(shape) * _WIDTH[dtype]
    if offsets[1] - offsets[0] != size:
        raise DamagedError(
            "weights", where, f"shape and data_offsets disagree: {size} and {offsets[1] - offsets[0]} bytes"
        )
    return Stored(name, file, dtype, tuple(shape), begin + offsets[0], size)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**48
