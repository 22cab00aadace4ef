"""The check of one adapter against one base, told line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend.adapters.types import Adapter, CheckLine, Compatibility
from ui import tasks
from ui.theme import theme

if TYPE_CHECKING:
    from backend.app import Backend

_STEP_MS = 45
"""Between one line and the next, so that the eye can follow; nothing waits for it."""


class Checker(QObject):
    """Signals:
    began: Another check; what is shown is void.
    line_shown: The next `CheckLine`.
    ended: The `Compatibility`, after its last line.
    measuring: Whether the last line is being measured.
    measured: That `CheckLine`.
    failed: An `AppError`.
    """

    began = Signal()
    line_shown = Signal(object)
    ended = Signal(object)
    measuring = Signal(bool)
    measured = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._adapter: Adapter | None = None
        self._base = ""
        self._found: Compatibility | None = None
        self._waiting: list[CheckLine] = []
        self._check: tasks.Task | None = None
        self._measure: tasks.Task | None = None
        self._step = QTimer(self, interval=_STEP_MS)
        self._step.timeout.connect(self._next)

    def show(self, adapter: Adapter | None, base_id: str) -> None:
        """Check this one, unless it is the one that was checked last."""
        if (adapter, base_id) != (self._adapter, self._base):
            self._adapter, self._base = adapter, base_id
            self.again()

    def again(self) -> None:
        """Check it once more."""
        for task in (self._check, self._measure):
            if task is not None:
                task.cancel()
        self._check = self._measure = None
        self._step.stop()
        self._found = None
        self.began.emit()
        self.measuring.emit(False)
        adapter, base = self._adapter, self._base
        if adapter is None or not base:
            return

        def done(found: Compatibility) -> None:
            self._check = None
            self._found = found
            self._waiting = list(found.lines)
            if theme.motion():
                self._next()
                self._step.start()
            else:
                while self._found is not None and self._waiting:
                    self._next()
                self._next()

        def check() -> Compatibility:
            return self._backend.adapters.check(adapter, base)

        self._check = tasks.run(check, done, self.failed.emit, owner=self)

    def _next(self) -> None:
        if self._waiting:
            self.line_shown.emit(self._waiting.pop(0))
            return
        self._step.stop()
        if self._found is not None:
            self.ended.emit(self._found)

    def measure(self, scale: float) -> None:
        """Load the base if need be, and measure whether the adapter changes its answers at `scale`."""
        adapter, base = self._adapter, self._base
        if adapter is None or self._measure is not None:
            return

        def ended() -> None:
            self._measure = None
            self.measuring.emit(False)

        def done(line: CheckLine) -> None:
            ended()
            self.measured.emit(line)

        def failed(error: object) -> None:
            ended()
            self.failed.emit(error)

        self.measuring.emit(True)
        work = lambda: self._backend.adapters.measure(adapter, base, scale)  # noqa: E731
        self._measure = tasks.run(work, done, failed, owner=self)

    def stop(self) -> None:
        """The page is going away."""
        self._step.stop()
