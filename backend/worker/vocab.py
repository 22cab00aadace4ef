"""The worker that opens nothing but the vocabulary of a model, and turns texts into tokens with it.

Vocabularies come from untrusted files, and some of them abort the native library: then this process is all
that is lost.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import llama_cpp.llama_cpp as native

from backend.inspect.types import Token, TokenKind
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import engine_error, load_failure, reading_s
from backend.worker.serving import Service
from backend.workers.protocol import Command, Report, Tokenize, Tokenized

_OPEN_S = 20.0
_TOKENIZE_S = 8.0
_SLOWEST = 20_000
"""Bytes of text per second below which tokenizing counts as hanging."""
_KINDS = (
    (native.LLAMA_TOKEN_ATTR_CONTROL, TokenKind.CONTROL),
    (native.LLAMA_TOKEN_ATTR_BYTE, TokenKind.BYTE),
    (native.LLAMA_TOKEN_ATTR_UNKNOWN, TokenKind.UNKNOWN),
    (native.LLAMA_TOKEN_ATTR_USER_DEFINED, TokenKind.USER_DEFINED),
    (native.LLAMA_TOKEN_ATTR_UNUSED, TokenKind.UNUSED),
)


class Vocabulary:
    """The vocabulary of one file; no weights are read.

    Raises:
        EngineError: The file cannot be opened, or has no tokenizer.
    """

    def __init__(self, path: Path, log: NativeLog) -> None:
        params = native.llama_model_default_params()
        params.vocab_only = True
        params.n_gpu_layers = 0
        params.use_extra_bufts = False
        log.clear()
        self._model = native.llama_model_load_from_file(os.fsencode(path), params)
        if not self._model:
            raise load_failure(log.problems())
        self._vocab = native.llama_model_get_vocab(self._model)
        if native.llama_vocab_type(self._vocab) == native.LLAMA_VOCAB_TYPE_NONE:
            raise engine_error("inspect.no_tokenizer")
        self._buffer = ctypes.create_string_buffer(512)
        self._known: dict[int, Token] = {}

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of `text`; special tokens that are written out in it count as such."""
        data = text.encode("utf-8", "replace")
        size = len(data) + 8
        tokens = (ctypes.c_int32 * size)()
        count = native.llama_tokenize(self._vocab, data, len(data), tokens, size, False, True)
        if count < 0:
            raise engine_error("engine.tokenize", f"llama_tokenize returned {count}")
        return tuple(self._token(number) for number in tokens[:count])

    def _token(self, number: int) -> Token:
        token = self._known.get(number)
        if token is None:
            piece = self._piece(number)
            attributes = native.llama_vocab_get_attr(self._vocab, number)
            kind = next((kind for bit, kind in _KINDS if attributes & bit), TokenKind.NORMAL)
            token = Token(number, piece.decode("utf-8", "surrogateescape"), len(piece), kind)
            self._known[number] = token
        return token

    def _piece(self, number: int) -> bytes:
        length = native.llama_token_to_piece(self._vocab, number, self._buffer, len(self._buffer), 0, True)
        if length < 0:
            self._buffer = ctypes.create_string_buffer(-length)
            length = native.llama_token_to_piece(self._vocab, number, self._buffer, -length, 0, True)
        return self._buffer.raw[: max(length, 0)]


class VocabService(Service):
    """The main loop of the ``vocab`` worker: one file for all of its life."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()
        self._path = ""
        self._vocabulary: Vocabulary | None = None

    def answer(self, command: Command) -> Report:
        if not isinstance(command, Tokenize):
            raise TypeError(f"the vocabulary worker does not understand {type(command).__name__}")
        return self._tokenize(command)

    def _tokenize(self, command: Tokenize) -> Tokenized:
        vocabulary = self._open(command.path)
        with self._pulse.step(_TOKENIZE_S + len(command.text) / _SLOWEST):
            return Tokenized(command.request, vocabulary.tokenize(command.text))

    def _open(self, path: str) -> Vocabulary:
        if self._vocabulary is None:
            try:
                size = Path(path).stat().st_size
            except OSError as error:
                raise engine_error("engine.file_missing", str(error)) from error
            with self._pulse.step(_OPEN_S + reading_s(min(size, 2**26))):
                self._vocabulary = Vocabulary(Path(path), self._log)
            self._path = path
        elif path != self._path:
            raise engine_error("engine.load", "this process has a vocabulary already")
        return self._vocabulary
