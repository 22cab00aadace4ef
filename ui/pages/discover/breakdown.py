"""What the selected file needs, part by part, beside the memory it would lie in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.capacity.types import Fit, Machine, Verdict
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import FileRow
from ui.widgets.fit_details import DeviceShare, device_shares, source_words, speed_words
from ui.widgets.labels import ElidedLabel, PredictedLabel, label
from ui.widgets.meter import Meter, Part, Swatch

PARTS = ("data.1", "data.2", "data.3")
"""Colours of weights, context and compute, here and in the Memory column."""


class Legend(QWidget):
    """What the colours of the Memory column mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for token, words in zip(PARTS, (tr("weights"), tr("context"), tr("compute")), strict=True):
            layout.addWidget(Swatch(token))
            layout.addWidget(label(words, "caption", "2"))
            layout.addSpacing(4)
        self._beyond = QWidget()
        beyond = QHBoxLayout(self._beyond)
        beyond.setContentsMargins(0, 0, 0, 0)
        beyond.setSpacing(6)
        beyond.addWidget(Swatch("bg.window", outlined=True))
        beyond.addWidget(label(tr("beyond what is free"), "caption", "2"))
        layout.addWidget(self._beyond)

    def set_tight(self, tight: bool) -> None:
        """Leave out what the line in the column says, too."""
        self._beyond.setVisible(not tight)


class PoolBar(QWidget):
    """One memory with what the model would have of it. Memory of our own models gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        line = QHBoxLayout()
        self._name = ElidedLabel("", "small", "2")
        self._total = label("", "small", "2")
        line.addWidget(self._name, 1)
        line.addWidget(self._total)
        column.addLayout(line)
        self._bar = Meter(height=9)
        column.addWidget(self._bar)
        below = QHBoxLayout()
        self._others = label("", "caption", "3")
        self._rest = label("", "caption", "2")
        below.addWidget(self._others, 1)
        below.addWidget(self._rest)
        column.addLayout(below)

    def show_share(self, share: DeviceShare) -> None:
        self._name.setText(share.name)
        self._total.setText(fmt.size(share.total))
        others = Part(share.total - share.free, "data.others", hatched=True)
        shown = (others, *(Part(value, token) for value, token in zip(share.parts, PARTS, strict=True)))
        self._bar.set_parts(max(share.total, sum(part.amount for part in shown)), shown)
        self._others.setText(tr("others {size}", size=fmt.size(share.total - share.free)))
        rest = share.free - share.needs
        words = (
            tr("needs {size}, {rest} stays free", size=fmt.size(share.needs), rest=fmt.size(rest))
            if rest >= 0
            else tr("needs {size}, {rest} is missing", size=fmt.size(share.needs), rest=fmt.size(-rest))
        )
        self._rest.setText(words)
        self._bar.setAccessibleName(f"{share.name}: {words}")


class Breakdown(QFrame):
    """The sum at the bottom of the files page. Predicted numbers carry a tilde and a dotted line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._pretended = False
        self._speed = ""
        self.setProperty("surface", "topline")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 14)
        layout.setSpacing(32)
        left = QVBoxLayout()
        left.setSpacing(6)
        self._title = label("", "body", weight=600, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        self._brief_note = label("", "small", "2")
        head.addWidget(self._brief_note)
        left.addLayout(head)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(8)
        self._names: list[QLabel] = []
        self._values: list[PredictedLabel] = []
        for place, token in enumerate((*PARTS, "")):
            name = label("", "small", "2" if token else "1", weight=None if token else 500)
            value = PredictedLabel()
            if token:
                grid.addWidget(Swatch(token), place, 0)
                grid.addWidget(name, place, 1)
            else:
                grid.addWidget(name, place, 0, 1, 2)
            grid.addWidget(value, place, 2, Qt.AlignmentFlag.AlignRight)
            self._names.append(name)
            self._values.append(value)
        grid.setColumnStretch(1, 1)
        self._grid = QWidget()
        grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setLayout(grid)
        left.addWidget(self._grid)
        layout.addLayout(left, 1)

        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        self._bars: list[PoolBar] = []
        self._pools = QVBoxLayout()
        self._pools.setSpacing(10)
        right.addLayout(self._pools)
        self._sentence = label("", "small", "2", wrap=True)
        self._note = label("", "small", "1", wrap=True)
        right.addWidget(self._note)
        right.addWidget(self._sentence)
        right.addStretch(1)
        layout.addWidget(self._right, 1)

    def set_pretended(self, pretended: bool) -> None:
        """Whether the numbers are about another machine."""
        self._pretended = pretended

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the bar where there is no room for two columns."""
        self._narrow = narrow
        self._right.setVisible(not narrow and not self._grid.isHidden())
        self._show_brief()

    def _show_brief(self) -> None:
        """Without the second column, the speed stands beside the title."""
        self._brief_note.setText(self._speed)
        self._brief_note.setVisible(self._narrow and bool(self._speed))

    def clear(self, text: str) -> None:
        """Nothing to sum up yet; `text` says why."""
        self.show()
        self._title.setText(text)
        self._speed = ""
        self._show_brief()
        self._grid.hide()
        self._right.hide()

    def show_fit(self, row: FileRow, machine: Machine | None) -> None:
        """Sum up the file of `row`. Without a fit its header is still being read, or cannot be."""
        fit = row.fit
        if fit is None:
            self.clear(row.problem or tr("Reading the header of {name} …", name=row.quant.name))
            return
        self._grid.show()
        self._right.setVisible(machine is not None and not self._narrow)
        self._title.setText(
            tr("{label} on the other machine", label=row.title)
            if self._pretended
            else tr("{label} on this machine", label=row.title)
        )
        self._speed = speed_words(fit)
        self._note.setText(self._speed)
        self._note.setVisible(bool(self._speed))
        self._show_brief()
        ledger = fit.ledger
        parts = (ledger.weights, ledger.kv, ledger.compute + ledger.other)
        names = (
            tr("Weights"),
            tr("Context, {count} tokens", count=fmt.number(fit.run.n_ctx, 0)),
            tr("Compute"),
            tr("Needs"),
        )
        for name, value, caption, number in zip(
            names, (*parts, ledger.total), self._names, self._values, strict=True
        ):
            caption.setText(name)
            number.set_predicted(fmt.size(value))
        if machine is not None:
            self._show_pools(fit, machine)

    def _show_pools(self, fit: Fit, machine: Machine) -> None:
        """The memory that decides, or each device where the model lies on several."""
        shares = device_shares(fit, machine)
        while len(self._bars) < len(shares):
            bar = PoolBar()
            self._bars.append(bar)
            self._pools.addWidget(bar)
        for place, bar in enumerate(self._bars):
            bar.setVisible(place < len(shares))
            if place < len(shares):
                bar.show_share(shares[place])
        rest = fit.free - fit.ledger.total
        sentence = _sentence(fit, rest)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))


def _sentence(fit: Fit, rest: int) -> str:
    """What the numbers mean, where they do not speak for themselves."""
    match fit.verdict:
        case Verdict.TOO_BIG:
            text = tr(
                "{size} more than is free now. It can still be loaded, but will be very slow.",
                size=fmt.size(max(-rest, 0)),
            )
        case Verdict.TIGHT:
            text = tr("Fits, with little room left for other programs.")
        case Verdict.UNKNOWN:
            text = tr("This architecture is not known here, so the sum is a guess.")
        case _:
            text = ""
    basis = source_words(fit)
    return f"{text} {basis}".strip()
