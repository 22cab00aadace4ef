"""Between the Overnight part and the backend: unattended runs and their answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.compare.types import Column, RunAnswer, UnattendedRun
from backend.events import UnattendedChanged
from ui import tasks
from ui.bridge import EventBridge

if TYPE_CHECKING:
    from backend.app import Backend


class OvernightPresenter(QObject):
    """All runs, and the answers of the one that is shown.

    Signals:
        runs_changed: `runs` was read.
        answers_changed: `answers` of the shown run were read.
        failed: An `AppError`.
    """

    runs_changed = Signal()
    answers_changed = Signal()
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = backend.compare
        self.runs: tuple[UnattendedRun, ...] = ()
        self.answers: tuple[RunAnswer, ...] = ()
        self.shown: int | None = None
        self._reading: tasks.Task | None = None
        bridge.on(UnattendedChanged, self._on_changed)

    def refresh(self) -> None:
        """Read the runs, and the answers of the shown one."""
        if self._reading is not None:
            self._reading.cancel()
        shown = self.shown

        def work() -> tuple[tuple[UnattendedRun, ...], tuple[RunAnswer, ...], int | None]:
            runs = self._service.runs()
            here = {run.id for run in runs}
            wanted = shown if shown in here else (runs[0].id if runs else None)
            return runs, self._service.run_answers(wanted) if wanted is not None else (), wanted

        def done(found: tuple[tuple[UnattendedRun, ...], tuple[RunAnswer, ...], int | None]) -> None:
            self._reading = None
            self.runs, self.answers, self.shown = found
            self.runs_changed.emit()
            self.answers_changed.emit()

        self._reading = tasks.run(work, done, self.failed.emit, owner=self)

    def run(self) -> UnattendedRun | None:
        """The shown run."""
        return next((run for run in self.runs if run.id == self.shown), None)

    def show(self, run_id: int) -> None:
        """Show the answers of another run."""
        if run_id != self.shown:
            self.shown = run_id
            self.refresh()

    def estimate(
        self, prompts: tuple[str, ...], columns: tuple[Column, ...], done: Callable[[float | None], object]
    ) -> None:
        """How many seconds it may take; None where nothing can be told."""
        tasks.run(lambda: self._service.estimate(prompts, columns), done, self.failed.emit, owner=self)

    def start(self, title: str, prompts: tuple[str, ...], columns: tuple[Column, ...]) -> None:
        """Begin a run and show it."""

        def done(run_id: int) -> None:
            self.shown = run_id
            self.refresh()

        tasks.run(
            lambda: self._service.start_run(title, prompts, columns), done, self.failed.emit, owner=self
        )

    def pause(self, run_id: int) -> None:
        tasks.run(lambda: self._service.pause_run(run_id), None, self.failed.emit, owner=self)

    def resume(self, run_id: int) -> None:
        tasks.run(lambda: self._service.resume_run(run_id), None, self.failed.emit, owner=self)

    def delete(self, run_id: int) -> None:
        tasks.run(
            lambda: self._service.delete_run(run_id),
            lambda _: self.refresh(),
            self.failed.emit,
            owner=self,
        )

    def report(self, run_id: int, path: Path, done: Callable[[], object]) -> None:
        """Write the report of a run; the extension says which kind."""
        tasks.run(lambda: self._service.report(run_id, path), lambda _: done(), self.failed.emit, owner=self)

    def _on_changed(self, _event: UnattendedChanged) -> None:
        self.refresh()
