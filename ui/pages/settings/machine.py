"""What this machine has, how fast it is, and what another one would run."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.capacity.types import Machine, Rates
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.pages.settings.capacity import CapacityPresenter
from ui.pages.settings.machine_parts import PoolRow, RatesTable
from ui.pages.settings.parts import Facts, Pane, Row, muted, section
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.meter import Progress
from ui.widgets.what_if import WhatIfForm

GB = 1_000_000_000


class MachinePane(Pane):
    """Memory is read every two seconds while the pane is in view; measuring the speed waits for a click."""

    def __init__(self, presenter: CapacityPresenter) -> None:
        super().__init__(tr("This machine"))
        self._presenter = presenter
        self._rows: list[PoolRow] = []
        self._machine: Machine | None = None
        self.column.addWidget(
            section(
                tr("Memory"),
                tr("A limit keeps memory for other programs: predictions and plans then count with less."),
            )
        )
        self._pools = QVBoxLayout()
        self._pools.setSpacing(0)
        self.column.addLayout(self._pools)
        self.column.addWidget(
            section(
                tr("What if I had …"),
                tr("Every fit pill in Orangery then shows what would fit with another machine."),
            )
        )
        self.form = WhatIfForm()
        self.form.wanted.connect(presenter.what_if.pretend)
        self.back = Button(tr("Back to this machine"))
        self.back.clicked.connect(lambda: presenter.what_if.pretend(None))
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.addWidget(self.form, 1)
        line.addWidget(self.back)
        self.column.addLayout(line)
        self.column.addWidget(self._speed())
        self.column.addWidget(section(tr("Processor")))
        self._facts = Facts()
        self.column.addWidget(self._facts)
        self.column.addStretch(1)
        presenter.machine_ready.connect(self._show_machine)
        presenter.rates_ready.connect(self._show_rates)
        presenter.measuring.connect(self._show_measuring)
        presenter.progress.connect(self._show_progress)
        presenter.measure_failed.connect(self._failed)
        presenter.what_if.changed.connect(self._show_wish)
        self._show_rates(None)
        self._show_measuring(False)
        self._show_wish()

    def _speed(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(section(tr("Speed")))
        self.measure = Button(tr("Measure speed"), icon="gauge")
        self.measure.clicked.connect(self._measure)
        self._speed_row = Row(tr("Not measured yet"), " ", self.measure)
        column.addWidget(self._speed_row)
        self._running = QFrame()
        self._running.setProperty("surface", "row")
        across = QHBoxLayout(self._running)
        across.setContentsMargins(0, 12, 0, 12)
        across.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(8)
        self._step = label("", "body", weight=500)
        self._bar = Progress()
        words.addWidget(self._step)
        words.addWidget(self._bar)
        across.addLayout(words, 1)
        self.stop = Button(tr("Stop"), icon="square")
        self.stop.clicked.connect(self._stop)
        across.addWidget(self.stop)
        column.addWidget(self._running)
        self._error = Banner("bad", "")
        self._error.hide()
        column.addSpacing(4)
        column.addWidget(self._error)
        self.rates = RatesTable()
        column.addWidget(self.rates)
        self._rates_note = muted(
            tr(
                "Weights per second: how much of a model is gone through while an answer is written. The "
                "last two columns say how fast a dense model with 8 billion weights would write an answer "
                "and read a prompt."
            )
        )
        column.addWidget(self._rates_note)
        return box

    # -- coming into view

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.watch(False)

    # -- showing

    def _show_machine(self, machine: Machine) -> None:
        self._machine = machine
        while len(self._rows) < len(machine.pools):
            row, place = PoolRow(), len(self._rows)
            row.limited.connect(lambda limit, place=place: self._limit(place, limit))
            self._rows.append(row)
            self._pools.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(machine.pools))
            if place < len(machine.pools):
                pool = machine.pools[place]
                row.show_pool(pool, self._presenter.limit_of(pool))
        facts = [
            (tr("Name"), machine.cpu_name),
            (tr("Threads for answers"), fmt.number(machine.threads)),
        ]
        if machine.bandwidth:
            rate = tr("{rate} GB/s, measured", rate=fmt.number(machine.bandwidth / GB, 1))
            facts.append((tr("Memory bandwidth"), rate))
        if not machine.gpus:
            facts.append((tr("Graphics"), tr("no GPU that the engine can use")))
        self._facts.set_facts(facts)

    def _limit(self, place: int, limit: int | None) -> None:
        if self._machine is not None and place < len(self._machine.pools):
            self._presenter.set_limit(self._machine.pools[place], limit)

    def _show_rates(self, rates: Rates | None) -> None:
        self.rates.setVisible(rates is not None)
        self._rates_note.setVisible(rates is not None)
        if rates is None:
            self._speed_row.set_title(tr("Not measured yet"))
            self._speed_row.set_note(
                tr(
                    "Speeds are shown as wide ranges. Measuring runs small test models for about ten seconds "
                    "and makes them narrow."
                )
            )
            self.measure.setText(tr("Measure speed"))
            return
        fresh = fmt.ago(rates.at) == tr("now")
        self._speed_row.set_title(
            tr("Measured just now") if fresh else tr("Measured on {date}", date=fmt.date(rates.at))
        )
        self._speed_row.set_note(
            tr("Other programs were busy meanwhile, so this machine is faster than that. Measure it again.")
            if rates.disturbed
            else tr(
                "Predicted speeds rest on these rates. Measure again after a change of driver or hardware."
            )
        )
        self.measure.setText(tr("Measure again"))
        self.rates.show_rates(rates)

    def _measure(self) -> None:
        self._error.hide()
        self._show_progress(0.0, "")
        self._presenter.measure()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._step.setText(tr("Stopping …"))
        self._presenter.stop_measuring()

    def _show_measuring(self, on: bool) -> None:
        self.stop.setEnabled(True)
        had_focus = self.measure.hasFocus() or self.stop.hasFocus()
        self._running.setVisible(on)
        self._speed_row.setVisible(not on)
        if had_focus:
            (self.stop if on else self.measure).setFocus()

    def _show_progress(self, share: float, family: str) -> None:
        self._bar.set_progress(share)
        if not self.stop.isEnabled():
            return
        self._step.setText(
            tr("Measuring {family} …", family=family) if family else tr("Getting ready to measure …")
        )
        self._bar.setAccessibleName(tr("{share} measured", share=fmt.percent(share)))

    def _failed(self, error: AppError) -> None:
        self._error.set_text(str(error))
        self._error.show()

    def _show_wish(self) -> None:
        wish = self._presenter.what_if.pretended
        self.form.show_wish(wish)
        had_focus = self.back.hasFocus()
        self.back.setVisible(wish is not None)
        if had_focus and wish is None:
            self.form.gpu.setFocus()
