"""Rating against speed: a point per contestant, as large as its memory, with its interval. Import this only
once it is shown: it needs the plot library."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.compare.types import Rating
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.chart_labels import Mark, place, round_ticks
from ui.widgets.plot import Plot

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


class BoardChart(Plot):
    """A click or the arrow keys choose a point.

    Signals:
        chosen: The contestant of a point.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows: tuple[Rating, ...] = ()
        self._frontier: list[Rating] = []
        self._current = ""
        self._best = pg.PlotCurveItem(antialias=True)
        self._spreads = {leading: pg.ErrorBarItem(beam=0) for leading in (False, True)}
        self._dots = pg.ScatterPlotItem(antialias=True)
        super().__init__(parent, left=44, margins=(0, 12, 16, 0), grid=("left", "bottom"))
        for item in (self._best, *self._spreads.values(), self._dots):
            self.addItem(item)
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Rating against speed"))

    def show_rows(self, rows: tuple[Rating, ...]) -> None:
        """Show the contestants whose speed was measured."""
        self._rows = tuple(
            sorted((row for row in rows if row.generation_tps), key=lambda row: row.generation_tps or 0)
        )
        self._frontier = frontier(self._rows)
        self._range()
        self._draw()

    def set_current(self, contestant: str) -> None:
        """The row that the table has chosen."""
        self._current = contestant
        row = next((row for row in self._rows if row.contestant == contestant), None)
        self.setAccessibleDescription(_words(row) if row is not None else "")
        self._draw()

    # -- places ---------------------------------------------------------------------------------------------

    def _range(self) -> None:
        for name in ("left", "bottom"):
            self.plotItem.showAxis(name, bool(self._rows))
        if not self._rows:
            return
        speeds = [_across(row) for row in self._rows]
        spare = max(0.12, 0.08 * (max(speeds) - min(speeds)))
        left, right = min(speeds) - spare, max(speeds) + spare
        lowest, highest = min(row.low for row in self._rows), max(row.high for row in self._rows)
        room = max(20.0, 0.08 * (highest - lowest))
        bottom, top = lowest - room, highest + room
        self.plotItem.getViewBox().setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        ratings = [(tick, fmt.number(tick)) for tick in round_ticks(bottom, top, 6)]
        self.plotItem.getAxis("left").setTicks([ratings])
        places = [
            (math.log10(speed), fmt.number(speed, 0 if speed >= 1 else 1))
            for speed in _SPEEDS
            if left <= math.log10(speed) <= right
        ]
        self.plotItem.getAxis("bottom").setTicks([places])

    def place_of(self, row: Rating) -> QPointF:
        """Where a contestant is drawn, in pixels of the chart."""
        return self._at(row, row.rating)

    def _at(self, row: Rating, rating: float) -> QPointF:
        found: QPointF = self.plotItem.getViewBox().mapViewToScene(QPointF(_across(row), rating))
        return found

    def _radius(self, row: Rating) -> float:
        most = max((each.memory or 0 for each in self._rows), default=0)
        return max(_SMALLEST, _LARGEST * math.sqrt((row.memory or 0) / most)) if most else _SMALLEST

    # -- drawing --------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        accent = theme.color("accent.base")
        dashes = pg.mkPen(accent, width=1.4, style=Qt.PenStyle.DashLine)
        best = self._frontier
        self._best.setData([_across(row) for row in best], [row.rating for row in best], pen=dashes)
        for leading, spread in self._spreads.items():
            rows = [row for row in self._rows if (row in best) is leading]
            spread.setData(
                x=np.array([_across(row) for row in rows]),
                y=np.array([row.rating for row in rows]),
                top=np.array([row.high - row.rating for row in rows]),
                bottom=np.array([row.rating - row.low for row in rows]),
                pen=pg.mkPen(accent if leading else theme.color("line.strong")),
            )
        self._dots.setData([
            spot
            for row in sorted(self._rows, key=lambda row: row.contestant == self._current)
            for spot in self._spots(row)
        ])  # fmt: skip
        self.viewport().update()

    def _spots(self, row: Rating) -> tuple[dict[str, object], dict[str, object]]:
        """The circle of a contestant, and its middle."""
        leading = row in self._frontier
        colour = theme.color("accent.base" if leading else "line.strong")
        ground = theme.color("accent.tint" if leading else "bg.inset")
        ground.setAlphaF(0.75)
        at = (_across(row), row.rating)
        pen = pg.mkPen(colour, width=2.4 if row.contestant == self._current else 1.2)
        circle: dict[str, object] = {"pos": at, "size": 2 * self._radius(row), "brush": ground, "pen": pen}
        return circle, {"pos": at, "size": 4, "brush": colour, "pen": QPen(Qt.PenStyle.NoPen)}

    def _tint(self) -> None:
        super()._tint()
        self._draw()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        if self._rows:
            self._names(painter)
            return
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.3"))
        words = tr("No answer of these models has been measured yet.")
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _names(self, painter: QPainter) -> None:
        area = self.plotItem.getViewBox().sceneBoundingRect()
        marks = []
        for rank, row in enumerate(sorted(self._rows, key=lambda row: -row.rating)):
            at, words = self.place_of(row), row.contestant
            first = 0 if row.contestant == self._current else rank + 1
            ends = self._at(row, row.high).y(), self._at(row, row.low).y()
            marks.append(Mark(words, at.x(), at.y(), advance(words, "caption"), first, *ends))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.1"))
        rows = {row.contestant: row for row in self._rows}
        box = (area.left(), area.top() - 8, area.right() + 16, area.bottom())
        for name, (left, top, right, bottom) in place(marks, _LABEL, box).items():
            shift = max(0.0, self._radius(rows[name]) - 7.0)  # beside a point that is larger than usual
            left += shift if left > self.place_of(rows[name]).x() else -shift
            words_at = QRectF(left, top, right + shift - left + 24, bottom - top)
            painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()

    # -- choosing -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        row = self._near(event.position())
        if row is not None:
            self.chosen.emit(row.contestant)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._near(event.position())
        self.viewport().setToolTip(_words(row) if row is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._rows:
            event.ignore()
            return
        at = next((i for i, row in enumerate(self._rows) if row.contestant == self._current), 0)
        at = min(max(at + step, 0), len(self._rows) - 1)
        self.chosen.emit(self._rows[at].contestant)

    def _near(self, place_at: QPointF) -> Rating | None:
        def distance(row: Rating) -> float:
            way = self.place_of(row) - place_at
            return math.hypot(way.x(), way.y())

        row = min(self._rows, key=distance, default=None)
        return row if row is not None and distance(row) <= max(_REACH, self._radius(row)) else None

    def sizeHint(self) -> QSize:
        return QSize(560, 300)


def _across(row: Rating) -> float:
    """Its place on the logarithmic axis of speeds."""
    return math.log10(row.generation_tps or 1.0)


def _words(row: Rating) -> str:
    memory = fmt.size(row.memory) if row.memory else "–"
    return tr(
        "{name}: rating {rating}, {rate} tok/s, {memory}",
        name=row.contestant,
        rating=fmt.number(row.rating),
        rate=fmt.rate(row.generation_tps or 0.0),
        memory=memory,
    )
