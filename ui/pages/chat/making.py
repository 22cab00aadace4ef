"""Makes the widgets of messages, at once or in parts of a few milliseconds; what stands in for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.pages.chat.answer import AnswerView
from ui.pages.chat.message import PAD, MessageView
from ui.pages.chat.question import QuestionView
from ui.pages.chat.rows import Row
from ui.theme import theme

_OUT_OF_SIGHT = -100_000
"""Where a widget stands until it is complete. It is shown there, because showing is a part of the work."""


class Maker:
    """Gives `Row.view` to rows and takes it away.

    Args:
        parent: Of the widgets.
        connect: Called for a row whose widget has just become complete.
    """

    def __init__(self, parent: QWidget, connect: Callable[[Row, MessageView], None]) -> None:
        self._parent = parent
        self._connect = connect
        self.error_detail = ""
        """Technical lines for answers that failed, shown under *Details*."""

    def whole(self, row: Row, width: int) -> None:
        """Make everything now."""
        if row.making is None:
            self._done(row, self._begin(row, later=False))
        while row.view is None:
            self.some(row, width)

    def some(self, row: Row, width: int) -> bool:
        """Make the next part of a row without a widget; True if it was the last one."""
        if row.making is None:
            view = self._begin(row, later=True)
            view.setGeometry(0, _OUT_OF_SIGHT, width, row.height)
            view.show()
            row.making = view
            if isinstance(view, AnswerView):
                return False
        if not row.making.make_some(width):
            return False
        self._done(row, row.making)
        return True

    def release(self, row: Row) -> None:
        """Take the widget away, complete or not."""
        for view in (row.view, row.making):
            if view is not None:
                view.hide()
                view.deleteLater()
        row.view = row.making = None

    def _begin(self, row: Row, *, later: bool) -> MessageView:
        if row.message.role == "user":
            return QuestionView(row.message, self._parent)
        return AnswerView(row.message, self._parent, detail=self.error_detail, later=later)

    def _done(self, row: Row, view: MessageView) -> None:
        view.set_divider(row.divider)
        row.view, row.making = view, None
        self._connect(row, view)


def paint_stand_in(painter: QPainter, row: Row, place: QRectF, seen: int) -> None:
    """Paint quiet shapes at `place`, where the widget of `row` is going to be, down to `seen` pixels."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("bg.inset"))
    radius = theme.radius("surface")
    inside = place.adjusted(PAD, PAD, -PAD, -PAD)
    if row.message.role == "user":
        painter.drawRoundedRect(inside.adjusted(0, 25, 0, 0), radius, radius)
        return
    step = theme.line_height("read")
    top, end = inside.top() + 30, min(inside.bottom() - 30, seen)
    for number in range(max(0, int(-top / step)), max(0, int((end - top) / step))):
        width = inside.width() * (0.6 if number % 4 == 3 else 0.95)
        painter.drawRoundedRect(QRectF(inside.left(), top + number * step, width, 8), 4, 4)
