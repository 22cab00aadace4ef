"""The models on this disk, whichever program put them there: the rows, finding one, and what changes them.

The long work on them (verifying, comparing, sharing, moving) is in `backend.library.work`.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.activities.runner import Activities
from backend.downloads.types import DownloadState
from backend.engines.types import ModelState
from backend.errors import AppError
from backend.events import ChatListChanged, Event, EventBus, JobChanged, LibraryChanged, ModelChanged
from backend.library import deleting, drafts, finding, offers
from backend.library.additions import Additions
from backend.library.facts import FactsCache
from backend.library.listing import Listing
from backend.library.offers import HubPort, OllamaPort
from backend.library.ports import DaemonPort, FolderSettings, ModelRecords
from backend.library.roots import Root
from backend.library.rows import STARTER_ID, Entry
from backend.library.running import Marks
from backend.library.scanner import Scanner
from backend.library.stores import served
from backend.library.stores.found import stable_id
from backend.library.types import (
    DeletePreview,
    DuplicateGroup,
    LibraryModel,
    SharePreview,
    Store,
    StoreInfo,
)
from backend.library.watch import Watch
from backend.library.work import Desk, LibraryWork
from backend.paths import STARTER_MODEL

log = logging.getLogger(__name__)

__all__ = ["STARTER_ID", "Library", "ModelRecords"]


class Library:
    """Rows for every model that can be opened, the starter first. Thread-safe; may read the disk."""

    def __init__(
        self,
        store: ModelRecords,
        hub_cache: Path,
        bus: EventBus,
        *,
        cache_dir: Path | None = None,
        starter: Path = STARTER_MODEL,
        in_use: Callable[[Path], bool] = lambda path: False,
        data_dir: Path | None = None,
        models_dir: Path | None = None,
        own_ollama: Path | None = None,
        others: Callable[[], Sequence[Root]] = tuple,
        folders: FolderSettings | None = None,
        activities: Activities | None = None,
        daemon: DaemonPort | None = None,
        hub: HubPort | None = None,
        ollama: OllamaPort | None = None,
    ) -> None:
        """Look at nothing yet; the first `models` does.

        Args:
            cache_dir: Where headers that were read are remembered; None remembers them for this run only.
            in_use: Whether this process has a model file loaded now.
            data_dir: Where half-done work is noted, so that a kill leaves nothing behind.
            models_dir: What Orangery makes and is asked to keep.
            own_ollama: Orangery's own store in Ollama's layout.
            others: Finds the folders of other programs.
            daemon: The running Ollama, if there is one.
            hub, ollama: Whom `check_newer` asks.
        """
        self._store = store
        self._root = hub_cache
        self._bus = bus
        self._in_use = in_use
        self._marks = Marks(bus)
        self._own_ollama = own_ollama
        self._additions = Additions(store, folders)
        self._daemon = daemon
        self._hub, self._ollama = hub, ollama
        facts = FactsCache(cache_dir / "library.json" if cache_dir is not None else None)
        own = [Root(Store.HUB_CACHE, hub_cache)]
        own += [Root(Store.MODELS, models_dir)] if models_dir is not None else []
        # Behind the stores of Ollama itself, so that a tag in both means the one that Ollama sees.
        late = [Root(Store.OLLAMA, own_ollama)] if own_ollama is not None else []
        self._scanner = Scanner(own, lambda: [*others(), *late], self._additions.folders, store.added_files)
        self._listing = Listing(store, self._scanner, facts, starter)
        self._lock = threading.Lock()
        self._watch: Watch | None = None
        self._closed = False
        desk = Desk(store, bus, activities, drafts.folder_of(data_dir) if data_dir else None)
        self._work = LibraryWork(self, desk)
        self._unsubscribe = bus.subscribe(self._on_event)

    # Rows

    def models(self) -> tuple[LibraryModel, ...]:
        """The rows of the last scan; scans if there was none since a download ended."""
        found = self._listing.fresh()
        if found is None:
            first = not self._listing.scanned()
            found, changed = self._listing.scan(only_if_stale=True)
            if changed and not first:
                self._bus.publish(LibraryChanged())
        return found

    def rescan(self) -> tuple[LibraryModel, ...]:
        """Look at the disk again, and say so if anything is different."""
        found, changed = self._listing.scan()
        if changed:
            self._bus.publish(LibraryChanged())
        return found

    def stores(self) -> tuple[StoreInfo, ...]:
        """Every folder that is looked into, as it was at the last scan, whether it exists or not."""
        self.models()
        return self._listing.stores()

    def start(self) -> None:
        """Clean up after work that was killed, look at the disk, and watch it from now on."""
        self.recover()
        self.rescan()
        with self._lock:
            if self._watch is None and not self._closed:
                self._watch = Watch(lambda: [root.path for root in self._scanner.roots()], self.rescan)

    def recover(self) -> None:
        """Clean up after work that a kill ended; what another process is at stays."""
        self._work.recover()

    def close(self) -> None:
        """End what runs in the background."""
        self._unsubscribe()
        self._marks.close()
        with self._lock:
            self._closed = True
            watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    def find(self, spec: str, *, sure: bool = False) -> LibraryModel:
        """What a person means: an id, a path, ``starter``, ``hf:owner/name[/file.gguf][:QUANT]`` or a name;
        with `sure` nothing that could also mean another one.

        Raises:
            AppError: ``library.not_found``, ``library.ambiguous`` or ``library.no_file``.
        """
        spec = spec.strip()
        if (exact := next((row for row in self.models() if row.id == spec), None)) is not None:
            return exact
        if (path := finding.as_path(spec)) is not None:
            return self._at(path)
        try:
            return finding.find(spec, self.models(), sure=sure)
        except AppError as error:
            if error.code != "library.not_found":
                raise
        return finding.find(spec, self.rescan(), sure=sure)  # another program may have put it there meanwhile

    def note_use(
        self, model_id: str, tokens_per_second: float | None = None, memory: int | None = None
    ) -> None:
        """Remember that the model was loaded now, and how fast and large it was if that is known."""
        row = next((row for row in self.models() if row.id == model_id), None)
        path = stable_id(row.path) if row else model_id
        self._store.note_use(model_id, path, tokens_per_second)
        if memory:
            self._store.note_memory(model_id, path, memory)
        self.refresh()

    # A running Ollama

    def ask_daemon(self) -> frozenset[str]:
        """Ids of the models that the Ollama daemon runs now. Those that it has in a store that cannot be read
        here become rows of their own.

        It is asked only where this person uses Ollama: OLLAMA_HOST names a server, or its folder is there.

        Raises:
            AppError: ``net.…``, ``ollama.host``: what answers is no daemon, or it may not be asked.
        """
        daemon = self._daemon
        if daemon is None or not (daemon.named or self._has_ollama()):
            return frozenset()
        found = served.rows(daemon.host, daemon.installed())
        if found != self._scanner.served:
            self._scanner.served = found
            self.rescan()
        return frozenset(map(served.model_id, daemon.running()))

    def _has_ollama(self) -> bool:
        roots = (root.path for root in self._scanner.roots() if root.store is Store.OLLAMA)
        return any(path != self._own_ollama and path.exists() for path in roots)

    # Deleting

    def delete_preview(self, model_id: str) -> DeletePreview:
        """What deleting it would do.

        Raises:
            AppError: ``library.not_found`` or ``library.not_ours``.
        """
        entry = self.entry(model_id)
        return deleting.preview(
            entry,
            self._others(entry),
            self._daemon,
            listed=self._additions.has(entry),
            own=entry.found.root is not None and entry.found.root == self._own_ollama,
        )

    def delete(self, model_id: str) -> int:
        """Delete a model and return the bytes freed; content that others need stays.

        Raises:
            AppError: ``library.not_found``, ``library.in_use``, ``library.not_ours``, ``library.busy`` or
                ``library.delete``.
        """
        entry = self.entry(model_id)
        self.check_idle(entry)
        freed = self.remove(entry)
        self.rescan()
        return freed

    def check_idle(self, entry: Entry) -> None:
        """Raises:
        AppError: ``library.not_ours`` for the bundled model, ``library.in_use`` while it runs."""
        deleting.check_idle(
            entry, lambda path: self._in_use(path) or self._marks.elsewhere(path), self._daemon
        )

    def remove(self, entry: Entry) -> int:
        """Delete without asking whether it runs; the rows are as they were."""
        freed = deleting.delete(entry, self._others(entry), self._daemon, self._root)
        self._additions.forget(entry)
        self._scanner.served = tuple(m for m in self._scanner.served if m.id != entry.row.id)
        return freed

    # What the person adds

    def add_folder(self, path: Path) -> None:
        """Look into this folder too, in place.

        Raises:
            AppError: ``library.no_folder`` or ``library.already``.
        """
        self._additions.add_folder(path, self._scanner.roots())
        self.rescan()
        self.folders_changed()

    def remove_folder(self, path: Path) -> None:
        """Look into it no more; nothing in it is touched."""
        self._additions.remove_folder(path)
        self.rescan()
        self.folders_changed()

    def add_file(self, path: Path) -> LibraryModel:
        """Let a single file belong to the library, in place.

        Raises:
            AppError: ``library.no_file``, ``library.already``, or a ``gguf.`` code for what is wrong with it.
        """
        file = self._additions.add_file(path, self.entries())
        self.rescan()
        return self._at(file)

    def remove_file(self, path: Path) -> None:
        """Take a single file off the list; it stays where it is."""
        self._additions.remove_file(path, self.entries())
        self.rescan()

    # The same weights, and long work

    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        """Groups of models with the same weights: known ones first, then those that only look the same."""
        return self._work.duplicates()

    def share_preview(self, group: DuplicateGroup) -> SharePreview:
        """What sharing would do; tries what the file system can."""
        return self._work.share_preview(group)

    def share(self, group: DuplicateGroup) -> str:
        """Let equal files use the same bytes, as the preview said; returns the id of the activity."""
        return self._work.share(group)

    def verify(self, model_ids: Sequence[str]) -> tuple[str, ...]:
        """Hash models again; returns the ids of the activities, one for each model."""
        return tuple(self._work.verify(model_id) for model_id in model_ids)

    def compare(self) -> str:
        """Hash what looks the same; returns the id of the activity."""
        return self._work.compare()

    def move_preview(self, model_id: str, folder: Path) -> tuple[Path, ...]:
        """Where the files of a model would lie in another folder; nothing is written.

        Raises:
            AppError: As `move`.
        """
        return self._work.move_preview(model_id, folder)

    def move(self, model_id: str, folder: Path) -> str:
        """Move a model to another folder; returns the id of the activity.

        Raises:
            AppError: What can be known before: ``library.in_use``, ``library.not_ours``,
                ``library.no_space``, ``library.exists``, ``library.move_same``, ``library.incomplete``.
        """
        return self._work.move(model_id, folder)

    def check_newer(self) -> None:
        """Ask the gardens whether they have newer weights for models of the library."""
        found = offers.check(self.entries(), self._store.offers(), self._hub, self._ollama)
        if found:
            self._store.note_offers(found)
            self.refresh()

    # For the parts of the library

    def entries(self) -> tuple[Entry, ...]:
        """The rows with what lies behind them."""
        self.models()
        return self._listing.entries()

    def entry(self, model_id: str) -> Entry:
        """Raises:
        AppError: ``library.not_found``."""
        found = next((entry for entry in self.entries() if entry.row.id == model_id), None)
        if found is None:
            raise finding.no_entry(model_id, self.models())
        return found

    def plan_removal(self, entry: Entry) -> deleting.Plan:
        return deleting.plan_of(entry, self._others(entry))

    def knows(self, path: Path) -> bool:
        """Whether a file at `path` would be found.

        Raises:
            AppError: ``library.move_place``: it lies in a store where nobody looks for plain files.
        """
        return self._scanner.covers(path)

    def carry_over(self, old_id: str, new_id: str, path: str) -> None:
        """Let chats and measurements follow a model to its new id."""
        for chat in self._store.carry_over(old_id, new_id, path):
            self._bus.publish(ChatListChanged(chat))

    def refresh(self) -> None:
        """What is remembered about the models changed; the disk did not."""
        self._listing.refresh()
        self._bus.publish(LibraryChanged())

    def _at(self, path: Path) -> LibraryModel:
        """The row of a file given by path: the library's own where it has one."""
        real = os.path.realpath(path)
        name = Path(os.path.abspath(path))  # noqa: PTH100  # as the engine names it
        for entry in self.entries():
            if any(part.path == name or part.real == real for part in entry.found.parts):
                return entry.row
        found = self._listing.outside(name)
        if found is None:
            raise finding.no_model(path)
        return found

    def _others(self, entry: Entry) -> list[Entry]:
        return [other for other in self.entries() if other.row.id != entry.row.id]

    def folders_changed(self) -> None:
        """The list of added folders changed, or what is in them. Does not wait for the disk."""
        with self._lock:
            if self._watch is not None:
                self._watch.look_now()

    def _on_event(self, event: Event) -> None:
        match event:
            case JobChanged(job) if job.state is DownloadState.DONE:
                self._listing.outdate()
                self.folders_changed()
            case ModelChanged(path, ModelState.READY, _, loaded) if loaded is not None and loaded.rss:
                self._note_memory(path, loaded.rss)
            case _:
                pass

    def _note_memory(self, path: str, memory: int) -> None:
        """Called in a thread of the engine, so it waits for neither the disk nor a scan."""
        found = next((e.row for e in self._listing.entries() if str(e.row.path) == path), None)
        self._store.note_memory(found.id if found else stable_id(path), stable_id(path), memory)
