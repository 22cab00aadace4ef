"""What the first start asks of the backend: the machine in words, and three models that suit it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.sentence import Ruler, machine_sentence, ruler
from backend.capacity.types import Fit, Machine
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.fit_choice import pick_quant
from backend.hubs.recommend import Recommendation, bundled, pick
from backend.hubs.types import QuantFile, RepoDetail
from backend.library.types import LibraryModel
from ui import tasks


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the first start shows.

    Attributes:
        recommendations: Up to three entries with their predicted fit.
        checked: Whether the hub confirmed them.
        on_disk: Models that other programs or earlier days left here, without the starter.
    """

    sentence: str
    ruler: Ruler
    machine: Machine
    recommendations: tuple[tuple[Recommendation, Fit], ...]
    checked: bool
    on_disk: tuple[LibraryModel, ...]


class WelcomePresenter(QObject):
    """Signals:
    ready: A `Welcome` to show.
    failed: An `AppError`: the recommendations could not be checked, or one not downloaded.
    started: A download began.
    """

    ready = Signal(object)
    failed = Signal(object)
    started = Signal()

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._shown: Welcome | None = None

    def load(self) -> None:
        """Gather what the first start shows; nothing of it needs the network."""
        shown = self._shown

        def work() -> Welcome:
            machine = self._backend.machines.read()
            on_disk = tuple(model for model in self._backend.library.models() if model.id != "starter")
            if shown is not None and shown.checked:
                return replace(shown, machine=machine, on_disk=on_disk)
            chosen = tuple(
                (entry, self._backend.fits.typical(entry.parameters, entry.size))
                for entry in pick(machine, bundled())
            )
            return Welcome(machine_sentence(machine), ruler(machine), machine, chosen, False, on_disk)

        tasks.run(work, self._done, self.failed.emit, owner=self)

    def check(self) -> None:
        """Ask the hub whether the recommendations still exist, with sizes and fits. Only on a click."""
        welcome = self._shown
        if welcome is None:
            return

        def work() -> Welcome:
            rows = []
            for entry, predicted in welcome.recommendations:
                try:
                    detail = self._backend.hub.detail(entry.repo_id)
                except AppError as error:
                    if error.code == "hub.not_found":
                        continue
                    raise
                quant = self._file(detail, entry, welcome.machine)
                fit = self._backend.fits.remote(detail, quant, predicted.run, tier=0)
                rows.append((replace(entry, file=quant.name, size=quant.size, checked=True), fit))
            return replace(welcome, recommendations=tuple(rows), checked=True)

        tasks.run(work, self._done, self.failed.emit, owner=self)

    def download(self, entry: Recommendation) -> None:
        """Download a recommendation. Its repository is looked up first: the digest comes from the hub."""

        def work() -> DownloadJob:
            detail = self._backend.hub.detail(entry.repo_id)
            quant = self._file(detail, entry, self._backend.machines.read())
            return self._backend.downloads.start(DownloadRequest(detail.model.id, detail.commit, quant))

        tasks.run(work, lambda _job: self.started.emit(), self.failed.emit, owner=self)

    @staticmethod
    def _file(detail: RepoDetail, entry: Recommendation, machine: Machine) -> QuantFile:
        """The file that the bundled list names, or the best one where the owner renamed it."""
        named = next((each for each in detail.quants if each.name == entry.file), None)
        return named or pick_quant(detail, "", machine)

    def _done(self, welcome: Welcome) -> None:
        self._shown = welcome
        self.ready.emit(welcome)
