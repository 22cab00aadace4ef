"""The text field messages are written in: Enter sends, Shift+Enter breaks, and nothing can freeze it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme

MAX_CHARACTERS = 400_000
"""Longer text is not taken in. It would be about 100,000 tokens, and typing in it would not be quick."""
MAX_LINE = 120_000
"""Nor is a longer line: with every key the whole line is laid out again."""


class MessageInput(QPlainTextEdit):
    """Grows with its text between two numbers of lines.

    Signals:
        submitted: Enter was pressed.
        grown: It needs another height.
        refused: A sentence that says why text was not taken in.
        files_given: Files were dropped or pasted; only where `takes_files` is set.
    """

    submitted = Signal()
    grown = Signal()
    refused = Signal(str)
    files_given = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, lines: tuple[int, int] = (2, 10)) -> None:
        super().__init__(parent)
        self._lines = lines
        self._last_height = 0
        self.enter_sends = True
        self.takes_files = False
        self.setProperty("frameless", True)
        self.setProperty("focusRing", "parent")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("read"))
        self.setTabChangesFocus(True)
        # Word wrap of one word of a megabyte takes seconds; this mode is as quick for text and cannot.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._text_changed)

    def height_for(self, width: int) -> int:
        """Pixels for the text at `width`, within the limits of lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        low, high = self._lines
        shown = min(max(self._visual_lines(high), low), high)
        return round(shown * line) + 2 * 6

    def put(self, text: str) -> None:
        """Replace the whole text."""
        self._choose_wrapping(text)
        self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop plain text, if there is room for it."""
        files = tuple(Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
        if files and self.takes_files:
            self.files_given.emit(files)
            return
        text = source.text()
        room = MAX_CHARACTERS - self.document().characterCount()
        if len(text) > room:
            self.refused.emit(
                tr(
                    "The pasted text has {count} characters; a message can have {limit}. Paste a part of it.",
                    count=fmt.number(len(text)),
                    limit=fmt.number(MAX_CHARACTERS),
                )
            )
            return
        longest = max(map(len, text.split("\n")))
        if longest > MAX_LINE:
            self.refused.emit(
                tr(
                    "The pasted text has a line of {count} characters; a line can have {limit}.",
                    count=fmt.number(longest),
                    limit=fmt.number(MAX_LINE),
                )
            )
            return
        self._choose_wrapping(text)
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if shifted is self.enter_sends:
                self.insertPlainText("\n")
                self.ensureCursorVisible()
            else:
                self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _choose_wrapping(self, text: str) -> None:
        longest = max((len(word) for word in text.split()), default=0)
        if longest > 1_000:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _visual_lines(self, enough: int) -> int:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid() and lines < enough:
            self.document().documentLayout().blockBoundingRect(block)  # lays the block out
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def _text_changed(self) -> None:
        if self.document().isEmpty():
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        height = self.height_for(self.width())
        if height != self._last_height:
            self._last_height = height
            self.grown.emit()
