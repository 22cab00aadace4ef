"""Sums of squared activations by column of each weight, and llama.cpp's file for them.

The same sums as ``llama-imatrix`` makes: of all matrix multiplications of the blocks, the output layer left
out; for a mixture of experts by expert.
"""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.gguf.types import DEFAULT_ALIGNMENT, MAGIC, GGMLType, ValueType
from backend.worker.evaluate.tensors import F32, I32, MUL_MAT, MUL_MAT_ID, NativeTensor, copy, weight_name

_LEAST_ROWS = 16
"""llama-imatrix leaves out smaller batches."""


class Collector:
    """Listens to the engine while it computes. Keep it as long as the context lives.

    Attributes:
        sums, counts: By name of the weight: one row for each expert.
        problem: Why the sums are worth nothing; empty while they are good. An exception cannot leave a
            callback, so it is kept here.
    """

    def __init__(self) -> None:
        self.sums: dict[str, npt.NDArray[np.float64]] = {}
        self.counts: dict[str, npt.NDArray[np.int64]] = {}
        self.problem = ""
        self.callback = native.ggml_backend_sched_eval_callback(self._visit)

    def _visit(self, address: int, ask: bool, _data: object) -> bool:
        if self.problem:
            return False
        tensor = ctypes.cast(address, ctypes.POINTER(NativeTensor)).contents
        if ask:
            return self._wanted(tensor)
        try:
            self._collect(tensor)
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"
        return not self.problem

    @staticmethod
    def _wanted(tensor: NativeTensor) -> bool:
        if tensor.op not in (MUL_MAT, MUL_MAT_ID):
            return False
        inputs = tensor.src[1].contents
        if inputs.type != F32 or not weight_name(tensor.src[0].contents).startswith("blk."):
            return False
        return bool(tensor.op == MUL_MAT_ID or inputs.ne[1] >= _LEAST_ROWS)

    def _collect(self, tensor: NativeTensor) -> None:
        weight, inputs = tensor.src[0].contents, tensor.src[1].contents
        name = weight_name(weight)
        values = copy(inputs, np.float32)
        if tensor.op == MUL_MAT_ID:
            self._experts(name, values[0], copy_ids(tensor.src[2].contents), int(weight.ne[2]))
            return
        matrices = int(weight.ne[2] * weight.ne[3])
        squares = np.einsum("abij,abij->abj", values, values)
        sums = self._sums(name, matrices, values.shape[3])
        for outer in range(values.shape[0]):
            for inner in range(values.shape[1]):
                at = (outer % weight.ne[3]) * weight.ne[2] + inner % weight.ne[2]
                sums[at] += squares[outer, inner]
        rows = int(np.prod(values.shape[:3])) // matrices
        self.counts.setdefault(name, np.zeros(1, np.int64))[:] += rows

    def _experts(self, name: str, values: npt.NDArray[Any], chosen: npt.NDArray[Any], experts: int) -> None:
        """`values` by token, place and column; `chosen` the expert by token and place."""
        if chosen.min() < 0 or chosen.max() >= experts:
            raise ValueError(f"{name}: an expert that does not exist")
        sums = self._sums(name, experts, values.shape[2])
        counts = self.counts.setdefault(name, np.zeros(experts, np.int64))
        for expert in np.unique(chosen):
            tokens, places = np.nonzero(chosen == expert)
            rows = values[tokens, places % values.shape[1]]
            sums[expert] += np.einsum("ij,ij->j", rows, rows)
            counts[expert] += len(tokens)

    def _sums(self, name: str, rows: int, columns: int) -> npt.NDArray[np.float64]:
        sums = self.sums.setdefault(name, np.zeros((rows, columns)))
        if sums.shape != (rows, columns):
            raise ValueError(f"{name}: {sums.shape} before, now {(rows, columns)}")
        return sums


def copy_ids(tensor: NativeTensor) -> npt.NDArray[Any]:
    """Which experts were chosen: by token and place."""
    if tensor.type != I32:
        raise ValueError("experts are not numbered by integers")
    ids: npt.NDArray[Any] = copy(tensor, np.int32)[0, 0]
    return ids


def write_imatrix(path: Path, collector: Collector, *, dataset: str, chunks: int, chunk_size: int) -> None:
    """Write the sums as llama.cpp's GGUF importance matrix.

    Raises:
        OSError: It cannot be written.
    """
    tensors: list[tuple[str, npt.NDArray[np.float32]]] = []
    for name in sorted(collector.sums):
        counts = collector.counts[name].astype("<f4").reshape(-1, 1)
        sums = collector.sums[name].astype("<f4").reshape(len(counts), -1)
        tensors += [(f"{name}.in_sum2", sums), (f"{name}.counts", counts)]
    keys = [
        _text("general.type") + struct.pack("<I", ValueType.STRING) + _text("imatrix"),
        _text("imatrix.datasets")
        + struct.pack("<IIQ", ValueType.ARRAY, ValueType.STRING, 1)
        + _text(dataset),
        _text("imatrix.chunk_count") + struct.pack("<II", ValueType.UINT32, chunks),
        _text("imatrix.chunk_size") + struct.pack("<II", ValueType.UINT32, chunk_size),
    ]
    table, offset = b"", 0
    for name, values in tensors:
        rows, columns = values.shape
        table += _text(name) + struct.pack("<IQQIQ", 2, columns, rows, GGMLType.F32, offset)
        offset += _padded(values.nbytes)
    head = MAGIC + struct.pack("<IQQ", 3, len(tensors), len(keys)) + b"".join(keys) + table
    with path.open("wb") as file:
        file.write(head.ljust(_padded(len(head)), b"\0"))
        for _name, values in tensors:
            file.write(values.tobytes().ljust(_padded(values.nbytes), b"\0"))


def _text(text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return struct.pack("<Q", len(raw)) + raw


def _padded(size: int) -> int:
    return -(-size // DEFAULT_ALIGNMENT) * DEFAULT_ALIGNMENT
