"""Chance in a comparison: the same for all columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.compare.types import Column
from backend.engines.types import ChatModel, Sampling


def sampling_of(columns: Sequence[Column], index: int, model: ChatModel, drawn: int) -> Sampling:
    """How the column at `index` is sampled. A seed that is left open is `drawn`, one for all, so that chance
    does not tell base and adapter apart; of columns that are all alike, the later ones get the next seeds, as
    they are there to differ. Other servers draw their own: not all of them take one.
    """
    column = columns[index]
    sampling = column.sampling
    if sampling.seed is not None or model.engine != "local":
        return sampling
    alike = sum(replace(other, label=column.label) == column for other in columns[:index])
    return replace(sampling, seed=(drawn + alike) % 2**32)
