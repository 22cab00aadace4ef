"""What the gardens list, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from backend.errors import AppError


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


class Purpose(StrEnum):
    """What a model is for, in the words of the people who use it."""

    CHAT = "chat"
    COMPLETION = "completion"
    CODE = "code"
    VISION = "vision"
    EMBEDDING = "embedding"
    RERANKING = "reranking"
    OTHER = "other"


GARDENS = frozenset({Source.HUGGING_FACE, Source.OLLAMA})
"""The sources that can be searched."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. `text` is keywords, ``owner/name`` or a URL; the hub module tells them apart.

    Attributes:
        gardens: Where to look.
        purpose: Only models for this; None for all.
        least_parameters, most_parameters: Number of weights, inclusive; None leaves the end open.
        license: Identifier of a licence, such as ``apache-2.0``; empty for all.
        language: ISO 639-1 code of a language that the model must know; empty for all.
        author: Only this owner's models; empty for all.
        gated: Only models that ask for access (True), only those that do not (False), or both (None).
    """

    text: str = ""
    sort: Sort = Sort.TRENDING
    gguf_only: bool = True
    limit: int = 30
    gardens: frozenset[Source] = GARDENS
    purpose: Purpose | None = None
    least_parameters: int | None = None
    most_parameters: int | None = None
    license: str = ""
    language: str = ""
    author: str = ""
    gated: bool | None = None


@dataclass(frozen=True, slots=True)
class HubModel:
    """One row of a search result. Counts and dates are None where the garden did not say.

    Attributes:
        id: Identifier inside its garden: ``owner/name`` for Hugging Face, ``name`` or ``user/name`` for
            Ollama.
        parameters: Number of weights, from the garden's own index.
        context_length: Trained context in tokens.
        gated: Whether the owner must let one in first.
        base_models: Identifiers of the models this one was made from.
        summary: One sentence of the garden about it; empty where there is none.
        sizes: Sizes that one card of Ollama offers, as it writes them (``1b``, ``8x7b``); else empty.
        revision: The branch, tag or commit that a pasted address named; empty for the usual one.
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
    summary: str = ""
    sizes: tuple[str, ...] = ()
    revision: str = ""

    @property
    def ref(self) -> str:
        """What to ask its garden's `detail` for: the id, with ``@revision`` where one was named."""
        return f"{self.id}@{self.revision}" if self.revision else self.id

    @property
    def key(self) -> str:
        """Names the model among those of all gardens: ``hf:owner/name``, ``ollama:name``."""
        return f"{self.source.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class GardenTrouble:
    """One garden could not be read, or only partly; the rows of the others are there.

    Attributes:
        error: What to tell the person.
        fallback: Whether rows of a bundled list stand in for it.
    """

    source: Source
    error: AppError
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class SameWeights:
    """A place that offers weights which another place offers too, bit for bit.

    Attributes:
        source, id: The model there.
        choice: The tag, or the path of the file.
    """

    source: Source
    id: str
    choice: str
    sha256: str

    @property
    def key(self) -> str:
        """As `HubModel.key`."""
        return f"{self.source.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Rows of one page, and the opaque cursor of the next one (None at the end).

    Attributes:
        cached_at: Unix time when the rows were fetched, where the garden could not be asked now; else None.
        troubles: Gardens that could not be read.
    """

    rows: tuple[HubModel, ...]
    next_cursor: str | None
    cached_at: float | None = None
    troubles: tuple[GardenTrouble, ...] = ()


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
        kind: ``model``, ``projector`` (mmproj) or ``adapter``; of Ollama also ``cloud`` (runs elsewhere),
            ``mlx`` (no GGUF) and ``other``: nothing that can be loaded here.
        tag: Of Ollama: the tag that names the choice; empty elsewhere.
        extras: Files that belong to it and come along in the same download: the layers of an Ollama manifest
            beside the weights, with the config; a projector that the person wants too.
        manifest: Of Ollama: the manifest exactly as the registry sent it; empty until it was read.
        revision: The branch, tag or commit that it was asked for at; empty for the usual one.
        context_length: Of Ollama: trained context in tokens, where the page or the manifest says it.
        digest: Of Ollama: id of the tag, the SHA-256 of its manifest; only its first 12 digits before the
            manifest was read.
        updated: Of Ollama: Unix time of the last change, about; None where the page does not say.
        family, parameters: Of Ollama: architecture and size as the manifest's config writes them.
    """

    label: str
    files: tuple[RemoteFile, ...]
    kind: str = "model"
    tag: str = ""
    extras: tuple[RemoteFile, ...] = ()
    manifest: str = field(default="", repr=False)
    revision: str = ""
    context_length: int | None = None
    digest: str = ""
    updated: float | None = None
    family: str = ""
    parameters: str = ""

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.files)

    @property
    def name(self) -> str:
        """Path of the first part, or the tag; names the choice inside its repository."""
        return self.tag or self.files[0].path

    @property
    def download_size(self) -> int:
        """Bytes of all parts and extras."""
        return self.size + sum(extra.size for extra in self.extras)


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
