"""Where the names of points go in a chart, so that no two of them ever overlap; and where its ticks stand.

Everything is in pixels, with y downwards. Nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
GAP = 9.0
"""Pixels between the middle of a point and its name."""
RADIUS = 7.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point that wants a name beside it.

    Attributes:
        width: Of the name.
        rank: Who chooses a place first; where there is none left, the name is not drawn.
        top, bottom: Ends of its interval; equal to `y` without one.
    """

    name: str
    x: float
    y: float
    width: float
    rank: int
    top: float
    bottom: float


def place(marks: Sequence[Mark], height: float, area: Box, taken: Iterable[Box] = ()) -> dict[str, Box]:
    """A box for as many names as fit into `area` beside their points, clear of all points and of `taken`.

    A name crosses the interval of another point only where it has no other place.
    """
    fixed = list(taken)
    points = [(m.name, (m.x - RADIUS, m.y - RADIUS, m.x + RADIUS, m.y + RADIUS)) for m in marks]
    lines = [(m.name, (m.x - 2, m.top, m.x + 2, m.bottom)) for m in marks]
    placed: dict[str, Box] = {}
    for mark in sorted(marks, key=lambda mark: (mark.rank, mark.x)):
        others = [box for name, box in points if name != mark.name]
        hard = [*fixed, *others, *placed.values()]
        soft = [box for name, box in lines if name != mark.name]
        free = [box for box in _candidates(mark, height) if _inside(box, area) and not _hits(box, hard)]
        best = next((box for box in free if not _hits(box, soft)), free[0] if free else None)
        if best is not None:
            placed[mark.name] = best
    return placed


def _candidates(mark: Mark, height: float) -> Iterable[Box]:
    right, left = mark.x + GAP, mark.x - GAP - mark.width
    for step in (0.0, -0.5, 0.5, -0.9, 0.9):
        top = mark.y - height / 2 + step * height
        for edge in (right, left):
            yield edge, top, edge + mark.width, top + height
    ends = (mark.top, mark.y - RADIUS), (mark.bottom, mark.y + RADIUS)
    for top in (min(ends[0]) - height - 1, max(ends[1]) + 1):
        for edge in (mark.x - mark.width / 2, mark.x - 4, mark.x + 4 - mark.width):
            yield edge, top, edge + mark.width, top + height


def _inside(box: Box, area: Box) -> bool:
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


def _hits(box: Box, others: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    return any(o[0] < right and o[2] > left and o[1] < bottom and o[3] > top for o in others)


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` + 1 round numbers between `low` and `high`, evenly spaced."""
    if not high > low:
        return [low]
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def ticks_to(highest: float) -> list[float]:
    """Round numbers from zero to one that is at least `highest`."""
    ticks = round_ticks(0.0, highest, 4)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else highest
    while ticks[-1] < highest * 0.999:
        ticks.append(ticks[-1] + step)
    return ticks


def decades(low: float, high: float) -> list[float]:
    """Powers of ten between `low` and `high`; where there is none or one, halves of decades beside it."""
    powers = range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)
    ticks = [10.0**power for power in powers]
    if len(ticks) >= 2:
        return ticks
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [factor * 10.0**power for power in range(first, last + 1) for factor in (1, 2, 5)]
    return [tick for tick in fine if low <= tick <= high]
