"""Adapter files of a loaded model: opened once, proved to do something, and shared by its variants."""

from __future__ import annotations

import ctypes
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import AdapterUse, DeviceMemory
from backend.worker.llama.logs import NativeLog, memory_of
from backend.worker.llama.model import EngineError, Model
from backend.worker.llama.scratch import Scratch
from backend.workers.messages_adapters import FileKey
from backend.workers.protocol import Failure

_KEPT = 4
"""Files that stay open although no variant has them, so that a toggle between base and adapted reads none."""
_PROOF = "The quick brown fox jumps over the lazy dog."
_PROOF_TOKENS = (2, 8)
"""With two there is something to attend to; more are read only where two show nothing, as with an adapter of
a few experts. A mix on a loaded model is ready the sooner."""


Blend = tuple[tuple[FileKey, float], ...]
"""What is really applied: files with their scales, in a fixed order and none of them with 0. Two equal blends
compute the same."""


@dataclass(slots=True, eq=False)
class _File:
    key: FileKey
    handle: Any
    memory: tuple[DeviceMemory, ...]
    holders: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Open files with their scales; give it back to `Adapters.release`.

    Attributes:
        blend: What it computes. A file that is named twice counts once, with the sum of its scales.
        memory: Bytes of the files per device, as weights.
    """

    files: tuple[_File, ...]
    blend: Blend
    memory: tuple[DeviceMemory, ...]

    def apply(self, context: ctypes.c_void_p, blend: Blend | None = None) -> None:
        """Let `context` compute with them from its next decode on, or with `blend` of them."""
        scales = dict(self.blend if blend is None else blend)
        _apply(context, [(file.handle, scales[file.key]) for file in self.files if file.key in scales])

    def blend_of(self, uses: Sequence[AdapterUse]) -> Blend:
        """What `uses` of these files compute.

        Raises:
            EngineError: ``adapter.missing``, for a path that is none of them; ``adapter.scale``.
        """
        keys = {file.key.path: file.key for file in self.files}
        scales: dict[FileKey, float] = {}
        for use in uses:
            if use.path not in keys:
                raise _error("adapter.missing", use.path, "it is not among those of this context")
            if not math.isfinite(use.scale):
                raise _error("adapter.scale", use.path, str(use.scale))
            scales[keys[use.path]] = scales.get(keys[use.path], 0.0) + use.scale
        return _blend(scales)


def _blend(scales: Mapping[FileKey, float]) -> Blend:
    return tuple(sorted((key, scale) for key, scale in scales.items() if scale != 0.0))


def _apply(context: ctypes.c_void_p, pairs: Sequence[tuple[Any, float]]) -> None:
    count = len(pairs)
    handles = (native.llama_adapter_lora_p_ctypes * max(1, count))(*(handle for handle, _ in pairs))
    scales = (ctypes.c_float * max(1, count))(*(scale for _, scale in pairs))
    if code := native.llama_set_adapters_lora(context, handles, count, scales):
        raise EngineError(Failure("adapter.load", f"llama_set_adapters_lora returned {code}"))


def with_memory(memory: Iterable[DeviceMemory], more: Iterable[DeviceMemory]) -> tuple[DeviceMemory, ...]:
    """The sum of both, device by device."""
    sums = {device.device: device for device in memory}
    for device in more:
        one = sums.get(device.device, DeviceMemory(device.device, 0, 0, 0))
        sums[device.device] = replace(one, weights=one.weights + device.weights)
    return tuple(sums.values())


class Adapters:
    """The adapter files of one model. Used by the decode thread only.

    Args:
        proved: Files that are known to change what the model computes.
    """

    def __init__(self, model: Model, threads: int, log: NativeLog, proved: Iterable[FileKey] = ()) -> None:
        self._model = model
        self._threads = threads
        self._log = log
        self._files: dict[FileKey, _File] = {}
        self._proved = set(proved)
        self._clock = 0

    def hold(self, uses: Sequence[AdapterUse]) -> Held:
        """Open what `uses` name; a file with scale 0 is opened, too, so that its fader can be moved up.

        Raises:
            EngineError: ``adapter.…``; `Failure.where` is the path of the file. Nothing is held then.
        """
        scales: dict[FileKey, float] = {}
        for use in uses:
            if not math.isfinite(use.scale):
                raise _error("adapter.scale", use.path, str(use.scale))
            key = _key(use.path)
            scales[key] = scales.get(key, 0.0) + use.scale
        self._open(key for key in scales if key not in self._files)
        files = tuple(self._files[key] for key in scales)
        memory: tuple[DeviceMemory, ...] = ()
        for file in files:
            file.holders += 1
            memory = with_memory(memory, file.memory)
        return Held(files, _blend(scales), memory)

    def release(self, held: Held) -> None:
        """Give files back. No context may compute with them any more, unless others hold them."""
        self._let_go(held.files)

    def scratch(self, length: int, sequences: int) -> Scratch:
        """A context to measure in. Raises `EngineError`: ``engine.context_memory``."""
        return Scratch(self._model, length, sequences, self._threads, self._log)

    def _let_go(self, files: Iterable[_File]) -> None:
        self._clock += 1
        for file in files:
            file.holders -= 1
            file.left = self._clock
        idle = sorted((file for file in self._files.values() if not file.holders), key=lambda f: -f.left)
        for file in idle[_KEPT:]:
            native.llama_adapter_lora_free(file.handle)
            del self._files[file.key]

    def _open(self, keys: Iterable[FileKey]) -> None:
        """Open files and prove those that are new; none of them is there after an error."""
        opened: list[_File] = []
        try:
            for key in keys:
                opened.append(self._read(key))  # noqa: PERF401  # those before a bad one must be freed
            self._prove([file for file in opened if file.key not in self._proved])
        except EngineError:
            for file in opened:
                native.llama_adapter_lora_free(file.handle)
            raise
        self._files.update((file.key, file) for file in opened)
        self._proved.update(file.key for file in opened)

    def _read(self, key: FileKey) -> _File:
        self._log.clear()
        handle = native.llama_adapter_lora_init(self._model.handle, os.fsencode(key.path))
        if not handle:
            raise _load_error(key.path, self._log.problems())
        if native.llama_adapter_get_alora_n_invocation_tokens(handle):
            native.llama_adapter_lora_free(handle)
            raise _error("adapter.activated", key.path)
        return _File(key, handle, memory_of(self._log.lines()))

    def _prove(self, files: Sequence[_File]) -> None:
        """See that each of `files` changes what the model computes.

        Raises:
            EngineError: ``adapter.not_finite``, ``adapter.no_effect``.
        """
        first, more = _PROOF_TOKENS
        for file in self._silent(files, first) if files else ():
            if self._silent([file], more):
                raise _error("adapter.no_effect", file.key.path)

    def _silent(self, files: Sequence[_File], count: int) -> list[_File]:
        """Those of `files` that change nothing behind the first `count` tokens.

        All are applied together, and then again with the scale of one after the other turned from 1 to -1: n
        files take n + 1 decodes. The same graph gives equal logits, bit by bit, only where the file that was
        turned adds nothing; base and adapted would be two graphs, whose rounding a GPU may let differ.
        """
        tokens = self._model.tokenize(_PROOF, add_special=True)[:count]
        with self.scratch(count, 1) as scratch:

            def logits(turned: _File | None) -> npt.NDArray[np.float32]:
                scratch.forget()
                _apply(scratch.context, [(file.handle, -1.0 if file is turned else 1.0) for file in files])
                return scratch.decode(tokens, 0, 0)

            together = logits(None).copy()
            if not np.isnan(together).any():
                return [file for file in files if np.array_equal(together, logits(file))]
        if len(files) == 1:
            raise _error("adapter.not_finite", files[0].key.path)
        return [file for file in files if self._silent([file], count)]  # tells whose fault it is


def _key(path: str) -> FileKey:
    try:
        return FileKey.at(path)
    except OSError as error:
        raise _error("adapter.missing", path, str(error)) from error


def _error(code: str, path: str, detail: str = "") -> EngineError:
    return EngineError(Failure(code, detail, where=path))


def _load_error(path: str, log: str) -> EngineError:
    """Tell the usual reasons apart by the library's own words."""
    lowered = log.lower()
    if "within the file bounds" in lowered or "magic" in lowered or "failed to read" in lowered:
        return _error("adapter.damaged", path, log)
    if "allocate" in lowered or "out of memory" in lowered:
        return _error("adapter.memory", path, log)
    return _error("adapter.load", path, log)
