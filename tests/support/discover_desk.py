"""Discover over a scripted garden, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar, QWidget

from backend.downloads.types import DownloadJob
from tests.support.driving import Run, click, names_in, shown
from tests.support.scripted_hub import ScriptedHub
from ui.pages.discover.files import FileRow
from ui.pages.discover.files import Role as FileRole
from ui.pages.discover.files_table import FilesTable
from ui.pages.discover.results import Role
from ui.pages.discover.results_view import ResultsView
from ui.pages.discover.rows import Row
from ui.widgets.search_field import SearchField


class Desk:
    """What a person sees of the page.

    Attributes:
        panes: Panes of the settings that were opened.
    """

    def __init__(self, run: Run, hub: ScriptedHub) -> None:
        self.run, self.hub = run, hub
        self.panes: list[str] = []

    @property
    def list(self) -> ResultsView:
        return self.run.wait_for(ResultsView, "^Models found$")

    @property
    def field(self) -> SearchField:
        return self.run.wait_for(SearchField, "^Search, owner/name, a link or ollama:name$")

    @property
    def files(self) -> FilesTable:
        return self.run.wait_for(FilesTable, "^Files$")

    def names(self) -> list[str]:
        found = shown(self.run.window, ResultsView, "^Models found$")
        return names_in(found) if found is not None else []

    def row(self, line: int) -> Row:
        return self.list.model().index(line, 0).data(Role.ROW)

    def title(self) -> str:
        """What is open on the right."""
        return self.run.window.page("discover")._detail._header._name.full_text()

    def file_rows(self) -> list[FileRow]:
        table = shown(self.run.window, FilesTable, "^Files$")
        model = table.model() if table is not None else None
        return [model.index(row, 0).data(FileRole.ROW) for row in range(model.rowCount())] if model else []

    def selected(self) -> FileRow:
        return self.files.currentIndex().data(FileRole.ROW)

    def settle(self) -> None:
        """Wait until the selected file has its prediction from the full header."""

        def ready() -> bool:
            rows = self.file_rows()
            row = self.selected() if rows else None
            return row is not None and row.fit is not None and not row.fit.approximate

        self.run.until(ready)

    def job(self) -> DownloadJob:
        return self.run.backend.downloads.jobs()[-1]

    def tab(self, words: str) -> None:
        bar = self.run.window.page("discover").findChild(QTabBar)
        place = next(n for n in range(bar.count()) if bar.tabText(n).startswith(words))
        click(bar, bar.tabRect(place).center())

    def tab_words(self) -> list[str]:
        bar = self.run.window.page("discover").findChild(QTabBar)
        return [bar.tabText(place) for place in range(bar.count())]

    def menu(self, button: QWidget) -> QMenu:
        """Open the menu of a chip with the keyboard."""
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Down)
        self.run.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def choose(self, button: QWidget, words: str) -> None:
        """Choose `words` from the menu of a chip with the keyboard."""
        menu = self.menu(button)
        action = next(action for action in menu.actions() if action.text() == words)
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.run.until(lambda: QApplication.activePopupWidget() is None)


def open_desk(
    open_window: Callable[..., Any],
    hub: ScriptedHub,
    *,
    first: str | None = "",
    state: str = "empty",
    **window: Any,
) -> Desk:
    """Open Discover over `hub` and search for `first`."""
    opened = open_window(state=state, **{"size": (1440, 900)} | window)
    opened.backend.catalogue = hub
    desk = Desk(Run(opened.window, opened.backend, opened.bridge), hub)
    opened.window.open_settings = desk.panes.append
    desk.run.go("Discover")
    if first is not None:
        opened.window.page("discover").search(first)
    return desk
