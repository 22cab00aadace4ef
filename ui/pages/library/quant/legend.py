"""What predicted and measured numbers look like."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.i18n import tr
from ui.pages.library.quant.words import kl
from ui.theme import theme
from ui.theme.measure import advance

_EXAMPLE = 0.031


class Legend(QWidget):
    """``~ predicted   0.031 measured here``, drawn as the numbers are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._predicted, self._measured = tr("predicted"), tr("measured here")
        self.setAccessibleName(tr("A tilde marks what is predicted; the other numbers were measured here"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def _pieces(self) -> list[tuple[str, int | None, str, float]]:
        """Words, weight, colour and what follows them in pixels."""
        return [
            ("~", None, "text.2", 6.0),
            (self._predicted, None, "text.2", 16.0),
            (kl(_EXAMPLE), 500, "text.1", 6.0),
            (self._measured, None, "text.2", 0.0),
        ]

    def sizeHint(self) -> QSize:
        width = sum(
            advance(words, "caption", weight, True) + gap for words, weight, _c, gap in self._pieces()
        )
        return QSize(round(width) + 4, theme.line_height("caption") + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, baseline = 0.0, round(self.height() / 2 + 4)
        for place, (words, weight, token, gap) in enumerate(self._pieces()):
            painter.setFont(theme.font("caption", weight=weight, tabular=True))
            painter.setPen(theme.color(token))
            painter.drawText(QPointF(left, baseline), words)
            width = advance(words, "caption", weight, True)
            if place == 0:
                pen = QPen(theme.color("line.strong"), 1)
                pen.setDashPattern([1, 2])
                painter.setPen(pen)
                painter.drawLine(QPointF(left, baseline + 3.5), QPointF(left + width, baseline + 3.5))
            left += width + gap
