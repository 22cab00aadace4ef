"""The headers of safetensors files, with every offset held against the size of the file."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository, parse_object

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
_MOST_HEADER = 64 << 20
_MOST_TENSORS = 200_000
_MOST_FILES = 2_000
_WIDTH = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"), 1),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 2),
    **dict.fromkeys(("I32", "U32", "F32"), 4),
    **dict.fromkeys(("I64", "U64", "F64"), 8),
}
"""Bytes of one element."""


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


def find_tensors(repository: Repository) -> dict[str, Stored]:
    """All tensors of the repository by name.

    Raises:
        Refusal: There are none, files are missing, or one of them is damaged.
    """
    if SINGLE in repository.names:
        return read_header(repository, SINGLE)
    index = repository.json(INDEX, _MOST_HEADER)
    if index is None:
        others = sorted(name for name in repository.names if name.endswith(".safetensors"))
        if others:
            refuse("missing_file", INDEX, f"needed for {', '.join(others)[:300]}")
        refuse("pickle" if repository.has_pickles else "no_weights", SINGLE)
    return _by_index(repository, index)


def _by_index(repository: Repository, index: Mapping[str, Any]) -> dict[str, Stored]:
    where = index.get("weight_map")
    if not isinstance(where, dict) or not where or not all(isinstance(name, str) for name in where.values()):
        refuse("unreadable", f"{INDEX}: weight_map", "an object of file names expected")
    files = sorted(set(where.values()))
    if len(files) > _MOST_FILES:
        refuse("unreadable", f"{INDEX}: weight_map", f"{len(files)} files")
    for name in files:
        if not name.endswith(".safetensors"):
            refuse("pickle", name)
    found: dict[str, Stored] = {}
    for name in files:
        if name not in repository.names and "/" not in name and "\\" not in name:
            refuse("missing_file", name, f"named by {INDEX}")
        for tensor in read_header(repository, name).values():
            if where.get(tensor.name) != name:
                refuse("weights", f"{name}: {tensor.name}", f"{INDEX} does not name this file for it")
            found[tensor.name] = tensor
    missing = sorted(where.keys() - found.keys())
    if missing:
        refuse("weights", f"{where[missing[0]]}: {missing[0]}", f"in {INDEX}, but not in the file")
    return found


def read_header(repository: Repository, name: str) -> dict[str, Stored]:
    """The tensors of one file.

    Raises:
        Refusal: ``weights``: damaged, cut off, or not what safetensors allows.
    """
    with repository.open(name) as file:
        size = os.fstat(file.fileno()).st_size
        header, begin = _header(file, name, size)
    entries = [(key, value) for key, value in header.items() if key != "__metadata__"]
    if len(entries) > _MOST_TENSORS:
        refuse("weights", name, f"{len(entries)} tensors")
    tensors = [_entry(name, key, value, begin) for key, value in entries]
    end = begin
    for tensor in sorted(tensors, key=lambda tensor: tensor.start):
        if tensor.start != end:
            refuse("weights", f"{name}: {tensor.name}", "data_offsets overlap or leave a gap")
        end = tensor.start + tensor.size
    if end != size:
        refuse("weights", name, f"{size} bytes, but its header describes {end}")
    return {tensor.name: tensor for tensor in tensors}


def _header(file: BinaryIO, name: str, size: int) -> tuple[Mapping[str, Any], int]:
    first = file.read(8)
    if len(first) < 8:
        refuse("weights", name, "shorter than its header")
    (length,) = struct.unpack("<Q", first)
    if length > min(size - 8, _MOST_HEADER):
        refuse("weights", name, f"a header of {length} bytes in a file of {size}")
    return parse_object(file.read(length), name), 8 + length


def _entry(file: str, name: str, value: object, begin: int) -> Stored:
    where = f"{file}: {name[:200]}"
    if not isinstance(value, dict):
        refuse("weights", where, "an object expected")
    dtype, shape, offsets = value.get("dtype"), value.get("shape"), value.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in _WIDTH:
        refuse("dtype", where, f"dtype {dtype!r:.60}")
    if not isinstance(shape, list) or len(shape) > 8 or not all(map(_is_count, shape)):
        refuse("weights", where, f"shape {shape!r:.100}")
    if not isinstance(offsets, list) or len(offsets) != 2 or not all(map(_is_count, offsets)):
        refuse("weights", where, f"data_offsets {offsets!r:.100}")
    size = math.prod(shape) * _WIDTH[dtype]
    if offsets[1] - offsets[0] != size:
        refuse(
            "weights", where, f"shape and data_offsets disagree: {size} and {offsets[1] - offsets[0]} bytes"
        )
    return Stored(name, file, dtype, tuple(shape), begin + offsets[0], size)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**48
