"""What the panes about this machine and its fit ledger ask of the backend."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.capacity.types import Correction, FitRun, Machine, Pool, PoolKind, Rates
from backend.errors import AppError, Cancelled
from backend.events import FitLedgerChanged
from ui import tasks
from ui.bridge import EventBridge
from ui.models.what_if import WhatIf

READ_MS = 2_000
"""How often the memory is read again while the pane is in view."""


class CapacityPresenter(QObject):
    """Signals:
    failed: An `AppError`.
    measure_failed: The same, of a measurement of the speed.
    machine_ready: The `Machine` as it really is.
    rates_ready: `Rates`, or None where nothing was measured yet.
    measuring: Whether the speed is being measured.
    progress: Share of 1, and the quantization family whose turn it is.
    ledger_ready: The `FitRun` rows, newest first, and the `Correction` of each backend.
    """

    failed = Signal(object)
    measure_failed = Signal(object)
    machine_ready = Signal(object)
    rates_ready = Signal(object)
    measuring = Signal(bool)
    progress = Signal(float, str)
    ledger_ready = Signal(object, object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._stop: threading.Event | None = None
        self._reading: tasks.Task | None = None
        self._wants_ledger = False
        self.what_if = WhatIf(backend, bridge, self)
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.read_machine)
        bridge.on(FitLedgerChanged, self._ledger_changed)

    # -- the machine

    def watch(self, on: bool) -> None:
        """Read the machine now, and again and again while it is looked at."""
        if on:
            self._timer.start()
            self.read_machine()
            tasks.run(self._backend.calibration.rates, self.rates_ready.emit, self.failed.emit, owner=self)
        else:
            self._timer.stop()

    def read_machine(self) -> None:
        if self._reading is not None:  # a slow driver must not pile up readings
            return

        def done(machine: Machine) -> None:
            self._reading = None
            self.machine_ready.emit(machine)

        def failed(error: AppError) -> None:
            self._reading = None
            self.failed.emit(error)

        self._reading = tasks.run(self._backend.machines.real, done, failed, owner=self)

    def limit_of(self, pool: Pool) -> int | None:
        """What models may have of `pool` at most, as the person set it."""
        settings = self._backend.settings.get()
        if pool.kind is PoolKind.RAM:
            return settings.ram_limit
        return dict(settings.gpu_limits).get(pool.name)

    def set_limit(self, pool: Pool, limit: int | None) -> None:
        """Let models have at most `limit` bytes of `pool`; None is all of it."""

        def work() -> None:
            settings = self._backend.settings
            if pool.kind is PoolKind.RAM:
                settings.update(ram_limit=limit)
            else:
                limits = {**dict(settings.get().gpu_limits), pool.name: limit}
                settings.update(gpu_limits={name: each for name, each in limits.items() if each is not None})

        tasks.run(work, lambda _none: self.read_machine(), self.failed.emit, owner=self)

    # -- its speed

    @property
    def is_measuring(self) -> bool:
        return self._stop is not None

    def measure(self) -> None:
        """Run the test models; takes some ten seconds. `rates_ready` follows, unless it was stopped."""
        if self._stop is not None:
            return
        stop = self._stop = threading.Event()
        backend = self._backend

        def work() -> Rates | None:
            try:
                return backend.calibration.measure(stop, self.progress.emit)
            except Cancelled:
                return None

        def ended() -> None:
            self._stop = None
            self.measuring.emit(False)

        def done(rates: Rates | None) -> None:
            ended()
            if rates is not None:
                self.rates_ready.emit(rates)

        def failed(error: AppError) -> None:
            ended()
            self.measure_failed.emit(error)

        self.measuring.emit(True)
        tasks.run(work, done, failed, owner=self)

    def stop_measuring(self) -> None:
        """End the measurement as soon as its present step allows; what was known before stays."""
        if self._stop is not None:
            self._stop.set()

    # -- the fit ledger

    def load_ledger(self) -> None:
        self._wants_ledger = True
        ledger = self._backend.fit_ledger

        def work() -> tuple[tuple[FitRun, ...], tuple[Correction, ...]]:
            return ledger.runs(), ledger.corrections()

        tasks.run(work, lambda found: self.ledger_ready.emit(*found), self.failed.emit, owner=self)

    def clear_ledger(self) -> None:
        """Forget all loads and what was learned from them."""
        tasks.run(
            self._backend.fit_ledger.clear, lambda _none: self.load_ledger(), self.failed.emit, owner=self
        )

    def _ledger_changed(self, _event: FitLedgerChanged) -> None:
        if self._wants_ledger:
            self.load_ledger()
