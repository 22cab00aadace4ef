"""The right side of the quant lab: title, legend, the chart once its library is there, and what it is drawn
against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.pages.library.quant.plan import TypeRow
from ui.theme import theme
from ui.theme.measure import advance
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.segmented import SegmentedControl

if TYPE_CHECKING:
    from ui.pages.library.quant.chart import LossChart

_DOT, _GAP, _APART = 10, 6, 14


class ChartPane(QFrame):
    """Signals:
    picked, hover_changed, toggled: As those of `LossChart`.
    """

    picked = Signal(str)
    hover_changed = Signal(str)
    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: LossChart | None = None
        self._rows: tuple[TypeRow, ...] = ()
        self._current = self._original = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = label(tr("Quality lost against size"), "title")
        head.addWidget(self._title)
        head.addStretch(1)
        self._legend = _Legend()
        head.addWidget(self._legend)
        layout.addLayout(head)
        frame = QFrame()
        frame.setProperty("surface", "chart")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.setSpacing(0)
        self._box = QWidget()
        self._stack = QStackedLayout(self._box)
        self._waiting = label(tr("Reading …"), "small", "3")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._waiting)
        self._box.setMinimumHeight(150)
        inner.addWidget(self._box, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 8, 0)
        below.setSpacing(8)
        self._caption = ElidedLabel("", "caption", "3")
        below.addWidget(self._caption, 1)
        self.axis = SegmentedControl(
            ((False, tr("File size")), (True, tr("Tok/s"))), tr("What the loss is drawn against")
        )
        self.axis.changed.connect(lambda _speed: self._show())
        below.addWidget(self.axis)
        inner.addLayout(below)
        layout.addWidget(frame, 1)

    def set_chart(self, chart: LossChart) -> None:
        """The library is loaded: show the chart."""
        self.chart = chart
        self._stack.addWidget(chart)
        for signal, mine in (
            (chart.picked, self.picked),
            (chart.hover_changed, self.hover_changed),
            (chart.toggled, self.toggled),
        ):
            signal.connect(mine)
        self._show()

    def set_rows(self, rows: Sequence[TypeRow], original: str) -> None:
        """Show `rows`; `original` is what the model is stored as."""
        self._rows, self._original = tuple(rows), original
        self._show()

    def set_current(self, name: str) -> None:
        self._current = name
        if self.chart is not None:
            self.chart.set_current(name)

    def set_hovered(self, name: str) -> None:
        if self.chart is not None:
            self.chart.set_hovered(name)

    def _show(self) -> None:
        speed = bool(self.axis.value())
        self._title.setText(tr("Quality lost against speed") if speed else tr("Quality lost against size"))
        chart = self.chart
        if chart is None or not self._rows:
            return
        chart.set_rows(self._rows, speed=speed)
        chart.set_current(self._current)
        across = tr("tok/s") if speed else tr("size in {unit}", unit=chart.size_unit())
        self._caption.setText(
            tr(
                "KL divergence from {original}, lower is better; {across}",
                original=self._original,
                across=across,
            )
        )
        self._stack.setCurrentWidget(chart)

    def set_legend_shown(self, shown: bool) -> None:
        """Where there is little room, the title stands alone."""
        self._legend.setVisible(shown)


class _Legend(QWidget):
    """What the points mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = (
            ("measured", tr("measured")),
            ("predicted", tr("predicted")),
            ("chosen", tr("chosen")),
        )
        self.setAccessibleName(", ".join(words for _kind, words in self._entries))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = sum(_DOT + _GAP + advance(words, "caption") for _kind, words in self._entries)
        return QSize(round(width + _APART * (len(self._entries) - 1)) + 2, theme.line_height("caption"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0.0, self.height() / 2
        for kind, words in self._entries:
            ink = theme.color("accent.base" if kind == "chosen" else "data.1")
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(ink if kind == "measured" else theme.color("bg.window"))
            painter.drawEllipse(QPointF(left + _DOT / 2, middle), 3.8, 3.8)
            left += _DOT + _GAP
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.2"))
            width = advance(words, "caption")
            baseline = middle + 4
            painter.drawText(QPointF(left, baseline), words)
            left += width + _APART
