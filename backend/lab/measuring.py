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
        tell: Callable[[int, int], None],
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
        tell: Callable[[int, int], None],
    ) -> ImatrixComputed:
        """Compute an importance matrix into `target`, which appears whole or not at all.

        Raises:
            AppError: It cannot be computed or written.
            Cancelled: It was stopped.
        """
        flags = self._flags()
        _make_folder(target.parent)
        _remove_left(target.parent, ".*.*-" + "?" * 32 + ".part", lambda name: name.rsplit(".", 2)[-2])
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

    def folder(self) -> Path:
        """Where files lie that only live as long as a run.

        Raises:
            AppError: ``lab.folder``.
        """
        _make_folder(self._scratch)
        return self._scratch

    @contextlib.contextmanager
    def base(self, needed: int) -> Iterator[Path]:
        """A name for the original's probabilities; the file is gone behind the block. What a kill left is
        removed first.

        Raises:
            AppError: ``lab.no_space``.
        """
        self.folder()
        _remove_left(self._scratch, "*", lambda name: name)
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


def _counted(step: Step, tell: Callable[[int, int], None]) -> Callable[[Progress], None]:
    def told(progress: Progress) -> None:
        done, _, total = progress.note.partition("/")
        if done.isdigit() and total.isdigit() and not step.stop.is_set():
            tell(int(done), int(total))

    return told


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(
            "lab.folder",
            tr("The folder {folder} cannot be made.", folder=folder),
            tr("Check that its disk is there and may be written."),
            str(error),
        ) from error


def _remove_left(folder: Path, pattern: str, begins: Callable[[str], str]) -> None:
    """Remove files that a killed run left: their names, from `begins` on, start with the process."""
    for left in folder.glob(pattern):
        owner = begins(left.name).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
