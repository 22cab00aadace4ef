"""Walking a folder of model files that somebody else looks after. Never raises, loops or leaves it."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backend.gguf.names import file_kind, shard_info, shard_name
from backend.i18n import tr
from backend.library.stores.found import Inside, Part, look, part_of, shown

_DEEPEST = 12
_MOST_FOLDERS = 50_000
_STAT_IS_WHOLE = os.name != "nt"
"""On Windows a listing does not tell the identity of a file."""


@dataclass
class Troubles:
    """What was left out, for one sentence beside the store."""

    unreadable: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        if self.unreadable:
            return tr(
                "{count} folders cannot be read, the first of them {path}.",
                count=len(self.unreadable),
                path=shown(self.unreadable[0]),
            )
        if self.outside:
            return tr(
                "{count} links to other folders were not followed, the first of them {path}. "
                "Add those folders themselves.",
                count=len(self.outside),
                path=shown(self.outside[0]),
            )
        return ""


@dataclass(frozen=True)
class Folder:
    """One folder with its entries by name; `real` is its path with links followed."""

    path: Path
    real: str
    entries: dict[str, os.DirEntry[str]]


@dataclass(frozen=True)
class FileSet:
    """A file, or the parts of a split one, in one folder.

    Attributes:
        file: Name of the first part, also where that is missing.
        kind: What the name says: ``model``, ``adapter`` or ``projector``.
    """

    file: str
    kind: str
    parts: tuple[Part, ...]
    problem: str


def folders(root: Path, skip: Container[str], troubles: Troubles) -> Iterator[Folder]:
    """`root` and all folders below it; not those in `skip` (real paths), hidden ones or links."""
    waiting = [(root, os.path.realpath(root), 0)]
    seen = 0
    while waiting and seen < _MOST_FOLDERS:
        path, real, depth = waiting.pop()
        seen += 1
        entries: dict[str, os.DirEntry[str]] = {}
        try:
            with os.scandir(real) as listing:
                for entry in listing:
                    entries[entry.name] = entry
        except FileNotFoundError:
            continue
        except OSError:
            troubles.unreadable.append(str(path))
            continue
        for name in sorted(entries, reverse=True):
            entry = entries[name]
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                leads_to_folder = not is_folder and entry.is_symlink() and entry.is_dir()
            except OSError:
                continue
            if leads_to_folder:
                troubles.outside.append(str(path / name))
            if is_folder and not name.startswith(".") and depth < _DEEPEST:
                below = os.path.join(real, name)  # noqa: PTH118
                if below not in skip:
                    waiting.append((path / name, below, depth + 1))
        yield Folder(path, real, entries)


def is_model_name(name: str) -> bool:
    return name[-5:].lower() == ".gguf" and not name.startswith("._")


def file_sets(folder: Folder, inside: Inside) -> list[FileSet]:
    """The GGUF files of `folder`, split ones joined, sorted by name; calibration data is left out."""
    found: list[FileSet] = []
    split: dict[tuple[str, int], dict[int, tuple[Part, str]]] = {}
    for name in sorted(filter(is_model_name, folder.entries)):
        kind = file_kind(name)
        if kind == "calibration":
            continue
        looked = _look(folder, folder.entries[name], inside)
        if looked is None:
            continue
        shard = shard_info(name)
        if shard is None:
            found.append(FileSet(name, kind, (looked[0],), looked[1]))
        else:
            split.setdefault((shard.prefix, shard.parts), {})[shard.number] = looked
    for (prefix, count), there in split.items():
        first = shard_name(prefix, 1, count)
        problem = next((text for _, text in there.values() if text), "") or missing_parts(
            prefix, count, there
        )
        found.append(FileSet(first, file_kind(first), tuple(there[k][0] for k in sorted(there)), problem))
    return found


def missing_parts(prefix: str, count: int, there: Container[int]) -> str:
    """Which of `count` parts are not there, in one sentence; empty where all are."""
    missing = [k for k in range(1, count + 1) if k not in there]
    if not missing:
        return ""
    return tr(
        "{missing} of {count} parts are missing, the first of them {name}.",
        missing=len(missing),
        count=count,
        name=shown(shard_name(prefix, missing[0], count).rsplit("/", 1)[-1]),
    )


def _look(folder: Folder, entry: os.DirEntry[str], inside: Inside) -> tuple[Part, str] | None:
    """None for what is no file."""
    path = folder.path / entry.name
    try:
        if entry.is_symlink():
            return None if entry.is_dir() else look(path, inside)
        if not entry.is_file():
            return None
        found = entry.stat(follow_symlinks=False) if _STAT_IS_WHOLE else os.stat(entry.path)  # noqa: PTH116
    except OSError:
        return Part(path), tr("The content of {name} is gone.", name=shown(entry.name))
    return part_of(path, f"{folder.real}{os.sep}{entry.name}", found), ""


def projector_for(sets: list[FileSet], file: str) -> Path | None:
    """The projector that lies beside the model `file`: the one whose name shares most with it."""
    candidates = [s for s in sets if s.kind == "projector" and s.parts and not s.problem]
    if not candidates:
        return None
    words = _words(file)
    # At equal kinship the one with the higher precision, as programs that load them prefer it.
    best = max(candidates, key=lambda s: (len(words & _words(s.file)), "f16" in s.file.lower(), s.file))
    return best.parts[0].path


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]+", name.lower())) - {"mmproj", "gguf", "mm", "proj", "model", ""}
