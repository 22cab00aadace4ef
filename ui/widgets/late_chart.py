"""Room for a chart, whose library is loaded when it is first seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from backend.i18n import tr
from ui import tasks
from ui.widgets.labels import label


class LateChart(QWidget):
    """The keyboard that comes here goes to the chart.

    Signals:
        ready: The chart; sent once.

    Args:
        load: Imports the module of the chart, in a pool thread, and returns what makes it.
    """

    ready = Signal(object)

    def __init__(self, load: Callable[[], Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load: Callable[[], Callable[[], QWidget]] | None = load
        self._stack = QStackedLayout(self)
        waiting = label(tr("Reading …"), "small", "3")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(waiting)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._load is not None:
            load, self._load = self._load, None
            tasks.run(load, self._put, owner=self)

    def _put(self, make: Callable[[], QWidget]) -> None:
        chart = make()
        self._stack.addWidget(chart)
        self._stack.setCurrentWidget(chart)
        self.setFocusProxy(chart)
        self.ready.emit(chart)
