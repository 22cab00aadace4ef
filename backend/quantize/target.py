"""Where a new file goes: its name, the names while it is written, and the disk under it."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from backend.downloads.space import disk_free
from backend.errors import AppError
from backend.gguf.names import shard_info, shard_name, without_label
from backend.hubs.names import file_stem
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.library.types import LibraryModel

PART = ".orangery.part"
PUBLISHER = "orangery"
"""The folder of what was made here, beside those of other publishers."""
_ENDING = re.compile(r"\.gguf$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Attributes:
    files: Final names, in the order of the parts.
    drafts: The names while they are written, each in the same folder or one below.
    written: What the engine is told to write; it makes the names of parts from it.
    """

    files: tuple[Path, ...]
    drafts: tuple[Path, ...]
    written: Path

    @property
    def folder(self) -> Path:
        return self.files[0].parent


def target_at(path: Path, parts: int) -> Target:
    """The files for `path`; with several `parts` each has its number before the ending."""
    if parts == 1:
        draft = path.with_name(path.name + PART)
        return Target((path,), (draft,), draft)
    prefix = _ENDING.sub("", path.name)
    # In a hidden folder, because the engine gives parts their final ending while it still writes them.
    below = path.parent / f".{prefix}{PART}" / "part"
    files = tuple(path.with_name(shard_name(prefix, number, parts)) for number in range(1, parts + 1))
    drafts = tuple(Path(shard_name(str(below), number, parts)) for number in range(1, parts + 1))
    return Target(files, drafts, below)


def free_target(models: Path, row: LibraryModel, kind: str, parts: int) -> Target:
    """``<models>/orangery/<name>/<file>-<TYPE>.gguf``, numbered where that is taken."""
    stem = stem_of(row)
    return free_name(models / PUBLISHER / stem, f"{stem}-{kind}", parts)


def free_name(folder: Path, stem: str, parts: int) -> Target:
    """``<folder>/<stem>.gguf``, numbered where that is taken."""
    number = 1
    while True:
        name = f"{stem}.gguf" if number == 1 else f"{stem}-{number}.gguf"
        target = target_at(folder / name, parts)
        if not any(os.path.lexists(path) for path in (*target.files, *target.drafts)):
            return target
        number += 1


def stem_of(row: LibraryModel) -> str:
    """The name of a model without its quantization, fit to be a file name."""
    name = row.path.name if row.path.suffix.lower() == ".gguf" else row.name
    part = shard_info(name)
    stem = part.prefix if part is not None else _ENDING.sub("", name)
    return file_stem(without_label(stem))


def check_place(target: Target, source: tuple[Path, ...], *, replace: bool) -> None:
    """Args:
        source: Every file that is read.

    Raises:
        AppError: ``quantize.same_file``, or ``quantize.exists`` unless it may `replace`."""
    own = {os.path.realpath(path) for path in source}
    for path in target.files:
        if os.path.realpath(path) in own or any(_same(path, original) for original in source):
            raise AppError(
                "quantize.same_file",
                tr("{path} is what the new file is made from.", path=shown(str(path))),
                tr("Choose another name for the new file; the original is never changed."),
            )
        # Folders and devices are never replaced.
        if os.path.lexists(path) and not (replace and (path.is_file() or path.is_symlink())):
            raise exists(path)


def exists(path: Path) -> AppError:
    return AppError(
        "quantize.exists",
        tr("There is already a file {path}.", path=shown(str(path))),
        tr("Choose another name, or remove that file first."),
    )


def check_space(folder: Path, size: int) -> None:
    """Raises:
    AppError: ``quantize.folder`` where nothing can be written, ``quantize.no_space`` unless `size` bytes fit
        with 5 % to spare."""
    existing = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise _not_writable(folder)
    needed, free = size + size // 20, disk_free(folder)
    if needed > free:
        raise no_space(folder, needed, free)


def _not_writable(folder: Path) -> AppError:
    return AppError(
        "quantize.folder",
        tr("Nothing can be written into {folder}.", folder=shown(str(folder))),
        tr("Choose another folder for the new file."),
    )


def check_name(path: Path) -> None:
    """Raises:
    AppError: ``quantize.name``: other programs, and the library, look for ``.gguf`` only."""
    if path.suffix.lower() != ".gguf":
        raise AppError(
            "quantize.name",
            tr("The name of the new file, {name}, does not end in .gguf.", name=shown(path.name)),
            tr("Add .gguf to it, or name a folder that is there."),
        )


def no_space(folder: Path, needed: int, free: int) -> AppError:
    return AppError(
        "quantize.no_space",
        tr(
            "The disk of {folder} has not enough free space: {needed} MB are needed, {free} MB are free.",
            folder=shown(str(folder)),
            needed=f"{needed / 1e6:.1f}",
            free=f"{free / 1e6:.1f}",
        ),
        tr("Free some space there, or choose a folder on another disk."),
        f"{needed} bytes needed, {free} bytes free",
        retryable=True,
    )


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samefile(one, other)  # noqa: PTH121
    return False
