"""The summary that stands for the beginning of a conversation, to read and to change."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from backend.chats.types import Summary
from backend.i18n import tr
from ui.theme import theme
from ui.widgets.sheet import Sheet


class SummarySheet(Sheet):
    """Signals:
    changed: Id of the summary, and the words of the person.
    """

    changed = Signal(int, str)

    def __init__(self, summary: Summary, parent: QWidget) -> None:
        super().__init__(
            tr("Summary of the oldest messages"),
            tr("The model gets these words in their place. What you write counts from the next answer on."),
            width=560,
            parent=parent,
        )
        self._summary = summary
        self.editor = QPlainTextEdit(summary.text)
        self.editor.setAccessibleName(tr("Summary"))
        self.editor.setFont(theme.font("body"))
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(260)
        self.body.addWidget(self.editor)
        self.save = self.add_button(tr("Save"), "primary")
        self.save.setEnabled(False)
        self.save.clicked.connect(self._take)
        self.editor.textChanged.connect(self._check)
        self.fit()
        self.editor.setFocus()

    def _text(self) -> str:
        return self.editor.toPlainText().strip()

    def _check(self) -> None:
        self.save.setEnabled(bool(self._text()) and self._text() != self._summary.text)

    def _take(self) -> None:
        self.changed.emit(self._summary.id, self._text())
        self.accept()
