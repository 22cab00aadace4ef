"""Small durable file operations: a file is replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from pathlib import Path


def write_atomically(path: Path, data: bytes, *, durable: bool = True, mode: int = 0o666) -> None:
    """Replace the content of `path` with `data`: after a crash it holds the old or the new content.

    Writers side by side do not disturb each other; the last one wins. A symbolic link at `path`, or at the
    temporary name beside it, is replaced and never followed.

    Args:
        durable: Whether to wait until the content is on the disk, so that this holds for a power cut too.
        mode: Permissions of a new file, less what the umask takes away.

    Raises:
        OSError: The folder cannot be written, or the disk is full; `path` is as it was.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, mode)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def read_start(path: Path, limit: int) -> bytes:
    """The first `limit` bytes of the file at `path`.

    Raises:
        OSError: It cannot be read, or is no plain file: a pipe would block, and a device has no end.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(limit)


def remove_drafts(path: Path) -> None:
    """Delete what processes that were killed inside `write_atomically` left beside `path`."""
    for draft in path.parent.glob(f"{path.name}.*-*.tmp"):
        draft.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until the content of `path` is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` survive a power cut, where the system offers that."""
    if os.name == "nt":  # folders cannot be opened there; NTFS journals names itself
        return
    with contextlib.suppress(OSError):  # some network file systems refuse to sync a folder
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def cell_text(text: str) -> str:
    """`text` for a table that people open in a spreadsheet, which must not take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
