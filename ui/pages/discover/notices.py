"""Lines above and below the list: from when it is, which garden could not be read, which page failed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.errors import AppError
from backend.hubs.types import GardenTrouble, Source
from backend.i18n import tr
from ui.pages.discover.rows import source_name
from ui.pages.discover.texts import seen
from ui.widgets.banner import Banner


class Notices(QWidget):
    """At most one line per garden, and one about the age. Takes no room while there is nothing to say.

    Signals:
        retry: Ask the gardens again.
    """

    retry = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        self._cached = Banner("info", "")
        layout.addWidget(self._cached)
        self._troubles: dict[Source, Banner] = {}
        for source in (Source.HUGGING_FACE, Source.OLLAMA):
            banner = Banner("warn", "", tr("Try again"))
            banner.acted.connect(self.retry)
            layout.addWidget(banner)
            self._troubles[source] = banner
        self.cached_at: float | None = None
        self._shown: dict[Source, GardenTrouble] = {}
        self.update_words(offline=False)

    def forget(self) -> None:
        """A new question begins."""
        self.cached_at = None
        self._shown.clear()

    def add(self, troubles: tuple[GardenTrouble, ...], cached_at: float | None) -> None:
        """What a page said about itself."""
        self.cached_at = self.cached_at or cached_at
        for trouble in troubles:
            self._shown[trouble.source] = trouble

    @property
    def has_troubles(self) -> bool:
        return bool(self._shown)

    def fallbacks(self) -> frozenset[Source]:
        """Gardens whose rows are from the bundled list."""
        return frozenset(source for source, trouble in self._shown.items() if trouble.fallback)

    def update_words(self, *, offline: bool) -> None:
        """Show what there is to say now."""
        when = self.cached_at
        self._cached.setVisible(when is not None)
        if when is not None:
            self._cached.set_text(seen(when, offline=offline))
        for source, banner in self._troubles.items():
            trouble = self._shown.get(source)
            banner.setVisible(trouble is not None)
            if trouble is not None:
                banner.set_text(_words(trouble))
                banner.setToolTip(trouble.error.detail)
        self.setVisible(when is not None or bool(self._shown))


def _words(trouble: GardenTrouble) -> str:
    if trouble.fallback:
        what = trouble.error.title or tr("{garden} could not be read.", garden=source_name(trouble.source))
        return tr("{what} Its models here are from the bundled list.", what=what)
    return str(trouble.error)


class PageError(QWidget):
    """A further page could not be fetched; what was there stays.

    Signals:
        retry: Fetch it again.
    """

    retry = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        self._banner = Banner("warn", "", tr("Try again"))
        self._banner.acted.connect(self.retry)
        layout.addWidget(self._banner)
        self.hide()

    def show_error(self, error: AppError) -> None:
        self._banner.set_text(error.title)
        self.show()
