"""What the Discover page asks of the backend, and the answers as Qt signals on the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.sentence import Ruler, machine_sentence, ruler
from backend.capacity.types import Disk, Fit, Machine, RunConfig
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.events import JobChanged, JobRemoved, LibraryChanged, OfflineChanged
from backend.fits import best_quant, pick_quant
from backend.hubs.recommend import Recommendation, bundled, pick
from backend.hubs.types import HubModel, QuantFile, RepoDetail, SearchPage, SearchQuery
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge

FITS_AT_ONCE = 3
"""Rows whose headers are read at once; the hub allows an anonymous visitor about 500 calls in 5 minutes."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the first start shows.

    Attributes:
        recommendations: Three entries with their predicted fit.
        checked: Whether the hub confirmed them.
        on_disk: Models that other programs or earlier days left here, without the starter.
    """

    sentence: str
    ruler: Ruler
    machine: Machine
    recommendations: tuple[tuple[Recommendation, Fit], ...]
    checked: bool
    on_disk: tuple[LibraryModel, ...]


class DiscoverPresenter(QObject):
    """Searches, details and fits. Answers to an older question are dropped: typing never shows stale rows."""

    results_cleared = Signal()
    results_added = Signal(object, bool)  # tuple[HubModel, ...], more pages follow
    search_failed = Signal(object)  # AppError
    row_fit = Signal(str, object)  # model id, Fit
    detail_ready = Signal(object, object)  # RepoDetail, the recommended QuantFile or None
    detail_failed = Signal(str, object)  # model id, AppError
    file_fit = Signal(str, object)  # quant file name, Fit
    card_ready = Signal(str, str)  # model id, markdown
    card_failed = Signal(object)  # AppError
    welcome_ready = Signal(object)  # Welcome
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
        self._wanted_fits: OrderedDict[str, HubModel] = OrderedDict()
        self._running_fits: set[str] = set()
        self._known_fits: set[str] = set()
        self.run = RunConfig()
        self.jobs: dict[str, DownloadJob] = {}
        self.library: tuple[LibraryModel, ...] = ()
        bridge.on(JobChanged, self._on_job)
        bridge.on(JobRemoved, self._on_job_removed)
        bridge.on(LibraryChanged, lambda _event: self.refresh_library())
        bridge.on(OfflineChanged, lambda event: self.offline_changed.emit(event.offline))

    # -- searching

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    def search(self, query: SearchQuery) -> None:
        """Start over with `query`; the first page arrives through `results_added`."""
        self._query = query
        self._cursor = None
        self._generation += 1
        self._loading = False
        self._wanted_fits.clear()
        self.results_cleared.emit()
        self._fetch()

    def more(self) -> None:
        """Fetch the next page, if there is one and none is on its way."""
        if self._cursor is not None and not self._loading:
            self._fetch()

    def _fetch(self) -> None:
        generation, query, cursor = self._generation, self._query, self._cursor
        self._loading = True

        def done(page: SearchPage) -> None:
            if generation != self._generation:
                return
            self._loading = False
            self._cursor = page.next_cursor
            self.results_added.emit(page.rows, page.next_cursor is not None)

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

            def done(fit: Fit | None, model_id: str = model_id) -> None:
                self._running_fits.discard(model_id)
                self._known_fits.add(model_id)
                if fit is not None:
                    self.row_fit.emit(model_id, fit)
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

        def work() -> tuple[RepoDetail, QuantFile | None]:
            detail = self._backend.hub.detail(model_id)
            return detail, best_quant(detail, self._backend.machines.read())

        def done(found: tuple[RepoDetail, QuantFile | None]) -> None:
            self._detail, best = found
            self.detail_ready.emit(self._detail, best)
            self._predict(self._detail, best)

        def failed(error: AppError) -> None:
            self.detail_failed.emit(model_id, error)

        if self._detail_task is not None:
            self._detail_task.cancel()
        self._detail_task = tasks.run(work, done, failed, owner=self)

    _detail_task: tasks.Task | None = None

    def set_run(self, run: RunConfig) -> None:
        """Predict everything again for another context length or cache type."""
        self.run = run
        self._known_fits.clear()
        if self._detail is not None:
            self._predict(self._detail, None)

    def _predict(self, detail: RepoDetail, best: QuantFile | None) -> None:
        """Tier 0 for every file at once, then the exact header, one file after another."""
        run = self.run
        models = sorted(
            (quant for quant in detail.quants if quant.kind == "model"),
            key=lambda quant: (quant is not best, quant.size),
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

            def failed(_error: AppError) -> None:
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
        """Start the transfer; an error (no space, offline) arrives through `detail_failed`."""
        request = DownloadRequest(detail.model.id, detail.commit, quant)
        model_id = detail.model.id
        tasks.run(
            lambda: self._backend.downloads.start(request),
            lambda _job: self.jobs_changed.emit(),
            lambda error: self.detail_failed.emit(model_id, error),
            owner=self,
        )

    def download_recommended(self, entry: Recommendation) -> None:
        """Download a recommendation. Its repository is looked up first: the digest comes from the hub."""

        def work() -> DownloadJob:
            detail = self._backend.hub.detail(entry.repo_id)
            for quant in detail.quants:
                if quant.name == entry.file:
                    return self._backend.downloads.start(
                        DownloadRequest(detail.model.id, detail.commit, quant)
                    )
            quant = pick_quant(detail, "", self._backend.machines.read())
            return self._backend.downloads.start(DownloadRequest(detail.model.id, detail.commit, quant))

        tasks.run(
            work,
            lambda _job: self.jobs_changed.emit(),
            lambda error: self.detail_failed.emit(entry.repo_id, error),
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

    # -- the machine and the first start

    def refresh_machine(self) -> None:
        def work() -> tuple[Machine, Disk]:
            machines = self._backend.machines
            return machines.read(), machines.disk(self._backend.hub_cache)

        tasks.run(work, lambda found: self.machine_ready.emit(*found), owner=self)

    def load_welcome(self) -> None:
        """Gather what the first start shows: nothing of it needs the network."""

        def work() -> Welcome:
            machine = self._backend.machines.read()
            chosen = tuple(
                (entry, self._backend.fits.typical(entry.parameters, entry.size))
                for entry in pick(machine, bundled())
            )
            on_disk = tuple(model for model in self._backend.library.models() if model.id != "starter")
            return Welcome(machine_sentence(machine), ruler(machine), machine, chosen, False, on_disk)

        tasks.run(work, self._welcome_done, owner=self)

    def check_recommendations(self, welcome: Welcome) -> None:
        """Ask the hub whether the recommendations still exist, with sizes and fits. Only on a click."""

        def work() -> Welcome:
            rows = []
            for entry, predicted in welcome.recommendations:
                detail = self._backend.hub.detail(entry.repo_id)
                quant = next((q for q in detail.quants if q.name == entry.file), None)
                quant = quant or pick_quant(detail, "", welcome.machine)
                fit = self._backend.fits.remote(detail, quant, predicted.run, tier=0)
                rows.append((replace(entry, file=quant.name, size=quant.size, checked=True), fit))
            return replace(welcome, recommendations=tuple(rows), checked=True)

        tasks.run(work, self._welcome_done, lambda error: self.search_failed.emit(error), owner=self)

    def _welcome_done(self, welcome: Welcome) -> None:
        self.welcome_ready.emit(welcome)
