"""The process that quantizes, from the parent's side: it plans first and then writes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.errors import AppError
from backend.gguf.types import GGMLType
from backend.i18n import tr
from backend.quantize.catalog import tensor_type
from backend.quantize.source import ENGINE_BUFFER, SourceModel
from backend.quantize.types import QuantizeOptions
from backend.workers.messages_quantize import (
    PlannedType,
    PlanTypes,
    Quantize,
    Quantized,
    QuantizeSettings,
    TypesPlanned,
)
from backend.workers.supervisor import Supervisor

_LEAST_BUFFER = 256 << 20
_SMALL_ENOUGH = 1 << 30
"""Buffers up to this are not worth a look at the memory."""
_ENDED = frozenset({"engine.crashed", "engine.killed", "engine.hung", "engine.protocol"})


class QuantizeProcess:
    """One worker for one source. Use it as a context; leaving it ends the process whatever it does."""

    def __init__(self, workers: Supervisor, source: SourceModel, stop: threading.Event) -> None:
        """Raises:
        AppError: The process cannot be started."""
        self._source = source
        self._stop = stop
        key = f"quantize {source.row.path} {threading.get_ident()}"
        self._client = workers.start("quantize", key, source.row.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end(at_once=error is not None)

    def end(self, *, at_once: bool = False) -> None:
        """End the process; returns when it is gone and holds no file any more."""
        self._client.process.stop(ask_s=0.0 if at_once else 0.2)

    def plan(self, ftypes: Sequence[int], settings: QuantizeSettings) -> tuple[PlannedType, ...]:
        """What the engine would make of each tensor; reads no weights.

        Raises:
            AppError: The file or the importance matrix cannot be used.
            Cancelled: It was stopped.
        """
        path = os.fsdecode(self._source.row.path)
        names = tuple(tensor.name for tensor in self._source.tensors)
        try:
            reply = self._client.call(
                lambda number: PlanTypes(number, path, tuple(ftypes), names, settings), cancel=self._stop
            )
        except AppError as error:
            raise self._explained(error) from error
        assert isinstance(reply, TypesPlanned)
        return reply.types

    def write(
        self, target: Path, ftype: int, settings: QuantizeSettings, begins: Callable[[str], None]
    ) -> Quantized:
        """Write the new file, the last thing that the process does: it is gone when this returns or raises.

        Args:
            begins: Told of each tensor when its turn comes.

        Raises:
            AppError: It could not be made; what was written so far is worth nothing.
            Cancelled: It was stopped.
        """
        path = os.fsdecode(self._source.row.path)
        try:
            reply = self._client.call(
                lambda number: Quantize(number, path, os.fsdecode(target), ftype, settings),
                on_progress=lambda step: begins(step.note),
                cancel=self._stop,
            )
        except AppError as error:
            raise self._explained(error) from error
        finally:
            # After the reply the file is closed, and all that the process still has to do is to end.
            self.end(at_once=True)
        assert isinstance(reply, Quantized)
        return reply

    def _explained(self, error: AppError) -> AppError:
        if error.code not in _ENDED:
            return error
        return AppError(
            "quantize.ended",
            tr("The process that quantizes {model} ended before it was done.", model=self._source.row.name),
            tr("It may have run out of memory, or the file changed meanwhile. The original is untouched."),
            f"{error.title}\n{error.detail}",
            retryable=True,
        )


def settings_for(
    options: QuantizeOptions, source: SourceModel, free_memory: Callable[[], int]
) -> QuantizeSettings:
    """What the engine is told for `options`.

    Raises:
        AppError: ``quantize.unknown_type``.
    """
    buffer = 0
    if source.buffer_bytes > _SMALL_ENOUGH:
        buffer = max(_LEAST_BUFFER, min(ENGINE_BUFFER, free_memory() // 2))
    return QuantizeSettings(
        output_type=_number(options.output_type),
        embedding_type=_number(options.embedding_type),
        threads=options.threads or 0,
        keep_split=options.keep_split and len(source.parts) > 1,
        requantize=options.requantize,
        imatrix=os.fsdecode(options.imatrix) if options.imatrix is not None else "",
        buffer=buffer,
    )


def _number(name: str | None) -> int | None:
    kind: GGMLType | None = tensor_type(name)
    return None if kind is None else int(kind)
