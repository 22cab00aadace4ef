"""Ctrl+C in the terminal and the end of the login session, as an ordinary Qt signal."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class CloseSignals(QObject):
    """Catches SIGINT and SIGTERM until `uninstall`; elsewhere than on the main thread, and on Windows, does
    nothing.

    Signals:
        asked: The process was asked to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[signal.Signals, object] = {}
        self._sockets: tuple[socket.socket, ...] = ()
        if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
            return
        ours, theirs = self._sockets = socket.socketpair()
        for end in self._sockets:
            end.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            # The handler itself does nothing: the byte on the socket wakes the event loop.
            self._before[number] = signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._signalled)

    def uninstall(self) -> None:
        """Put back what was there before."""
        if not self._sockets:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        for end in self._sockets:
            end.close()
        self._sockets = ()

    def _signalled(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._sockets[0].recv(64)
        self.asked.emit()
