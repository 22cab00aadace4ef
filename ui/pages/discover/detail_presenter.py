"""What the open repository asks of the backend, and the answers as Qt signals on the GUI thread."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import RunConfig
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.fit_choice import best_quant, pick_quant
from backend.hubs.types import HubModel, QuantFile, RepoDetail, SearchPage, Source
from ui import tasks
from ui.pages.discover.file_fits import FilePredictor
from ui.pages.discover.planner import Planner


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


class Related(StrEnum):
    """Lists that belong to the base of a model."""

    VARIANTS = "variants"
    ADAPTERS = "adapters"


class DetailPresenter(QObject):
    """Details, cards, related models and downloads. Answers for what is no longer open are dropped."""

    detail_ready = Signal(object)  # Opened
    detail_failed = Signal(str, object)  # key of a model, AppError
    learned = Signal(object)  # HubModel of which digests may be known now
    download_started = Signal()
    download_failed = Signal(str, object)  # key of a model, AppError
    card_ready = Signal(str, str)  # key of a model, Markdown
    card_failed = Signal(object)  # AppError
    related_ready = Signal(object, object, bool)  # Related, SearchPage, whether it is the first
    related_failed = Signal(object, object)  # Related, AppError
    token_known = Signal(bool)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._model: HubModel | None = None
        self._detail: RepoDetail | None = None
        self._task: tasks.Task | None = None
        self._cursors: dict[Related, str | None] = {}
        self._loading: set[Related] = set()
        self.files = FilePredictor(backend, self)
        self.files.completed.connect(lambda _quant: self._learn())
        self.planner = Planner(backend, self)
        self.files.surveyed.connect(self.planner.plan)
        self.run = RunConfig()

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    # -- opening

    def open(self, model: HubModel, choice: str = "") -> None:
        """Fetch the files of a repository; then the header of each, the one called `choice` first."""
        self._model = model
        self._detail = None
        self._cursors.clear()
        self._loading.clear()
        self.files.stop()
        self.planner.open(None)

        def work() -> Opened:
            detail = self._backend.catalogue.detail(model.source, model.ref)
            machine = self._backend.machines.read()
            best = best_quant(detail, machine)
            if not choice:
                return Opened(detail, best, best)
            tagged = next((quant for quant in detail.quants if quant.tag == choice), None)
            try:
                return Opened(detail, best, tagged or pick_quant(detail, choice, machine))
            except AppError:
                return Opened(detail, best, best, choice)

        def done(opened: Opened) -> None:
            self._detail = opened.detail
            self.planner.open(opened.detail)
            self.detail_ready.emit(opened)
            self.learned.emit(opened.detail.model)
            self.files.start(opened.detail, opened.selected, self.run)

        if self._task is not None:
            self._task.cancel()
        self._task = tasks.run(
            work, done, lambda error: self.detail_failed.emit(model.key, error), owner=self
        )

    def close(self) -> None:
        """Nothing is open any more."""
        self._model = self._detail = None
        self.files.stop()
        self.planner.open(None)
        if self._task is not None:
            self._task.cancel()

    def set_run(self, run: RunConfig) -> None:
        """Predict everything again for another context length or cache type."""
        self.run = run
        self.planner.forget()
        self.files.set_run(run)

    def _learn(self) -> None:
        if self._model is not None:
            self.learned.emit(self._model)

    def load_card(self) -> None:
        """Fetch the card of the open repository."""
        detail = self._detail
        if detail is None:
            return

        def done(text: str) -> None:
            if self._detail is detail:
                self.card_ready.emit(detail.model.key, text)

        def failed(error: AppError) -> None:
            if self._detail is detail:
                self.card_failed.emit(error)

        tasks.run(lambda: self._backend.catalogue.card(detail), done, failed, owner=self)

    # -- related models

    def load_related(self, kind: Related) -> None:
        """Fetch the first page of a list, or the next one; nothing at its end or while one is on its way."""
        model = self._model
        if model is None or kind in self._loading or self._cursors.get(kind, "") is None:
            return
        cursor = self._cursors.get(kind)
        catalogue = self._backend.catalogue
        ask: Callable[[HubModel, str | None], SearchPage]
        ask = catalogue.variants if kind is Related.VARIANTS else catalogue.adapters
        self._loading.add(kind)

        def done(page: SearchPage) -> None:
            if self._model is model:
                self._loading.discard(kind)
                self._cursors[kind] = page.next_cursor
                self.related_ready.emit(kind, page, cursor is None)

        def failed(error: AppError) -> None:
            if self._model is model:
                self._loading.discard(kind)
                self.related_failed.emit(kind, error)

        tasks.run(lambda: ask(model, cursor), done, failed, owner=self)

    # -- access and downloads

    def ask_token(self) -> None:
        """Look whether there is an access token; `token_known` says it. The keyring may take its time."""
        tasks.run(lambda: self._backend.tokens.current() is not None, self.token_known.emit, owner=self)

    def download(self, detail: RepoDetail, quant: QuantFile, projector: QuantFile | None = None) -> None:
        """Start the transfer, or go on with it; an error (no space) arrives through `download_failed`.

        Args:
            projector: What the model needs to read images, to come along.
        """
        model = detail.model
        known = self.files.quant(quant.name) or quant

        def work() -> DownloadJob:
            whole = known if known.manifest else self._backend.catalogue.complete(detail, known)
            if projector is not None:
                whole = replace(whole, extras=(*whole.extras, *projector.files))
            commit = detail.commit
            if model.source is Source.OLLAMA:
                commit = hashlib.sha256(whole.manifest.encode()).hexdigest()
            return self._backend.downloads.start(DownloadRequest(model.id, commit, whole, model.source))

        tasks.run(
            work,
            lambda _job: self.download_started.emit(),
            lambda error: self.download_failed.emit(model.key, error),
            owner=self,
        )
