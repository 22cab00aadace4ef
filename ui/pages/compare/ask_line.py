"""Where all columns are asked: one field, and a button that becomes *Stop all*."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.pages.compare.words import ask_words
from ui.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.message_input import MessageInput

_BELOW = 3
"""Pixels below the button, which so stands in the middle of a field with one line."""


class _Frame(QWidget):
    """The outline of the field."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class AskLine(QWidget):
    """Signals:
    asked: A prompt for all columns; it stays in the field until `clear_text`.
    stopped: All answers are to end.
    refused: A sentence that says why text was not taken in.
    """

    asked = Signal(str)
    stopped = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._ready = False
        frame = _Frame()
        self.input = MessageInput(frame, lines=(1, 6))
        self.input.setAccessibleName(tr("Prompt for all columns"))
        self.input.submitted.connect(self._submit)
        self.input.grown.connect(self._fit)
        self.input.refused.connect(self.refused)
        self.input.textChanged.connect(self._show)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(10, 9, 6, 0)
        inside.addWidget(self.input)
        self._ask = KeyButton(tr("Ask all"), tr("Enter"), "primary", "large")
        self._ask.clicked.connect(self._submit)
        self._stop = KeyButton(tr("Stop all"), tr("Esc"), size="large")
        self._stop.clicked.connect(self.stopped)
        for button in (self._ask, self._stop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(frame, 1)
        at_the_end = QVBoxLayout()
        at_the_end.setContentsMargins(0, 0, 0, _BELOW)
        at_the_end.addStretch(1)
        for button in (self._ask, self._stop):
            at_the_end.addWidget(button)
        layout.addLayout(at_the_end)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        self._show()

    def set_columns(self, count: int) -> None:
        """How many will be asked; none of them when there is nothing to ask."""
        self._ready = count > 0
        self.input.setPlaceholderText(ask_words(count) if count else "")
        self._show()

    def set_busy(self, busy: bool) -> None:
        """While answers are written the button stops them."""
        self._busy = busy
        self._show()

    def clear_text(self) -> None:
        """Empty the field after its prompt was taken."""
        self.input.clear()

    def _submit(self) -> None:
        text = self.input.toPlainText()
        if not self._busy and self._ready and text.strip():
            self.asked.emit(text)

    def _show(self) -> None:
        self._stop.setVisible(self._busy)
        self._ask.setVisible(not self._busy)
        self._ask.setEnabled(self._ready and not self.input.document().isEmpty())

    def _fit(self) -> None:
        self.input.setFixedHeight(self.input.height_for(self.input.width()))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._busy:
            self.stopped.emit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
