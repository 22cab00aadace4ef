"""Adapters in the garden for one base: searching, and what is being fetched of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend.downloads.types import DownloadJob, DownloadState
from backend.errors import AppError
from backend.events import JobChanged, JobRemoved, OfflineChanged
from backend.hubs.types import HubModel, SearchPage, Source
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.adapters.rows import HubRow

if TYPE_CHECKING:
    from backend.app import Backend

_PAUSE_MS = 300
_ACTIVE = (DownloadState.QUEUED, DownloadState.RUNNING, DownloadState.VERIFYING, DownloadState.PAUSED)


class Garden(QObject):
    """Signals:
    changed: `rows` are others; True with rows that have nothing to do with those before.
    searching: Whether an answer is awaited.
    trouble: The `AppError` of the last search, or None.
    failed: An `AppError` of a download.
    """

    changed = Signal(bool)
    searching = Signal(bool)
    trouble = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._base = ""
        self._text = ""
        self._found: tuple[HubModel, ...] = ()
        self._cursor: str | None = None
        self._jobs: dict[str, DownloadJob] = {}
        self._task: tasks.Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.search)
        self._failed = False
        bridge.on(JobChanged, self._on_job)
        bridge.on(JobRemoved, self._on_removed)
        bridge.on(OfflineChanged, self._on_offline)

    @property
    def rows(self) -> tuple[HubRow, ...]:
        return tuple(self._row(model) for model in self._found)

    @property
    def more(self) -> bool:
        """Whether there is another page."""
        return self._cursor is not None

    def _row(self, model: HubModel) -> HubRow:
        job = self._jobs.get(model.id)
        if job is None or job.state is DownloadState.FAILED:
            return HubRow(model)
        if job.state is DownloadState.DONE:
            return HubRow(model, here=True)
        return HubRow(model, job.done / job.total if job.total else 0.0)

    def set_base(self, base_id: str) -> None:
        """Search anew for another base."""
        if base_id != self._base:
            self._base = base_id
            self.search()

    def set_text(self, text: str) -> None:
        """Search for these words as soon as nobody types any more."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._soon.start()

    def search(self) -> None:
        """Ask for the first page."""
        self._soon.stop()
        self._ask(None)

    def next_page(self) -> None:
        """Ask for what follows, unless that is under way."""
        if self._cursor is not None and self._task is None:
            self._ask(self._cursor)

    def _ask(self, cursor: str | None) -> None:
        if self._task is not None:
            self._task.cancel()
        if not self._base:
            return
        base, text = self._base, self._text

        def done(page: SearchPage) -> None:
            self._task, self._failed = None, False
            self._found = page.rows if cursor is None else (*self._found, *page.rows)
            self._cursor = page.next_cursor
            self.searching.emit(False)
            self.trouble.emit(None)
            self.changed.emit(cursor is None)

        def failed(error: AppError) -> None:
            self._task, self._failed = None, True
            if cursor is None:
                self._found, self._cursor = (), None
                self.changed.emit(True)
            self.searching.emit(False)
            self.trouble.emit(error)

        self.searching.emit(True)
        ask = lambda: self._backend.adapters.garden(base, text, cursor)  # noqa: E731
        self._task = tasks.run(ask, done, failed, owner=self)

    def download(self, model: HubModel) -> None:
        """Fetch it; the jobs show how far it is."""
        job = self._jobs.get(model.id)
        if job is not None and job.state in _ACTIVE:
            return
        tasks.run(lambda: self._backend.adapters.download(model), None, self.failed.emit, owner=self)

    def _on_offline(self, event: OfflineChanged) -> None:
        if not event.offline and self._failed:
            self.search()

    def _on_job(self, event: JobChanged) -> None:
        job = event.job
        if job.request.source is Source.HUGGING_FACE and job.request.quant.kind == "adapter":
            self._jobs[job.request.repo_id] = job
            if any(model.id == job.request.repo_id for model in self._found):
                self.changed.emit(False)

    def _on_removed(self, event: JobRemoved) -> None:
        gone = [repo for repo, job in self._jobs.items() if job.id == event.job_id]
        for repo in gone:
            if self._jobs[repo].state is not DownloadState.DONE:
                del self._jobs[repo]
        if gone:
            self.changed.emit(False)
