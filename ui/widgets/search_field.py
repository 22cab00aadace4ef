"""A line of text with a magnifying glass, the keys that reach it, and a cross to empty it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from backend.i18n import tr
from ui.theme import icons, theme
from ui.widgets.buttons import IconButton


class SearchField(QLineEdit):
    """Args:
        placeholder: What may be typed.
        shortcut: Keys to show while it is empty, such as ``Ctrl F``.

    Signals:
        moved: An arrow key up (-1) or down (+1), for the list that belongs to the field.
    """

    moved = Signal(int)

    def __init__(
        self, placeholder: str, shortcut: str = "", *, size: str = "normal", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("controlSize", size)
        self._shortcut = shortcut
        self._clear = IconButton("x", tr("Clear"), size="small", parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFixedSize(20, 20)
        self._clear.setStyleSheet("min-width: 18px; max-width: 18px; min-height: 18px; max-height: 18px;")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(self._text_changed)
        self._set_margins()
        theme.changed.connect(self.update)

    def _key_width(self) -> int:
        if not self._shortcut:
            return 0
        return round(QFontMetricsF(theme.font("caption")).horizontalAdvance(self._shortcut)) + 12

    def _set_margins(self) -> None:
        right = 20 if self.text() or not self._shortcut else self._key_width() + 2
        self.setTextMargins(22, 0, right, 0)

    def _text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._set_margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._clear.move(self.width() - 24, (self.height() - 20) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, "search", QRectF(9, (self.height() - 16) / 2, 16, 16), "text.3")
        if self._shortcut and not self.text():
            paint_key(painter, self.width() - 6 - self._key_width(), self.height(), self._shortcut)


def paint_key(painter: QPainter, left: int, height: int, text: str) -> None:
    """Draw the name of a key in a small frame, centred in `height`."""
    font = theme.font("caption")
    width = round(QFontMetricsF(font).horizontalAdvance(text)) + 10
    box = QRectF(left, (height - 18) / 2, width, 18)
    painter.setPen(QPen(theme.color("line.hair"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.color("text.3"))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
