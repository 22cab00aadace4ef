"""Whether what is made of a folder was written as it should be."""

from __future__ import annotations

from pathlib import Path

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.i18n import tr
from backend.quantize import target as place


def check_written(path: Path, expected: tuple[int, int, str]) -> Header:
    """Read the new file again with the reader that every other file has to pass; returns its header.

    Args:
        expected: Its bytes, how many tensors it has, and its architecture.

    Raises:
        AppError: ``convert.damaged``.
    """
    try:
        header = read_header(path)
        found = (path.stat().st_size, len(header.tensors), header.architecture)
    except (OSError, AppError) as error:
        raise damaged(path, str(error)) from error
    if found != expected:
        raise damaged(path, f"{found} instead of {expected}")
    return header


def damaged(path: Path, detail: str) -> AppError:
    """What to say of the draft at `path` that is not what it should be."""
    return AppError(
        "convert.damaged",
        tr("{file} was not written as it should have been.", file=path.name.removesuffix(place.PART)),
        tr("It was removed. The disk may be full or failing; the original is untouched."),
        detail,
        retryable=True,
    )
