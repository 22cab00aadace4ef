"""Finding words in the transcript: a bar above it, and the places it goes through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backend.chats.types import Message
from backend.i18n import tr
from ui.pages.chat.transcript import Transcript
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField

Hit = tuple[int, int]
"""A message id, and which of the places in that message."""


def hits_in(messages: Sequence[Message], needle: str) -> list[Hit]:
    """Where `needle` occurs in the sources of `messages`, whatever its case."""
    wanted = needle.casefold()
    if not wanted:
        return []
    return [
        (message.id, index) for message in messages for index in range(message.text.casefold().count(wanted))
    ]


class FindBar(QWidget):
    """Enter goes to the next place, Shift+Enter to the one before, Esc closes.

    Signals:
        needle_changed: The words to find; empty once the bar is closed.
        stepped: +1 for the next place, -1 for the one before.
        closed: The bar was closed; the focus should go back.
    """

    needle_changed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField(tr("Find in this chat"))
        self.field.textChanged.connect(self.needle_changed)
        self.field.moved.connect(self.stepped)
        self._count = label("", "small", "3", tabular=True)
        back = IconButton("chevron-up", tr("Previous place"), size="small")
        forward = IconButton("chevron-down", tr("Next place"), size="small")
        close = IconButton("x", tr("Close find"), size="small")
        back.clicked.connect(lambda: self.stepped.emit(-1))
        forward.clicked.connect(lambda: self.stepped.emit(1))
        close.clicked.connect(self.close_bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        for button in (back, forward, close):
            layout.addWidget(button)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar and take the focus."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text():
            self.needle_changed.emit(self.field.text())

    def close_bar(self) -> None:
        """Hide the bar and its marks."""
        self.hide()
        self.needle_changed.emit("")
        self.closed.emit()

    def set_place(self, at: int, total: int) -> None:
        """Show ``3 of 12``; a total of 0 says that there is none."""
        if not self.field.text():
            self._count.setText("")
        elif total:
            self._count.setText(tr("{at} of {total}", at=at + 1, total=total))
        else:
            self._count.setText(tr("not found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class Finder(QObject):
    """Leads a transcript through the places of what is typed into a find bar."""

    def __init__(self, bar: FindBar, transcript: Transcript) -> None:
        super().__init__(bar)
        self._bar, self._transcript = bar, transcript
        self._hits: list[Hit] = []
        self._at = -1
        bar.needle_changed.connect(self._find)
        bar.stepped.connect(self._step)

    def renew(self) -> None:
        """The messages are others than before."""
        if self._bar.isVisible():
            self._hits = hits_in(self._transcript.messages(), self._bar.field.text())
            self._at = min(self._at, len(self._hits) - 1)
            self._bar.set_place(self._at, len(self._hits))

    def _find(self, needle: str) -> None:
        self._hits = hits_in(self._transcript.messages(), needle)
        self._at = len(self._hits) - 1
        self._show()

    def _step(self, step: int) -> None:
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self._show()

    def _show(self) -> None:
        message_id, index = self._hits[self._at] if self._hits else (-1, -1)
        needle = self._bar.field.text() if self._bar.isVisible() else ""
        self._transcript.find(needle, message_id, index)
        self._bar.set_place(self._at, len(self._hits))
