"""The tokens of an answer, tinted by how unlikely they were, with what else could have come."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from backend.engines.types import TokenChoice
from backend.i18n import tr
from ui.pages.chat.alternatives import AlternativesCard, percent, visible
from ui.theme import theme
from ui.widgets.buttons import Button

_LINE = 24
_HEAD = 32
_SURE = 0.9
"""From this probability on a token has no colour."""


def tint(probability: float) -> QColor | None:
    """The colour behind a token; None for one that was sure to come. `text.1` stays readable on it."""
    if probability >= _SURE:
        return None
    colour = QColor(theme.color("accent.base"))
    colour.setAlphaF(0.08 + 0.34 * (1 - probability / _SURE))
    return colour


@dataclass(frozen=True, slots=True)
class _Box:
    """A piece of a token on one line."""

    token: int
    line: int
    left: float
    width: float
    text: str


class TokensView(QWidget):
    """Paints only what is in view. The mouse or the arrow keys choose a token and show its alternatives.

    Signals:
        closed: The text is wanted back.
    """

    closed = Signal()

    def __init__(self, choices: Sequence[TokenChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._odds = [math.exp(min(choice.logprob, 0.0)) for choice in self._choices]
        self._boxes: list[_Box] = []
        self._lines: list[int] = []
        self._laid_out_for = -1
        self._current = -1
        self._card: AlternativesCard | None = None
        self._close = Button(tr("Show the text"), "link", size="small", parent=self)
        self._close.clicked.connect(self.closed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Tokens with their probabilities"))
        theme.changed.connect(self.update)

    @property
    def current(self) -> int:
        """Which token is chosen; -1 is none."""
        return self._current

    # -- geometry

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        if width != self._laid_out_for:
            self._lay_out(width)
        lines = self._boxes[-1].line + 1 if self._boxes else 1
        return _HEAD + lines * _LINE + 4

    def _lay_out(self, width: int) -> None:
        metrics = QFontMetricsF(theme.font("read"))
        widths: dict[str, float] = {}
        boxes: list[_Box] = []
        line, x = 0, 0.0
        for at, choice in enumerate(self._choices):
            pieces = choice.text.split("\n")
            for place, piece in enumerate(pieces):
                last = place == len(pieces) - 1
                shown = piece if last else piece + "↵"
                if shown:
                    for part in _parts(shown, metrics, width):
                        room = widths.get(part)
                        if room is None:
                            room = widths[part] = metrics.horizontalAdvance(part)
                        if x + room > width and x > 0:
                            line, x = line + 1, 0.0
                        boxes.append(_Box(at, line, x, room, part))
                        x += room
                if not last:
                    line, x = line + 1, 0.0
        self._boxes = boxes
        self._lines = [box.line for box in boxes]
        self._laid_out_for = width

    def _rect(self, box: _Box) -> QRectF:
        return QRectF(box.left, _HEAD + box.line * _LINE, box.width, _LINE)

    def _in_lines(self, first: int, last: int) -> Sequence[_Box]:
        return self._boxes[bisect_left(self._lines, first) : bisect_right(self._lines, last)]

    def _at(self, point: QPoint) -> int:
        line = (point.y() - _HEAD) // _LINE
        return next(
            (box.token for box in self._in_lines(line, line) if box.left <= point.x() < box.left + box.width),
            -1,
        )

    def _box_of(self, token: int) -> _Box | None:
        at = bisect_left(self._boxes, token, key=lambda box: box.token)
        found = self._boxes[at] if at < len(self._boxes) else None
        return found if found is not None and found.token == token else None

    # -- choosing

    def choose(self, token: int) -> None:
        """Show what else could have come in place of a token; -1 shows nothing."""
        if token == self._current:
            return
        self._current = token
        self.update()
        box = self._box_of(token)
        if box is None:
            self._hide_card()
            self.setAccessibleDescription("")
            return
        choice = self._choices[token]
        if self._card is None:
            self._card = AlternativesCard(self.window())
        self._card.show_choice(choice)
        self._card.place_below(self, self._rect(box).toRect())
        others = ", ".join(f"{visible(each.text)} {percent(each.logprob)}" for each in choice.alternatives)
        self.setAccessibleDescription(f"{visible(choice.text)} {percent(choice.logprob)}: {others}")

    def _hide_card(self) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None

    def _step_line(self, step: int) -> None:
        box = self._box_of(self._current)
        if box is None:
            self.choose(0)
            return
        row = self._in_lines(box.line + step, box.line + step)
        if row:
            self.choose(min(row, key=lambda each: abs(each.left - box.left)).token)

    # -- events

    def resizeEvent(self, event: object) -> None:
        size = self._close.sizeHint()
        self._close.setGeometry(self.width() - size.width(), 2, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if event.rect().top() < _HEAD:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.3"))
            room = QRect(0, 0, self._close.x() - 8, _HEAD - 4)
            words = QFontMetricsF(painter.font()).elidedText(
                tr("The stronger the colour, the less likely the token was."),
                Qt.TextElideMode.ElideRight,
                room.width(),
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        first = max(0, (event.rect().top() - _HEAD) // _LINE)
        last = (event.rect().bottom() - _HEAD) // _LINE
        painter.setFont(theme.font("read"))
        for box in self._in_lines(first, last):
            place = self._rect(box).adjusted(0.5, 2, -0.5, -2)
            colour = tint(self._odds[box.token])
            if colour is not None:
                painter.fillRect(place, colour)
            if box.token == self._current:
                painter.setPen(QPen(theme.color("focus.ring"), 1.5))
                painter.drawRect(place)
            painter.setPen(theme.color("text.1"))
            painter.drawText(self._rect(box).adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, box.text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.choose(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self.choose(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choose(-1)

    def hideEvent(self, event: QHideEvent) -> None:
        self._current = -1
        self._hide_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right:
                self.choose(min(self._current + 1, len(self._choices) - 1))
            case Qt.Key.Key_Left:
                self.choose(max(self._current - 1, 0))
            case Qt.Key.Key_Down:
                self._step_line(1)
            case Qt.Key.Key_Up:
                self._step_line(-1)
            case Qt.Key.Key_Escape if self._current >= 0:
                self.choose(-1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                event.ignore()


def _parts(text: str, metrics: QFontMetricsF, width: int) -> list[str]:
    """`text` in pieces that fit into a line."""
    if len(text) < 24 or metrics.horizontalAdvance(text) <= width:
        return [text]
    step = max(8, int(width / max(metrics.averageCharWidth() * 1.6, 1)))
    return [text[at : at + step] for at in range(0, len(text), step)]
