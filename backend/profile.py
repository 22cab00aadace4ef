"""Entering the folders of a profile, which one window at a time owns."""

from __future__ import annotations

from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr
from backend.locks import FileLock
from backend.paths import Paths


def entered(paths: Paths, *, alone: bool) -> FileLock:
    """Make the folders, and with `alone` become the one who owns them; the lock is to be released in the end.

    Raises:
        AppError: ``app.running`` (another window has this profile), ``app.no_folder``.
    """
    lock = FileLock(instance_lock(paths))
    try:
        paths.ensure()
        free = not alone or lock.acquire()
    except OSError as error:  # a read-only or full disk
        raise no_folder(paths, error) from error
    if not free:
        raise AppError(
            "app.running",
            tr("Orangery is already running with the profile in {path}.", path=paths.data),
            tr("Use its window, or start with --home and another folder."),
        )
    return lock


def instance_lock(paths: Paths) -> Path:
    """The file that the window of this profile keeps locked; its path also names the window to others."""
    return paths.data / "instance.lock"


def no_folder(paths: Paths, error: OSError) -> AppError:
    """The disk of the profile refused."""
    return AppError(
        "app.no_folder",
        tr("Orangery cannot use its folder {path}.", path=error.filename or paths.data),
        tr("Check that it may be written, or start with --home and another folder."),
        str(error),
    )
