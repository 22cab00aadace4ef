"""Predicts the files of the open repository, one after the other, what the person looks at first."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import Fit, RunConfig
from backend.errors import AppError
from backend.hubs.types import QuantFile, RepoDetail, Source
from ui import tasks

_PROBE = 2
"""The step after tiers 0 and 1 of the header."""


class FilePredictor(QObject):
    """First every file from its size and first 64 KB, then every file exactly; of the selected one the engine
    itself does the sum after that. Tags of Ollama, of which there
    may be a hundred, only when they come into view: each costs a manifest first.

    Signals:
        completed: A `QuantFile` of which more is known than the list said.
        fit_ready: Name of a file, and its `Fit`.
        failed: Name of a file, and the `AppError` that stood in the way.
    surveyed: Every file that is predicted by itself has its first prediction.
    """

    completed = Signal(object)
    fit_ready = Signal(str, object)
    failed = Signal(str, object)
    surveyed = Signal()

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._detail: RepoDetail | None = None
        self._first = ""
        self._selected = ""
        self._probed: set[str] = set()
        self._read: set[str] = set()
        self._run = RunConfig()
        self._quants: dict[str, QuantFile] = {}
        self._queue: deque[tuple[str, int]] = deque()
        self._asked: set[str] = set()
        self._generation = 0
        self._busy = False
        self._surveying = False

    def start(self, detail: RepoDetail, first: QuantFile | None, run: RunConfig) -> None:
        """Begin with the files of `detail`, `first` before all others."""
        self._detail = detail
        self._first = self._selected = first.name if first is not None else ""
        self._quants = {quant.name: quant for quant in detail.quants if quant.kind == "model"}
        self.set_run(run)

    def stop(self) -> None:
        """Nothing is open any more."""
        self._generation += 1
        self._detail = None
        self._queue.clear()
        self._busy = False

    def set_run(self, run: RunConfig) -> None:
        """Predict everything again for another context length or cache type."""
        self._generation += 1
        self._run = run
        self._queue.clear()
        self._asked.clear()
        self._probed.clear()
        self._read.clear()
        self._busy = False
        detail = self._detail
        if detail is None:
            return
        order = sorted(self._quants.values(), key=lambda quant: (quant.name != self._first, quant.size))
        if detail.model.source is Source.OLLAMA:
            order = order[:1]
        self._asked |= {quant.name for quant in order}
        self._surveying = detail.model.source is not Source.OLLAMA
        for tier in (0, 1):
            self._queue.extend((quant.name, tier) for quant in order)
        self._pump()

    def wish(self, name: str) -> None:
        """A file without prediction came into view."""
        if self._detail is None or name in self._asked or name not in self._quants:
            return
        self._asked.add(name)
        first_tier = sum(1 for _, tier in self._queue if tier == 0)
        self._queue.insert(first_tier, (name, 0))
        self._queue.append((name, 1))
        self._pump()

    def select(self, name: str) -> None:
        """Let the engine do the sum for a file, as soon as its header was read."""
        self._selected = name
        self._probe_selected()
        self._pump()

    def _probe_selected(self) -> None:
        name = self._selected
        if self._detail is not None and name in self._read and name not in self._probed:
            self._probed.add(name)
            self._queue.appendleft((name, _PROBE))

    def quant(self, name: str) -> QuantFile | None:
        """What is known of a choice by now."""
        return self._quants.get(name)

    def _pump(self) -> None:
        detail = self._detail
        if self._busy or detail is None or not self._queue:
            return
        name, tier = self._queue.popleft()
        quant, run, generation = self._quants[name], self._run, self._generation
        self._busy = True

        def work() -> tuple[QuantFile, Fit]:
            whole = quant
            if quant.tag and not quant.manifest:
                whole = self._backend.catalogue.complete(detail, quant)
            return whole, self._backend.fits.remote(
                detail, whole, run, tier=min(tier, 1), probe=tier == _PROBE
            )

        def done(found: tuple[QuantFile, Fit]) -> None:
            if generation != self._generation:
                return
            whole, fit = found
            if whole != quant:
                self._quants[name] = whole
                self.completed.emit(whole)
            if not fit.approximate:
                self._read.add(name)
                self._probe_selected()
            self.fit_ready.emit(name, fit)
            self._next()

        def failed(error: AppError) -> None:
            if generation == self._generation:
                self.failed.emit(name, error)
                self._next()

        tasks.run(work, done, failed, owner=self)

    def _next(self) -> None:
        self._busy = False
        if self._surveying and not any(tier == 0 for _, tier in self._queue):
            self._surveying = False
            self.surveyed.emit()
        self._pump()
