"""One result over time, as points with what they may be off by. Import this only once it is shown: it needs
the plot library."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.history_data import Point, Series
from ui.theme import theme
from ui.widgets.chart_labels import ticks_to
from ui.widgets.plot import Plot

_REACH = 14.0
_DAY = 86_400.0


class Trend(Plot):
    """A click or the arrow keys choose a run.

    Signals:
        picked: Id of a run that was clicked or stepped to.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._series: Series | None = None
        self._current = -1
        self._line = pg.PlotCurveItem(antialias=True)
        self._spread = pg.ErrorBarItem(beam=0)
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self._halo = pg.ScatterPlotItem(size=18, pen=QPen(Qt.PenStyle.NoPen), antialias=True)
        self._dots = pg.ScatterPlotItem(antialias=True)
        super().__init__(parent, left=44, margins=(0, 8, 24, 0), grid=("left",))
        for item in (self._zero, self._line, self._spread, self._halo, self._dots):
            self.addItem(item)
        self.setMinimumHeight(120)
        self.setAccessibleName(tr("One result over time"))

    def show_series(self, series: Series | None, current: int) -> None:
        """Show a series, with the point of the run `current` marked."""
        self._series, self._current = series, current
        point = next((point for point in self.points() if point.run_id == current), None)
        self.setAccessibleDescription(self._words(point) if point is not None else "")
        self._range()
        self._draw()

    def points(self) -> tuple[Point, ...]:
        """What is drawn, oldest first."""
        return self._series.points if self._series is not None else ()

    def place_of(self, point: Point) -> QPointF:
        """Where a point is drawn, in pixels of the chart."""
        place: QPointF = self.plotItem.getViewBox().mapViewToScene(QPointF(point.when, point.value))
        return place

    def _range(self) -> None:
        points = self.points()
        for name in ("left", "bottom"):
            self.plotItem.showAxis(name, bool(points))
        self._zero.setVisible(bool(points))
        if not points:
            return
        share = self._series is not None and self._series.share
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if share else ticks_to(max(point.high for point in points))
        digits = 0 if all(abs(tick - round(tick)) < 1e-9 for tick in ticks) else 1
        words = [fmt.percent(tick) if share else fmt.number(tick, digits) for tick in ticks]
        self.plotItem.getAxis("left").setTicks([list(zip(ticks, words, strict=True))])
        first, last = points[0].when, points[-1].when
        ends = (first, last) if last > first else (first,)
        self.plotItem.getAxis("bottom").setTicks([[(when, fmt.ago(when)) for when in ends]])
        room = 0.1 * (last - first) or _DAY
        top = ticks[-1] or 1.0
        self.plotItem.getViewBox().setRange(
            xRange=(first - room, last + room), yRange=(-0.01 * top, top), padding=0
        )

    def _draw(self) -> None:
        points = self.points()
        xs = [point.when for point in points]
        ys = [point.value for point in points]
        self._line.setData(xs, ys, pen=pg.mkPen(theme.color("data.3"), width=1.5))
        self._spread.setData(
            x=np.array(xs),
            y=np.array(ys),
            top=np.array([point.high - point.value for point in points]),
            bottom=np.array([point.value - point.low for point in points]),
            pen=pg.mkPen(theme.color("data.2")),
        )
        self._zero.setPen(pg.mkPen(theme.color("line.control")))
        current = [point for point in points if point.run_id == self._current]
        shown = current if self.hasFocus() else []
        self._halo.setData(
            [point.when for point in shown],
            [point.value for point in shown],
            brush=theme.color("accent.tint"),
        )
        self._dots.setData(
            xs,
            ys,
            size=[10 if point in current else 8 for point in points],
            brush=[self._colour(point in current) for point in points],
            pen=pg.mkPen(theme.color("bg.window")),
        )

    @staticmethod
    def _colour(current: bool) -> QColor:
        return theme.color("accent.base" if current else "data.1")

    def _tint(self) -> None:
        super()._tint()
        self._draw()

    def focus_changed(self) -> None:
        self._draw()

    def _words(self, point: Point) -> str:
        share = self._series is not None and self._series.share
        value = fmt.percent(point.value) if share else tr("{rate} tok/s", rate=fmt.rate(point.value))
        parts = [value, f"{fmt.date(point.when)}, {fmt.clock(point.when)}", point.note]
        return "\n".join(part for part in parts if part)

    def _near(self, place: QPointF) -> Point | None:
        def far(point: Point) -> float:
            return (self.place_of(point) - place).manhattanLength()

        nearest = min(self.points(), key=far, default=None)
        return nearest if nearest is not None and far(nearest) <= _REACH else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position())
        self.viewport().setToolTip(self._words(point) if point is not None else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = self._near(event.position())
        if point is not None:
            self.picked.emit(point.run_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids = [point.run_id for point in self.points()]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._current not in ids:
            event.ignore()
            return
        at = min(max(ids.index(self._current) + step, 0), len(ids) - 1)
        self.picked.emit(ids[at])
