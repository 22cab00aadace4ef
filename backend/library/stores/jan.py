"""Which GGUF models Jan has: a ``model.yml`` in the folder of each says which files it uses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from backend.files import read_start
from backend.hubs.names import SHA256
from backend.library.stores.found import FoundModel, Inside
from backend.library.stores.plain import Ground, scan_folder, single
from backend.library.stores.walk import is_model_name
from backend.library.types import Store

NOTE = "model.yml"
_MOST_NOTE = 64 << 10
_LINE = re.compile(r"^([a-z_0-9]+):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def scan(root: Path, ground: Ground) -> Iterator[FoundModel]:
    """The files in Jan's folder, named as Jan names them, and files elsewhere that its notes point to."""
    data = root.parent.parent if root.parts[-2:] == ("llamacpp", "models") else root.parent
    known: set[Path] = set()
    notes: dict[Path, dict[str, str]] = {}
    for model in scan_folder(Store.JAN, root, ground):
        folder = model.path.parent
        if folder not in notes:
            notes[folder] = read_note(folder / NOTE)
        known.update(part.path for part in model.parts)
        yield _named(model, root, notes[folder], data)
    # Imported files stay where they are; the folder then holds nothing but the note.
    for folder in _noted_folders(root, ground):
        note = read_note(folder / NOTE)
        if (path := _file(note.get("model_path"), data)) is None or path in known:
            continue
        outside = Inside([os.path.realpath(path.parent)])
        if not path.is_relative_to(root) and (found := single(path, Store.JAN, outside)) is not None:
            yield _named(replace(found, root=root), root, note, data, folder)


def read_note(path: Path) -> dict[str, str]:
    """The plain ``key: value`` lines of a note; empty where there is none. Never raises."""
    try:
        text = read_start(path, _MOST_NOTE).decode("utf-8", "replace")
    except OSError:
        return {}
    return {key: value.strip("'\"") for key, value in _LINE.findall(text)}


def _noted_folders(root: Path, ground: Ground) -> Iterator[Path]:
    for place, below, names in os.walk(root):
        below[:] = sorted(name for name in below if os.path.join(place, name) not in ground.skip)  # noqa: PTH118
        if NOTE in names:
            yield Path(place)


def _named(
    model: FoundModel, root: Path, note: dict[str, str], data: Path, folder: Path | None = None
) -> FoundModel:
    """`model` with the name and the digest of its note, if the note is about this file."""
    place = folder or model.path.parent
    path = _file(note.get("model_path"), data)
    above = place.relative_to(root).parts
    owner = above[0] if len(above) >= 2 else ""
    if path is None or path.name != model.path.name:
        return replace(model, owner=owner, name="/".join(above[1:]) or model.name)
    projector = _file(note.get("mmproj_path"), data)
    promise = note.get("model_sha256", "").lower()
    parts = model.parts
    if SHA256.fullmatch(promise) and len(parts) == 1 and parts[0].real:
        parts = (replace(parts[0], promise=promise),)
    name = note.get("name") or "/".join(above)
    return replace(
        model,
        owner=owner,
        name=name.rsplit("/", 1)[-1] or model.name,
        parts=parts,
        projector=projector
        if projector is not None and is_model_name(projector.name) and os.path.isfile(projector)  # noqa: PTH113
        else model.projector,
    )


def _file(value: str | None, data: Path) -> Path | None:
    """The path in a note: relative to Jan's data folder, or absolute."""
    if not value or "\0" in value:
        return None
    return Path(os.path.normpath(data / value))
