"""What stands in the place of the list where there are no rows: nothing found, too big, an error, a file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from backend.errors import AppError
from backend.i18n import tr
from ui.pages.discover.filters import Filters
from ui.widgets.states import EmptyState, ErrorState


class ListStack(QStackedWidget):
    """The list, or why there is none.

    Signals:
        clear_filters, any_files, show_all: What to widen the search by.
        look_further: Fetch more pages.
        retry: Ask again.
        show_library: The person wants the Library.
    """

    clear_filters = Signal()
    any_files = Signal()
    show_all = Signal()
    look_further = Signal()
    retry = Signal()
    show_library = Signal()

    def __init__(self, rows: QListView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._empty = EmptyState(
            "search", tr("Nothing found"), tr("Try fewer words, or paste owner/name or a link from the site.")
        )
        self._any_files = self._empty.add_action(tr("Search without the filter"))
        self._any_files.clicked.connect(self.any_files)
        self._clear = self._empty.add_action(tr("Clear all filters"))
        self._clear.clicked.connect(self.clear_filters)
        self._too_big = EmptyState(
            "cpu", tr("None of these fit here"), tr("Everything found so far is too big for this machine.")
        )
        self._too_big.add_action(tr("Show all")).clicked.connect(self.show_all)
        self._look_on = self._too_big.add_action(tr("Look further"))
        self._look_on.clicked.connect(self.look_further)
        self._error = ErrorState()
        self._error.retry.connect(self.retry)
        self._file = EmptyState(
            "search",
            tr("That is a file on this disk"),
            tr("Discover searches Hugging Face and Ollama. What is on this disk is listed in the Library."),
        )
        library = self._file.add_action(tr("Show the Library"), icon="library")
        library.clicked.connect(self.show_library)
        for state in (rows, self._empty, self._too_big, self._error, self._file):
            self.addWidget(state)

    def show_rows(self) -> None:
        self.setCurrentWidget(self._rows)

    def show_nothing(self, filters: Filters) -> None:
        """The gardens have nothing for these words and `filters`."""
        others = filters.gguf and filters.narrowed
        self._any_files.setVisible(filters.gguf and not others)
        self._clear.setVisible(filters.narrowed)
        self.setCurrentWidget(self._empty)

    def show_too_big(self, more: bool) -> None:
        """Rows were found, but the filter hides all; `more` says whether there are further pages."""
        self._look_on.setVisible(more)
        self.setCurrentWidget(self._too_big)

    def show_error(self, error: AppError) -> None:
        self._error.set_error(error)
        self.setCurrentWidget(self._error)

    def show_file(self) -> None:
        """The text in the box is the path of a file."""
        self.setCurrentWidget(self._file)
