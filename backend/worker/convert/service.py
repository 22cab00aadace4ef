"""The main loop of the ``convert`` worker: one repository or adapter at a time, with nothing of it ever
executed."""

from __future__ import annotations

import errno
import importlib.metadata
import sys
from collections.abc import Callable
from pathlib import Path

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_headers
from backend.worker.channel import Channel, Pulse
from backend.worker.convert import writing
from backend.worker.convert.adapter import Label, adapter_size, plan_adapter, write_adapter
from backend.worker.convert.peft_folder import read_folder
from backend.worker.convert.plan import make_plan, sizes
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository
from backend.worker.serving import Service, WorkerError
from backend.workers.messages_convert import ConversionPlanned, Convert, Converted, PlanConversion
from backend.workers.messages_peft import (
    AdapterConverted,
    AdapterJob,
    AdapterPlanned,
    ConvertAdapter,
    PlanAdapter,
)
from backend.workers.protocol import Command, Failure, Progress, Report

_LOOK_S = 180.0
"""Seconds for the JSON files of the largest tokenizers on a slow disk."""
_PIECE_S = 120.0
_MOST_MEMORY = 6 << 30
"""Bytes. JSON can unfold to fifty times its size; of an honest repository a tenth of this is enough."""


def limit_memory(size: int) -> None:
    """Make everything beyond `size` bytes a `MemoryError` of this process, where the system can."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        if most == resource.RLIM_INFINITY or most > size:
            resource.setrlimit(resource.RLIMIT_DATA, (size, most))


class ConvertService(Service):
    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        limit_memory(_MOST_MEMORY)

    def answer(self, command: Command) -> Report:
        try:
            match command:
                case PlanConversion():
                    return self._plan(command)
                case Convert():
                    return self._convert(command)
                case PlanAdapter():
                    return self._plan_adapter(command)
                case ConvertAdapter():
                    return self._convert_adapter(command)
                case other:
                    raise TypeError(f"the convert worker does not understand {type(other).__name__}")
        except MemoryError as error:
            raise WorkerError(Failure("convert.memory", str(error))) from error
        except OSError as error:
            full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
            raise WorkerError(Failure("convert.full" if full else "convert.disk", str(error))) from error

    def _plan(self, command: PlanConversion) -> ConversionPlanned:
        with self._pulse.step(_LOOK_S):
            plan = make_plan(Repository(Path(command.folder)))
            return ConversionPlanned(
                command.request,
                plan.name,
                plan.architecture.name,
                plan.parameters,
                len(plan.matched) + len(plan.shape.rope.tensors),
                plan.shape.context,
                f"{plan.vocabulary.model} / {plan.vocabulary.pre}",
                sizes(plan, command.name),
                plan.notes,
            )

    def _convert(self, command: Convert) -> Converted:
        with self._pulse.step(_LOOK_S):
            repository = Repository(Path(command.folder))
            plan = make_plan(repository)
        target = Path(command.target)
        with self._pulse.step(_PIECE_S):
            writing.write(repository, plan, target, command.type, command.name, self._teller(command.request))
        return Converted(command.request, _writer())

    def _plan_adapter(self, command: PlanAdapter) -> AdapterPlanned:
        job = command.job
        with self._pulse.step(_LOOK_S):
            repository = Repository(Path(job.folder))
            if not job.base:
                read_folder(repository)
                return AdapterPlanned(command.request)
            plan = plan_adapter(repository, _base(job))
            size = adapter_size(plan, job.kind.upper(), Label(job.name, job.licence))
            return AdapterPlanned(command.request, plan.architecture, len(plan.matched), size)

    def _convert_adapter(self, command: ConvertAdapter) -> AdapterConverted:
        job = command.job
        with self._pulse.step(_LOOK_S):
            repository = Repository(Path(job.folder))
            plan = plan_adapter(repository, _base(job))
        label, tell = Label(job.name, job.licence), self._teller(command.request)
        with self._pulse.step(_PIECE_S):
            write_adapter(repository, plan, Path(command.target), job.kind.upper(), label, tell)
        return AdapterConverted(command.request, _writer())

    def _teller(self, request: int) -> Callable[[float, str], None]:
        """Tells of progress, but not of every piece."""
        last = -1.0

        def tell(share: float, tensor: str) -> None:
            nonlocal last
            self._pulse.tick()
            if share - last >= 0.002:
                last = share
                self._channel.send(Progress(request, share, tensor))

        return tell


def _base(job: AdapterJob) -> tuple[Header, ...]:
    """The headers of the model that an adapter is for.

    Raises:
        Refusal: It cannot be read.
    """
    path = Path(job.base)
    try:
        return read_headers(path)
    except (AppError, OSError) as error:
        refuse("base", path.name, str(error))


def _writer() -> str:
    return f"gguf {importlib.metadata.version('gguf')}"
