"""What the Library page has done on the disk: every call runs outside of the GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.activities.types import Activity
from backend.app import Backend
from backend.errors import AppError
from backend.i18n import tr
from backend.library.types import DeletePreview, DuplicateGroup, LibraryModel, SharePreview, Store
from ui import tasks
from ui.pages.library.presenter import LibraryPresenter

DAY = 86_400.0
IN_USE = "library.in_use"


@dataclass(frozen=True, slots=True)
class Asked:
    """What deleting one model would do, or why it cannot be done."""

    model: LibraryModel
    preview: DeletePreview | None = None
    refusal: AppError | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """What came out of a deletion."""

    names: tuple[str, ...]
    freed: int
    errors: tuple[AppError, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came out of an import."""

    models: tuple[LibraryModel, ...]
    folders: tuple[Path, ...]
    errors: tuple[AppError, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """What moving models to a folder would do.

    Attributes:
        places: Where their files would lie.
        problem: Why it cannot be done; None when it can.
    """

    free: int
    places: tuple[Path, ...] = ()
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """What sharing equal files would do, group by group, and what looks equal but was not compared."""

    plans: tuple[tuple[DuplicateGroup, SharePreview], ...]
    alike: tuple[DuplicateGroup, ...]


class LibraryWork(QObject):
    """Asks the library to verify, share, move, delete and import, and tells how it went.

    Signals:
        ended: All activities of one request came to their end: their rows.
        checked: The gardens were asked for newer weights; how many models have some.
        checking: Whether the gardens are being asked.
        failed: An `AppError` for the person.
    """

    ended = Signal(object)
    checked = Signal(int)
    checking = Signal(bool)
    failed = Signal(object)

    def __init__(self, backend: Backend, presenter: LibraryPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._presenter = presenter
        self._batches: list[tuple[str, ...]] = []
        self._checking = False
        presenter.activity_changed.connect(self._activity_changed)

    # -- activities

    def verify(self, models: Sequence[LibraryModel]) -> None:
        """Read the files of `models` and compare them with their digests."""
        ids = [model.id for model in models]
        self._start(lambda: self._backend.library.verify(ids))

    def compare(self) -> None:
        """Hash what looks the same."""
        self._start(lambda: (self._backend.library.compare(),))

    def share(self, groups: Sequence[DuplicateGroup]) -> None:
        """Let the files of each group use the same bytes."""
        self._start(lambda: tuple(self._backend.library.share(group) for group in groups))

    def move(self, models: Sequence[LibraryModel], folder: Path) -> None:
        """Move `models` into `folder`, one after the other."""
        ids = [model.id for model in models]
        self._start(lambda: tuple(self._backend.library.move(model_id, folder) for model_id in ids))

    def _start(self, work: Callable[[], tuple[str, ...]]) -> None:
        def started(activities: tuple[str, ...]) -> None:
            self._batches.append(activities)
            self._end_batches()

        tasks.run(work, started, self.failed.emit, owner=self)

    def _activity_changed(self, activity: Activity) -> None:
        if not activity.state.active:
            self._end_batches()

    def _end_batches(self) -> None:
        for batch in tuple(self._batches):
            rows = [self._presenter.activity(activity_id) for activity_id in batch]
            known = tuple(row for row in rows if row is not None)
            if len(known) == len(batch) and not any(row.state.active for row in known):
                self._batches.remove(batch)
                self.ended.emit(known)

    # -- deleting

    def ask_delete(self, models: Sequence[LibraryModel], done: Callable[[tuple[Asked, ...]], object]) -> None:
        """Find out what deleting `models` would do."""

        def work() -> tuple[Asked, ...]:
            loaded = {loaded.path for loaded in self._backend.engine.loaded()}
            return tuple(self._asked(model, loaded) for model in models)

        tasks.run(work, done, self.failed.emit, owner=self)

    def _asked(self, model: LibraryModel, loaded: set[str]) -> Asked:
        try:
            if any(str(part) in loaded for part in (model.path, *model.parts)):
                raise AppError(
                    IN_USE,
                    tr("{name} is loaded right now.", name=model.name),
                    tr("Unload it first, then delete it."),
                )
            if model.store is Store.OLLAMA and model.id in self._presenter.running:
                raise AppError(
                    "library.in_ollama",
                    tr("{name} is running in Ollama right now.", name=model.name),
                    tr("Stop it there first, then delete it."),
                )
            return Asked(model, preview=self._backend.library.delete_preview(model.id))
        except AppError as error:
            return Asked(model, refusal=error)

    def is_loaded(self, model: LibraryModel) -> bool:
        """Whether it was in this app's memory when the engine was last asked."""
        return str(model.path) in self._presenter.loaded

    def unload(self, models: Sequence[LibraryModel], done: Callable[[], object] = lambda: None) -> None:
        """Take `models` out of this app's memory, as far as they are in it."""
        paths = {str(model.path) for model in models}

        def work() -> None:
            for loaded in self._backend.engine.loaded():
                if loaded.path in paths:
                    self._backend.engine.unload(loaded.key)

        def unloaded(_none: None) -> None:
            self._presenter.refresh_loaded()
            done()

        tasks.run(work, unloaded, self.failed.emit, owner=self)

    def delete(self, models: Sequence[LibraryModel], done: Callable[[Deleted], object]) -> None:
        """Delete `models` from the disk; one that cannot be deleted does not stop the others."""

        def work() -> Deleted:
            names, errors, freed = [], [], 0
            for model in models:
                try:
                    freed += self._backend.library.delete(model.id)
                    names.append(model.name)
                except AppError as error:
                    errors.append(error)
            return Deleted(tuple(names), freed, tuple(errors))

        tasks.run(work, done, self.failed.emit, owner=self)

    def forget(self, models: Sequence[LibraryModel], done: Callable[[object], object]) -> None:
        """Take single files off the list; the files stay."""

        def work() -> None:
            for model in models:
                self._backend.library.remove_file(model.path)

        tasks.run(work, done, self.failed.emit, owner=self)

    # -- folders and files

    def take(self, paths: Sequence[Path], done: Callable[[Taken], object]) -> None:
        """Show files and folders in the library, where they are."""

        def work() -> Taken:
            models, folders, errors = [], [], []
            for path in paths:
                try:
                    if path.is_dir():
                        self._backend.library.add_folder(path)
                        folders.append(path)
                    else:
                        models.append(self._backend.library.add_file(path))
                except AppError as error:
                    errors.append(error)
            return Taken(tuple(models), tuple(folders), tuple(errors))

        tasks.run(work, done, self.failed.emit, owner=self)

    def remove_folder(self, folder: Path, done: Callable[[object], object]) -> None:
        """Show nothing of `folder` any more; its files stay."""
        tasks.run(lambda: self._backend.library.remove_folder(folder), done, self.failed.emit, owner=self)

    def ask_move(
        self, models: Sequence[LibraryModel], folder: Path, done: Callable[[Moving], object]
    ) -> None:
        """Find out what moving `models` to `folder` would do."""

        def work() -> Moving:
            free = self._backend.machines.disk(folder).free
            places: list[Path] = []
            try:
                for model in models:
                    places += self._backend.library.move_preview(model.id, folder)
            except AppError as error:
                return Moving(free, tuple(places), error)
            needed = sum(model.size for model in models)
            if len(models) > 1 and needed > free:
                title = tr("The disk of {folder} has not enough free space.", folder=str(folder))
                return Moving(free, tuple(places), AppError("library.no_space", title, ""))
            return Moving(free, tuple(places))

        tasks.run(work, done, self.failed.emit, owner=self)

    # -- copies

    def copies(self, done: Callable[[Copies], object]) -> None:
        """Find out what could share its bytes."""

        def work() -> Copies:
            library = self._backend.library
            groups = [group for group in library.duplicates() if group.reclaimable]
            plans = tuple((group, library.share_preview(group)) for group in groups if group.sha256)
            return Copies(plans, tuple(group for group in groups if not group.sha256))

        tasks.run(work, done, self.failed.emit, owner=self)

    # -- newer weights

    @property
    def wants_newer(self) -> bool:
        """Whether the person allowed to look for newer weights when the library is opened."""
        return self._backend.settings.get().newer_on_open

    def set_wants_newer(self, on: bool) -> None:
        tasks.run(lambda: self._backend.settings.update(newer_on_open=on), None, self.failed.emit, owner=self)

    def newer_is_due(self, last: float) -> bool:
        """Whether the gardens may be asked now without being told to: allowed, online, a day ago."""
        due = not 0 <= time.time() - last < DAY
        return due and self.wants_newer and not self._backend.network.offline

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    def check_newer(self) -> None:
        """Ask the gardens about the models of the library."""
        if self._checking:
            return
        self._checking = True
        self.checking.emit(True)

        def work() -> int:
            self._backend.library.check_newer()
            return sum(model.newer is not None for model in self._backend.library.models())

        def done(count: int) -> None:
            self._checking = False
            self.checking.emit(False)
            self.checked.emit(count)

        def failed(error: AppError) -> None:
            self._checking = False
            self.checking.emit(False)
            self.failed.emit(error)

        tasks.run(work, done, failed, owner=self)
