"""One result over time, as points with what they may be off by."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.history_data import Point, Series
from ui.theme import theme
from ui.widgets.chart_labels import round_ticks

_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 24, 16, 26
_REACH = 14.0


class Trend(QWidget):
    """Signals:
    picked: Id of a run that was clicked or stepped to.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: Series | None = None
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setProperty("focusRing", "none")  # the halo of the current point says it
        theme.changed.connect(self.update)
        self.setAccessibleName(tr("One result over time"))

    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    def show_series(self, series: Series | None, current: int) -> None:
        """Show a series, with the point of the run `current` marked."""
        self._series, self._current = series, current
        point = next((point for point in self.points() if point.run_id == current), None)
        self.setAccessibleDescription(self._words(point) if point is not None else "")
        self.update()

    def points(self) -> tuple[Point, ...]:
        """What is drawn, oldest first."""
        return self._series.points if self._series is not None else ()

    def _ticks(self) -> list[float]:
        if self._series is not None and self._series.share:
            return [0.0, 0.25, 0.5, 0.75, 1.0]
        highest = max((point.high for point in self.points()), default=1.0)
        ticks = round_ticks(0.0, highest, 4)
        step = ticks[1] - ticks[0] if len(ticks) > 1 else highest
        while ticks[-1] < highest * 0.999:
            ticks.append(ticks[-1] + step)
        return ticks

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _at(self, point: Point, value: float) -> QPointF:
        area, points = self._area(), self.points()
        first, last = points[0].when, points[-1].when
        across = (point.when - first) / (last - first) if last > first else 0.5
        return QPointF(area.left() + 12 + across * (area.width() - 24), self._height(value))

    def _height(self, value: float) -> float:
        area = self._area()
        return area.bottom() - area.height() * max(value, 0.0) / (self._ticks()[-1] or 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        points = self.points()
        if not points:
            return
        painter = QPainter(self)
        area, ticks = self._area(), self._ticks()
        share = self._series is not None and self._series.share
        painter.setFont(theme.font("caption", tabular=True))
        digits = 0 if all(abs(tick - round(tick)) < 1e-9 for tick in ticks) else 1
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for tick in ticks:
            y = round(self._height(tick))
            painter.setPen(QPen(theme.color("line.control" if tick == 0 else "data.grid"), 0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("text.3"))
            words = fmt.percent(tick) if share else fmt.number(tick, digits)
            painter.drawText(QRectF(0, y - 8, _LEFT - 8, 16), right, words)
        self._dates(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [self._at(point, point.value) for point in points]
        painter.setPen(QPen(theme.color("data.3"), 1.5))
        for before, after in pairwise(places):
            painter.drawLine(before, after)
        for point, place in zip(points, places, strict=True):
            painter.setPen(QPen(theme.color("data.2"), 1))
            painter.drawLine(self._at(point, point.low), self._at(point, point.high))
            current = point.run_id == self._current
            if current and self.hasFocus():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent.tint"))
                painter.drawEllipse(place, 9, 9)
            painter.setPen(QPen(theme.color("bg.window"), 1))
            painter.setBrush(theme.color("accent.base" if current else "data.1"))
            painter.drawEllipse(place, 5 if current else 4, 5 if current else 4)

    def _dates(self, painter: QPainter, area: QRectF) -> None:
        points = self.points()
        painter.setPen(theme.color("text.3"))
        box = QRectF(area.left(), area.bottom() + 6, area.width(), 16)
        if len(points) > 1:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), fmt.ago(points[0].when))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), fmt.ago(points[-1].when))
        else:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), fmt.ago(points[0].when))

    def _words(self, point: Point) -> str:
        share = self._series is not None and self._series.share
        value = fmt.percent(point.value) if share else tr("{rate} tok/s", rate=fmt.rate(point.value))
        parts = [value, f"{fmt.date(point.when)}, {fmt.clock(point.when)}", point.note]
        return "\n".join(part for part in parts if part)

    def _near(self, place: QPointF) -> Point | None:
        def far(point: Point) -> float:
            return (self._at(point, point.value) - place).manhattanLength()

        nearest = min(self.points(), key=far, default=None)
        return nearest if nearest is not None and far(nearest) <= _REACH else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position())
        self.setToolTip(self._words(point) if point is not None else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position())
        if point is not None:
            self.picked.emit(point.run_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids = [point.run_id for point in self.points()]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._current not in ids:
            super().keyPressEvent(event)
            return
        at = min(max(ids.index(self._current) + step, 0), len(ids) - 1)
        self.picked.emit(ids[at])

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()
