"""The view of the types: keys, hovering, and columns that fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from backend.i18n import tr
from ui.pages.library.quant.delegate import (
    DENSE_HEIGHT,
    INSET,
    NAME,
    ROW_HEIGHT,
    TypeDelegate,
    tick,
    type_width,
)
from ui.pages.library.quant.rows import Column, TypeProxy, TypeTable
from ui.theme import theme
from ui.widgets.fit_pill import widest_fit_pill
from ui.widgets.table_header import TableHeader

LEFT_OUT = (Column.PERPLEXITY, Column.MEMORY, Column.BITS, Column.SAME, Column.SPEED)
"""Columns that go first where there is too little room."""


class _Header(TableHeader):
    """The words of the first column stand over the names, not over the boxes."""

    def words_rect(self, rect, section):  # type: ignore[no-untyped-def]
        words = super().words_rect(rect, section)
        if section == Column.TYPE:
            words.setLeft(rect.left() + NAME)
        elif section == Column.SAME:
            words.setRight(rect.right() - 16)
        return words


class TypeView(QTableView):
    """One row is current; Space ticks it.

    Signals:
        current_changed: Name of the type that is current now.
        hover_changed: Name of the type under the mouse; empty when it left.
    """

    current_changed = Signal(str)
    hover_changed = Signal(str)

    def __init__(self, table: TypeTable, proxy: TypeProxy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proxy = proxy
        self.setModel(proxy)
        self._delegate = TypeDelegate(table, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = _Header(parent=self)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        self.setAccessibleName(tr("Types"))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current(self) -> str:
        """Name of the current type; empty without one."""
        index = self.currentIndex()
        return self._proxy.at(index.row()).name if index.isValid() else ""

    def select(self, name: str) -> None:
        """Make the row of a type current, if it is shown."""
        place = self._proxy.place(name)
        if place is not None and name != self.current():
            self.setCurrentIndex(self._proxy.index(place, 0))
            self.scrollTo(self._proxy.index(place, 0))

    def set_hovered(self, name: str) -> None:
        """Mark the row that the chart's mouse is over."""
        if name != self._delegate.hovered:
            self._delegate.hovered = name
            self.viewport().update()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.current_changed.emit(self._proxy.at(current.row()).name)

    def _hover(self, name: str) -> None:
        if name != self._delegate.hovered:
            self.set_hovered(name)
            self.hover_changed.emit(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(self._proxy.at(index.row()).name if index.isValid() else "")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        match event.key():
            case Qt.Key.Key_Space if index.isValid():
                tick(index)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Escape | Qt.Key.Key_F2:
                event.ignore()
            case Qt.Key.Key_Home | Qt.Key.Key_End if self._proxy.rowCount():
                last = self._proxy.rowCount() - 1
                self.setCurrentIndex(self._proxy.index(0 if event.key() == Qt.Key.Key_Home else last, 0))
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        if event.size().height() < event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def fit_height(self) -> None:
        """Be no higher than the rows, so that what is said of them follows at once."""
        head = self.horizontalHeader().height()
        row = self.verticalHeader().defaultSectionSize()
        self.setMaximumHeight(head + max(self._proxy.rowCount(), 1) * row)

    def set_roomy(self, roomy: bool) -> None:
        """Higher rows, where there is room for them."""
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT if roomy else DENSE_HEIGHT)
        self.fit_height()

    def fit(self) -> None:
        """Give every column what its widest cell needs and the names the rest; leave out what has no room."""
        room = self.viewport().width()
        header = QFontMetrics(theme.font("caption"))
        small = QFontMetrics(theme.font("small", weight=500, tabular=True))

        def width(column: Column, widest: str, extra: int = 0) -> int:
            words = str(self._proxy.headerData(column, Qt.Orientation.Horizontal) or "")
            return max(header.horizontalAdvance(words), small.horizontalAdvance(widest)) + 2 * INSET + extra

        widths = {
            Column.SIZE: width(Column.SIZE, "~88.8 GB"),
            Column.BITS: width(Column.BITS, "16.0"),
            Column.FIT: max(widest_fit_pill() + 2 * INSET, width(Column.FIT, "")),
            Column.MEMORY: width(Column.MEMORY, "~88.8 GB"),
            Column.SPEED: width(Column.SPEED, "~888"),
            Column.PERPLEXITY: width(Column.PERPLEXITY, "~88.88"),
            Column.LOSS: width(Column.LOSS, "~0.888"),
            Column.SAME: width(Column.SAME, "~100.0 %", 8),
        }
        for column in LEFT_OUT:
            if room - sum(widths.values()) >= type_width():
                break
            del widths[column]
        spare = max(room - sum(widths.values()) - type_width(), 0) // max(len(widths), 1)
        grow = min(spare, 14)  # wide tables breathe, up to a point; the names take the rest
        for column in Column:
            if column is not Column.TYPE:
                self.setColumnHidden(column, column not in widths)
                if column in widths:
                    self.setColumnWidth(column, widths[column] + grow)
        taken = sum(width + grow for width in widths.values())
        self.setColumnWidth(Column.TYPE, max(room - taken, type_width()))
