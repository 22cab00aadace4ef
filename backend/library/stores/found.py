"""What a look into a store finds, before anything of its content is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.gguf.names import UNKNOWN
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import Store


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a model.

    Attributes:
        path: The name to open.
        real: The file behind it, links followed; empty where there is none that may be opened.
        promise: SHA-256 that the store promises by the name it gave to the file; None where it does not.
    """

    path: Path
    real: str = ""
    size: int = 0
    mtime_ns: int = 0
    device: int = 0
    inode: int = 0
    promise: str | None = None

    @property
    def identity(self) -> tuple[int, int]:
        """The same for two names of the same bytes on the disk."""
        return self.device, self.inode


@dataclass(frozen=True, slots=True)
class FoundModel:
    """One model, or one shard set.

    Attributes:
        name, owner: As the store spells them, not yet fit to be shown.
        parts: Those that are there, in order; empty where not even a name to open is.
        path: The first name, also where it leads to nothing.
        quant: Label from the name; `UNKNOWN` where the name does not tell.
        kind: ``model``, ``adapter`` or ``projector``, going by the name.
        file: Path inside its repository; empty where that is not known.
        problem: Why it cannot be whole, in one sentence; empty when it can.
        told: Bytes that a daemon says it has, where there is nothing to look at.
    """

    id: str
    store: Store
    root: Path | None
    name: str
    owner: str
    source: Source
    path: Path
    parts: tuple[Part, ...]
    quant: str = UNKNOWN
    kind: str = "model"
    projector: Path | None = None
    repo_id: str | None = None
    commit: str | None = None
    file: str = ""
    problem: str = ""
    told: int = 0

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts) or self.told

    @property
    def modified(self) -> float:
        return max((part.mtime_ns for part in self.parts), default=0) / 1e9


class Inside:
    """The folders that a link may lead into: those that the library shows anyway."""

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = tuple(root.rstrip(os.sep) + os.sep for root in roots)

    def has(self, real: str) -> bool:
        return real.startswith(self._roots)


def look(path: Path, inside: Inside, promise: str | None = None) -> tuple[Part, str]:
    """The file behind `path`, and why it cannot be used ('' when it can). Never raises."""
    try:
        real = os.path.realpath(path, strict=True)
        found = os.stat(real)  # noqa: PTH116
    except (OSError, RuntimeError, ValueError):
        return Part(path), tr("The content of {name} is gone.", name=shown(path.name))
    if not inside.has(real) or not stat.S_ISREG(found.st_mode):
        problem = tr("{name} is a link that leads out of the model folder.", name=shown(path.name))
        return Part(path), problem
    return part_of(path, real, found, promise), ""


def part_of(path: Path, real: str, found: os.stat_result, promise: str | None = None) -> Part:
    return Part(
        path, real, found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino, promise and promise.lower()
    )


def shown(text: str) -> str:
    """`text` fit to be shown: no control characters, no marks that turn the direction, no broken bytes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if _hidden(c) else c for c in text)


def _hidden(c: str) -> bool:
    return c in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029" or (
        ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000
    )


def stable_id(path: Path | str) -> str:
    """A path as an id: itself, with bytes that are no text spelled out."""
    text = str(path)
    if text.isascii():
        return text
    return os.fsencode(text).decode("utf-8", "backslashreplace")
