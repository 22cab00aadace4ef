"""A model file on this disk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from backend.hubs.types import Source


class Store(StrEnum):
    """Whose folder a model lies in. Decides how it may be deleted and moved."""

    BUNDLED = "bundled"
    HUB_CACHE = "hub"
    OLLAMA = "ollama"
    LM_STUDIO = "lm_studio"
    JAN = "jan"
    LLAMA_CPP = "llama_cpp"
    MODELS = "models"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """One model that can be opened, whichever store it lies in.

    Attributes:
        id: Stable name for the command line and the database: ``starter``, ``hf:owner/name/file.gguf``,
            ``ollama:name:tag`` or a path.
        name: For people: repository or file name without quantization and extension, fit to be shown.
        path: The file to open; the first part of a split model.
        size: Bytes of all parts.
        quant: Quantization label, such as ``Q4_K_M``.
        sha256: Digest of the (first) file where it is known.
        verified: Whether Orangery compared the content with that digest when it was downloaded.
        problem: Why it cannot be loaded, in one sentence; empty when it can.
        used: Unix time of the last load, or None.
        tokens_per_second: Measured on this machine, or None.
        store: Whose folder it lies in.
        store_root: That folder; None for the bundled model and for single files.
        kind: ``model``, ``adapter`` or ``projector``.
        projector: The file that lets it read images, where it lies beside it; else None.
        memory: Bytes measured at the last load, or None.
        duplicates_of: Id of the row whose weights are the same, bit for bit; None for the first of them.
        alike: Ids of rows that look the same (size and header) but were not hashed yet.
        shared: Whether its bytes on the disk are the same ones as another row's (a link), so that nothing is
            to be reclaimed.
        damaged: Whether its content is no longer what its digest promises; the problem says more.
        made_from: What Orangery made it from: the repository or name of the original; empty where it did not.
        newer: The commit or manifest with newer weights that its garden offers; None where none is known.
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
    store: Store = Store.HUB_CACHE
    store_root: Path | None = None
    kind: str = "model"
    projector: Path | None = None
    memory: int | None = None
    duplicates_of: str | None = None
    alike: tuple[str, ...] = ()
    shared: bool = False
    newer: str | None = None
    damaged: bool = False
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """One store folder that the library looks into.

    Attributes:
        root: The folder; that of Orangery itself for the bundled model.
        size: Bytes of its models, each content counted once.
        count: How many models of it are listed.
        problem: What could not be read in it, in one sentence; empty when everything could.
    """

    store: Store
    root: Path
    exists: bool
    writable: bool
    size: int
    count: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DeletePreview:
    """What deleting a model would do.

    Attributes:
        whose: Whose folder it lies in, in words.
        frees: Bytes that will be free afterwards.
        files: The names that go.
        keeps: Why bytes stay although a name goes, and what else needs those that go, in sentences.
        through_daemon: Whether the running Ollama has to do it, because its store cannot be written.
        foreign: Whether another program put the files there or uses them too.
        listed: Whether it is a single file that was added to the list and can also just be taken off it.
    """

    model: LibraryModel
    store: Store
    whose: str
    frees: int
    files: tuple[Path, ...]
    keeps: tuple[str, ...] = ()
    through_daemon: bool = False
    foreign: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Models whose weights are the same.

    Attributes:
        sha256: Of the (first) file; None where it is not known and they only look the same.
        models: At least two; the one to keep first.
        reclaimable: Bytes that sharing would free.
        hashed: Whether Orangery itself hashed all of them. Otherwise the names or sizes and headers agree.
    """

    sha256: str | None
    models: tuple[LibraryModel, ...]
    reclaimable: int
    hashed: bool


@dataclass(frozen=True, slots=True)
class SharePreview:
    """What sharing would do.

    Attributes:
        keep: The file whose bytes stay.
        replace: The files that will use those bytes too, and no longer their own.
        way: ``reflink`` (each file stays independent), ``hardlink`` (one file under several names), or empty
            where it cannot be done.
        problem: Why it cannot be done, or what is left out, in one sentence; may be empty.
        warnings: What the person should know before, in sentences.
    """

    keep: Path
    replace: tuple[Path, ...]
    frees: int
    way: str
    problem: str = ""
    warnings: tuple[str, ...] = ()
