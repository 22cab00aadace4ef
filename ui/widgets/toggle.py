"""A switch for something that takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Scheme, theme


class Toggle(QAbstractButton):
    """28 × 16 pixels. `name` is what a screen reader says; the visible words stand beside it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.size("switch.width"), theme.size("switch.height"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width, height = theme.size("switch.width"), theme.size("switch.height")
        track = QRectF(0, (self.height() - height) / 2, width, height)
        on = self.isChecked()
        enabled = self.isEnabled()
        painter.setBrush(
            theme.color("line.control" if not enabled else "accent.base" if on else "line.strong")
        )
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = height - 4
        left = track.right() - knob - 2 if on else track.left() + 2
        # The knob is the brightest neutral of either theme.
        painter.setBrush(theme.color("bg.control" if theme.scheme is Scheme.LIGHT else "text.1"))
        painter.drawEllipse(QRectF(left, track.top() + 2, knob, knob))
