"""The main loop of the ``convert`` worker: one repository at a time, with nothing of it ever executed."""

from __future__ import annotations

import errno
import importlib.metadata
from pathlib import Path

from backend.worker.convert import writing
from backend.worker.convert.plan import make_plan, sizes
from backend.worker.convert.repository import Repository
from backend.worker.serving import Service, WorkerError
from backend.workers.messages_convert import ConversionPlanned, Convert, Converted, PlanConversion
from backend.workers.protocol import Command, Failure, Progress, Report

_LOOK_S = 180.0
"""Seconds for the JSON files of the largest tokenizers on a slow disk."""
_PIECE_S = 120.0


class ConvertService(Service):
    def answer(self, command: Command) -> Report:
        try:
            match command:
                case PlanConversion():
                    return self._plan(command)
                case Convert():
                    return self._convert(command)
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
        last = -1.0

        def tell(share: float, tensor: str) -> None:
            nonlocal last
            self._pulse.tick()
            if share - last >= 0.002:
                last = share
                self._channel.send(Progress(command.request, share, tensor))

        target = Path(command.target)
        with self._pulse.step(_PIECE_S):
            writing.write(repository, plan, target, command.type, command.name, tell)
        return Converted(command.request, f"gguf {importlib.metadata.version('gguf')}")
