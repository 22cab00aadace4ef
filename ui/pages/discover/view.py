"""The Discover page: the first start, then results on the left and one repository on the right."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.app import Backend
from backend.capacity.types import RunConfig
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui.bridge import EventBridge
from ui.models.what_if import WhatIf
from ui.pages.discover.browse import BrowsePane
from ui.pages.discover.detail import NARROW, DetailPane
from ui.pages.discover.detail_presenter import DetailPresenter, Related
from ui.pages.discover.filters import Filters
from ui.pages.discover.here import Here
from ui.pages.discover.presenter import SearchPresenter
from ui.pages.discover.welcome import WelcomeView
from ui.pages.discover.welcome_presenter import Welcome, WelcomePresenter
from ui.shell import Shell

LIST, LIST_COMPACT = 440, 336
"""Widths of the list in pixels."""
ROOMY = 1_120
"""From this width of the page on, both panes have room for everything."""


class DiscoverPage(QWidget):
    """Shows the welcome until the first search; `Ctrl+F` always goes to the search box."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Discover")
        self._shell = shell
        self._here = Here(backend, bridge, self)
        self._search = SearchPresenter(backend, bridge, self)
        self._open = DetailPresenter(backend, self)
        self._what_if = WhatIf(backend, bridge, self)
        self._first = WelcomePresenter(backend, self)
        self._welcome = WelcomeView()
        self._browse = BrowsePane(self._search, self._here)
        self._detail = DetailPane(self._open, self._here, self._search.same_of)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._browse)
        self._splitter.addWidget(self._detail)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._moved)
        self._browse.setMinimumWidth(280)
        self._detail.setMinimumWidth(420)
        self._list_width = 0
        """What the person dragged the list to; 0 while it follows the window."""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._detail.show_pretended(self._what_if.pretended)
        self._seen = False
        self._connect(shell)

    def _connect(self, shell: Shell) -> None:
        self._welcome.chat_now.connect(lambda: shell.open_chat("starter"))
        self._welcome.show_library.connect(lambda: shell.show_page("library"))
        self._welcome.search.connect(self.search)
        self._welcome.download.connect(self._first.download)
        self._welcome.check_online.connect(self._check_online)
        self._first.ready.connect(self._show_welcome)
        self._first.failed.connect(self._welcome.show_error)
        self._first.started.connect(shell.open_jobs)
        self._browse.chosen.connect(self._detail.show_model)
        self._browse.emptied.connect(self._detail.clear)
        self._browse.entered.connect(self._detail.focus_files)
        self._browse.show_library.connect(lambda: shell.show_page("library"))
        self._detail.chat.connect(shell.open_chat)
        self._detail.open_jobs.connect(shell.open_jobs)
        self._detail.open_link.connect(self._open_link)
        self._detail.add_token.connect(lambda: shell.open_settings("connections"))
        self._detail.run_changed.connect(self._run_changed)
        self._detail.pretend.connect(self._what_if.pretend)
        self._detail.more_machines.connect(lambda: shell.open_settings("machine"))
        self._welcome.what_if.connect(lambda: shell.open_settings("machine"))
        self._what_if.changed.connect(self._machine_changed)
        self._detail.want_fit.connect(self._search.want_fit)
        self._open.token_known.connect(self._token_known)
        self._open.learned.connect(self._search.ask_same)
        self._search.same_known.connect(self._detail.show_same)
        for kind in Related:
            related = self._detail.related_list(kind).model
            self._search.row_fit.connect(related.set_fit)
            self._search.same_known.connect(related.set_same)
            self._search.fits_forgotten.connect(related.forget_fits)
            self._here.library_changed.connect(lambda kind=kind: self._mark_local(kind))

    def _mark_local(self, kind: Related) -> None:
        self._detail.related_list(kind).model.set_local(self._here.local_keys())

    def _run_changed(self, run: RunConfig) -> None:
        self._search.set_run(run)
        self._open.set_run(run)

    def _machine_changed(self) -> None:
        """Other limits, measured speeds or another machine: predict everything anew."""
        self._here.refresh_machine()
        self._detail.show_pretended(self._what_if.pretended)
        self._run_changed(self._search.run)
        if self._stack.currentWidget() is self._welcome:
            self._first.load()

    def activate(self) -> None:
        """The page came into view."""
        self._here.refresh()
        self._detail.refresh_access()
        if self._stack.currentWidget() is self._welcome:
            self._first.load()
            if not self._seen:
                self._welcome.chat_button.setFocus()
        self._seen = True

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        if self._stack.currentWidget() is self._welcome:
            return [self._welcome]
        return [self._browse, self._detail]

    def find(self) -> None:
        """Put the cursor into the search box of whichever side is shown."""
        first = self._stack.currentWidget() is self._welcome
        field = self._welcome.search_field if first else self._browse.controls.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def search(self, text: str) -> None:
        """Leave the welcome and search for `text`."""
        self._stack.setCurrentWidget(self._splitter)
        self._fit_panes()
        self._browse.search(text)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("discover/list", self._list_width)
        settings.setValue("discover/filters", self._browse.controls.filters.saved())

    def restore_state(self, settings: QSettings) -> None:
        width = str(settings.value("discover/list", 0))
        self._list_width = int(width) if width.isdigit() else 0
        self._browse.controls.set_filters(Filters.restored(str(settings.value("discover/filters", ""))))
        self._fit_panes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()

    def _fit_panes(self) -> None:
        """Give the list its width; the files have the rest, and hide columns where that is little."""
        wanted = self._list_width or (LIST if self.width() >= ROOMY else LIST_COMPACT)
        self._splitter.setSizes([wanted, max(self.width() - wanted - self._splitter.handleWidth(), 1)])
        self._detail.set_narrow(self._splitter.sizes()[1] < NARROW)

    def _moved(self, _position: int, _index: int) -> None:
        self._list_width, rest = self._splitter.sizes()
        self._detail.set_narrow(rest < NARROW)

    def _token_known(self, there: bool) -> None:
        if there:
            self._search.ask_again()
            self._browse.list.viewport().update()

    def _show_welcome(self, welcome: Welcome) -> None:
        self._welcome.show_welcome(welcome)

    def _check_online(self) -> None:
        self._welcome.set_checking()
        self._first.check()

    def _open_link(self, url: str) -> None:
        host = QUrl(url).host()
        question = tr("Open {host} in the browser?", host=host)
        if self._shell.confirm(question, url, tr("Open")):
            QDesktopServices.openUrl(QUrl(url))

    def selected(self) -> HubModel | None:
        """The model that is open on the right."""
        return self._detail.current
