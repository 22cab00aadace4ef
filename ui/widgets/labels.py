"""Labels: by role and tone, elided, and numbers that say whether they were predicted or measured."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.theme.measure import advance, metrics


def label(
    text: str = "",
    role: str = "body",
    tone: str = "1",
    *,
    weight: int | None = None,
    wrap: bool = False,
    tabular: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A text label.

    Args:
        role: Step of the type scale, as in `theme.font`.
        tone: ``1``, ``2``, ``3``, ``accent``, ``ok``, ``warn`` or ``bad``.
    """
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setFont(theme.font(role, weight=weight, tabular=tabular))
    result.setProperty("tone", tone)
    result.setWordWrap(wrap)
    if wrap:
        result.setMinimumWidth(1)
    return result


def set_tone(widget: QLabel, tone: str) -> None:
    """Change the colour of a label made by `label`."""
    if widget.property("tone") == tone:
        return
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where it has no room; the tooltip then has all of it."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "1",
        *,
        weight: int | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role, weight=weight))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def full_text(self) -> str:
        """The text without ellipsis."""
        return self._full

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        return QSize(round(metrics.horizontalAdvance(self._full)) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(16, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = QFontMetricsF(self.font()).elidedText(self._full, self._mode, self.width())
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class PredictedLabel(QLabel):
    """A number with its unit. Predicted: tilde, grey, dotted underline. Measured: plain, medium weight.

    The measured value replaces the predicted one in the same place.
    """

    def __init__(self, role: str = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._number = ""
        self._unit = ""
        self._predicted = True
        self.setFont(theme.font(role, tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.update)

    def set_predicted(self, number: str, unit: str = "") -> None:
        """Show a number that was computed, without the tilde in `number`."""
        self._set(number, unit, True)

    def set_measured(self, number: str, unit: str = "") -> None:
        """Show a number that was measured on this machine."""
        self._set(number, unit, False)

    def clear(self) -> None:
        """Show nothing."""
        self._set("", "", False)

    def _set(self, number: str, unit: str, predicted: bool) -> None:
        self._number, self._unit, self._predicted = number, unit, predicted
        shown = f"~{number}" if predicted and number else number
        whole = f"{shown} {unit}".strip()
        self.setAccessibleName(tr("{value}, predicted", value=whole) if predicted and number else whole)
        super().setText(whole)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = number_width(self._number, self._unit, self._predicted, self._role)
        return QSize(width + 1, theme.line_height(self._role) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_number(
            painter,
            self.contentsRect(),
            self._number,
            self._unit,
            predicted=self._predicted,
            role=self._role,
            alignment=self.alignment(),
            enabled=self.isEnabled(),
        )


def number_width(number: str, unit: str, predicted: bool, role: str = "small") -> int:
    """Pixels that `paint_number` needs."""
    shown = f"~{number}" if predicted and number else number
    gap = advance(" ", role) if unit and number else 0
    strong = advance(shown, role, 400 if predicted else 500, True)
    return round(strong + gap + advance(unit, role) + 0.5)


def paint_number(
    painter: QPainter,
    rect: QRect,
    number: str,
    unit: str = "",
    *,
    predicted: bool,
    role: str = "small",
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
    enabled: bool = True,
) -> None:
    """Draw a predicted or measured number with its unit into `rect`, centred vertically."""
    if not number:
        return
    painter.save()
    weight = 400 if predicted else 500
    number_font = theme.font(role, weight=weight, tabular=True)
    unit_font = theme.font(role)
    shown = f"~{number}" if predicted else number
    number_advance = advance(shown, role, weight, True)
    width = number_width(number, unit, predicted, role)
    left = float(rect.left())
    if alignment & Qt.AlignmentFlag.AlignRight:
        left = rect.right() + 1 - width
    elif alignment & Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - width) / 2
    measure = metrics(role, weight, True)
    ascent, height = measure.ascent(), measure.height()
    baseline = rect.top() + (rect.height() - height) / 2 + ascent
    colour = "text.disabled" if not enabled else "text.2" if predicted else "text.1"
    painter.setFont(number_font)
    painter.setPen(theme.color(colour))
    painter.drawText(QRectF(left, baseline - ascent, number_advance + 2, height), 0, shown)
    if unit:
        painter.setFont(unit_font)
        painter.setPen(theme.color("text.2" if enabled else "text.disabled"))
        unit_left = left + number_advance + advance(" ", role)
        painter.drawText(QRectF(unit_left, baseline - ascent, rect.width(), height), 0, unit)
    if predicted:
        pen = QPen(theme.color("line.strong"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        y = round(baseline + 3) + 0.5
        painter.drawLine(round(left), y, round(left + number_advance), y)
    painter.restore()
