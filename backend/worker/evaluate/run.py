"""A model with one context of one window, through which a text goes piece by piece."""

from __future__ import annotations

import contextlib
import ctypes
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import DeviceMemory, EngineFlags
from backend.worker.evaluate.collect import Collector
from backend.worker.llama.batch import Batch
from backend.worker.llama.cores import physical_cores
from backend.worker.llama.logs import NativeLog, memory_of
from backend.worker.llama.model import Model, engine_error
from backend.worker.llama.offload import layers_of, open_with_most_layers

WINDOW = 512
"""Tokens of a piece, as llama.cpp's own tools take: figures of other windows are not comparable."""
_ANSWER = 32
_FLASH_AUTO = -1
_LEAST_PIECES = 2


class Pass:
    """An open model. Use `opened`.

    Attributes:
        window: `WINDOW`, or less where the model was trained on less.
        first: Place in a window from which on tokens are judged, so that each has some context.
    """

    def __init__(
        self,
        path: Path,
        flags: EngineFlags,
        gpu_layers: int | None,
        log: NativeLog,
        collector: Collector | None,
        on_progress: Callable[[float], None],
    ) -> None:
        self.model = Model(path, flags, gpu_layers, log, on_progress)
        vocab = native.llama_model_get_vocab(self.model.handle)
        if native.llama_vocab_type(vocab) == native.LLAMA_VOCAB_TYPE_NONE:
            self.model.close()
            raise engine_error("inspect.no_tokenizer")
        self._vocab = vocab
        self.window = min(WINDOW, self.model.n_ctx_train or WINDOW)
        self.first = self.window // 2
        params = native.llama_context_default_params()
        params.n_ctx = self.window + _ANSWER
        params.n_batch = params.n_ubatch = self.window
        # The last layer computes only what is wanted: for the sums that is everything.
        params.n_outputs_max = self.window if collector else self.window - self.first
        params.n_threads = params.n_threads_batch = physical_cores()
        params.flash_attn_type = _FLASH_AUTO
        params.swa_full, params.no_perf = False, True
        if collector is not None:
            params.cb_eval = collector.callback
        self._collector = collector
        log.clear()
        self._context = native.llama_init_from_model(self.model.handle, params)
        if not self._context:
            problems = log.problems()
            self.model.close()
            raise engine_error("engine.context_memory", problems, limit=self.window)
        self.memory: tuple[DeviceMemory, ...] = memory_of((*self.model.load_log, *log.lines()))
        self._memory = native.llama_get_memory(self._context)
        self._batch = Batch(self.window)
        bos = native.llama_vocab_bos(vocab)
        self._bos = int(bos) if native.llama_vocab_get_add_bos(vocab) else None

    def close(self) -> None:
        native.llama_free(self._context)
        self.model.close()

    def tokens(self, text: str, most: int) -> array[int]:
        """Whole windows of the text's tokens.

        Raises:
            EngineError: ``lab.text_short``.
        """
        data = text.encode("utf-8", "replace")
        buffer = (ctypes.c_int32 * (len(data) + 8))()
        count = native.llama_tokenize(self._vocab, data, len(data), buffer, len(buffer), True, False)
        if count < 0:
            raise engine_error("engine.tokenize", f"llama_tokenize returned {count}")
        if count < _LEAST_PIECES * self.window:
            raise engine_error("lab.text_short", number=count, limit=_LEAST_PIECES * self.window)
        wanted = max(min(count, most or count), _LEAST_PIECES * self.window)
        return array("i", buffer[: wanted - wanted % self.window])

    def decode(self, tokens: array[int], *, outputs_from: int, at: int = 0) -> None:
        """Evaluate tokens of one sequence from position `at` on, with the outputs from `outputs_from` on.

        Raises:
            EngineError: ``engine.decode``, ``lab.collect``.
        """
        self._batch.clear()
        self._batch.extend(tokens, at, 0, output=True)
        self._batch.want(outputs_from)
        code = self._batch.decode(self._context)
        native.llama_synchronize(self._context)
        if code != 0:
            raise engine_error("engine.decode", f"llama_decode returned {code}")
        if self._collector is not None and self._collector.problem:
            raise engine_error("lab.collect", self._collector.problem)

    def piece(self, tokens: array[int], number: int) -> array[int]:
        """Window `number`, begun as the model expects a text to begin."""
        part = tokens[number * self.window : (number + 1) * self.window]
        if self._bos is not None:
            part[0] = self._bos
        return part

    def forget(self) -> None:
        native.llama_memory_clear(self._memory, True)

    def logits(self, rows: int) -> npt.NDArray[np.float32]:
        """The outputs of the last decode, where the engine has them; valid until the next one."""
        pointer: Any = native.llama_get_logits(self._context)
        return np.ctypeslib.as_array(pointer, (rows, self.model.n_vocab))

    def speeds(self, tokens: array[int]) -> tuple[float, float]:
        """Tokens per second of a prompt of one window, and of an answer after it; a round before warms up."""
        whole = self.piece(tokens, 0)
        one = array("i", [whole[-1]])
        for count in (1, _ANSWER):
            self.forget()
            started = time.perf_counter()
            self.decode(whole, outputs_from=self.window - 1)
            read = time.perf_counter()
            for step in range(count):
                self.decode(one, outputs_from=0, at=self.window + step)
            ended = time.perf_counter()
        return self.window / (read - started), _ANSWER / (ended - read)


@contextlib.contextmanager
def opened(
    path: Path,
    flags: EngineFlags,
    log: NativeLog,
    on_progress: Callable[[float], None],
    collector: Collector | None = None,
) -> Iterator[Pass]:
    """The model with as many layers on the GPU as fit, closed behind the block.

    Raises:
        EngineError: It cannot be opened.
    """
    opened_pass, _layers = open_with_most_layers(
        lambda layers: Pass(path, flags, layers, log, collector, on_progress),
        lambda: layers_of(log.lines()),
    )
    try:
        yield opened_pass
    finally:
        opened_pass.close()
