"""The foot of the drawer: how many downloads run at once, and how fast all of them may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.speed_limit import SpeedLimit

if TYPE_CHECKING:
    from backend.app import Backend

AT_ONCE = range(1, 9)


class JobsFooter(QFrame):
    """Reads and writes two options of the settings.

    Signals:
        failed: The settings could not be saved.
    """

    failed = Signal(AppError)

    def __init__(self) -> None:
        super().__init__()
        self._backend: Backend | None = None
        self.setProperty("surface", "footer")
        self.setFixedHeight(theme.size("footer"))
        self.at_once = QComboBox()
        self.at_once.setProperty("controlSize", "small")
        self.at_once.setAccessibleName(tr("Downloads at once"))
        for count in AT_ONCE:
            self.at_once.addItem(str(count), count)
        self.at_once.activated.connect(self._at_once_chosen)
        self.limit = SpeedLimit()
        self.limit.setProperty("controlSize", "small")
        self.limit.chosen.connect(lambda limit: self._save(bandwidth_limit=limit))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("At once"), "small", "2"))
        row.addWidget(self.at_once)
        row.addSpacing(4)
        row.addWidget(label(tr("Speed limit"), "small", "2"))
        row.addWidget(self.limit)
        row.addStretch(1)

    def attach(self, backend: Backend) -> None:
        self._backend = backend
        self.refresh()

    def refresh(self) -> None:
        """Show what the settings say; another place may have changed them."""
        if self._backend is None:
            return
        settings = self._backend.settings.get()
        self.at_once.setCurrentIndex(self.at_once.findData(settings.downloads_at_once))
        self.limit.set_limit(settings.bandwidth_limit)

    def _at_once_chosen(self, _index: int) -> None:
        self._save(downloads_at_once=self.at_once.currentData())

    def _save(self, **changes: Any) -> None:
        backend = self._backend
        if backend is not None:
            tasks.run(lambda: backend.settings.update(**changes), failed=self._not_saved, owner=self)

    def _not_saved(self, error: AppError) -> None:
        self.refresh()
        self.failed.emit(error)
