"""Reads the machine every second for the meter, outside of the GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from backend.errors import AppError
from ui import tasks
from ui.frame.machine import MachineMeter, MachineReading

if TYPE_CHECKING:
    from backend.app import Backend

log = logging.getLogger(__name__)

INTERVAL_MS = 1_000


class MeterFeed(QObject):
    """Feeds `meter` while started; `start` before there is a backend does nothing."""

    def __init__(self, meter: MachineMeter, parent: QObject) -> None:
        super().__init__(parent)
        self._meter = meter
        self._backend: Backend | None = None
        self._reading: tasks.Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._read)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def attach(self, backend: Backend) -> None:
        self._backend = backend

    def start(self) -> None:
        """Read now, and again and again."""
        if self._backend is not None and not self._timer.isActive():
            self._timer.start()
            self._read()

    def stop(self) -> None:
        self._timer.stop()

    def _read(self) -> None:
        backend = self._backend
        # A slow disk must not pile up readings.
        if backend is None or self._reading is not None:
            return

        def work() -> MachineReading:
            models = sum(model.size for model in backend.library.models())
            machine = backend.machines.real()  # whatever is pretended for the fits
            return MachineReading(machine, backend.machines.disk(backend.hub_cache), models)

        self._reading = tasks.run(work, self._done, self._failed, owner=self)

    def _done(self, reading: MachineReading) -> None:
        self._reading = None
        self._meter.show_reading(reading)

    def _failed(self, error: AppError) -> None:
        self._reading = None
        log.warning("the machine could not be read: %s", error)
