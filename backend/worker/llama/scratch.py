"""A small context beside the variants, for measurements that must not disturb them."""

from __future__ import annotations

import ctypes
from array import array
from types import TracebackType
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.capacity.types import RunConfig
from backend.worker.llama.batch import Batch
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model, engine_error
from backend.worker.llama.parameters import context_params

CHUNK = 32
"""Most tokens in one decode: answers that are written meanwhile wait for no longer."""


class Scratch:
    """A context that gives the outputs of every token; use it in a ``with`` block.

    Args:
        length: Tokens of each sequence.

    Raises:
        EngineError: ``engine.context_memory``.
    """

    def __init__(self, model: Model, length: int, sequences: int, threads: int, log: NativeLog) -> None:
        self._vocab = model.n_vocab
        batch = min(CHUNK, length)
        run = RunConfig(
            n_ctx=max(1, length) * sequences,
            parallel=sequences,
            n_batch=batch,
            n_ubatch=batch,
            n_outputs_max=batch,
        )
        log.clear()
        self._context = native.llama_init_from_model(model.handle, context_params(run, threads))
        if not self._context:
            raise engine_error("engine.context_memory", log.problems(), limit=length)
        self._batch = Batch(max(batch, sequences))

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        native.llama_free(self._context)

    @property
    def context(self) -> ctypes.c_void_p:
        return self._context  # type: ignore[no-any-return]

    def forget(self) -> None:
        """Empty all sequences."""
        native.llama_memory_clear(native.llama_get_memory(self._context), True)

    def decode(self, tokens: array[int], at: int, seq: int) -> npt.NDArray[np.float32]:
        """The logits behind each of at most `CHUNK` tokens of a sequence from position `at` on; valid until
        the next decode.

        Raises:
            EngineError: ``engine.decode``.
        """
        self._batch.clear()
        self._batch.extend(tokens, at, seq, output=True)
        self._batch.want(0)
        code = self._batch.decode(self._context)
        native.llama_synchronize(self._context)
        if code != 0:
            raise engine_error("engine.decode", f"llama_decode returned {code}")
        pointer: Any = native.llama_get_logits(self._context)
        return np.ctypeslib.as_array(pointer, (len(tokens), self._vocab))
