"""What is said to and by the worker that makes vectors of texts."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import EngineFlags


@dataclass(frozen=True, slots=True)
class Embed:
    """Make a vector of each text with the model at `path`, the same one in all requests to one worker. The
    first text has the number `first` in what is said about it. Answer: `TextsEmbedded` or `Failed`.
    """

    request: int
    path: str
    flags: EngineFlags
    texts: tuple[str, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class TextsEmbedded:
    """`vectors` are those of all texts one after the other, `width` numbers each: little-endian floats of 32
    bits in base64. `tokens` are those of each text."""

    request: int
    vectors: str
    width: int
    tokens: tuple[int, ...]
