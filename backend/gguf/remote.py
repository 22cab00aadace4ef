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

_LEAST = 16 * 2**10
_SPARE = 0.03
"""The part of what was read already by which the next range may go beyond what is known to be needed: the
end of a header is only known when it is reached."""
_MOST = 4 * 2**20


@dataclass(frozen=True, slots=True)
class RemoteHeader:
    """A header, and how many bytes of the file were fetched for it."""

    header: Header
    bytes_read: int


def read_remote(name: str, size: int, fetch: Fetch, *, tier: int, start: bytes = b"") -> RemoteHeader:
    """Read the header of a remote file of `size` bytes.

    Strings have their length in front of them, so nothing can be skipped: the file is read in order, in
    ranges that are appended and never asked for twice. How far the next one goes follows from what the header
    has announced, so that of a usual one hardly more is asked for than it has.

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
        data = fetch(position, min(position + _step(parser, position, tier), stop))
        if not data:
            raise errors.ends_early(name, tr("its header"), position, size)
        position += len(data)
        fetched += len(data)
        parser.feed(data)
    return RemoteHeader(parser.header(partial=tier == 0), fetched)


def _step(parser: HeaderParser, position: int, tier: int) -> int:
    """Bytes to ask for next."""
    if position < TIER0_BYTES or tier == 0:
        return TIER0_BYTES - position
    return min(_MOST, max(_LEAST, parser.expected_end - position, int(position * _SPARE)))
