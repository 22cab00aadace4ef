"""The fit pill: a shape, a word and what the model needs. One painter for widgets and delegates."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from backend.capacity.sentence import verdict_word
from backend.capacity.types import Fit, Ledger, RunConfig, Verdict
from ui import format as fmt
from ui.theme import theme
from ui.theme.measure import advance, metrics
from ui.widgets.fit_details import FitDetails

_PAD_LEFT, _PAD_RIGHT, _GLYPH, _GAP, _NUMBER_GAP = 8, 9, 10, 6, 6


def verdict_text_token(verdict: Verdict) -> str:
    """Colour of the word."""
    return {
        Verdict.TIGHT: "warn.text",
        Verdict.TOO_BIG: "bad.text",
        Verdict.UNKNOWN: "text.3",
    }.get(verdict, "text.1")


def verdict_mark_token(verdict: Verdict) -> str:
    """Colour of the shape, and of bars that stand for the verdict."""
    return {
        Verdict.TIGHT: "warn.mark",
        Verdict.TOO_BIG: "bad.mark",
        Verdict.UNKNOWN: "line.strong",
    }.get(verdict, "ok.mark")


def paint_fit_glyph(painter: QPainter, rect: QRectF, verdict: Verdict) -> None:
    """Draw the shape of `verdict` into `rect`: disc, half disc, triangle, crossed square or dashed ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.color(verdict_mark_token(verdict))
    ring = rect.adjusted(0.9, 0.9, -0.9, -0.9)
    match verdict:
        case Verdict.FITS_GPU:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        case Verdict.FITS:
            painter.setPen(QPen(colour, 1.2))
            painter.drawEllipse(ring)
            half = QPainterPath(rect.center())
            half.arcTo(ring, 90, 180)
            half.closeSubpath()
            painter.fillPath(half, colour)
        case Verdict.TIGHT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            top = QPointF(rect.center().x(), rect.top() + 0.8)
            painter.drawPolygon(
                QPolygonF([top, rect.bottomRight() + QPointF(0, -0.8), rect.bottomLeft() + QPointF(0, -0.8)])
            )
        case Verdict.TOO_BIG:
            painter.setPen(QPen(colour, 1.2))
            painter.drawRoundedRect(ring, 1.5, 1.5)
            cross = rect.adjusted(3.2, 3.2, -3.2, -3.2)
            painter.drawLine(cross.topLeft(), cross.bottomRight())
            painter.drawLine(cross.topRight(), cross.bottomLeft())
        case Verdict.UNKNOWN:
            pen = QPen(colour, 1.2)
            pen.setDashPattern([1.6, 1.6])
            painter.setPen(pen)
            painter.drawEllipse(ring)
    painter.restore()


def _parts(fit: Fit | None, number: bool) -> tuple[Verdict, str, str]:
    verdict = fit.verdict if fit is not None else Verdict.UNKNOWN
    shown = (
        fmt.size(fit.ledger.total) if fit is not None and number and verdict is not Verdict.UNKNOWN else ""
    )
    return verdict, verdict_word(verdict), shown


def fit_pill_width(fit: Fit | None, *, number: bool = True) -> int:
    """Pixels that `paint_fit_pill` needs; its height is 22."""
    _, word, shown = _parts(fit, number)
    width = _PAD_LEFT + _GLYPH + _GAP + _PAD_RIGHT
    width += advance(word, "small", 500)
    if shown:
        width += _NUMBER_GAP + advance(shown, "small", None, True)
    return round(width + 0.5)


def paint_fit_pill(painter: QPainter, rect: QRect, fit: Fit | None, *, number: bool = True) -> None:
    """Draw the pill into `rect`, left-aligned and centred vertically; without the number if there is no
    room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if number and fit_pill_width(fit) > rect.width():
        number = False
    verdict, word, shown = _parts(fit, number)
    height = theme.size("pill")
    width = min(fit_pill_width(fit, number=number), rect.width())
    box = QRectF(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
    painter.setPen(QPen(theme.color("line.control"), 1))
    painter.setBrush(theme.color("bg.control"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), height / 2 - 0.5, height / 2 - 0.5)
    glyph = QRectF(box.left() + _PAD_LEFT, box.top() + (height - _GLYPH) / 2, _GLYPH, _GLYPH)
    paint_fit_glyph(painter, glyph, verdict)
    font = theme.font("small", weight=500)
    left = glyph.right() + _GAP
    painter.setFont(font)
    painter.setPen(theme.color(verdict_text_token(verdict)))
    room = box.right() - left - (0 if shown else _PAD_RIGHT / 2)
    shown_word = metrics("small", 500).elidedText(word, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, box.top(), room, height), Qt.AlignmentFlag.AlignVCenter, shown_word)
    if shown:
        left += advance(word, "small", 500) + _NUMBER_GAP
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text.2"))
        painter.drawText(
            QRectF(left, box.top(), box.right() - left, height), Qt.AlignmentFlag.AlignVCenter, shown
        )
    painter.restore()


class FitPill(QWidget):
    """The pill as a widget. Hover, or F1 while it has the focus, opens the breakdown."""

    def __init__(self, fit: Fit | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit: Fit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_fit(fit)
        theme.changed.connect(self.update)

    def set_fit(self, fit: Fit | None) -> None:
        """Show another verdict; None is "not known yet"."""
        self._fit = fit
        _, word, shown = _parts(fit, True)
        self.setAccessibleName(f"{word} {shown}".strip())
        self.updateGeometry()
        self.update()

    def fit(self) -> Fit | None:
        return self._fit

    def sizeHint(self) -> QSize:
        return QSize(fit_pill_width(self._fit), theme.size("pill"))

    def minimumSizeHint(self) -> QSize:
        return QSize(fit_pill_width(self._fit, number=False), theme.size("pill"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_fit_pill(painter, self.rect(), self._fit)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._open()

    def leaveEvent(self, event: QEvent) -> None:
        FitDetails.dismiss()

    def focusOutEvent(self, event: QEvent) -> None:
        FitDetails.dismiss()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._fit is not None:
            FitDetails.open(self, self.mapToGlobal(self.rect().bottomLeft()), self._fit)


def widest_fit_pill() -> int:
    """Pixels of the widest fit pill with a number, in the language of the window."""
    ledger = Ledger(88_800_000_000, 0, 0, 0)
    return max(fit_pill_width(Fit(verdict, ledger, RunConfig(), 0, 0)) for verdict in Verdict)
