"""What the selected file needs, part by part, beside the memory it would lie in."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backend.capacity.types import Fit, Machine, Pool, Verdict
from backend.hubs.types import QuantFile
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.labels import PredictedLabel, label

PARTS = ("data.1", "data.2", "data.3", "data.3")


class PoolBar(QWidget):
    """One memory pool: in use by others (hatched), then weights, context and compute, on one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pool: Pool | None = None
        self._parts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 9)

    def show_parts(self, pool: Pool | None, parts: tuple[int, ...]) -> None:
        self._pool, self._parts = pool, parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("data.track"))
        if self._pool is None:
            return
        used = self._pool.total - self._pool.free
        scale = max(self._pool.total, used + sum(self._parts), 1)
        x = self.width() * used / scale
        painter.fillRect(
            QRectF(0, 0, x, self.height()), QBrush(theme.color("data.others"), Qt.BrushStyle.BDiagPattern)
        )
        for value, token in zip(self._parts, PARTS, strict=False):
            width = self.width() * value / scale
            painter.fillRect(QRectF(x, 0, width, self.height()), theme.color(token))
            x += width


class Breakdown(QFrame):
    """The sum at the bottom of the files page. Predicted numbers carry a tilde and a dotted line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "topline")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 14)
        layout.setSpacing(32)
        left = QVBoxLayout()
        left.setSpacing(6)
        self._title = label("", "body", weight=600)
        left.addWidget(self._title)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(8)
        self._names: list[QLabel] = []
        self._values: list[PredictedLabel] = []
        for place in range(5):
            name = label("", "small", "2" if place < 4 else "1", weight=None if place < 4 else 500)
            value = PredictedLabel()
            grid.addWidget(name, place, 0)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignRight)
            self._names.append(name)
            self._values.append(value)
        grid.setColumnStretch(0, 1)
        self._grid = QWidget()
        grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setLayout(grid)
        left.addWidget(self._grid)
        layout.addLayout(left, 1)

        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        line = QHBoxLayout()
        self._pool_name = label("", "small", "2")
        self._pool_total = label("", "small", "2")
        line.addWidget(self._pool_name, 1)
        line.addWidget(self._pool_total)
        right.addLayout(line)
        self._bar = PoolBar()
        right.addWidget(self._bar)
        self._sentence = label("", "small", "2", wrap=True)
        right.addWidget(self._sentence)
        right.addStretch(1)
        layout.addWidget(self._right, 1)

    def set_narrow(self, narrow: bool) -> None:
        self._right.setVisible(not narrow)

    def clear(self, text: str) -> None:
        """Nothing to sum up yet; `text` says why."""
        self.show()
        self._title.setText(text)
        self._grid.hide()
        self._right.hide()

    def show_fit(self, quant: QuantFile, fit: Fit | None, machine: Machine | None) -> None:
        """Sum up `quant`. Without a fit the header is still being read."""
        if fit is None:
            self.clear(tr("Reading the header of {name} …", name=quant.name))
            return
        self._grid.show()
        self._right.setVisible(machine is not None)
        self._title.setText(tr("{label} on this machine", label=quant.label))
        ledger = fit.ledger
        rows = (
            (tr("Weights"), ledger.weights),
            (tr("Context, {count} tokens", count=fmt.number(fit.run.n_ctx, 0)), ledger.kv),
            (tr("Compute"), ledger.compute),
            (tr("Other"), ledger.other),
            (tr("Needs"), ledger.total),
        )
        for (name, value), caption, number in zip(rows, self._names, self._values, strict=True):
            caption.setText(name)
            number.set_predicted(fmt.size(value))
        if machine is None:
            return
        pool = machine.gpus[0] if fit.verdict is Verdict.FITS_GPU and machine.gpus else machine.ram
        self._pool_name.setText(pool.name)
        self._pool_total.setText(fmt.size(pool.total))
        self._bar.show_parts(pool, (ledger.weights, ledger.kv, ledger.compute, ledger.other))
        self._sentence.setText(_verdict_sentence(fit, pool))


def _verdict_sentence(fit: Fit, pool: Pool) -> str:
    rest = pool.free - fit.ledger.total
    basis = tr("Estimated from the size and the first 64 kB of the file.") if fit.approximate else ""
    match fit.verdict:
        case Verdict.TOO_BIG:
            text = tr(
                "{size} more than is free now. It can still be loaded, but will be very slow.",
                size=fmt.size(-rest),
            )
        case Verdict.TIGHT:
            text = tr("Fits, with little room left for other programs: {size}.", size=fmt.size(max(rest, 0)))
        case Verdict.UNKNOWN:
            text = tr("This architecture is not known here, so the sum is a guess.")
        case _:
            text = tr("{size} stays free.", size=fmt.size(max(rest, 0)))
    return f"{text} {basis}".strip()
