"""Which bytes of a file to ask for next, when several connections fill it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from backend.downloads.partfile import Ranges

MOST_PIECES = 200


def gaps(size: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What `taken` (in any order, possibly overlapping) leaves of a file of `size` bytes."""
    found = []
    at = 0
    for start, end in sorted(taken):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    if at < size:
        found.append((at, size))
    return found


def next_segment(
    size: int, taken: Iterable[tuple[int, int]], connections: int, least: int, most: int
) -> tuple[int, int] | None:
    """The next bytes to ask for: from the first gap, so that the beginning of the file grows without holes
    and can be hashed, and smaller towards the end, so that all connections end together.

    Args:
        taken: What is there, and what others are already fetching.
    """
    free = gaps(size, taken)
    if not free:
        return None
    start, end = free[0]
    if connections == 1:
        return start, end
    length = max(least, min(most, sum(b - a for a, b in free) // (2 * connections)))
    return (start, end) if end - start < length + least // 2 else (start, start + length)


def coarse(ranges: Ranges) -> Ranges:
    """`ranges` in at most `MOST_PIECES` pieces, the smallest gaps closed; for showing, not for counting."""
    if len(ranges) <= MOST_PIECES:
        return ranges
    holes = sorted(range(1, len(ranges)), key=lambda k: ranges[k][0] - ranges[k - 1][1], reverse=True)
    cuts = [0, *sorted(holes[: MOST_PIECES - 1]), len(ranges)]
    return tuple((ranges[a][0], ranges[b - 1][1]) for a, b in itertools.pairwise(cuts))
