"""The head of a group of controls."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import label


class SectionHeader(QWidget):
    """A title, a note in grey, and one link at the right.

    Signals:
        acted: The link was pressed.
    """

    acted = Signal()

    def __init__(self, title: str, note: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._title = label(title, "body", weight=600)
        self._note = label(note, "small", "3")
        self._action = Button(action, "link")
        self._action.clicked.connect(self.acted)
        layout.addWidget(self._title)
        layout.addWidget(self._note)
        layout.addStretch(1)
        layout.addWidget(self._action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(title)

    def set_note(self, text: str) -> None:
        self._note.setText(text)

    def set_title(self, text: str) -> None:
        self._title.setText(text)
        self.setAccessibleName(text)


def hairline(vertical: bool = False) -> QFrame:
    """A separator, one device pixel thick."""
    line = QFrame()
    line.setProperty("line", "v" if vertical else "h")
    return line
