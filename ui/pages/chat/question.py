"""A message of the person: inset box, and editing it in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from backend.chats.types import Message
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.actions import Action
from ui.pages.chat.message import HEADER, PAD, MessageView
from ui.theme import theme
from ui.widgets.labels import label

_BOX = 16
_BOX_Y = 9


class QuestionView(MessageView):
    """Shows the text as it was typed. *Edit* makes a new branch, so nothing is lost."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(message, parent)
        self._who: QLabel = label(tr("You"), "body", weight=600, parent=self)
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
        if changed:
            self.body.set_plain(message.text)
        self.height_changed.emit()

    def _edit_action(self) -> str:
        return tr("Send again")

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
