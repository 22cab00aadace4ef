"""Vectors of texts, made by a worker process that stays for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backend.engines.types import EngineFlags
from backend.workers.supervisor import Supervisor


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Vectors of texts.

    Attributes:
        vectors: A row for each text, of length 1.
        tokens: How many tokens each text has.
    """

    vectors: npt.NDArray[np.float32]
    tokens: tuple[int, ...]


class Embedder:
    """Makes vectors of texts. Thread-safe."""

    def __init__(
        self, supervisor: Supervisor, flags: Callable[[], EngineFlags], *, idle_s: float = 300.0
    ) -> None:
        raise NotImplementedError

    def embed(self, address: str, texts: Sequence[str]) -> Embedded:
        """A vector for each text, with the model at `address`, the path of its file.

        Raises:
            AppError: ``embed.too_long``, ``embed.empty``, ``embed.not_here`` for a model elsewhere,
                ``embed.no_vectors`` for a model that makes none, ``engine.…``.
        """
        raise NotImplementedError

    def loaded(self) -> tuple[str, ...]:
        """The paths of the models that are in memory."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop all processes."""
        raise NotImplementedError
