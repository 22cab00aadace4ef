"""What to do about a repository whose owner must let one in first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.banner import paint_banner
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


class GatedNotice(QWidget):
    """The steps in words, with a button for each. Once there is a token, only the page is left to do.

    Signals:
        site_wanted: Open the model's page, where the terms are accepted.
        token_wanted: Show the settings in which a token is given.
    """

    site_wanted = Signal()
    token_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 8, 8, 8)
        layout.setSpacing(6)
        self._text = label("", "small", wrap=True)
        layout.addWidget(self._text)
        row = QWidget()
        buttons = FlowLayout(row, spacing=8)
        page = Button(tr("Open the page"), size="small", icon="external-link")
        page.clicked.connect(self.site_wanted)
        self._token = Button(tr("Add a token"), size="small", icon="key")
        self._token.clicked.connect(self.token_wanted)
        buttons.addWidget(page)
        buttons.addWidget(self._token)
        layout.addWidget(row)
        theme.changed.connect(self.update)
        self.set_token(False)

    def set_token(self, there: bool) -> None:
        """Say the steps that are left."""
        if there:
            text = tr(
                "Gated: its owner wants to know who downloads it. Your access token is used; "
                "accept the terms on the page once if you have not yet."
            )
        else:
            text = tr(
                "Gated: its owner wants to know who downloads it. Accept the terms on its page, "
                "then add an access token of your account."
            )
        self._text.setText(text)
        self.setAccessibleName(text)
        self._token.setVisible(not there)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_banner(QPainter(self), self.rect(), "info", 8, icon="lock")
