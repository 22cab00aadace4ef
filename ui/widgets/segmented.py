"""One of a few words, all visible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


class SegmentedControl(QWidget):
    """Arrow keys and clicks choose. Values may be any objects; the first is chosen at the start.

    Signals:
        changed: The value that was just chosen by the person or by `set_value`.
    """

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        name: str,
        *,
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._current = 0
        self._hover = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        horizontal = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self._describe()
        theme.changed.connect(self.update)

    def value(self) -> object:
        return self._options[self._current][0]

    def set_value(self, value: object) -> None:
        """Choose the option with this value. Raises `ValueError` if there is none."""
        self._choose([option for option, _ in self._options].index(value))

    def _choose(self, place: int) -> None:
        if place == self._current or not 0 <= place < len(self._options):
            return
        self._current = place
        self._describe()
        self.update()
        self.changed.emit(self.value())

    def _describe(self) -> None:
        self.setAccessibleDescription(self._options[self._current][1])

    def _widths(self) -> list[int]:
        metrics = QFontMetricsF(theme.font("small", weight=600))
        return [round(metrics.horizontalAdvance(word)) + 20 for _, word in self._options]

    def _boxes(self) -> list[QRect]:
        widths = self._widths()
        spare = max(self.width() - sum(widths), 0)
        boxes, left = [], 0
        for place, width in enumerate(widths):
            extra = spare * (place + 1) // len(widths) - spare * place // len(widths)
            boxes.append(QRect(left, 0, width + extra, self.height()))
            left += width + extra
        return boxes

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), theme.size("control.small"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.radius("control")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.inset"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        for place, (box, (_, word)) in enumerate(zip(self._boxes(), self._options, strict=True)):
            chosen = place == self._current
            if chosen:
                painter.setPen(QPen(theme.color("line.control"), 1))
                painter.setBrush(theme.color("bg.control"))
                painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            ink = "text.1" if chosen or place == self._hover else "text.2"
            painter.setPen(theme.color(ink if self.isEnabled() else "text.disabled"))
            painter.setFont(theme.font("small", weight=600 if chosen else 400))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, box in enumerate(self._boxes()):
            if box.contains(event.position().toPoint()):
                self._choose(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovers = [box.contains(event.position().toPoint()) for box in self._boxes()]
        self._hover = hovers.index(True) if True in hovers else -1
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._choose(self._current - 1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._choose(self._current + 1)
            case _:
                super().keyPressEvent(event)
