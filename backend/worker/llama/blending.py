"""Sequences of one context that are each computed with a blend of adapters of their own."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

import llama_cpp.llama_cpp as native
import numpy as np

from backend.worker.llama.adapters import Blend, Held
from backend.worker.llama.batch import Batch
from backend.worker.llama.row_scales import Numbers, RowScales

_PARTLY = -100
"""The code of a decode in which a product did not get its scales; no code of llama.cpp."""


class Blending:
    """Decodes with a blend for each sequence: all of them together, or one blend after the other where the
    rows of a decode cannot have their own.

    Args:
        held: The files that blends may have.
        context: Made with the callback of `rows`.
        token: Something to decode that no model takes for nothing.
    """

    def __init__(
        self, held: Held, context: ctypes.c_void_p, rows: RowScales | None, vocabulary: int, token: int
    ) -> None:
        self._held = held
        self._context = context
        self._now: Blend | None = None
        batch = Batch(1)
        batch.add(token, 0, 0)

        def decode(scales: Sequence[float]) -> Numbers:
            self._apply(tuple((file.key, scale) for file, scale in zip(held.files, scales, strict=True)))
            native.llama_memory_clear(native.llama_get_memory(context), True)
            if batch.decode(context) != 0:
                return np.full(vocabulary, np.nan, np.float32)  # equal to nothing
            native.llama_synchronize(context)
            return np.ctypeslib.as_array(native.llama_get_logits(context), (vocabulary,))

        self._rows = rows if rows is not None and rows.learn(len(held.files), decode) else None
        if self._rows is not None:
            self._apply(tuple((file.key, 1.0) for file in held.files))
        native.llama_memory_clear(native.llama_get_memory(context), True)

    @property
    def together(self) -> bool:
        """Whether a batch may have rows with several blends."""
        return self._rows is not None

    def decode(self, batch: Batch, blends: Sequence[Blend]) -> int:
        """Evaluate `batch`; returns llama.cpp's code. `blends` has one for each sequence of the context."""

        def work() -> int:
            return batch.decode(self._context)

        if self._rows is None:
            return self.alike(blends[batch.sequences()[0]], work)
        scales = np.stack([self._column(blend) for blend in blends], axis=1)[:, batch.sequences()]
        return self._rows.decode(scales, batch.outputs(), work, _PARTLY)

    def alike(self, blend: Blend, work: Callable[[], int]) -> int:
        """Do `work`, whose decodes have `blend` in all rows; returns its code."""
        if self._rows is None:
            if blend != self._now:
                self._apply(blend)
            return work()
        nothing = np.empty(0, np.intp)
        return self._rows.decode(self._column(blend)[:, np.newaxis], nothing, work, _PARTLY)

    def _apply(self, blend: Blend) -> None:
        self._held.apply(self._context, blend)
        self._now = blend

    def _column(self, blend: Blend) -> Numbers:
        scales = dict(blend)
        return np.array([scales.get(file.key, 0.0) for file in self._held.files], np.float32)
