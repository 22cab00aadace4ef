"""Reads the numbers of tensors in pieces, and turns them into the types of GGUF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import gguf
import numpy as np

from backend.worker.convert.refusal import refuse
from backend.worker.convert.tensors import Matched

PIECE = 4 << 20
"""Numbers that are held in memory at once, where rows and heads are not larger than that."""

TYPES = {
    "F32": gguf.GGMLQuantizationType.F32,
    "F16": gguf.GGMLQuantizationType.F16,
    "BF16": gguf.GGMLQuantizationType.BF16,
    "Q8_0": gguf.GGMLQuantizationType.Q8_0,
}
_LARGEST = {
    TYPES["F32"]: 3.4028235e38,
    TYPES["F16"]: 65_504.0,
    TYPES["BF16"]: 3.3895e38,
    TYPES["Q8_0"]: 65_504.0 * 127,
}


def target_type(matched: Matched, wish: str) -> gguf.GGMLQuantizationType:
    """The type that llama.cpp's own converter gives this tensor: vectors and norms stay F32, and rows that do
    not divide into blocks become F16.
    """
    shape = matched.wanted.shape
    if len(shape) == 1 or wish == "F32":
        return TYPES["F32"]
    if wish == "Q8_0" and shape[-1] % gguf.GGML_QUANT_SIZES[TYPES["Q8_0"]][0]:
        return TYPES["F16"]
    return TYPES[wish]


def pieces(
    matched: Matched, file: BinaryIO, kind: gguf.GGMLQuantizationType
) -> Iterator[tuple[np.ndarray, int]]:
    """The tensor in its final type, whole rows at a time, each with how many stored bytes it was.

    Raises:
        Refusal: ``numbers``: some are not finite, or too large for the type; or the file was cut off.
    """
    wanted, stored = matched.wanted, matched.stored
    rows = wanted.shape[0]
    columns = wanted.shape[1] if len(wanted.shape) > 1 else 1
    unit = rows // wanted.heads if wanted.heads else 1
    step = max(PIECE // max(columns * unit, 1), 1) * unit
    width = stored.size // (rows * columns)
    where = f"{stored.file}: {stored.name}"
    file.seek(stored.start)
    for first in range(0, rows, step):
        count = min(step, rows - first)
        data = file.read(count * columns * width)
        if len(data) != count * columns * width:
            refuse("weights", where, "the file became shorter")
        values = _floats(data, stored.dtype).reshape(count, columns)
        if wanted.heads:
            halves = values.reshape(count // unit, 2, unit // 2, columns)
            values = halves.swapaxes(1, 2).reshape(count, columns)
        if wanted.factor != 1.0:
            values = values * np.float32(wanted.factor)
        if wanted.shift:
            values = values + np.float32(wanted.shift)
        largest = max(float(values.max()), -float(values.min()))
        if not largest <= _LARGEST[kind]:  # also where it is not a number
            refuse("numbers", where, f"{largest:g} has no place in {kind.name}")
        yield (
            gguf.quants.quantize(values if len(wanted.shape) > 1 else values.reshape(count), kind),
            len(data),
        )


def _floats(data: bytes, dtype: str) -> np.ndarray:
    if dtype == "BF16":
        return (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32)
    return np.frombuffer(data, "<f4" if dtype == "F32" else "<f2").astype(np.float32)
