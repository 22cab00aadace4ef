"""A tab with models that belong to the base of the open one: other uploads, or adapters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from backend.errors import AppError
from backend.hubs.types import HubModel, SearchPage
from backend.i18n import tr
from ui.pages.discover.detail_presenter import Related
from ui.pages.discover.notices import PageError
from ui.pages.discover.result_delegate import ResultDelegate
from ui.pages.discover.results import ResultsModel, Role
from ui.pages.discover.results_view import ResultsView
from ui.widgets.states import EmptyState, ErrorState

NEAR_END_ROWS = 6


class RelatedPage(QStackedWidget):
    """Loads when it is first shown, and goes on as one scrolls.

    Signals:
        wanted: Fetch the first page, or the next one.
        opened: The `HubModel` of the row that was clicked, or on which Enter was pressed.
        counted: How many rows there are, as text: ``41``, or ``30+`` while there are more.
    """

    wanted = Signal()
    opened = Signal(object)
    counted = Signal(str)

    def __init__(self, kind: Related, delegate: ResultDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded = False
        self._more = False
        self._own = ""
        if kind is Related.VARIANTS:
            name = tr("Other uploads")
            self._empty = EmptyState(
                "layers", tr("No other uploads"), tr("Nobody else has uploaded this model in another form.")
            )
        else:
            name = tr("Adapters for this base")
            self._empty = EmptyState(
                "sliders-vertical",
                tr("No adapters yet"),
                tr("Adapters change how a model answers without a new download of the model."),
            )
        self._waiting = EmptyState("loader-circle", tr("Looking …"))
        self._error = ErrorState()
        self._error.retry.connect(self._retry)
        self.model = ResultsModel(self, grouped=False)
        self.list = _RelatedList(name)
        self.list.setModel(self.model)
        delegate.setParent(self.list)
        self.list.setItemDelegate(delegate)
        self.list.picked.connect(self._open_current)
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._fill())
        rows = QWidget()
        layout = QVBoxLayout(rows)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        self._page_error = PageError()
        self._page_error.retry.connect(self._retry_page)
        layout.addWidget(self._page_error)
        self._rows = rows
        for state in (self._waiting, rows, self._empty, self._error):
            self.addWidget(state)

    def forget(self, own: str) -> None:
        """Another model is open, with the key `own`; its list is fetched when it is shown."""
        self._own = own
        self._loaded = self._more = False
        self.model.clear()
        self._page_error.hide()
        self.setCurrentWidget(self._waiting)
        self.counted.emit("")

    def load(self) -> None:
        """The tab came into view."""
        if not self._loaded:
            self._loaded = True
            self.wanted.emit()

    def add(self, page: SearchPage, first: bool) -> None:
        """A page arrived."""
        if first:
            self.model.clear()
        self.model.append(row for row in page.rows if row.key != self._own)
        self._more = page.next_cursor is not None
        count = self.model.rowCount()
        self.counted.emit(f"{count}+" if self._more else str(count))
        self._page_error.hide()
        self.setCurrentWidget(self._rows if count else self._empty)
        if first and count:
            self.list.setCurrentIndex(self.model.index(0))
        self._fill()

    def fail(self, error: AppError) -> None:
        """A page did not arrive."""
        if self.model.rowCount():
            self._more = False
            self._page_error.show_error(error)
            return
        self._error.set_error(error)
        self.setCurrentWidget(self._error)

    def _retry(self) -> None:
        self.setCurrentWidget(self._waiting)
        self.wanted.emit()

    def _retry_page(self) -> None:
        self.list.setFocus()
        self._page_error.hide()
        self._more = True
        self.wanted.emit()

    def _fill(self) -> None:
        if self._more and self.list.lines_below() <= NEAR_END_ROWS:
            self.wanted.emit()

    def _open_current(self) -> None:
        model = self.list.currentIndex().data(Role.MODEL)
        if isinstance(model, HubModel):
            self.opened.emit(model)


class _RelatedList(ResultsView):
    """A click opens, as does Enter.

    Signals:
        picked: The current row shall be opened.
    """

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.entered_row.connect(self.picked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.picked.emit()
