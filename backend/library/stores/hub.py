"""Which GGUF models lie in the standard hub cache, whichever program put them there."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.files import read_start
from backend.gguf.names import file_kind, quant_label, shard_info, shard_name
from backend.hubs.names import SHA1, SHA256
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.layout import PREFIX
from backend.library.stores.found import FoundModel, Inside, Part, look, part_of, shown, stable_id
from backend.library.stores.walk import FileSet, Troubles, is_model_name, missing_parts, projector_for
from backend.library.types import Store

_MOST_REF = 256


@dataclass(frozen=True, slots=True)
class _Snapshot:
    repo_id: str
    folder: Path
    blobs: str
    inside: Inside


def scan(root: Path, troubles: Troubles) -> Iterator[FoundModel]:
    """Every model in the cache at `root`, by repository and file. Never raises.

    A file that several snapshots have is listed once: from the snapshot that ``main`` names, else the newest.
    A projector that lies beside a model belongs to it; calibration data is left out.
    """
    real = os.path.realpath(root)
    try:
        with os.scandir(real) as listing:
            names = sorted(e.name for e in listing if e.name.startswith(PREFIX))
    except FileNotFoundError:
        return
    except OSError:
        troubles.unreadable.append(str(root))
        return
    inside = Inside([real])
    for name in names:
        repo_id = name.removeprefix(PREFIX).replace("--", "/")
        blobs = os.path.realpath(f"{real}{os.sep}{name}{os.sep}blobs")
        best: dict[str, FoundModel] = {}
        for folder in _snapshots(root / name, troubles):
            for model in _models(_Snapshot(repo_id, folder, blobs, inside), root):
                known = best.get(model.file)
                if known is None or (known.problem and not model.problem):
                    best[model.file] = model
        yield from sorted(best.values(), key=lambda model: model.file)


def _snapshots(folder: Path, troubles: Troubles) -> list[Path]:
    """The snapshots of a repository: the one of ``main``, then from new to old; links are not followed."""
    try:
        main = read_start(folder / "refs" / "main", _MOST_REF).decode("ascii", "replace").strip()
    except OSError:
        main = ""
    try:
        with os.scandir(folder / "snapshots") as listing:
            found = [
                (e.name, e.stat(follow_symlinks=False).st_mtime)
                for e in listing
                if SHA1.fullmatch(e.name) and e.is_dir(follow_symlinks=False)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        troubles.unreadable.append(str(folder))
        return []
    found.sort(key=lambda row: (row[0] != main, -row[1], row[0]))
    return [folder / "snapshots" / name for name, _ in found]


def _models(snapshot: _Snapshot, root: Path) -> Iterator[FoundModel]:
    sets = _sets(snapshot)
    models = [s for s in sets if s.kind == "model"]
    for s in sets:
        if s.kind == "projector" and models:
            continue
        owner, _, name = snapshot.repo_id.rpartition("/")
        yield FoundModel(
            id=stable_id(f"hf:{snapshot.repo_id}/{s.file}"),
            store=Store.HUB_CACHE,
            root=root,
            name=re.sub(r"[-_.]?gguf$", "", name, flags=re.IGNORECASE) or name,
            owner=owner,
            source=Source.HUGGING_FACE,
            path=s.parts[0].path,
            parts=s.parts,
            quant=quant_label(s.file),
            kind=s.kind,
            projector=projector_for(sets, s.file) if s.kind == "model" else None,
            repo_id=snapshot.repo_id,
            commit=snapshot.folder.name,
            file=s.file,
            problem=s.problem,
        )


def _sets(snapshot: _Snapshot) -> list[FileSet]:
    found: list[FileSet] = []
    split: dict[tuple[str, int], dict[int, tuple[Part, str]]] = {}
    for relative, path in _files(snapshot.folder):
        kind = file_kind(relative)
        if kind == "calibration":
            continue
        looked = _look(snapshot, path)
        shard = shard_info(relative)
        if shard is None:
            found.append(FileSet(relative, kind, (looked[0],), looked[1]))
        else:
            split.setdefault((shard.prefix, shard.parts), {})[shard.number] = looked
    for (prefix, count), there in split.items():
        problem = next((p for _, p in there.values() if p), "") or missing_parts(prefix, count, there)
        first = shard_name(prefix, 1, count)
        found.append(FileSet(first, file_kind(first), tuple(there[k][0] for k in sorted(there)), problem))
    return found


def _files(snapshot: Path) -> Iterator[tuple[str, Path]]:
    """GGUF names below `snapshot`; folders that are links are not entered."""
    base = str(snapshot)
    for folder, _, names in os.walk(base):
        below = folder[len(base) + 1 :].replace(os.sep, "/")
        for name in sorted(filter(is_model_name, names)):
            yield (f"{below}/{name}" if below else name), Path(folder) / name


def _look(snapshot: _Snapshot, path: Path) -> tuple[Part, str]:
    """The blob behind a name; the name of a blob in LFS is the digest that the hub promises."""
    try:
        target = os.path.normpath(path.parent / os.readlink(path))  # noqa: PTH115
    except (OSError, ValueError):
        return look(path, snapshot.inside)
    # From the real place: the folders above may be links themselves.
    blob = f"{snapshot.blobs}{os.sep}{os.path.basename(target)}"  # noqa: PTH119
    direct = os.path.basename(os.path.dirname(target)) == "blobs"  # noqa: PTH119, PTH120
    promise = os.path.basename(target) if direct else ""  # noqa: PTH119
    promise = promise if SHA256.fullmatch(promise) else ""
    if direct and os.path.realpath(os.path.dirname(target)) == snapshot.blobs:  # noqa: PTH120
        try:
            found = os.lstat(blob)
        except OSError:
            return Part(path), tr("The content of {name} is gone.", name=shown(path.name))
        if stat.S_ISREG(found.st_mode) and os.name != "nt":
            return part_of(path, blob, found, promise or None), ""
    return look(path, snapshot.inside, promise or None)
