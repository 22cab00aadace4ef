"""One cell of a sweep: its scale, what the model said at it, and how far that is from the base."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.adapters.types import SweepCell
from backend.engines.types import FinishReason
from backend.i18n import tr
from ui import format as fmt
from ui.markdown import MarkdownView, StreamingMarkdown
from ui.pages.adapters.words import breakable
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.fader import scale_words
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import IconLabel

LEAST_WIDTH = 154
_PAD = 12


class _Part(QFrame):
    """A part of a cell; tinted while the cell is the one in use."""

    def __init__(self) -> None:
        super().__init__()
        self._tinted = False
        self.setMinimumWidth(LEAST_WIDTH)
        theme.changed.connect(self.update)

    def set_tinted(self, tinted: bool) -> None:
        if tinted != self._tinted:
            self._tinted = tinted
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._tinted:
            painter.fillRect(self.rect(), theme.color("accent.tint"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line.hair"))


class _Body(_Part):
    """As high as the answer. It places its two children itself: asked for its height at other widths, as a
    layout would, a `MarkdownView` is laid out for them."""

    def __init__(self) -> None:
        super().__init__()
        self.text = MarkdownView(base="body")
        self.text.setParent(self)
        self._trouble = label("", "small", "bad", wrap=True, parent=self)
        self._trouble.hide()
        self._least = 0
        self.text.height_changed.connect(self.fit)

    def set_least(self, height: int) -> None:
        """Never be lower than this."""
        self._least = height
        self.fit()

    def show_trouble(self, words: str) -> None:
        """Say why there is no answer; empty where there is one."""
        words = breakable(words)
        if words != self._trouble.text():
            self._trouble.setText(words)
            self._trouble.setVisible(bool(words))
            self.fit()

    def fit(self) -> None:
        """Take the height that the content needs."""
        width, top = max(self.width() - 2 * _PAD, 40), _PAD
        if self._trouble.text():
            high = self._trouble.heightForWidth(width)
            self._trouble.setGeometry(_PAD, top, width, high)
            top += high + 8
        high = self.text.height_for(width)
        self.text.setGeometry(_PAD, top, width, high)
        self.setMinimumHeight(max(top + high + _PAD, self._least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Bar(QWidget):
    """A share of the widest divergence."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(theme.size("meter"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_share(self, share: float) -> None:
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        for token, width in (("data.track", whole.width()), ("data.1", whole.width() * self._share)):
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(QRectF(0, 0, width, whole.height()), 2, 2)


class CellView:
    """Three widgets that stand in three rows: `head`, `body`, `foot`."""

    def __init__(self, scales: tuple[float, ...], names: tuple[str, ...]) -> None:
        """Args:
        scales: Of each adapter that is swept, in order.
        names: Of these adapters.
        """
        self.scales = scales
        self._names = names
        self._stream: StreamingMarkdown | None = None
        self._drawn = ""
        self.head = _Head(scales, names)
        self.body = _Body()
        self.foot = _Foot()
        self.text = self.body.text
        self.text.setAccessibleName(tr("Answer at {scales}", scales=self.words))

    @property
    def words(self) -> str:
        """Its scales in words, such as ``0.50`` or ``sql-helper 0.50, pirate 1.00``."""
        if len(self.scales) == 1:
            return scale_words(self.scales[0])
        pairs = zip(self._names, self.scales, strict=True)
        return ", ".join(f"{name} {scale_words(scale)}" for name, scale in pairs)

    def show_cell(self, cell: SweepCell, widest: float) -> None:
        """Show what is there of it; `widest` is the largest divergence of the sweep."""
        self._write(cell.text, done=cell.finish_reason is not None)
        self.body.show_trouble(" ".join(word for word in (cell.error_title, cell.error_hint) if word))
        self.foot.show_cell(cell, widest)

    def _write(self, text: str, *, done: bool) -> None:
        if text == self._drawn and not (done and self._stream is not None):
            return
        if self._stream is None or not text.startswith(self._drawn):
            self._stream = StreamingMarkdown()
            self.text.splice(0, ())
            self._drawn = ""
        self.text.set_caret(not done and bool(text))
        self._stream.feed(text[len(self._drawn) :])
        self._drawn = text
        self.text.apply(self._stream.finish() if done else self._stream.update())
        if done:
            self._stream = None

    def set_in_use(self, used: bool) -> None:
        """Mark the cell whose scales the faders have."""
        self.head.set_in_use(used)
        for part in (self.head, self.body, self.foot):
            part.set_tinted(used)


class _Head(_Part):
    def __init__(self, scales: tuple[float, ...], names: tuple[str, ...]) -> None:
        super().__init__()
        self.setFixedHeight(36)
        words = " · ".join(scale_words(scale) for scale in scales)
        number = label(words, "code", weight=600)
        self.use = Button(tr("Use"), "quiet", size="small")
        pairs = ", ".join(f"{name} {scale_words(at)}" for name, at in zip(names, scales, strict=True))
        self.use.setAccessibleName(tr("Use {scales}", scales=pairs))
        self._used = QWidget()
        marked = QHBoxLayout(self._used)
        marked.setContentsMargins(0, 0, 4, 0)
        marked.setSpacing(4)
        marked.addWidget(IconLabel("check", "accent.text", 14))
        marked.addWidget(label(tr("in use"), "caption", "accent"))
        self._used.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(number)
        if not any(scales):
            row.addWidget(label(tr("base"), "caption", "3"))
        row.addStretch(1)
        row.addWidget(self.use)
        row.addWidget(self._used)

    def set_in_use(self, used: bool) -> None:
        self.use.setVisible(not used)
        self._used.setVisible(used)


class _Foot(_Part):
    def __init__(self) -> None:
        super().__init__()
        self._differs = ElidedLabel(tr("differs from base"), "caption", "2")
        self._number = label("", "caption", "1", tabular=True)
        self._bar = _Bar()
        self._tokens = ElidedLabel("", "caption", "2")
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._differs, 1)
        top.addWidget(self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(5)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._tokens)
        self.setToolTip(tr("Mean KL divergence from the base over the words of its answer, in nats"))

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 66)

    def show_cell(self, cell: SweepCell, widest: float) -> None:
        self._number.setText(_nats(cell.divergence))
        self._bar.set_share((cell.divergence or 0.0) / widest if widest > 0 else 0.0)
        count, rate = cell.timings.completion_tokens, cell.timings.generation_tps
        words = ""
        if count:
            words = tr("{count} tokens", n=count, count=fmt.number(count))
            if rate:
                words = tr("{tokens}, {rate}/s", tokens=words, rate=fmt.number(rate, 1))
        else:
            words = _state_words(cell)
        self._tokens.setText(words)


def _state_words(cell: SweepCell) -> str:
    """How a cell stands of which nothing was counted."""
    match cell.finish_reason:
        case None:
            return tr("writing …") if cell.text else tr("waiting …")
        case FinishReason.CANCELLED:
            return tr("stopped")
        case FinishReason.ERROR:
            return tr("failed")
        case _:
            return tr("no answer")


def _nats(divergence: float | None) -> str:
    """Two decimals; what is less, but not nothing, does not look like nothing."""
    if divergence is None:
        return fmt.UNKNOWN
    least = 0.01
    small = 0 < divergence < least / 2
    return f"< {fmt.number(least, 2)}" if small else fmt.number(divergence, 2)
