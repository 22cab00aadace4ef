"""Which quantization to take where a person names only the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from backend.gguf.names import bits_per_weight

T = TypeVar("T")

RECOMMENDED = "Q4_K_M"
"""The usual balance of quality, size and speed."""


def usual(choices: Iterable[T], label: Callable[[T], str]) -> T | None:
    """The choice labelled `RECOMMENDED`, else the one nearest to it in bits per weight; None without choices.

    Of two equally near ones the larger wins; unknown labels come last.
    """
    wanted = bits_per_weight(RECOMMENDED) or 0.0

    def distance(choice: T) -> tuple[int, float, float]:
        bits = bits_per_weight(label(choice))
        if bits is None:
            return (2, 0.0, 0.0)
        return (label(choice) != RECOMMENDED, abs(bits - wanted), -bits)

    return min(choices, key=distance, default=None)
