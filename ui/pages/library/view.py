"""The Library page: every model on this disk, and an inspector for the selected one."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.app import Backend
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui.bridge import EventBridge
from ui.pages.library.actions import LibraryActions
from ui.pages.library.arranged import Grouping, LibraryProxy
from ui.pages.library.drops import DropHighlight, paths_in
from ui.pages.library.header import LibraryHeader, TabsBar
from ui.pages.library.inspector import Inspector
from ui.pages.library.making import Making
from ui.pages.library.notices import Notices
from ui.pages.library.presenter import LibraryPresenter, Shelf
from ui.pages.library.rows import LibraryTable, Role
from ui.pages.library.status import LibraryStatus
from ui.pages.library.storebar import StoreBar, bytes_by_store
from ui.pages.library.table import ModelTable
from ui.pages.library.words import Live, Tab
from ui.pages.library.work import LibraryWork
from ui.shell import Shell
from ui.widgets.states import EmptyState, ErrorState

INSPECTOR, INSPECTOR_LEAST = 400, 320
"""Widths of the inspector in pixels."""
ROOMY = 1_120
"""From this width of the page on, both panes have room for everything."""


class LibraryPage(QWidget):
    """Enter chats with the current model, Delete removes the selected ones after a question that says what
    is freed. Files and folders can be dropped anywhere.

    Attributes:
        table, actions, making, drop_highlight: Parts that pictures and tests reach into.
    """

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Library")
        self._shell = shell
        self._presenter = LibraryPresenter(backend, bridge, self)
        self._work = LibraryWork(backend, self._presenter, self)
        self.making = Making(backend, bridge, self, shell)
        self.actions = LibraryActions(self, shell, self._work, self.making)
        self._model = LibraryTable(self)
        self._proxy = LibraryProxy(self)
        self._proxy.setSourceModel(self._model)
        self._store: Store | None = None
        self._seen = False
        self._settings: QSettings | None = None
        self._awaited = ""
        """Id of a model to select as soon as it is there."""
        self._asked_lab = ""
        """Id of a model whose quant lab is to be opened as soon as it is there."""

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
        self.drop_highlight = DropHighlight(self)
        self.setAcceptDrops(True)
        self._connect()

    def _left(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._head = LibraryHeader(self.title)
        layout.addWidget(self._head)
        self._bar = StoreBar()
        layout.addWidget(self._bar)
        self._notices = Notices()
        layout.addWidget(self._notices)
        self._tabs = TabsBar()
        layout.addWidget(self._tabs)
        self._stack = QStackedWidget()
        self.table = ModelTable(self._proxy)
        self._stack.addWidget(self.table)
        self._nothing = EmptyState("search", tr("Nothing matches"), tr("Clear the filter to see all models."))
        self._nothing.add_action(tr("Clear the filter")).clicked.connect(self._clear_filter)
        self._stack.addWidget(self._nothing)
        self._error = ErrorState()
        self._stack.addWidget(self._error)
        self._empty = EmptyState(
            "library",
            tr("No models yet"),
            tr("Download one in Discover, or drop GGUF files and folders here: they stay where they are."),
        )
        self._empty.add_action(tr("Find a model"), primary=True, icon="compass").clicked.connect(
            lambda: self._shell.show_page("discover")
        )
        self._empty.add_action(tr("Add a folder …")).clicked.connect(self.actions.add_folder)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        self._status = LibraryStatus()
        layout.addWidget(self._status)
        return page

    def _connect(self) -> None:
        actions, presenter, work, head = self.actions, self._presenter, self._work, self._head
        head.filtered.connect(self._filter_changed)
        head.verify_all.connect(lambda: actions.verify_all(self._model.rows))
        head.add_folder.connect(actions.add_folder)
        head.import_files.connect(actions.import_files)
        head.convert.connect(self.making.convert)
        head.look_again.connect(presenter.rescan)
        head.check_newer.connect(self._ask_newer)
        head.wants_newer.connect(work.set_wants_newer)
        head.compare.connect(actions.compare)
        self._bar.chosen.connect(self._store_chosen)
        self._bar.reclaim.connect(actions.preview_copies)
        self._notices.preview_asked.connect(actions.preview_copies)
        self._notices.discover_asked.connect(lambda: self._shell.show_page("discover"))
        self._tabs.tab_changed.connect(lambda _tab: self._filter_changed())
        self._tabs.grouping_changed.connect(self._proxy.set_grouping)
        self._tabs.columns_asked.connect(self._view_menu)
        self.table.chosen.connect(self._chat_current)
        self.table.quantize_asked.connect(self.quantize)
        self.table.delete_asked.connect(lambda: actions.delete(self.table.selected()))
        self.table.selected_changed.connect(self._show_current)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._context_menu)
        self._error.retry.connect(presenter.rescan)
        inspector = self._inspector
        inspector.chat.connect(actions.chat)
        inspector.delete.connect(lambda row: actions.delete((row,)))
        inspector.predict.connect(presenter.predict)
        inspector.unload.connect(presenter.unload)
        inspector.head.verify.connect(lambda row: actions.verify((row,)))
        inspector.head.newer.connect(actions.find_online)
        inspector.head.quantize.connect(actions.quantize)
        inspector.head.menu_asked.connect(self._model_menu)
        presenter.shelf_ready.connect(self._show_shelf)
        presenter.scanning.connect(head.set_scanning)
        presenter.live_changed.connect(self._show_live)
        presenter.fit_ready.connect(inspector.show_fit)
        presenter.speed_ready.connect(self._model.set_speed)
        presenter.fits_forgotten.connect(self._model.forget_speeds)
        presenter.fits_forgotten.connect(inspector.fit.predict_again)
        self.table.wished.connect(presenter.want_speed)
        presenter.fit_failed.connect(inspector.show_fit_error)
        presenter.failed.connect(self._failed)
        work.failed.connect(self._failed)
        work.checking.connect(head.set_checking)
        actions.taken.connect(self._await)
        QShortcut(QKeySequence("F5"), self, activated=presenter.rescan)

    # -- the page's part of the frame

    def activate(self) -> None:
        self._presenter.refresh()
        self._presenter.refresh_loaded()
        self._presenter.refresh_running()
        self._head.set_wants_newer(self._work.wants_newer)
        if not self._seen:
            self._seen = True
            self._presenter.refresh_activities()
            self.making.prepare()
            self.table.setFocus()  # not the filter, which comes first in the order of tabs
        if self._work.newer_is_due(self._last_check()):
            self._check_newer()

    def find(self) -> None:
        self._head.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._head.filter.selectAll()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self._list, self._inspector]

    def group_by(self, grouping: str) -> None:
        """Put the rows in groups, by the name of a `Grouping`."""
        self._tabs.set_grouping(Grouping(grouping))

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("library/inspector", self._inspector_width)
        self._inspector.save_state(settings)
        settings.setValue("library/columns", self.table.columns.saved())
        settings.setValue("library/grouping", self._tabs.current_grouping.value)
        settings.setValue("library/quant_lab", self.making.lab_size)

    def restore_state(self, settings: QSettings) -> None:
        self._settings = settings
        width = str(settings.value("library/inspector", 0))
        self._inspector_width = int(width) if width.isdigit() else 0
        self._inspector.restore_state(settings)
        self.table.columns.restore(str(settings.value("library/columns", "")))
        size = settings.value("library/quant_lab")
        self.making.lab_size = size if isinstance(size, QSize) else None
        grouping = str(settings.value("library/grouping", ""))
        if grouping in list(Grouping):
            self._tabs.set_grouping(Grouping(grouping))
        self._fit_panes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()
        if self.drop_highlight.isVisible():
            self.drop_highlight.cover()

    def _fit_panes(self) -> None:
        wanted = self._inspector_width or (INSPECTOR if self.width() >= ROOMY else INSPECTOR_LEAST)
        self._splitter.setSizes([max(self.width() - wanted - self._splitter.handleWidth(), 1), wanted])

    def _moved(self, _position: int, _index: int) -> None:
        self._inspector_width = self._splitter.sizes()[1]

    # -- showing

    def _show_shelf(self, shelf: Shelf) -> None:
        rows = shelf.rows
        self._model.update_rows(rows)
        self._head.set_count(len(rows), sum(bytes_by_store(rows).values()))
        self._head.set_can_compare(any(not group.sha256 for group in shelf.duplicates))
        self._bar.set_rows(rows)
        self._bar.setVisible(bool(rows))
        self._bar.set_reclaimable(shelf.reclaimable)
        self._notices.set_shelf(shelf)
        self._status.set_stores(shelf.stores)
        self._show_stack()
        if not (self._awaited and self.table.select(self._awaited)):
            self.table.keep_current()
        self._awaited = ""
        self._show_current()
        if self._asked_lab:
            self.quantize(self._asked_lab)

    def _await(self, models: tuple[LibraryModel, ...]) -> None:
        """Select what was just imported, now or when its row comes."""
        if not self.table.select(models[0].id):
            self._awaited = models[0].id

    def _show_live(self, live: Live, loaded: dict[str, LoadedModel]) -> None:
        self._loaded = loaded
        self._model.set_live(live)
        row = self.table.current()
        self._inspector.show_loaded(loaded.get(str(row.path)) if row is not None else None)

    def _store_chosen(self, store: Store | None) -> None:
        self._store = store
        self._filter_changed()

    def _filter_changed(self) -> None:
        self._proxy.set_filter(self._head.filter.text(), self._store, Tab(str(self._tabs.tabs.value())))
        self._show_stack()
        self.table.keep_current()
        self._show_current()

    def _clear_filter(self) -> None:
        self._head.filter.clear()
        self._bar.clear_choice()
        self._tabs.tabs.set_value(Tab.ALL)

    def _show_stack(self) -> None:
        if not self._model.rows:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.table if self._proxy.rowCount() else self._nothing)
        self._tabs.setVisible(bool(self._model.rows))

    def _show_current(self) -> None:
        row = self.table.current()
        self._inspector.show_model(row)
        self._inspector.show_loaded(self._loaded.get(str(row.path)) if row is not None else None)
        selected = self.table.selected()
        self._status.set_selected(len(selected), sum(model.size for model in selected))

    # -- acting

    def _chat_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self.actions.chat(row)

    def quantize(self, model_id: str = "") -> None:
        """Open the quant lab of a model; without an id, of the selected one."""
        row = self._model.row(model_id) if model_id else self.table.current()
        self._asked_lab = model_id if row is None else ""
        if row is not None:
            self.actions.quantize(row)

    def _failed(self, error: AppError) -> None:
        if self._model.rows:
            self._shell.toast(str(error))
        else:
            self._error.set_error(error)
            self._stack.setCurrentWidget(self._error)

    def _last_check(self) -> float:
        try:
            return float(str(self._settings.value("library/newer_checked", 0))) if self._settings else 0.0
        except ValueError:
            return 0.0

    def _ask_newer(self) -> None:
        if self._work.offline:
            self._shell.toast(tr("Orangery is offline. Go online to look for newer weights."))
        else:
            self._check_newer()

    def _check_newer(self) -> None:
        if self._settings is not None:
            self._settings.setValue("library/newer_checked", time.time())
        self._work.check_newer()

    def _context_menu(self, place: QPoint) -> None:
        selected = self.table.selected()
        if selected and isinstance(self.table.indexAt(place).data(Role.ROW), LibraryModel):
            self.actions.menu(selected).popup(self.table.viewport().mapToGlobal(place))

    def _model_menu(self, place: QPoint) -> None:
        row = self.table.current()
        if row is not None:
            self.actions.menu((row,)).popup(place)

    def _view_menu(self) -> None:
        menu = self.table.columns.menu()
        menu.addSeparator()
        self.table.columns.add_sorting(menu.addMenu(tr("Sort by")))
        groups: QMenu = menu.addMenu(tr("Group by"))
        for place in range(self._tabs.grouping.count()):
            action = groups.addAction(self._tabs.grouping.itemText(place))
            action.setCheckable(True)
            action.setChecked(place == self._tabs.grouping.currentIndex())
            action.triggered.connect(lambda _on, place=place: self._tabs.grouping.setCurrentIndex(place))
        button = self._tabs.columns_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # -- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.LinkAction)  # nothing is moved or copied
            event.accept()
            self.drop_highlight.cover()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if paths_in(event.mimeData()):
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_highlight.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_highlight.hide()
        event.accept()
        self.actions.take(paths_in(event.mimeData()))
