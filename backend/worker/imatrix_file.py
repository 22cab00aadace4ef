"""An importance matrix from its file, in the form that the engine takes.

The arithmetic is that of llama.cpp's own tool, in single precision, so that the same file gives the same
weights, bit for bit.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.gguf.header import Header
from backend.gguf.types import GGMLType, Tensor

_SUMS, _COUNTS = ".in_sum2", ".counts"
_LONGEST = 127
"""Bytes that the engine keeps of a text in its list of overrides."""
_INT, _STR = 0, 3
"""Kinds of `llama_model_kv_override`."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Importance per column by name of the tensor; experts one after the other. `dataset` names the text."""

    name: str
    dataset: str
    chunks: int
    entries: dict[str, npt.NDArray[np.float32]]


def read_matrix(path: Path, header: Header) -> Matrix:
    """The matrix in the file at `path`, whose header was read before.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no importance matrix.
    """
    tensors = {tensor.name: tensor for tensor in header.tensors}
    data = np.memmap(path, np.uint8, "r")

    def floats(tensor: Tensor) -> npt.NDArray[np.float32]:
        if tensor.type is not GGMLType.F32:
            raise ValueError(f"{tensor.name} is not F32")
        start = header.data_offset + tensor.offset
        return np.frombuffer(data[start : start + tensor.nbytes].tobytes(), "<f4")

    entries = {}
    for name, tensor in tensors.items():
        if not name.endswith(_SUMS):
            continue
        plain = name.removesuffix(_SUMS)
        counts = tensors.get(plain + _COUNTS)
        if counts is None:
            raise ValueError(f"{plain} has no counts")
        entries[plain] = _means(plain, floats(tensor), floats(counts))
    if not entries:
        raise ValueError("there are no importance values in it")
    datasets = header.array("imatrix.datasets")
    chunks = header.integer("imatrix.chunk_count")
    if datasets is None or chunks is None or header.integer("imatrix.chunk_size") is None:
        raise ValueError("it does not say what it was computed from")
    first = next(iter(datasets), "") if datasets.raw is not None else ""
    return Matrix(path.name, str(first), chunks, entries)


def _means(
    name: str, sums: npt.NDArray[np.float32], counts: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    if not counts.size or not sums.size or sums.size % counts.size:
        raise ValueError(f"{name} has {sums.size} sums and {counts.size} counts")
    if not (np.isfinite(sums).all() and np.isfinite(counts).all()):
        raise ValueError(f"{name} has values that are no numbers")
    if (sums < 0).any():
        raise ValueError(f"{name} has sums of squares below zero")
    rounded = np.trunc(counts + np.copysign(np.float32(0.5), counts)).reshape(-1, 1)
    table = sums.reshape(counts.size, -1)
    # An expert that was never asked is as important as any other.
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(rounded > 0, table / rounded, np.float32(1))
    return np.ascontiguousarray(means.reshape(-1), np.float32)


class NativeMatrix:
    """`Matrix` as the engine's structures, and what the engine writes about it into the file. Keep it until
    the engine is done."""

    def __init__(self, matrix: Matrix) -> None:
        count = len(matrix.entries)
        self.data = (native.llama_model_imatrix_data * (count + 1))()
        self._kept = [(name.encode(), values) for name, values in matrix.entries.items()]
        for item, (name, values) in zip(self.data, self._kept, strict=False):
            item.name = name
            item.data = values.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
            item.size = values.size
        self.data[count].name = None
        facts: list[tuple[str, str | int]] = [("file", matrix.name)]
        if matrix.dataset:
            facts.append(("dataset", matrix.dataset))
        facts.append(("entries_count", count))
        if matrix.chunks > 0:
            facts.append(("chunks_count", matrix.chunks))
        self.facts = (native.llama_model_kv_override * (len(facts) + 1))()
        for override, (key, value) in zip(self.facts, facts, strict=False):
            override.key = f"quantize.imatrix.{key}".encode()
            if isinstance(value, str):
                override.tag = _STR
                override.value.val_str = value.encode()[:_LONGEST]
            else:
                override.tag = _INT
                override.value.val_i64 = value
