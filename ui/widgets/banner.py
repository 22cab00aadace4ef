"""A line of information in place, with one action at most."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label

_KINDS = {
    "info": ("info", "bg.inset", "text.2"),
    "suggest": ("link", "accent.tint", "accent.text"),
    "warn": ("triangle-alert", "warn.bg", "warn.text"),
    "bad": ("circle-alert", "bad.bg", "bad.text"),
    "ok": ("check", "ok.bg", "ok.text"),
}


class Banner(QWidget):
    """Args:
        kind: ``info``, ``suggest``, ``warn``, ``bad`` or ``ok``.
        action: Words of its button; without, there is none.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(self, kind: str, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        layout = QHBoxLayout(self)
        layout.setContentsMargins(36, 7, 8, 7)
        layout.setSpacing(12)
        self._text = label(text, "small", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._text, 1)
        self._button = Button(action, size="small")
        self._button.clicked.connect(self.acted)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._button.setVisible(bool(action))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(32)
        self.setAccessibleName(text)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def set_action(self, text: str) -> None:
        """Change the words of the button; empty hides it."""
        self._button.setText(text)
        self._button.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self._text.geometry().center().y() - 7 if self.height() < 40 else 9
        paint_banner(QPainter(self), self.rect(), self._kind, top)


def paint_banner(painter: QPainter, rect: QRect, kind: str, icon_top: float, *, icon: str = "") -> None:
    """Draw the surface and the icon of a banner of `kind` into `rect`; `icon` stands in for the usual one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    name, surface, ink = _KINDS[kind]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(surface))
    radius = theme.radius("surface")
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    icons.paint(painter, icon or name, QRectF(12, icon_top, 16, 16), ink)
