"""The worker that writes a model anew in another quantization, and tells before what would come of it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import llama_cpp.llama_cpp as native

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_header, read_headers
from backend.gguf.types import GGMLType
from backend.worker.channel import Channel, Pulse
from backend.worker.lean import write_lean
from backend.worker.llama.cores import physical_cores
from backend.worker.llama.model import EngineError, engine_error
from backend.worker.serving import Service
from backend.workers.messages_quantize import (
    PlannedType,
    PlanTypes,
    Quantize,
    Quantized,
    QuantizeSettings,
    TypesPlanned,
)
from backend.workers.protocol import Command, Progress, Report

if TYPE_CHECKING:
    from backend.worker.imatrix_file import NativeMatrix

_OPEN_S = 120.0
"""Opening the file and planning all tensors of one type."""
_SLOWEST = 100_000
"""Bytes of weights per second below which quantizing counts as hanging; the slowest types need a second per
megabyte on one old core."""
_ERROR, _WARN = 4, 3
_BEGINS = re.compile(r"\[ *(\d+)/ *(\d+)\] (.*?) +- \[")
_BECOMES = re.compile(r"size = .* \((\w+)\)\s*$")
_FALLBACKS = re.compile(r"(\d+) of \d+ tensor\(s\) required fallback")
_MISMATCH = "imatrix size"


class _Log:
    """Follows what the library says about each tensor, piece by piece: its lines come in several."""

    def __init__(self) -> None:
        self.begin: Callable[[int, int, str], None] = lambda number, count, name: None
        self.becomes: dict[str, str] = {}
        self.problems: list[str] = []
        self.fallbacks = 0
        self.needs_imatrix = False
        self.failed = False
        self._tensor = ""

        @native.llama_log_callback  # type: ignore[untyped-decorator]
        def receive(level: int, raw: bytes, _data: object) -> None:
            text = raw.decode("utf-8", "replace")
            if level in (_WARN, _ERROR):
                self._warned(text)
            elif found := _BEGINS.match(text):
                self._tensor = found[3]
                self.begin(int(found[1]), int(found[2]), found[3])
            elif self._tensor and (found := _BECOMES.search(text)):
                self.becomes[self._tensor] = found[1]

        self._callback = receive  # the library keeps only the bare pointer
        native.llama_log_set(receive, None)

    def clear(self) -> None:
        self.becomes.clear()
        self.problems.clear()
        self.fallbacks = 0
        self.needs_imatrix = False
        self._tensor = ""

    def _warned(self, text: str) -> None:
        if found := _FALLBACKS.search(text):
            self.fallbacks = int(found[1])
        if "will require an imatrix" in text:
            self.needs_imatrix = True
        if text.strip(" =\n"):
            self.problems = [*self.problems[-20:], text.strip()]
            os.write(2, text.encode())


class QuantizeService(Service):
    """The main loop of the ``quantize`` worker: one request for all of its life."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = _Log()

    def answer(self, command: Command) -> Report:
        match command:
            case PlanTypes():
                return self._plan(command)
            case Quantize():
                return self._quantize(command)
            case other:
                raise TypeError(f"the quantizer does not understand {type(other).__name__}")

    def _plan(self, command: PlanTypes) -> TypesPlanned:
        matrix = _matrix(command.settings.imatrix)
        headers = _headers(command.path)
        stored = {tensor.name: tensor.type for header in headers for tensor in header.tensors}
        planned = []
        with tempfile.TemporaryDirectory(prefix="orangery-") as folder:
            lean = None
            # Some file systems of Windows have no holes. The order of parts matters where they stay parts.
            if len(command.ftypes) > 1 and os.name != "nt" and not command.settings.keep_split:
                with contextlib.suppress(OSError):
                    lean = os.fsdecode(write_lean(Path(folder) / "lean.gguf", headers))
            for index, ftype in enumerate(command.ftypes):
                parameters = _parameters(command.settings, ftype, matrix)
                parameters.dry_run = True
                if lean is None or not self._dry_run(lean, parameters):
                    self._dry_run(command.path, parameters)
                planned.append(self._planned(ftype, command.tensors, stored))
                self._channel.send(Progress(command.request, (index + 1) / len(command.ftypes)))
        return TypesPlanned(command.request, tuple(planned))

    def _dry_run(self, path: str, parameters: native.llama_model_quantize_params) -> bool:
        self._log.clear()
        with self._pulse.step(_OPEN_S):
            self._log.failed = native.llama_model_quantize(os.fsencode(path), b"", parameters) != 0
        return not self._log.failed

    def _planned(self, ftype: int, tensors: tuple[str, ...], stored: dict[str, GGMLType]) -> PlannedType:
        log, becomes = self._log, self._log.becomes
        types = tuple(
            int(GGMLType[becomes[name].upper()] if name in becomes else stored[name]) for name in tensors
        )
        problem = "\n".join(log.problems) or "failed" if log.failed else ""
        return PlannedType(ftype, types, log.needs_imatrix, log.fallbacks, problem)

    def _quantize(self, command: Quantize) -> Quantized:
        matrix = _matrix(command.settings.imatrix)
        headers = _headers(command.path)
        largest = max((tensor.nbytes for header in headers for tensor in header.tensors), default=0)

        def begin(number: int, count: int, name: str) -> None:
            self._pulse.tick()
            self._channel.send(Progress(command.request, (number - 1) / count, name))

        self._log.clear()
        self._log.begin = begin
        parameters = _parameters(command.settings, command.ftype, matrix)
        with self._pulse.step(_OPEN_S + largest / _SLOWEST):
            failed = native.llama_model_quantize(
                os.fsencode(command.path), os.fsencode(command.target), parameters
            )
        if failed:
            raise _failure("\n".join(self._log.problems))
        return Quantized(command.request, self._log.fallbacks, native.llama_version().decode())


def _headers(path: str) -> tuple[Header, ...]:
    """The headers of a model, after a look that every tensor lies inside of its file: the engine would write
    what it finds behind the end into the new file."""
    try:
        return read_headers(Path(path))
    except AppError as error:
        raise engine_error("engine.file_incomplete", str(error)) from error


def _matrix(path: str) -> NativeMatrix | None:
    if not path:
        return None
    from backend.worker.imatrix_file import NativeMatrix, read_matrix  # takes as long as all else together

    try:
        return NativeMatrix(read_matrix(Path(path), read_header(Path(path))))
    except (AppError, OSError, ValueError) as error:
        raise engine_error("quantize.imatrix", str(error)) from error


def _parameters(
    settings: QuantizeSettings, ftype: int, matrix: NativeMatrix | None
) -> native.llama_model_quantize_params:
    parameters = native.llama_model_quantize_default_params()
    parameters.ftype = ftype
    parameters.nthread = settings.threads or physical_cores()
    parameters.keep_split = settings.keep_split
    parameters.allow_requantize = settings.requantize
    if settings.output_type is not None:
        parameters.output_tensor_type = settings.output_type
    if settings.embedding_type is not None:
        parameters.token_embedding_type = settings.embedding_type
    if settings.buffer:
        parameters.max_buf_size = settings.buffer
    if matrix is not None:
        parameters.imatrix = ctypes.cast(matrix.data, type(parameters.imatrix))
        parameters.kv_overrides = ctypes.cast(matrix.facts, type(parameters.kv_overrides))
    return parameters


def _failure(log: str) -> EngineError:
    """Tell the usual reasons apart by the library's own words."""
    if "requires an imatrix" in log or "Missing importance matrix" in log:
        return engine_error("quantize.needs_imatrix", log)
    if _MISMATCH in log:
        return engine_error("quantize.imatrix_differs", log)
    if "requantizing from type" in log:
        return engine_error("quantize.requantize", log)
    if "invalid data" in log or "data validation failed" in log:
        return engine_error("quantize.bad_weights", log)
    if "unknown model architecture" in log:
        return engine_error("engine.architecture", log)
    if "allocat" in log or "bad_alloc" in log:
        return engine_error("quantize.memory", log)
    if "iostream" in log or "basic_ios" in log or "write" in log:
        return engine_error("quantize.write", log)
    return engine_error("quantize.failed", log)
