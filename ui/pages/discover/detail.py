"""One repository: its files with what each needs here, and its card."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from backend.capacity.types import Disk, Fit, Ledger, Machine, RunConfig, Verdict
from backend.capacity.verdict import available
from backend.engines.types import KvType
from backend.errors import AppError
from backend.hubs.types import HubModel, RepoDetail
from backend.i18n import tr
from ui import format as fmt
from ui.markdown import MarkdownView
from ui.pages.discover.breakdown import Breakdown, Legend
from ui.pages.discover.delegates import FileDelegate
from ui.pages.discover.detail_header import DetailHeader
from ui.pages.discover.files import Column, FileRow, FilesModel
from ui.pages.discover.files_table import FilesTable, MemoryHeader
from ui.pages.discover.presenter import DiscoverPresenter, Opened
from ui.pages.discover.texts import seen
from ui.widgets.fit_pill import fit_pill_width
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState, ErrorState

CONTEXTS = (2048, 4096, 8192, 16384, 32768, 65536, 131072)
KV_TYPES: tuple[KvType, ...] = ("f16", "q8_0", "q4_0")
NARROW = 720


class DetailPane(QWidget):
    """Right side of the page; shows nothing, a repository, or why it could not be read."""

    chat = Signal(str)  # library id
    open_jobs = Signal()
    open_link = Signal(str)

    def __init__(self, presenter: DiscoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._detail: RepoDetail | None = None
        self._row: HubModel | None = None
        self._free = 0
        self._disk_free = 0
        self._narrow = False
        self._machine: Machine | None = None
        self._card_for = ""
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack)

        self._empty = EmptyState(
            "compass",
            tr("Choose a model"),
            tr("Its files appear here, with what each of them needs on this machine."),
        )
        self._stack.addWidget(self._empty)
        self._error = ErrorState()
        self._error.retry.connect(self._retry)
        self._stack.addWidget(self._error)
        self._stack.addWidget(self._content())

        presenter.detail_ready.connect(self._show_detail)
        presenter.detail_failed.connect(self._show_error)
        presenter.download_failed.connect(self._show_download_error)
        presenter.file_fit.connect(self._set_fit)
        presenter.file_fit_failed.connect(self._set_fit_problem)
        presenter.card_ready.connect(self._show_card)
        presenter.card_failed.connect(self._card_error)
        presenter.jobs_changed.connect(self._refresh_states)
        presenter.library_changed.connect(self._refresh_states)
        presenter.machine_ready.connect(self._show_machine)

    # -- construction

    def _content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header = DetailHeader()
        self._header.acted.connect(self._act_on_current)
        self._header.site_wanted.connect(self._open_site)
        layout.addWidget(self._header)
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.addTab(tr("Files"))
        self._tabs.addTab(tr("About"))
        self._tabs.currentChanged.connect(self._tab_changed)
        tab_row = QHBoxLayout()
        tab_row.setContentsMargins(22, 0, 16, 0)
        tab_row.addWidget(self._tabs)
        tab_row.addStretch(1)
        layout.addLayout(tab_row)
        layout.addWidget(hairline())
        self._body = QStackedWidget()
        self._body.addWidget(self._files_page())
        self._card = MarkdownView()
        self._card.link_activated.connect(self.open_link)
        self._body.addWidget(self._card_page())
        layout.addWidget(self._body, 1)
        layout.addWidget(self._footer())
        return page

    def _card_page(self) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Model card"))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 16, 24, 24)
        layout.addWidget(self._card)
        layout.addStretch(1)
        area.setWidget(page)
        return area

    def _files_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(24, 10, 24, 10)
        strip.setSpacing(8)
        strip.addWidget(_small(tr("Predicted for")))
        self._context = QComboBox()
        self._context.setAccessibleName(tr("Context length"))
        for tokens in CONTEXTS:
            self._context.addItem(tr("{count} tokens", n=tokens, count=fmt.number(tokens, 0)), tokens)
        self._context.setCurrentIndex(CONTEXTS.index(8192))
        self._context.currentIndexChanged.connect(self._run_changed)
        strip.addWidget(self._context)
        strip.addWidget(_small(tr("cache")))
        self._kv = QComboBox()
        self._kv.setAccessibleName(tr("KV cache type"))
        for kind in KV_TYPES:
            self._kv.addItem(kind.upper(), kind)
        self._kv.currentIndexChanged.connect(self._run_changed)
        strip.addWidget(self._kv)
        strip.addStretch(1)
        self._legend = Legend()
        strip.addWidget(self._legend)
        layout.addLayout(strip)
        layout.addWidget(hairline())

        self._model = FilesModel(self)
        self._table = FilesTable()
        self._table.setHorizontalHeader(MemoryHeader(Column.MEMORY, self._table))
        self._table.setModel(self._model)
        self._table.setItemDelegate(FileDelegate(lambda: self._free, self._table))
        self._table.act.connect(self._act)
        self._table.selectionModel().currentRowChanged.connect(self._current_changed)
        head = self._table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.QUANT, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (Column.SIZE, 76),
            (Column.BITS, 48),
            (Column.FIT, _widest_pill() + 16),
            (Column.MEMORY, 148),
            (Column.SPEED, 60),
            (Column.ACTION, 56),
        ):
            head.resizeSection(column, width)
        layout.addWidget(self._table, 1)
        self._no_files = EmptyState(
            "file-question-mark",
            tr("No GGUF files here"),
            tr(
                "This engine runs GGUF files. Search for the model's name to find a repository that has them."
            ),
        )
        self._no_files.hide()
        layout.addWidget(self._no_files, 1)
        self._breakdown = Breakdown()
        layout.addWidget(self._breakdown)
        return page

    def _footer(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "footer")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(16)
        self._predicted = ElidedLabel(tr("~ predicted from the file's header"), "small", "2")
        layout.addWidget(self._predicted, 1)
        self._store = ElidedLabel("", "small", "2")
        self._store.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._store, 1)
        return frame

    # -- showing

    def show_model(self, model: HubModel) -> None:
        """Ask for the files of `model`; its name and facts are shown at once."""
        self._row = model
        self._detail = None
        self._card_for = ""
        self._header.show_model(model)
        self._header.set_notice("")
        self._header.set_note("")
        self._header.show_file(None)
        self._model.set_rows(())
        self._table.show()
        self._no_files.hide()
        self._breakdown.clear(tr("Reading the list of files …"))
        self._tabs.setCurrentIndex(0)
        self._tabs.setTabText(0, tr("Files"))
        self._stack.setCurrentIndex(2)
        self._presenter.open(model.id)

    def focus_files(self) -> None:
        """Give the keyboard to the files, where Enter downloads or chats."""
        self._tabs.setCurrentIndex(0)
        self._table.setFocus()

    def clear(self) -> None:
        """Show that nothing is open."""
        self._row = None
        self._detail = None
        self._stack.setCurrentIndex(0)

    def _show_detail(self, opened: Opened) -> None:
        detail = opened.detail
        if self._row is None or detail.model.id != self._row.id:
            return
        self._detail = detail
        self._header.show_model(detail.model)
        if detail.model.gated:
            text = tr("Gated: accept the terms on the model's page first, then set HF_TOKEN.")
            self._header.set_notice(text, tr("Open the page"))
        notes = []
        if opened.missing:
            notes.append(tr("There is no file {name} here.", name=opened.missing))
        if detail.cached_at is not None:
            notes.append(seen(detail.cached_at, offline=self._presenter.offline))
        self._header.set_note(" ".join(notes))
        models = sorted((q for q in detail.quants if q.kind == "model"), key=lambda quant: quant.size)
        best = opened.recommended
        self._model.set_rows(tuple(FileRow(quant, recommended=quant is best) for quant in models))
        self._tabs.setTabText(0, tr("Files") + f"  {len(models)}")
        self._table.setVisible(bool(models))
        self._no_files.setVisible(not models)
        self._breakdown.setVisible(bool(models))
        self._refresh_states()
        if opened.selected in models:
            self._table.selectRow(models.index(opened.selected))

    def _show_error(self, model_id: str, error: AppError) -> None:
        if self._row is None or model_id != self._row.id:
            return
        self._error.set_error(error)
        self._stack.setCurrentIndex(1)

    def _show_download_error(self, model_id: str, error: AppError) -> None:
        """A download that could not even start, for want of space or network."""
        if self._detail is not None and model_id == self._detail.model.id:
            self._header.set_notice(str(error))

    def _retry(self) -> None:
        if self._row is not None:
            self.show_model(self._row)

    def _set_fit(self, name: str, fit: Fit) -> None:
        row = self._model.row_named(name)
        if row is None:
            return
        self._model.replace(replace(row, fit=fit, problem=""))
        self._table.viewport().update()  # the common scale of the Memory column may have changed
        current = self._table.row_at(self._table.currentIndex())
        if current is not None and current.quant.name == name:
            self._show_current()

    def _set_fit_problem(self, name: str, error: AppError) -> None:
        row = self._model.row_named(name)
        if row is not None and row.fit is None:
            self._model.replace(replace(row, problem=str(error)))
            self._show_current()

    def _refresh_states(self) -> None:
        if self._detail is None:
            return
        for row in self._model.rows:
            job = self._presenter.job_for(self._detail.model.id, row.quant)
            local = self._presenter.local_copy(self._detail.model.id, row.quant) is not None
            self._model.replace(replace(row, job=job, local=local))
        self._show_current()

    def _show_machine(self, machine: Machine, disk: Disk) -> None:
        self._machine = machine
        self._free = sum(available(pool) for pool in machine.gpus or (machine.ram,))
        self._disk_free = disk.free
        header = self._table.horizontalHeader()
        if isinstance(header, MemoryHeader):
            header.set_free(self._free)
        self._show_store()
        self._table.viewport().update()
        self._show_current()

    def _show_store(self) -> None:
        size = fmt.size(self._disk_free)
        if self._narrow:
            self._store.setText(tr("Hugging Face cache · {size} free", size=size))
        else:
            self._store.setText(tr("Saves to the Hugging Face cache · {size} free", size=size))

    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        """The main button and the breakdown follow the selected file."""
        row = self._table.row_at(self._table.currentIndex())
        self._header.show_file(row)
        if row is not None:
            self._breakdown.show_fit(row, self._machine)

    # -- acting

    def _act_on_current(self) -> None:
        row = self._table.row_at(self._table.currentIndex())
        if row is not None:
            self._act(row)

    def _act(self, row: FileRow) -> None:
        if self._detail is None:
            return
        local = self._presenter.local_copy(self._detail.model.id, row.quant)
        if local is not None:
            self.chat.emit(local.id)
        elif row.downloading:
            self.open_jobs.emit()
        else:
            self._presenter.download(self._detail, row.quant)

    def _run_changed(self) -> None:
        run = RunConfig(n_ctx=self._context.currentData(), kv_type=self._kv.currentData())
        for row in self._model.rows:
            self._model.replace(replace(row, fit=None, problem=""))
        self._presenter.set_run(run)

    def _tab_changed(self, place: int) -> None:
        self._body.setCurrentIndex(place)
        if place == 1 and self._detail is not None and self._card_for != self._detail.model.id:
            self._card.set_placeholder(tr("Reading the model card …"))
            self._presenter.load_card()

    def _show_card(self, model_id: str, text: str) -> None:
        self._card_for = model_id
        self._card.set_markdown(text if text.strip() else tr("*This repository has no model card.*"))

    def _card_error(self, error: AppError) -> None:
        self._card.set_placeholder(str(error))

    def _open_site(self) -> None:
        if self._row is not None:
            self.open_link.emit(f"https://huggingface.co/{self._row.id}")

    def set_narrow(self, narrow: bool) -> None:
        """Hide the columns that a small window has no room for."""
        self._narrow = narrow
        self._legend.setVisible(not narrow)
        self._show_store()
        for column in (Column.BITS, Column.MEMORY):
            self._table.setColumnHidden(column, narrow)
        self._breakdown.set_narrow(narrow)


def _small(text: str) -> QLabel:
    return label(text, "small", "2")


def _widest_pill() -> int:
    """Pixels of the widest fit pill with a number, in the language of the window."""
    ledger = Ledger(88_800_000_000, 0, 0, 0)
    return max(fit_pill_width(Fit(verdict, ledger, RunConfig(), 0, 0)) for verdict in Verdict)
