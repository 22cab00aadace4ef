"""The way back to the end of the transcript."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea

from backend.i18n import tr
from ui.widgets.buttons import Button

_BOTTOM = 12


class JumpButton(Button):
    """Floats over the lower edge of `area`, in the middle."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(tr("Jump to latest"), icon="arrow-down", size="small", parent=area)
        self._area = area
        self.hide()

    def offer(self, shown: bool) -> None:
        """Show or hide it, where the area has its lower edge now."""
        self.setVisible(shown)
        if shown:
            size = self.sizeHint()
            x = (self._area.viewport().width() - size.width()) // 2
            self.setGeometry(QRect(QPoint(x, self._area.height() - size.height() - _BOTTOM), size))
            self.raise_()
