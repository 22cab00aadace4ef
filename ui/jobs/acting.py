"""What the buttons of the drawer do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from backend.activities.types import Activity
from backend.downloads.pull import resolve
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.hubs.choosing import named_quant
from backend.hubs.types import GARDENS
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.jobs import texts
from ui.jobs.copies import Copies, spec_of
from ui.models.jobs import Job, JobsModel, Section, section_of
from ui.shell import Shell

if TYPE_CHECKING:
    from backend.app import Backend

ASK_ABOVE = 1_000_000_000
"""Bytes that have arrived, above which cancelling asks first: they would have to be fetched again."""


class JobActions(QObject):
    """Calls the services in the background and tells the person what came of it.

    Signals:
        left: The drawer should close, because a page is shown.
    """

    left = Signal()

    def __init__(self, model: JobsModel, copies: Copies, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._copies, self._shell = model, copies, shell
        self._backend: Backend | None = None

    def attach(self, backend: Backend) -> None:
        self._backend = backend

    def all(self, method: str) -> None:
        """``pause_all``, ``resume_all`` or ``clear_finished``; local work can only be cleared."""
        backend = self._backend
        if backend is None:
            return
        self._run(getattr(backend.downloads, method))
        if method == "clear_finished":
            self._run(backend.activities.clear_finished)

    def move(self, key: str, place: int) -> None:
        """Give a waiting download another place in the queue."""
        backend = self._backend
        if backend is not None:
            self._run(lambda: backend.downloads.move(key, place))

    def act(self, action: str, key: str) -> None:
        """What a row asked for."""
        backend, job = self._backend, self._model.job(key)
        if backend is None or job is None:
            return
        match action:
            case "chat":
                path = str(job.path)
                tasks.run(lambda: backend.library.find(path).id, self._chat, self.failed, owner=self)
            case "results" if isinstance(job, Activity):
                self.left.emit()
                self._shell.quantize(job.model_id)
            case "show":
                show_file(job.path)
            case "page" if isinstance(job, DownloadJob):
                QDesktopServices.openUrl(QUrl(texts.page_url(job)))
            case "token":
                self.left.emit()
                self._shell.open_settings("connections")
            case "copy":
                self._use_copy(backend, key)
            case "next" | "up" | "down":
                self._reorder(action, key)
            case "cancel":
                self._cancel(backend, job)
            case "again" if isinstance(job, Activity):
                self._fetch_again(backend, job)
            case "again":
                self._run(lambda: backend.downloads.retry(job.id))
            case "pause" | "resume":
                self._run(lambda: getattr(backend.downloads, action)(job.id))
            case "retry":
                service = backend.downloads if isinstance(job, DownloadJob) else backend.activities
                self._run(lambda: service.retry(job.id))

    def _reorder(self, action: str, key: str) -> None:
        waiting = self._model.waiting()
        if key not in waiting:
            return
        here = waiting.index(key)
        place = {"next": 0, "up": here - 1, "down": here + 1}[action]
        if 0 <= place < len(waiting) and place != here:
            self.move(key, place)

    def _cancel(self, backend: Backend, job: Job) -> None:
        if isinstance(job, Activity):
            ended = section_of(job) is Section.NEEDS_YOU
            self._run(lambda: (backend.activities.remove if ended else backend.activities.cancel)(job.id))
            return
        if section_of(job) is not Section.NEEDS_YOU and job.done > ASK_ABOVE:
            title = tr("Cancel the download of {name}?", name=job.name)
            text = tr("{size} have arrived and will be deleted. Pause keeps them.", size=fmt.size(job.done))
            if not self._shell.confirm(title, text, tr("Cancel the download"), danger=True):
                return
            self._run(lambda: backend.downloads.cancel(job.id))
            return
        self._run(lambda: backend.downloads.cancel(job.id), lambda _none: self._cancelled(job))

    def _cancelled(self, job: DownloadJob) -> None:
        self._shell.toast(
            tr("{name} was cancelled", name=f"{job.name} {job.label}".strip()),
            tr("Undo"),
            lambda: self.act("resume", job.id),
        )

    def _fetch_again(self, backend: Backend, job: Activity) -> None:
        """Download what a check found damaged, from where it came."""

        def work() -> None:
            backend.downloads.start(request_for(backend, job.model_id))

        self._run(work)

    def _use_copy(self, backend: Backend, key: str) -> None:
        """Download the same weights from where they are free, instead."""
        copy = self._copies.copy_of(key)
        if copy is None:
            return

        def work() -> None:
            backend.downloads.start(resolve(backend.catalogue, spec_of(copy), named_quant))
            backend.downloads.cancel(key)

        self._run(work)

    def leave_for(self, page: str) -> None:
        """Show a page instead of the drawer."""
        self.left.emit()
        self._shell.show_page(page)

    def _chat(self, model_id: str) -> None:
        self.left.emit()
        self._shell.open_chat(model_id)

    def _run(self, work: Callable[[], object], done: Callable[[object], object] | None = None) -> None:
        tasks.run(work, done, self.failed, owner=self)

    def failed(self, error: AppError) -> None:
        """Say why something did not work."""
        self._shell.toast(str(error))


def request_for(backend: Backend, model_id: str) -> DownloadRequest:
    """The download that brings the library's `model_id` again.

    Raises:
        AppError: ``download.no_origin`` if it is not known where it came from; what the garden raises.
    """
    model = backend.library.find(model_id)
    if model.source not in GARDENS or not model.id.startswith(f"{model.source.value}:"):
        raise AppError(
            "download.no_origin",
            tr("Orangery does not know where {name} came from.", name=model.name),
            tr("Search for it in Discover and download it from there."),
        )
    return resolve(backend.catalogue, model.id, named_quant)


def show_file(path: str | None) -> None:
    """Open the folder of `path` in the file manager."""
    if path:
        place = Path(path)
        folder = place if place.is_dir() else place.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
