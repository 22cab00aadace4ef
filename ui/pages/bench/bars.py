"""The bars of the speed chart: what was measured, what was expected, and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.results import Cell, ResultRow, SpeedTest
from ui.pages.bench.words import test_words
from ui.theme import theme
from ui.theme.measure import advance, metrics
from ui.widgets.chart_labels import ticks_to

SHADES = ("data.1", "data.2", "data.3")
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 8, 20, 40
_WIDEST, _GAP = 24.0, 10.0
_MOST = 14
"""Groups that may be shown at once; with more, the chart shows those around the current one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One test of one row, with its place in pixels."""

    row: ResultRow
    test: SpeedTest
    cell: Cell
    box: QRectF
    shade: int


class SpeedBars(QWidget):
    """Groups of bars, one group per row and one bar per depth. Arrow keys go from group to group.

    Signals:
        picked: Key of the row that is current now.
        hover_changed: Key of the row under the mouse; empty without one.
    """

    picked = Signal(str)
    hover_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ResultRow, ...] = ()
        self._tests: tuple[SpeedTest, ...] = ()
        self._named = False
        self._current = self._hovered = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(170)
        self.setProperty("focusRing", "none")  # the mark of the current group says it
        self.setAccessibleName(tr("Tokens per second as bars"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(600, 270)

    def set_rows(self, rows: Sequence[ResultRow], tests: Sequence[SpeedTest], *, named: bool) -> None:
        """Show `tests` of `rows`; `named` writes the model below each group, else only its quantization."""
        self._rows, self._tests, self._named = tuple(rows), tuple(tests), named
        self._describe()
        self.update()

    def set_current(self, key: str) -> None:
        """The current row of the table."""
        if key != self._current:
            self._current = key
            self._describe()
            self.update()

    def set_hovered(self, key: str) -> None:
        """The row that the table's mouse is over."""
        if key != self._hovered:
            self._hovered = key
            self.update()

    def bars(self) -> list[Bar]:
        """Everything that is drawn, from the left."""
        shown, area = self._shown(), self._area()
        if not shown or not self._tests:
            return []
        top = self._scale()[-1] or 1.0
        slot = area.width() / len(shown)
        inner = min(slot - 12, len(self._tests) * (_WIDEST + _GAP))
        step = inner / len(self._tests)
        width = max(min(_WIDEST, step - 3), 3.0)
        found = []
        for place, row in enumerate(shown):
            left = area.left() + place * slot + (slot - inner) / 2 + (step - width) / 2
            for at, test in enumerate(self._tests):
                cell = row.cells.get(test)
                if cell is None:
                    continue
                height = area.height() * (cell.value or 0.0) / top
                box = QRectF(round(left + at * step), area.bottom() - height, round(width), height)
                found.append(Bar(row, test, cell, box, min(at, len(SHADES) - 1)))
        return found

    # -- places

    def _shown(self) -> tuple[ResultRow, ...]:
        if len(self._rows) <= _MOST:
            return self._rows
        at = next((place for place, row in enumerate(self._rows) if row.key == self._current), 0)
        first = min(max(at - _MOST // 2, 0), len(self._rows) - _MOST)
        return self._rows[first : first + _MOST]

    def _area(self) -> QRectF:
        bottom = _BOTTOM if self._shown() else 8
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - bottom)

    def _scale(self) -> list[float]:
        values = [
            value
            for row in self._shown()
            for test in self._tests
            if (cell := row.cells.get(test)) is not None
            for value in (cell.mean, cell.predicted)
            if value is not None
        ]
        return ticks_to(max(values, default=1.0))

    def _describe(self) -> None:
        row = next((row for row in self._rows if row.key == self._current), None)
        words = (
            [_cell_words(test, row.cells[test]) for test in self._tests if test in row.cells] if row else []
        )
        self.setAccessibleDescription(f"{row.name} {row.quant}. {', '.join(words)}" if row else "")

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown():
            return
        painter = QPainter(self)
        area, ticks = self._area(), self._scale()
        painter.setFont(theme.font("caption", tabular=True))
        digits = 0 if all(abs(tick - round(tick)) < 1e-9 for tick in ticks) else 1
        for tick in ticks:
            y = round(area.bottom() - area.height() * tick / (ticks[-1] or 1.0))
            painter.setPen(QPen(theme.color("line.control" if tick == 0 else "data.grid"), 0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("text.3"))
            box = QRectF(0, y - 8, _LEFT - 10, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                             fmt.number(tick, digits))  # fmt: skip
        bars = self.bars()
        self._groups(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bar in bars:
            self._bar(painter, bar)
        apart = (area.width() / len(self._shown()) - 12) / max(len(self._tests), 1)
        widest = max((advance(_value_words(bar), "caption", None, True) for bar in bars), default=0.0)
        for bar in bars:
            if widest <= apart - 2 or bar.shade == 0:  # where not all have room, the first of each group
                self._value(painter, bar)

    def _groups(self, painter: QPainter, area: QRectF) -> None:
        """Marks of the current and the hovered group, and the names below."""
        slot = area.width() / len(self._shown())
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        for place, row in enumerate(self._shown()):
            box = QRectF(area.left() + place * slot, 2, slot, self.height() - 4)
            room = slot - 8
            if row.key in (self._current, self._hovered):
                current = row.key == self._current
                token = "bg.selected" if current and self.hasFocus() else "bg.hover"
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(token))
                painter.setOpacity(0.55 if current and not self.hasFocus() else 1.0)
                spare = max(slot - len(self._tests) * (_WIDEST + _GAP) - 64, 4) / 2
                painter.drawRoundedRect(box.adjusted(spare, 0, -spare, 0), 6, 6)
                painter.setOpacity(1.0)
            first, second = (row.name, row.quant) if self._named else (row.quant, self._below(row))
            role, other = ("small", "code") if self._named else ("code", "caption")
            painter.setFont(theme.font(role, weight=500 if row.key == self._current else None))
            painter.setPen(theme.color("text.1"))
            words = metrics(role, 500).elidedText(first, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(box.left(), area.bottom() + 5, slot, 16), centre, words)
            font = theme.font(other, tabular=other == "caption")
            font.setPixelSize(11)
            painter.setFont(font)
            painter.setPen(theme.color("text.3"))
            words = metrics("small").elidedText(second, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(box.left(), area.bottom() + 21, slot, 16), centre, words)

    @staticmethod
    def _below(row: ResultRow) -> str:
        if not row.memory:
            return ""
        size = fmt.size(row.memory)
        return f"~{size}" if row.memory_predicted else size

    def _bar(self, painter: QPainter, bar: Bar) -> None:
        cell, box = bar.cell, bar.box
        if cell.mean is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(SHADES[bar.shade]))
            painter.drawRoundedRect(box, 2, 2)
            if cell.predicted is not None:
                area, top = self._area(), self._scale()[-1] or 1.0
                y = round(area.bottom() - area.height() * cell.predicted / top)
                painter.setPen(QPen(theme.color("accent.base"), 1.6))
                painter.drawLine(QPointF(box.left() - 3, y), QPointF(box.right() + 3, y))
            return
        if cell.predicted is None:
            return
        if cell.running:
            colour = theme.color("accent.line")
            colour.setAlpha(130)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, 2, 2)
        pen = QPen(theme.color("line.strong"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _value(self, painter: QPainter, bar: Bar) -> None:
        measured, words = bar.cell.mean is not None, _value_words(bar)
        y = bar.box.top()
        if measured and bar.cell.predicted is not None:
            area, top = self._area(), self._scale()[-1] or 1.0
            line = area.bottom() - area.height() * bar.cell.predicted / top
            if -1 <= y - line <= 14:  # the tick would cross the number
                y = line
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.1" if measured else "text.3"))
        box = QRectF(bar.box.center().x() - 40, y - 17, 80, 15)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), words)

    # -- mouse and keys

    def _row_at(self, place: QPointF) -> ResultRow | None:
        area, shown = self._area(), self._shown()
        if not shown or not area.left() <= place.x() < area.right():
            return None
        return shown[int((place.x() - area.left()) / (area.width() / len(shown)))]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        key = row.key if row is not None else ""
        near = [bar for bar in self.bars() if bar.row.key == key]
        over = next(
            (bar for bar in near if bar.box.left() - 4 <= event.position().x() <= bar.box.right() + 4), None
        )
        self.setToolTip(
            f"{row.name} {row.quant}\n{_cell_words(over.test, over.cell)}" if row and over else ""
        )
        if key != self._hovered:
            self.set_hovered(key)
            self.hover_changed.emit(key)

    def leaveEvent(self, event: object) -> None:
        if self._hovered:
            self.set_hovered("")
            self.hover_changed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is not None:
            self.picked.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [row.key for row in self._rows]
        at = keys.index(self._current) if self._current in keys else -1
        match event.key():
            case Qt.Key.Key_Right:
                at += 1
            case Qt.Key.Key_Left:
                at -= 1
            case Qt.Key.Key_Home:
                at = 0
            case Qt.Key.Key_End:
                at = len(keys) - 1
            case _:
                super().keyPressEvent(event)
                return
        if keys:
            self.picked.emit(keys[min(max(at, 0), len(keys) - 1)])

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()


def _value_words(bar: Bar) -> str:
    """The number over a bar."""
    if bar.cell.mean is not None:
        return fmt.rate(bar.cell.mean)
    return f"~{fmt.number(bar.cell.predicted)}" if bar.cell.predicted is not None else ""


def _cell_words(test: SpeedTest, cell: Cell) -> str:
    if cell.problem:
        return f"{test_words(test)}: {cell.problem}"
    if cell.mean is None:
        value = fmt.number(cell.predicted) if cell.predicted is not None else fmt.UNKNOWN
        return tr("{test}, ~{rate} tok/s, predicted", test=test_words(test), rate=value)
    words = tr(
        "{test}, {rate} ± {spread} tok/s",
        test=test_words(test),
        rate=fmt.rate(cell.mean),
        spread=fmt.rate(cell.spread),
    )
    if cell.predicted is not None:
        words += "\n" + tr("{rate} was predicted", rate=fmt.rate(cell.predicted))
    return words
