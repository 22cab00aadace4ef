"""Waiting until a page is still."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.window import MainWindow

SETTLE_S = 4.0
"""Longest time that a page may take to show its content."""
PAUSE_MS = 1_000
CALM = 24
"""Looks in a row at which nothing may be under way; one answer may ask the next question."""


def settle(app: QApplication, window: MainWindow) -> None:
    """Let the work of the page finish and its results arrive."""
    from PySide6.QtCore import QTimer

    from ui import tasks

    def pausing() -> bool:
        """Whether something is about to be asked after a short pause, such as the size of the context."""
        return any(
            timer.isActive() and timer.isSingleShot() and timer.interval() < PAUSE_MS
            for timer in window.findChildren(QTimer)
        )

    deadline = time.monotonic() + SETTLE_S
    quiet = 0
    while time.monotonic() < deadline and quiet < CALM:
        app.processEvents()
        quiet = quiet + 1 if tasks.wait_idle(0.02) and not pausing() else 0
    app.processEvents()
