"""Starts the window, gives it the backend, and stops both."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from backend.errors import AppError
from backend.i18n import tr
from backend.paths import Paths
from backend.settings import SettingsStore
from backend.version import version
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.frame.crash import CrashHook
from ui.frame.logs import close_log, enable_fault_log, open_log
from ui.frame.single import SingleInstance
from ui.theme import Scheme, icons, theme
from ui.window import MainWindow

log = logging.getLogger(__name__)

STOP_MS = 7_000
"""Longest time from closing the window to the end of the process."""


def run(paths: Paths, offline: bool = False, argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code when it was closed.

    Args:
        offline: Start with all connections off, whatever the settings say.
        argv: Arguments for Qt.
    """
    paths.ensure()
    settings = SettingsStore(paths.settings).get()
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0] if sys.argv else "orangery", *argv])
    app.setApplicationName("Orangery")
    app.setDesktopFileName("orangery")
    app.setQuitOnLastWindowClosed(False)
    single = SingleInstance(paths.config)
    if not single.claim():
        return 0
    log_file = open_log(paths.logs)
    crashed = enable_fault_log(paths.logs)
    hook = CrashHook(version, app)
    i18n.install(app, settings.language)
    theme.set_reduced_motion(settings.reduce_motion)
    theme.apply(app, settings.theme)
    app.setWindowIcon(icons.app_icon())
    window = MainWindow(QSettings(str(paths.config / "window.ini"), QSettings.Format.IniFormat))
    session = Session(app, window, paths, offline or settings.offline, crashed)
    single.activated.connect(window.bring_to_front)
    window.show()
    session.start()
    try:
        return app.exec()
    finally:
        single.release()
        hook.uninstall()
        tasks.stop()
        close_log(log_file)


class Session(QObject):
    """Builds the backend outside of the GUI thread, hands it to the window, and stops it afterwards.

    Args:
        crashed: What a crash of the run before left behind; the person is told once.
    """

    def __init__(
        self, app: QApplication, window: MainWindow, paths: Paths, offline: bool, crashed: Path | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._window = window
        self._paths = paths
        self._offline = offline
        self._crashed = crashed
        self._stop: Callable[[], None] | None = None
        self._bridge: EventBridge | None = None
        self._stopping = False
        window.closed.connect(self.stop)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self._catch_signals()

    def start(self) -> None:
        """Build the backend; the window shows the first page when it is there."""
        tasks.run(self._build, self._ready, self._failed, owner=self)

    def _build(self) -> object:
        # Imported here, in the pool: the hub client and SQLite take longer than the first frame should wait.
        from backend.app import Backend

        return Backend(self._paths, offline=self._offline)

    def _ready(self, backend: object) -> None:
        self._stop = backend.close  # type: ignore[attr-defined]
        if self._stopping:
            self._close_backend()
            return
        self._backend = backend
        self._bridge = EventBridge(backend.bus, self)  # type: ignore[attr-defined]
        self._window.attach(backend, self._bridge)  # type: ignore[arg-type]
        backend.start()  # type: ignore[attr-defined]
        if self._crashed is not None:
            log_file = self._crashed
            self._window.toast(
                tr("Orangery stopped unexpectedly the last time. Your chats are safe."),
                tr("Show log"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file))),
            )

    def _failed(self, error: AppError) -> None:
        if self._stopping:
            self._app.quit()
            return
        self._window.show_failure(error)

    def stop(self) -> None:
        """First the window is gone and no event reaches it, then the services end, then the process."""
        if self._stopping:
            return
        self._stopping = True
        QTimer.singleShot(STOP_MS, self, self._give_up)
        if self._bridge is not None:
            self._bridge.close()
        if self._stop is not None:
            self._close_backend()
        elif not tasks.wait_idle(0):
            return  # still building; `_ready` goes on
        else:
            self._app.quit()

    def _close_backend(self) -> None:
        stop = self._stop
        assert stop is not None
        tasks.run(stop, lambda _none: self._app.quit(), lambda _error: self._app.quit(), owner=self)

    def _give_up(self) -> None:
        names = [thread.name for thread in threading.enumerate() if not thread.daemon]
        log.error("services did not stop in time; threads still running: %s", names)
        self._app.exit(1)

    def _scheme_changed(self) -> None:
        if theme.chosen is Scheme.SYSTEM:
            theme.apply(self._app, Scheme.SYSTEM)

    def _catch_signals(self) -> None:
        """Close the window on Ctrl+C in the terminal and when the session ends."""
        if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
            return
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setblocking(False)
        self._sockets = (ours, theirs)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            # The handler itself does nothing: the byte on the socket wakes the event loop.
            signal.signal(number, lambda _number, _frame: None)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._signalled)

    def _signalled(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._sockets[0].recv(64)
        self._window.close()
