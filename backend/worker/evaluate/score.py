"""Perplexity, divergence and agreement from logits, as ``llama-perplexity`` defines them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_BLOCK = 1 << 20
"""Numbers that are worked on at once: as much as stays in the processor's cache, and a bound on memory."""


@dataclass(slots=True)
class Moments:
    """Sums from which a mean and its standard error come."""

    count: int = 0
    first: float = 0.0
    second: float = 0.0

    def add(self, values: npt.NDArray[np.float64]) -> None:
        self.count += len(values)
        self.first += float(values.sum())
        self.second += float(np.square(values).sum())

    @property
    def mean(self) -> float:
        return self.first / self.count

    @property
    def error(self) -> float:
        variance = self.second / self.count - self.mean**2
        return math.sqrt(max(variance, 0.0) / max(1, self.count - 1))


@dataclass(slots=True)
class Score:
    """Attributes:
    loss: Negative log-likelihood of the text's tokens.
    divergence: From the original, where there is one.
    same: Tokens whose most likely one is the original's.
    """

    loss: Moments = field(default_factory=Moments)
    divergence: Moments = field(default_factory=Moments)
    same: int = 0

    @property
    def perplexity(self) -> tuple[float, float]:
        """It and its standard error."""
        value = math.exp(min(self.loss.mean, 700.0))
        return value, value * self.loss.error


def block_rows(vocab: int) -> int:
    """How many rows of logits to work on at once."""
    return max(1, _BLOCK // vocab)


def add_rows(
    score: Score,
    logits: npt.NDArray[np.float32],
    targets: npt.NDArray[np.int32],
    base: tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]] | None,
) -> bool:
    """Count rows of logits for the tokens that came next. False where they are no numbers."""
    top = logits.max(axis=1, keepdims=True)
    shifted = logits - top
    powers = np.exp(shifted)
    normal = np.log(powers.sum(axis=1, dtype=np.float64))
    if not np.isfinite(normal).all():
        return False
    at = np.arange(len(targets))
    score.loss.add(normal - shifted[at, targets])
    if base is not None:
        original, best = base
        shifted -= normal[:, None].astype(np.float32)
        np.subtract(original, shifted, out=shifted)
        np.exp(original, out=powers)
        divergence = np.einsum("ij,ij->i", powers, shifted, dtype=np.float64)
        score.divergence.add(divergence)
        score.same += int(np.count_nonzero(logits.argmax(axis=1) == best))
    return True
