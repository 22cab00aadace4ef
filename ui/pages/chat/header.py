"""The line above the transcript: title of the chat, what is heard, find, export, and the panel's button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel


class ChatHeader(QWidget):
    """As high as every toolbar; who made it connects the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.size("toolbar"))
        self.heading = ElidedLabel(role="title")
        self.heard_button = Button(tr("With adapters"), icon="blend", size="small")
        self.heard_button.setToolTip(tr("Hear the base alone, or with the adapters (Ctrl+B)"))
        self.find_button = IconButton("search", tr("Find in this chat (Ctrl+F)"))
        self.export_button = IconButton("share", tr("Export this chat"))
        self.panel_button = IconButton("panel-right", tr("Model and settings (Ctrl+Shift+P)"))
        self.panel_button.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading, 1)
        layout.addWidget(self.heard_button)
        layout.addSpacing(4)
        layout.addWidget(self.find_button)
        layout.addWidget(self.export_button)
        layout.addWidget(self.panel_button)
        self.show_heard(False, False)

    def show_heard(self, adapters: bool, base: bool) -> None:
        """Whether the chat has adapters, and whether the base alone is heard all the same."""
        self.heard_button.setVisible(adapters)
        self.heard_button.setText(tr("Base alone") if base else tr("With adapters"))
