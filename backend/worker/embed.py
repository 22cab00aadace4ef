"""The ``embed`` worker: vectors of texts, with one model that stays open."""

from __future__ import annotations

import base64
import ctypes
import os
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import EngineFlags
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.batch import Batch
from backend.worker.llama.cores import threads_for
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import EngineError, Model, engine_error, reading_s
from backend.worker.llama.offload import layers_of, open_with_most_layers
from backend.worker.serving import Service, WorkerError
from backend.workers.messages_embed import Embed, TextsEmbedded
from backend.workers.protocol import Command, Failure, Report

_LONGEST = 8192
"""Tokens of one text at most: all of a text is computed in one go, and needs memory for that."""
_SMALLEST = 512
"""Tokens that are computed at once; more where a text needs it."""
_LONGEST_TOKEN = 128
"""Characters of text per token beyond which a text is refused uncounted."""
_AT_ONCE = 64
"""Texts that are computed at once."""
_LOAD_S = 20.0
_BATCH_S = 300.0
"""Seconds for one batch of the longest text on a slow processor."""


class EmbedService(Service):
    """Makes vectors of texts with the model of its first request."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()
        self._texts: TextModel | None = None

    def answer(self, command: Command) -> Report:
        if not isinstance(command, Embed):
            raise TypeError(f"the embedding worker does not understand {type(command).__name__}")
        if self._texts is None:
            self._texts = self._open(command)
        elif self._texts.path != Path(command.path):
            raise engine_error("engine.load", "this process has a model already")
        model = self._texts
        with self._pulse.step(_LOAD_S):
            tokens = model.tokens(command.texts, command.first)
        vectors = np.empty((len(tokens), model.width), dtype="<f4")
        for part in batches([len(each) for each in tokens], _AT_ONCE, _SMALLEST):
            with self._pulse.step(_BATCH_S):
                vectors[part] = model.vectors([tokens[i] for i in part])
        return TextsEmbedded(
            command.request,
            base64.b64encode(vectors.tobytes()).decode("ascii"),
            model.width,
            tuple(len(each) for each in tokens),
        )

    def _open(self, command: Embed) -> TextModel:
        try:
            size = os.stat(command.path).st_size  # noqa: PTH116
        except OSError as error:
            raise engine_error("engine.file_missing", str(error)) from error
        with self._pulse.step(_LOAD_S + reading_s(size)):
            model, _layers = open_with_most_layers(
                lambda layers: TextModel(Path(command.path), command.flags, layers, self._log, self._pulse),
                lambda: layers_of(self._log.lines()),
            )
            return model


class TextModel:
    """An open model with a context that pools: one vector for each text.

    Attributes:
        limit: Tokens of one text at most.
        width: Numbers of a vector.
    """

    def __init__(
        self, path: Path, flags: EngineFlags, gpu_layers: int | None, log: NativeLog, pulse: Pulse
    ) -> None:
        self.path = path
        self._log = log
        try:
            self._model = Model(path, flags, gpu_layers, log, lambda _fraction: pulse.tick())
        except EngineError as error:
            if error.failure.code == "engine.not_chat":
                raise WorkerError(Failure("embed.no_vectors")) from error
            raise
        self.limit = min(self._model.n_ctx_train, _LONGEST)
        self.width = int(native.llama_model_n_embd_out(self._model.handle))
        self._threads = threads_for(self._model.weights)
        self._pooling = native.LLAMA_POOLING_TYPE_UNSPECIFIED
        self._context: ctypes.c_void_p | None = None
        self._batch = Batch(0)
        try:
            self._renew(_SMALLEST)
        except WorkerError:
            self._model.close()
            raise

    def tokens(self, texts: Sequence[str], first: int) -> list[array[int]]:
        """The tokens of all texts.

        Raises:
            WorkerError: ``embed.too_long``, ``embed.empty``, with the number of the text, counted from
            `first`.
        """
        found = []
        for number, text in enumerate(texts, first):
            if len(text) > self.limit * _LONGEST_TOKEN:  # not worth the time to tell how many exactly
                raise WorkerError(
                    Failure("embed.too_long", number=len(text) // 4, limit=self.limit, where=str(number))
                )
            tokens = self._model.tokenize(text, add_special=True)
            if not text or not tokens:
                raise WorkerError(Failure("embed.empty", where=str(number)))
            if len(tokens) > self.limit:
                raise WorkerError(
                    Failure("embed.too_long", number=len(tokens), limit=self.limit, where=str(number))
                )
            found.append(tokens)
        return found

    def vectors(self, texts: Sequence[array[int]]) -> npt.NDArray[np.float32]:
        """The vectors of a few texts, computed in one batch, each of length 1.

        Raises:
            WorkerError: ``embed.no_vectors``, ``engine.decode``, ``engine.context_memory``.
        """
        total = sum(map(len, texts))
        if total > self._batch.capacity:
            self._renew(1 << (total - 1).bit_length())
        assert self._context is not None
        if memory := native.llama_get_memory(self._context):  # an encoder has none
            native.llama_memory_clear(memory, False)
        self._batch.clear()
        for seq, tokens in enumerate(texts):
            start = self._batch.rows
            self._batch.extend(tokens, 0, seq, output=False)
            self._batch.want(start)
        code = self._batch.decode(self._context)
        if code != 0:
            raise engine_error("engine.decode", f"llama_decode returned {code}")
        rows = np.empty((len(texts), self.width), dtype=np.float32)
        for seq in range(len(texts)):
            pointer = native.llama_get_embeddings_seq(self._context, seq)
            if not pointer:
                raise WorkerError(Failure("embed.no_vectors"))
            rows[seq] = np.ctypeslib.as_array(pointer, (self.width,))
        if not np.isfinite(rows).all():
            raise engine_error("engine.decode", "a vector has numbers that are not finite")
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _renew(self, capacity: int) -> None:
        """Make a context for so many tokens at once; all of a text has to be in one of its batches."""
        self._close()
        context = self._make(capacity)
        pooling = native.llama_pooling_type(context)
        if pooling == native.LLAMA_POOLING_TYPE_NONE:  # as of chat models
            native.llama_free(context)
            self._pooling = native.LLAMA_POOLING_TYPE_MEAN
            context = self._make(capacity)
        elif pooling == native.LLAMA_POOLING_TYPE_RANK:
            native.llama_free(context)
            raise WorkerError(Failure("embed.no_vectors", "it only ranks texts"))
        self._context = context
        self._batch = Batch(capacity)

    def _make(self, capacity: int) -> ctypes.c_void_p:
        params = native.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = capacity
        params.n_seq_max = _AT_ONCE
        params.n_threads = params.n_threads_batch = self._threads
        params.embeddings = True
        params.pooling_type = self._pooling
        params.kv_unified = True
        self._log.clear()
        context = native.llama_init_from_model(self._model.handle, params)
        if not context:
            raise engine_error("engine.context_memory", self._log.problems(), limit=capacity)
        return context  # type: ignore[no-any-return]

    def _close(self) -> None:
        if self._context is not None:
            native.llama_free(self._context)
            self._context = None
            self._batch = Batch(0)


def batches(lengths: Sequence[int], most: int, room: int) -> Iterator[list[int]]:
    """Indices of texts that are computed together: at most `most`, and no more than `room` tokens unless a
    text alone has more. Alike texts come together, so that a long one does not go alone needlessly.
    """
    part: list[int] = []
    total = 0
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if part and (len(part) == most or total + lengths[index] > room):
            yield part
            part, total = [], 0
        part.append(index)
        total += lengths[index]
    if part:
        yield part
