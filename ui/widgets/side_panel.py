"""Where the panel stands: third pane of a wide page, laid over the transcript of a narrow one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QSplitter, QWidget

from ui.theme import theme
from ui.widgets.section import hairline

NARROW = 990
"""A page of fewer pixels has no room for three panes."""
_LEFT_FREE = 60


class SidePanel(QObject):
    """Moves `panel` between `splitter` and `page`, and keeps `button` checked while it is shown."""

    def __init__(self, page: QWidget, splitter: QSplitter, panel: QWidget, button: QAbstractButton) -> None:
        super().__init__(page)
        self._page, self._splitter, self._panel, self._button = page, splitter, panel, button
        self.wanted = True
        """Whether a wide page shows it."""
        self._overlaid = False
        self._edge = hairline(vertical=True)
        self._edge.setParent(page)
        self._edge.hide()
        button.clicked.connect(self.toggle)

    @property
    def overlaid(self) -> bool:
        """Whether it covers a part of the transcript while it is shown."""
        return self._overlaid

    def toggle(self) -> None:
        self.show(not self._panel.isVisible())

    def show(self, shown: bool) -> None:
        """Show or hide the panel; on a wide page that is remembered."""
        if not self._overlaid:
            self.wanted = shown
        self._panel.setVisible(shown)
        self._edge.setVisible(shown and self._overlaid)
        self._button.setChecked(shown)
        self._place()

    def close_overlay(self) -> bool:
        """Hide the panel if it covers something; True if it did."""
        if self._overlaid and self._panel.isVisible():
            self.show(False)
            return True
        return False

    def fit(self) -> None:
        """Choose the place for the width that the page has now."""
        overlaid = self._page.width() < NARROW
        if overlaid != self._overlaid:
            self._overlaid = overlaid
            self._panel.hide()
            if overlaid:
                self._panel.setParent(self._page)
                self.show(False)
            else:
                self._splitter.addWidget(self._panel)
                self._splitter.setStretchFactor(self._splitter.count() - 1, 0)
                self.show(self.wanted)
        elif not overlaid:
            self.show(self.wanted)
        self._place()

    def _place(self) -> None:
        if not self._overlaid:
            return
        top = theme.size("toolbar") + 1
        width = min(theme.size("pane.chat.panel"), self._page.width() - _LEFT_FREE)
        left, height = self._page.width() - width, self._page.height() - top
        self._panel.setGeometry(left, top, width, height)
        self._edge.setGeometry(left - 1, top, 1, height)
        self._panel.raise_()
        self._edge.raise_()
