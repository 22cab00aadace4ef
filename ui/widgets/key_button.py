"""A push button that names its key at its right end."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.buttons import Button

GAP = 8


class KeyButton(Button):
    """Args:
    keys: Such as ``Ctrl Enter``.
    """

    def __init__(
        self, text: str, keys: str, kind: str = "default", size: str = "normal", parent: QWidget | None = None
    ) -> None:
        self._keys = keys
        super().__init__(text, kind, size=size, parent=parent)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(round(advance(self._keys, "caption")) + GAP, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        primary = self.property("kind") == "primary"
        weight = 600 if primary else 500
        ink, quiet = ("accent.ink", "accent.ink") if primary else ("text.1", "text.3")
        if not self.isEnabled():
            ink = quiet = "text.disabled"
        width, keys = advance(words, "body", weight), advance(self._keys, "caption")
        left = round((self.width() - width - GAP - keys) / 2)
        painter.setFont(theme.font("body", weight=weight))
        painter.setPen(theme.color(ink))
        room = QRect(left, 0, round(width) + 2, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color(quiet))
        room = QRect(left + round(width) + GAP, 0, round(keys) + 2, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self._keys)
