"""The tab with the files of a repository, what each needs here, and the sum of the selected one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from backend.capacity.types import Fit, Machine, Option, Pretend, RunConfig, Verdict
from backend.capacity.verdict import available
from backend.engines.types import KvType
from backend.errors import AppError
from backend.hubs.types import QuantFile, RepoDetail, Source
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.breakdown import Breakdown, Legend
from ui.pages.discover.detail_presenter import Opened
from ui.pages.discover.file_delegate import FileDelegate
from ui.pages.discover.files import Column, FileRow, FilesModel
from ui.pages.discover.files_table import FilesTable, MemoryHeader
from ui.pages.discover.on_machine import MachineButton
from ui.pages.discover.plan import PlanStrip
from ui.pages.discover.projector import ProjectorRow
from ui.widgets.fit_pill import widest_fit_pill
from ui.widgets.labels import label
from ui.widgets.states import EmptyState

CONTEXTS = (2048, 4096, 8192, 16384, 32768, 65536, 131072)
KV_TYPES: tuple[KvType, ...] = ("f16", "q8_0", "q4_0")
MEMORY_WIDTH, MEMORY_WIDTH_TIGHT = 148, 124
SPEED_WIDTH = 80
SIZE_WIDTH, SIZE_WIDTH_NARROW = 76, 66
ACTION_WIDTH, ACTION_WIDTH_NARROW = 56, 48
TIGHT = 784
"""Width below which not all columns have the room they want."""


class FilesPage(QWidget):
    """Signals:
    act: The `FileRow` that Enter or its button was pressed on.
    current_changed: Another file is selected, or something of the selected one changed.
    run_changed: The `RunConfig` to predict for.
    wished: Name of a file that came into view without prediction.
    context_wished: Context in tokens that the person chose, for the plan.
    pretend: A `Pretend`, or None for this machine.
    more_machines: The person wants to choose from all machines.
    """

    act = Signal(object)
    current_changed = Signal()
    run_changed = Signal(object)
    wished = Signal(str)
    context_wished = Signal(int)
    pretend = Signal(object)
    more_machines = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = 0
        self._narrow = False
        self._machine: Machine | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._conditions = self._strip()
        layout.addWidget(self._conditions)
        self.plan = PlanStrip()
        self.plan.chosen.connect(self._take_option)
        layout.addWidget(self.plan)
        self.table = self._make_table()
        layout.addWidget(self.table, 1)
        self._none = EmptyState(
            "file-question-mark",
            tr("No GGUF files here"),
            tr(
                "This engine runs GGUF files. Look at Other uploads, or search for the model's name, to find "
                "a repository that has them."
            ),
        )
        self._none.hide()
        layout.addWidget(self._none, 1)
        self._projector = ProjectorRow()
        self._projector.changed.connect(self.current_changed)
        layout.addWidget(self._projector)
        self._breakdown = Breakdown()
        layout.addWidget(self._breakdown)

    def _strip(self) -> QFrame:
        """What the predictions are for."""
        frame = QFrame()
        frame.setProperty("surface", "row")
        strip = QHBoxLayout(frame)
        strip.setContentsMargins(24, 10, 24, 10)
        strip.setSpacing(8)
        strip.addWidget(label(tr("Predicted for"), "small", "2"))
        self._context = QComboBox()
        self._context.setAccessibleName(tr("Context length"))
        for tokens in CONTEXTS:
            self._context.addItem(tr("{count} tokens", n=tokens, count=fmt.number(tokens, 0)), tokens)
        self._context.setCurrentIndex(CONTEXTS.index(8192))
        self._context.currentIndexChanged.connect(self._run_chosen)
        strip.addWidget(self._context)
        strip.addWidget(label(tr("cache"), "small", "2"))
        self._kv = QComboBox()
        self._kv.setAccessibleName(tr("KV cache type"))
        for kind in KV_TYPES:
            self._kv.addItem(kind.upper(), kind)
        self._kv.currentIndexChanged.connect(self._run_chosen)
        strip.addWidget(self._kv)
        strip.addWidget(label(tr("running on"), "small", "2"))
        self.machine_button = MachineButton()
        self.machine_button.wanted.connect(self.pretend)
        self.machine_button.more.connect(self.more_machines)
        strip.addWidget(self.machine_button)
        strip.addStretch(1)
        self._legend = Legend()
        strip.addWidget(self._legend)
        return frame

    def _make_table(self) -> FilesTable:
        self._model = FilesModel(self)
        table = FilesTable()
        table.setHorizontalHeader(MemoryHeader(Column.MEMORY, table))
        table.setModel(self._model)
        table.setItemDelegate(FileDelegate(lambda: self._free, self.wished.emit, table))
        table.act.connect(self.act)
        table.selectionModel().currentRowChanged.connect(self._selected)
        head = table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.QUANT, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (Column.SIZE, SIZE_WIDTH),
            (Column.BITS, 48),
            (Column.FIT, widest_fit_pill() + 16),
            (Column.MEMORY, MEMORY_WIDTH),
            (Column.SPEED, SPEED_WIDTH),
            (Column.ACTION, ACTION_WIDTH),
        ):
            head.resizeSection(column, width)
        return table

    # -- which files

    @property
    def rows(self) -> tuple[FileRow, ...]:
        return self._model.rows

    def current(self) -> FileRow | None:
        return self.table.row_at(self.table.currentIndex())

    @property
    def projector(self) -> QuantFile | None:
        """What shall come along with a download."""
        return self._projector.chosen

    def clear(self, text: str) -> None:
        """No files yet; `text` says why."""
        self.plan.forget()
        self._model.set_rows(())
        self._projector.set_projectors(())
        self._show_table(True)
        self._breakdown.clear(text)

    def show_files(self, opened: Opened) -> int:
        """Show the files of a repository, the selected one first in view; returns how many choices it has."""
        detail = opened.detail
        models = [quant for quant in detail.quants if quant.kind == "model"]
        if detail.model.source is not Source.OLLAMA:  # the order of the tags is the garden's
            models.sort(key=lambda quant: quant.size)
        best = opened.recommended
        self._model.set_rows(tuple(FileRow(quant, recommended=quant is best) for quant in models))
        self._show_table(bool(models))
        self._projector.set_projectors(_projectors(detail))
        if opened.selected in models:
            self.table.selectRow(models.index(opened.selected))
        return len(models)

    def _show_table(self, on: bool) -> None:
        for part in (self._conditions, self.table, self._breakdown):
            part.setVisible(on)
        if not on:
            self.plan.forget()
        self._none.setVisible(not on)

    def update_rows(self, change: Callable[[FileRow], FileRow]) -> None:
        """Change what is known of every file."""
        for row in self._model.rows:
            self._model.replace(change(row))
        self._show_current()

    # -- predictions

    def complete(self, quant: QuantFile) -> None:
        """More is known of a choice than the list said."""
        row = self._model.row_named(quant.name)
        if row is not None:
            self._replace(replace(row, quant=quant))

    def set_fit(self, name: str, fit: Fit) -> None:
        row = self._model.row_named(name)
        if row is not None:
            self._replace(replace(row, fit=fit, problem=""))
            self.table.viewport().update()  # the common scale of the Memory column may have changed

    def set_problem(self, name: str, error: AppError) -> None:
        row = self._model.row_named(name)
        if row is not None and row.fit is None:
            # What to do about a gated one stands above the tabs already.
            self._replace(replace(row, problem=error.title if error.code == "hub.gated" else str(error)))

    def forget_problems(self) -> bool:
        """What stood in the way may be gone; whether anything did."""
        found = [row for row in self._model.rows if row.problem]
        for row in found:
            self._replace(replace(row, problem=""))
        return bool(found)

    def _replace(self, row: FileRow) -> None:
        self._model.replace(row)
        current = self.current()
        if current is not None and current.quant.name == row.quant.name:
            self._show_current()

    def set_machine(self, machine: Machine) -> None:
        self._machine = machine
        self._free = sum(available(pool) for pool in machine.gpus or (machine.ram,))
        header = self.table.horizontalHeader()
        if isinstance(header, MemoryHeader):
            header.set_free(self._free)
        self.table.viewport().update()
        self._show_current()

    def _run_chosen(self) -> None:
        """The person chose another context or cache: what the plan is for changes, too."""
        self._predict()
        self.context_wished.emit(self._context.currentData())

    def show_pretended(self, wish: Pretend | None) -> None:
        """The predictions are for `wish` from now on; None is this machine."""
        self.machine_button.show_wish(wish)
        self._breakdown.set_pretended(wish is not None)
        self.forget_fits()

    def forget_fits(self) -> None:
        """What was predicted is about another machine."""
        self.plan.forget()
        for row in self._model.rows:
            self._model.replace(replace(row, fit=None, problem=""))

    def _take_option(self, option: Option) -> None:
        """Predict for the settings of an option, and select its file."""
        self.table.setFocus()
        for place, row in enumerate(self._model.rows):
            if option.label and option.label in (row.title, row.quant.label):
                self.table.selectRow(place)
                break
        before = self._context.currentData(), self._kv.currentData()
        with QSignalBlocker(self._context), QSignalBlocker(self._kv):
            self._choose_context(option.run.n_ctx)
            self._kv.setCurrentIndex(max(self._kv.findData(option.run.kv_type), 0))
        if before != (self._context.currentData(), self._kv.currentData()):
            self._predict()

    def _choose_context(self, tokens: int) -> None:
        place = self._context.findData(tokens)
        if place < 0:
            lengths = [self._context.itemData(each) for each in range(self._context.count())]
            place = sum(1 for length in lengths if length < tokens)
            self._context.insertItem(
                place, tr("{count} tokens", n=tokens, count=fmt.number(tokens, 0)), tokens
            )
        self._context.setCurrentIndex(place)

    def _predict(self) -> None:
        run = RunConfig(n_ctx=self._context.currentData(), kv_type=self._kv.currentData())
        for row in self._model.rows:
            self._model.replace(replace(row, fit=None, problem=""))
        self.run_changed.emit(run)

    # -- the selected one

    def _selected(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        row = self.current()
        if row is not None:
            if row.fit is None and not row.problem:
                self.wished.emit(row.quant.name)
            self._breakdown.show_fit(row, self._machine)
            self._show_largest()
        self.current_changed.emit()

    def _show_largest(self) -> None:
        """The largest file that fits with room to spare, as it is predicted now."""
        good = (Verdict.FITS_GPU, Verdict.FITS)
        fitting = [row for row in self._model.rows if row.fit is not None and row.fit.verdict in good]
        largest = max(fitting, key=lambda row: row.quant.size, default=None)
        current = self.current()
        if largest is None or largest.fit is None or largest is current or len(self._model.rows) < 2:
            self.plan.show_largest_file(None)
        else:
            self.plan.show_largest_file(Option(largest.title, largest.fit.run, largest.fit, ""))

    def show_longest(self, name: str, tokens: int) -> None:
        """The longest context with which the file called `name` still fits."""
        row = self.current()
        if row is None or row.quant.name != name:
            return
        if row.fit is None or tokens <= 0 or tokens == row.fit.run.n_ctx:
            self.plan.show_longest(None)
        else:
            run = replace(row.fit.run, n_ctx=tokens)
            self.plan.show_longest(Option(row.title, run, row.fit, ""))

    def set_narrow(self, narrow: bool) -> None:
        """Hide the columns that a small window has no room for."""
        self._narrow = narrow
        self._legend.setVisible(not narrow)
        self._breakdown.set_narrow(narrow)
        self.plan.set_narrow(narrow)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave room for what a quantization means; the bits and the length of the bars give way first."""
        tight = self.width() < TIGHT
        self.table.setColumnHidden(Column.MEMORY, self._narrow)
        self.table.setColumnHidden(Column.BITS, self._narrow or tight)
        head, narrow = self.table.horizontalHeader(), self._narrow
        head.resizeSection(Column.MEMORY, MEMORY_WIDTH_TIGHT if tight else MEMORY_WIDTH)
        head.resizeSection(Column.SIZE, SIZE_WIDTH_NARROW if narrow else SIZE_WIDTH)
        head.resizeSection(Column.ACTION, ACTION_WIDTH_NARROW if narrow else ACTION_WIDTH)
        self._legend.set_tight(tight)


def _projectors(detail: RepoDetail) -> tuple[QuantFile, ...]:
    """Vision projectors that are files of their own; those of Ollama are layers, which come along anyway."""
    if detail.model.source is Source.OLLAMA:
        return ()
    return tuple(quant for quant in detail.quants if quant.kind == "projector")
