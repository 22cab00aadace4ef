"""What pressing the button will do, what it takes, and the button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.library.quant.plan import Choices, Tally, Workbench
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_tone


class Footer(QFrame):
    """Signals:
    cancelled: Nothing should be done.
    confirmed: What is chosen should be done.
    """

    cancelled = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "topline")
        self.setFixedHeight(64)
        self._seconds: float | None = None
        self._words = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 16, 0)
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        self._sum = label("", "body", weight=600, tabular=True)
        self._facts = label("", "small", "2", wrap=True)
        words.addWidget(self._sum)
        words.addWidget(self._facts)
        words.addStretch(1)
        line.addLayout(words, 1)
        self.cancel = KeyButton(tr("Cancel"), "Esc", size="large")
        self.cancel.clicked.connect(self.cancelled)
        self.go = KeyButton(tr("Quantize"), tr("Ctrl Enter"), "primary", "large")
        self.go.clicked.connect(self.confirmed)
        for button in (self.cancel, self.go):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.go.setEnabled(False)

    def show_tally(self, bench: Workbench, choices: Choices, tally: Tally) -> None:
        """Say what `tally` means."""
        make, measure = len(tally.make), len(tally.measure)
        if make:
            self.go.setText(tr("Quantize {n} types", n=make))
            self._words = tr("{n} files", n=make) + f", {fmt.size(tally.size)}"
        elif measure:
            self.go.setText(tr("Measure {n} types", n=measure))
            self._words = tr("{n} types", n=measure)
        else:
            self.go.setText(tr("Quantize"))
            self._words = tr("Tick the types to make")
        self.go.updateGeometry()
        self.go.setEnabled(tally.possible)
        self.go.setToolTip(tally.problem)
        self.go.setAccessibleDescription(tally.problem)
        facts = tally.problem or " ".join(_facts(bench, choices, tally))
        self._facts.setText(facts)
        set_tone(self._facts, "bad" if tally.problem else "2")
        self._show()

    def set_seconds(self, seconds: float | None) -> None:
        """How long measuring would take; None where that is not known."""
        self._seconds = seconds
        self._show()

    def _show(self) -> None:
        words = self._words
        if self._seconds is not None:
            words = tr("{what}, about {time} to measure", what=words, time=_about(self._seconds))
        self._sum.setText(words)

    def words(self) -> str:
        """The first line."""
        return self._sum.text()

    def facts(self) -> str:
        """The second line."""
        return self._facts.text()


def _about(seconds: float) -> str:
    """A length of time in words, no finer than it is known."""
    minutes = round(seconds / 60)
    if seconds < 55:
        return tr("{n} seconds", n=max(round(seconds / 5) * 5, 5))
    if minutes < 90:
        return tr("{n} minutes", n=max(minutes, 1))
    return fmt.duration(seconds)


def _facts(bench: Workbench, choices: Choices, tally: Tally) -> list[str]:
    facts = [tr("{size} free on the disk.", size=fmt.size(bench.free))]
    if bench.peak and tally.make:
        facts.append(tr("Peak memory ~{size}.", size=fmt.size(bench.peak)))
    if tally.make:
        kept = choices.keep or not choices.measure
        facts.append(tr("Saved under Made here.") if kept else tr("Deleted once measured."))
    return facts
