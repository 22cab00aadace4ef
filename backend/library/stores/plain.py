"""Stores that are plain folders of GGUF files: LM Studio's, llama.cpp's cache, Orangery's, added folders, and
single files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from backend.files import read_start
from backend.gguf.names import UNKNOWN, quant_label
from backend.hubs.names import is_repo_id
from backend.hubs.types import Source
from backend.library.stores.found import FoundModel, Inside, stable_id
from backend.library.stores.walk import FileSet, Folder, Troubles, file_sets, folders, projector_for
from backend.library.types import Store

_MOST_SIDECAR = 256 << 10
_GGUF = re.compile(r"[-_.]?gguf$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every look into a plain folder needs.

    Attributes:
        inside: Where links may lead.
        skip: Folders (real paths) that are stores of their own.
    """

    inside: Inside
    skip: Container[str]
    troubles: Troubles


@dataclass(frozen=True, slots=True)
class Origin:
    """What the place of a file tells about it."""

    owner: str
    name: str
    repo_id: str | None = None
    file: str = ""


def scan_published(store: Store, root: Path, ground: Ground) -> Iterator[FoundModel]:
    """``<publisher>/<name>/<file>.gguf``, as LM Studio has it; other depths are listed too."""
    base = len(root.parts)
    for folder in folders(root, ground.skip, ground.troubles):
        above = folder.path.parts[base:]
        origin = None
        if len(above) >= 2:
            repo = f"{above[0]}/{above[1]}"
            known = len(above) == 2 and is_repo_id(repo)
            origin = Origin(above[0], _without_gguf(above[1]), repo if known else None)
        yield from _models(store, root, folder, ground, lambda name, origin=origin: origin)  # type: ignore[misc]


def scan_folder(store: Store, root: Path, ground: Ground) -> Iterator[FoundModel]:
    """Any folder: every file is named by itself."""
    for folder in folders(root, ground.skip, ground.troubles):
        yield from _models(store, root, folder, ground, lambda name: None)


def scan_llama_cpp(root: Path, ground: Ground) -> Iterator[FoundModel]:
    """llama.cpp's download cache: ``owner_repo_file.gguf``; what lies beside a file says where it is from."""
    for folder in folders(root, ground.skip, ground.troubles):
        repos = sorted(filter(None, map(_manifest_repo, folder.entries)), key=len, reverse=True)

        def origin(name: str, folder: Folder = folder, repos: list[str] = repos) -> Origin | None:
            noted = _noted(folder, name)
            if noted is not None:
                return noted
            for repo in repos:
                if name.startswith(repo.replace("/", "_") + "_"):
                    return _of_repo(repo, name[len(repo) + 1 :])
            return None

        yield from _models(Store.LLAMA_CPP, root, folder, ground, origin)


def single(path: Path, store: Store, inside: Inside, source: Source = Source.FOLDER) -> FoundModel | None:
    """The model that the file at `path` is, or is a part of; None where there is no such file."""
    folder = _folder_of(path)
    if folder is None:
        return None
    sets = file_sets(folder, inside)
    for found in sets:
        if found.file == path.name or any(part.path.name == path.name for part in found.parts):
            return replace(_model(store, None, folder, found, sets, None), source=source)
    return None


def _folder_of(path: Path) -> Folder | None:
    """The folder of `path` with only the names that may be parts of it, and its projectors."""
    try:
        real = os.path.realpath(path.parent, strict=True)
        with os.scandir(real) as listing:
            return Folder(path.parent, real, {entry.name: entry for entry in listing})
    except OSError:
        return None


def _models(
    store: Store, root: Path, folder: Folder, ground: Ground, origin: Callable[[str], Origin | None]
) -> Iterator[FoundModel]:
    sets = file_sets(folder, ground.inside)
    has_model = any(found.kind == "model" for found in sets)
    for found in sets:
        if found.kind != "projector" or not has_model:
            yield _model(store, root, folder, found, sets, origin(found.file))


def _model(
    store: Store,
    root: Path | None,
    folder: Folder,
    found: FileSet,
    sets: list[FileSet],
    origin: Origin | None,
) -> FoundModel:
    path = found.parts[0].path if found.parts else folder.path / found.file
    label = quant_label(found.file)
    repo_id = origin.repo_id if origin is not None else None
    return FoundModel(
        id=stable_id(path),
        store=store,
        root=root,
        name=origin.name if origin is not None else _plain_name(found.file, label),
        owner=origin.owner if origin is not None else "",
        source=Source.HUGGING_FACE if repo_id else Source.FOLDER,
        path=path,
        parts=found.parts,
        quant=label,
        kind=found.kind,
        projector=projector_for(sets, found.file) if found.kind == "model" and len(sets) > 1 else None,
        repo_id=repo_id,
        file=(origin.file or found.file) if repo_id and origin is not None else "",
        problem=found.problem,
    )


def _of_repo(repo_id: str, file: str) -> Origin:
    owner, _, name = repo_id.partition("/")
    return Origin(owner, _without_gguf(name), repo_id, file)


def _without_gguf(name: str) -> str:
    return _GGUF.sub("", name) or name


def _plain_name(file: str, label: str) -> str:
    stem = re.sub(r"\.gguf$", "", file, flags=re.IGNORECASE)
    stem = re.sub(r"-\d{5}-of-\d{5}$", "", stem)
    if label != UNKNOWN:
        stem = re.sub(rf"[-_.]?{re.escape(label)}$", "", stem, flags=re.IGNORECASE) or stem
    return stem


def _manifest_repo(name: str) -> str:
    """``manifest=owner=repo=tag.json`` → ``owner/repo``; empty for other names."""
    pieces = name.split("=")
    if len(pieces) == 4 and pieces[0] == "manifest" and is_repo_id(f"{pieces[1]}/{pieces[2]}"):
        return f"{pieces[1]}/{pieces[2]}"
    return ""


def _noted(folder: Folder, name: str) -> Origin | None:
    """Repository and file from the note with the address that older versions left beside a file."""
    if f"{name}.json" not in folder.entries:
        return None
    try:
        url = json.loads(read_start(folder.path / f"{name}.json", _MOST_SIDECAR))["url"]
        pieces = unquote(urlsplit(url).path).strip("/").split("/")
        if len(pieces) >= 5 and pieces[2] == "resolve" and is_repo_id("/".join(pieces[:2])):
            return _of_repo("/".join(pieces[:2]), "/".join(pieces[4:]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None
