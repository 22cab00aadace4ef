"""What the pane of the local server asks of the backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.errors import AppError
from backend.events import ServerAsked, ServerChanged
from backend.server.types import RequestLine, ServerSettings, ServerState, ServerStatus
from ui import tasks
from ui.bridge import EventBridge

_TOGETHER_MS = 100
"""Requests that come in within this time are shown at once."""
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Serving:
    """What the server does and how it is set, read together."""

    status: ServerStatus
    settings: ServerSettings


class ServingPresenter(QObject):
    """Every call outside of the GUI thread, one after the other, so that switches end as they were left.

    Signals:
        read: A `Serving`.
        log_changed: `lines` are others.
        failed: An `AppError`.
    """

    read = Signal(object)
    log_changed = Signal()
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = backend.server
        self._lines: dict[int, RequestLine] = {}
        self._queue: list[Callable[[], object]] = []
        self._working = False
        self._shown = False
        self._together = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._together.timeout.connect(self.log_changed)
        bridge.on(ServerChanged, self._on_server)
        bridge.on(ServerAsked, self._on_asked)

    @property
    def lines(self) -> tuple[RequestLine, ...]:
        """The latest requests, the oldest first."""
        return tuple(self._lines.values())

    def load(self) -> None:
        """Read everything; the pane is in view."""
        self._shown = True

        def done(lines: tuple[RequestLine, ...]) -> None:
            self._lines = {line.id: line for line in lines[-MOST_LINES:]}
            self.log_changed.emit()

        tasks.run(self._server.log, done, self.failed.emit, owner=self)
        self._do(lambda: None)

    def set_running(self, wanted: bool) -> None:
        """Start or stop it."""
        self._do(self._server.start if wanted else self._server.stop)

    def configure(self, settings: ServerSettings, *, start: bool = False) -> None:
        """Take other settings, and start with them where `start` says so."""

        def work() -> None:
            self._server.configure(settings)
            if start:
                self._server.start()

        self._do(work)

    def new_token(self) -> None:
        """Make another token; the old one lets nobody in any more."""
        self._do(self._server.new_token)

    def clear_log(self) -> None:
        """Forget the requests."""

        def done(_: object) -> None:
            self._lines.clear()
            self.log_changed.emit()

        tasks.run(self._server.clear_log, done, self.failed.emit, owner=self)

    # -- inside

    def _do(self, work: Callable[[], object]) -> None:
        self._queue.append(work)
        self._next()

    def _next(self) -> None:
        if self._working or not self._queue:
            return
        work, self._working = self._queue.pop(0), True
        server = self._server

        def both() -> tuple[Serving, AppError | None]:
            error = None
            try:
                work()
            except AppError as raised:
                error = raised
            return Serving(server.status(), server.settings()), error

        def done(found: tuple[Serving, AppError | None]) -> None:
            serving, error = found
            self._working = False
            if not self._queue:
                self.read.emit(serving)
            if error is not None and serving.status.state is not ServerState.FAILED:
                self.failed.emit(error)  # a failed start is told by the status, in place
            self._next()

        def failed(error: AppError) -> None:
            self._working = False
            self.failed.emit(error)
            self._next()

        tasks.run(both, done, failed, owner=self)

    def _on_server(self, _event: ServerChanged) -> None:
        if self._shown:
            self._do(lambda: None)

    def _on_asked(self, event: ServerAsked) -> None:
        self._lines[event.line.id] = event.line
        while len(self._lines) > MOST_LINES:
            del self._lines[next(iter(self._lines))]
        if not self._together.isActive():
            self._together.start()
