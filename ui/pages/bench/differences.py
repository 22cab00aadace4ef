"""How two runs differ, test by test, with what chance alone may do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import Difference
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.interval import paint_change
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def change_words(row: Difference) -> str:
    """``+2.1 (+4 %)``, or ``+3 points``."""
    sign = "+" if row.change >= 0 else "−"
    size = abs(row.change)
    if row.kind == "suite":
        points = round(size * 100)
        return sign + tr("{count} points", n=points, count=points)
    share = f" ({sign}{fmt.percent(size / row.first, 1)})" if row.first else ""
    return f"{sign}{fmt.rate(size)}{share}"


def verdict(row: Difference) -> str:
    """What the interval allows to say."""
    if not row.certain:
        return tr("no clear difference")
    if row.kind == "speed":
        return tr("faster") if row.low > 0 else tr("slower")
    return tr("better") if row.low > 0 else tr("worse")


class DifferenceTable(QAbstractTableModel):
    """Name, both values, the change, its interval, and a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Difference, ...] = ()

    def show(self, rows: Sequence[Difference]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def scale(self, row: Difference) -> float:
        """End of the axis of the interval: as a share of the first value for speeds."""
        ends = [
            abs(edge) / (each.first or 1.0) if each.kind == "speed" else abs(edge)
            for each in self.rows
            for edge in (each.low, each.high)
        ]
        largest = max(ends, default=1.0) or 1.0
        return largest * (row.first or 1.0) if row.kind == "speed" else largest

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return ("", tr("Before"), tr("After"), tr("Change"), tr("95 % interval"), "")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        value = fmt.percent if row.kind == "suite" else fmt.rate
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                row.name,
                value(row.first),
                value(row.second),
                change_words(row),
                f"{value(row.low)} … {value(row.high)}",
                verdict(row),
            )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}: {change_words(row)}, {verdict(row)}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: DifferenceTable, view: QTableView) -> None:
        super().__init__(view)
        self._table, self._view = table, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = self._table.rows[index.row()], index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back(painter, option, self._view)
        cell = option.rect.adjusted(FIRST if column == 0 else INSET, 0, -INSET, -1)
        if column == 4:
            paint_change(painter, cell, row.change, row.low, row.high, self._table.scale(row))
        elif column == 0:
            write(painter, cell, row.name, "text.1", weight=500, left=True, middle=True)
        else:
            token = "text.2" if column in (1, 5) and not (column == 5 and row.certain) else "text.1"
            weight = 500 if column == 3 and row.certain else None
            write(painter, cell, str(index.data()), token, weight=weight, left=column == 5)
        painter.restore()


class Differences(QWidget):
    """The table with its title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(tr("What changed"), "title")
        self._about = ElidedLabel("", "small", "2")
        head = QHBoxLayout()
        head.setContentsMargins(FIRST, 10, 24, 6)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        self.table = DifferenceTable(self)
        self.view = QTableView()
        self.view.setModel(self.table)
        self.view.setItemDelegate(_Delegate(self.table, self.view))
        dress(self.view, tr("What changed between two runs"))
        header = TableHeader(FIRST, INSET)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.setHorizontalHeader(header)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = label(
            tr("These two runs measured nothing that is the same."), "small", "2", wrap=True
        )
        self._nothing.setContentsMargins(FIRST, 8, 24, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._nothing)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)

    def show_differences(self, about: str, rows: Sequence[Difference] | None) -> None:
        """Show how the runs named in `about` differ; None while that is being computed."""
        self._about.setText(about)
        self.table.show(rows or ())
        self._nothing.setVisible(rows is not None and not rows)
        self.view.setVisible(bool(rows))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.view.viewport().width()
        widths = {1: 76, 2: 76, 3: 130, 4: 150, 5: 150}
        if room < 640:
            widths = {1: 64, 2: 64, 3: 120, 4: 110, 5: 0}
        for column, width in widths.items():
            self.view.setColumnHidden(column, not width)
            self.view.setColumnWidth(column, width)
        self.view.setColumnWidth(0, max(room - sum(widths.values()), 120))
