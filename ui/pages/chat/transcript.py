"""The transcript: a branch of a chat in a column of messages, its finding and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from backend.chats.types import Message
from backend.i18n import tr
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.column import STEP, RowColumn
from ui.pages.chat.message import MessageView, message_around
from ui.pages.chat.rows import Row, mark_dividers, neighbour_of_focus


class Transcript(RowColumn):
    """Shows a branch of a chat, and follows its end unless the person scrolled up.

    Signals:
        action: Key of a message's action and the id of the message.
        version: Id of the sibling to show.
        resubmitted: Id of a question and its new text.
        link_activated: A link was clicked; nothing was opened.
    """

    action = Signal(str, int)
    version = Signal(int)
    resubmitted = Signal(int, str)
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needle = ""
        self._hit: tuple[int, int] = (-1, -1)
        self._beginning = (0, False)
        self.setAccessibleName(tr("Messages"))
        self._jump.clicked.connect(self.to_end)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # -- content

    def set_messages(self, messages: Sequence[Message], *, follow: bool = True) -> None:
        """Show another branch. Rows of messages that stay keep their widgets; `follow` goes to the end."""
        known = {row.message.id: row for row in self._rows}
        rows: list[Row] = []
        for message in messages:
            row = known.pop(message.id, None)
            if row is None:
                row = Row(message, self._guess(message))
            elif row.message != message:
                self._update_row(row, message)
            rows.append(row)
        for row in known.values():
            self._maker.release(row)
        self._rows = rows
        mark_dividers(rows, *self._beginning)
        self._follow = follow or self._follow
        self._relayout()

    def update_message(self, message: Message) -> None:
        """Show another state of a message that is in the branch."""
        row = self._row_of(message.id)
        if row is not None:
            self._update_row(row, message)
            self._relayout()

    def append_text(self, message_id: int, text: str, reasoning: str, count: int) -> None:
        """Add decoded text to a streaming answer."""
        row = self._row_of(message_id)
        if row is None:
            return
        row.message = replace(
            row.message, text=row.message.text + text, reasoning=row.message.reasoning + reasoning
        )
        if isinstance(row.view, AnswerView):
            row.view.append(text, reasoning, count)
            self._measure(row)
        else:
            row.measured = False
            row.height = self._guess(row.message)
        self._relayout(now=self._follow)

    def set_tail(self, widget: QWidget | None, height: int = 0) -> None:
        """Show `widget` after the last message, such as the progress of loading a model."""
        if widget is not self._tail and self._tail is not None:
            self._tail.hide()
        self._tail = widget
        self._tail_height = height if widget is not None else 0
        if widget is not None:
            widget.setParent(self.viewport())
            widget.show()
        self._relayout()

    def set_beginning(self, left_out: int, summarised: bool) -> None:
        """Mark where what the model still gets word for word begins; see `mark_dividers`."""
        if (left_out, summarised) != self._beginning:
            self._beginning = (left_out, summarised)
            mark_dividers(self._rows, left_out, summarised)
            self._relayout()

    def set_error_detail(self, text: str) -> None:
        """Technical lines for answers that fail from now on, shown under *Details*."""
        self._maker.error_detail = text

    def messages(self) -> tuple[Message, ...]:
        """What is shown, root first."""
        return tuple(row.message for row in self._rows)

    def view_of(self, message_id: int) -> MessageView | None:
        """The widget of a message, if it is near the visible part."""
        return row.view if (row := self._row_of(message_id)) is not None else None

    # -- scrolling

    @property
    def follows(self) -> bool:
        """Whether new text keeps the end in view."""
        return self._follow

    def to_end(self) -> None:
        """Go to the end and follow it."""
        self._follow = True
        self._relayout()

    def show_message(self, message_id: int) -> MessageView | None:
        """Bring a message into view and return its widget."""
        row = self._row_of(message_id)
        if row is None:
            return None
        self._follow = False
        for _ in range(4):
            self._scroll_to(row.top - 24)
            if not self._realise():
                break
            self._sum_up()
        self._show_jump()
        return row.view

    # -- finding

    def find(self, needle: str, message_id: int = -1, index: int = -1) -> None:
        """Mark `needle` in all messages, and place `index` of message `message_id` strongly."""
        if not needle and not self._needle and message_id < 0:
            return
        self._needle = needle
        self._hit = (message_id, index)
        for row in self._rows:
            if row.view is not None:
                self._mark(row)
        if message_id >= 0 and (view := self.show_message(message_id)) is not None:
            rect = view.mark_rect(index)
            if not rect.isNull():
                self._scroll_to(self.verticalScrollBar().value() + view.y() + int(rect.top()) - 120)

    def _mark(self, row: Row) -> None:
        assert row.view is not None
        row.view.find_all(self._needle, self._hit[1] if row.message.id == self._hit[0] else -1)

    def _connect(self, row: Row, view: MessageView) -> None:
        view.action.connect(self.action)
        view.version.connect(self.version)
        view.resubmitted.connect(self.resubmitted)
        view.link_activated.connect(self.link_activated)
        if self._needle:
            self._mark(row)

    def _row_of(self, message_id: int) -> Row | None:
        return next((row for row in reversed(self._rows) if row.message.id == message_id), None)

    def _update_row(self, row: Row, message: Message) -> None:
        row.message = message
        if row.making is not None:
            self._maker.release(row)  # what was made of it shows the old state
        if row.view is not None:
            row.measured = False  # set_message reports its height before everything is in place
            row.view.set_message(message)
            self._measure(row)
        else:
            row.measured = False
            row.height = self._guess(message)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        page = bar.pageStep() - STEP
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                self.to_end()
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown as key:
                bar.setValue(bar.value() + (page if key == Qt.Key.Key_PageDown else -page))
            case Qt.Key.Key_Up | Qt.Key.Key_Down as key:
                self._step(1 if key == Qt.Key.Key_Down else -1)
            case _:
                event.ignore()

    def _step(self, step: int) -> None:
        """Move the focus to the message before or after the focused one, or scroll if none has it."""
        bar = self.verticalScrollBar()
        row = neighbour_of_focus(self._rows, step)
        if row is None:
            bar.setValue(bar.value() + step * STEP)
            return
        if row.view is None or row.top < bar.value() or row.bottom > bar.value() + self.viewport().height():
            self.show_message(row.message.id)
        if row.view is not None:
            row.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in (old, new):
            view = message_around(widget)
            if view is not None and self.isAncestorOf(view):
                view.reveal()
