"""Reading the header of a file that lies on a server, with as few bytes as it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.gguf import errors
from backend.gguf.header import Header
from backend.gguf.parser import HEADER_CAP, HeaderParser
from backend.gguf.reader import TIER0_BYTES
from backend.i18n import tr

Fetch = Callable[[int, int], bytes]
"""``fetch(start, end)`` returns the bytes from `start` up to but not including `end`, or fewer where the
file ends."""

_FIRST = 2 * 2**20
_NEXT = 4 * 2**20


@dataclass(frozen=True, slots=True)
class RemoteHeader:
    """A header, and how many bytes of the file were fetched for it."""

    header: Header
    bytes_read: int


def read_remote(name: str, size: int, fetch: Fetch, *, tier: int, start: bytes = b"") -> RemoteHeader:
    """Read the header of a remote file of `size` bytes.

    Strings have their length in front of them, so nothing can be skipped: the file is read in order, in
    ranges that are appended and never asked for twice.

    Args:
        tier: 0 reads the first 64 KiB and returns what they say; 1 reads the whole header.
        start: First bytes of the file that an earlier call has already fetched; they are not counted again.

    Raises:
        AppError: with a ``gguf.`` code naming the file, or what `fetch` raises.
    """
    parser = HeaderParser(name, file_size=size)
    if start:
        parser.feed(start)
    position = len(start)
    fetched = 0
    stop = min(TIER0_BYTES if tier == 0 else HEADER_CAP, size)
    while not parser.complete and position < stop:
        step = TIER0_BYTES if tier == 0 else (_FIRST if position < _FIRST else _NEXT)
        data = fetch(position, min(position + step, stop))
        if not data:
            raise errors.ends_early(name, tr("its header"), position, size)
        position += len(data)
        fetched += len(data)
        parser.feed(data)
    return RemoteHeader(parser.header(partial=tier == 0), fetched)
