"""A message of the person: inset box, and editing it in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from backend.chats.types import Attachment, Message
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.actions import Action
from ui.pages.chat.message import HEADER, PAD, MessageView
from ui.pages.chat.sent_files import SentFiles
from ui.theme import theme
from ui.widgets.labels import label

_BOX = 16
_BOX_Y = 9


class QuestionView(MessageView):
    """Shows the text as it was typed. *Edit* makes a new branch, so nothing is lost."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(message, parent)
        self._who: QLabel = label(tr("You"), "body", weight=600, parent=self)
        self._files: SentFiles | None = None
        self._when: QLabel = label("", "small", "3", tabular=True, parent=self)
        self.actions.set_actions(
            (
                Action("copy", "copy", tr("Copy message")),
                Action("edit", "pencil", tr("Edit and send again")),
                Action("more", "ellipsis", tr("More")),
            )
        )
        self.set_message(message)

    def set_message(self, message: Message) -> None:
        changed = message.text != self.message.text or not self.body.blocks()
        super().set_message(message)
        self._when.setText(fmt.clock(message.created))
        self.setAccessibleName(tr("You, {time}", time=fmt.clock(message.created)))
        self.setAccessibleDescription(message.text[:2000])
        if message.attachments and (self._files is None or self._files.files != message.attachments):
            self._show_files(message.attachments)
        if changed:
            self.body.set_plain(message.text)
        self.height_changed.emit()

    def _show_files(self, files: tuple[Attachment, ...]) -> None:
        if self._files is not None:
            self._files.hide()
            self._files.deleteLater()
        self._files = SentFiles(files, self)
        self._files.height_changed.connect(self.height_changed)
        self._files.show()

    def _edit_action(self) -> str:
        return tr("Send again")

    def _arrange(self, width: int) -> int:
        inner = width - 2 * PAD
        who = self._who.sizeHint().width()
        y = self._top()
        self._who.setGeometry(PAD, y, who, HEADER)
        left = self._place_right(PAD + inner, y - 2)
        self._when.setGeometry(PAD + who + 8, y, max(0, left - PAD - who - 16), HEADER)
        y += HEADER + 5
        if self._editor is not None:
            height = self._editor.height_for(inner)
            self._editor.setGeometry(PAD, y, inner, height)
            return y + height + PAD
        room = inner - 2 * _BOX
        top = y
        y += _BOX_Y
        if self.message.text:
            text = self.body.height_for(room)
            self.body.setGeometry(PAD + _BOX, y, room, text)
            y += text
        if self._files is not None:
            y += 6 if self.message.text else 2
            height = self._files.height_for(room)
            self._files.setGeometry(PAD + _BOX, y, room, height)
            y += height + 3
        self._box = QRectF(PAD, top, inner, y + _BOX_Y - top)
        return y + _BOX_Y + PAD

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
