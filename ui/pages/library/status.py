"""The foot of the library: which folders it looks into, or what is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from backend.i18n import tr
from backend.library.types import Store, StoreInfo
from ui import format as fmt
from ui.pages.library.words import store_name
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import IconLabel


class LibraryStatus(QFrame):
    """One line; the tooltip names the folders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "footer")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 24, 8)
        line.setSpacing(8)
        self._icon = IconLabel("folder", "text.2", 14)
        line.addWidget(self._icon)
        self._words = ElidedLabel("", "small", "2", mode=Qt.TextElideMode.ElideMiddle)
        line.addWidget(self._words, 1)
        self._promise = label(tr("Files stay where they are"), "small", "2")
        line.addWidget(self._promise)
        self._folders = ""
        self._selected = ""

    def set_stores(self, stores: tuple[StoreInfo, ...]) -> None:
        """Say how many folders are watched, and which could not be read."""
        shown = [info for info in stores if info.exists and info.store is not Store.BUNDLED]
        wrong = [info for info in shown if info.problem]
        self._folders = (
            tr("Watching {n} folders", n=len(shown)) if shown else tr("No other folder with models was found")
        )
        if wrong:
            self._folders += ", " + tr("{n} of them cannot be read", n=len(wrong))
        self._icon.set_icon("triangle-alert" if wrong else "folder", "warn.mark" if wrong else "text.2")
        self.setToolTip(
            "\n".join(
                f"{store_name(info.store)}: {info.root}" + (f"\n    {info.problem}" if info.problem else "")
                for info in shown
            )
        )
        self._show()

    def set_selected(self, count: int, size: int) -> None:
        """Say how many models are selected, where it is more than one."""
        self._selected = tr("{n} models selected", n=count) + f", {fmt.size(size)}" if count > 1 else ""
        self._show()

    def _show(self) -> None:
        self._words.setText(self._selected or self._folders)
