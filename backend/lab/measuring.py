"""The processes that measure, from the parent's side, and the files that only live as long as they do."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from backend.activities.runner import Step
from backend.downloads.space import disk_free
from backend.engines.types import EngineFlags
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.job import run_job
from backend.workers.messages_lab import ComputeImatrix, Evaluate, Evaluated, ImatrixComputed
from backend.workers.protocol import Progress
from backend.workers.supervisor import Supervisor

_SUFFIX = ".logprobs"
_MARGIN = 64 << 20
"""Bytes of the disk that are left alone."""
_KIND = "evaluate"


class Measurer:
    """Measures one file at a time, each in a process of its own.

    Args:
        flags: The engine's switches that work on this machine.
        scratch: Folder for the original's probabilities while a run lasts.
    """

    def __init__(self, workers: Supervisor, flags: Callable[[], EngineFlags], scratch: Path) -> None:
        self._workers = workers
        self._flags = flags
        self._scratch = scratch

    def evaluate(
        self,
        step: Step,
        path: Path,
        name: str,
        text: str,
        tokens: int,
        base: Path,
        *,
        original: bool,
        tell: Callable[[int], None],
    ) -> Evaluated:
        """Measure the file at `path`; the `original` writes `base`, others are compared with it.

        Raises:
            AppError: It cannot be measured.
            Cancelled: It was stopped.
        """
        flags = self._flags()
        reply = run_job(
            self._workers,
            _KIND,
            name,
            lambda number: Evaluate(
                number, os.fsdecode(path), text, tokens, os.fsdecode(base), original, flags
            ),
            stop=step.stop,
            on_progress=_counted(step, tell),
        )
        assert isinstance(reply, Evaluated)
        return reply

    def imatrix(
        self,
        step: Step,
        path: Path,
        name: str,
        text: str,
        text_name: str,
        tokens: int,
        target: Path,
        *,
        tell: Callable[[int], None],
    ) -> ImatrixComputed:
        """Compute an importance matrix into `target`, which appears whole or not at all.

        Raises:
            AppError: It cannot be computed or written.
            Cancelled: It was stopped.
        """
        flags = self._flags()
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}-{uuid.uuid4().hex}.part")
        try:
            reply = run_job(
                self._workers,
                _KIND,
                name,
                lambda number: ComputeImatrix(
                    number, os.fsdecode(path), text, text_name, tokens, os.fsdecode(draft), flags
                ),
                stop=step.stop,
                on_progress=_counted(step, tell),
            )
            assert isinstance(reply, ImatrixComputed)
            step.check()
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return reply

    @contextlib.contextmanager
    def base(self, needed: int) -> Iterator[Path]:
        """A name for the original's probabilities; the file is gone behind the block. What a kill left is
        removed first.

        Raises:
            AppError: ``lab.no_space``.
        """
        self._scratch.mkdir(parents=True, exist_ok=True)
        for left in self._scratch.glob(f"*{_SUFFIX}"):
            owner = left.name.partition("-")[0]
            if not owner.isdigit() or not psutil.pid_exists(int(owner)):
                left.unlink(missing_ok=True)
        free = disk_free(self._scratch)
        if free < needed + _MARGIN:
            raise AppError(
                "lab.no_space",
                tr(
                    "Comparing needs {needed} MB of the disk for a while, and {free} MB are free.",
                    needed=needed // 1_000_000,
                    free=free // 1_000_000,
                ),
                tr("Free some space, or measure with fewer tokens."),
            )
        path = self._scratch / f"{os.getpid()}-{uuid.uuid4().hex}{_SUFFIX}"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def _counted(step: Step, tell: Callable[[int], None]) -> Callable[[Progress], None]:
    def told(progress: Progress) -> None:
        if progress.note.isdigit() and not step.stop.is_set():
            tell(int(progress.note))

    return told
