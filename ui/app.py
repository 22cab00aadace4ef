"""Starts the window, gives it the backend, and stops both."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, QUrl
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
from ui.frame.signals import CloseSignals
from ui.frame.single import SingleInstance
from ui.pages import PAGES
from ui.theme import Scheme, icons, theme
from ui.window import MainWindow

if TYPE_CHECKING:
    from backend.app import Backend

log = logging.getLogger(__name__)

STOP_MS = 7_000
"""Longest time from closing the window to the end of the process."""
CALM_MS = 700
"""From the first page on; then nothing is in the way of loading the code of the other pages."""
SETTLED_MS = 3_000
"""By then what stays until the end has been made. The garbage collector need not look through it again and
again: a full pass over it took 50 ms, a visible jerk in the middle of scrolling.
"""


def run(paths: Paths, offline: bool = False, argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code when it was closed.

    Args:
        offline: Start with all connections off, whatever the settings say.
        argv: Arguments for Qt.
    """
    with contextlib.suppress(OSError):
        paths.ensure()  # what stands in the way is said in the window, by the backend
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
    signals = CloseSignals(app)
    signals.asked.connect(window.close)
    window.show()
    session.start()
    QTimer.singleShot(SETTLED_MS, app, gc.freeze)
    try:
        return app.exec()
    finally:
        single.release()
        signals.uninstall()
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
        self._backend: Backend | None = None
        self._building = False
        self._bridge: EventBridge | None = None
        self._stopping = False
        window.closed.connect(self.stop)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def start(self) -> None:
        """Build the backend; the window shows the first page when it is there."""
        self._building = True
        tasks.run(self._build, self._ready, self._failed, owner=self)

    def _build(self) -> Backend:
        # Imported here, in the pool: the hub client and SQLite take longer than the first frame should wait.
        from backend.app import Backend

        try:
            return Backend(self._paths, offline=self._offline)
        except AppError:
            raise
        except Exception as error:
            # Without a backend there is nothing to go on with, so this must not end as an empty window.
            log.exception("the backend could not be built")
            raise AppError(
                "app.start",
                tr("Orangery could not start."),
                tr("The details say why. Start again, or with --home and another folder."),
                "".join(traceback.format_exception(error)),
            ) from error

    def _ready(self, backend: Backend) -> None:
        self._building = False
        self._backend = backend
        if self._stopping:
            self._close_backend(backend)
            return
        self._bridge = EventBridge(backend.bus, self)
        self._window.attach(backend, self._bridge)
        backend.start()
        QTimer.singleShot(CALM_MS, self, lambda: tasks.run(_load_pages, owner=self))
        if self._crashed is not None:
            log_file = self._crashed
            self._window.toast(
                tr("Orangery stopped unexpectedly the last time. Your chats are safe."),
                tr("Show log"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file))),
            )

    def _failed(self, error: AppError) -> None:
        self._building = False
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
        if self._backend is not None:
            self._close_backend(self._backend)
        elif not self._building:  # else `_ready` or `_failed` goes on
            self._app.quit()

    def _close_backend(self, backend: Backend) -> None:
        tasks.run(backend.close, lambda _none: self._app.quit(), lambda _error: self._app.quit(), owner=self)

    def _give_up(self) -> None:
        names = [thread.name for thread in threading.enumerate() if not thread.daemon]
        log.error("services did not stop in time; threads still running: %s", names)
        self._app.exit(1)

    def _scheme_changed(self) -> None:
        if theme.chosen is Scheme.SYSTEM:
            theme.apply(self._app, Scheme.SYSTEM)


def _load_pages() -> None:
    """Import what the pages are made of, so that the first click on one does not wait for it: in the window's
    own thread the code of the chat alone takes a third of a second."""
    for page in PAGES:
        page.load()
