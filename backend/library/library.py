"""The models on this disk: the starter model and what lies in the standard hub cache."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from backend.downloads.types import DownloadState
from backend.errors import AppError
from backend.events import Event, EventBus, JobChanged, LibraryChanged
from backend.gguf.names import quant_label
from backend.gguf.reader import shards
from backend.hubs.names import SHA256
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library import finding, hubcache, removing
from backend.library.facts import Facts, FactsCache
from backend.library.hubcache import CachedModel
from backend.library.types import LibraryModel
from backend.paths import STARTER_MODEL

log = logging.getLogger(__name__)

STARTER_ID = "starter"


class ModelUse(Protocol):
    """The last use of a model, as `backend.store.models.ModelUse` has it."""

    @property
    def model_id(self) -> str: ...
    @property
    def used(self) -> float: ...
    @property
    def tokens_per_second(self) -> float | None: ...


class ModelRecords(Protocol):
    """What the library needs of `backend.store.models.ModelRepository`."""

    def note_use(self, model_id: str, path: str, tokens_per_second: float | None) -> None: ...

    def all_used(self) -> tuple[ModelUse, ...]: ...

    def verified(self, path: str, size: int, mtime_ns: int) -> str | None: ...


class Library:
    """Rows for every model that can be opened, the starter first. Thread-safe; may read the disk."""

    def __init__(
        self,
        store: ModelRecords,
        hub_cache: Path,
        bus: EventBus,
        *,
        cache_dir: Path | None = None,
        starter: Path = STARTER_MODEL,
        in_use: Callable[[Path], bool] = lambda path: False,
    ) -> None:
        """Look at nothing yet; the first `models` does.

        Args:
            cache_dir: Where headers that were read are remembered; None remembers them for this run only.
            in_use: Whether a model file is loaded now.
        """
        self._store = store
        self._root = hub_cache
        self._bus = bus
        self._starter = starter
        self._in_use = in_use
        self._facts = FactsCache(cache_dir / "library.json" if cache_dir is not None else None)
        self._lock = threading.RLock()
        self._rows: tuple[LibraryModel, ...] | None = None
        self._age = 0
        """Counts what makes the rows stale."""
        self._scanning = threading.Lock()
        bus.subscribe(self._on_event)

    def models(self) -> tuple[LibraryModel, ...]:
        """The rows of the last scan; scans if there was none since a download ended."""
        with self._lock:
            rows = self._rows
        return self._scan()[0] if rows is None else rows

    def rescan(self) -> tuple[LibraryModel, ...]:
        """Look at the disk again, and say so if anything is different."""
        rows, changed = self._scan()
        if changed:
            self._bus.publish(LibraryChanged())
        return rows

    def find(self, spec: str) -> LibraryModel:
        """What a person means: a path, ``starter``, ``hf:owner/name[/file.gguf][:QUANT]`` or a name.

        Raises:
            AppError: ``library.not_found``, ``library.ambiguous`` or ``library.no_file``.
        """
        spec = spec.strip()
        parsed = parse_query(spec)
        named = Path(os.path.expanduser(parsed.text) if parsed.kind is Kind.PATH else spec)  # noqa: PTH111
        if parsed.kind is Kind.PATH or named.suffix.lower() == ".gguf":
            if os.path.isfile(named):  # noqa: PTH113  # unlike Path's, says False to a name that cannot be
                return self._at(named)
            if named.is_absolute() or spec.startswith(("~", ".")):
                raise AppError(
                    "library.no_file",
                    tr("There is no file {path}.", path=str(named)),
                    tr("Check the path, or choose a model from the library."),
                )
        try:
            return finding.find(spec, self.models())
        except AppError as error:
            if error.code != "library.not_found":
                raise
        return finding.find(spec, self.rescan())  # another program may have put it there meanwhile

    def delete(self, model_id: str) -> int:
        """Delete a model of the hub cache and return the bytes freed; content that others share stays.

        Raises:
            AppError: ``library.not_found``, ``library.in_use``, ``library.not_ours``, ``library.busy`` or
                ``library.delete``.
        """
        model = next((row for row in self.models() if row.id == model_id), None)
        if model is None:
            raise finding.not_found(model_id, self.models())
        if model.repo_id is None or model.commit is None:
            raise AppError(
                "library.not_ours",
                tr("{name} cannot be deleted here.", name=model.name),
                tr("It is part of Orangery, or was put there by another program."),
            )
        if any(self._in_use(part) for part in model.parts):
            raise AppError(
                "library.in_use",
                tr("{name} is loaded right now.", name=model.name),
                tr("Unload it first, then delete it."),
                retryable=True,
            )
        freed = removing.remove(self._root, model.repo_id, model.commit, model.parts)
        self.rescan()
        return freed

    def note_use(self, model_id: str, tokens_per_second: float | None = None) -> None:
        """Remember that the model was loaded now, and how fast it was if that is known."""
        row = next((row for row in self.models() if row.id == model_id), None)
        self._store.note_use(model_id, str(row.path) if row else model_id, tokens_per_second)
        with self._lock:
            if self._rows is not None:
                self._rows = self._with_uses(self._rows)
        self._bus.publish(LibraryChanged())

    # Rows

    def _scan(self) -> tuple[tuple[LibraryModel, ...], bool]:
        """New rows, and whether they differ from the last ones."""
        with self._scanning:
            with self._lock:
                age = self._age
            found = [self._starter_row()] if self._starter.is_file() else []
            found += [row for model in hubcache.scan(self._root) if (row := self._row(model)) is not None]
            self._facts.save()
            rows = self._with_uses(tuple(found))
            with self._lock:
                changed = rows != self._rows
                # A download that ended during the scan may be missing from it.
                self._rows = rows if age == self._age else None
            return rows, changed

    def _with_uses(self, rows: tuple[LibraryModel, ...]) -> tuple[LibraryModel, ...]:
        uses = {use.model_id: use for use in self._store.all_used()}
        return tuple(
            replace(row, used=use.used, tokens_per_second=use.tokens_per_second)
            if (use := uses.get(row.id))
            else row
            for row in rows
        )

    def _row(self, model: CachedModel) -> LibraryModel | None:
        """None for a file whose header says that it is no model of its own."""
        facts = [self._facts.read(part) for part in model.parts] if not model.problem else [Facts()]
        if not facts[0].is_model:
            return None
        owner, _, name = model.repo_id.rpartition("/")
        row = LibraryModel(
            id=f"hf:{model.repo_id}/{model.file}",
            name=re.sub(r"[-_.]?gguf$", "", name, flags=re.IGNORECASE) or name,
            owner=owner,
            source=Source.HUGGING_FACE,
            path=model.path,
            size=model.size,
            quant=quant_label(model.file),
            parts=model.parts,
            repo_id=model.repo_id,
            commit=model.commit,
            problem=model.problem,
            modified=model.modified,
        )
        return self._described(row, facts)

    def _described(self, row: LibraryModel, facts: Sequence[Facts]) -> LibraryModel:
        """`row` with what the headers of its parts and the store say."""
        digest, verified = self._digest(row.parts)
        counts = [fact.parameters for fact in facts]
        return replace(
            row,
            architecture=facts[0].architecture,
            parameters=sum(n for n in counts if n is not None) if None not in counts else None,
            context_length=facts[0].context_length,
            sha256=digest,
            verified=verified,
            problem=row.problem or next((fact.problem for fact in facts if fact.problem), ""),
        )

    def _digest(self, parts: tuple[Path, ...]) -> tuple[str | None, bool]:
        """The SHA-256 of the first part where it is known, and whether all parts were verified by us."""
        known: list[str | None] = []
        first: str | None = None
        for part in parts:
            try:
                real = part.resolve(strict=True)
                found = real.stat()
            except (OSError, RuntimeError):
                return first, False
            known.append(self._store.verified(str(real), found.st_size, found.st_mtime_ns))
            if part is parts[0]:
                first = known[0] or (real.name if SHA256.fullmatch(real.name) else None)
        return first, all(known)

    def _starter_row(self) -> LibraryModel:
        row = self._file_row(self._starter)
        return replace(row, id=STARTER_ID, name=tr("Starter model"), owner="Orangery", source=Source.BUNDLED)

    def _at(self, path: Path) -> LibraryModel:
        """The row of a file given by path: the library's own where it has one."""
        real = path.resolve()
        for row in self.models():
            if any(part == path.absolute() or part.resolve() == real for part in row.parts):
                return row
        return self._file_row(Path(os.path.abspath(path)))  # noqa: PTH100  # as the engine names it

    def _file_row(self, path: Path) -> LibraryModel:
        """A row for a file outside the cache, named by its path."""
        problem = ""
        try:
            parts = shards(path)
        except AppError as error:
            parts, problem = (path,), error.title
        label = quant_label(path.name)
        row = LibraryModel(
            id=str(path),
            name=re.sub(rf"[-_.]?{re.escape(label)}$", "", path.stem, flags=re.IGNORECASE) or path.stem,
            owner="",
            source=Source.FOLDER,
            path=parts[0],
            size=sum(part.stat().st_size for part in parts),
            quant=label,
            parts=parts,
            problem=problem,
            modified=path.stat().st_mtime,
        )
        return self._described(row, [self._facts.read(part) for part in parts])

    def _on_event(self, event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.state is DownloadState.DONE:
            with self._lock:
                self._age += 1
                self._rows = None
