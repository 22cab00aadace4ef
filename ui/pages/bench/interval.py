"""How a share with its interval is painted, on an axis from nothing to all."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from backend.bench.types import Score
from ui.theme import theme


def paint_interval(painter: QPainter, room: QRect, score: Score, *, strong: bool = False) -> None:
    """A thin track from 0 to 1, the interval on it, and a dot at the share."""
    if room.width() < 12:
        return
    left, width, y = float(room.left()), float(room.width()), room.center().y() + 0.5
    painter.setPen(_round(theme.color("data.track"), 2))
    painter.drawLine(QPointF(left, y), QPointF(left + width, y))
    low, high = (left + width * min(max(end, 0.0), 1.0) for end in (score.low, score.high))
    painter.setPen(_round(theme.color("data.2" if strong else "data.3"), 3))
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    painter.setPen(QPen(theme.color("bg.window"), 1))
    painter.setBrush(theme.color("data.1"))
    at = left + width * score.share
    painter.drawEllipse(QRectF(at - 4, y - 4, 8, 8))


def paint_change(
    painter: QPainter, room: QRect, change: float, low: float, high: float, scale: float
) -> None:
    """A change with its interval, left and right of nothing in the middle; `scale` is at the ends."""
    if room.width() < 12 or scale <= 0:
        return
    middle, half, y = room.center().x() + 0.5, room.width() / 2, room.center().y() + 0.5

    def at(value: float) -> float:
        return middle + half * min(max(value / scale, -1.0), 1.0)

    painter.setPen(QPen(theme.color("line.control"), 1))
    painter.drawLine(QPointF(middle, room.top() + 6), QPointF(middle, room.bottom() - 6))
    painter.setPen(_round(theme.color("data.3"), 3))
    painter.drawLine(QPointF(at(low), y), QPointF(at(high), y))
    painter.setPen(QPen(theme.color("bg.window"), 1))
    painter.setBrush(theme.color("data.1"))
    painter.drawEllipse(QRectF(at(change) - 4, y - 4, 8, 8))


def _round(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
