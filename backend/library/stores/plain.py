"""Stores that are plain folders of GGUF files: LM Studio's, llama.cpp's cache, Orangery's, added folders, and
single files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterator
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


def scan_published(store: Store, root: Path, ground: Ground) -> Iterator[FoundModel]:
    """``<publisher>/<name>/<file>.gguf``, as LM Studio has it; other depths are listed too."""
    for folder in folders(root, ground.skip, ground.troubles):
        above = folder.path.relative_to(root).parts
        for model in _models(store, root, folder, ground):
            if len(above) >= 2:
                owner, name = above[0], above[1]
                repo = f"{owner}/{name}" if len(above) == 2 and is_repo_id(f"{owner}/{name}") else None
                plain = re.sub(r"[-_.]?gguf$", "", name, flags=re.IGNORECASE) or name
                model = replace(
                    model,
                    owner=owner,
                    name=plain,
                    repo_id=repo,
                    file=model.path.name,
                    source=Source.HUGGING_FACE if repo else Source.FOLDER,
                )
            yield model


def scan_folder(store: Store, root: Path, ground: Ground) -> Iterator[FoundModel]:
    """Any folder: every file is named by itself."""
    for folder in folders(root, ground.skip, ground.troubles):
        yield from _models(store, root, folder, ground)


def scan_llama_cpp(root: Path, ground: Ground) -> Iterator[FoundModel]:
    """llama.cpp's download cache: ``owner_repo_file.gguf``; what lies beside a file says where it is from."""
    for folder in folders(root, ground.skip, ground.troubles):
        repos = [found for name in folder.entries if (found := _manifest_repo(name))]
        for model in _models(Store.LLAMA_CPP, root, folder, ground):
            origin = _origin(folder, model.path.name) or next(
                (
                    (repo, model.path.name[len(repo) + 1 :])
                    for repo in sorted(repos, key=len, reverse=True)
                    if model.path.name.startswith(repo.replace("/", "_") + "_")
                ),
                None,
            )
            if origin is not None:
                owner, _, name = origin[0].partition("/")
                model = replace(
                    model,
                    owner=owner,
                    name=re.sub(r"[-_.]?gguf$", "", name, flags=re.IGNORECASE) or name,
                    repo_id=origin[0],
                    file=origin[1],
                    source=Source.HUGGING_FACE,
                )
            yield model


def single(path: Path, store: Store, inside: Inside, source: Source = Source.FOLDER) -> FoundModel | None:
    """The model that the file at `path` is, or is a part of; None where there is no such file."""
    folder = _folder_of(path)
    if folder is None:
        return None
    for found in file_sets(folder, inside):
        if found.file == path.name or any(part.path.name == path.name for part in found.parts):
            model = _model(store, None, folder, found, file_sets(folder, inside))
            return replace(model, source=source)
    return None


def _folder_of(path: Path) -> Folder | None:
    """The folder of `path` with only the names that may be parts of it, and its projectors."""
    try:
        real = os.path.realpath(path.parent, strict=True)
        with os.scandir(real) as listing:
            return Folder(path.parent, real, {entry.name: entry for entry in listing})
    except OSError:
        return None


def _models(store: Store, root: Path, folder: Folder, ground: Ground) -> Iterator[FoundModel]:
    sets = file_sets(folder, ground.inside)
    has_model = any(found.kind == "model" for found in sets)
    for found in sets:
        if found.kind != "projector" or not has_model:
            yield _model(store, root, folder, found, sets)


def _model(
    store: Store, root: Path | None, folder: Folder, found: FileSet, sets: list[FileSet]
) -> FoundModel:
    path = found.parts[0].path if found.parts else folder.path / found.file
    label = quant_label(path.name)
    return FoundModel(
        id=stable_id(path),
        store=store,
        root=root,
        name=_plain_name(path.name, label),
        owner="",
        source=Source.FOLDER,
        path=path,
        parts=found.parts,
        quant=label,
        kind=found.kind,
        projector=projector_for(sets, found.file) if found.kind == "model" else None,
        problem=found.problem,
    )


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


def _origin(folder: Folder, name: str) -> tuple[str, str] | None:
    """Repository and file from the note with the address that older versions left beside a file."""
    if f"{name}.json" not in folder.entries:
        return None
    try:
        url = json.loads(read_start(folder.path / f"{name}.json", _MOST_SIDECAR))["url"]
        pieces = unquote(urlsplit(url).path).strip("/").split("/")
        if len(pieces) >= 5 and pieces[2] == "resolve" and is_repo_id("/".join(pieces[:2])):
            return "/".join(pieces[:2]), "/".join(pieces[4:])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None
