"""Files that the chats are written to: whole or not at all, and an error that says why."""

from __future__ import annotations

from pathlib import Path

from backend.errors import AppError
from backend.files import write_atomically
from backend.i18n import tr


def write_file(path: Path, data: bytes) -> None:
    """Replace the file at `path`.

    Raises:
        AppError: ``chat.export_failed``; `path` is as it was.
    """
    try:
        write_atomically(path, data)
    except OSError as error:
        raise AppError(
            "chat.export_failed",
            tr("{path} could not be written.", path=path),
            tr("Check that the folder is there, may be written and has free space, then try again."),
            str(error),
            retryable=True,
        ) from error
