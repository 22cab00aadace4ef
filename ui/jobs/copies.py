"""Looks for a copy without a gate of what a failed download wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.downloads.types import DownloadJob
from backend.errors import AppError
from backend.hubs.types import SameWeights, Source
from backend.i18n import tr
from ui import tasks
from ui.jobs import texts
from ui.models.jobs import Job, key_of

if TYPE_CHECKING:
    from backend.app import Backend


class Copies(QObject):
    """Asks once for each gated job; nothing goes over the network for it.

    Signals:
        found: Key of a job that another place offers too.
    """

    found = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._backend: Backend | None = None
        self._known: dict[str, SameWeights | None] = {}

    def attach(self, backend: Backend) -> None:
        self._backend = backend

    def copy_of(self, key: str) -> SameWeights | None:
        """The other place, as far as it is known yet."""
        return self._known.get(key)

    def words(self, job: Job) -> str:
        """What to say beside the error; empty where there is no copy. Asks for one on the first time."""
        if not isinstance(job, DownloadJob) or not texts.gated(job):
            return ""
        key = key_of(job)
        if key not in self._known:
            self._known[key] = None
            self._ask(key, job)
        copy = self._known[key]
        if copy is None:
            return ""
        name = f"ollama:{copy.id}:{copy.choice}" if copy.source is Source.OLLAMA else copy.id
        return tr("{name} has the same weights (SHA-256 agrees).", name=name)

    def _ask(self, key: str, job: DownloadJob) -> None:
        backend = self._backend
        if backend is None:
            return
        model = f"{job.request.source.value}:{job.request.repo_id}"
        wanted = job.request.quant.files[0].sha256

        def done(places: tuple[SameWeights, ...]) -> None:
            # Ollama has no gates, so its copy comes first.
            same = sorted(
                (place for place in places if place.sha256 == wanted),
                key=lambda place: place.source is not Source.OLLAMA,
            )
            if same:
                self._known[key] = same[0]
                self.found.emit(key)

        tasks.run(lambda: backend.catalogue.same_weights(model), done, _nothing, owner=self)


def _nothing(error: AppError) -> None:
    """A copy is only a suggestion; without one the row says enough."""


def spec_of(copy: SameWeights) -> str:
    """The copy as `backend.downloads.pull.resolve` reads it."""
    if copy.source is Source.OLLAMA:
        return f"ollama:{copy.id}:{copy.choice}"
    return f"hf:{copy.id}/{copy.choice}"
