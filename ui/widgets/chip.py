"""A filter that is on or off, as a small button with an outline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import icons, theme


class Chip(QAbstractButton):
    """Checkable; while on, it has the accent surface and a cross that says how to take it off.

    Args:
        cross: False for what another chip replaces, and a click does not take off.
    """

    def __init__(self, text: str, parent: QWidget | None = None, *, cross: bool = True) -> None:
        super().__init__(parent)
        self._cross = cross
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        text = QFontMetricsF(theme.font("small", weight=500)).horizontalAdvance(self.text())
        cross = self._cross and self.isChecked()
        return QSize(round(text) + 18 + (20 if cross else 0), theme.size("control.small"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        surface = "accent.tint" if on else "bg.control.hover" if self.underMouse() else "bg.control"
        painter.setPen(QPen(theme.color("accent.line" if on else "line.control"), 1))
        painter.setBrush(theme.color("bg.control.press" if self.isDown() else surface))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        ink = "text.disabled" if not self.isEnabled() else "accent.text" if on else "text.1"
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("small", weight=500))
        cross = on and self._cross
        room = self.rect().adjusted(9, 0, -9 - (20 if cross else 0), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if cross:
            icons.paint(painter, "x", QRectF(self.width() - 22, (self.height() - 14) / 2, 14, 14), ink)
