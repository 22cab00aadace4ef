"""The column of messages. Only what is near the visible part has widgets; the rest has guessed heights."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from backend.chats.types import Message, MessageState
from backend.i18n import tr
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.jump import JumpButton
from ui.pages.chat.message import PAD, MessageView, message_around
from ui.pages.chat.question import QuestionView
from ui.pages.chat.rows import Row, guess_height, mark_dividers, neighbour_of_focus
from ui.theme import theme

_MARGIN = 14
_SPACE = 4
_STEP = 40
_BOTTOM = 16
_AWAY = 80  # pixels from the end, from which the way back is offered


class Transcript(QAbstractScrollArea):
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
        self._rows: list[Row] = []
        self._tail: QWidget | None = None
        self._tail_height = 0
        self._follow = True
        self._moving = False
        self._needle = ""
        self._hit: tuple[int, int] = (-1, -1)
        self._error_detail = ""
        self._beginning = (0, False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Messages"))
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._jump = JumpButton(self)
        self._jump.clicked.connect(self.to_end)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(30)
        self._ahead.timeout.connect(self._realise_ahead)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        theme.changed.connect(self.viewport().update)

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
            self._release(row)
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
        self._relayout()

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
        self._error_detail = text

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
        self._scroll_to(row.top - 24)
        self._realise()
        self._scroll_to(row.top - 24)
        self._realise()
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

    # -- geometry

    def _column(self) -> tuple[int, int]:
        """Left edge and width of the message widgets; the text column is `PAD` narrower on either side."""
        room = self.width() - 2 * _MARGIN  # the scroll bar stands in the margin
        width = min(room, theme.size("measure.max") + 2 * PAD)
        return _MARGIN + (room - width) // 2, max(width, 160)

    def _guess(self, message: Message) -> int:
        return guess_height(message, self._column()[1] - 2 * PAD)

    def _relayout(self) -> None:
        """Place everything, keeping the first visible message where it is, or the end if it is followed."""
        bar = self.verticalScrollBar()
        anchor, offset = self._anchor()
        for _ in range(4):
            self._sum_up()
            if self._follow:
                self._scroll_to(bar.maximum())
            elif anchor is not None:
                self._scroll_to(anchor.top + offset)
            if not self._realise():
                break
        self._show_jump()

    def _anchor(self) -> tuple[Row | None, int]:
        value = self.verticalScrollBar().value()
        index = self._row_at(value)
        if index < 0:
            return None, 0
        row = self._rows[index]
        return row, value - row.top

    def _row_at(self, y: int) -> int:
        return min(bisect_right(self._rows, y, key=lambda row: row.top), len(self._rows)) - 1

    def _sum_up(self) -> None:
        y = _MARGIN
        for row in self._rows:
            row.top = y
            y += row.height + _SPACE
        y += self._tail_height + _BOTTOM
        bar = self.verticalScrollBar()
        self._moving = True
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, y - self.viewport().height()))
        self._moving = False

    def _scroll_to(self, value: int) -> None:
        self._moving = True
        self.verticalScrollBar().setValue(value)
        self._moving = False

    def _realise(self, margin: int = 0) -> bool:
        """Give widgets to the rows in view, place them, take them from far rows; True if a height changed."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        low, high = value - margin, value + height + margin
        far_low, far_high = value - 3 * height, value + 4 * height
        left, width = self._column()
        changed = False
        for row in self._rows:
            if row.bottom >= low and row.top <= high:
                changed |= self._realise_row(row, width)
            elif row.view is not None and (row.bottom < far_low or row.top > far_high):
                self._release_far(row)
        for row in self._rows:
            if row.view is not None:
                if not row.measured:
                    changed |= self._measure(row)
                row.view.setGeometry(left, row.top - value, width, row.height)
        if self._tail is not None and self._rows:
            top = self._rows[-1].bottom + _SPACE - value
            self._tail.setGeometry(left + PAD, top, width - 2 * PAD, self._tail_height)
        if not self._ahead.isActive():
            self._ahead.start()
        return changed

    def _realise_row(self, row: Row, width: int) -> bool:
        if row.view is not None:
            return False
        view: MessageView = (
            QuestionView(row.message, self.viewport())
            if row.message.role == "user"
            else AnswerView(row.message, self.viewport(), detail=self._error_detail)
        )
        view.action.connect(self.action)
        view.version.connect(self.version)
        view.resubmitted.connect(self.resubmitted)
        view.link_activated.connect(self.link_activated)
        view.height_changed.connect(lambda row=row: self._row_grew(row))
        view.set_divider(row.divider)
        row.view = view
        if self._needle:
            self._mark(row)
        changed = self._measure(row)
        view.show()
        return changed

    def _measure(self, row: Row) -> bool:
        """Take the real height of a row; True if it is another than before."""
        assert row.view is not None
        height = row.view.height_for(self._column()[1])
        row.measured = True
        if height == row.height:
            return False
        row.height = height
        return True

    def _row_grew(self, row: Row) -> None:
        if row.view is not None and row.measured and self._measure(row):
            self._relayout()

    def _realise_ahead(self) -> None:
        """In idle time, make one widget beyond the edge of the view, so that scrolling finds it ready."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        width = self._column()[1]
        for row in self._rows:
            near = row.bottom >= value - height and row.top <= value + 2 * height
            if near and row.view is None:
                self._realise_row(row, width)
                self._relayout()  # which starts the timer for the next one
                return

    def _release_far(self, row: Row) -> None:
        busy = row.message.state is MessageState.STREAMING
        focus = QApplication.focusWidget()
        held = focus is not None and row.view is not None and row.view.isAncestorOf(focus)
        if not busy and not held:
            self._release(row)

    @staticmethod
    def _release(row: Row) -> None:
        if row.view is not None:
            row.view.hide()
            row.view.deleteLater()
            row.view = None

    def _row_of(self, message_id: int) -> Row | None:
        return next((row for row in reversed(self._rows) if row.message.id == message_id), None)

    def _update_row(self, row: Row, message: Message) -> None:
        row.message = message
        if row.view is not None:
            row.measured = False  # set_message reports its height before everything is in place
            row.view.set_message(message)
            self._measure(row)
        else:
            row.measured = False
            row.height = self._guess(message)

    def _show_jump(self) -> None:
        left = self.verticalScrollBar().maximum() - self.verticalScrollBar().value()
        self._jump.offer(left > _AWAY and not self._follow)

    # -- events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Widgets are placed by `_realise`, which runs on every change of the scroll bar."""

    def _scrolled(self, value: int) -> None:
        if self._moving:
            return
        self._follow = value >= self.verticalScrollBar().maximum() - 4
        anchor, offset = self._anchor()
        if self._realise():
            self._sum_up()
            if anchor is not None and not self._follow:
                self._scroll_to(anchor.top + offset)
            self._realise()
        self._show_jump()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows:
            row.measured = False
            if row.view is None:
                row.height = self._guess(row.message)
        self._relayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        page = bar.pageStep() - _STEP
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
            bar.setValue(bar.value() + step * _STEP)
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
