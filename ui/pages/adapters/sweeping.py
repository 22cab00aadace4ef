"""The scale sweep: which scales are asked for, and the sweep that runs or ran last."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.adapters.types import MAX_SCALE, Sweep, SweepRequest
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.events import SweepChanged
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.widgets.fader import read_scale

if TYPE_CHECKING:
    from backend.app import Backend

MOST_CELLS = 12
LEAST_CELLS = 2


class Scales(StrEnum):
    """What can be swept."""

    ONE = "one"
    TWO = "two"
    OWN = "own"
    GRID = "grid"

    @property
    def words(self) -> str:
        match self:
            case Scales.ONE:
                return tr("0 to 1 in 5 steps")
            case Scales.TWO:
                return tr("0 to 2 in 5 steps")
            case Scales.OWN:
                return tr("My own")
            case Scales.GRID:
                return tr("Two adapters as a grid")

    @property
    def values(self) -> tuple[float, ...]:
        """The scales along one axis; empty for the person's own."""
        match self:
            case Scales.ONE:
                return (0.0, 0.25, 0.5, 0.75, 1.0)
            case Scales.TWO:
                return (0.0, 0.5, 1.0, 1.5, 2.0)
            case Scales.OWN:
                return ()
            case Scales.GRID:
                return (0.0, 0.5, 1.0)


def own_scales(text: str) -> tuple[float, ...]:
    """The scales of a list such as ``0; 0.3; 0,8`` in ascending order, each once; empty if one is no number
    or is beyond 0 to `MAX_SCALE`."""
    parts = text.replace(";", " ").split() if ";" in text else text.replace(", ", " ").split()
    found = [read_scale(part) for part in parts]
    outside = any(_number(part) is None or not 0 <= (_number(part) or 0) <= MAX_SCALE for part in parts)
    return () if outside or None in found else tuple(sorted({value for value in found if value is not None}))


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def cells_of(paths: tuple[str, ...], scales: tuple[float, ...]) -> tuple[tuple[AdapterUse, ...], ...]:
    """What is applied in each cell: for one adapter a row, for two a grid, row by row of the second."""

    def uses(*each: tuple[str, float]) -> tuple[AdapterUse, ...]:
        return tuple(AdapterUse(path, scale) for path, scale in each if scale)

    if len(paths) == 1:
        return tuple(uses((paths[0], scale)) for scale in scales)
    first, second = paths
    return tuple(uses((first, across), (second, down)) for down in scales for across in scales)


class Sweeping(QObject):
    """Signals:
    changed: The `Sweep` that runs or ran last, or None.
    failed: An `AppError`: the sweep could not begin.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.sweep: Sweep | None = None
        self.base_id = ""
        self.paths: tuple[str, ...] = ()
        """The adapters that the sweep is about."""
        self.scales: tuple[float, ...] = ()
        self._id: int | None = None
        self._request: SweepRequest | None = None
        self._starting = False
        bridge.on(SweepChanged, self._on_sweep)

    @property
    def running(self) -> bool:
        return self._starting or (self.sweep is not None and self.sweep.running)

    def run(
        self, base_id: str, prompt: str, seed: int, paths: tuple[str, ...], scales: tuple[float, ...]
    ) -> None:
        """Begin another sweep, unless one runs."""
        if self.running:
            return
        request = SweepRequest(base_id, prompt, cells_of(paths, scales), seed)
        self._starting, self._id, self._request = True, None, request
        self.base_id, self.paths, self.scales = base_id, paths, scales
        self._show(None)
        service = self._backend.sweeps

        def work() -> Sweep:
            return service.get(service.start(request))

        def done(sweep: Sweep) -> None:
            self._starting, self._id = False, sweep.id
            if self.sweep is None:
                self._show(sweep)

        def failed(error: AppError) -> None:
            self._starting = False
            self._show(None)
            self.failed.emit(error)

        tasks.run(work, done, failed, owner=self)

    def stop(self) -> None:
        """End the cells that are being written; what they said stays."""
        number = self._id
        if number is not None and self.running:
            tasks.run(lambda: self._backend.sweeps.stop(number), None, self.failed.emit, owner=self)

    def _on_sweep(self, event: SweepChanged) -> None:
        if self._starting and self._id is None and event.sweep.request == self._request:
            self._id = event.sweep.id  # it may have ended before its number is told
        if self._id == event.sweep.id:
            self._show(event.sweep)

    def _show(self, sweep: Sweep | None) -> None:
        self.sweep = sweep
        self.changed.emit(sweep)
