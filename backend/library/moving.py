"""Moving a model to another folder: copy, verify, switch, and only then remove the old files.

Wherever it is cancelled or killed, the old place still works until the new one does.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.activities.runner import Step
from backend.downloads.space import RESERVE, disk_free
from backend.errors import AppError
from backend.files import sync_folder
from backend.gguf.names import UNKNOWN
from backend.hubs.names import is_safe_path
from backend.i18n import tr
from backend.library.drafts import Draft, Note, undo_placed
from backend.library.hashing import BLOCK, Hashed, State, changed, hash_file, unreadable
from backend.library.rows import Entry
from backend.library.stores.found import shown, stable_id
from backend.library.types import Store
from backend.library.verifying import damage

DRAFT = ".orangery.part"
"""Ends the name of a copy that is not finished; no program takes it for a model."""

_MTIME_GRAIN_NS = 2_000_000_000
"""FAT keeps times to two seconds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One file, and where it goes."""

    old: str
    new: Path
    token: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def draft(self) -> Path:
        """Not after the name, which may be as long as names can be; nobody else moves to this one."""
        return self.new.with_name(f".{self.token}{DRAFT}")


@dataclass(frozen=True, slots=True)
class Moved:
    """The new files with their digests, in the order of the parts, and then the old ones; of each a projector
    is the last."""

    files: tuple[tuple[Path, Hashed], ...]
    old: tuple[tuple[str, Hashed], ...]
    new_id: str


def plan(entry: Entry, folder: Path) -> tuple[Pair, ...]:
    """Which file goes where: ``<folder>/<publisher>/<name>/<file>.gguf``, as LM Studio and others read it.

    Raises:
        AppError: ``library.move_same``, ``library.exists``, ``library.incomplete`` or ``library.damaged``.
    """
    if not entry.whole:
        raise AppError(
            "library.incomplete",
            tr("{name} is not whole, so it cannot be moved.", name=entry.row.name),
            entry.row.problem,
        )
    place = folder / _below(entry)
    pairs = [Pair(part.real, place / _file_name(entry, k)) for k, part in enumerate(entry.found.parts)]
    if (projector := entry.row.projector) is not None:
        name = projector.name if projector.suffix.lower() == ".gguf" else f"mmproj-{_stem(entry)}.gguf"
        pairs.append(Pair(os.path.realpath(projector), place / name))
    if entry.row.damaged:
        raise AppError(
            "library.damaged",
            tr("{name} is damaged, so it is not moved.", name=entry.row.name),
            tr("Delete it and download it again."),
            entry.row.problem,
        )
    for pair in pairs:
        if os.path.realpath(pair.new) == pair.old:
            raise AppError(
                "library.move_same",
                tr("{name} already lies in {folder}.", name=entry.row.name, folder=folder),
            )
        if os.path.lexists(pair.new):
            raise AppError(
                "library.exists",
                tr("There is already a file {path}.", path=shown(str(pair.new))),
                tr("Choose another folder, or remove that file first."),
            )
    return tuple(pairs)


def _below(entry: Entry) -> Path:
    found = entry.found
    if entry.row.store is Store.OLLAMA:
        pieces = [found.owner or "ollama", found.name.split(":")[0]]
    elif found.repo_id is not None:
        pieces = found.repo_id.split("/")
        pieces = pieces if len(pieces) == 2 else ["huggingface", *pieces]
    elif found.root is not None and found.path.is_relative_to(found.root):
        pieces = list(found.path.parent.relative_to(found.root).parts)
    else:
        pieces = []
    return Path(*(_safe(piece) for piece in pieces))


def _file_name(entry: Entry, part: int) -> str:
    path = entry.found.parts[part].path
    return path.name if path.suffix.lower() == ".gguf" else f"{_stem(entry)}.gguf"


def _stem(entry: Entry) -> str:
    """A file name for what had none, such as a blob of Ollama."""
    name = _safe(entry.found.name.replace(":", "-"))
    quant = entry.row.quant
    return name if quant == UNKNOWN or quant.lower() in name.lower() else f"{name}-{quant}"


def _safe(piece: str) -> str:
    return (
        piece
        if is_safe_path(piece) and "/" not in piece
        else re.sub(r"[^A-Za-z0-9._-]", "_", piece).strip(".") or "_"
    )


def check_space(
    pairs: Sequence[Pair],
    folder: Path,
    linkable: frozenset[str] = frozenset(),
    free: Callable[[Path], int] = disk_free,
) -> None:
    """Raises:
    AppError: ``library.no_space``."""
    copied = [pair for pair in pairs if pair.old not in linkable or not _same_disk(pair)]
    needed = sum(_size(pair.old) for pair in copied) + RESERVE
    available = free(folder)
    if needed > available and needed > RESERVE:
        raise no_space(folder, needed, available)


def no_space(folder: Path, needed: int, free: int | None) -> AppError:
    detail = f"{needed} bytes needed" + ("" if free is None else f", {free} bytes free")
    return AppError(
        "library.no_space",
        tr("The disk of {folder} has not enough free space.", folder=shown(str(folder))),
        tr("Free some space there, or choose a folder on another disk."),
        detail,
        retryable=True,
    )


def transfer(
    entry: Entry,
    pairs: Sequence[Pair],
    folder: Path,
    draft: Draft,
    step: Step,
    *,
    linkable: frozenset[str] = frozenset(),
) -> Moved:
    """Copy, verify and place. Without `Moved` as result, nothing of it is left behind.

    Args:
        linkable: Old files that will go altogether, so that on the same disk a second name is enough.

    Raises:
        AppError: ``library.no_space``, ``library.copy``, ``library.unreadable``, ``library.changed``, or
            ``library.damaged``: elsewhere nobody would know any more what it should have been.
        Cancelled: It was stopped.
    """
    drafts = tuple(str(pair.draft) for pair in pairs)
    placed: tuple[tuple[str, int, int], ...] = ()
    new_id = stable_id(pairs[0].new)
    try:
        draft.write(Note(drafts))
        copies = _copy_all(pairs, folder, linkable, step)
        for part, copy in zip(entry.found.parts, copies, strict=False):  # nobody promises a projector
            if part.promise not in (None, copy.sha256):
                raise damage(entry, part, str(part.promise), copy.sha256)
        placed = tuple(_identity(pair) for pair in pairs)
        step.check()
        draft.write(Note(drafts, placed, False, entry.row.id, new_id, str(folder)))
        for pair in pairs:
            _place(pair)
        for place in {pair.new.parent for pair in pairs}:
            sync_folder(place)
        draft.write(Note((), placed, True, entry.row.id, new_id, str(folder)))
    except BaseException as error:
        _undo(pairs, placed)
        if isinstance(error, OSError):
            raise _copy_failed(entry, folder, error) from error
        raise
    files = tuple((pair.new, _now(pair.new, copy)) for pair, copy in zip(pairs, copies, strict=True))
    return Moved(files, tuple((pair.old, copy) for pair, copy in zip(pairs, copies, strict=True)), new_id)


def is_copy(old: Entry, new: Entry) -> bool:
    """Whether what lies at the old place is still what was copied; it may have been downloaded anew."""
    mine, theirs = old.found.parts, new.found.parts
    if [part.size for part in mine] != [part.size for part in theirs]:
        return False
    if all(old.digests) and all(new.digests):
        return old.digests == new.digests
    return all(
        abs(one.mtime_ns - other.mtime_ns) <= _MTIME_GRAIN_NS for one, other in zip(mine, theirs, strict=True)
    )


def _copy_all(pairs: Sequence[Pair], folder: Path, linkable: frozenset[str], step: Step) -> list[Hashed]:
    sizes = {pair.old: _size(pair.old) for pair in pairs}
    linked = {pair.old for pair in pairs if pair.old in linkable and _same_disk(pair)}
    step.expect(sum(size * (1 if old in linked else 2) for old, size in sizes.items()))
    results = []
    for pair in pairs:
        _make_folders(pair.new.parent)
        pair.draft.unlink(missing_ok=True)
        step.say(tr("Copying {name}", name=shown(pair.new.name)))
        if pair.old in linked and _link(pair):
            results.append(hash_file(pair.draft, step.advance))
            continue
        source = _copy(pair, step)
        step.say(tr("Verifying {name}", name=shown(pair.new.name)))
        copy = hash_file(pair.draft, step.advance)
        if copy.sha256 != source.sha256:
            raise AppError(
                "library.copy",
                tr("The copy of {name} is not equal to the original.", name=shown(pair.new.name)),
                tr("The disk may be failing. The original is untouched."),
                f"{source.sha256}\n{copy.sha256}",
                retryable=True,
            )
        results.append(source)
    return results


def _copy(pair: Pair, step: Step) -> Hashed:
    """Copy and hash in one pass over the source."""
    hasher = hashlib.sha256()
    buffer = memoryview(bytearray(BLOCK))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        source = Path(pair.old).open("rb", buffering=0)  # noqa: SIM115
    except OSError as error:
        raise unreadable(pair.old, error) from error
    with source:
        before = State.of(os.fstat(source.fileno()))
        handle = os.open(pair.draft, flags, 0o666)
        try:
            while count := source.readinto(buffer):
                hasher.update(buffer[:count])
                view = buffer[:count]
                while view:
                    view = view[os.write(handle, view) :]
                step.advance(count)
            os.fsync(handle)
        finally:
            os.close(handle)
        after = State.of(os.fstat(source.fileno()))
    if (before.size, before.mtime_ns) != (after.size, after.mtime_ns):
        raise changed(pair.old)
    with contextlib.suppress(OSError):
        shutil.copystat(pair.old, pair.draft)
    return Hashed(hasher.hexdigest(), after)


def _link(pair: Pair) -> bool:
    """On one disk no byte has to be copied: the file gets a second name, and then loses the first."""
    try:
        os.link(pair.old, pair.draft)
    except OSError:
        return False
    return True


def _same_disk(pair: Pair) -> bool:
    with contextlib.suppress(OSError):
        place = pair.new.parent
        while not place.exists():
            place = place.parent
        found = os.stat(pair.old)  # noqa: PTH116
        return found.st_dev == place.stat().st_dev and found.st_nlink == 1
    return False


def _place(pair: Pair) -> None:
    """Give the copy its name, unless somebody else took it meanwhile."""
    if os.name == "nt":
        pair.draft.rename(pair.new)  # refuses to replace there
        return
    try:
        os.link(pair.draft, pair.new)  # refuses to replace
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(pair.new):
            raise FileExistsError(errno.EEXIST, "exists", str(pair.new)) from None
        pair.draft.rename(pair.new)
    else:
        pair.draft.unlink()


def _now(path: Path, copy: Hashed) -> Hashed:
    return Hashed(copy.sha256, State.of(path.stat()))


def _undo(pairs: Sequence[Pair], placed: Sequence[tuple[str, int, int]]) -> None:
    with contextlib.suppress(OSError):
        undo_placed(placed)
    for pair in pairs:
        with contextlib.suppress(OSError):
            pair.draft.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            pair.new.parent.rmdir()
            pair.new.parent.parent.rmdir()


def _identity(pair: Pair) -> tuple[str, int, int]:
    found = pair.draft.lstat()
    return str(pair.new), found.st_ino, found.st_size


def _make_folders(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sync_folder(folder.parent)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0


def _copy_failed(entry: Entry, folder: Path, error: OSError) -> AppError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return no_space(folder, entry.row.size, None)
    return AppError(
        "library.copy",
        tr("{name} cannot be copied to {folder}.", name=entry.row.name, folder=shown(str(folder))),
        tr("Check that the disk is connected and that you may write there. The original is untouched."),
        str(error),
        retryable=True,
    )
