"""What is said to the inference worker to have it go on with a text as it is."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import Sampling


@dataclass(frozen=True, slots=True)
class Complete:
    """Go on with `prompt`, which no template touches, `answers` times. Special tokens that are written out in
    it count as such. Answer: as to `Generate`.
    """

    request: int
    variant: str
    prompt: str
    sampling: Sampling
    answers: int
