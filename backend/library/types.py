"""A model file on this disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from backend.hubs.types import Source


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """One model that can be opened, whichever store it lies in.

    Attributes:
        id: Stable name for the command line and the database: ``starter``, ``hf:owner/name/file.gguf`` or a
        path. name: For people: repository or file name without quantization and extension.
        path: The file to open; the first part of a split model.
        size: Bytes of all parts.
        quant: Quantization label, such as ``Q4_K_M``.
        sha256: Digest of the (first) file where it is known.
        verified: Whether Orangery compared the content with that digest when it was downloaded.
        problem: Why it cannot be loaded, in one sentence; empty when it can.
        used: Unix time of the last load, or None.
        tokens_per_second: Measured on this machine, or None.
    """

    id: str
    name: str
    owner: str
    source: Source
    path: Path
    size: int
    quant: str
    parts: tuple[Path, ...] = ()
    repo_id: str | None = None
    commit: str | None = None
    architecture: str | None = None
    parameters: int | None = None
    context_length: int | None = None
    sha256: str | None = None
    verified: bool = False
    problem: str = ""
    modified: float = 0.0
    used: float | None = None
    tokens_per_second: float | None = None
