"""The Library page over the fake backend, driven as a person does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QTableView

from backend.library.types import LibraryModel
from tests.support.driving import Run, cell, click_row, names_in
from tests.support.fake_library import FakeActivities, FakeLibrary
from ui.pages.library.rows import Column, Role
from ui.pages.library.view import LibraryPage
from ui.widgets.buttons import Button

D = TypeVar("D", bound=QDialog)


@dataclass
class Page:
    """What a person sees and does; chats, searches and toasts are written down instead of shown."""

    run: Run
    chats: list[str | None] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    @property
    def view(self) -> LibraryPage:
        return self.run.window.page("library")

    @property
    def library(self) -> FakeLibrary:
        library = self.run.backend.library
        assert isinstance(library, FakeLibrary)
        return library

    @property
    def activities(self) -> FakeActivities:
        return self.run.backend.activities  # type: ignore[return-value]

    @property
    def table(self) -> QTableView:
        return self.run.wait_for(QTableView, "^Models on this disk$")

    def names(self) -> list[str]:
        return names_in(self.table)

    def rows(self) -> list[LibraryModel]:
        model = self.table.model()
        found = (model.index(row, 0).data(Role.ROW) for row in range(model.rowCount()))
        return [row for row in found if row is not None]

    def has(self, wanted: str) -> bool:
        """Whether a row with this id or name is shown."""
        return self._find(wanted) is not None

    def place(self, wanted: str) -> int:
        """Where the row with this id or, failing that, name is shown."""
        place = self._find(wanted)
        assert place is not None, f"{wanted} is not shown"
        return place

    def _find(self, wanted: str) -> int | None:
        model = self.table.model()
        for key in ("id", "name"):
            for place in range(model.rowCount()):
                row = model.index(place, 0).data(Role.ROW)
                if row is not None and getattr(row, key) == wanted:
                    return place
        return None

    def choose(self, *wanted: str) -> None:
        """Click a row, and others with Ctrl held."""
        first, *others = wanted
        self.table.scrollTo(self.table.model().index(self.place(first), 0))
        click_row(self.table, self.place(first))
        for each in others:
            index = self.table.model().index(self.place(each), 0)
            self.table.scrollTo(index)
            QTest.mouseClick(
                self.table.viewport(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.ControlModifier,
                self.table.visualRect(index).center(),
            )

    def state(self, wanted: str) -> str:
        """What the State column says."""
        return cell(self.table, self.place(wanted), Column.STATE)

    def cell(self, wanted: str, column: Column) -> str:
        return cell(self.table, self.place(wanted), column)

    def named(self) -> str:
        """Whose facts the inspector shows."""
        return self.view._inspector.head.name

    def menu(self, *wanted: str) -> dict[str, QAction]:
        """The entries of the context menu of some rows, by their words."""
        self.choose(*wanted)
        index = self.table.model().index(self.place(wanted[0]), 0)
        self.table.scrollTo(index)
        self.table.customContextMenuRequested.emit(self.table.visualRect(index).center())
        menu = next(menu for menu in self.view.findChildren(QMenu) if menu.isVisible())
        return {action.text(): action for action in menu.actions() if action.text()}

    def pick(self, words: str, *wanted: str) -> None:
        """Choose an entry of the context menu of some rows."""
        action = self.menu(*wanted)[words]
        assert action.isEnabled(), words
        action.trigger()
        self.close_menus()

    def close_menus(self) -> None:
        for menu in self.view.findChildren(QMenu):
            menu.close()

    def dialog(self, kind: type[D]) -> D:
        """The open dialog of `kind`, once it is there."""

        def found() -> D | None:
            return next((each for each in self.run.window.findChildren(kind) if each.isVisible()), None)

        self.run.until(found)
        dialog = found()
        assert dialog is not None
        return dialog

    def gone(self, kind: type[D]) -> bool:
        """Whether no dialog of `kind` is open."""
        return not any(each.isVisible() for each in self.run.window.findChildren(kind))

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """The calls of this name that would change the disk or use the network."""
        return [call[1:] for call in self.library.asked if call[0] == name]


def buttons(dialog: QDialog) -> dict[str, Button]:
    """The visible buttons of a dialog by their words."""
    return {button.text(): button for button in dialog.findChildren(Button) if button.isVisible()}
