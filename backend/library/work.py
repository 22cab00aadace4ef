"""The long work on models: verifying, comparing, sharing, moving. Each piece is an activity."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend.activities.runner import Activities, Outcome, Step, Work
from backend.activities.types import ActivityKind
from backend.errors import AppError
from backend.events import EventBus
from backend.i18n import tr
from backend.library import drafts, moving, sharing, verifying
from backend.library.deleting import Plan
from backend.library.drafts import Draft, Note
from backend.library.rows import Entry, look_of
from backend.library.stores.found import stable_id
from backend.library.types import DuplicateGroup, LibraryModel, SharePreview
from backend.library.verifying import DigestRecords

log = logging.getLogger(__name__)


class Shelf(Protocol):
    """What work needs of `backend.library.library.Library`."""

    def rescan(self) -> tuple[LibraryModel, ...]: ...
    def entries(self) -> tuple[Entry, ...]: ...
    def entry(self, model_id: str) -> Entry: ...
    def check_idle(self, entry: Entry) -> None: ...
    def plan_removal(self, entry: Entry) -> Plan: ...
    def remove(self, entry: Entry) -> int: ...
    def knows(self, path: Path) -> bool: ...
    def add_folder(self, path: Path) -> None: ...
    def carry_over(self, old_id: str, new_id: str, path: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the work is done with.

    Attributes:
        activities: None runs nothing in the background, and so refuses all work.
        notes: Where half-done work is noted; None notes it in a folder that is not looked at again.
    """

    records: DigestRecords
    bus: EventBus
    activities: Activities | None
    notes: Path | None


class LibraryWork:
    """Starts the work, and keeps the library in step with what it did."""

    def __init__(self, shelf: Shelf, desk: Desk) -> None:
        self._shelf = shelf
        self._desk = desk

    # The same weights

    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        entries = [entry for entry in self._shelf.entries() if entry.whole and not entry.row.problem]
        equal: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            if all(entry.digests):
                equal[tuple(str(digest) for digest in entry.digests)].append(entry)
        groups = [
            DuplicateGroup(
                digests[0],
                tuple(entry.row for entry in sharing.order(group)),
                sharing.reclaimable(group),
                all(all(entry.hashed) for entry in group),
            )
            for digests, group in equal.items()
            if len(group) > 1
        ]
        return (*sorted(groups, key=lambda group: -group.reclaimable), *_alike(entries))

    def share_preview(self, group: DuplicateGroup) -> SharePreview:
        return sharing.preview(self._entries_of(group))

    def share(self, group: DuplicateGroup) -> str:
        entries = self._entries_of(group)
        preview = sharing.preview(entries)
        if not preview.way:
            raise AppError(
                "library.share",
                tr("{name} cannot share its bytes.", name=entries[0].row.name),
                preview.problem,
            )

        def work(step: Step) -> Outcome:
            fresh = self._entries_of(group)
            with self._draft() as draft:
                try:
                    outcome = sharing.share(fresh, preview.way, self._desk.records, draft, step)
                finally:
                    self._shelf.rescan()
            return outcome

        return self._start(ActivityKind.SHARE, entries[0].row, work, total=2 * preview.frees)

    def _entries_of(self, group: DuplicateGroup) -> list[Entry]:
        return [self._shelf.entry(model.id) for model in group.models]

    # Verifying

    def verify(self, model_id: str) -> str:
        entry = self._shelf.entry(model_id)

        def work(step: Step) -> Outcome:
            fresh = self._shelf.entry(model_id)
            try:
                return verifying.verify(fresh, self._desk.records, step)
            finally:
                self._shelf.rescan()

        return self._start(ActivityKind.VERIFY, entry.row, work, total=entry.row.size)

    def compare(self) -> str:
        def work(step: Step) -> Outcome:
            # What is known to be damaged stays so: its digest now would stand as the right one.
            entries = [e for e in self._shelf.entries() if e.row.alike and not e.row.damaged]
            try:
                outcome = verifying.compare(entries, self._desk.records, step)
            finally:
                self._shelf.rescan()
            frees = sum(group.reclaimable for group in self.duplicates() if group.hashed)
            if outcome.note:
                return outcome
            return Outcome(tr("Compared; copies found.") if frees else tr("Compared; no copies to reclaim."))

        if self._desk.activities is None:
            raise _no_activities()
        return self._desk.activities.start(ActivityKind.COMPARE, tr("Models that look the same"), work)

    # Moving

    def move_preview(self, model_id: str, folder: Path) -> tuple[Path, ...]:
        target = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100
        pairs, _linkable = self._check_move(self._shelf.entry(model_id), target)
        return tuple(pair.new for pair in pairs)

    def move(self, model_id: str, folder: Path) -> str:
        target = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100
        entry = self._shelf.entry(model_id)
        self._check_move(entry, target)

        def work(step: Step) -> Outcome:
            fresh = self._shelf.entry(model_id)
            pairs, linkable = self._check_move(fresh, target)
            with self._draft() as draft:
                moved = moving.transfer(fresh, pairs, target, draft, step, linkable=linkable)
                for real, hashed in moved.old:
                    verifying.note(self._desk.records, real, hashed)
                for path, hashed in moved.files:
                    verifying.note(self._desk.records, os.path.realpath(path), hashed)
                problem = self._finish_quietly(fresh.row.id, moved.new_id, target)
            first = moved.files[0][0]
            return Outcome(problem or tr("Moved and verified."), first)

        return self._start(ActivityKind.MOVE, entry.row, work)

    def recover(self) -> None:
        """Clean up after work that a kill ended."""
        if self._desk.notes is None:
            return

        def go_on(note: Note) -> None:
            if note.before and note.after:
                self._finish(note.before, note.after, Path(note.folder))

        drafts.recover(self._desk.notes, go_on)

    def _check_move(self, entry: Entry, folder: Path) -> tuple[tuple[moving.Pair, ...], frozenset[str]]:
        self._shelf.check_idle(entry)
        pairs = moving.plan(entry, folder)
        self._shelf.knows(pairs[0].new)
        goes = self._shelf.plan_removal(entry).frees >= entry.row.size
        linkable = frozenset(part.real for part in entry.found.parts) if goes else frozenset()
        moving.check_space(pairs, folder, linkable)
        return pairs, linkable

    def _finish_quietly(self, before: str, after: str, folder: Path) -> str:
        """The new files are whole, so nothing that fails from here on makes the move a failure."""
        try:
            return self._finish(before, after, folder)
        except AppError as error:
            log.warning("a move was not finished: %s", error)
            return tr("Moved. The old files are still there too: {why}", why=str(error))

    def _finish(self, before: str, after: str, folder: Path) -> str:
        """The new files are there: let the library know them, and take the old ones away. Can be repeated.

        Returns:
            Why the old ones are still there; empty if they are not.
        """
        if not self._shelf.knows(Path(after)):
            with contextlib.suppress(AppError):
                self._shelf.add_folder(folder)
        self._shelf.rescan()
        by_id = {entry.row.id: entry for entry in self._shelf.entries()}
        new, old = by_id.get(after), by_id.get(before)
        if new is None or not new.whole or new.row.problem:
            return tr("The old files are still there too.")
        self._shelf.carry_over(before, after, stable_id(new.row.path))
        problem = ""
        if old is not None and not moving.is_copy(old, new):
            problem = tr("Moved. The files at the old place are other ones by now, so they stay.")
        elif old is not None:
            projector = old.row.projector
            try:
                self._shelf.check_idle(old)
                self._shelf.remove(old)
            except AppError as error:
                problem = tr("Moved. The old files are still there too: {why}", why=str(error))
            else:
                self._drop_projector(old, projector)
        self._shelf.rescan()
        return problem

    def _drop_projector(self, old: Entry, projector: Path | None) -> None:
        """What came along goes too, where no other model needs it."""
        if projector is None:
            return
        self._shelf.rescan()
        for entry in self._shelf.entries():
            if entry.row.projector == projector:
                return
        for entry in self._shelf.entries():
            same_store = entry.row.store is old.row.store
            if entry.row.path == projector and entry.row.kind == "projector" and same_store:
                with contextlib.suppress(AppError):
                    self._shelf.remove(entry)

    @contextlib.contextmanager
    def _draft(self) -> Iterator[Draft]:
        """A note of what is half-done. It stays if the process dies, and for what is still to be finished."""
        try:
            draft = Draft(self._desk.notes or Path(tempfile.mkdtemp(prefix="orangery-")))
        except OSError as error:
            raise AppError(
                "library.notes",
                tr("Orangery cannot note what it is about to do, so it does nothing."),
                tr("Check that its own disk is writable and has free space."),
                str(error),
                retryable=True,
            ) from error
        try:
            yield draft
        finally:
            draft.close()

    def _start(self, kind: ActivityKind, row: LibraryModel, work: Work, *, total: int = 0) -> str:
        if self._desk.activities is None:
            raise _no_activities()
        return self._desk.activities.start(
            kind, row.name, work, label=row.quant, total=total, model_id=row.id
        )


def _alike(entries: Sequence[Entry]) -> list[DuplicateGroup]:
    """Groups that only look the same, each model in one of them."""
    looks: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if all(entry.fingerprints):
            looks[look_of(entry)].append(entry)
    groups = []
    for look in looks.values():
        if len(look) > 1 and any(entry.row.alike for entry in look):
            group = sharing.order(look)
            rows = tuple(entry.row for entry in group)
            groups.append(DuplicateGroup(None, rows, sharing.reclaimable(group), hashed=False))
    return groups


def _no_activities() -> AppError:
    return AppError("activity.closing", tr("Orangery is closing; nothing more is started."))
