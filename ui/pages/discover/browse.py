"""Left side of the page: the search box, its filters, and the results."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.capacity.types import Fit
from backend.errors import AppError
from backend.hubs.parse import Parsed
from backend.hubs.types import HubModel, SearchPage
from backend.i18n import tr
from ui.pages.discover.controls import SearchControls
from ui.pages.discover.fits_here import FitsHereProxy
from ui.pages.discover.here import Here
from ui.pages.discover.notices import Notices, PageError
from ui.pages.discover.presenter import SearchPresenter
from ui.pages.discover.result_delegate import PAD, WIDE, ResultDelegate
from ui.pages.discover.results import ResultsModel, Role
from ui.pages.discover.results_view import ResultsView
from ui.pages.discover.states import ListStack

NEAR_END_ROWS = 8
PAGES_BY_ITSELF = 3
"""Pages that may be fetched without a scroll, to fill a list that a filter keeps short."""


class BrowsePane(QWidget):
    """Results of the last search. The next page arrives before the scroll bar reaches the end.

    Signals:
        chosen: The `HubModel` of the current row, and the choice in it that the search box names, or ``""``.
        emptied: There is no row any more, so nothing can be open beside the list.
        entered: Enter was pressed on a row: its files may have the keyboard.
        show_library: The text in the box is a file, and the person wants the Library.
    """

    chosen = Signal(object, str)
    emptied = Signal()
    entered = Signal()
    show_library = Signal()

    def __init__(self, presenter: SearchPresenter, here: Here, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter = presenter
        self._here = here
        self._more = False
        self._by_itself = 0
        self._error_shown = False
        self._take_keyboard = False
        self._quiet = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.controls = SearchControls()
        self.controls.asked.connect(self._ask)
        self.controls.entered.connect(self._to_results_soon)
        self.controls.moved.connect(lambda _step: self.list.setFocus())
        self.controls.fits_here_changed.connect(self._fits_here_changed)
        self.controls.grouped_changed.connect(self._grouped_changed)
        layout.addWidget(self.controls)
        self._notices = Notices()
        self._notices.retry.connect(self.controls.ask_now)
        layout.addWidget(self._notices)
        self._make_list()
        self._stack = ListStack(self.list)
        self._stack.clear_filters.connect(self.controls.bar.clear)
        self._stack.any_files.connect(lambda: self.controls.bar.choose(gguf=False))
        self._stack.show_all.connect(lambda: self.controls.bar.choose(fits_here=False))
        self._stack.look_further.connect(self._look_further)
        self._stack.retry.connect(self.controls.ask_now)
        self._stack.show_library.connect(self.show_library)
        layout.addWidget(self._stack, 1)
        self._page_error = PageError()
        self._page_error.retry.connect(self._retry_page)
        layout.addWidget(self._page_error)
        self._connect(presenter, here)

    def _connect(self, presenter: SearchPresenter, here: Here) -> None:
        presenter.searching.connect(self._searching)
        presenter.results_ready.connect(self._show_page)
        presenter.search_failed.connect(self._failed)
        presenter.not_a_search.connect(self._show_file)
        presenter.row_fit.connect(self._fit)
        presenter.same_known.connect(self._same)
        presenter.fits_forgotten.connect(self.model.forget_fits)
        presenter.offline_changed.connect(self._offline_changed)
        here.library_changed.connect(lambda: self.model.set_local(here.local_keys()))

    def _make_list(self) -> None:
        self.model = ResultsModel(self)
        self.proxy = FitsHereProxy(self)
        self.proxy.setSourceModel(self.model)
        self.list = ResultsView(tr("Models found"))
        self.list.setModel(self.proxy)
        self.list.setItemDelegate(ResultDelegate(self._presenter.want_fit, self.list))
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.entered_row.connect(self.entered)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- asking

    def search(self, text: str) -> None:
        """Search for `text` and give the results the keyboard."""
        self.controls.set_text(text)
        self.controls.ask_now()
        self._to_results_soon()

    def _ask(self) -> None:
        self._by_itself = 0
        self._take_keyboard = False
        self._presenter.search(self.controls.query)

    def _to_results_soon(self) -> None:
        self._take_keyboard = True

    # -- answers

    def _searching(self) -> None:
        """The rows of before stay until the new ones are there, so that typing does not flicker."""
        self.controls.set_status(tr("Searching …"))
        self._page_error.hide()
        self._more = False

    def _show_page(self, page: SearchPage, first: bool) -> None:
        if first:
            self.model.clear()
            self.list.scrollToTop()
            self._notices.forget()
        self._notices.add(page.troubles, page.cached_at)
        with self.list.held():
            self.model.append(
                page.rows, bundled=self._notices.fallbacks(), visible=None if first else self.list.span()
            )
        self._error_shown = False
        self._more = page.next_cursor is not None
        self._notices.update_words(offline=self._presenter.offline)
        self._show_status()
        self._show_state()
        if first:
            if self.proxy.rowCount():
                self.list.setCurrentIndex(self.proxy.index(self._first_choice(), 0))
            if self._take_keyboard:
                self.list.setFocus()
            self._take_keyboard = False
        self._fill()

    def _first_choice(self) -> int:
        """The line to open at once: the model that the box names, else the first."""
        wanted = self._presenter.wanted[0]
        if wanted:
            for line in range(min(self.proxy.rowCount(), 100)):
                model = self.proxy.index(line, 0).data(Role.MODEL)
                if isinstance(model, HubModel) and model.key.lower() == wanted:
                    return line
        return 0

    def _show_status(self) -> None:
        count = self.model.count
        if self._more:
            self.controls.set_status(tr("{n} models, more as you scroll", n=count))
        else:
            self.controls.set_status(tr("{n} models", n=count))

    def _show_state(self) -> None:
        if self._error_shown:
            return
        if not self.model.rowCount():
            self.emptied.emit()
            self._stack.show_nothing(self.controls.filters)
        elif not self.proxy.rowCount():
            self._stack.show_too_big(self._more)
        else:
            self._stack.show_rows()

    def _failed(self, error: AppError) -> None:
        if self._more and self.model.rowCount():
            self._more = False
            self._show_status()
            self._page_error.show_error(error)
            return
        self._empty_list()
        self._error_shown = True
        self._stack.show_error(error)

    def _empty_list(self) -> None:
        self.model.clear()
        self.emptied.emit()
        self._more = False
        self._notices.forget()
        self._notices.update_words(offline=self._presenter.offline)
        self.controls.set_status("")

    def _retry_page(self) -> None:
        self.list.setFocus()  # before the button that had it goes
        self._page_error.hide()
        self._more = True
        self._show_status()
        self._presenter.more()

    def _show_file(self, _parsed: Parsed) -> None:
        self._empty_list()
        self._error_shown = False
        self._stack.show_file()

    def _fit(self, key: str, fit: Fit) -> None:
        with self.list.held():
            self.model.set_fit(key, fit)
        if self.model.rowCount():
            self._show_state()
            self._fill()

    def _same(self, key: str, same: tuple[object, ...]) -> None:
        count = self.model.count
        open_model = self.selected()
        with self.list.held():
            self.model.set_same(
                key,
                same,  # type: ignore[arg-type]
                keep=open_model.key if open_model is not None else "",
            )
        if self.model.count != count:
            self._show_status()
            self._fill()

    def selected(self) -> HubModel | None:
        """The model of the current row; None on a fold."""
        model = self.list.currentIndex().data(Role.MODEL)
        return model if isinstance(model, HubModel) else None

    def _offline_changed(self, offline: bool) -> None:
        stale = self._error_shown or self._notices.cached_at is not None or self._notices.has_troubles
        if not offline and stale:
            self.controls.ask_now()
            return
        self._notices.update_words(offline=offline)
        self.list.viewport().update()  # rows without a pill ask for it again

    # -- filters that need no new question

    def _fits_here_changed(self, on: bool) -> None:
        self._by_itself = 0
        with self.list.held():
            self.proxy.set_only_fitting(on)
        if self.model.rowCount():
            self._show_state()
            self._fill()

    def _grouped_changed(self, on: bool) -> None:
        open_model = self.selected()
        self._quiet = True  # the same model is open before and after
        self.model.set_grouped(on)
        place = self.model.place_of(open_model.key) if open_model is not None else None
        index = self.proxy.mapFromSource(self.model.index(place)) if place is not None else QModelIndex()
        self._quiet = index.isValid()
        self.list.setCurrentIndex(index if index.isValid() else self.proxy.index(0, 0))
        self._quiet = False

    # -- more pages

    def _look_further(self) -> None:
        self._by_itself = 0
        self._fill()

    def _scrolled(self, value: int) -> None:
        if self.model.waits:
            with self.list.held():
                self.model.settle(self.list.span())
        if value > 0:
            self._by_itself = 0
            self._fill()

    def _fill(self) -> None:
        """Fetch the next page if the end is near, but not for ever while a filter hides everything."""
        if not self._more or self.list.lines_below() > NEAR_END_ROWS:
            return
        if self._by_itself < PAGES_BY_ITSELF and self._presenter.more():
            self._by_itself += 1

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        model = current.data(Role.MODEL) if current.isValid() else None
        if isinstance(model, HubModel) and not self._quiet:
            wanted, choice = self._presenter.wanted
            self.chosen.emit(model, choice if model.key.lower() == wanted else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.controls.set_wide(self.width() - 2 * PAD - 10 >= WIDE)
