"""A searchable table in a window of its own: all keys, all tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField
from ui.widgets.table_header import TableHeader

_Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole + 1
_SIZE = (760, 560)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column.

    Attributes:
        width: Pixels; 0 takes what is left.
        code: Whether its words are in the mono face.
        right: Whether they stand at the right edge.
    """

    words: str
    width: int
    code: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, and what it is sorted by where that is something else."""

    text: str
    sort: float | str | None = None


class CellsModel(QAbstractTableModel):
    """Rows of cells that never change."""

    def __init__(
        self,
        headings: Sequence[Heading],
        rows: Sequence[tuple[Cell, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self._rows = tuple(rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section].words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        cell, heading = self._rows[index.row()][index.column()], self.headings[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("code") if heading.code else theme.font("small", tabular=heading.right)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text.1" if index.column() in (0, len(self.headings) - 1) else "text.2")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == SORT:
            return cell.text.casefold() if cell.sort is None else cell.sort
        return None

    def line(self, row: int) -> str:
        """A row as text, with tabs between the cells."""
        return "\t".join(cell.text for cell in self._rows[row])

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.headings[column].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class _Matching(QSortFilterProxyModel):
    """Rows in which every word of the filter can be found, in whichever column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT)

    def set_words(self, text: str) -> None:
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, CellsModel)
        line = model.line(row).casefold()
        return all(word in line for word in self._words)


class _Table(QTableView):
    """Signals:
    copy: Ctrl+C was pressed; the view itself would copy one cell.
    """

    copy = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy.emit()
        else:
            super().keyPressEvent(event)


class TableDialog(QDialog):
    """Ctrl+C copies the chosen rows, the button all that are shown."""

    def __init__(self, title: str, model: CellsModel, filter_words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        room = parent.window().size()
        self.resize(min(_SIZE[0], room.width() - 80), min(_SIZE[1], room.height() - 80))
        self._model = model
        model.setParent(self)
        self._proxy = _Matching(self)
        self._proxy.setSourceModel(model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(12)
        head.addWidget(label(title, "title"))
        self._count = label("", "small", "3")
        head.addWidget(self._count, 1)
        self._filter = SearchField(filter_words)
        self._filter.setMaximumWidth(240)
        self._filter.textChanged.connect(self._filtered)
        head.addWidget(self._filter)
        layout.addLayout(head)
        self.table = self._make_table(title)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)  # with the inset of the cells, as wide as head and foot
        middle.addWidget(self.table)
        layout.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(8)
        foot.addStretch(1)
        copy = Button(tr("Copy"), icon="copy")
        copy.setToolTip(tr("Copy the rows that are shown"))
        copy.clicked.connect(self._copy_shown)
        copy.setAutoDefault(False)
        close = Button(tr("Close"))
        close.clicked.connect(self.accept)
        close.setAutoDefault(False)
        foot.addWidget(copy)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.table.copy.connect(self._copy_chosen)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, activated=self._filter.setFocus)
        self._filter.moved.connect(lambda _step: self.table.setFocus())
        self._filter.setFocus()
        self._filtered("")

    def _make_table(self, title: str) -> _Table:
        table = _Table()
        table.setModel(self._proxy)
        table.setAccessibleName(title)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.size("control.small"))
        header = TableHeader(parent=table)
        header.setSectionsClickable(True)
        table.setHorizontalHeader(header)
        for column, heading in enumerate(self._model.headings):
            if heading.width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(column, heading.width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        return table

    def _filtered(self, text: str) -> None:
        self._proxy.set_words(text)
        shown, all_of = self._proxy.rowCount(), self._model.rowCount()
        self._count.setText(
            fmt.number(all_of)
            if shown == all_of
            else tr("{shown} of {all}", shown=fmt.number(shown), all=fmt.number(all_of))
        )

    def _copy_shown(self) -> None:
        rows = range(self._proxy.rowCount())
        self._copy([self._proxy.mapToSource(self._proxy.index(row, 0)).row() for row in rows])

    def _copy_chosen(self) -> None:
        chosen = self.table.selectionModel().selectedRows()
        self._copy([self._proxy.mapToSource(index).row() for index in chosen])

    def _copy(self, rows: Sequence[int]) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._model.line(row) for row in rows))
