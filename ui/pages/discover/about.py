"""The tab with the model's card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from backend.errors import AppError
from backend.i18n import tr
from ui.markdown import MarkdownView


class AboutPage(QScrollArea):
    """The card, rendered without pictures. Read when it is first shown.

    Signals:
        wanted: Fetch the card.
        link_activated: Address of a link that was clicked.
    """

    wanted = Signal()
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Model card"))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 16, 24, 24)
        self._card = MarkdownView()
        self._card.link_activated.connect(self.link_activated)
        layout.addWidget(self._card)
        layout.addStretch(1)
        self.setWidget(page)

    def forget(self) -> None:
        """Another model is open."""
        self._loaded = False

    def load(self) -> None:
        """The tab came into view."""
        if not self._loaded:
            self._loaded = True
            self._card.set_placeholder(tr("Reading the model card …"))
            self.wanted.emit()

    def show_card(self, text: str) -> None:
        self._card.set_markdown(text if text.strip() else tr("*This repository has no model card.*"))
        self.verticalScrollBar().setValue(0)

    def fail(self, error: AppError) -> None:
        self._loaded = False  # going to another tab and back asks again
        self._card.set_placeholder(str(error))
