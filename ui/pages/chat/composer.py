"""Where messages are written: the text, what it will cost, and Send, which becomes Stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.chats.types import Attachment
from backend.errors import AppError
from backend.i18n import tr
from ui.pages.chat.attachments import AttachmentRow
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.message_input import MessageInput


class _Card(QWidget):
    """The outlined box around text and buttons."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control"))
        radius = theme.radius("surface")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Composer(QWidget):
    """Signals:
    sent: Text to send; it stays in the field until `clear_text`.
    stopped: The answer is to end.
    edited: The text changed.
    choose_model: A model is wanted before anything can be sent.
    attach_asked: Files are to be attached; empty asks for some.
    file_removed: The place of a file that is to be taken off.
    """

    sent = Signal(str)
    stopped = Signal()
    edited = Signal(str)
    choose_model = Signal()
    attach_asked = Signal(object)
    file_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._blocked = ""
        self._notice = Banner("bad", "", parent=self)
        self._notice.hide()
        self._notice.acted.connect(self._notice_acted)
        self._card = _Card(self)
        self.input = MessageInput(self._card)
        self.input.setPlaceholderText(tr("Write a message"))
        self.input.setAccessibleName(tr("Message"))
        self.input.submitted.connect(self._submit)
        self.input.grown.connect(self._fit)
        self.input.refused.connect(lambda why: self._say("warn", why))
        self.input.textChanged.connect(self._text_changed)
        self.input.takes_files = True
        self.input.files_given.connect(self.attach_asked)
        self.files = AttachmentRow(self._card)
        self.files.removed.connect(self.file_removed)
        self._reading = False
        self.attach = IconButton("paperclip", tr("Attach files"), parent=self._card)
        self.attach.clicked.connect(lambda: self.attach_asked.emit(()))
        self._status = ElidedLabel(role="small", tone="3", parent=self._card)
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._button = Button(tr("Send"), "primary", "send", parent=self._card)
        self._button.clicked.connect(self._pressed)
        # The mouse leaves the keyboard in the field: a pressed button is soon disabled and would give it on.
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(12, 10, 8, 8)
        inside.setSpacing(6)
        inside.addWidget(self.files)
        inside.addWidget(self.input)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.attach)
        row.addWidget(self._status, 1)
        row.addWidget(self._button)
        inside.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self._notice)
        outer.addWidget(self._card)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        self._show_button()
        theme.changed.connect(self._card.update)

    # -- state

    def text(self) -> str:
        return self.input.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` into the field, such as the draft of another chat."""
        if text != self.text():
            self.input.put(text)
            cursor = self.input.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.input.setTextCursor(cursor)
        self.clear_notice()

    def clear_text(self) -> None:
        """Empty the field after its text has been sent."""
        self.input.clear()
        self.clear_notice()

    def set_files(self, files: Sequence[Attachment], *, reading: bool) -> None:
        """Show the attached files; while others are being read nothing can be sent."""
        self._reading = reading
        self.files.set_files(files)
        if reading:
            self.show_status(tr("reading the file …"))
        self._show_button()
        self.updateGeometry()

    def set_busy(self, busy: bool) -> None:
        """While an answer is on its way the button stops it."""
        if busy != self._busy:
            self._busy = busy
            self._show_button()

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be sent; an empty reason lets it be sent again."""
        self._blocked = reason
        self._button.setToolTip(reason)
        self._show_button()
        if reason:
            self.show_status(reason)

    def show_status(self, text: str) -> None:
        """A quiet line beside the button: tokens of the draft, or the speed of the answer."""
        self._status.setText(text)

    def show_error(self, error: AppError) -> None:
        """Say in place why the message was not sent."""
        action = tr("Choose a model") if error.code == "chat.no_model" else ""
        self._say("bad", str(error), action)

    def clear_notice(self) -> None:
        self._notice.hide()
        self.updateGeometry()

    # -- inside

    def _say(self, kind: str, text: str, action: str = "") -> None:
        self._notice.set_kind(kind)
        self._notice.set_text(text)
        self._notice.set_action(action)
        self._notice.show()
        self.updateGeometry()

    def _notice_acted(self) -> None:
        self.clear_notice()
        self.choose_model.emit()

    def _text_changed(self) -> None:
        if not self._notice.isHidden():
            self.clear_notice()
        self._show_button()
        self.edited.emit(self.text())

    def _pressed(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self._submit()

    def _submit(self) -> None:
        text = self.text()
        if self._busy or self._reading or not (text.strip() or self.files.chips()):
            return
        if self._blocked:
            self._say("warn", self._blocked, tr("Choose a model"))
            return
        self.sent.emit(text)

    def _show_button(self) -> None:
        if self._busy:
            self._button.set_kind("default")
            self._button.set_icon("square")
            self._button.setText(tr("Stop"))
            self._button.setToolTip(tr("Stop the answer (Esc)"))
            self._button.setEnabled(True)
            return
        self._button.set_kind("primary")
        self._button.set_icon("send")
        self._button.setText(tr("Send"))
        self._button.setToolTip(self._blocked or tr("Send (Enter)"))
        written = not self.input.document().isEmpty() or bool(self.files.chips())
        enabled = not self._blocked and not self._reading and written
        if not enabled and self._button.hasFocus():
            self.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._button.setEnabled(enabled)

    def _fit(self) -> None:
        self.input.setFixedHeight(self.input.height_for(self.input.width()))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._busy:
            self.stopped.emit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())
