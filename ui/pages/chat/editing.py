"""Changing a message in its own place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.message_input import MessageInput

GAP = 8


class MessageEditor(QWidget):
    """The text of a message, to be changed. Enter takes it, Esc does not.

    Args:
        action: Words of the button that takes it.

    Attributes:
        accepted: What is called with the new text.
        cancelled: What is called when it stays as it was.
    """

    def __init__(self, text: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.accepted: Callable[[str], object] = lambda text: None
        self.cancelled: Callable[[], object] = lambda: None
        self.input = MessageInput(self, lines=(2, 14))
        self.input.setProperty("frameless", False)
        self.input.setProperty("focusRing", None)
        self.input.setAccessibleName(tr("Edit message"))
        self.input.put(text)
        self.input.submitted.connect(self._take)
        self._send = Button(action, "primary", size="small")
        self._send.clicked.connect(self._take)
        cancel = Button(tr("Cancel"), size="small")
        cancel.clicked.connect(lambda: self.cancelled())
        note = label(tr("The old version stays as a branch."), "small", "3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.input)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(note)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._send)
        layout.addLayout(row)
        cursor = self.input.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.input.setTextCursor(cursor)

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        return self.input.height_for(width) + GAP + 24

    def _take(self) -> None:
        self.accepted(self.input.toPlainText().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled()
        else:
            super().keyPressEvent(event)
