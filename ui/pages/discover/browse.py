"""Left side of the page: the search box, its filters, and the results."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.capacity.types import Fit
from backend.errors import AppError
from backend.hubs.types import HubModel, SearchQuery, Sort
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.delegates import ResultDelegate
from ui.pages.discover.presenter import DiscoverPresenter
from ui.pages.discover.results import FitsHereProxy, ResultsModel, Role
from ui.widgets.chip import Chip
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField
from ui.widgets.states import EmptyState, ErrorState

TYPING_PAUSE_MS = 350
NEAR_END_ROWS = 8


class BrowsePane(QWidget):
    """Typing searches after a short pause; the next page arrives before the scroll bar reaches the end."""

    chosen = Signal(object)  # HubModel

    def __init__(self, presenter: DiscoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self._presenter = presenter
        self._more = False
        self._select_first = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._controls())

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
        self.list.setItemDelegate(ResultDelegate(presenter.want_fit, self.list))
        self.list.setAccessibleName(tr("Models found"))
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.verticalScrollBar().valueChanged.connect(self._maybe_more)

        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._empty = EmptyState(
            "search", tr("Nothing found"), tr("Try fewer words, or paste owner/name or a link from the site.")
        )
        self._stack.addWidget(self._empty)
        self._error = ErrorState()
        self._error.retry.connect(self.search_now)
        self._stack.addWidget(self._error)
        layout.addWidget(self._stack, 1)

        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.search_now)

        presenter.results_cleared.connect(self._cleared)
        presenter.results_added.connect(self._added)
        presenter.search_failed.connect(self._failed)
        presenter.row_fit.connect(self._fit)
        presenter.library_changed.connect(self._library)

    def _controls(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        self.field = SearchField(tr("Search, owner/name or a link"), shortcut="Ctrl F")
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self.search_now)
        layout.addWidget(self.field)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        self._fits_here = Chip(tr("Fits here"))
        self._fits_here.setToolTip(tr("Hide what is known to be too big for this machine"))
        self._fits_here.toggled.connect(self._filter_changed)
        self._gguf = Chip(tr("Has GGUF"))
        self._gguf.setToolTip(tr("Only repositories with files that this engine runs"))
        self._gguf.setChecked(True)
        self._gguf.toggled.connect(lambda _on: self.search_now())
        chips.addWidget(self._fits_here)
        chips.addWidget(self._gguf)
        chips.addStretch(1)
        layout.addLayout(chips)
        line = QHBoxLayout()
        self._status = label("", "small", "2")
        line.addWidget(self._status, 1)
        self._sort = QComboBox()
        self._sort.setProperty("kind", "quiet")
        self._sort.setAccessibleName(tr("Sort by"))
        for value, word in (
            (Sort.TRENDING, tr("Trending")),
            (Sort.DOWNLOADS, tr("Downloads")),
            (Sort.LIKES, tr("Likes")),
            (Sort.UPDATED, tr("Updated")),
            (Sort.CREATED, tr("Newest")),
        ):
            self._sort.addItem(word, value)
        self._sort.currentIndexChanged.connect(lambda _place: self.search_now())
        line.addWidget(self._sort)
        layout.addLayout(line)
        return box

    @property
    def query(self) -> SearchQuery:
        return SearchQuery(
            text=self.field.text().strip(), sort=self._sort.currentData(), gguf_only=self._gguf.isChecked()
        )

    def search_now(self) -> None:
        """Ask now, without waiting for a pause in the typing."""
        self._typing.stop()
        self._status.setText(tr("Searching …"))
        self._presenter.search(self.query)

    def _cleared(self) -> None:
        self.model.clear()
        self._more = False
        self._select_first = True
        self._stack.setCurrentIndex(0)

    def _added(self, rows: tuple[HubModel, ...], more: bool) -> None:
        self.model.append(rows)
        self._more = more
        count = self.model.rowCount()
        self._stack.setCurrentIndex(0 if count else 1)
        if more:
            self._status.setText(tr("{n} models, more as you scroll", n=count))
        else:
            self._status.setText(tr("{n} models", n=count))
        if self._select_first and count:
            self._select_first = False
            self.list.setCurrentIndex(self.proxy.index(0, 0))
        self._maybe_more()

    def _failed(self, error: AppError) -> None:
        self._status.setText("")
        if self.model.rowCount():
            self._status.setText(error.title)
            return
        self._error.set_error(error)
        self._stack.setCurrentIndex(2)

    def _fit(self, model_id: str, fit: Fit) -> None:
        self.model.set_fit(model_id, fit)
        self._maybe_more()

    def _library(self) -> None:
        ids = (model.repo_id for model in self._presenter.library if not model.problem)
        self.model.set_local(frozenset(repo_id for repo_id in ids if repo_id))

    def _filter_changed(self, on: bool) -> None:
        self.proxy.set_only_fitting(on)
        self._maybe_more()

    def _maybe_more(self) -> None:
        if not self._more:
            return
        bar = self.list.verticalScrollBar()
        row_height = max(self.list.sizeHintForRow(0), 1)
        if bar.maximum() - bar.value() <= NEAR_END_ROWS * row_height:
            self._presenter.more()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        model = current.data(Role.MODEL) if current.isValid() else None
        if isinstance(model, HubModel):
            self.chosen.emit(model)

    def set_offline(self, offline: bool) -> None:
        """Say in place why nothing new can be searched."""
        self._status.setText(tr("Offline: only what was seen before") if offline else "")

    def forget_fits(self) -> None:
        self.model.forget_fits()

    def count_text(self) -> str:
        return fmt.count(self.model.rowCount())
