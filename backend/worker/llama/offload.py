"""How many layers go to the GPU when nobody said: all, and fewer where its memory is too small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from backend.worker.llama.model import EngineError, engine_error

_LAYERS = re.compile(r"\bn_layer\s*=\s*(\d+)")
_MEMORY = ("engine.memory", "engine.context_memory", "adapter.memory")
_STEPS = 4
"""All, three quarters, a half, a quarter, none: each costs another load, and finer steps gain little."""

T = TypeVar("T")


def layers_of(log: Iterable[str]) -> int:
    """Number of layers that the library logged while it loaded a model; 0 if it did not come so far."""
    return next((int(match[1]) for line in log if (match := _LAYERS.search(line))), 0)


def open_with_most_layers(
    attempt: Callable[[int | None], T], layers: Callable[[], int]
) -> tuple[T, int | None]:
    """Call `attempt` with None (all layers), then with ever fewer down to 0 while it reports lack of memory.

    Args:
        layers: Tells, after an attempt, how many layers the model has.

    Returns:
        What the first successful attempt returned, and the layers it was given.

    Raises:
        EngineError: The last attempt's, or the first that is not about memory.
    """
    wanted: int | None = None
    for left in range(_STEPS - 1, -1, -1):
        try:
            return attempt(wanted), wanted
        except EngineError as error:
            if error.failure.code not in _MEMORY:
                raise
        wanted = layers() * left // _STEPS
        if wanted == 0:
            break
    return attempt(0), 0


def open_with_so_many(attempt: Callable[[int | None], T], wanted: int) -> T:
    """Call `attempt` with the number of layers that the person chose.

    Raises:
        EngineError: That of the attempt; ``engine.gpu_memory`` where memory is missing for layers on the GPU.
    """
    try:
        return attempt(wanted)
    except EngineError as error:
        if wanted == 0 or error.failure.code not in _MEMORY:
            raise
        raise engine_error("engine.gpu_memory", error.failure.detail, number=wanted) from error
