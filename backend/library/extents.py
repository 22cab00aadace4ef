"""Whether two files lie at the same place on the disk although they are not the same file."""

from __future__ import annotations

import array
import struct
import sys

_FIEMAP = 0xC020660B
_MOST = 512
_HEAD = struct.Struct("=QQLLLL")
_EXTENT = struct.Struct("=QQQQQLLLL")
_UNKNOWN = 0x2 | 0x4 | 0x200 | 0x400
"""Flags of extents without a place of their own on the disk yet: unknown, delayed, inline, in a tail."""


def same_extents(one: str, other: str) -> bool:
    """Whether both files have the same extents, as after a reflink. False where that cannot be told."""
    if sys.platform != "linux":
        return False
    mine = _extents(one)
    return bool(mine) and mine == _extents(other)


def _extents(path: str) -> list[tuple[int, int, int]]:
    """Logical and physical start and length of the first extents; empty where they are not known."""
    import fcntl

    buffer = array.array("B", _HEAD.pack(0, 2**64 - 1, 0, 0, _MOST, 0) + bytes(_EXTENT.size * _MOST))
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            fcntl.ioctl(file.fileno(), _FIEMAP, buffer, True)
    except OSError:
        return []
    count = _HEAD.unpack_from(buffer)[3]
    found = []
    for k in range(min(count, _MOST)):
        logical, physical, length, _, _, flags, *_ = _EXTENT.unpack_from(
            buffer, _HEAD.size + k * _EXTENT.size
        )
        if flags & _UNKNOWN:
            return []
        found.append((logical, physical, length))
    return found
