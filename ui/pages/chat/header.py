"""The line above the transcript: title of the chat, find, export, and the panel's button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel


class ChatHeader(QWidget):
    """As high as every toolbar; who made it connects the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.size("toolbar"))
        self.heading = ElidedLabel(role="title")
        self.find_button = IconButton("search", tr("Find in this chat (Ctrl+F)"))
        self.export_button = IconButton("share", tr("Export this chat"))
        self.panel_button = IconButton("panel-right", tr("Model and settings (Ctrl+Shift+P)"))
        self.panel_button.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading, 1)
        layout.addWidget(self.find_button)
        layout.addWidget(self.export_button)
        layout.addWidget(self.panel_button)
