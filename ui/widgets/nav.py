"""Buttons of the rail, painted in one line or, in the compact rail, as an icon over a word."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import icons, theme
from ui.widgets.search_field import paint_key

COMPACT_HEIGHT = 48


class NavButton(QAbstractButton):
    """A page of the rail, or something that opens beside it.

    Args:
        keys: The shortcut, shown while `set_keys_shown` asks for it.
    """

    def __init__(self, icon: str, text: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._keys = keys
        self._keys_shown = False
        self._compact = False
        self._note = ""
        self._badge = ""
        self._badge_active = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.setToolTip(f"{self.text()} ({self._keys})" if compact and self._keys else "")
        self.updateGeometry()
        self.update()

    def set_keys_shown(self, shown: bool) -> None:
        self._keys_shown = shown
        self.update()

    def set_note(self, text: str) -> None:
        """Grey words at the right."""
        self._note = text
        self._describe()

    def set_badge(self, text: str, *, active: bool = False) -> None:
        """A number in a rounded frame at the right; `active` gives it the accent colour."""
        self._badge, self._badge_active = text, active
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._badge or self._note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(56, COMPACT_HEIGHT if self._compact else theme.size("nav.row"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.selected.idle" if on or self.isDown() else "bg.hover"))
            radius = theme.radius("control")
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self._compact:
            self._paint_compact(painter, on)
        else:
            self._paint_line(painter, on)

    def _paint_line(self, painter: QPainter, on: bool) -> None:
        height = self.height()
        icons.paint(
            painter, self._icon, QRectF(8, (height - 16) / 2, 16, 16), "accent.text" if on else "text.2"
        )
        right = self.width() - 8
        if self._badge:
            right = self._paint_badge(painter, right, height / 2)
        elif self._keys and self._keys_shown:
            metrics = QFontMetricsF(theme.font("caption"))
            width = round(metrics.horizontalAdvance(self._keys)) + 10
            paint_key(painter, right - width + 2, height, self._keys)
            right -= width
        elif self._note:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.3"))
            painter.drawText(
                QRect(0, 0, right, height),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._note,
            )
            right -= round(QFontMetricsF(theme.font("small")).horizontalAdvance(self._note)) + 6
        font = theme.font("body", weight=600 if on else 500)
        painter.setFont(font)
        painter.setPen(theme.color("text.1" if on else "text.2"))
        room = QRectF(32, 0, right - 36, height)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_compact(self, painter: QPainter, on: bool) -> None:
        left = (self.width() - 18) / 2
        icons.paint(painter, self._icon, QRectF(left, 6, 18, 18), "accent.text" if on else "text.2")
        font = theme.font("caption", weight=500 if on else 400)
        painter.setFont(font)
        painter.setPen(theme.color("text.1" if on else "text.2"))
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(QRect(0, 27, self.width(), 16), Qt.AlignmentFlag.AlignCenter, words)
        if self._badge:
            self._paint_badge(painter, self.width() - 2, 11)

    def _paint_badge(self, painter: QPainter, right: float, middle: float) -> int:
        font = theme.font("caption", weight=600, tabular=True)
        width = max(QFontMetricsF(font).horizontalAdvance(self._badge) + 10, 18)
        box = QRectF(right - width, middle - 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.base" if self._badge_active else "bg.control.press"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setFont(font)
        painter.setPen(theme.color("accent.ink" if self._badge_active else "text.2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)
        return round(box.left()) - 6
