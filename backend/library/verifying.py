"""Reading files again to see whether they are still what they should be, and which ones are the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from backend.activities.runner import Outcome, Step
from backend.errors import AppError
from backend.i18n import tr
from backend.library.hashing import Hashed, hash_file
from backend.library.rows import Entry
from backend.library.stores.found import Part, shown, stable_id


class DigestRecords(Protocol):
    """What hashing needs of `backend.store.models.ModelRepository`."""

    def note_verified(self, path: str, size: int, mtime_ns: int, sha256: str) -> None: ...

    def note_damaged(self, path: str, size: int, mtime_ns: int, sha256: str) -> None: ...

    def damaged(self, path: str, size: int, mtime_ns: int) -> str | None: ...

    def verified(self, path: str, size: int, mtime_ns: int) -> str | None: ...


def verify(entry: Entry, records: DigestRecords, step: Step) -> Outcome:
    """Hash every part and compare it with what is known of it.

    Raises:
        AppError: ``library.damaged`` naming the expected and the found digest; ``library.incomplete``.
        Cancelled: It was stopped.
    """
    parts = entry.found.parts
    if not entry.whole:
        raise AppError(
            "library.incomplete",
            tr("{name} is not whole.", name=entry.row.name),
            entry.row.problem or tr("Download it again."),
        )
    step.expect(sum(part.size for part in parts))
    remembered = False
    for part in parts:
        state = stable_id(part.real), part.size, part.mtime_ns
        expected = part.promise or records.verified(*state) or records.damaged(*state)
        found = hash_file(part.real, step.advance)
        if expected is not None and found.sha256 != expected:
            if part.promise is not None:
                note(records, part.real, found)  # beside its promise, this stays known as damage
            else:
                records.note_damaged(stable_id(part.real), found.state.size, found.state.mtime_ns, expected)
            raise damage(entry, part, expected, found.sha256)
        note(records, part.real, found)
        remembered = remembered or expected is None
    if remembered:
        return Outcome(tr("Nothing to compare it with yet; its digest is remembered from now on."))
    return Outcome(tr("Verified: every byte is as it should be."))


def note(records: DigestRecords, real: str, found: Hashed) -> None:
    records.note_verified(stable_id(real), found.state.size, found.state.mtime_ns, found.sha256)


def compare(entries: Sequence[Entry], records: DigestRecords, step: Step) -> Outcome:
    """Hash what looks the same, so that it is known which of them are.

    Raises:
        AppError: None of them could be read.
        Cancelled: It was stopped.
    """
    parts = {
        part.real: part
        for entry in entries
        for part, hashed in zip(entry.found.parts, entry.hashed, strict=True)
        if part.real and not hashed
    }
    # Names of the same bytes are read once.
    places: dict[tuple[int, int], list[str]] = {}
    for part in parts.values():
        places.setdefault(part.identity, []).append(part.real)
    step.expect(sum(parts[names[0]].size for names in places.values()))
    failed: list[AppError] = []
    for names in places.values():
        step.say(shown(parts[names[0]].path.name))
        try:
            found = hash_file(names[0], step.advance)
        except AppError as error:
            failed.append(error)
            continue
        for name in names:
            note(records, name, found)
    if failed and len(failed) == len(places):
        raise failed[0]
    if failed:
        return Outcome(tr("{n} files could not be read.", n=len(failed)))
    return Outcome()


def damage(entry: Entry, part: Part, expected: str, found: str) -> AppError:
    """The error for a file that is not what it should be."""
    return AppError(
        "library.damaged",
        tr("{name} is damaged.", name=shown(part.path.name)),
        tr("Delete it and download it again.")
        if entry.row.repo_id
        else tr("Replace it by a good copy; what it says cannot be trusted."),
        tr("Expected SHA-256: {expected}\nFound: {found}", expected=expected, found=found),
        retryable=True,
    )
