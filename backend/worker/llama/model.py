"""A model file opened by llama.cpp: its weights, its vocabulary, and what its header says about chatting."""

from __future__ import annotations

import ctypes
import os
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import llama_cpp.llama_cpp as native

from backend.engines.thinking import markers_of
from backend.engines.tool_calls import LITERALS
from backend.engines.types import EngineFlags
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.parameters import model_params
from backend.worker.serving import WorkerError
from backend.workers.protocol import Failure

_SLOWEST_DISK = 50_000_000
"""Bytes per second below which reading a model counts as hanging."""
_LONGEST_PIECE = 512
"""Bytes of a token's text that are looked for at first."""
_LONGEST_TOKEN = 128
"""Bytes of prompt per token of context beyond which a prompt is refused uncounted."""


class EngineError(WorkerError):
    """The engine could not do what was asked."""


def engine_error(code: str, detail: str = "", *, number: int = 0, limit: int = 0) -> EngineError:
    return EngineError(Failure(code, detail, number, limit))


def reading_s(size: int) -> float:
    """Seconds that reading `size` bytes of weights may take."""
    return size / _SLOWEST_DISK


def load_failure(log: str) -> EngineError:
    """Tell the usual reasons apart by the library's own words."""
    lowered = log.lower()
    if "unknown model architecture" in lowered or "unknown pre-tokenizer" in lowered:
        return engine_error("engine.architecture", log)
    if "within the file bounds" in lowered or "corrupted or incomplete" in lowered:
        return engine_error("engine.file_incomplete", log)
    if "allocate" in lowered or "out of memory" in lowered:
        return engine_error("engine.memory", log)
    if "invalid magic" in lowered or "failed to read magic" in lowered:
        return engine_error("engine.not_gguf", log)
    return engine_error("engine.load", log)


class Model:
    """Weights and vocabulary, shared by all variants. Not thread-safe except for `tokenize` and the
    attributes.

    Attributes:
        rewinds: Whether the memory of a sequence can be cut back to any earlier position; recurrent and
            hybrid models can only go on or start over.
        load_log: What the library logged, the buffer sizes of the weights among it.
        read_s: Seconds that reading all weights anew may take.
        offloaded: Whether a GPU may have a part of it.
        n_embd_inp: Numbers that make one position of the input.
        window: Width of the sliding attention window in tokens, 0 without one.
    """

    def __init__(
        self,
        path: Path,
        flags: EngineFlags,
        gpu_layers: int | None,
        log: NativeLog,
        on_progress: Callable[[float], None],
    ) -> None:
        params = model_params(flags, gpu_layers)
        last = 0.0

        @native.llama_progress_callback  # type: ignore[untyped-decorator]
        def progress(fraction: float, _data: object) -> bool:
            nonlocal last
            now = time.monotonic()
            if now - last >= 0.1 or fraction >= 1.0:
                last = now
                on_progress(fraction)
            return True

        params.progress_callback = progress
        log.clear()
        self._handle = native.llama_model_load_from_file(os.fsencode(path), params)
        if not self._handle:
            raise load_failure(log.problems())
        self.load_log = log.lines()
        self.offloaded = params.n_gpu_layers != 0 and bool(native.llama_supports_gpu_offload())
        if native.llama_model_has_encoder(self._handle) or native.llama_model_is_diffusion(self._handle):
            self.close()
            raise engine_error("engine.not_chat")
        self._vocab = native.llama_model_get_vocab(self._handle)
        self.path = path
        self.n_vocab = int(native.llama_vocab_n_tokens(self._vocab))
        self.n_ctx_train = int(native.llama_model_n_ctx_train(self._handle))
        self.n_embd_inp = int(native.llama_model_n_embd_inp(self._handle))
        self.layers = int(native.llama_model_n_layer(self._handle))
        self.parameters = int(native.llama_model_n_params(self._handle))
        self.weights = int(native.llama_model_size(self._handle))
        self.read_s = reading_s(self.weights)
        self.window = int(native.llama_model_n_swa(self._handle))
        self.rewinds = not (
            native.llama_model_is_recurrent(self._handle) or native.llama_model_is_hybrid(self._handle)
        )
        self.architecture = self._metadata("general.architecture")
        self.name = self._metadata("general.name") or path.stem
        template = native.llama_model_chat_template(self._handle, None)
        self.template: str | None = template.decode("utf-8", "replace") if template else None
        self.bos = self._special(native.llama_vocab_bos(self._vocab))
        self.eos = self._special(native.llama_vocab_eos(self._vocab))
        self.markers = markers_of(self.template)
        self._shown = self._marker_tokens()
        self._pieces: dict[int, bytes | None] = {}
        self._texts: dict[int, str] = {}

    @property
    def handle(self) -> ctypes.c_void_p:
        return self._handle  # type: ignore[no-any-return]

    @property
    def vocab(self) -> ctypes.c_void_p:
        """May be read from any thread."""
        return self._vocab  # type: ignore[no-any-return]

    def close(self) -> None:
        """Free the weights. No variant may be left."""
        if self._handle:
            native.llama_model_free(self._handle)
            self._handle = None

    def _metadata(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(1024)
        length = native.llama_model_meta_val_str(self._handle, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def _special(self, token: int) -> str:
        text = native.llama_vocab_get_text(self._vocab, token) if 0 <= token < self.n_vocab else b""
        return text.decode("utf-8", "replace") if text else ""

    def _marker_tokens(self) -> frozenset[int]:
        """Control tokens that belong to a marker of reasoning or of a tool call, and so must reach those who
        look for it as text."""
        found: set[int] = set()
        for literal in (*self.markers.literals, *LITERALS):
            tokens = self.tokenize(literal, add_special=False)
            found.update(t for t in tokens if native.llama_vocab_is_control(self._vocab, t))
        return frozenset(found)

    def tokenize(self, text: str, *, add_special: bool) -> array[int]:
        """Return the tokens of `text`, special tokens written out in it included. Thread-safe."""
        data = text.encode("utf-8", "replace")
        size = len(data) + 2
        tokens = (ctypes.c_int32 * size)()
        count = native.llama_tokenize(self._vocab, data, len(data), tokens, size, add_special, True)
        if count < 0:
            raise engine_error("engine.tokenize", f"llama_tokenize returned {count}")
        return array("i", tokens[:count])

    def check_size(self, characters: int, n_ctx: int) -> None:
        """Refuse a text that can't possibly fit, without spending seconds on megabytes of it.

        Raises:
            EngineError: ``engine.context``, with a rough count of tokens.
        """
        if characters > n_ctx * _LONGEST_TOKEN:
            raise engine_error("engine.context", number=characters // 4, limit=n_ctx)

    def prompt(self, text: str) -> array[int]:
        """Tokens of a rendered conversation; BOS is added unless the template wrote it."""
        return self.tokenize(text, add_special=not (self.bos and text.startswith(self.bos)))

    def piece(self, token: int) -> bytes | None:
        """The bytes that `token` adds to the text; None if it ends the answer."""
        try:
            return self._pieces[token]
        except KeyError:
            piece = self._pieces[token] = self._piece(token)
            return piece

    def token_text(self, token: int) -> str:
        """How `token` looks by itself: with its control tokens by name, half characters as U+FFFD."""
        if token not in self._texts:
            self._texts[token] = self.bytes_of(token, special=True).decode("utf-8", "replace")
        return self._texts[token]

    def _piece(self, token: int) -> bytes | None:
        special = token in self._shown
        if native.llama_vocab_is_eog(self._vocab, token) and not special:
            return None
        return self.bytes_of(token, special=special)

    def bytes_of(self, token: int, *, special: bool) -> bytes:
        """What `token` stands for; with `special`, control tokens by their names. Thread-safe."""
        buffer = ctypes.create_string_buffer(_LONGEST_PIECE)
        length = native.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special)
        if length < 0:
            buffer = ctypes.create_string_buffer(-length)
            length = native.llama_token_to_piece(self._vocab, token, buffer, -length, 0, special)
        return buffer.raw[:length]
