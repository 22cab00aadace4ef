"""The Library page: every model on this disk, and an inspector for the selected one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.app import Backend
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.bridge import EventBridge
from ui.pages.library.delegate import ROW_HEIGHT, LibraryDelegate
from ui.pages.library.inspector import Inspector
from ui.pages.library.presenter import LibraryPresenter
from ui.pages.library.rows import Column, LibraryProxy, LibraryTable, Role, all_state_words
from ui.pages.library.storebar import StoreBar
from ui.shell import Shell
from ui.theme import icons, theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.search_field import SearchField
from ui.widgets.states import EmptyState, ErrorState
from ui.widgets.table_header import TableHeader

INSPECTOR, INSPECTOR_LEAST = 360, 320
"""Widths of the inspector in pixels."""
STATE_MARK = 46
"""Pixels of the State column beside its words: the mark and the margins."""
ROOMY = 1_120
"""From this width of the page on, both panes have room for everything."""


class LibraryPage(QWidget):
    """Enter chats with the selected model, Delete removes it after a question that says what is freed."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Library")
        self._shell = shell
        self._presenter = LibraryPresenter(backend, bridge, self)
        self._model = LibraryTable(self)
        self._proxy = LibraryProxy(self)
        self._proxy.setSourceModel(self._model)
        self._source: Source | None = None
        self._seen = False

        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._list = self._left()
        self._splitter.addWidget(self._list)
        self._inspector = Inspector(backend)
        self._splitter.addWidget(self._inspector)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(self._moved)
        self._inspector.setMinimumWidth(INSPECTOR_LEAST)
        self._inspector_width = 0
        """What the person dragged the inspector to; 0 while it follows the window."""
        self._loaded: dict[str, LoadedModel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

        self._inspector.chat.connect(self._chat)
        self._inspector.reveal.connect(self._reveal)
        self._inspector.delete.connect(self._delete)
        self._inspector.predict.connect(self._presenter.predict)
        self._presenter.rows_ready.connect(self._show_rows)
        self._presenter.scanning.connect(self._scanning)
        self._inspector.unload.connect(self._presenter.unload)
        self._presenter.loaded_changed.connect(self._show_loaded)
        self._presenter.fit_ready.connect(self._inspector.show_fit)
        self._presenter.fit_failed.connect(self._inspector.show_fit_error)
        self._presenter.deleted.connect(self._deleted)
        self._presenter.failed.connect(self._failed)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Delete),
            self._table,
            activated=self._delete_current,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    def _left(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QFrame()
        head.setProperty("surface", "header")
        line = QHBoxLayout(head)
        line.setContentsMargins(24, 9, 24, 9)
        line.setSpacing(8)
        title = label(self.title, "title")
        line.addWidget(title)
        self._count = label("", "small", "2")
        line.addWidget(self._count, 1)
        self._filter = SearchField(tr("Filter"), shortcut="Ctrl F")
        self._filter.setMaximumWidth(200)
        self._filter.textChanged.connect(lambda _text: self._filter_changed())
        line.addWidget(self._filter)
        self._scan = Button(tr("Look again"), icon="refresh-cw")
        self._scan.setToolTip(tr("Read the model folders again"))
        self._scan.clicked.connect(self._presenter.rescan)
        line.addWidget(self._scan)
        layout.addWidget(head)
        self._bar = StoreBar()
        self._bar.chosen.connect(self._source_chosen)
        layout.addWidget(self._bar)
        self._first_step = QWidget()
        step = QVBoxLayout(self._first_step)
        step.setContentsMargins(24, 0, 24, 8)
        hint = Banner(
            "info", tr("What you download appears here, and what other programs put into the cache.")
        )
        hint.set_action(tr("Find a model"))
        hint.acted.connect(lambda: self._shell.show_page("discover"))
        step.addWidget(hint)
        self._first_step.hide()
        layout.addWidget(self._first_step)
        self._stack = QStackedWidget()
        self._table = self._make_table()
        self._stack.addWidget(self._table)
        self._nothing = EmptyState("search", tr("Nothing matches"), tr("Clear the filter to see all models."))
        self._nothing.add_action(tr("Clear the filter")).clicked.connect(self._filter.clear)
        self._stack.addWidget(self._nothing)
        self._error = ErrorState()
        self._error.retry.connect(self._presenter.rescan)
        self._stack.addWidget(self._error)
        layout.addWidget(self._stack, 1)
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot_line = QHBoxLayout(foot)
        foot_line.setContentsMargins(24, 8, 24, 8)
        self._status = ElidedLabel("", "small", "2", mode=Qt.TextElideMode.ElideMiddle)
        foot_line.addWidget(self._status, 1)
        promise = label(tr("Files stay where they are"), "small", "2")
        foot_line.addWidget(promise)
        layout.addWidget(foot)
        return page

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._proxy)
        table.setItemDelegate(LibraryDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setMouseTracking(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setAccessibleName(tr("Models on this disk"))
        head = TableHeader(first_inset=24, parent=table)
        head.setSectionsClickable(True)
        table.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.MODEL, QHeaderView.ResizeMode.Stretch)
        words = QFontMetrics(theme.font("small"))
        for column, width in (
            (Column.QUANT, 88),
            (Column.SIZE, 84),
            (Column.STORE, 120),
            (Column.SPEED, 72),
            (Column.USED, 96),
            (Column.STATE, max(map(words.horizontalAdvance, all_state_words())) + STATE_MARK),
        ):
            head.resizeSection(column, width)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.USED, Qt.SortOrder.DescendingOrder)
        table.selectionModel().currentRowChanged.connect(self._current_changed)
        table.activated.connect(lambda _index: self._chat_current())
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._context_menu)
        return table

    # -- the page's part of the frame

    def activate(self) -> None:
        self._presenter.refresh()
        self._presenter.refresh_loaded()
        if not self._seen:
            self._seen = True
            self._table.setFocus()  # not the filter, which comes first in the order of tabs

    def find(self) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self._list, self._inspector]

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("library/inspector", self._inspector_width)
        self._inspector.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        width = str(settings.value("library/inspector", 0))
        self._inspector_width = int(width) if width.isdigit() else 0
        self._inspector.restore_state(settings)
        self._fit_panes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()

    def _fit_panes(self) -> None:
        wanted = self._inspector_width or (INSPECTOR if self.width() >= ROOMY else INSPECTOR_LEAST)
        self._splitter.setSizes([max(self.width() - wanted - self._splitter.handleWidth(), 1), wanted])
        self._fit_columns()

    def _moved(self, _position: int, _index: int) -> None:
        self._inspector_width = self._splitter.sizes()[1]
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Hide the columns that a narrow table has no room for."""
        width = self._splitter.sizes()[0]
        for column, needed in ((Column.STORE, 820), (Column.SPEED, 820), (Column.USED, 580)):
            self._table.setColumnHidden(column, width < needed)

    # -- showing

    def _show_rows(self, rows: tuple[LibraryModel, ...]) -> None:
        current = self._current()
        self._model.update_rows(rows)
        total = sum(row.size for row in rows)
        self._first_step.setVisible(all(row.source is Source.BUNDLED for row in rows))
        self._count.setText(tr("{n} models", n=len(rows)) + f", {fmt.size(total)}")
        self._bar.set_rows(rows)
        self._status.setText(tr("Hugging Face cache: {folder}", folder=str(self._presenter.hub_cache)))
        self._status.setToolTip(str(self._presenter.hub_cache))
        self._filter_changed()
        if current is None and self._proxy.rowCount():
            self._table.selectRow(0)
        else:
            self._show_current()

    def _show_loaded(self, loaded: dict[str, LoadedModel]) -> None:
        self._loaded = loaded
        self._model.set_loaded(frozenset(loaded))
        self._show_current()

    def _scanning(self, on: bool) -> None:
        self._scan.setEnabled(not on)
        self._scan.setText(tr("Looking …") if on else tr("Look again"))

    def _source_chosen(self, source: Source | None) -> None:
        self._source = source
        self._filter_changed()

    def _filter_changed(self) -> None:
        self._proxy.set_filter(self._filter.text(), self._source)
        self._stack.setCurrentIndex(0 if self._proxy.rowCount() or not self._model.rows else 1)

    def _current(self) -> LibraryModel | None:
        index = self._table.currentIndex()
        row = index.data(Role.ROW) if index.isValid() else None
        return row if isinstance(row, LibraryModel) else None

    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        row = self._current()
        self._inspector.show_model(row)
        self._inspector.show_loaded(self._loaded.get(str(row.path)) if row is not None else None)

    # -- acting

    def _chat_current(self) -> None:
        row = self._current()
        if row is not None and not row.problem:
            self._chat(row)

    def _chat(self, row: LibraryModel) -> None:
        self._shell.open_chat(row.id)

    def _reveal(self, row: LibraryModel) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.path.parent)))

    def _delete_current(self) -> None:
        row = self._current()
        if row is not None and row.source is not Source.BUNDLED:
            self._delete(row)

    def _delete(self, row: LibraryModel) -> None:
        question = tr("Delete {name} {quant}?", name=row.name, quant=row.quant)
        text = tr(
            "This frees up to {size} in the Hugging Face cache, which other programs share. No undo.",
            size=fmt.size(row.size),
        )
        if self._shell.confirm(question, text, tr("Delete"), danger=True):
            self._presenter.delete(row)

    def _deleted(self, name: str, freed: int) -> None:
        self._shell.toast(tr("{name} deleted, {size} freed", name=name, size=fmt.size(freed)))

    def _failed(self, error: AppError) -> None:
        if self._model.rows:
            self._shell.toast(str(error))
        else:
            self._error.set_error(error)
            self._stack.setCurrentWidget(self._error)

    def _context_menu(self, position: QPoint) -> None:
        row = self._table.indexAt(position).data(Role.ROW)
        if not isinstance(row, LibraryModel):
            return
        menu = QMenu(self)
        chat = menu.addAction(icons.icon("message-square"), tr("Chat"), lambda: self._chat(row))
        chat.setEnabled(not row.problem)
        menu.addAction(icons.icon("folder-open"), tr("Show in folder"), lambda: self._reveal(row))
        if row.source is not Source.BUNDLED:
            menu.addSeparator()
            menu.addAction(icons.icon("trash-2", token="bad.text"), tr("Delete"), lambda: self._delete(row))
        menu.exec(self._table.viewport().mapToGlobal(position))
        menu.deleteLater()
