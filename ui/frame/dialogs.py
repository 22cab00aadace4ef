"""Questions before something that cannot be undone, and what is shown after a bug."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import IconLabel


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


class CrashDialog(QDialog):
    """Says that this was Orangery's fault, and shows what a report needs."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Orangery")
        self.setMinimumSize(560, 360)
        self.report = report
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("circle-alert", "bad.text"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(tr("Something in Orangery went wrong"), "title", wrap=True), 1)
        layout.addLayout(head)
        words = tr(
            "This is a bug in the program. Your chats and files are safe, and you can go on working. "
            "If it happens again, copy the details and report them."
        )
        layout.addWidget(label(words, "small", "2", wrap=True))
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setFont(theme.font("code"))
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setAccessibleName(tr("Details"))
        layout.addWidget(details, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        copy = Button(tr("Copy details"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close = Button(tr("Go on"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout.addLayout(buttons)
