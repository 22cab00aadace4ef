"""The size ruler of the first start: how large a model this machine runs, and how well."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.capacity.sentence import Ruler, verdict_word
from backend.capacity.types import Verdict
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.fit_pill import paint_fit_glyph

TICKS = (1e9, 3e9, 8e9, 14e9, 24e9, 32e9, 70e9)


class SizeRuler(QWidget):
    """A square-root scale of parameter counts, a coloured stretch per verdict, numbered marks on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ruler: Ruler | None = None
        self._marks: tuple[tuple[int, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_ruler(self, ruler: Ruler, marks: tuple[tuple[int, float], ...]) -> None:
        """Show `ruler`; `marks` are (number, parameters) of the recommended models."""
        self._ruler = ruler
        self._marks = marks
        self.setAccessibleName(
            ", ".join(
                tr("{verdict} up to {size}", verdict=verdict_word(verdict), size=fmt.count(int(end)))
                for verdict, end in _stretches(ruler)
                if math.isfinite(end)
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 62)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 62)

    def _x(self, parameters: float) -> float:
        largest = 80e9
        return math.sqrt(min(parameters, largest) / largest) * (self.width() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ruler is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("small")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        bar_y, free_from = 26.0, 0.0
        start = 0.0
        for verdict, end in _stretches(self._ruler):
            x0, x1 = self._x(start), self._x(end)
            start = end
            if x1 - x0 < 2:
                continue
            self._stretch(painter, QRectF(x0, bar_y, x1 - x0 - 2, 6), verdict)
            word = verdict_word(verdict)
            label_x = max(x0, free_from)
            if label_x + 18 + metrics.horizontalAdvance(word) <= self.width():
                paint_fit_glyph(painter, QRectF(label_x, 3, 10, 10), verdict)
                painter.setPen(theme.color("text.1"))
                painter.drawText(QPointF(label_x + 16, 12), word)
                free_from = label_x + 16 + metrics.horizontalAdvance(word) + 16
        self._ticks(painter)
        self._numbers(painter, bar_y + 3)

    def _stretch(self, painter: QPainter, rect: QRectF, verdict: Verdict) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        match verdict:
            case Verdict.FITS_GPU:
                painter.setBrush(theme.color("ok.mark"))
            case Verdict.FITS:
                tint = theme.color("ok.mark")
                tint.setAlphaF(0.5 if self._ruler is not None and self._ruler.gpu else 1.0)
                painter.setBrush(tint)
            case Verdict.TIGHT:
                painter.setBrush(theme.color("warn.mark"))
            case _:
                painter.setBrush(theme.color("bg.window"))
                painter.setPen(QPen(theme.color("bad.mark"), 1))
        painter.drawRoundedRect(rect, 2, 2)

    def _ticks(self, painter: QPainter) -> None:
        font = theme.font("caption")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        for value in TICKS:
            x = self._x(value)
            painter.setPen(QPen(theme.color("text.3"), 1))
            painter.drawLine(QPointF(x, 36), QPointF(x, 40))
            text = f"{value / 1e9:.0f}B"
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, 54), text)

    def _numbers(self, painter: QPainter, y: float) -> None:
        font = theme.font("caption", weight=600)
        painter.setFont(font)
        for number, parameters in self._marks:
            centre = QPointF(self._x(parameters), y)
            painter.setPen(QPen(theme.color("bg.window"), 2))
            painter.setBrush(theme.color("data.1"))
            painter.drawEllipse(centre, 8.5, 8.5)
            painter.setPen(theme.color("bg.window"))
            box = QRectF(centre.x() - 8, centre.y() - 8, 16, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


def _stretches(ruler: Ruler) -> tuple[tuple[Verdict, float], ...]:
    """Each verdict with the number of parameters at which it ends."""
    gpu = ((Verdict.FITS_GPU, float(ruler.gpu)),) if ruler.gpu else ()
    return (
        *gpu,
        (Verdict.FITS, float(ruler.memory)),
        (Verdict.TIGHT, float(ruler.tight)),
        (Verdict.TOO_BIG, math.inf),
    )
