"""The tensors of a repository, in one safetensors file or several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.safetensors import MOST_HEADER, DamagedError, Stored, read_tensors
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
_MOST_FILES = 2_000


def find_tensors(repository: Repository) -> dict[str, Stored]:
    """All tensors of the repository by name.

    Raises:
        Refusal: There are none, files are missing, or one of them is damaged.
    """
    if SINGLE in repository.names:
        return read_header(repository, SINGLE)
    index = repository.json(INDEX, MOST_HEADER)
    if index is None:
        others = sorted(name for name in repository.names if name.endswith(".safetensors"))
        if others:
            refuse("missing_file", INDEX, f"needed for {', '.join(others)[:300]}")
        refuse("pickle" if repository.has_pickles else "no_weights", SINGLE)
    return _by_index(repository, index)


def _by_index(repository: Repository, index: Mapping[str, Any]) -> dict[str, Stored]:
    where = index.get("weight_map")
    if not isinstance(where, dict) or not where or not all(isinstance(name, str) for name in where.values()):
        refuse("unreadable", f"{INDEX}: weight_map", "an object of file names expected")
    files = sorted(set(where.values()))
    if len(files) > _MOST_FILES:
        refuse("unreadable", f"{INDEX}: weight_map", f"{len(files)} files")
    for name in files:
        if not name.endswith(".safetensors"):
            refuse("pickle", name)
    found: dict[str, Stored] = {}
    for name in files:
        if name not in repository.names and "/" not in name and "\\" not in name:
            refuse("missing_file", name, f"named by {INDEX}")
        for tensor in read_header(repository, name).values():
            if where.get(tensor.name) != name:
                refuse("weights", f"{name}: {tensor.name}", f"{INDEX} does not name this file for it")
            found[tensor.name] = tensor
    missing = sorted(where.keys() - found.keys())
    if missing:
        refuse("weights", f"{where[missing[0]]}: {missing[0]}", f"in {INDEX}, but not in the file")
    return found


def read_header(repository: Repository, name: str) -> dict[str, Stored]:
    """The tensors of one file.

    Raises:
        Refusal: ``weights``: damaged, cut off, or not what safetensors allows.
    """
    try:
        with repository.open(name) as file:
            return read_tensors(file, name)
    except DamagedError as error:
        refuse(error.code, error.where, error.detail)
