"""Letting equal files use the same bytes of the disk: as a reflink where the file system can, else as a hard
link."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.activities.runner import Outcome, Step
from backend.errors import AppError
from backend.files import sync_file, sync_folder
from backend.i18n import tr
from backend.library.drafts import Draft, Note
from backend.library.extents import same_extents
from backend.library.hashing import Hashed, State, changed, hash_file
from backend.library.owners import whose
from backend.library.rows import Entry
from backend.library.stores.found import Part, shown
from backend.library.types import SharePreview, Store
from backend.library.verifying import DigestRecords, note

_FICLONE = 0x40049409
_IMMUTABLE = (Store.HUB_CACHE, Store.OLLAMA)
"""Stores whose files nobody writes to once they are there: their names are digests."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files with the same content: the one whose bytes stay, and the one that will use them."""

    keep: Part
    replace: Part
    store: Store


def pairs_of(entries: Sequence[Entry]) -> tuple[Pair, ...]:
    """What can be shared among the models of one group, the first of which keeps its bytes.

    Of bytes that have several names, all or none: they are only freed with the last name.
    """
    keep = entries[0]
    kept = {part.identity for part in keep.found.parts}
    pairs: dict[str, Pair] = {}
    for other in entries[1:]:
        for mine, theirs in zip(keep.found.parts, other.found.parts, strict=True):
            if mine.device == theirs.device and theirs.identity not in kept:
                pairs.setdefault(theirs.real, Pair(mine, theirs, other.row.store))
    names = Counter(pair.replace.identity for pair in pairs.values())
    return tuple(
        pair
        for pair in pairs.values()
        if _names_of(pair.replace) <= names[pair.replace.identity]
        and not same_extents(pair.keep.real, pair.replace.real)
    )


def _names_of(part: Part) -> int:
    try:
        return os.stat(part.real).st_nlink  # noqa: PTH116
    except OSError:
        return 1


def _frees(pairs: Sequence[Pair]) -> int:
    return sum({pair.replace.identity: pair.replace.size for pair in pairs}.values())


def order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """`entries` with the one to keep first: from a store where nobody writes to files, else the first row."""
    return tuple(sorted(entries, key=lambda entry: entry.row.store not in _IMMUTABLE))


def reclaimable(entries: Sequence[Entry]) -> int:
    return _frees(pairs_of(order(entries)))


def preview(entries: Sequence[Entry]) -> SharePreview:
    """What sharing the group `entries` would do."""
    ordered = order(entries)
    keep = ordered[0].row.path
    pairs = pairs_of(ordered)
    if not pairs:
        return SharePreview(keep, (), 0, "", _why_nothing(ordered))
    refused = [pair for pair in pairs if _refused(pair)]
    usable = tuple(pair for pair in pairs if pair not in refused)
    problem = _refused(refused[0]) if refused else ""
    if not usable:
        return SharePreview(keep, (), 0, "", problem)
    way = "reflink" if all(_can_clone(pair) for pair in usable) else "hardlink"
    if way == "hardlink" and not all(_can_link(pair) for pair in usable):
        problem = tr("This file system can neither share bytes between files nor give a file two names.")
        return SharePreview(keep, (), 0, "", problem)
    return SharePreview(
        keep,
        tuple(pair.replace.path for pair in usable),
        _frees(usable),
        way,
        problem,
        _warnings(ordered[0], usable, way),
    )


def share(entries: Sequence[Entry], way: str, records: DigestRecords, draft: Draft, step: Step) -> Outcome:
    """Hash every pair, and let the second file use the bytes of the first where they are equal now.

    Raises:
        AppError: ``library.not_equal``, ``library.changed``, ``library.share`` or ``library.unreadable``.
        Cancelled: It was stopped. Each file is whole at every moment.
    """
    pairs = [pair for pair in pairs_of(order(entries)) if not _refused(pair)]
    kept = {pair.keep.real: pair.keep.size for pair in pairs}
    step.expect(sum(kept.values()) + sum(pair.replace.size for pair in pairs))
    hashes: dict[str, Hashed] = {}
    for pair in pairs:
        if pair.keep.real not in hashes:
            step.say(tr("Verifying {name}", name=shown(pair.keep.path.name)))
            hashes[pair.keep.real] = hash_file(pair.keep.real, step.advance)
            note(records, pair.keep.real, hashes[pair.keep.real])
        step.say(tr("Verifying {name}", name=shown(pair.replace.path.name)))
        other = hash_file(pair.replace.real, step.advance)
        note(records, pair.replace.real, other)
        keep = hashes[pair.keep.real]
        if keep.sha256 != other.sha256:
            raise _not_equal(pair, keep, other)
        step.check()
        keep_now = _share(pair, way, keep.state, other.state, draft)
        hashes[pair.keep.real] = Hashed(keep.sha256, keep_now)
        state = State.of(os.stat(pair.replace.real))  # noqa: PTH116
        note(records, pair.replace.real, Hashed(keep.sha256, state))
    return Outcome(tr("Equal files share their bytes now."), Path(pairs[0].keep.path) if pairs else None)


def _share(pair: Pair, way: str, keep: State, other: State, draft: Draft) -> State:
    """Replace one file by a name of the bytes of the other; returns what the kept file looks like then."""
    target = Path(pair.replace.real)
    # Short, because the name of the file may be as long as names can be.
    temporary = target.with_name(f".{uuid.uuid4().hex}.orangery.part")
    try:
        draft.write(Note((str(temporary),)))
        if way == "reflink":
            _clone(Path(pair.keep.real), temporary)
            shutil.copystat(target, temporary)
            sync_file(temporary)
        else:
            os.link(pair.keep.real, temporary)
        kept = State.of(os.stat(pair.keep.real))  # noqa: PTH116
        if way == "hardlink" and State.of(temporary.stat()).inode != keep.inode:
            raise changed(pair.keep.real)
        # A new name changes only the time of the last status change.
        if (kept.inode, kept.size, kept.mtime_ns) != (keep.inode, keep.size, keep.mtime_ns):
            raise changed(pair.keep.real)
        if State.of(target.stat()) != other:
            raise changed(target)
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise AppError(
            "library.share",
            tr("{name} cannot share its bytes.", name=shown(pair.replace.path.name)),
            tr("Both files are as they were."),
            str(error),
            retryable=True,
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return kept


def _refused(pair: Pair) -> str:
    """Why this pair is left out; empty when it is not."""
    try:
        keep, other = os.stat(pair.keep.real), os.stat(pair.replace.real)  # noqa: PTH116
    except OSError:
        return tr("{name} is gone.", name=shown(pair.replace.path.name))
    if keep.st_uid != other.st_uid:
        return tr("{name} belongs to another user of this computer.", name=shown(pair.replace.path.name))
    if not os.access(Path(pair.replace.real).parent, os.W_OK):
        return tr("You may not write in the folder of {name}.", name=shown(pair.replace.path.name))
    return ""


def _why_nothing(entries: Sequence[Entry]) -> str:
    devices = {part.device for entry in entries for part in entry.found.parts}
    if len(devices) > 1:
        return tr("They lie on different disks, and bytes can only be shared on one disk.")
    if len({part.identity for entry in entries for part in entry.found.parts}) > len(entries[0].found.parts):
        return tr("Their bytes are shared already, or also have names elsewhere, so nothing would be freed.")
    return tr("They share their bytes already.")


def _warnings(keep: Entry, pairs: Sequence[Pair], way: str) -> tuple[str, ...]:
    if way == "reflink":
        return ()
    stores = [store for store in (keep.row.store, *(p.store for p in pairs)) if store not in _IMMUTABLE]
    return tuple(
        tr(
            "A program that writes into a file in {place} would then change both. None is known to do so.",
            place=whose(store),
        )
        for store in dict.fromkeys(stores)
    )


def _not_equal(pair: Pair, keep: Hashed, other: Hashed) -> AppError:
    return AppError(
        "library.not_equal",
        tr(
            "{one} and {other} are not equal.",
            one=shown(str(pair.keep.path)),
            other=shown(str(pair.replace.path)),
        ),
        tr("Nothing was changed. Verify both to see which one is damaged."),
        f"{keep.sha256}\n{other.sha256}",
    )


# What the file system can do


def _can_clone(pair: Pair) -> bool:
    """Try it on a file without a name."""
    if sys.platform == "darwin":
        return True  # APFS; on anything else the copy is refused, with both files as they were
    if sys.platform != "linux":
        return False
    try:
        handle = os.open(Path(pair.replace.real).parent, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:
        return False
    try:
        with Path(pair.keep.real).open("rb") as source:
            _ficlone(source.fileno(), handle)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _can_link(pair: Pair) -> bool:
    temporary = Path(pair.replace.real).with_name(f".{uuid.uuid4().hex}.orangery.part")
    try:
        os.link(pair.keep.real, temporary)
        temporary.unlink()
    except OSError:
        return False
    return True


def _clone(source: Path, target: Path) -> None:
    """A new file `target` with the bytes of `source`, independent of it.

    Raises:
        OSError: The file system cannot do it.
    """
    if sys.platform == "darwin":
        library = ctypes.CDLL(None, use_errno=True)
        if library.clonefile(os.fsencode(source), os.fsencode(target), 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(target, flags, 0o600)
    try:
        with source.open("rb") as file:
            _ficlone(file.fileno(), handle)
    finally:
        os.close(handle)


def _ficlone(source: int, target: int) -> None:
    if sys.platform != "linux":
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    import fcntl

    fcntl.ioctl(target, _FICLONE, source)
