"""The original's probabilities on disk, two bytes for each token of the vocabulary.

Half precision would be too coarse (0.008 at a log-probability of -10). As in llama.cpp, a row is stored in
65535 equal steps between its largest and its smallest logit; here over at most 32 nats instead of 16, and the
row is made to sum to one again when it is read, so that a divergence is never negative.
"""

from __future__ import annotations

import zlib
from array import array
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_STEPS = 65535
_RANGE = 32.0
_HEAD = np.dtype([("magic", "S8"), ("vocab", "<i8"), ("text", "<u4"), ("rows", "<u4")])
_MAGIC = b"logprob1"


def row_type(vocab: int) -> np.dtype[Any]:
    return np.dtype([("scale", "<f4"), ("top", "<i4"), ("steps", "<u2", (vocab,))])


def base_bytes(rows: int, vocab: int) -> int:
    """Size of the file."""
    return _HEAD.itemsize + rows * row_type(vocab).itemsize


class BaseWriter:
    """Use it as a context. Raises `OSError` where the disk is full."""

    def __init__(self, path: Path, vocab: int, tokens: array[int], rows: int) -> None:
        self._row = row_type(vocab)
        self._file = path.open("wb")
        self._file.write(np.array([(_MAGIC, vocab, _sum(tokens), rows)], _HEAD).tobytes())

    def write(self, logits: npt.NDArray[np.float32]) -> None:
        """Append rows of logits."""
        rows = np.empty(len(logits), self._row)
        top = logits.max(axis=1, keepdims=True)
        low = np.maximum(logits.min(axis=1, keepdims=True), top - _RANGE)
        scale = np.maximum((top - low) / _STEPS, np.float32(1e-12))
        rows["scale"], rows["top"] = scale[:, 0], logits.argmax(axis=1)
        rows["steps"] = np.rint(np.clip((top - logits) / scale, 0, _STEPS))
        self._file.write(rows.tobytes())

    def __enter__(self) -> BaseWriter:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


class BaseReader:
    """Raises:
    ValueError: It is of another vocabulary or text."""

    def __init__(self, path: Path, vocab: int, tokens: array[int], rows: int) -> None:
        head = np.fromfile(path, _HEAD, 1)
        expected = np.array([(_MAGIC, vocab, _sum(tokens), rows)], _HEAD)
        if len(head) != 1 or head.tobytes() != expected.tobytes():
            raise ValueError("the original's probabilities are of another text or vocabulary")
        self._rows = np.memmap(path, row_type(vocab), "r", _HEAD.itemsize, (rows,))

    def rows(self, start: int, count: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
        """Log-probabilities (up to rounding) and the most likely token of each row."""
        part = self._rows[start : start + count]
        logits = part["steps"].astype(np.float32)
        logits *= -part["scale"][:, None]
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True, dtype=np.float64)).astype(np.float32)
        return logits, part["top"]


def _sum(tokens: array[int]) -> int:
    return zlib.crc32(tokens.tobytes())
