"""How the table of measured speeds looks and is walked through."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.result_table import (
    Col,
    ResultProxy,
    ResultTable,
    Role,
    cell_text,
    spread_text,
    when_words,
)
from ui.pages.bench.results import Cell, ResultRow
from ui.theme import icons, theme
from ui.theme.measure import advance
from ui.widgets.labels import paint_number
from ui.widgets.meter import Part, paint_bar
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_BAR = 46
"""Pixels of the bar beside a suite's result."""


class ResultDelegate(QStyledItemDelegate):
    """Predicted numbers are grey with a tilde; measured ones are plain, with their spread in grey."""

    def __init__(self, table: ResultTable, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._table, self._view = table, view
        self.hovered = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, theme.size("row.table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ResultRow = index.data(Role.ROW)
        model = index.model()
        column = model.mapToSource(index).column() if isinstance(model, ResultProxy) else index.column()
        col = self._table.cols[column]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        tint = "accent.tint" if row.running else ""
        back(painter, option, self._view, hovered=row.key == self.hovered, tint=tint)
        last = column == len(self._table.cols) - 1
        cell = rect.adjusted(FIRST if column == 0 else INSET, 0, -(FIRST if last else INSET), -1)
        self._cell(painter, cell, row, col)
        painter.restore()

    def _cell(self, painter: QPainter, cell: QRect, row: ResultRow, col: Col) -> None:
        match col.kind:
            case "model":
                write(painter, cell, row.name, "text.1", role="body", weight=500, left=True, middle=True)
            case "quant":
                write(painter, cell, row.quant, "text.1", role="code", left=True)
            case "setting" | "setup":
                write(painter, cell, self._table.text(row, col), "text.2", left=True)
            case "memory" if row.memory:
                number, unit = fmt.scaled(row.memory)
                if row.memory_predicted:
                    paint_number(painter, cell, number, unit, predicted=True)
                else:
                    write(painter, cell, f"{number}\u00a0{unit}", "text.1")
            case "test" if col.test is not None:
                self._test(painter, cell, row.cells.get(col.test))
            case "score" if row.score is not None:
                self._score(painter, cell, row)
            case "when":
                write(painter, cell, when_words(row), "text.2")
            case _:
                write(painter, cell, fmt.UNKNOWN, "text.3", left=not col.right)

    def _test(self, painter: QPainter, cell: QRect, value: Cell | None) -> None:
        if value is not None and value.problem:
            icons.paint(
                painter, "circle-alert", QRectF(cell.right() - 14, cell.center().y() - 7, 14, 14), "bad.text"
            )
        elif value is None or value.value is None:
            write(painter, cell, fmt.UNKNOWN, "text.3")
        elif value.mean is None:
            number = fmt.number(value.value)
            paint_number(painter, cell, number, "", predicted=True)
            if value.running:
                left = cell.right() - advance(f"~{number}", "small", None, True) - 12
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent.base"))
                painter.drawEllipse(QRectF(left, cell.center().y() - 2, 6, 6))
        else:
            spread = spread_text(value)
            if spread:
                font = theme.font("caption", tabular=True)
                painter.setFont(font)
                painter.setPen(theme.color("text.3"))
                right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                painter.drawText(cell, right, spread)
                cell = cell.adjusted(0, 0, -round(advance(spread, "caption", None, True)) - 4, 0)
            write(painter, cell, fmt.rate(value.mean), "text.1", weight=500)

    @staticmethod
    def _score(painter: QPainter, cell: QRect, row: ResultRow) -> None:
        score = row.score
        assert score is not None
        box = QRectF(cell.left(), cell.center().y() - 1, _BAR, 4)
        paint_bar(painter, box, 1.0, (Part(score.share, "data.1"),))
        rest = cell.adjusted(_BAR + 8, 0, 0, 0)
        write(painter, rest, f"{score.passed}/{score.total}", "text.1", left=True)


class _Head(TableHeader):
    """The words of the last column stand over its cells."""

    def words_rect(self, rect: QRect, section: int) -> QRect:
        words = super().words_rect(rect, section)
        if section == self.count() - 1:
            words.setRight(rect.right() - FIRST)
        return words


class ResultView(QTableView):
    """One row is current. Columns go where there is no room; a menu on the heads brings them back.

    Signals:
        current_changed: Key of the row that is current now; empty without one.
        hover_changed: Key of the row under the mouse; empty when it left.
        opened: Enter or a double click on a row: its key.
    """

    current_changed = Signal(str)
    hover_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, table: ResultTable, proxy: ResultProxy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._proxy = table, proxy
        self.hidden_by_choice: set[str] = set()
        self.wanted: set[str] = set()
        """Columns that the person brought back: they stay although there is no room."""
        self._key = ""
        self.setModel(proxy)
        self.delegate = ResultDelegate(table, self)
        self.setItemDelegate(self.delegate)
        dress(self, tr("Results"))
        head = _Head(FIRST, INSET)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_columns)
        self.setHorizontalHeader(head)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        head.sortIndicatorChanged.connect(proxy.sort)
        self.setMouseTracking(True)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        proxy.modelReset.connect(self._reset)
        proxy.rowsInserted.connect(lambda *_anything: self._restore())
        self.doubleClicked.connect(lambda index: self.opened.emit(self._proxy.at(index.row()).key))

    # -- selection

    def current(self) -> str:
        """Key of the current row; empty without one."""
        index = self.currentIndex()
        return self._proxy.at(index.row()).key if index.isValid() else ""

    def select(self, key: str) -> None:
        """Make the row with this key current, if it is shown."""
        self._key = key
        for place in range(self._proxy.rowCount()):
            if self._proxy.at(place).key == key:
                if place != self.currentIndex().row():
                    self.setCurrentIndex(self._proxy.index(place, 0))
                self.scrollTo(self._proxy.index(place, 0))
                return

    def set_hovered(self, key: str) -> None:
        """Mark the row that the chart's mouse is over."""
        if key != self.delegate.hovered:
            self.delegate.hovered = key
            self.viewport().update()

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._key = self._proxy.at(current.row()).key
            self.current_changed.emit(self._key)

    def _reset(self) -> None:
        self.fit()
        self._restore()

    def _restore(self) -> None:
        if self._key and self.current() != self._key:
            self.select(self._key)

    def _hover(self, key: str) -> None:
        if key != self.delegate.hovered:
            self.set_hovered(key)
            self.hover_changed.emit(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(self._proxy.at(index.row()).key if index.isValid() else "")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(self._proxy.at(index.row()).key)
        else:
            super().keyPressEvent(event)

    # -- columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give every column what its widest cell needs and the names the rest."""
        cols = self._table.cols
        widths = {at: self._width(at) for at in range(len(cols)) if cols[at].key not in self.hidden_by_choice}
        room = self.viewport().width()
        for at in self._leaving():
            if sum(widths.values()) <= room:
                break
            if cols[at].key not in self.wanted:
                widths.pop(at, None)
        spare = room - sum(widths.values())
        grow = min(max(spare, 0) // max(2 * len(widths), 1), 24)
        for at in range(len(cols)):
            self.setColumnHidden(at, at not in widths)
            if at in widths and at:
                self.setColumnWidth(at, widths[at] + grow)
        others = sum(widths[at] + grow for at in widths if at)
        self.setColumnWidth(0, max(room - others, widths.get(0, 0)))

    def _leaving(self) -> list[int]:
        """Which columns go first where there is too little room."""
        cols = self._table.cols
        kinds = ("score", "when", "setup", "memory", "setting")
        first = [at for kind in kinds for at, col in enumerate(cols) if col.kind == kind]
        return first + [at for at, col in reversed(list(enumerate(cols))) if col.kind == "test"][:-1]

    def _width(self, at: int) -> int:
        col, rows = self._table.cols[at], self._table.rows
        head = advance(col.title, "caption", 500) + 16
        edge = FIRST - INSET if at in (0, len(self._table.cols) - 1) else 0
        match col.kind:
            case "model":
                names = (advance(row.name, "body", 500) for row in rows)
                return round(min(max(names, default=0), 200)) + 2 * INSET + edge + 2
            case "quant":
                body = max((advance(row.quant, "code") for row in rows), default=0)
            case "test":
                body = max((_cell_width(row.cells.get(col.test)) for row in rows if col.test), default=0)
            case "score":
                body = _BAR + 8 + advance("88/88", "small", None, True)
            case _:
                body = max(
                    (advance(self._table.text(row, col), "small", 500, True) for row in rows), default=0
                )
        return round(max(body, head)) + 2 * INSET + edge + 2

    def _open_columns(self, place: QPoint) -> None:
        menu = self.columns_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def columns_menu(self) -> QMenu:
        """Which columns are shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, col in enumerate(self._table.cols):
            if col.kind == "model":
                continue
            words = f"{col.title}\t{col.test.name}" if col.test is not None else col.title
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda on, key=col.key: self._choose(key, on))
        return menu

    def _choose(self, key: str, on: bool) -> None:
        (self.hidden_by_choice.discard if on else self.hidden_by_choice.add)(key)
        (self.wanted.add if on else self.wanted.discard)(key)
        self.fit()


def _cell_width(cell: Cell | None) -> float:
    words = cell_text(cell)
    return advance(words, "small", 500, True)
