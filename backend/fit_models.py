"""Models whose fit was asked for: their headers are read once, wherever they lie."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from backend.capacity.estimate import NO_EXTRAS
from backend.capacity.ghosts import Ghost, GhostPart
from backend.capacity.probe import Source as ProbeSource
from backend.capacity.types import Extras
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_headers, shards
from backend.gguf.slim import can_be_slim
from backend.hubs.types import QuantFile, RepoDetail, Source
from backend.i18n import tr

_CACHED = 512
_LARGE_VOCABULARY = 64_000
"""Tokens; the engine takes a tenth of a second and more to build the tables of a larger one."""


class HeaderSource(Protocol):
    """The part of `Catalogue` that is needed here."""

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail: ...

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile: ...

    def choice(self, model_id: str, tag: str = "", *, max_age: float = 0.0) -> QuantFile: ...

    def header(
        self, detail: RepoDetail, quant: QuantFile, *, tier: int
    ) -> tuple[tuple[Header, ...], int]: ...

    def raw_headers(self, detail: RepoDetail, quant: QuantFile) -> tuple[bytes, ...]: ...


@dataclass(frozen=True, slots=True)
class FitModel:
    """What is remembered of a model between questions.

    Attributes:
        headers: Those of all parts in order; at tier 0 that of the first.
        size: Bytes of all parts.
        choice: Of a whole repository: which of its files this is, in a word.
        paths: All parts of a model on this disk.
        remote: Where it lies otherwise.
        key: Names content that never changes.
        extras: What is loaded beside it.
    """

    headers: tuple[Header, ...] = field(repr=False)
    size: int
    name: str
    choice: str = ""
    paths: tuple[Path, ...] = ()
    remote: tuple[RepoDetail, QuantFile] | None = None
    key: Hashable = ()
    extras: Extras = field(default=NO_EXTRAS, repr=False)

    @property
    def complete(self) -> bool:
        return all(header.complete for header in self.headers)

    @property
    def parameters(self) -> int | None:
        """Number of weights; None where only the start was read."""
        counts = [header.n_params for header in self.headers]
        return sum(count for count in counts if count is not None) if None not in counts else None


class FitModels:
    """Thread-safe."""

    def __init__(self, catalogue: HeaderSource) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._models: OrderedDict[Hashable, FitModel] = OrderedDict()

    def local(self, path: Path, adapters: Iterable[AdapterUse] = ()) -> FitModel:
        """A file on this disk, with all parts of a split one, and the adapters over it; a file that is named
        twice is loaded once.

        Raises:
            AppError: a file is damaged, or a part is missing.
        """
        model = self._file(path)
        files = dict.fromkeys(Path(use.path) for use in adapters)
        if not files:
            return model
        return replace(model, extras=Extras(tuple(self._file(file).headers[0] for file in files)))

    def _file(self, path: Path) -> FitModel:
        parts = shards(path)
        try:
            stats = [part.stat() for part in parts]
        except OSError as error:
            raise AppError(
                "gguf.read",
                tr("{file} cannot be read.", file=path.name),
                tr("Check that the file is still there and that you may read it."),
                str(error),
            ) from error
        key = ("local", str(path), *((stat.st_mtime_ns, stat.st_size) for stat in stats))
        size = sum(stat.st_size for stat in stats)
        return self._once(key, lambda: FitModel(read_headers(path), size, path.name, paths=parts, key=key))

    def remote(self, detail: RepoDetail, quant: QuantFile, tier: int) -> tuple[FitModel, int]:
        """A model of a garden, and the bytes that were fetched for it just now.

        Raises:
            AppError: the header cannot be fetched or is damaged.
        """
        quant = self._catalogue.complete(detail, quant)
        read = 0
        # A commit says what its files are; a tag does not, but the digest of its weights.
        version = detail.commit or quant.files[0].sha256
        key = ("remote", detail.model.key, version, quant.name)

        def fetch() -> FitModel:
            nonlocal read
            headers, read = self._catalogue.header(detail, quant, tier=tier)
            name = f"{detail.model.id}:{quant.tag}" if quant.tag else quant.name
            return FitModel(headers, quant.size, name, remote=(detail, quant), key=key)

        full = self.recall((*key, 1))
        if full is not None:
            return full, 0
        return self._once((*key, tier), fetch), read

    def probe_source(self, model: FitModel) -> ProbeSource:
        """What the dry run is given: the files themselves, or ghosts of them where they lie elsewhere or have
        a large vocabulary, which takes longer than all the rest.

        Raises:
            AppError: the header cannot be fetched or read.
        """
        if model.remote is not None:
            raws = self._catalogue.raw_headers(*model.remote)
            sizes: tuple[int, ...] = tuple(file.size for file in model.remote[1].files)
        else:
            first = model.headers[0]
            if (first.n_vocab or 0) < _LARGE_VOCABULARY or not can_be_slim(first):
                return model.paths
            raws = tuple(
                _start(path, header.header_bytes)
                for path, header in zip(model.paths, model.headers, strict=True)
            )
            sizes = tuple(header.file_size or 0 for header in model.headers)
        parts = zip(model.headers, raws, sizes, strict=True)
        return Ghost(repr(model.key), tuple(GhostPart(header, raw, size) for header, raw, size in parts))

    def recall(self, key: Hashable) -> FitModel | None:
        """What was remembered under `key`."""
        with self._lock:
            known = self._models.get(key)
            if known is not None:
                self._models.move_to_end(key)
            return known

    def remember(self, key: Hashable, model: FitModel) -> None:
        with self._lock:
            self._models[key] = model
            while len(self._models) > _CACHED:
                self._models.popitem(last=False)

    def _once(self, key: Hashable, make: Callable[[], FitModel]) -> FitModel:
        known = self.recall(key)
        if known is None:
            known = make()
            self.remember(key, known)
        return known


def _start(path: Path, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise AppError(
            "gguf.read",
            tr("{file} cannot be read.", file=path.name),
            tr("Check that the file is still there and that you may read it."),
            str(error),
        ) from error
