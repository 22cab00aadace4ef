"""The chart of the quant lab: what each type loses, against its size or its speed.

The plot library gives axes and ranges; points, intervals and names are painted here, on whole pixels and in
the colours of the theme. Import this only once a chart is wanted: the library takes a while to load.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from backend.lab.types import Value
from ui import format as fmt
from ui.pages.library.quant import marks
from ui.pages.library.quant.marks import LABEL
from ui.pages.library.quant.plan import TypeRow
from ui.pages.library.quant.words import bands, kl, loss_words, tilde
from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.chart_labels import Mark, decades, place, round_ticks
from ui.widgets.plot import Plot

LEAST = 1e-5
"""Losses below it are drawn there: a logarithm has no zero."""
LOSSLESS = 15.0
"""Bits per weight from which on nothing is lost that could be drawn."""
AXIS = 44
"""Pixels left of the plot, for the numbers."""
REACH = 14.0
"""So near to a point the mouse points at it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A type in the chart, in the units of the axes."""

    row: TypeRow
    x: float
    loss: Value

    @property
    def y(self) -> float:
        return _log(self.loss.value)

    @property
    def name(self) -> str:
        return self.row.name

    def words(self) -> str:
        """The point in one line."""
        lost = tilde(self.loss, kl(self.loss.value))
        size = fmt.size(self.row.lab.size)
        kind = tr("measured here") if self.loss.measured else tr("predicted")
        return f"{self.name}, {size}, KL {lost}, {kind}, {loss_words(self.loss.value)}"


def _log(value: float) -> float:
    return math.log10(max(value, LEAST))


class LossChart(Plot):
    """Points by type. Click chooses, a double click or Space ticks, arrow keys go from point to point.

    Signals:
        picked: Name of the type that is current now.
        hover_changed: Name of the type under the mouse; empty without one.
        toggled: Name of the type to tick or clear.
    """

    picked = Signal(str)
    hover_changed = Signal(str)
    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, left=AXIS, margins=(0, 8, 12, 0))
        self._points: tuple[Point, ...] = ()
        self._names: dict[str, tuple[float, float, float, float]] = {}
        self._current = self._hovered = ""
        self._speed = False
        self._describe()

    # -- content

    def set_rows(self, rows: Sequence[TypeRow], *, speed: bool) -> None:
        """Show `rows`, against their size or, with `speed`, their tokens per second."""
        self._speed = speed
        points = []
        for row in rows:
            loss, generation = row.lab.kl_divergence, row.lab.generation
            lossless = row.lab.bits_per_weight >= LOSSLESS  # far away, and at no height a logarithm has
            if row.original or lossless or loss is None or (speed and generation is None):
                continue
            x = generation.value if speed and generation is not None else float(row.lab.size)
            points.append(Point(row, x, loss))
        self._points = tuple(sorted(points, key=lambda point: (point.x, -point.y)))
        self._range()
        self._arrange()
        self._describe()

    def set_current(self, name: str) -> None:
        """The table's current row."""
        if name != self._current:
            self._current = name
            self._arrange()
            self._describe()

    def set_hovered(self, name: str) -> None:
        """The row that the table's mouse is over."""
        if name != self._hovered:
            self._hovered = name
            self.viewport().update()

    def point_at(self, name: str) -> QPointF | None:
        """Where a type is drawn, in pixels of the chart; None if it is not."""
        return next((self._pixel(point) for point in self._points if point.name == name), None)

    def labelled(self) -> dict[str, tuple[float, float, float, float]]:
        """The boxes of the names that are drawn."""
        return dict(self._names)

    def _describe(self) -> None:
        title = tr("Quality lost against speed") if self._speed else tr("Quality lost against size")
        self.setAccessibleName(title)
        current = next((point for point in self._points if point.name == self._current), None)
        self.setAccessibleDescription(current.words() if current is not None else "")

    def _range(self) -> None:
        if not self._points:
            return
        xs = [point.x for point in self._points]
        ys = [edge for p in self._points for edge in (_log(p.loss.low), _log(p.loss.high), p.y)]
        left, right = min(xs), max(xs)
        pad = (right - left or right * 0.2 or 1.0) * 0.09
        low, high = min(ys) - 0.12, max(ys) + 0.12
        view = self.plotItem.getViewBox()
        view.setRange(xRange=(left - pad, right + pad * 1.4), yRange=(low, high), padding=0, update=True)
        unit = 1.0 if self._speed else _unit(right)
        ticks = round_ticks((left - pad) / unit, (right + pad) / unit, 7)
        digits = 0 if all(abs(tick - round(tick)) < 1e-9 for tick in ticks) else 1
        self.plotItem.getAxis("bottom").setTicks([[(t * unit, fmt.number(t, digits)) for t in ticks]])
        self._grid = decades(10**low, 10**high)
        places = [(math.log10(tick), _short(tick)) for tick in self._grid]
        self.plotItem.getAxis("left").setTicks([places])

    def size_unit(self) -> str:
        """Unit of the axis of sizes."""
        return fmt.scaled(max((point.x for point in self._points), default=0.0))[1]

    # -- places

    def _area(self) -> QRectF:
        return self.plotItem.getViewBox().sceneBoundingRect()

    def _at(self, x: float, y: float) -> QPointF:
        area = self._area()
        (left, right), (low, high) = self.plotItem.getViewBox().viewRange()
        across = (x - left) / (right - left) if right > left else 0.5
        up = (y - low) / (high - low) if high > low else 0.5
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _pixel(self, point: Point) -> QPointF:
        return self._at(point.x, point.y)

    def _bands(self) -> list[tuple[QRectF, float, str]]:
        """Box of each band's word, the line above it (its upper edge; NaN at the top) and the word."""
        area, found = self._area(), []
        (_left, _right), (low, high) = self.plotItem.getViewBox().viewRange()
        upper = math.inf
        for band in bands():
            lower = math.log10(band.low) if band.low else -math.inf
            if lower < high and upper > low:
                line = self._at(0, upper).y() if upper < high else math.nan
                top = area.top() if math.isnan(line) else line
                bottom = min(self._at(0, lower).y(), area.bottom()) if lower > low else area.bottom()
                if bottom - top >= LABEL + 6:
                    width = advance(band.words, "caption") + 4
                    left = area.left() + 6 if self._speed else area.right() - width  # where few points are
                    box = QRectF(left, top + 3, width, LABEL - 3)
                    found.append((box, line, band.words))
                elif not math.isnan(line):
                    found.append((QRectF(), line, ""))
            upper = lower
        return found

    def _arrange(self) -> None:
        """Find a place for every name."""
        area = self._area()
        taken = [(b.left(), b.top(), b.right(), b.bottom()) for b, _line, words in self._bands() if words]
        wanted = []
        for point in self._points:
            at = self._pixel(point)
            ends = (point.loss.high, point.loss.low) if not point.loss.measured else (0.0, 0.0)
            top, bottom = (self._at(point.x, _log(end)).y() for end in ends) if ends[0] else (at.y(), at.y())
            width = marks.name_width(point.name)
            wanted.append(Mark(point.name, at.x(), at.y(), width, self._rank(point.row), top, bottom))
        edge = (area.left() + 2, area.top() - 4, area.right() + 8, area.bottom() - 2)
        self._names = place(wanted, LABEL, edge, taken)
        self.viewport().update()

    def _rank(self, row: TypeRow) -> int:
        if row.name == self._current:
            return 0
        if row.checked:
            return 1
        if row.measured:
            return 2
        return 3 if row.type is not None and "usual" in row.type.groups else 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_names"):  # the base class resizes while it is built
            self._arrange()

    # -- painting

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        if not self._points:
            return
        area = self._area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("data.grid"), 0))
        for tick in self._grid:
            y = round(self._at(0, math.log10(tick)).y())
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QPen(theme.color("line.control"), 0))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._draw_bands(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        last = [point for point in self._points if point.name in (self._hovered, self._current)]
        for point in (*(point for point in self._points if point not in last), *last):
            self._draw_point(painter, point)
        for point in self._points:
            self._draw_name(painter, point)

    def _draw_bands(self, painter: QPainter, area: QRectF) -> None:
        pen = QPen(theme.color("line.control"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 3])
        for box, line, words in self._bands():
            if not math.isnan(line):
                painter.setPen(pen)
                painter.drawLine(QPointF(area.left(), round(line)), QPointF(area.right(), round(line)))
            if words:
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.color("text.3"))
                side = Qt.AlignmentFlag.AlignLeft if self._speed else Qt.AlignmentFlag.AlignRight
                painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), words)

    def _draw_point(self, painter: QPainter, point: Point) -> None:
        at, current = self._pixel(point), point.name == self._current
        if not point.loss.measured:
            ends = (self._at(point.x, _log(edge)).y() for edge in (point.loss.high, point.loss.low))
            marks.interval(painter, at.x(), *ends, chosen=point.row.checked)
        if current or point.name == self._hovered:
            marks.halo(painter, at, focus=current and self.hasFocus())
        marks.point(painter, at, measured=point.loss.measured, chosen=point.row.checked)

    def _draw_name(self, painter: QPainter, point: Point) -> None:
        box, row = self._names.get(point.name), point.row
        if box is not None:
            current = point.name == self._current
            quiet = not (current or row.checked or row.measured)
            marks.name(painter, box, point.name, strong=current, quiet=quiet)
        elif point.name == self._hovered:
            marks.passing_name(painter, self._pixel(point), self._area().right(), point.name)

    # -- mouse and keys

    def _near(self, place: QPointF) -> Point | None:
        def far(point: Point) -> float:
            at = self._pixel(point)
            return math.hypot(at.x() - place.x(), at.y() - place.y())

        nearest = min(self._points, key=far, default=None)
        return nearest if nearest is not None and far(nearest) <= REACH else None

    def _named(self, place: QPointF) -> Point | None:
        for point in self._points:
            box = self._names.get(point.name)
            if box and box[0] <= place.x() <= box[2] and box[1] <= place.y() <= box[3]:
                return point
        return None

    def _hover(self, point: Point | None) -> None:
        name = point.name if point is not None else ""
        if name != self._hovered:
            self.viewport().setToolTip(point.words() if point is not None else "")
            shape = Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.set_hovered(name)
            self.hover_changed.emit(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._near(event.position()) or self._named(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position()) or self._named(event.position())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if point is not None:
            self.picked.emit(point.name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position()) or self._named(event.position())
        if point is not None:
            self.toggled.emit(point.name)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, Callable[[int], int]] = {
            Qt.Key.Key_Left: lambda at: at - 1,
            Qt.Key.Key_Up: lambda at: at - 1,
            Qt.Key.Key_Right: lambda at: at + 1,
            Qt.Key.Key_Down: lambda at: at + 1,
            Qt.Key.Key_Home: lambda at: 0,
            Qt.Key.Key_End: lambda at: len(self._points) - 1,
        }
        step = steps.get(event.key())
        if step is not None and self._points:
            names = [point.name for point in self._points]
            here = names.index(self._current) if self._current in names else -1
            self.picked.emit(names[min(max(step(here), 0), len(names) - 1)])
        elif event.key() == Qt.Key.Key_Space and self._current:
            self.toggled.emit(self._current)
        else:
            event.ignore()


def _unit(largest: float) -> float:
    names = ("B", "KB", "MB", "GB", "TB")
    return 1000.0 ** names.index(fmt.scaled(largest)[1])


def _short(tick: float) -> str:
    """A tick of the loss axis without needless zeros."""
    return fmt.number(tick, max(0, math.ceil(-math.log10(tick) - 1e-9)))
