"""Ghosts: files with the header and the size of a model and a hole where its weights would be."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.gguf.header import Header
from backend.gguf.names import shard_name
from backend.gguf.slim import can_be_slim, slim

log = logging.getLogger(__name__)

_KEPT = 24
_MAX_AGE_S = 7 * 86_400.0
_SET_SPARSE = 0x900C4
_HOLE = 4 * 2**20
"""A first hole, to see whether the disk really leaves it out."""
_NOT_SPARSE = "this disk does not keep sparse files"


@dataclass(frozen=True, slots=True)
class GhostPart:
    """One file of a model that lies elsewhere: what was read of it, its raw bytes, and its size."""

    header: Header = field(repr=False)
    raw: bytes = field(repr=False)
    size: int


@dataclass(frozen=True, slots=True)
class Ghost:
    """A model that lies elsewhere. `key` names content that never changes."""

    key: str
    parts: tuple[GhostPart, ...]


class Ghosts:
    """Keeps the ghosts used last in one folder, which may be deleted at any time. Thread-safe."""

    def __init__(self, folder: Path, *, kept: int = _KEPT) -> None:
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()

    def write(self, ghost: Ghost, *, whole: bool) -> tuple[Path, ...]:
        """The files of `ghost`, in order.

        Args:
            whole: With the vocabulary; without it a file takes a few kilobytes and opens several times
                faster.

        Raises:
            OSError: The disk is full or read-only.
        """
        name = hashlib.sha256(f"{ghost.key} {whole}".encode()).hexdigest()[:32]
        folder = self._folder / f".{name}"  # hidden folders are never searched for models
        with self._lock:
            paths = tuple(folder / part_name for part_name in _names(len(ghost.parts)))
            if not all(path.is_file() for path in paths):
                self._write(folder, paths, ghost.parts, whole)
            os.utime(folder)
            self._prune(folder)
        return paths

    def _write(self, folder: Path, paths: Sequence[Path], parts: Sequence[GhostPart], whole: bool) -> None:
        draft = folder.with_suffix(f".{os.getpid()}.tmp")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        try:
            for path, part in zip(paths, parts, strict=True):
                _write_sparse(draft / path.name, *_content(part, whole))
            draft.rename(folder)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not all(path.is_file() for path in paths):  # else another process was faster
                raise

    def _prune(self, current: Path) -> None:
        """Delete what was not used for a week, and the oldest beyond what is kept."""
        found = []
        for folder in self._folder.iterdir():
            with contextlib.suppress(OSError):
                found.append((folder.stat().st_mtime, folder))
        found.sort(reverse=True)
        for number, (used, folder) in enumerate(found):
            stale = number >= self._kept or time.time() - used > _MAX_AGE_S
            if stale and folder != current:
                shutil.rmtree(folder, ignore_errors=True)


def _names(parts: int) -> list[str]:
    if parts == 1:
        return ["model.gguf"]
    return [shard_name("model", number, parts) for number in range(1, parts + 1)]


def _content(part: GhostPart, whole: bool) -> tuple[bytes, int]:
    """What the file starts with, and how long it is."""
    header = part.header
    raw = part.raw[: header.header_bytes]
    if whole or not can_be_slim(header):
        return raw, part.size
    short = slim(header, raw)
    start = -(-len(short) // header.alignment) * header.alignment
    return short, start + part.size - header.data_offset


def _write_sparse(path: Path, start: bytes, size: int) -> None:
    with path.open("wb") as file:
        if sys.platform == "win32":
            _mark_sparse(file.fileno())
        file.write(start)
        file.flush()
        file.truncate(len(start) + _HOLE)
        blocks = getattr(os.fstat(file.fileno()), "st_blocks", 0)
        if blocks * 512 > len(start) + _HOLE // 2:
            raise OSError(_NOT_SPARSE)  # before gigabytes of zeros are written
        file.truncate(max(size, len(start)))


def _mark_sparse(fd: int) -> None:  # pragma: no cover  # NTFS only
    """Without this NTFS would write zeros up to the new end."""
    if sys.platform == "win32":
        import msvcrt

        done = ctypes.c_ulong()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(fd))
        if not ctypes.windll.kernel32.DeviceIoControl(
            handle, _SET_SPARSE, None, 0, None, 0, ctypes.byref(done), None
        ):
            raise OSError(_NOT_SPARSE)
