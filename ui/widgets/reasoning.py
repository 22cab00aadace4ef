"""What a model thought before it answered, folded away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from backend.engines.types import Timings
from backend.i18n import tr
from ui import format as fmt
from ui.markdown import MarkdownView, StreamingMarkdown
from ui.theme import icons, theme

_LINE = 24
_INDENT = 14


class _Head(QAbstractButton):
    """A line with an arrow that says whether it is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.note = ""
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font("small"))
        words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self.note)
        return QSize(round(words) + 38, _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus.ring"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        arrow = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint(painter, arrow, QRectF(0, 5, 14, 14), "text.3")
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text.2"))
        left = 22
        painter.drawText(QRectF(left, 0, self.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, self.text())
        left += round(QFontMetricsF(painter.font()).horizontalAdvance(self.text())) + 8
        painter.setPen(theme.color("text.3"))
        painter.drawText(QRectF(left, 0, self.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, self.note)


class ReasoningFold(QWidget):
    """Closed at first; the text inside is only drawn once it has been opened.

    Signals:
        height_changed: It was opened or closed, or its open text grew.
    """

    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = _Head(self)
        self._head.toggled.connect(self._toggle)
        self._view: MarkdownView | None = None
        self._stream = StreamingMarkdown()
        self._tokens = 0

    def set_reasoning(self, text: str, timings: Timings, *, thinking: bool, seconds: float = 0.0) -> None:
        """Show all of it. `thinking` says that the answer itself has not begun; `seconds` is how long it
        took, where that was measured."""
        if self._stream.text != text:
            self._stream = StreamingMarkdown()
            self._stream.feed(text)
            self._draw()
        count = timings.reasoning_tokens or self._tokens
        if thinking:
            words = tr("Reasoning …")
        elif seconds:
            words = tr("Reasoned for {time}", time=fmt.duration(seconds))
        elif timings.generation_tps and timings.reasoning_tokens:
            seconds = timings.reasoning_tokens / timings.generation_tps
            words = tr("Reasoned for {time}", time=fmt.duration(seconds))
        else:
            words = tr("Reasoned")
        self._say(words, fmt.tokens(count) if count else "")

    def append(self, text: str, count: int) -> None:
        """Add text that has just been decoded; `count` tokens in all so far."""
        self._stream.feed(text)
        self._tokens = count
        self._say(tr("Reasoning …"), fmt.tokens(count))
        self._draw()

    def answer_begins(self) -> None:
        """The reasoning has ended and the answer has begun."""
        self._say(tr("Reasoned"), self._head.note)

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`."""
        if not self._head.isChecked() or self._view is None:
            return _LINE
        return _LINE + 4 + self._view.height_for(width - _INDENT) + 4

    def arrange(self, width: int) -> None:
        """Place the parts for `width`."""
        self._head.setGeometry(0, 0, min(width, self._head.sizeHint().width()), _LINE)
        if self._view is not None:
            inner = width - _INDENT
            self._view.setGeometry(_INDENT, _LINE + 4, inner, self._view.height_for(inner))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._head.isChecked():
            painter = QPainter(self)
            painter.fillRect(QRectF(0, _LINE + 4, 2, self.height() - _LINE - 8), theme.color("line.control"))

    def _say(self, words: str, note: str) -> None:
        self._head.setText(words)
        self._head.note = note
        self._head.setAccessibleName(f"{words} {note}".strip())
        self._head.resize(self._head.sizeHint())
        self._head.update()

    def _toggle(self, opened: bool) -> None:
        if opened and self._view is None:
            self._view = MarkdownView(self, base="body")
            self._view.height_changed.connect(self.height_changed)
            self._draw()
        if self._view is not None:
            self._view.setVisible(opened)
        self.height_changed.emit()

    def _draw(self) -> None:
        if self._view is not None:
            self._view.apply(self._stream.update())
