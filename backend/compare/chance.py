"""Chance in a comparison: the same for all columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.compare.types import Column


def with_seeds(columns: Sequence[Column], drawn: int) -> tuple[Column, ...]:
    """The columns, each with a seed: its own, or else `drawn`, so that chance does not tell base and adapter
    apart. Of columns that are all alike, the later ones get the next seeds: they are there to differ.
    """
    found: list[Column] = []
    for index, column in enumerate(columns):
        alike = sum(replace(other, label=column.label) == column for other in columns[:index])
        own = column.sampling.seed
        seed = (drawn + alike) % 2**32 if own is None else own
        found.append(replace(column, sampling=replace(column.sampling, seed=seed)))
    return tuple(found)
