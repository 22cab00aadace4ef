"""What all messages of the transcript have in common: a column laid out by hand, hover, focus, finding."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from backend.chats.types import Message
from ui.markdown import MarkdownView
from ui.pages.chat.actions import ActionBar, BranchSwitch
from ui.pages.chat.editing import GAP as GAP
from ui.pages.chat.editing import MessageEditor
from ui.theme import theme

HEADER = 20
_DIVIDER = 34
PAD = 10
"""Around the content of a message, where the focus ring is drawn."""


class MessageView(QWidget):
    """One message. Subclasses make the widgets and place them in `_arrange`.

    Signals:
        action: Key of a pressed action and the id of this message.
        version: Id of the sibling to show instead.
        resubmitted: Id of this message and its text after an edit.
        height_changed: It needs another height at the same width.
        link_activated: A link was clicked; nothing was opened.
    """

    action = Signal(str, int)
    version = Signal(int)
    resubmitted = Signal(int, str)
    height_changed = Signal()
    link_activated = Signal(str)

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.body = MarkdownView(self)
        self.body.set_tab_focus(False)
        self.body.link_activated.connect(self.link_activated)
        self.body.height_changed.connect(self.height_changed)
        self.actions = ActionBar(self)
        self.actions.triggered.connect(lambda key: self._act(key))
        self.versions: BranchSwitch | None = None
        self._editor: MessageEditor | None = None
        self._divider = ""
        self._measured: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "inside")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.height_changed.connect(self._forget_height)

    # -- for the transcript

    def set_message(self, message: Message) -> None:
        """Show another state of the same message."""
        self.message = message
        self._show_versions()

    def set_divider(self, words: str) -> None:
        """Draw a line with these words above the message; none takes it away."""
        if words != self._divider:
            self._divider = words
            self.height_changed.emit()
            self.update()

    @property
    def divider(self) -> str:
        """What is said above the message."""
        return self._divider

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        if self._measured is None or self._measured[0] != width:
            self._measured = (width, self._arrange(width))
        return self._measured[1]

    def make_some(self, width: int) -> bool:
        """Make the next part of a message that was asked to come in parts; True once it can be shown."""
        return self.body.make_some(width - 2 * PAD)

    def plain_text(self) -> str:
        """The source text, for Copy and for finding."""
        return self.message.text

    def find_all(self, needle: str, current: int = -1) -> int:
        """Mark every place of `needle`; return how many there are."""
        return self.body.find_all(needle, current)

    def mark_rect(self, index: int) -> QRectF:
        """Where find mark `index` stands in this widget."""
        rect = self.body.mark_rect(index)
        return rect.translated(self.body.pos()) if not rect.isNull() else rect

    def reveal(self) -> None:
        """Show the actions while the mouse is over the message or the focus is in it."""
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.actions.reveal(self.underMouse() or inside)
        self.body.set_tab_focus(inside)

    def read_text(self) -> str:
        """The text as it is read, without the marks of Markdown."""
        if not self.body.is_complete():
            return self.plain_text()
        return "\n\n".join(pane.toPlainText().strip() for pane in self.body.panes())

    # -- editing

    def start_edit(self) -> None:
        """Show an editor in place of the text."""
        if self._editor is None:
            self._editor = MessageEditor(self.plain_text(), self._edit_action(), self)
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

    def _accept(self, text: str) -> None:
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

    # -- for subclasses

    def _edit_action(self) -> str:
        """Words of the button that takes what was edited."""
        raise NotImplementedError

    def _arrange(self, width: int) -> int:
        """Place everything for `width` and return the height."""
        raise NotImplementedError

    def _top(self) -> int:
        """Where the content begins."""
        return PAD + (_DIVIDER if self._divider else 0)

    def _act(self, key: str) -> None:
        if key == "edit":
            self.start_edit()
        else:
            self.action.emit(key, self.message.id)

    def _show_versions(self) -> None:
        if len(self.message.siblings) < 2:
            if self.versions is not None:
                self.versions.hide()
            return
        if self.versions is None:
            self.versions = BranchSwitch(self)
            self.versions.chosen.connect(self.version)
        self.versions.set_siblings(self.message.siblings, self.message.id)
        self.versions.show()

    def _has_versions(self) -> bool:
        return self.versions is not None and not self.versions.isHidden()

    def _forget_height(self) -> None:
        self._measured = None

    def _place_right(self, right: int, y: int) -> int:
        """Put versions and actions right-aligned at `y`; return where they begin."""
        size = self.actions.sizeHint()
        left = right - size.width()
        self.actions.setGeometry(left, y, size.width(), 24)
        if self._has_versions():
            assert self.versions is not None
            width = self.versions.sizeHint().width()
            left -= width + 8
            self.versions.setGeometry(left, y, width, 24)
        return left

    # -- events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._divider:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(self._divider, Qt.TextElideMode.ElideMiddle, self.width() * 0.8)
        room = metrics.horizontalAdvance(words) + 24
        middle = PAD + 9
        left = (self.width() - room) / 2
        painter.setPen(QPen(theme.color("line.hair"), 1))
        painter.drawLine(PAD, middle, round(left), middle)
        painter.drawLine(round(left + room), middle, self.width() - PAD, middle)
        painter.setPen(theme.color("text.3"))
        painter.drawText(QRectF(left, middle - 10, room, 20), Qt.AlignmentFlag.AlignCenter, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.height_for(self.width())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._act("more")

    def enterEvent(self, event: QEnterEvent) -> None:
        self.reveal()

    def leaveEvent(self, event: QEvent) -> None:
        self.reveal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.reveal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.reveal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._act("copy")
        elif event.key() == Qt.Key.Key_F2:
            self._act("edit")
        elif event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self._act("more")
        else:
            event.ignore()


def message_around(widget: QWidget | None) -> MessageView | None:
    """The message that `widget` is or stands in."""
    while widget is not None and not isinstance(widget, MessageView):
        widget = widget.parentWidget()
    return widget
