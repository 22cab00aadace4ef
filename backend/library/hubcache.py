"""Which GGUF models lie in the standard hub cache, whichever program put them there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.gguf.names import file_kind, shard_info, shard_name
from backend.hubs.names import SHA1
from backend.i18n import tr
from backend.library.layout import PREFIX


@dataclass(frozen=True, slots=True)
class CachedModel:
    """One model, or one shard set, of one repository.

    Attributes:
        file: Path inside the repository, with forward slashes; of the first part.
        parts: The names to open, in order; those that are there.
        size: Bytes of `parts`.
        modified: Unix time of the newest part.
        problem: Why it cannot be whole, in one sentence; empty when all parts are there.
    """

    repo_id: str
    commit: str
    file: str
    parts: tuple[Path, ...]
    size: int
    modified: float
    problem: str = ""

    @property
    def path(self) -> Path:
        return self.parts[0]


def scan(root: Path) -> tuple[CachedModel, ...]:
    """Every model in the cache at `root`, sorted by repository and file. Never raises.

    A file that several snapshots have is listed once: from the snapshot that ``main`` names, else the newest.
    Projectors, adapters and calibration data are no models of their own and left out.
    """
    try:
        inside = root.resolve()
        folders = sorted(p for p in root.iterdir() if p.name.startswith(PREFIX) and p.is_dir())
    except OSError:
        return ()
    models: list[CachedModel] = []
    for folder in folders:
        repo_id = folder.name.removeprefix(PREFIX).replace("--", "/")
        best: dict[str, CachedModel] = {}
        for snapshot in _snapshots(folder):
            for model in _models(repo_id, snapshot, inside):
                known = best.get(model.file)
                if known is None or (known.problem and not model.problem):
                    best[model.file] = model
        models += sorted(best.values(), key=lambda model: model.file)
    return tuple(models)


def _snapshots(folder: Path) -> list[Path]:
    """The snapshots of a repository: the one of ``main``, then from new to old."""
    try:
        main = (folder / "refs" / "main").read_text().strip()
    except (OSError, UnicodeDecodeError):
        main = ""
    try:
        found = [p for p in (folder / "snapshots").iterdir() if SHA1.fullmatch(p.name) and p.is_dir()]
        return sorted(found, key=lambda p: (p.name != main, -p.stat().st_mtime, p.name))
    except OSError:
        return []


def _models(repo_id: str, snapshot: Path, inside: Path) -> Iterator[CachedModel]:
    sets: dict[tuple[str, int], dict[int, Path]] = {}
    for path in _files(snapshot):
        relative = path.relative_to(snapshot).as_posix()
        if file_kind(relative) != "model":
            continue
        shard = shard_info(relative)
        if shard is None:
            yield _model(repo_id, snapshot, relative, (path,), inside, "")
        else:
            sets.setdefault((shard.prefix, shard.parts), {})[shard.number] = path
    for (prefix, count), there in sets.items():
        problem = ""
        if len(there) < count:
            first = next(k for k in range(1, count + 1) if k not in there)
            problem = tr(
                "{missing} of {count} parts are missing, the first of them {name}.",
                missing=count - len(there),
                count=count,
                name=shard_name(prefix, first, count).rsplit("/", 1)[-1],
            )
        paths = tuple(there[k] for k in sorted(there))
        yield _model(repo_id, snapshot, shard_name(prefix, 1, count), paths, inside, problem)


def _files(snapshot: Path) -> Iterator[Path]:
    """GGUF names below `snapshot`; folders that are links are not entered."""
    for folder, _, names in os.walk(snapshot):
        for name in sorted(names):
            if name.lower().endswith(".gguf"):
                yield Path(folder) / name


def _model(
    repo_id: str, snapshot: Path, file: str, parts: tuple[Path, ...], inside: Path, problem: str
) -> CachedModel:
    size, modified = 0, 0.0
    for part in parts:
        try:
            real = part.resolve(strict=True)
            found = real.stat()
        except (OSError, RuntimeError):
            problem = tr("The content of {name} is gone.", name=part.name)
            continue
        if not real.is_relative_to(inside) or not stat.S_ISREG(found.st_mode):
            problem = tr("{name} is a link that leads out of the model folder.", name=part.name)
            continue
        size += found.st_size
        modified = max(modified, found.st_mtime)
    return CachedModel(repo_id, snapshot.name, file, parts, size, modified, problem)
