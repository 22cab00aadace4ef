"""An unfinished file and its journal: which bytes are safely on the disk, whatever happens next.

Beside ``<etag>.part`` with the bytes lies ``<etag>.part.json``, the journal. It only ever names bytes that
were synced before it was written, and is replaced atomically, so it holds whatever happens to the machine.
Syncing goes on in a thread of its own and holds nobody up. A third file, ``<etag>.part.live``,
names what was written since (see `live`): a kill costs at most the bytes since that was brought up to date,
one `checkpoint`. Where there is no such note, writing waits for the syncing, and a kill costs at most two.
"""

from __future__ import annotations

import errno
import itertools
import json
import logging
import os
import stat
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from backend.downloads import live
from backend.files import remove_drafts, sync_folder, write_atomically

log = logging.getLogger(__name__)

JOURNAL_VERSION = 1
CHECKPOINT_BYTES = 2 << 20
CHECKPOINT_SECONDS = 5.0
SYNC_BYTES = 32 << 20
"""Bytes between two syncs where a kill costs none of them; a power cut does. With twice as many, writing
waits for the disk."""
_LARGEST_JOURNAL = 1 << 20

Ranges = tuple[tuple[int, int], ...]
"""Half-open byte ranges, sorted, neither touching nor overlapping."""


@dataclass(frozen=True, slots=True)
class Journal:
    """What the journal file says.

    Attributes:
        etag: Digest that names the content; the same as in the file name.
        size: Bytes of the whole file.
        ranges: Bytes that are synced in the part file.
        validator: The ETag of the server that sent them, for ``If-Range``; it may differ from `etag`, because
            content networks make up their own. Empty where the server gave no strong one.
    """

    etag: str
    size: int
    ranges: Ranges = ()
    validator: str = ""

    def dump(self) -> bytes:
        return json.dumps(
            {
                "version": JOURNAL_VERSION,
                "etag": self.etag,
                "size": self.size,
                "ranges": [list(pair) for pair in self.ranges],
                "validator": self.validator,
            }
        ).encode()

    @classmethod
    def load(cls, data: bytes) -> Journal | None:
        """What `dump` wrote, here or in a released version; None for anything else."""
        try:
            raw = json.loads(data)
            if raw["version"] != JOURNAL_VERSION:
                return None
            ranges = tuple((int(start), int(end)) for start, end in raw["ranges"])
            journal = cls(str(raw["etag"]), int(raw["size"]), ranges, str(raw["validator"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        edges = [edge for pair in ranges for edge in pair]
        ascending = all(left < right for left, right in itertools.pairwise(edges))
        if not ascending or (edges and not 0 <= edges[0] < edges[-1] <= journal.size):
            return None
        return journal


class PartFile:
    """The open part file of one transfer. Any thread may write; one of its own syncs and journals."""

    def __init__(
        self,
        path: Path,
        journal_path: Path,
        etag: str,
        size: int,
        *,
        checkpoint_bytes: int = CHECKPOINT_BYTES,
        checkpoint_seconds: float = CHECKPOINT_SECONDS,
    ) -> None:
        """Open the part, taking up what an earlier run left if its journal fits.

        Raises:
            OSError: The folder cannot be written.
        """
        self.path = path
        self._journal_path = journal_path
        self._etag = etag
        self.size = size
        self._checkpoint_bytes = checkpoint_bytes
        self._checkpoint_seconds = checkpoint_seconds
        self._lock = threading.RLock()
        self._handle = _open_plain(path)
        self._live = _open_plain(live_path(journal_path)) if live.boot_id() else -1
        self._inode = os.fstat(self._handle).st_ino
        self._since = 0
        self._synced = 0
        self._last = self._last_sync = time.monotonic()
        self._flush: Future[None] | None = None
        self._unsafe = False
        self._pool = ThreadPoolExecutor(1, "download-sync")
        journal = self._read_journal()
        if journal is None:
            self._ranges: Ranges = ()
            self.validator = ""
            self._forget_note()
            os.ftruncate(self._handle, 0)
        else:
            self._ranges = journal.ranges
            self._synced = self.have
            self.validator = journal.validator

    @property
    def have(self) -> int:
        """Bytes received, in whatever ranges."""
        return sum(end - start for start, end in self._ranges)

    @property
    def contiguous(self) -> int:
        """Bytes present from the start of the file without a hole."""
        ranges = self._ranges  # another thread may replace it at any moment
        return ranges[0][1] if ranges and ranges[0][0] == 0 else 0

    @property
    def ranges(self) -> Ranges:
        """What is there."""
        return self._ranges

    @property
    def complete(self) -> bool:
        return self.contiguous == self.size

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Put `data` at `offset`; checkpoints follow by themselves, for the bytes of all threads together.

        Raises:
            OSError: The disk is full or gone; the ranges before stay valid.
        """
        if offset < 0 or offset + len(data) > self.size:
            raise ValueError(f"{len(data)} bytes at {offset} are outside a file of {self.size}")
        _write_at(self._handle, data, offset, self._lock)
        now = time.monotonic()
        with self._lock:
            self._ranges = _with(self._ranges, offset, offset + len(data))
            self._since += len(data)
            if self._since >= self._checkpoint_bytes or now - self._last >= self._checkpoint_seconds:
                self._last = now
                self._since = 0
                if self._live >= 0:
                    self._note()
                else:
                    self._wait_for_flush()
                self._sync_behind(now)

    def checkpoint(self) -> None:
        """Return once all bytes received so far are synced and journalled."""
        with self._lock:
            self._wait_for_flush()
            self._since = 0
            self._sync(self._snapshot())

    def restart(self) -> None:
        """Forget all bytes: the server has other ones now, or the digest did not match. Nobody may write."""
        with self._lock:
            self._wait_for_flush()
            self._ranges = ()
            self.validator = ""
            self._since = self._synced = 0
            self._forget_note()
            # Journal first: it must never name bytes that were cut off.
            write_atomically(self._journal_path, self._snapshot().dump())
            os.ftruncate(self._handle, 0)

    def close(self) -> None:
        """Checkpoint if possible and let go of the files."""
        if self._handle < 0:
            return
        try:
            self.checkpoint()
        except OSError as error:
            log.warning("could not checkpoint %s: %s", self.path.name, error)
        self._release()

    def publish(self, final: Path) -> None:
        """Give the complete, checked file its final name. The part is closed afterwards.

        Raises:
            OSError: The name could not be given.
        """
        self._wait_for_flush()
        self._to_disk(os.fsync)
        opened = os.fstat(self._handle)
        self._release()
        named = os.lstat(self.path)
        if (opened.st_ino, opened.st_dev) != (named.st_ino, named.st_dev):
            raise OSError(f"{self.path.name} was replaced by another file during the transfer")
        self.path.replace(final)
        sync_folder(final.parent)
        _remove_journal(self._journal_path)

    def discard(self) -> None:
        """Close and delete both files."""
        self._release()
        discard(self.path, self._journal_path)

    def _release(self) -> None:
        self._pool.shutdown(wait=True)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._live >= 0:
            if self._unsafe:
                self._forget_note()
            os.close(self._live)
            self._live = -1

    def _sync_behind(self, now: float) -> None:
        """Let the syncing thread begin again, if it has nothing to do and enough has come together."""
        rest = self.have - self._synced
        due = self._live < 0 or rest >= SYNC_BYTES or now - self._last_sync >= self._checkpoint_seconds
        # On a disk that is slower than the network, what nobody waits for would pile up in memory, and a
        # pause or the end of the program would have to wait for all of it.
        if due and (self._flush is None or self._flush.done() or rest >= 2 * SYNC_BYTES):
            self._wait_for_flush()  # for its error
            self._last_sync, self._synced = now, self.have
            self._flush = self._pool.submit(self._sync, self._snapshot())

    def _note(self) -> None:
        os.pwrite(self._live, live.note(self._snapshot().dump(), self._inode), 0)

    def _forget_note(self) -> None:
        if self._live >= 0:
            os.ftruncate(self._live, 0)

    def _wait_for_flush(self) -> None:
        if self._flush is not None:
            flush, self._flush = self._flush, None
            flush.result()

    def _snapshot(self) -> Journal:
        return Journal(self._etag, self.size, self._ranges, self.validator)

    def _sync(self, journal: Journal) -> None:
        self._to_disk(getattr(os, "fdatasync", os.fsync))
        write_atomically(self._journal_path, journal.dump())

    def _to_disk(self, sync: Callable[[int], None]) -> None:
        if self._unsafe:
            raise OSError(errno.EIO, "an earlier write did not reach the disk", self.path.name)
        try:
            sync(self._handle)
        except OSError:
            # The system reports this once and then takes those bytes for written, though they may be lost.
            self._unsafe = True
            raise

    def _read_journal(self) -> Journal | None:
        journal = read_journal(self._journal_path)
        if journal is None or (journal.etag, journal.size) != (self._etag, self.size):
            return None
        if journal.ranges and os.fstat(self._handle).st_size < journal.ranges[-1][1]:
            return None
        return journal


def live_path(journal: Path) -> Path:
    """Where the note lies that goes with `journal`."""
    return journal.with_suffix(".live")


def read_journal(path: Path) -> Journal | None:
    """The journal at `path` with what was noted since, or None if there is none that can be trusted."""
    journal = _read_synced(path)
    noted = live.read_note(live_path(path), path.with_suffix(""))
    latest = Journal.load(noted) if noted is not None else None
    if latest is None or journal is None:
        return latest or journal
    if (journal.etag, journal.size) != (latest.etag, latest.size):
        return journal
    ranges = journal.ranges
    for start, end in latest.ranges:
        ranges = _with(ranges, start, end)
    return replace(latest, ranges=ranges)


def _read_synced(path: Path) -> Journal | None:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with path.open("rb") as file:
            return Journal.load(file.read(_LARGEST_JOURNAL))
    except OSError:
        return None


def discard(part: Path, journal: Path) -> None:
    """Delete an unfinished transfer that nobody has open; the journal first, as it promises bytes."""
    _remove_journal(journal)
    part.unlink(missing_ok=True)


def _remove_journal(journal: Path) -> None:
    live_path(journal).unlink(missing_ok=True)
    journal.unlink(missing_ok=True)
    remove_drafts(journal)


def _open_plain(path: Path) -> int:
    """Open or make `path` for writing; a planted link or shared inode is removed, never followed."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0)
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        pass
    else:
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            path.unlink()
    handle = os.open(path, flags, 0o666)
    opened = os.fstat(handle)
    if not stat.S_ISREG(opened.st_mode) or opened.st_nlink > 1:
        os.close(handle)
        raise OSError(f"{path.name} is not a plain file")
    return handle


def _write_at(handle: int, data: bytes | memoryview, offset: int, lock: threading.RLock) -> None:
    view = memoryview(data)
    if sys.platform == "win32":  # there is no pwrite there
        with lock:
            os.lseek(handle, offset, os.SEEK_SET)
            while view:
                view = view[os.write(handle, view) :]
    else:
        while view:
            count = os.pwrite(handle, view, offset)
            view = view[count:]
            offset += count


def _with(ranges: Ranges, start: int, end: int) -> Ranges:
    """`ranges` with [start, end) added and neighbours merged."""
    if start == end:
        return ranges
    if any(a <= start and end <= b for a, b in ranges):
        return ranges
    if ranges and ranges[-1][1] == start:  # the usual case: it goes on where it stopped
        return (*ranges[:-1], (ranges[-1][0], end))
    merged: list[tuple[int, int]] = []
    for pair in sorted((*ranges, (start, end))):
        if merged and pair[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], pair[1]))
        else:
            merged.append(pair)
    return tuple(merged)
