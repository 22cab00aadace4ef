"""The table of the library: keys, selection, and that header rows are not models."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from backend.i18n import tr
from backend.library.types import LibraryModel
from ui.pages.library.arranged import LibraryProxy
from ui.pages.library.columns import Columns
from ui.pages.library.delegate import ROW_HEIGHT, LibraryDelegate
from ui.pages.library.rows import Column, Role
from ui.widgets.table_header import TableHeader
from ui.widgets.tables import RowHover


class ModelTable(QTableView):
    """Several rows may be selected; one of them is current, and the inspector shows that.

    Signals:
        chosen: Enter or a double click.
        delete_asked: The Delete key.
        quantize_asked: The Q key.
        selected_changed: Another row is current, or other rows are selected.
        wished: A `LibraryModel` is in view of which no speed is known.
    """

    chosen = Signal()
    delete_asked = Signal()
    quantize_asked = Signal()
    selected_changed = Signal()
    wished = Signal(object)

    def __init__(self, proxy: LibraryProxy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proxy = proxy
        self.setModel(proxy)
        self.setItemDelegate(LibraryDelegate(proxy, self, self.wished.emit))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        RowHover(self)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(tr("Models on this disk"))
        head = TableHeader(first_inset=24, parent=self)
        head.setSectionsClickable(True)
        self.setHorizontalHeader(head)
        self.columns = Columns(self)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.USED, Qt.SortOrder.DescendingOrder)
        self.selectionModel().currentRowChanged.connect(lambda *_indexes: self.selected_changed.emit())
        self.selectionModel().selectionChanged.connect(lambda *_ranges: self.selected_changed.emit())
        self.doubleClicked.connect(lambda _index: self.chosen.emit())

    def current(self) -> LibraryModel | None:
        """The row that the inspector shows."""
        index = self.currentIndex()
        row = index.data(Role.ROW) if index.isValid() else None
        return row if isinstance(row, LibraryModel) else None

    def selected(self) -> tuple[LibraryModel, ...]:
        """The selected rows from the top; the current one alone if none is selected."""
        places = sorted(
            {
                place
                for part in self.selectionModel().selection()
                for place in range(part.top(), part.bottom() + 1)
            }
        )
        rows = tuple(
            row
            for place in places
            if isinstance(row := self._proxy.index(place, 0).data(Role.ROW), LibraryModel)
        )
        current = self.current()
        return rows or ((current,) if current is not None else ())

    def select(self, row_id: str) -> bool:
        """Make the row with this id the only selected one; False if it is not shown."""
        place = self._proxy.place(row_id)
        if place is None:
            return False
        self.selectRow(place)
        self.scrollTo(self._proxy.index(place, 0))
        return True

    def select_first(self) -> None:
        """Make the first model current."""
        rows = self._proxy.shown()
        if rows:
            self.select(rows[0].id)

    def keep_current(self) -> None:
        """A current row without a selection is selected again; without one, the first becomes it."""
        if self.current() is None:
            self.selectionModel().clear()
            self.select_first()
        elif not self.selectionModel().hasSelection():
            self.selectionModel().select(
                self.currentIndex(),
                QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case Qt.Key.Key_Delete:
                self.delete_asked.emit()
            case Qt.Key.Key_Q if not event.modifiers():
                self.quantize_asked.emit()
            case Qt.Key.Key_F2:
                event.ignore()  # nothing to rename: the names are those of the files
            case _:
                super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last model, as in any list, and not along the row."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
        rows = self._proxy.shown()
        if action not in ends or not rows:
            return super().moveCursor(action, modifiers)
        return self._proxy.index(self._proxy.place(rows[ends[action]].id) or 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select_first()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() == 1 and self._proxy.index(0, 0).data(Role.GROUP) is not None:
            self.scrollToTop()  # so that the header row above it is seen, too
