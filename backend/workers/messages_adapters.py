"""Messages about the adapters of a variant."""

from __future__ import annotations

import os
from dataclasses import dataclass

from backend.engines.types import AdapterUse, Turn


@dataclass(frozen=True, slots=True, order=True)
class FileKey:
    """A file as it was at one moment; another one at its place has another key."""

    path: str
    modified_ns: int
    changed_ns: int
    size: int

    @classmethod
    def at(cls, path: str) -> FileKey:
        """The key of the file that is at `path` now. Raises `OSError`."""
        found = os.stat(path)  # noqa: PTH116  # of microseconds, as a fader moves sixty times a second
        return cls(path, found.st_mtime_ns, found.st_ctime_ns, found.st_size)


@dataclass(frozen=True, slots=True)
class SetAdapters:
    """Give a variant other adapters or scales. Running answers go on with them from their next token. Answer:
    `VariantReady` or `Failed`, after which the variant is as it was.
    """

    request: int
    variant: str
    adapters: tuple[AdapterUse, ...]


@dataclass(frozen=True, slots=True)
class MeasureEffect:
    """How far `adapters` move the model on a short text that is always the same. Answer: `Diverged` with one
    number, or `Failed`.
    """

    request: int
    adapters: tuple[AdapterUse, ...]


@dataclass(frozen=True, slots=True)
class MeasureDivergence:
    """How far each of `mixes` moves the model on the tokens of `answer` to `turns`. Answer: `Diverged` with a
    number for each, or `Failed`.
    """

    request: int
    variant: str
    turns: tuple[Turn, ...]
    answer: str
    mixes: tuple[tuple[AdapterUse, ...], ...]


@dataclass(frozen=True, slots=True)
class Diverged:
    """Means of KL(base ‖ adapted) over the tokens, in nats."""

    request: int
    divergences: tuple[float, ...]
