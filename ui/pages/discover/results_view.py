"""The view of a result list: folds by keyboard and click, and a place that stays while lines come and go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.pages.discover.entries import Span
from ui.pages.discover.result_delegate import ResultDelegate
from ui.pages.discover.results import ResultsModel, Role
from ui.pages.discover.rows import Row, RowKind
from ui.widgets.fit_details import FitDetails

_ANCHORS = 4
"""Lines in view that are remembered, so that one is left when others go."""


class ResultsView(QListView):
    """Right unfolds, Left folds and goes up to the fold, Enter and a click on a fold turn it, F1 shows the
    breakdown of the pill.

    Signals:
        entered_row: Enter was pressed on a model.
    """

    entered_row = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    # -- lines

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        row = index.data(Role.ROW) if index.isValid() else None
        return row if isinstance(row, Row) else None

    def _results(self) -> ResultsModel:
        model = self.model()
        source = model.sourceModel() if isinstance(model, QSortFilterProxyModel) else model
        assert isinstance(source, ResultsModel)
        return source

    def _source(self, index: QModelIndex) -> QModelIndex:
        model = self.model()
        return model.mapToSource(index) if isinstance(model, QSortFilterProxyModel) else index

    def _shown(self, line: int) -> QModelIndex:
        """The index in this view of a line of the results; invalid where a filter hides it."""
        index = self._results().index(line)
        model = self.model()
        return model.mapFromSource(index) if isinstance(model, QSortFilterProxyModel) else index

    def span(self) -> Span | None:
        """First and last line of the results that can be seen."""
        first, last = self._seen()
        if first is None or last is None:
            return None
        return self._source(first).row(), self._source(last).row()

    def _seen(self) -> tuple[QModelIndex | None, QModelIndex | None]:
        area = self.viewport().rect()
        first = self.indexAt(area.topLeft())
        if not first.isValid():
            return None, None
        last = self.indexAt(area.bottomLeft())
        return first, last if last.isValid() else self.model().index(self.model().rowCount() - 1, 0)

    def lines_below(self) -> int:
        """How many lines follow the lowest one that can be seen."""
        # By rows, not by the scroll bar, which learns of new rows only later.
        lowest = self.indexAt(self.viewport().rect().bottomLeft())
        return self.model().rowCount() - 1 - lowest.row() if lowest.isValid() else 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep what the person looks at in its place while lines above it come or go: the current line if
        it can be seen, else the topmost one."""
        anchors = self._anchors()
        yield
        for index, top in anchors:
            if index.isValid():
                self.executeDelayedItemsLayout()
                now = self.visualRect(self.model().index(index.row(), 0)).top()
                bar = self.verticalScrollBar()
                if now != top:
                    bar.setValue(bar.value() + now - top)
                return

    def _anchors(self) -> list[tuple[QPersistentModelIndex, int]]:
        first, last = self._seen()
        if first is None or last is None:
            return []
        rows = list(range(first.row(), last.row() + 1))
        if self.visualRect(first).top() < 0 and len(rows) > 1:
            rows = [*rows[1:], rows[0]]
        current = self.currentIndex().row()
        if current in rows:
            rows.insert(0, current)
        found = (self.model().index(row, 0) for row in rows[:_ANCHORS])
        return [(QPersistentModelIndex(index), self.visualRect(index).top()) for index in found]

    # -- folds

    def turn(self, index: QModelIndex, on: bool | None = None) -> bool:
        """Unfold or fold the group of a line; whether it has one."""
        row = self.row_at(index)
        if row is None:
            return False
        results = self._results()
        line = self._source(index).row()
        fold = results.fold_of(line)
        if fold is None:
            return False
        wanted = not row.open if on is None else on
        if not wanted and row.kind is RowKind.MEMBER:
            self.setCurrentIndex(self._shown(fold))  # before the line that was current goes
        results.set_open(line, wanted)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = self.row_at(index)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if row is None or not plain:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Right if row.kind is not RowKind.MEMBER and self.turn(index, True):
                return
            case Qt.Key.Key_Left if row.kind is RowKind.FOLD and not row.open and index.row():
                self.setCurrentIndex(self.model().index(index.row() - 1, 0))
            case Qt.Key.Key_Left if row.kind is not RowKind.CARD and self.turn(index, False):
                return
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row.kind is RowKind.FOLD:
                self.turn(index)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered_row.emit()
            case Qt.Key.Key_F1 if row.fit is not None:
                self._show_breakdown(index, row)
            case _:
                super().keyPressEvent(event)

    def _show_breakdown(self, index: QModelIndex, row: Row) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, ResultDelegate) and row.fit is not None:
            corner = delegate.pill_corner(self.visualRect(index), row)
            FitDetails.open(self.viewport(), self.viewport().mapToGlobal(corner), row.fit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.row_at(index)
        if event.button() == Qt.MouseButton.LeftButton and row is not None and row.kind is RowKind.FOLD:
            self.turn(index)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        FitDetails.dismiss()
        super().currentChanged(current, previous)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        FitDetails.dismiss()
        super().scrollContentsBy(dx, dy)
