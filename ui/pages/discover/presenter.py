"""What the result list asks of the backend, and the answers as Qt signals on the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import Fit, RunConfig
from backend.errors import AppError
from backend.events import OfflineChanged
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import HubModel, SameWeights, SearchPage, SearchQuery, Source
from ui import tasks
from ui.bridge import EventBridge

FITS_AT_ONCE = 3
"""Rows whose headers are read at once; the hub allows an anonymous visitor about 500 calls in 5 minutes."""
WISHES = 40


class SearchPresenter(QObject):
    """Searches both gardens and predicts rows. Answers to an older question are dropped: typing never shows
    stale rows.

    Attributes:
        wanted: Key of the model that the search box names, and the choice in it; both empty for keywords.
    """

    searching = Signal()
    results_ready = Signal(object, bool)  # SearchPage, whether it is the first of a new search
    search_failed = Signal(object)  # AppError
    not_a_search = Signal(object)  # Parsed: the text means a file
    row_fit = Signal(str, object)  # key of a model, Fit
    same_known = Signal(str, object)  # key of a model, tuple of SameWeights
    fits_forgotten = Signal()
    offline_changed = Signal(bool)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._query = SearchQuery()
        self._cursor: str | None = None
        self._generation = 0
        self._loading = False
        self.wanted: tuple[str, str] = ("", "")
        self._wanted_fits: OrderedDict[str, HubModel] = OrderedDict()
        self._running_fits: set[str] = set()
        self._known_fits: set[str] = set()
        self._known_same: dict[str, tuple[SameWeights, ...]] = {}
        self.run = RunConfig()
        bridge.on(OfflineChanged, self._on_offline)

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    # -- searching

    def search(self, query: SearchQuery) -> None:
        """Start over with `query`; the first page arrives through `results_ready`."""
        self._query = query
        self._cursor = None
        self._generation += 1
        self._loading = False
        self._wanted_fits.clear()
        parsed = parse_query(query.text)
        self.wanted = ("", "")
        match parsed.kind:
            case Kind.PATH:
                self.not_a_search.emit(parsed)
                return
            case Kind.OLLAMA:
                self.wanted = (f"{Source.OLLAMA.value}:{parsed.name}".lower(), parsed.tag or "")
            case Kind.REPO:
                key = f"{Source.HUGGING_FACE.value}:{parsed.repo_id}".lower()
                self.wanted = (key, parsed.file or parsed.quant or "")
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

        def work() -> tuple[SearchPage, list[tuple[str, tuple[SameWeights, ...]]]]:
            page = self._backend.catalogue.search(query, cursor)
            return page, self._same(row.key for row in page.rows)

        def done(found: tuple[SearchPage, list[tuple[str, tuple[SameWeights, ...]]]]) -> None:
            if generation != self._generation:
                return
            page, same = found
            self._loading = False
            self._cursor = page.next_cursor
            self._tell_same(same)
            self.results_ready.emit(page, cursor is None)

        def failed(error: AppError) -> None:
            if generation == self._generation:
                self._loading = False
                self.search_failed.emit(error)

        tasks.run(work, done, failed, owner=self)

    def _same(self, keys: Iterable[str]) -> list[tuple[str, tuple[SameWeights, ...]]]:
        """What is known of the same weights elsewhere, for those of `keys` where something is. Blocking."""
        found = ((key, self._backend.catalogue.same_weights(key)) for key in keys)
        return [(key, same) for key, same in found if same]

    def ask_same(self, model: HubModel) -> None:
        """Digests of `model` were read: look whether another garden has the same ones."""

        def work() -> list[tuple[str, tuple[SameWeights, ...]]]:
            own = self._same((model.key,))
            others = (f"{same.source.value}:{same.id}" for _, each in own for same in each)
            return [*own, *self._same(dict.fromkeys(others))]

        tasks.run(work, self._tell_same, owner=self)

    def _tell_same(self, found: list[tuple[str, tuple[SameWeights, ...]]]) -> None:
        for key, same in found:
            if self._known_same.get(key) != same:
                self._known_same[key] = same
                self.same_known.emit(key, same)

    def same_of(self, key: str) -> tuple[SameWeights, ...]:
        """What is known by now of the same weights elsewhere, without asking anybody."""
        return self._known_same.get(key, ())

    # -- fit pills of the rows

    def want_fit(self, model: HubModel) -> None:
        """Ask for the pill of a row that came into view; the newest wish is served first."""
        if model.key in self._known_fits or model.key in self._running_fits or not model.has_gguf:
            return
        self._wanted_fits[model.key] = model
        self._wanted_fits.move_to_end(model.key)
        while len(self._wanted_fits) > WISHES:
            self._wanted_fits.popitem(last=False)
        self._pump_fits()

    def _pump_fits(self) -> None:
        while self._wanted_fits and len(self._running_fits) < FITS_AT_ONCE:
            key, model = self._wanted_fits.popitem(last=True)
            self._running_fits.add(key)
            run = self.run

            def done(fit: Fit | None, model: HubModel = model, run: RunConfig = run) -> None:
                self._running_fits.discard(model.key)
                if run != self.run:  # predicted for another context length meanwhile
                    self.want_fit(model)
                    return
                self._known_fits.add(model.key)
                if fit is not None:
                    self.row_fit.emit(model.key, fit)
                self.ask_same(model)
                self._pump_fits()

            def failed(_error: AppError, key: str = key) -> None:
                # A row without a pill is honest; the detail pane says why when it is opened.
                self._running_fits.discard(key)
                self._known_fits.add(key)
                self._pump_fits()

            def work(model: HubModel = model, run: RunConfig = run) -> Fit | None:
                return self._backend.fits.row(model, run)

            tasks.run(work, done, failed, owner=self)

    def ask_again(self) -> None:
        """What could not be read may be read now; rows that have their pill do not ask."""
        self._known_fits.clear()

    def set_run(self, run: RunConfig) -> None:
        """Predict all rows again for another context length or cache type."""
        self.run = run
        self._known_fits.clear()
        self.fits_forgotten.emit()

    def _on_offline(self, event: OfflineChanged) -> None:
        if not event.offline:
            self.ask_again()
        self.offline_changed.emit(event.offline)
