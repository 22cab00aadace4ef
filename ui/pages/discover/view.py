"""The Discover page: the first start, then results on the left and one repository on the right."""

from __future__ import annotations

from backend.app import Backend
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.hubs.types import HubModel
from backend.i18n import tr
from ui.bridge import EventBridge
from ui.pages.discover.browse import BrowsePane
from ui.pages.discover.detail import NARROW, DetailPane
from ui.pages.discover.presenter import DiscoverPresenter, Welcome
from ui.pages.discover.welcome import WelcomeView
from ui.shell import Shell


class DiscoverPage(QWidget):
    """Shows the welcome until the first search; `Ctrl+F` always goes to the search box."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Discover")
        self._shell = shell
        self._presenter = DiscoverPresenter(backend, bridge, self)
        self._welcome = WelcomeView()
        self._browse = BrowsePane(self._presenter)
        self._detail = DetailPane(self._presenter)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._browse)
        self._splitter.addWidget(self._detail)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([440, 1000])
        self._browse.setMinimumWidth(280)
        self._detail.setMinimumWidth(420)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._last_welcome: Welcome | None = None
        self._splitter.splitterMoved.connect(lambda _pos, _index: self._fit_columns())

        self._welcome.chat_now.connect(lambda: shell.open_chat("starter"))
        self._welcome.show_library.connect(lambda: shell.show_page("library"))
        self._welcome.search.connect(self.search)
        self._welcome.download.connect(self._download_recommended)
        self._welcome.check_online.connect(self._check_online)
        self._browse.chosen.connect(self._detail.show_model)
        self._detail.chat.connect(shell.open_chat)
        self._detail.open_jobs.connect(shell.open_jobs)
        self._detail.open_link.connect(self._open_link)
        self._presenter.welcome_ready.connect(self._show_welcome)
        self._presenter.search_failed.connect(self._welcome.show_error)
        self._presenter.detail_failed.connect(lambda _model_id, error: self._welcome.show_error(error))
        self._presenter.offline_changed.connect(self._browse.set_offline)

    def activate(self) -> None:
        """The page came into view."""
        self._presenter.refresh_machine()
        self._presenter.refresh_library()
        self._presenter.refresh_jobs()
        if self._stack.currentIndex() == 0 and self._last_welcome is None:
            self._presenter.load_welcome()

    def find(self) -> None:
        """Put the cursor into the search box of whichever side is shown."""
        field = self._welcome.search_field if self._stack.currentIndex() == 0 else self._browse.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def search(self, text: str) -> None:
        """Leave the welcome and search for `text`."""
        self._stack.setCurrentIndex(1)
        self._fit_columns()
        self._browse.field.setText(text)
        self._browse.search_now()
        self._browse.list.setFocus()

    def show_welcome(self) -> None:
        """Go back to the first page."""
        self._stack.setCurrentIndex(0)
        self._presenter.load_welcome()

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("discover/splitter", self._splitter.saveState())

    def restore_state(self, settings: QSettings) -> None:
        state = settings.value("discover/splitter")
        if state is not None:
            self._splitter.restoreState(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self._detail.set_narrow(self._splitter.sizes()[1] < NARROW)

    def _show_welcome(self, welcome: Welcome) -> None:
        self._last_welcome = welcome
        self._welcome.show_welcome(welcome)

    def _check_online(self) -> None:
        if self._last_welcome is not None:
            self._presenter.check_recommendations(self._last_welcome)

    def _download_recommended(self, entry: object) -> None:
        self._presenter.download_recommended(entry)  # type: ignore[arg-type]
        self._shell.open_jobs()

    def _open_link(self, url: str) -> None:
        host = QUrl(url).host()
        question = tr("Open {host} in the browser?", host=host)
        if self._shell.confirm(question, url, tr("Open")):
            QDesktopServices.openUrl(QUrl(url))

    def selected(self) -> HubModel | None:
        """The row that is open on the right, for tests and pictures."""
        from ui.pages.discover.results import Role

        model = self._browse.list.currentIndex().data(Role.MODEL)
        return model if isinstance(model, HubModel) else None
