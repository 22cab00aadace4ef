"""Questions before something that cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import label


class ConfirmDialog(QDialog):
    """Cancel has the focus when the action destroys something, else the action has it."""

    def __init__(self, title: str, text: str, action: str, danger: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Orangery")
        self.setFixedWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(title, "title", wrap=True))
        if text:
            layout.addWidget(label(text, "body", "2", wrap=True))
        layout.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.accept_button = Button(action, "danger" if danger else "primary")
        self.accept_button.clicked.connect(self.accept)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        layout.addLayout(buttons)
        default = cancel if danger else self.accept_button
        default.setDefault(True)
        default.setFocus()
