"""A scrolling column of messages. Only what is near the visible part has widgets; the rest has guesses.

Whoever asks for a message gets it complete at once. Scrolling only moves widgets: what is missing is made
between frames, in parts of a few milliseconds, first what is in view, then what comes next; see `making`.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from backend.chats.types import Message, MessageState
from ui.pages.chat.jump import JumpButton
from ui.pages.chat.making import Maker, paint_stand_in
from ui.pages.chat.message import PAD, MessageView
from ui.pages.chat.rows import Row, guess_height, next_to_make, rows_between
from ui.theme import theme

STEP = 40
"""Pixels of one step of the scroll bar."""
_MARGIN = 14
_SPACE = 4
_BOTTOM = 16
_AWAY = 80  # pixels from the end, from which the way back is offered
_MOMENT = 0.003
"""Seconds in which parts of widgets are begun, in one turn of the event loop."""


class RowColumn(QAbstractScrollArea):
    """Places rows, follows the end unless the person scrolled up, and makes and releases their widgets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._live: list[Row] = []
        """Rows with a widget, complete or not."""
        self._maker = Maker(self.viewport(), self._made)
        self._direction = -1
        self._last_value = 0
        self._stand_ins = False
        self._tail: QWidget | None = None
        self._tail_height = 0
        self._follow = True
        self._moving = False
        theme.changed.connect(self.viewport().update)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(STEP)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._jump = JumpButton(self)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._make_some)

    def _connect(self, row: Row, view: MessageView) -> None:
        """Listen to a new widget."""
        raise NotImplementedError

    # -- geometry

    def _column(self) -> tuple[int, int]:
        """Left edge and width of the message widgets; the text column is `PAD` narrower on either side."""
        room = self.width() - 2 * _MARGIN  # the scroll bar stands in the margin
        width = min(room, theme.size("measure.max") + 2 * PAD)
        return _MARGIN + (room - width) // 2, max(width, 160)

    def _guess(self, message: Message) -> int:
        return guess_height(message, self._column()[1] - 2 * PAD)

    def _relayout(self, *, now: bool = True) -> None:
        """Place everything, keeping what is read where it is, or the end if it is followed.

        Args:
            now: Make what comes into view at once.
        """
        bar = self.verticalScrollBar()
        anchor, offset = self._anchor()
        for _ in range(4):
            self._sum_up()
            if self._follow:
                self._scroll_to(bar.maximum())
            elif anchor is not None:
                self._scroll_to(anchor.top + offset)
            if not self._realise(now=now):
                break
        self._show_jump()

    def _seen(self) -> tuple[int, int]:
        """Upper edge and height of what is in view."""
        return self.verticalScrollBar().value(), self.viewport().height()

    def _anchor(self) -> tuple[Row | None, int]:
        """The first row in view, if possible one that is drawn, and how far below its top the view begins."""
        value, height = self._seen()
        rows = list(rows_between(self._rows, value, value + height))
        if not rows or value < _MARGIN:
            return None, 0
        row = next((row for row in rows if row.view is not None and row.measured), rows[0])
        return row, value - row.top

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

    def _realise(self, *, now: bool = True) -> bool:
        """Measure what changed and place it; `now`: make what is in view. True if a height changed."""
        value, height = self._seen()
        width = self._column()[1]
        changed = False
        for row in list(rows_between(self._rows, value, value + height)) if now else ():
            if row.view is None:
                self._maker.whole(row, width)
        for row in self._live:
            if row.view is not None and not row.measured:
                changed |= self._measure(row)
        self._place()
        return changed

    def _place(self) -> None:
        """Put the widgets where they belong, and take them from far rows."""
        value, height = self._seen()
        left, width = self._column()
        for row in self._live:
            if row.bottom < value - 3 * height or row.top > value + 4 * height:
                self._release_far(row)
            if row.view is not None:
                row.view.setGeometry(left, row.top - value, width, row.height)
        self._live = [row for row in self._live if row.view is not None or row.making is not None]
        if self._tail is not None and self._rows:
            top = self._rows[-1].bottom + _SPACE - value
            self._tail.setGeometry(left + PAD, top, width - 2 * PAD, self._tail_height)
        missing = any(row.view is None for row in rows_between(self._rows, value, value + height))
        if missing or self._stand_ins:
            self.viewport().update()
        self._stand_ins = missing
        if not self._ahead.isActive() and self._next() is not None:
            self._ahead.start()

    def _next(self) -> Row | None:
        return next_to_make(self._rows, *self._seen(), self._direction)

    def _make_some(self) -> None:
        """Make parts of widgets for a moment, and place those that have become complete."""
        deadline = time.perf_counter() + _MOMENT
        width = self._column()[1]
        complete = False
        while (row := self._next()) is not None:
            self._keep(row)
            complete |= self._maker.some(row, width)
            if time.perf_counter() > deadline:
                break
        if complete:
            self._relayout(now=False)
        elif row is not None:
            self._ahead.start()

    def _keep(self, row: Row) -> None:
        if row not in self._live:
            self._live.append(row)

    def _made(self, row: Row, view: MessageView) -> None:
        self._connect(row, view)
        view.height_changed.connect(lambda: self._row_grew(row))
        row.measured = False
        self._keep(row)
        view.show()

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
            self._relayout(now=False)

    def _release_far(self, row: Row) -> None:
        busy = row.message.state is MessageState.STREAMING
        focus = QApplication.focusWidget()
        held = focus is not None and row.view is not None and row.view.isAncestorOf(focus)
        if not busy and not held:
            self._maker.release(row)

    def _show_jump(self) -> None:
        left = self.verticalScrollBar().maximum() - self.verticalScrollBar().value()
        self._jump.offer(left > _AWAY and not self._follow)

    # -- events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Widgets are placed by `_realise`, which runs on every change of the scroll bar."""

    def _scrolled(self, value: int) -> None:
        before, self._last_value = self._last_value, value
        if self._moving:
            return
        self._follow = value >= self.verticalScrollBar().maximum() - 4
        self._direction = 1 if value > before else -1
        self._place()
        if self._stand_ins:
            self._make_some()
        self._show_jump()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stand_ins:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, height = self._seen()
        left, width = self._column()
        for row in rows_between(self._rows, value, value + height):
            if row.view is None:
                paint_stand_in(painter, row, QRectF(left, row.top - value, width, row.height), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows:
            row.measured = False
            if row.view is None:
                row.height = self._guess(row.message)
        self._relayout()
