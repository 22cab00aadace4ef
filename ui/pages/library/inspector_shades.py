"""Which grey stands for which storage type: the more bits, the stronger."""

from __future__ import annotations

from collections.abc import Sequence

from backend.inspect.types import TypeShare

HOLLOW = ""
"""Stands for a type that takes next to nothing; it is drawn as an outline."""
_LEAST_SHARE = 0.004
_SCALES: dict[int, tuple[str, ...]] = {
    1: ("data.3",),
    2: ("data.others", "data.1"),
    3: ("data.others", "data.2", "data.1"),
    4: ("data.others", "data.3", "data.2", "data.1"),
}


def shades_of(types: Sequence[TypeShare]) -> dict[str, str]:
    """Type to colour token; `HOLLOW` for those with a negligible share. Beyond four, the rarest of the middle
    share a grey."""
    total = sum(share.bytes for share in types) or 1
    shades = dict.fromkeys((share.type for share in types), HOLLOW)
    real = [share for share in types if share.bytes >= total * _LEAST_SHARE][:8]
    ordered = sorted(real, key=lambda share: (share.bits, share.type))
    scale = _SCALES.get(min(len(ordered), 4), ())
    for place, share in enumerate(ordered):
        step = place if len(ordered) <= 4 else round(place * 3 / (len(ordered) - 1))
        shades[share.type] = scale[step]
    return shades
