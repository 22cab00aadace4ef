"""What happens when a bug escapes: it is logged, and the person gets a traceback that can be copied."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.frame.dialogs import CrashDialog

log = logging.getLogger(__name__)


class CrashHook(QObject):
    """Installs itself for exceptions of every thread; `uninstall` puts the earlier hooks back."""

    _caught = Signal(str)

    def __init__(self, version: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._version = version
        self._dialog: CrashDialog | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._excepthook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _excepthook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        log.critical("unhandled exception", exc_info=(kind, error, trace))
        lines = "".join(traceback.format_exception(kind, error, trace))
        system = f"Python {platform.python_version()}, {platform.platform()}"
        self._caught.emit(f"Orangery {self._version()}, {system}\n\n{lines}")

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._excepthook(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, report: str) -> None:
        # One dialog at a time: a bug in a timer would else bury the screen.
        if self._dialog is not None and self._dialog.isVisible():
            return
        from ui.frame.dialogs import CrashDialog

        self._dialog = CrashDialog(report, QApplication.activeWindow())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._dialog.open()
