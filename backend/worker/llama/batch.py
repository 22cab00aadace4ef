"""One reusable batch of tokens for several sequences, over arrays that are allocated once."""

from __future__ import annotations

import ctypes
from array import array

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

_INT = ctypes.sizeof(ctypes.c_int32)


class Batch:
    """Up to `capacity` tokens for one decode."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.rows = 0
        self._token = (ctypes.c_int32 * capacity)()
        self._pos = (ctypes.c_int32 * capacity)()
        self._wanted = (ctypes.c_int8 * capacity)()
        self._seq = (ctypes.c_int32 * capacity)()
        self._seq_count = (ctypes.c_int32 * capacity)(*([1] * capacity))
        pointer = ctypes.POINTER(ctypes.c_int32)
        base = ctypes.addressof(self._seq)
        self._seq_at = (pointer * capacity)(
            *(ctypes.cast(base + row * _INT, pointer) for row in range(capacity))
        )
        self._native = native.llama_batch(
            n_tokens=0,
            token=ctypes.cast(self._token, pointer),
            embd=None,
            pos=ctypes.cast(self._pos, pointer),
            n_seq_id=ctypes.cast(self._seq_count, pointer),
            seq_id=ctypes.cast(self._seq_at, ctypes.POINTER(pointer)),
            logits=ctypes.cast(self._wanted, ctypes.POINTER(ctypes.c_int8)),
        )

    def clear(self) -> None:
        self.rows = 0

    def add(self, token: int, pos: int, seq: int) -> int:
        """Append one token whose output is wanted; return its row."""
        row = self.rows
        self._token[row] = token
        self._pos[row] = pos
        self._seq[row] = seq
        self._wanted[row] = 1
        self.rows = row + 1
        return row

    def extend(self, tokens: array[int], pos: int, seq: int, *, output: bool) -> int:
        """Append consecutive tokens of one sequence; with `output` the last one's is wanted. Return the last
        row.
        """
        start, count = self.rows, len(tokens)
        end = start + count
        if end > self.capacity:
            raise ValueError(f"batch of {self.capacity} tokens is full")
        for target, values in (
            (self._token, tokens),
            (self._pos, array("i", range(pos, pos + count))),
            (self._seq, array("i", [seq]) * count),
        ):
            ctypes.memmove(ctypes.byref(target, start * _INT), values.buffer_info()[0], count * _INT)
        ctypes.memset(ctypes.byref(self._wanted, start), 0, count)
        if output:
            self._wanted[end - 1] = 1
        self.rows = end
        return end - 1

    def want(self, start: int) -> None:
        """The outputs of the rows from `start` on are wanted too."""
        ctypes.memset(ctypes.byref(self._wanted, start), 1, self.rows - start)

    def sequences(self) -> npt.NDArray[np.int32]:
        """The sequence of each row; valid until the batch changes."""
        return np.ctypeslib.as_array(self._seq)[: self.rows]

    def outputs(self) -> npt.NDArray[np.intp]:
        """The rows whose outputs are wanted."""
        return np.flatnonzero(np.ctypeslib.as_array(self._wanted)[: self.rows])

    def decode(self, context: ctypes.c_void_p) -> int:
        """Evaluate the batch; returns llama.cpp's code: 0 done, 1 memory full, 2 aborted, negative failed."""
        self._native.n_tokens = self.rows
        return int(native.llama_decode(context, self._native))
