"""What the gardens list, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Where a model comes from."""

    HUGGING_FACE = "hf"
    OLLAMA = "ollama"
    BUNDLED = "bundled"
    FOLDER = "folder"


class Sort(StrEnum):
    TRENDING = "trending"
    DOWNLOADS = "downloads"
    LIKES = "likes"
    UPDATED = "updated"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. `text` is keywords, ``owner/name`` or a URL; the hub module tells them apart."""

    text: str = ""
    sort: Sort = Sort.TRENDING
    gguf_only: bool = True
    limit: int = 30


@dataclass(frozen=True, slots=True)
class HubModel:
    """One row of a search result. Counts and dates are None where the garden did not say.

    Attributes:
        id: Identifier inside its garden, ``owner/name`` for Hugging Face.
        parameters: Number of weights, from the garden's own index.
        context_length: Trained context in tokens.
        gated: Whether the owner must let one in first.
        base_models: Identifiers of the models this one was made from.
    """

    id: str
    source: Source
    owner: str
    name: str
    parameters: int | None = None
    architecture: str | None = None
    context_length: int | None = None
    downloads: int | None = None
    likes: int | None = None
    updated: datetime | None = None
    created: datetime | None = None
    gated: bool = False
    has_gguf: bool = False
    pipeline_tag: str | None = None
    license: str | None = None
    tags: tuple[str, ...] = ()
    base_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Rows of one page, and the opaque cursor of the next one (None at the end).

    Attributes:
        cached_at: Unix time when the rows were fetched, where the garden could not be asked now; else None.
    """

    rows: tuple[HubModel, ...]
    next_cursor: str | None
    cached_at: float | None = None


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository at one commit.

    Attributes:
        path: Path inside the repository, with forward slashes.
        size: Bytes.
        sha256: Hex digest that the garden promises (LFS files only).
        git_sha1: Git blob id, for files that are not in LFS.
    """

    path: str
    size: int
    sha256: str | None = None
    git_sha1: str | None = None


@dataclass(frozen=True, slots=True)
class QuantFile:
    """One choice for the person: a GGUF, or a whole shard set counted as one.

    Attributes:
        label: Quantization as read from the file name, such as ``Q4_K_M``; ``unknown`` where it has none.
        files: The parts in order; one entry unless the model is split.
        kind: ``model``, ``projector`` (mmproj) or ``adapter``.
    """

    label: str
    files: tuple[RemoteFile, ...]
    kind: str = "model"

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.files)

    @property
    def name(self) -> str:
        """Path of the first part; names the choice inside its repository."""
        return self.files[0].path


@dataclass(frozen=True, slots=True)
class RepoDetail:
    """A repository at one commit: its row, what it offers, and its files.

    Attributes:
        cached_at: Unix time when it was fetched, where the garden could not be asked now; else None.
    """

    model: HubModel
    commit: str
    quants: tuple[QuantFile, ...]
    files: tuple[RemoteFile, ...] = field(default=(), repr=False)
    cached_at: float | None = None
