"""What the Discover page asks of the backend, and the answers as Qt signals on the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import Disk, Fit, Machine, RunConfig
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.events import JobChanged, JobRemoved, LibraryChanged, OfflineChanged
from backend.fits import best_quant, pick_quant
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import HubModel, QuantFile, RepoDetail, SearchPage, SearchQuery
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge

FITS_AT_ONCE = 3
"""Rows whose headers are read at once; the hub allows an anonymous visitor about 500 calls in 5 minutes."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A repository whose files are known.

    Attributes:
        recommended: The file that most people should take here; None where there is no model file.
        selected: The file that was asked for by name, else the recommended one.
        missing: What was asked for by name and is not there; else empty.
    """

    detail: RepoDetail
    recommended: QuantFile | None
    selected: QuantFile | None
    missing: str = ""


class DiscoverPresenter(QObject):
    """Searches, details and fits. Answers to an older question are dropped: typing never shows stale rows."""

    searching = Signal()
    results_ready = Signal(object, bool)  # SearchPage, whether it is the first of a new search
    search_failed = Signal(object)  # AppError
    not_a_search = Signal(object)  # Parsed: the text means an Ollama model or a file
    row_fit = Signal(str, object)  # model id, Fit
    fits_forgotten = Signal()
    detail_ready = Signal(object)  # Opened
    detail_failed = Signal(str, object)  # model id, AppError
    download_failed = Signal(str, object)  # model id, AppError
    file_fit = Signal(str, object)  # quant file name, Fit
    file_fit_failed = Signal(str, object)  # quant file name, AppError
    card_ready = Signal(str, str)  # model id, markdown
    card_failed = Signal(object)  # AppError
    machine_ready = Signal(object, object)  # Machine, Disk
    jobs_changed = Signal()
    library_changed = Signal()
    offline_changed = Signal(bool)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._query = SearchQuery()
        self._cursor: str | None = None
        self._generation = 0
        self._loading = False
        self._detail: RepoDetail | None = None
        self._detail_task: tasks.Task | None = None
        self._wanted_file: tuple[str, str] = ("", "")
        """Repository, and the quantization or file in it, that the search box names."""
        self._wanted_fits: OrderedDict[str, HubModel] = OrderedDict()
        self._running_fits: set[str] = set()
        self._known_fits: set[str] = set()
        self.run = RunConfig()
        self.jobs: dict[str, DownloadJob] = {}
        self.library: tuple[LibraryModel, ...] = ()
        bridge.on(JobChanged, self._on_job)
        bridge.on(JobRemoved, self._on_job_removed)
        bridge.on(LibraryChanged, lambda _event: self.refresh_library())
        bridge.on(OfflineChanged, self._on_offline)

    # -- searching

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    def search(self, query: SearchQuery) -> None:
        """Start over with `query`; the first page arrives through `results_ready`."""
        self._query = query
        self._cursor = None
        self._generation += 1
        self._loading = False
        self._wanted_fits.clear()
        parsed = parse_query(query.text)
        self._wanted_file = ((parsed.repo_id or "").lower(), parsed.file or parsed.quant or "")
        if parsed.kind in (Kind.OLLAMA, Kind.PATH):
            self.not_a_search.emit(parsed)
            return
        self.searching.emit()
        self._fetch()

    def more(self) -> bool:
        """Fetch the next page, if there is one and none is on its way; whether it does."""
        if self._cursor is None or self._loading:
            return False
        self._fetch()
        return True

    def _fetch(self) -> None:
        generation, query, cursor = self._generation, self._query, self._cursor
        self._loading = True

        def done(page: SearchPage) -> None:
            if generation != self._generation:
                return
            self._loading = False
            self._cursor = page.next_cursor
            self.results_ready.emit(page, cursor is None)

        def failed(error: AppError) -> None:
            if generation == self._generation:
                self._loading = False
                self.search_failed.emit(error)

        tasks.run(lambda: self._backend.hub.search(query, cursor), done, failed, owner=self)

    # -- fit pills of the rows

    def want_fit(self, model: HubModel) -> None:
        """Ask for the pill of a row that came into view; the newest wish is served first."""
        if model.id in self._known_fits or model.id in self._running_fits or not model.has_gguf:
            return
        self._wanted_fits[model.id] = model
        self._wanted_fits.move_to_end(model.id)
        while len(self._wanted_fits) > 40:
            self._wanted_fits.popitem(last=False)
        self._pump_fits()

    def _pump_fits(self) -> None:
        while self._wanted_fits and len(self._running_fits) < FITS_AT_ONCE:
            model_id, model = self._wanted_fits.popitem(last=True)
            self._running_fits.add(model_id)
            run = self.run

            def done(fit: Fit | None, model: HubModel = model, run: RunConfig = run) -> None:
                self._running_fits.discard(model.id)
                if run != self.run:  # predicted for another context length meanwhile
                    self.want_fit(model)
                    return
                self._known_fits.add(model.id)
                if fit is not None:
                    self.row_fit.emit(model.id, fit)
                self._pump_fits()

            def failed(_error: AppError, model_id: str = model_id) -> None:
                # A row without a pill is honest; the detail pane says why when it is opened.
                self._running_fits.discard(model_id)
                self._known_fits.add(model_id)
                self._pump_fits()

            def work(model: HubModel = model, run: RunConfig = run) -> Fit | None:
                return self._backend.fits.row(model, run)

            tasks.run(work, done, failed, owner=self)

    # -- one repository

    def open(self, model_id: str) -> None:
        """Fetch the files of a repository; then the full header of each file, the recommended one first."""
        self._detail = None
        repo_id, wanted = self._wanted_file

        def work() -> Opened:
            detail = self._backend.hub.detail(model_id)
            machine = self._backend.machines.read()
            best = best_quant(detail, machine)
            if not wanted or repo_id != model_id.lower():
                return Opened(detail, best, best)
            try:
                return Opened(detail, best, pick_quant(detail, wanted, machine))
            except AppError:
                return Opened(detail, best, best, wanted)

        def done(opened: Opened) -> None:
            self._detail = opened.detail
            self.detail_ready.emit(opened)
            self._predict(opened.detail, opened.selected)

        def failed(error: AppError) -> None:
            self.detail_failed.emit(model_id, error)

        if self._detail_task is not None:
            self._detail_task.cancel()
        self._detail_task = tasks.run(work, done, failed, owner=self)

    def set_run(self, run: RunConfig) -> None:
        """Predict everything again for another context length or cache type."""
        self.run = run
        self._known_fits.clear()
        self.fits_forgotten.emit()
        if self._detail is not None:
            self._predict(self._detail, None)

    def _predict(self, detail: RepoDetail, first: QuantFile | None) -> None:
        """Tier 0 for one file after another, `first` before all others, then the exact header of each."""
        run = self.run
        models = sorted(
            (quant for quant in detail.quants if quant.kind == "model"),
            key=lambda quant: (quant is not first, quant.size),
        )

        def step(tier: int, rest: tuple[QuantFile, ...]) -> None:
            if not rest or self._detail is not detail or self.run != run:
                if tier == 0 and self._detail is detail and self.run == run:
                    step(1, tuple(models))
                return
            quant = rest[0]

            def done(fit: Fit) -> None:
                if self._detail is detail and self.run == run:
                    self.file_fit.emit(quant.name, fit)
                step(tier, rest[1:])

            def failed(error: AppError) -> None:
                if self._detail is detail and self.run == run:
                    self.file_fit_failed.emit(quant.name, error)
                step(tier, rest[1:])

            tasks.run(
                lambda: self._backend.fits.remote(detail, quant, run, tier=tier), done, failed, owner=self
            )

        step(0, tuple(models))

    def load_card(self) -> None:
        """Fetch the README of the open repository."""
        detail = self._detail
        if detail is None:
            return

        def done(text: str) -> None:
            if self._detail is detail:
                self.card_ready.emit(detail.model.id, text)

        def failed(error: AppError) -> None:
            if self._detail is detail:
                self.card_failed.emit(error)

        tasks.run(lambda: self._backend.hub.card(detail.model.id, detail.commit), done, failed, owner=self)

    # -- downloads and what is here

    def download(self, detail: RepoDetail, quant: QuantFile) -> None:
        """Start the transfer, or go on with it; an error (no space) arrives through `download_failed`."""
        request = DownloadRequest(detail.model.id, detail.commit, quant)
        model_id = detail.model.id
        tasks.run(
            lambda: self._backend.downloads.start(request),
            lambda _job: self.jobs_changed.emit(),
            lambda error: self.download_failed.emit(model_id, error),
            owner=self,
        )

    def job_for(self, repo_id: str, quant: QuantFile) -> DownloadJob | None:
        """The queue's row for this file, newest first."""
        for job in reversed(self.jobs.values()):
            if job.request.repo_id == repo_id and job.request.quant.name == quant.name:
                return job
        return None

    def local_copy(self, repo_id: str, quant: QuantFile | None = None) -> LibraryModel | None:
        """The library's row for this repository (and file, if given), if it can be opened."""
        for model in self.library:
            if model.repo_id == repo_id and not model.problem:
                if quant is None:
                    return model
                if model.path.name == quant.name.rsplit("/", 1)[-1]:
                    return model
        return None

    def refresh_library(self) -> None:
        def done(models: tuple[LibraryModel, ...]) -> None:
            self.library = models
            self.library_changed.emit()

        tasks.run(self._backend.library.models, done, owner=self)

    def refresh_jobs(self) -> None:
        def done(jobs: tuple[DownloadJob, ...]) -> None:
            self.jobs = {job.id: job for job in jobs}
            self.jobs_changed.emit()

        tasks.run(self._backend.downloads.jobs, done, owner=self)

    def _on_job(self, event: JobChanged) -> None:
        self.jobs[event.job.id] = event.job
        self.jobs_changed.emit()

    def _on_job_removed(self, event: JobRemoved) -> None:
        self.jobs.pop(event.job_id, None)
        self.jobs_changed.emit()

    def _on_offline(self, event: OfflineChanged) -> None:
        if not event.offline:
            self._known_fits.clear()  # what could not be read may be read now
        self.offline_changed.emit(event.offline)

    # -- the machine

    def refresh_machine(self) -> None:
        def work() -> tuple[Machine, Disk]:
            machines = self._backend.machines
            return machines.read(), machines.disk(self._backend.hub_cache)

        tasks.run(work, lambda found: self.machine_ready.emit(*found), owner=self)
