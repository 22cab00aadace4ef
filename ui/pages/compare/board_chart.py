"""Rating against speed: a point per contestant, as large as its memory, with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.compare.types import Rating
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.chart_labels import Mark, place, round_ticks

_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 12, 40
_LABEL = 14.0
_SMALLEST, _LARGEST = 5.0, 20.0
_REACH = 18.0
_SPEEDS = tuple(step * 10**power for power in range(-1, 5) for step in (1, 2, 5))


def frontier(rows: Sequence[Rating]) -> list[Rating]:
    """Those that nobody beats in rating and speed at once, slowest first."""
    measured = sorted((row for row in rows if row.generation_tps), key=lambda row: -(row.generation_tps or 0))
    best: list[Rating] = []
    for row in measured:
        if not best or row.rating > best[-1].rating:
            best.append(row)
    return best[::-1]


class BoardChart(QWidget):
    """A click or the arrow keys choose a point.

    Signals:
        chosen: The contestant of a point.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Rating, ...] = ()
        self._frontier: list[Rating] = []
        self._current = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Rating against speed"))
        theme.changed.connect(self.update)

    def show_rows(self, rows: tuple[Rating, ...]) -> None:
        """Show the contestants whose speed was measured."""
        self._rows = tuple(
            sorted((row for row in rows if row.generation_tps), key=lambda row: row.generation_tps or 0)
        )
        self._frontier = frontier(self._rows)
        self.update()

    def set_current(self, contestant: str) -> None:
        """The row that the table has chosen."""
        self._current = contestant
        row = next((row for row in self._rows if row.contestant == contestant), None)
        self.setAccessibleDescription(_words(row) if row is not None else "")
        self.update()

    # -- places ---------------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _ranges(self) -> tuple[float, float, float, float]:
        """Lowest and highest speed (as logarithms) and rating."""
        speeds = [math.log10(row.generation_tps or 1.0) for row in self._rows]
        low, high = min(speeds), max(speeds)
        spare = max(0.12, 0.08 * (high - low))
        bottom, top = min(row.low for row in self._rows), max(row.high for row in self._rows)
        room = max(20.0, 0.08 * (top - bottom))
        return low - spare, high + spare, bottom - room, top + room

    def _point(self, row: Rating) -> QPointF:
        area = self._area()
        left, right, _, _ = self._ranges()
        share = (math.log10(row.generation_tps or 1.0) - left) / (right - left)
        return QPointF(area.left() + share * area.width(), self._y(row.rating))

    def _y(self, rating: float) -> float:
        area = self._area()
        _, _, bottom, top = self._ranges()
        return area.bottom() - (rating - bottom) / (top - bottom) * area.height()

    def _radius(self, row: Rating) -> float:
        most = max((each.memory or 0 for each in self._rows), default=0)
        return max(_SMALLEST, _LARGEST * math.sqrt((row.memory or 0) / most)) if most else _SMALLEST

    # -- painting -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._rows:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.3"))
            words = tr("No answer of these models has been measured yet.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        self._axes(painter)
        self._line(painter)
        for row in sorted(self._rows, key=lambda row: row.contestant == self._current):
            self._dot(painter, row)
        self._names(painter)

    def _axes(self, painter: QPainter) -> None:
        area = self._area()
        left, right, bottom, top = self._ranges()
        painter.setFont(theme.font("caption", tabular=True))
        grid, ink = QPen(theme.color("line.hair"), 1), theme.color("text.3")
        for tick in round_ticks(bottom, top, 6):
            y = round(self._y(tick)) + 0.5
            painter.setPen(grid)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            box = QRectF(0, y - 8, _LEFT - 8, 16)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, fmt.number(tick)
            )
        for speed in _SPEEDS:
            place_at = math.log10(speed)
            if left <= place_at <= right:
                x = round(area.left() + (place_at - left) / (right - left) * area.width()) + 0.5
                painter.setPen(grid)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                painter.setPen(ink)
                box = QRectF(x - 30, area.bottom() + 4, 60, 16)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fmt.number(speed, 0 if speed >= 1 else 1))
        below = QRectF(area.left(), area.bottom() + 20, area.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, tr("rating, higher is better"))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, tr("faster, tokens per second (log)"))

    def _line(self, painter: QPainter) -> None:
        pen = QPen(theme.color("accent.base"), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        points = [self._point(row) for row in self._frontier]
        for one, two in pairwise(points):
            painter.drawLine(one, two)

    def _dot(self, painter: QPainter, row: Rating) -> None:
        leading = row in self._frontier
        colour = theme.color("accent.base" if leading else "line.strong")
        at, radius = self._point(row), self._radius(row)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(at.x(), self._y(row.low)), QPointF(at.x(), self._y(row.high)))
        ground = theme.color("accent.tint" if leading else "bg.inset")
        ground.setAlphaF(0.75)
        painter.setBrush(ground)
        painter.setPen(QPen(colour, 2.4 if row.contestant == self._current else 1.2))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(at, 2, 2)

    def _names(self, painter: QPainter) -> None:
        area = self._area()
        marks = []
        for rank, row in enumerate(sorted(self._rows, key=lambda row: -row.rating)):
            at = self._point(row)
            first = 0 if row.contestant == self._current else rank + 1
            words = row.contestant
            marks.append(
                Mark(
                    words,
                    at.x(),
                    at.y(),
                    advance(words, "caption"),
                    first,
                    self._y(row.high),
                    self._y(row.low),
                )
            )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.1"))
        box = (area.left(), area.top() - 8, area.right() + _RIGHT, area.bottom())
        for name, (left, top, right, bottom) in place(marks, _LABEL, box).items():
            shift = max(0.0, self._shift(name))
            left += shift if left > self._x(name) else -shift
            right += shift
            painter.drawText(
                QRectF(left, top, right - left + 24, bottom - top), Qt.AlignmentFlag.AlignVCenter, name
            )

    def _x(self, contestant: str) -> float:
        return next(self._point(row).x() for row in self._rows if row.contestant == contestant)

    def _shift(self, contestant: str) -> float:
        """How far a name moves away because its point is larger than usual."""
        return next(self._radius(row) for row in self._rows if row.contestant == contestant) - 7.0

    # -- choosing -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._near(event.position())
        if row is not None:
            self.chosen.emit(row.contestant)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            row = self._near(QPointF(event.pos()))  # type: ignore[attr-defined]
            self.setToolTip(_words(row) if row is not None else "")
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._rows:
            super().keyPressEvent(event)
            return
        at = next((i for i, row in enumerate(self._rows) if row.contestant == self._current), 0)
        at = min(max(at + step, 0), len(self._rows) - 1)
        self.chosen.emit(self._rows[at].contestant)

    def _near(self, place_at: QPointF) -> Rating | None:
        def distance(row: Rating) -> float:
            way = self._point(row) - place_at
            return math.hypot(way.x(), way.y())

        row = min(self._rows, key=distance, default=None)
        return row if row is not None and distance(row) <= max(_REACH, self._radius(row)) else None

    def sizeHint(self) -> QSize:
        return QSize(560, 320)


def _words(row: Rating) -> str:
    memory = fmt.size(row.memory) if row.memory else "–"
    return tr(
        "{name}: rating {rating}, {rate} tok/s, {memory}",
        name=row.contestant,
        rating=fmt.number(row.rating),
        rate=fmt.rate(row.generation_tps or 0.0),
        memory=memory,
    )
