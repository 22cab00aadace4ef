"""The table of the leaderboard, with a column in which all intervals stand on one axis."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend.compare.types import Rating
from backend.i18n import tr
from ui import format as fmt
from ui.pages.compare.board_rows import RIGHT, ROW_ROLE, BoardRows, Column, Index
from ui.theme import theme
from ui.widgets.chart_labels import round_ticks
from ui.widgets.table_header import TableHeader
from ui.widgets.tables import hovered, plain_table

_ROW = 36
_INSET = 12
_DOT = 4
"""Radius of the mark of a rating."""
_WIDTHS = {
    Column.PLACE: 40,
    Column.QUANT: 90,
    Column.INTERVAL: 280,
    Column.RATING: 70,
    Column.VOTES: 60,
    Column.WINS: 60,
    Column.SPEED: 66,
    Column.MEMORY: 78,
}
_LEAST = 100.0
"""Least stretch of the axis, in points."""


class Axis:
    """Where ratings stand in the interval column: the same for every row and the header."""

    def __init__(self) -> None:
        self.low, self.high = 900.0, 1100.0

    def fit(self, rows: tuple[Rating, ...]) -> None:
        """Make room for every interval."""
        low = min((row.low for row in rows), default=900.0)
        high = max((row.high for row in rows), default=1100.0)
        spare = max(_LEAST - (high - low), 0.08 * (high - low), 1.0)
        self.low, self.high = low - spare / 2, high + spare / 2

    def x(self, value: float, rect: QRectF) -> float:
        return rect.left() + rect.width() * (value - self.low) / (self.high - self.low)

    def ticks(self, width: float) -> list[float]:
        """Round ratings for an axis of `width` pixels, far enough apart for their numbers."""
        return round_ticks(self.low, self.high, max(2, int(width / 44)))


class _Header(TableHeader):
    """Draws the numbers of the axis over the interval column."""

    def __init__(self, axis: Axis, parent: QWidget) -> None:
        super().__init__(_INSET, 8, parent)
        self._axis = axis

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if section != Column.INTERVAL:
            return
        area = QRectF(rect).adjusted(_INSET, 0, -_INSET, 0)
        painter.save()
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.3"))
        for tick in self._axis.ticks(area.width()):
            x = self._axis.x(tick, area)
            box = QRectF(x - 30, rect.top(), 60, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fmt.number(tick))
        painter.restore()


class _Delegate(QStyledItemDelegate):
    def __init__(self, axis: Axis, parent: QWidget) -> None:
        super().__init__(parent)
        self._axis = axis

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Rating = index.data(ROW_ROLE)
        column = Column(index.column())
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            focused = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, theme.color("bg.selected" if focused else "bg.selected.idle"))
        elif hovered(option):
            painter.fillRect(rect, theme.color("bg.hover"))
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column is Column.INTERVAL:
            self._interval(painter, rect.adjusted(_INSET, 0, -_INSET, 0), row, chosen)
        else:
            self._words(painter, rect, row, column, str(index.data() or ""))
        painter.restore()

    def _interval(self, painter: QPainter, area: QRectF, row: Rating, chosen: bool) -> None:
        painter.setPen(QPen(theme.color("line.hair"), 1))
        for tick in self._axis.ticks(area.width()):
            x = round(self._axis.x(tick, area)) + 0.5
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        ink = theme.color("accent.base" if chosen else "text.1")
        painter.setPen(QPen(ink, 1.4))
        y = area.center().y()
        low, high = self._axis.x(row.low, area), self._axis.x(row.high, area)
        if high - low > _DOT:  # the interval of a few equal votes has no width: it would look like certainty
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for x in (low, high):
                painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(self._axis.x(row.rating, area), y), _DOT, _DOT)

    @staticmethod
    def _words(painter: QPainter, rect: QRectF, row: Rating, column: Column, text: str) -> None:
        strong = column in (Column.MODEL, Column.RATING)
        role = "code" if column is Column.QUANT else "body"
        figures = column is not Column.MODEL  # in a name, equal widths would stretch the hyphens
        painter.setFont(theme.font(role, weight=600 if strong else None, tabular=figures))
        quiet = column in (Column.PLACE, Column.VOTES, Column.WINS)
        painter.setPen(theme.color("text.2" if quiet else "text.1"))
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        box = rect.adjusted(8, 0, -8, 0)
        metrics = painter.fontMetrics()
        few = tr("few votes") if column is Column.MODEL and row.few else ""
        caption = theme.font("caption")
        room = box.width()
        if few:
            width = QFontMetricsF(caption).horizontalAdvance(few) + 12
            room -= width + 10
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(room))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if few:
            left = box.left() + metrics.horizontalAdvance(shown) + 10
            chip = QRectF(left, rect.center().y() - 9, width, 18)
            painter.setFont(caption)
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(theme.color("text.2"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, few)


class BoardTable(QWidget):
    """Signals:
    chosen: The contestant whose row is current.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = BoardRows(self)
        self._axis = Axis()
        self.table = plain_table(self.rows, tr("Leaderboard"), _ROW)
        self.table.setHorizontalHeader(_Header(self._axis, self.table))
        self.table.setItemDelegate(_Delegate(self._axis, self.table))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.table.horizontalHeader()
        for column in Column:
            if column is Column.MODEL:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.table.setColumnWidth(column, _WIDTHS[column])
        self.table.selectionModel().currentRowChanged.connect(self._current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        theme.changed.connect(self.table.viewport().update)

    def show_rows(self, rows: tuple[Rating, ...]) -> None:
        """Show the contestants."""
        self._axis.fit(rows)
        chosen = self.current()
        self.rows.set_rows(rows)
        place = self.rows.place_of(chosen) if chosen else None
        if rows:
            self.table.selectRow(place or 0)
        self.table.horizontalHeader().viewport().update()

    def current(self) -> str:
        """The contestant of the current row; empty without one."""
        index = self.table.currentIndex()
        return self.rows.rows[index.row()].contestant if index.isValid() else ""

    def select(self, contestant: str) -> None:
        """Make its row the current one."""
        place = self.rows.place_of(contestant)
        if place is not None:
            self.table.selectRow(place)

    def set_narrow(self, narrow: bool) -> None:
        """Hide what a small window has no room for."""
        self.table.setColumnHidden(Column.VOTES, narrow)
        self.table.setColumnWidth(Column.INTERVAL, 180 if narrow else _WIDTHS[Column.INTERVAL])

    def _current(self, index: Index, _before: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.rows[index.row()].contestant)
