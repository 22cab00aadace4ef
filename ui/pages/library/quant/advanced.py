"""What few people change about how the files are made: folded away at first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.pages.library.inspector_section import FoldButton
from ui.pages.library.quant.option import OptionRow
from ui.pages.library.quant.plan import KEPT_AT, Workbench
from ui.widgets.labels import label
from ui.widgets.spin import inset

MOST_THREADS = 1_024


class Advanced(QWidget):
    """Better kept layers, as many files as the original has, and threads.

    Signals:
        changed: Something was chosen by the person.
        folded: It takes more or less room now.
    """

    changed = Signal()
    folded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self.head = FoldButton(tr("Advanced"))
        self.output = OptionRow(tr("Keep the output layer at {type}", type=KEPT_AT))
        self.embeddings = QCheckBox(tr("embeddings, too"))
        self.output.add(self.embeddings)
        self.output.set_about(tr("Larger files, a little less loss"))
        self.split = OptionRow(tr("Keep the split into several files"))
        self.threads = inset(QSpinBox())
        self.threads.setRange(1, MOST_THREADS)
        self.threads.setProperty("controlSize", "small")
        self.threads.setFixedWidth(72)
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        for widget in (self.output, self.split, self._threads_row()):
            body.addWidget(widget)
        layout.addWidget(self.head)
        layout.addWidget(self._body)
        self._body.hide()
        self.head.toggled.connect(self._fold)
        self.threads.valueChanged.connect(self.changed)
        for row in (self.output, self.split):
            row.toggled.connect(self.changed)
        self.embeddings.toggled.connect(self.changed)

    def _threads_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        name = label(tr("Threads"), "body", weight=500)
        name.setBuddy(self.threads)
        self._cores = label("", "caption", "2")
        self.threads.setAccessibleName(name.text())
        line.addWidget(name)
        line.addWidget(self._cores, 1)
        line.addWidget(self.threads)
        return row

    def _fold(self, shown: bool) -> None:
        self._body.setVisible(shown)
        self.folded.emit()

    def set_bench(self, bench: Workbench) -> None:
        """Offer what the model and this machine allow."""
        parts = bench.parts
        self.split.set_possible(parts > 1)
        self.split.set_about(
            tr("{n} files of each type, as the original has", n=parts)
            if parts > 1
            else tr("The original is one file")
        )
        first, self._usual = not self._usual, bench.threads
        self._cores.setText(tr("{n} cores", n=bench.threads))
        if first:
            self.threads.blockSignals(True)
            self.threads.setValue(bench.threads)
            self.threads.blockSignals(False)

    @property
    def thread_count(self) -> int | None:
        """None for as many as there are cores."""
        chosen = self.threads.value()
        return None if chosen == self._usual or not self._usual else chosen

    @property
    def keeps_split(self) -> bool:
        return self.split.checked and self.split.possible
