"""Left side of the page: the search box, its filters, and the results."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from backend.capacity.types import Fit
from backend.errors import AppError
from backend.hubs.parse import Kind, Parsed
from backend.hubs.types import HubModel, SearchPage
from backend.i18n import tr
from ui.pages.discover.controls import SearchControls
from ui.pages.discover.delegates import ResultDelegate
from ui.pages.discover.presenter import DiscoverPresenter
from ui.pages.discover.results import FitsHereProxy, ResultsModel, Role
from ui.pages.discover.texts import elsewhere, seen
from ui.widgets.banner import Banner
from ui.widgets.states import EmptyState, ErrorState

NEAR_END_ROWS = 8
PAGES_BY_ITSELF = 3
"""Pages that may be fetched without a scroll, to fill a list that a filter keeps short."""


class BrowsePane(QWidget):
    """Results of the last search. The next page arrives before the scroll bar reaches the end.

    Signals:
        chosen: The `HubModel` of the current row.
        emptied: There is no row any more, so nothing can be open beside the list.
        entered: Enter was pressed on a row: its files may have the keyboard.
        show_library: The text in the box is a file, and the person wants the Library.
    """

    chosen = Signal(object)
    emptied = Signal()
    entered = Signal()
    show_library = Signal()

    def __init__(self, presenter: DiscoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter = presenter
        self._more = False
        self._by_itself = 0
        self._cached_at: float | None = None
        self._error_shown = False
        self._take_keyboard = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.controls = SearchControls()
        self.controls.asked.connect(self._ask)
        self.controls.entered.connect(self._to_results_soon)
        self.controls.moved.connect(lambda _step: self.list.setFocus())
        self.controls.fits_here_changed.connect(self._filter_changed)
        layout.addWidget(self.controls)
        self._cached = Banner("info", "")
        layout.addWidget(_inset(self._cached))
        self._make_list()
        self._stack = QStackedWidget()
        self._make_states()
        layout.addWidget(self._stack, 1)
        self._page_error = Banner("warn", "", tr("Try again"))
        self._page_error.acted.connect(self._retry_page)
        layout.addWidget(_inset(self._page_error))
        for banner in (self._cached, self._page_error):
            banner.parentWidget().hide()

        presenter.searching.connect(self._searching)
        presenter.results_ready.connect(self._show_page)
        presenter.search_failed.connect(self._failed)
        presenter.not_a_search.connect(self._show_elsewhere)
        presenter.row_fit.connect(self._fit)
        presenter.fits_forgotten.connect(self.model.forget_fits)
        presenter.library_changed.connect(self._library)
        presenter.offline_changed.connect(self._offline_changed)

    def _make_list(self) -> None:
        self.model = ResultsModel(self)
        self.proxy = FitsHereProxy(self)
        self.proxy.setSourceModel(self.model)
        self.list = QListView()
        self.list.setModel(self.proxy)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(ResultDelegate(self._presenter.want_fit, self.list))
        self.list.setAccessibleName(tr("Models found"))
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(lambda _index: self.entered.emit())
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _make_states(self) -> None:
        self._empty = EmptyState(
            "search", tr("Nothing found"), tr("Try fewer words, or paste owner/name or a link from the site.")
        )
        self._without_filter = self._empty.add_action(tr("Search without the filter"))
        self._without_filter.clicked.connect(lambda: self.controls.gguf.setChecked(False))
        self._too_big = EmptyState(
            "cpu", tr("None of these fit here"), tr("Everything found so far is too big for this machine.")
        )
        self._too_big.add_action(tr("Show all")).clicked.connect(
            lambda: self.controls.fits_here.setChecked(False)
        )
        self._look_on = self._too_big.add_action(tr("Look further"))
        self._look_on.clicked.connect(self._look_further)
        self._error = ErrorState()
        self._error.retry.connect(self.controls.ask_now)
        self._elsewhere = EmptyState("search", "")
        self._search_name = self._elsewhere.add_action(tr("Search Hugging Face"), icon="search")
        self._search_name.clicked.connect(self._search_instead)
        self._library_button = self._elsewhere.add_action(tr("Show the Library"), icon="library")
        self._library_button.clicked.connect(self.show_library)
        self._instead = ""
        for state in (self.list, self._empty, self._too_big, self._error, self._elsewhere):
            self._stack.addWidget(state)

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

    def _search_instead(self) -> None:
        self.controls.field.setText(self._instead)
        self.controls.ask_now()

    # -- answers

    def _searching(self) -> None:
        """The rows of before stay until the new ones are there, so that typing does not flicker."""
        self.controls.set_status(tr("Searching …"))
        self._page_error.parentWidget().hide()
        self._more = False

    def _show_page(self, page: SearchPage, first: bool) -> None:
        if first:
            self.model.clear()
            self.list.scrollToTop()
            self._cached_at = page.cached_at
        self.model.append(page.rows)
        self._error_shown = False
        self._more = page.next_cursor is not None
        self._cached_at = self._cached_at or page.cached_at
        self._show_cached()
        self._show_status()
        self._show_state()
        if first:
            if self.proxy.rowCount():
                self.list.setCurrentIndex(self.proxy.index(0, 0))
            if self._take_keyboard:
                self.list.setFocus()
            self._take_keyboard = False
        self._fill()

    def _show_status(self) -> None:
        count = self.model.rowCount()
        if self._more:
            self.controls.set_status(tr("{n} models, more as you scroll", n=count))
        else:
            self.controls.set_status(tr("{n} models", n=count))

    def _show_state(self) -> None:
        if self._error_shown:
            return
        if not self.model.rowCount():
            self.emptied.emit()
            self._without_filter.setVisible(self.controls.gguf.isChecked())
            self._stack.setCurrentWidget(self._empty)
        elif not self.proxy.rowCount():
            self._look_on.setVisible(self._more)
            self._stack.setCurrentWidget(self._too_big)
        else:
            self._stack.setCurrentWidget(self.list)

    def _show_cached(self) -> None:
        when = self._cached_at
        self._cached.parentWidget().setVisible(when is not None)
        if when is not None:
            self._cached.set_text(seen(when, offline=self._presenter.offline))

    def _failed(self, error: AppError) -> None:
        if self._more and self.model.rowCount():
            self._more = False
            self._show_status()
            self._page_error.set_text(error.title)
            self._page_error.parentWidget().show()
            return
        self.model.clear()
        self.emptied.emit()
        self._cached_at = None
        self._show_cached()
        self.controls.set_status("")
        self._error_shown = True
        self._error.set_error(error)
        self._stack.setCurrentWidget(self._error)

    def _retry_page(self) -> None:
        self.list.setFocus()  # before the button that had it goes
        self._page_error.parentWidget().hide()
        self._more = True
        self._show_status()
        self._presenter.more()

    def _show_elsewhere(self, parsed: Parsed) -> None:
        self.model.clear()
        self.emptied.emit()
        self._more = False
        self._cached_at = None
        self._show_cached()
        self.controls.set_status("")
        self._elsewhere.set_text(*elsewhere(parsed))
        self._instead = parsed.name or ""
        self._search_name.setVisible(parsed.kind is Kind.OLLAMA)
        self._library_button.setVisible(parsed.kind is Kind.PATH)
        self._error_shown = False
        self._stack.setCurrentWidget(self._elsewhere)

    def _fit(self, model_id: str, fit: Fit) -> None:
        self.model.set_fit(model_id, fit)
        if self.model.rowCount():
            self._show_state()
            self._fill()

    def _library(self) -> None:
        ids = (model.repo_id for model in self._presenter.library if not model.problem)
        self.model.set_local(frozenset(repo_id for repo_id in ids if repo_id))

    def _offline_changed(self, offline: bool) -> None:
        if not offline and (self._error_shown or self._cached_at is not None):
            self.controls.ask_now()
            return
        self._show_cached()
        self.list.viewport().update()  # rows without a pill ask for it again

    # -- more pages

    def _filter_changed(self, on: bool) -> None:
        self._by_itself = 0
        self.proxy.set_only_fitting(on)
        if self.model.rowCount():
            self._show_state()
            self._fill()

    def _look_further(self) -> None:
        self._by_itself = 0
        self._fill()

    def _scrolled(self, value: int) -> None:
        if value > 0:
            self._by_itself = 0
            self._fill()

    def _fill(self) -> None:
        """Fetch the next page if the end is near, but not for ever while a filter hides everything."""
        # By rows, not by the scroll bar, which learns of new rows only later.
        lowest = self.list.indexAt(self.list.viewport().rect().bottomLeft())
        below = self.proxy.rowCount() - 1 - lowest.row() if lowest.isValid() else 0
        if not self._more or below > NEAR_END_ROWS:
            return
        if self._by_itself < PAGES_BY_ITSELF and self._presenter.more():
            self._by_itself += 1

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        model = current.data(Role.MODEL) if current.isValid() else None
        if isinstance(model, HubModel):
            self.chosen.emit(model)


def _inset(banner: Banner) -> QWidget:
    """`banner` with the margins of the pane around it."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(16, 8, 16, 8)
    layout.addWidget(banner)
    return box
