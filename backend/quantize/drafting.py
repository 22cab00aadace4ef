"""Files that are written under another name, noted while they are, and given their names at the end."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backend.errors import AppError
from backend.files import sync_file, sync_folder
from backend.i18n import tr
from backend.library.drafts import Draft, Note, undo_placed
from backend.library.stores.found import shown
from backend.quantize import target as place
from backend.quantize.target import Target


@contextlib.contextmanager
def drafted(target: Target, notes: Path | None) -> Iterator[Draft]:
    """The files to be written, empty, and a note of them; afterwards none of both is left. Whoever writes
    them must have ended before.

    Args:
        notes: Where half-done work is noted, so that the next start removes what a kill leaves; None notes
            it in a folder that is not looked at again.

    Raises:
        AppError: ``quantize.write``, ``quantize.no_space``, or ``quantize.busy``.
    """
    try:
        draft = Draft(notes or Path(tempfile.mkdtemp(prefix="orangery-")))
    except OSError as error:
        raise unwritable(target.folder, error) from error
    folders: list[Path] = []
    created: list[Path] = []
    try:
        try:
            draft.write(Note(tuple(map(str, target.drafts))))
            folders = _make_folders(target.drafts[0].parent)
            for path in target.drafts:
                # A link that somebody put there is not followed.
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
                os.close(os.open(path, flags, 0o666))
                created.append(path)
        except FileExistsError as error:
            raise _busy(target) from error
        except OSError as error:
            raise unwritable(target.folder, error) from error
        yield draft
    finally:
        for path in created:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):
                folder.rmdir()
        # What another program holds open cannot be deleted on Windows; the next start tries again.
        draft.close(clean=not any(map(os.path.lexists, created)))


def place_all(target: Target, draft: Draft, *, replace: bool) -> None:
    """Give the drafts their final names, all or none.

    Raises:
        AppError: ``quantize.exists`` unless files may be replaced, ``quantize.write`` and the like.
    """
    placed: tuple[tuple[str, int, int], ...] = ()
    try:
        if len(target.files) > 1 and not replace:
            states = [(path, path.lstat()) for path in target.drafts]
            placed = tuple(
                (str(file), state.st_ino, state.st_size)
                for file, (_, state) in zip(target.files, states, strict=True)
            )
            draft.write(Note(tuple(map(str, target.drafts)), placed))
        for path, file in zip(target.drafts, target.files, strict=True):
            _place(path, file, replace=replace)
        sync_folder(target.folder)
    except FileExistsError as error:
        undo_placed(placed)
        raise place.exists(Path(error.filename2 or error.filename or target.files[0])) from error
    except OSError as error:
        undo_placed(placed)
        raise unwritable(target.folder, error) from error


def _place(draft: Path, file: Path, *, replace: bool) -> None:
    if replace:
        draft.replace(file)
        return
    if os.name == "nt":
        draft.rename(file)  # refuses to replace there
        return
    try:
        os.link(draft, file)  # refuses to replace
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, "exists", str(file)) from None
        draft.rename(file)
    else:
        draft.unlink()


def synced(path: Path) -> None:
    """Wait until a draft is on the disk.

    Raises:
        AppError: ``quantize.write`` and the like.
    """
    try:
        sync_file(path)
    except OSError as error:
        raise unwritable(path.parent, error) from error


def _make_folders(folder: Path) -> list[Path]:
    """Make `folder`; returns those that were missing, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)
    return missing[::-1]


def _busy(target: Target) -> AppError:
    return AppError(
        "quantize.busy",
        tr("{file} is being made already.", file=shown(target.files[0].name)),
        tr("Wait until that has ended, or choose another name."),
    )


def unwritable(folder: Path, error: OSError) -> AppError:
    """What to say about `error`, which ended writing into `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AppError(
            "quantize.no_space",
            tr("The disk of {folder} is full.", folder=shown(str(folder))),
            tr("Free some space there, or choose a folder on another disk."),
            str(error),
            retryable=True,
        )
    return AppError(
        "quantize.write",
        tr("Nothing can be written into {folder}.", folder=shown(str(folder))),
        tr("Check that the disk is connected and that you may write there, or choose another folder."),
        str(error),
        retryable=True,
    )
