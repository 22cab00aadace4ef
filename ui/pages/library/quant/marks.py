"""How points and their names are painted in the chart of the quant lab."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui.theme import theme
from ui.widgets.chart_labels import Box

LABEL = 15.0
"""Height of a name."""


def interval(painter: QPainter, x: float, top: float, bottom: float, *, chosen: bool) -> None:
    """The range that a predicted loss lies in."""
    painter.setPen(QPen(theme.color("accent.line" if chosen else "data.2"), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def halo(painter: QPainter, at: QPointF, *, focus: bool) -> None:
    """What marks the current point and the one under the mouse."""
    colour = theme.color("focus.ring" if focus else "line.strong")
    colour.setAlpha(70)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(at, 9.5, 9.5)


def point(painter: QPainter, at: QPointF, *, measured: bool, chosen: bool) -> None:
    """Solid where it was measured, hollow where it is predicted; accent and larger where it is chosen."""
    ink = theme.color("accent.base" if chosen else "data.1")
    radius = 5.0 if chosen else 4.2
    painter.setPen(QPen(ink, 1.8 if chosen else 1.4))
    painter.setBrush(ink if measured else theme.color("bg.window"))
    painter.drawEllipse(at, radius, radius)


def name(painter: QPainter, box: Box, text: str, *, strong: bool, quiet: bool) -> None:
    """A name in the place that was found for it."""
    painter.setFont(_font(strong))
    painter.setPen(theme.color("text.2" if quiet else "text.1"))
    room = QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)


def passing_name(painter: QPainter, at: QPointF, edge: float, text: str) -> None:
    """The name of a point that has no room for one, over what is there, left of `edge`."""
    width = name_width(text) + 6
    left = at.x() + 10 if at.x() + 10 + width < edge else at.x() - 10 - width
    box = QRectF(left, at.y() - LABEL / 2 - 1, width, LABEL + 2)
    painter.setPen(QPen(theme.color("line.control"), 1))
    painter.setBrush(theme.color("bg.popover"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(_font(True))
    painter.setPen(theme.color("text.1"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def name_width(text: str) -> float:
    """Pixels that a name takes, whether it is strong or not."""
    return _metrics().horizontalAdvance(text) + 4


@cache
def _font(strong: bool) -> QFont:
    font = theme.font("code", weight=600 if strong else None)
    font.setPixelSize(11)
    return font


@cache
def _metrics() -> QFontMetricsF:
    return QFontMetricsF(_font(True))
