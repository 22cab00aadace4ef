"""What few people change, folded away at first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import Button


class Fold(QWidget):
    """A button with a chevron, and `body` below it while it is checked.

    Signals:
        resized: It takes more or less room now.
    """

    resized = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(title, "quiet", "chevron-right", size="small")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._turn)
        self._box = QWidget(self)
        self.body = QVBoxLayout(self._box)
        self.body.setContentsMargins(0, 4, 0, 0)
        self.body.setSpacing(8)
        self._box.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        layout.addWidget(self._box)

    def _turn(self, on: bool) -> None:
        self.button.set_icon("chevron-down" if on else "chevron-right")
        self._box.setVisible(on)
        self.resized.emit()
