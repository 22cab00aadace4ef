"""What else could have come in place of a token: a small card below it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from backend.engines.types import Alternative, TokenChoice
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme

_WIDTH = 240
_ROW = 22
_PAD = 10


def visible(text: str) -> str:
    """A token with its blank space made visible."""
    shown = text.replace("\n", "↵").replace("\t", "⇥").replace(" ", "␣")
    return shown or tr("(nothing)")


def percent(logprob: float) -> str:
    """A log-probability for people."""
    share = math.exp(min(logprob, 0.0))
    return fmt.percent(share) if share >= 0.1 else fmt.percent(share, 1)


class AlternativesCard(QWidget):
    """Lies over the window and takes no mouse. The token that came is strong."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rows: tuple[Alternative, ...] = ()
        self._came = ""

    def show_choice(self, choice: TokenChoice) -> None:
        """Show the likeliest tokens and the one that came."""
        rows = list(choice.alternatives)
        if all(row.text != choice.text for row in rows):
            rows.append(Alternative(choice.text, choice.logprob))
        self._rows = tuple(rows)
        self._came = choice.text
        self.resize(_WIDTH, len(rows) * _ROW + 2 * _PAD)
        self.update()

    def place_below(self, widget: QWidget, place: QRect) -> None:
        """Stand below `place` of `widget`, or above it where the window ends."""
        window = self.parentWidget()
        corner = widget.mapTo(window, place.bottomLeft() + QPoint(0, 4))
        if corner.y() + self.height() > window.height() - 8:
            corner.setY(widget.mapTo(window, place.topLeft()).y() - self.height() - 4)
        corner.setX(max(8, min(corner.x(), window.width() - self.width() - 8)))
        self.move(corner)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.popover"))
        radius = theme.radius("surface")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        for at, row in enumerate(self._rows):
            self._paint_row(painter, QRectF(_PAD, _PAD + at * _ROW, _WIDTH - 2 * _PAD, _ROW), row)

    def _paint_row(self, painter: QPainter, room: QRectF, row: Alternative) -> None:
        came = row.text == self._came
        share = math.exp(min(row.logprob, 0.0))
        bar = QRectF(room.left() + 110, room.center().y() - 2, 60, 4)
        painter.fillRect(bar, theme.color("bg.inset"))
        bar.setWidth(max(1.0, 60 * share))
        painter.fillRect(bar, theme.color("accent.base" if came else "data.2"))
        painter.setPen(theme.color("text.1" if came else "text.2"))
        painter.setFont(theme.font("code", weight=600 if came else 400))
        words = QFontMetricsF(painter.font()).elidedText(visible(row.text), Qt.TextElideMode.ElideRight, 102)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(theme.font("small", weight=600 if came else 400, tabular=True))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, right, percent(row.logprob))
