"""Asks for the best ways to run the open repository, and how long a context the selected file may have."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.capacity.types import Fit, Option, RunConfig, Wishes
from backend.errors import AppError
from backend.hubs.types import QuantFile, RepoDetail
from ui import tasks

PAUSE_MS = 250
"""Who goes through the files with the arrow keys asks about none but the last."""


class Planner(QObject):
    """Signals:
    planned: Tuple of `Option`, best first, for the repository that is open.
    longest: Name of a file, and the longest context that fits; 0 where none does.
    """

    planned = Signal(object)
    longest = Signal(str, int)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._detail: RepoDetail | None = None
        self._wishes = Wishes(n_ctx=RunConfig().n_ctx)
        self._plan: tasks.Task | None = None
        self._look: tasks.Task | None = None
        self._wanted: tuple[QuantFile, RunConfig] | None = None
        self._seen: tuple[str, RunConfig] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._ask)

    def open(self, detail: RepoDetail | None) -> None:
        """Another repository, or none."""
        self._detail = detail
        self.forget()

    def forget(self) -> None:
        """Drop every answer that is on its way, and what was asked about before."""
        self._soon.stop()
        self._wanted = self._seen = None
        for task in (self._plan, self._look):
            if task is not None:
                task.cancel()
        self._plan = self._look = None

    def wish(self, n_ctx: int) -> None:
        """The context that the person wants; `plan` asks."""
        self._wishes = Wishes(n_ctx=n_ctx)

    def plan(self) -> None:
        """Ask for the best ways to run the open repository. Its headers have been read before."""
        detail, wishes = self._detail, self._wishes
        if detail is None:
            return
        if self._plan is not None:
            self._plan.cancel()
        # A plan is an extra: the files say by themselves what stands in the way of reading them.
        self._plan = tasks.run(
            lambda: self._backend.fits.plan_remote(detail, wishes),
            self._planned,
            lambda _error: None,
            owner=self,
        )

    def _planned(self, options: tuple[Option, ...]) -> None:
        self.planned.emit(options)

    def look_at(self, quant: QuantFile, fit: Fit) -> None:
        """The selected file has this prediction; ask how long its context may be."""
        if fit.approximate or (quant.name, fit.run) == self._seen:
            return
        self._wanted = (quant, fit.run)
        self._soon.start()

    def _ask(self) -> None:
        detail, wanted = self._detail, self._wanted
        if detail is None or wanted is None or self._look is not None:
            return
        quant, run = wanted
        self._wanted, self._seen = None, (quant.name, run)
        fits = self._backend.fits

        def done(longest: int) -> None:
            self._look = None
            self.longest.emit(quant.name, longest)
            self._again()

        def failed(_error: AppError) -> None:
            self._look = None
            self._again()

        self._look = tasks.run(lambda: fits.largest_context(detail, quant, run), done, failed, owner=self)

    def _again(self) -> None:
        if self._wanted is not None:
            self._soon.start()
