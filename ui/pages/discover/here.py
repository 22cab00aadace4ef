"""What is on this machine already, as the Discover page needs it: models, downloads, memory, disk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.types import Disk, Machine
from backend.downloads.types import DownloadJob
from backend.events import JobChanged, JobRemoved, LibraryChanged
from backend.hubs.types import HubModel, QuantFile, Source
from backend.library.layout_ollama import ollama_store_dir
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge


class Here(QObject):
    """Signals:
    jobs_changed: A download began, moved on or went.
    library_changed: The rows of the library are new.
    machine_ready: The `Machine`, and the `Disk` of each garden's store by `Source`.
    """

    jobs_changed = Signal()
    library_changed = Signal()
    machine_ready = Signal(object, object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.jobs: dict[str, DownloadJob] = {}
        self.library: tuple[LibraryModel, ...] = ()
        bridge.on(JobChanged, self._on_job)
        bridge.on(JobRemoved, self._on_job_removed)
        bridge.on(LibraryChanged, self._on_library)

    def refresh(self) -> None:
        """Ask for everything anew."""
        self.refresh_machine()
        self.refresh_library()
        self._refresh_jobs()

    # -- questions

    def local_keys(self) -> frozenset[str]:
        """Keys of the models of the gardens of which something can be opened here."""
        keys = (key_of(model) for model in self.library if not model.problem)
        return frozenset(key for key in keys if key)

    def local_copy(self, model: HubModel, quant: QuantFile) -> LibraryModel | None:
        """The library's row for this choice, if it can be opened: from its garden, or the same weights from
        wherever they came."""
        digest = quant.files[0].sha256 if len(quant.files) == 1 else None
        same = None
        for row in self.library:
            if row.problem:
                continue
            if key_of(row) == model.key:
                if quant.tag and row.id == f"{model.key}:{quant.tag}":
                    return row
                if not quant.tag and row.path.name == quant.name.rsplit("/", 1)[-1]:
                    return row
            if digest is not None and row.sha256 == digest:
                same = row
        return same

    def job_for(self, model: HubModel, quant: QuantFile) -> DownloadJob | None:
        """The queue's row for this choice, newest first."""
        for job in reversed(self.jobs.values()):
            request = job.request
            named = (request.source, request.repo_id, request.quant.name)
            if named == (model.source, model.id, quant.name):
                return job
        return None

    # -- keeping up to date

    def refresh_library(self) -> None:
        def done(models: tuple[LibraryModel, ...]) -> None:
            self.library = models
            self.library_changed.emit()

        tasks.run(self._backend.library.models, done, owner=self)

    def _refresh_jobs(self) -> None:
        def done(jobs: tuple[DownloadJob, ...]) -> None:
            self.jobs = {job.id: job for job in jobs}
            self.jobs_changed.emit()

        tasks.run(self._backend.downloads.jobs, done, owner=self)

    def refresh_machine(self) -> None:
        def work() -> tuple[Machine, dict[Source, Disk]]:
            machines = self._backend.machines
            disks = {
                Source.HUGGING_FACE: machines.disk(self._backend.hub_cache),
                Source.OLLAMA: machines.disk(ollama_store_dir()),
            }
            return machines.read(), disks

        tasks.run(work, lambda found: self.machine_ready.emit(*found), owner=self)

    def _on_job(self, event: JobChanged) -> None:
        self.jobs[event.job.id] = event.job
        self.jobs_changed.emit()

    def _on_job_removed(self, event: JobRemoved) -> None:
        self.jobs.pop(event.job_id, None)
        self.jobs_changed.emit()

    def _on_library(self, _event: LibraryChanged) -> None:
        self.refresh_library()


def key_of(model: LibraryModel) -> str | None:
    """The key of the garden's model that a library row is a choice of; None for what is from no garden."""
    if model.source is Source.OLLAMA or model.id.startswith("ollama:"):
        return model.id.rpartition(":")[0] or None
    return f"hf:{model.repo_id}" if model.repo_id else None
