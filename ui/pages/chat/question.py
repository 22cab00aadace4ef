"""A message of the person: inset box, and editing it in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.chats.types import Message
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.actions import Action
from ui.pages.chat.message import GAP, HEADER, PAD, MessageView
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.message_input import MessageInput

_BOX = 16
_BOX_Y = 9


class QuestionView(MessageView):
    """Shows the text as it was typed. *Edit* makes a new branch, so nothing is lost."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(message, parent)
        self._who: QLabel = label(tr("You"), "body", weight=600, parent=self)
        self._when: QLabel = label("", "small", "3", tabular=True, parent=self)
        self._editor: _Editor | None = None
        self.actions.set_actions(
            (Action("copy", "copy", tr("Copy message")), Action("edit", "pencil", tr("Edit and send again")))
        )
        self.set_message(message)

    def set_message(self, message: Message) -> None:
        changed = message.text != self.message.text or not self.body.blocks()
        super().set_message(message)
        self._when.setText(fmt.clock(message.created))
        self.setAccessibleName(tr("You, {time}", time=fmt.clock(message.created)))
        self.setAccessibleDescription(message.text[:2000])
        if changed:
            self.body.set_plain(message.text)
        self.height_changed.emit()

    def start_edit(self) -> None:
        """Replace the box by an editor with the text."""
        if self._editor is None:
            self._editor = _Editor(self.message.text, self)
            self._editor.accepted = self._accept
            self._editor.cancelled = self._cancel
            self._editor.input.grown.connect(self.height_changed)
        self._editor.show()
        self.body.hide()
        self.height_changed.emit()
        self._editor.input.setFocus()

    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._editor is not None

    def _accept(self) -> None:
        assert self._editor is not None
        text = self._editor.input.toPlainText().strip()
        self._cancel()
        if text and text != self.message.text:
            self.resubmitted.emit(self.message.id, text)

    def _cancel(self) -> None:
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
        self.body.show()
        self.height_changed.emit()
        self.setFocus()

    def _act(self, key: str) -> None:
        if key == "edit":
            self.start_edit()
        else:
            super()._act(key)

    def _arrange(self, width: int) -> int:
        inner = width - 2 * PAD
        who = self._who.sizeHint().width()
        self._who.setGeometry(PAD, PAD, who, HEADER)
        left = self._place_right(PAD + inner, PAD - 2)
        self._when.setGeometry(PAD + who + 8, PAD, max(0, left - PAD - who - 16), HEADER)
        y = PAD + HEADER + 5
        if self._editor is not None:
            height = self._editor.height_for(inner)
            self._editor.setGeometry(PAD, y, inner, height)
            return y + height + PAD
        text = self.body.height_for(inner - 2 * _BOX)
        self.body.setGeometry(PAD + _BOX, y + _BOX_Y, inner - 2 * _BOX, text)
        self._box = QRectF(PAD, y, inner, text + 2 * _BOX_Y)
        return y + text + 2 * _BOX_Y + PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._editor is None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.inset"))
            radius = theme.radius("surface")
            painter.drawRoundedRect(self._box, radius, radius)
            painter.end()
        super().paintEvent(event)


class _Editor(QWidget):
    """The text of a sent message, to change and send again."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.accepted = self.cancelled = lambda: None
        self.input = MessageInput(self, lines=(2, 14))
        self.input.setProperty("frameless", False)
        self.input.setAccessibleName(tr("Edit message"))
        self.input.setPlainText(text)
        self.input.submitted.connect(lambda: self.accepted())
        self._send = Button(tr("Send again"), "primary", size="small")
        self._send.clicked.connect(lambda: self.accepted())
        cancel = Button(tr("Cancel"), size="small")
        cancel.clicked.connect(lambda: self.cancelled())
        note = label(tr("The old version stays as a branch."), "small", "3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.input)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(note)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._send)
        layout.addLayout(row)
        cursor = self.input.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.input.setTextCursor(cursor)

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        return self.input.height_for(width) + GAP + 24

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled()
        else:
            super().keyPressEvent(event)
