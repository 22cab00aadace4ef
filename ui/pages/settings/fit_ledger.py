"""Predicted against measured: every load, and what was learned from all of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout

from backend.capacity.types import Correction, FitRun
from backend.i18n import tr
from ui import format as fmt
from ui.pages.settings.capacity import CapacityPresenter
from ui.pages.settings.fit_runs import Column, FitRunsModel, FitRunsSorter, ledger_csv
from ui.pages.settings.parts import Pane
from ui.pages.settings.presenter import SettingsPresenter
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import EmptyState, IconLabel
from ui.widgets.table_header import TableHeader
from ui.widgets.tables import plain_table

NARROW = 780
"""Below this width the table leaves out what a tooltip or another column says."""
_HIDDEN = (Column.BACKEND, Column.CONTEXT, Column.SPEED_PREDICTED, Column.SPEED_ERROR)
_WIDTHS = (
    (Column.WHEN, 84),
    (Column.QUANT, 80),
    (Column.BACKEND, 92),
    (Column.CONTEXT, 72),
    (Column.PREDICTED, 84),
    (Column.MEASURED, 124),
    (Column.ERROR, 72),
    (Column.SPEED_PREDICTED, 68),
    (Column.SPEED, 68),
    (Column.SPEED_ERROR, 76),
)


class CorrectionLine(QFrame):
    """What the loads on one backend taught, in a line."""

    def __init__(self, correction: Correction) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 9, 0, 9)
        layout.setSpacing(12)
        name = label(correction.backend, "body", weight=600)
        name.setMinimumWidth(88)
        words = label(correction_words(correction), "small", "2", wrap=True)
        layout.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)


def correction_words(correction: Correction) -> str:
    """``12 loads: median error 0.8 %, worst 2.1 %; memory is corrected by ×1.004``."""
    if correction.error is None or correction.worst is None:
        text = tr("{n} loads, too small to tell how far off the memory is.", n=correction.loads)
    else:
        text = tr(
            "{n} loads: memory off by {error} in the median, {worst} at worst, corrected by ×{factor}.",
            n=correction.loads,
            error=fmt.percent(correction.error, 1),
            worst=fmt.percent(correction.worst, 1),
            factor=fmt.number(correction.memory, 3),
        )
    if correction.generation is None:
        return text
    return tr("{text} Speed ×{factor}.", text=text, factor=fmt.number(correction.generation, 2))


class FitLedgerPane(Pane):
    """Every load of the engine, newest first. A click on a head sorts."""

    def __init__(self, capacity: CapacityPresenter, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(tr("Fit ledger"), wide=True)
        self._capacity, self._presenter, self._shell = capacity, presenter, shell
        self.export = Button(tr("Export CSV"), icon="upload")
        self.export.clicked.connect(self._export)
        self.clear = Button(tr("Clear"), icon="trash-2")
        self.clear.clicked.connect(self._clear)
        self.head.addWidget(self.export)
        self.head.addWidget(self.clear)
        self._learned = QVBoxLayout()
        self._learned.setSpacing(0)
        self.column.addLayout(self._learned)
        self.model = FitRunsModel(self)
        self.sorter = FitRunsSorter(self.model)
        self.table = plain_table(self.sorter, tr("Loads"), theme.size("row.table.roomy"))
        head = TableHeader(parent=self.table)
        self.table.setHorizontalHeader(head)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.MODEL, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS:
            head.resizeSection(column, width)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(Column.WHEN, Qt.SortOrder.DescendingOrder)
        self.table.setMinimumHeight(200)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                "scale",
                tr("No model has been loaded yet"),
                tr(
                    "Each time a model is loaded, what was predicted and what was measured is written down "
                    "here. The predictions learn from it."
                ),
            )
        )
        self.column.addSpacing(12)
        self.column.addWidget(self._stack, 1)
        self._foot()
        capacity.ledger_ready.connect(self._show)
        self._show((), ())

    def _foot(self) -> None:
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot.setFixedHeight(theme.size("footer"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("info", "text.3"))
        words = tr("~ predicted before the load; the error is how far the measured value lies from it.")
        row.addWidget(label(words, "small", "2"), 1)
        self.body.addWidget(foot)

    def refresh(self) -> None:
        self._capacity.load_ledger()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        for column in _HIDDEN:
            self.table.setColumnHidden(column, narrow)

    def _show(self, runs: tuple[FitRun, ...], corrections: tuple[Correction, ...]) -> None:
        while (item := self._learned.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for correction in corrections:
            self._learned.addWidget(CorrectionLine(correction))
        self.model.set_rows(runs)
        self._stack.setCurrentIndex(0 if runs else 1)
        for button in (self.export, self.clear):
            button.setEnabled(bool(runs))

    def _clear(self) -> None:
        sure = self._shell.confirm(
            tr("Clear the fit ledger?"),
            tr(
                "What was learned from {n} loads goes with it; predictions begin anew.",
                n=len(self.model.rows),
            ),
            tr("Clear"),
            danger=True,
        )
        if sure:
            self._capacity.clear_ledger()

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Export CSV"), str(Path.home() / "orangery-fit-ledger.csv"), tr("CSV files (*.csv)")
        )
        if path:
            self._presenter.write(Path(path), ledger_csv(self.model.rows))
