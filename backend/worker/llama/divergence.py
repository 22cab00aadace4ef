"""How far adapters move a model: the divergence of its predictions from those of the base."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Sequence

import numpy as np
import numpy.typing as npt

from backend.engines.types import AdapterUse
from backend.worker.llama.adapters import Adapters, Held
from backend.worker.llama.scratch import CHUNK

EFFECT_TEXT = (
    "Dear friend, thank you for your letter. Yesterday it rained, so I stayed at home, made some tea and"
    " read a book about the sea. What did you do? Please write to me soon."
)
"""What the effect of an adapter is measured on: plain words that nearly every model knows."""
_TOGETHER = 6
"""Mixes whose caches are in memory at once."""


def divergences(
    adapters: Adapters, tokens: array[int], first: int, mixes: Sequence[Sequence[AdapterUse]]
) -> Generator[None, None, tuple[float, ...]]:
    """For each mix the mean of KL(base ‖ mix) in nats over the predictions from that of token `first` on, up
    to that of the token behind the last.

    KL(p ‖ q) = Σ p · (log p − log q) (Kullback and Leibler, 1951). A generator: it stops between its decodes,
    so that answers can go on.

    Raises:
        EngineError: ``adapter.…``, ``engine.context_memory``, ``engine.decode``.
    """
    found: list[float] = []
    for start in range(0, len(mixes), _TOGETHER):
        held: list[Held] = []
        try:
            held.append(adapters.hold(()))
            held.extend(adapters.hold(mix) for mix in mixes[start : start + _TOGETHER])
            found += yield from _together(adapters, held, tokens, first)
        finally:
            for one in held:
                adapters.release(one)
    return tuple(found)


def _together(
    adapters: Adapters, held: Sequence[Held], tokens: array[int], first: int
) -> Generator[None, None, list[float]]:
    """The same for a few mixes; the first of `held` is the base."""
    sums = [0.0] * (len(held) - 1)
    with adapters.scratch(len(tokens), len(held)) as scratch:
        for at in range(0, len(tokens), CHUNK):
            part = tokens[at : at + CHUNK]
            skipped = max(0, first - 1 - at)  # rows that predict tokens before `first`
            base = weights = None
            for seq, one in enumerate(held):
                one.apply(scratch.context)
                rows = scratch.decode(part, at, seq)[skipped:]
                if len(rows) == 0:
                    yield
                    continue
                logs = _log_probabilities(rows)
                if base is None:
                    base, weights = logs, np.exp(logs)
                elif weights is not None and one.blend:
                    sums[seq - 1] += float(np.einsum("ij,ij->", weights, base - logs, dtype=np.float64))
                yield
    predicted = len(tokens) - max(0, first - 1)
    return [max(0.0, total / predicted) for total in sums]


def _log_probabilities(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    shifted = logits.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shifted
