"""The strip under an answer: what was measured of it, always in the same places."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.compare.types import CompareAnswer
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme

HEIGHT = 52
_PAD = 16
_SHARES = (46, 70, 48, 54, 64)
"""How the width is divided: the longest name gets the most."""


class MetricStrip(QWidget):
    """Five numbers with their names. While an answer is written, tokens and speed are counted along.

    Attributes:
        tokens: How many tokens have been shown so far.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tokens = 0
        self._begun = 0.0
        self._values: tuple[str, ...] = ("",) * 5
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def clear(self) -> None:
        """Show nothing."""
        self.tokens, self._begun = 0, 0.0
        self._set(("",) * 5)

    def show_answer(self, answer: CompareAnswer, *, hidden: bool) -> None:
        """Show what is known of `answer`; memory would tell who it is, so it stays back while `hidden`."""
        timings = answer.timings
        if not timings.completion_tokens:
            return
        self.tokens = timings.completion_tokens
        memory = fmt.size(answer.peak_memory) if answer.peak_memory else "–"
        self._set(
            (
                fmt.rate(timings.generation_tps) if timings.generation_tps else "–",
                tr("{seconds} s", seconds=fmt.number(timings.ttft_s, 2)) if timings.ttft_s else "–",
                fmt.number(timings.completion_tokens),
                tr("{seconds} s", seconds=fmt.number(answer.seconds, 1)) if answer.seconds else "–",
                tr("after vote") if hidden else memory,
            )
        )

    def count(self, tokens: int) -> None:
        """More tokens have arrived."""
        now = time.monotonic()
        if not self._begun:
            self._begun = now
        self.tokens += tokens
        spent = now - self._begun
        rate = fmt.rate(self.tokens / spent) if spent > 0.5 else ""
        self._set((rate, self._values[1], fmt.number(self.tokens), *self._values[3:]))

    def _set(self, values: tuple[str, ...]) -> None:
        if values != self._values:
            self._values = values
            names = _names()
            said = (f"{name} {value}" for name, value in zip(names, values, strict=True) if value)
            self.setAccessibleName(", ".join(said))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg.pane"))
        names = _names()
        room = self.width() - 2 * _PAD
        left = float(_PAD)
        for share, name, value in zip(_SHARES, names, self._values, strict=True):
            width = room * share / sum(_SHARES)
            self._draw(painter, QRectF(left, 9, width - 4, 16), name, "caption", 400, "text.3")
            if value:
                ink = "text.3" if value == tr("after vote") else "text.1"
                self._draw(painter, QRectF(left, 25, width - 4, 18), value, "small", 600, ink)
            left += width

    @staticmethod
    def _draw(painter: QPainter, rect: QRectF, text: str, role: str, weight: int, token: str) -> None:
        painter.setFont(theme.font(role, weight=weight, tabular=True))
        painter.setPen(theme.color(token))
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _names() -> tuple[str, ...]:
    return tr("Tok/s"), tr("First token"), tr("Tokens"), tr("Seconds"), tr("Memory")
