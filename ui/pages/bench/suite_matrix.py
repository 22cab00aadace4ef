"""Models × topics: how many answers were right, with the interval that this number of answers allows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from backend.bench.types import Score
from backend.i18n import tr
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.interval import paint_interval
from ui.pages.bench.suite_data import Answered
from ui.pages.bench.words import score_words
from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NUMBERS = 44
_LEAST, _MOST = 96, 180
"""Pixels of a column of scores."""


class SuiteMatrix(QAbstractTableModel):
    """One row per model; the second column is the whole suite, then one column per topic."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Answered] = []
        self.topics: list[str] = []

    def show(self, rows: Sequence[Answered], topics: Sequence[str]) -> None:
        if list(rows) == self.rows and list(topics) == self.topics:
            return
        self.beginResetModel()
        self.rows, self.topics = list(rows), list(topics)
        self.endResetModel()

    def score(self, row: int, column: int) -> Score | None:
        """The score of a cell; None in the first column and where nothing was asked."""
        topic = "" if column == 1 else self.topics[column - 2] if column > 1 else None
        return self.rows[row].scores.get(topic) if topic is not None else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2 + len(self.topics)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return [tr("Model"), tr("All"), *self.topics][section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == 0:
                return self.rows[index.row()].name
            score = self.score(index.row(), index.column())
            if score is None:
                return "–"
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return score_words(score) if spoken else f"{score.passed}/{score.total}"
        if role == Qt.ItemDataRole.ToolTipRole:
            score = self.score(index.row(), index.column())
            return score_words(score) if score is not None else self.rows[index.row()].name
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, matrix: SuiteMatrix, view: QTableView) -> None:
        super().__init__(view)
        self._matrix, self._view = matrix, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, theme.size("row.table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, row, column = option.rect, index.row(), index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back(painter, option, self._view)
        cell = rect.adjusted(FIRST if column == 0 else INSET, 0, -INSET, -1)
        score = self._matrix.score(row, column)
        if column == 0:
            name = self._matrix.rows[row].name
            write(painter, cell, name, "text.1", role="body", weight=500, left=True, middle=True)
        elif score is None:
            write(painter, cell, "–", "text.3", left=True)
        else:
            weight = 600 if column == 1 else None
            write(painter, cell, f"{score.passed}/{score.total}", "text.1", weight=weight, left=True)
            paint_interval(painter, cell.adjusted(_NUMBERS, 0, -4, 0), score, strong=column == 1)
        painter.restore()


class MatrixView(QTableView):
    """Signals:
    current_changed: The `Answered` of the current row; None without one.
    """

    current_changed = Signal(object)

    def __init__(self, matrix: SuiteMatrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self.setModel(matrix)
        self.setItemDelegate(_Delegate(matrix, self))
        dress(self, tr("Results by model and topic"))
        head = TableHeader(FIRST, INSET)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        self.setMouseTracking(True)
        self.selectionModel().currentRowChanged.connect(self._moved)
        matrix.modelReset.connect(self._reset)

    def current(self) -> Answered | None:
        index = self.currentIndex()
        return self._matrix.rows[index.row()] if index.isValid() else None

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self._matrix.rows[current.row()] if current.isValid() else None)

    def _reset(self) -> None:
        self.fit()
        if self._matrix.rows:
            self.setCurrentIndex(self._matrix.index(0, 0))
        else:
            self.current_changed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The scores share what the names leave; topics go from the right where there is no room."""
        room = self.viewport().width()
        names = max((advance(row.name, "body", 500) for row in self._matrix.rows), default=0)
        first = round(min(max(names, 120), 260)) + FIRST + INSET + 2
        count = self._matrix.columnCount() - 1
        shown = max(min(count, (room - first) // _LEAST), 1)
        each = max(min((room - first) // max(shown, 1), _MOST), _LEAST)
        for column in range(1, count + 1):
            self.setColumnHidden(column, column > shown)
            if column <= shown:
                self.setColumnWidth(column, each)
        self.setColumnWidth(0, max(room - shown * each, first))

    def wanted_height(self) -> int:
        """Head and all rows."""
        return self.horizontalHeader().height() + theme.size("row.table") * max(len(self._matrix.rows), 1)
