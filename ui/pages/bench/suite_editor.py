"""The prompts of a suite as a table; those of an own suite can be changed beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import Check, Suite, SuiteItem
from backend.i18n import tr
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.item_form import ItemForm
from ui.pages.bench.suite_data import fresh_id, problems
from ui.pages.bench.words import check_words
from ui.theme import icons
from ui.theme.measure import advance
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ItemTable(QAbstractTableModel):
    """The items of a suite, changed in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[SuiteItem] = []
        self.wrong: set[str] = set()
        """Ids of items that cannot be saved as they are."""

    def show(self, items: tuple[SuiteItem, ...]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def change(self, place: int, item: SuiteItem) -> None:
        self.items[place] = item
        self.dataChanged.emit(self.index(place, 0), self.index(place, 2))

    def insert(self, place: int, item: SuiteItem) -> None:
        self.beginInsertRows(QModelIndex(), place, place)
        self.items.insert(place, item)
        self.endInsertRows()

    def take(self, place: int) -> SuiteItem:
        self.beginRemoveRows(QModelIndex(), place, place)
        item = self.items.pop(place)
        self.endRemoveRows()
        return item

    def set_wrong(self, ids: set[str]) -> None:
        if ids != self.wrong:
            self.wrong = ids
            if self.items:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, 2))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Prompt"), tr("Topic"), tr("Check"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        words = (
            " ".join(item.prompt[:400].split()) or tr("(nothing asked yet)"),
            item.topic,
            check_words(item.check.kind),
        )[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words}, {tr('something is missing')}" if item.id in self.wrong else words
        return None


class _Delegate(QStyledItemDelegate):
    """The prompt, with a mark where something is missing, its topic and kind of check."""

    def __init__(self, table: ItemTable, view: QTableView) -> None:
        super().__init__(view)
        self._table, self._view = table, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        back(painter, option, self._view)
        first = index.column() == 0
        cell = option.rect.adjusted(FIRST if first else INSET, 0, -INSET, -1)
        if first and self._table.items[index.row()].id in self._table.wrong:
            icons.paint(
                painter, "circle-alert", QRectF(cell.left(), cell.center().y() - 7, 14, 14), "bad.text"
            )
            cell.setLeft(cell.left() + 20)
        weight, token = (500, "text.1") if first else (None, "text.2")
        write(painter, cell, str(index.data() or ""), token, weight=weight, left=True)
        painter.restore()


class ItemView(QTableView):
    """Signals:
    current_changed: Place of the current item; -1 without one.
    removed: Delete was pressed on the item at this place.
    """

    current_changed = Signal(int)
    removed = Signal(int)

    def __init__(self, table: ItemTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(table)
        dress(self, tr("Prompts"))
        self.setItemDelegate(_Delegate(table, self))
        self.setMouseTracking(True)
        head = TableHeader(FIRST, INSET)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(
            lambda current, _before: self.current_changed.emit(current.row() if current.isValid() else -1)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        room = self.viewport().width()
        widths, rows = [], range(len(self._table.items))
        for column in (1, 2):
            texts = (str(self._table.index(row, column).data() or "") for row in rows)
            needed = max((advance(text, "small", None, True) for text in texts), default=40)
            widths.append(round(min(needed, 150)) + 22)
        narrow = room - sum(widths) < 180
        self.setColumnHidden(1, narrow)
        self.setColumnWidth(1, widths[0])
        self.setColumnWidth(2, widths[1])
        self.setColumnWidth(0, max(room - widths[1] - (0 if narrow else widths[0]), 80))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class SuiteEditor(QWidget):
    """A draft of one suite. Nothing is kept before *Save*.

    Signals:
        saved: The `Suite` to keep.
        copy_asked: The person wants to change a bundled suite.
        undo_offered: Words, and a function that brings a removed item back.
    """

    saved = Signal(object)
    copy_asked = Signal()
    undo_offered = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suite: Suite | None = None
        self._sent: tuple[SuiteItem, ...] | None = None
        """The draft as it was last given to be saved."""
        self.table = ItemTable(self)
        self.view = ItemView(self.table)
        self.form = ItemForm()
        self._about = label("", "small", "2", wrap=True)
        self.add = Button(tr("Add a prompt"), icon="plus", size="small")
        self.remove = Button(tr("Remove"), icon="trash-2", size="small")
        self.save = Button(tr("Save"), "primary", size="small")
        self.discard = Button(tr("Discard changes"), size="small")
        self.copy = Button(tr("Copy to change it"), icon="copy", size="small")
        bar = QHBoxLayout()
        bar.setContentsMargins(FIRST, 8, 16, 8)
        bar.setSpacing(8)
        for widget in (self.add, self.remove, self.copy):
            bar.addWidget(widget)
        bar.addWidget(self._about, 1)
        bar.addWidget(self.discard)
        bar.addWidget(self.save)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        left.setMinimumWidth(200)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.form)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([500, 500])
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot.setLayout(bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(foot)
        self.view.current_changed.connect(self._show_item)
        self.view.removed.connect(self.remove_item)
        self.form.changed.connect(self._item_changed)
        self.add.clicked.connect(self.add_item)
        self.remove.clicked.connect(lambda: self.remove_item(self.view.currentIndex().row()))
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(lambda: self.show_suite(self._suite, again=True))
        self.copy.clicked.connect(self.copy_asked)
        self.show_suite(None)

    # -- the draft

    @property
    def dirty(self) -> bool:
        """Whether there are changes that were not saved."""
        return self._suite is not None and tuple(self.table.items) != self._suite.items

    @property
    def editable(self) -> bool:
        return self._suite is not None and not self._suite.bundled

    def show_suite(self, suite: Suite | None, *, again: bool = False) -> None:
        """Show a suite; a draft of the same one stays, unless it is shown `again` on purpose."""
        same = suite is not None and self._suite is not None and suite.name == self._suite.name
        kept = tuple(self.table.items) == self._sent  # what was saved is what comes back
        if same and self.dirty and not again and not kept:
            return
        unchanged = same and suite == self._suite and not again
        self._suite = suite
        if not unchanged:
            place = self.view.currentIndex().row() if same else 0
            self.table.show(suite.items if suite is not None else ())
            self.view.fit()
            if self.table.items:
                place = min(max(place, 0), len(self.table.items) - 1)
                self.view.setCurrentIndex(self.table.index(place, 0))
            else:
                self._show_item(-1)
        self._show_state()

    def add_item(self) -> None:
        """A new item below the current one."""
        if not self.editable:
            return
        place = self.view.currentIndex().row() + 1 if self.view.currentIndex().isValid() else 0
        topic = self.table.items[place - 1].topic if place else ""
        item = SuiteItem(fresh_id(each.id for each in self.table.items), "", Check("contains"), topic)
        self.table.insert(place, item)
        self.view.setCurrentIndex(self.table.index(place, 0))
        self.form.prompt.setFocus()
        self._show_state()

    def remove_item(self, place: int) -> None:
        """Take an item out; `undo_offered` brings it back."""
        if not self.editable or not 0 <= place < len(self.table.items):
            return
        name = self._suite.name if self._suite is not None else ""
        item = self.table.take(place)
        if not self.table.items:
            self._show_item(-1)
        self._show_state()

        def back() -> None:
            if self._suite is not None and self._suite.name == name:
                at = min(place, len(self.table.items))
                self.table.insert(at, item)
                self.view.setCurrentIndex(self.table.index(at, 0))
                self._show_state()

        self.undo_offered.emit(tr("The prompt was removed."), back)

    def _save(self) -> None:
        if self._suite is not None and self.save.isEnabled():
            self._sent = tuple(self.table.items)
            self.saved.emit(replace(self._suite, items=self._sent))

    # -- showing

    def _show_item(self, place: int) -> None:
        item = self.table.items[place] if 0 <= place < len(self.table.items) else None
        self.form.show_item(item, editable=self.editable)
        self._show_problems()

    def _item_changed(self, item: SuiteItem) -> None:
        place = self.view.currentIndex().row()
        if 0 <= place < len(self.table.items):
            self.table.change(place, item)
            self._show_state()

    def _found(self) -> dict[str, dict[str, str]]:
        """What is wrong, by the id of the item."""
        ids = [item.id for item in self.table.items]
        found = {}
        for place, item in enumerate(self.table.items):
            wrong = problems(item, ids[:place])
            if wrong:
                found[item.id] = wrong
        return found

    def _show_state(self) -> None:
        editable, dirty = self.editable, self.dirty
        wrong = self._found() if editable else {}
        self.table.set_wrong(set(wrong))
        for button in (self.add, self.remove):
            button.setVisible(editable)
        self.remove.setEnabled(bool(self.table.items))
        self.copy.setVisible(self._suite is not None and not editable)
        self.save.setVisible(editable)
        self.discard.setVisible(dirty)
        self.save.setEnabled(dirty and not wrong)
        self.save.setToolTip("")
        if self._suite is None:
            self._about.setText("")
        elif not editable:
            self._about.setText(tr("Bundled suites stay as they are, so that results can be compared."))
        elif wrong:
            self._about.setText(tr("{count} prompts need something", n=len(wrong), count=len(wrong)))
        elif dirty:
            self._about.setText(tr("Saving begins version {number}.", number=self._suite.version + 1))
        else:
            self._about.setText("")
        self._show_problems()

    def _show_problems(self) -> None:
        place = self.view.currentIndex().row()
        if self.editable and 0 <= place < len(self.table.items):
            ids = [item.id for item in self.table.items]
            self.form.show_problems(problems(self.table.items[place], ids[:place] + ids[place + 1 :]))
