"""What happens when a bug escapes: it is logged, and the person gets a traceback that can be copied."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import IconLabel

log = logging.getLogger(__name__)

FAULT_LOG = "crash.log"


class CrashDialog(QDialog):
    """Says that this was Orangery's fault, and shows what a report needs."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Orangery")
        self.setMinimumSize(560, 360)
        self.report = report
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("circle-alert", "bad.text"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(tr("Something in Orangery went wrong"), "title", wrap=True), 1)
        layout.addLayout(head)
        words = tr(
            "This is a bug in the program. Your chats and files are safe, and you can go on working. "
            "If it happens again, copy the details and report them."
        )
        layout.addWidget(label(words, "small", "2", wrap=True))
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setFont(theme.font("code"))
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setAccessibleName(tr("Details"))
        layout.addWidget(details, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        copy = Button(tr("Copy details"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close = Button(tr("Go on"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout.addLayout(buttons)


class CrashHook(QObject):
    """Installs itself for exceptions of every thread; `uninstall` puts the earlier hooks back."""

    _caught = Signal(str)

    def __init__(self, version: str, parent: QObject | None = None) -> None:
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
        self._caught.emit(
            f"Orangery {self._version}, Python {platform.python_version()}, {platform.platform()}\n\n{lines}"
        )

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._excepthook(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, report: str) -> None:
        # One dialog at a time: a bug in a timer would else bury the screen.
        if self._dialog is not None and self._dialog.isVisible():
            return
        self._dialog = CrashDialog(report, QGuiApplication.focusWindow() and _active_window())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._dialog.open()


def _active_window() -> QWidget | None:
    from PySide6.QtWidgets import QApplication

    return QApplication.activeWindow()


def enable_fault_log(folder: Path) -> None:
    """Let a native crash of this process leave its Python stacks in `folder`; keep the last one beside it."""
    path = folder / FAULT_LOG
    if path.exists() and path.stat().st_size:
        path.replace(path.with_suffix(".previous.log"))
    # The file stays open as long as the process lives: faulthandler writes to it from a signal handler.
    faulthandler.enable(path.open("w", encoding="utf-8"))
