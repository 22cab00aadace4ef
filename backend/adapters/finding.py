"""Where adapters lie on this disk: those that the library lists, and PEFT folders below its roots."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from backend.adapters.reading import gguf_adapter, peft_adapter
from backend.adapters.types import Adapter, AdapterSource
from backend.errors import AppError
from backend.gguf.reader import read_header
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.library.types import LibraryModel, Store, StoreInfo
from backend.peft import CONFIG

_DEPTH = 6
_MOST_FOLDERS = 20_000
_MOST_LOOSE = 500
_HUB = "models--"

SAMPLE_ID = "sample"
"""Id of the adapter that comes with Orangery."""


def found(
    models: Iterable[LibraryModel], stores: Iterable[StoreInfo], downloads: Path, sample: Path
) -> Iterator[Adapter]:
    """Every adapter, each file once; never raises for what is on the disk."""
    seen: set[str] = set()
    for adapter in _all(models, stores, downloads, sample):
        real = os.path.realpath(adapter.path)
        if real not in seen:
            seen.add(real)
            yield adapter


def at(path: Path) -> Adapter:
    """The adapter at a path: a GGUF file, or a folder that PEFT wrote.

    Raises:
        AppError: ``adapter.not_found``.
    """
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100
    name = shown(path.stem or path.name)
    if os.path.isfile(path):  # noqa: PTH113
        return gguf_adapter(path, str(path), name, "disk")
    if os.path.isfile(path / CONFIG):  # noqa: PTH113
        return peft_adapter(path, str(path), shown(path.name), "disk")
    raise _nothing_at(path)


def choose(spec: str, adapters: Sequence[Adapter]) -> Adapter:
    """The adapter that `spec` names: its id, a path, or its name where only one has it.

    Raises:
        AppError: ``adapter.not_found``, ``adapter.ambiguous``.
    """
    spec = spec.strip()
    for adapter in adapters:
        if spec in (adapter.id, str(adapter.path)):
            return adapter
    wanted = _plain(spec)
    same = [a for a in adapters if wanted in {_plain(n) for n in (a.name, a.path.name, a.path.stem)}]
    if len(same) == 1:
        return same[0]
    if same:
        raise AppError(
            "adapter.ambiguous",
            tr("{spec} can mean several adapters.", spec=spec),
            tr("Write one of: {names}.", names=", ".join(a.id for a in same)),
        )
    if "/" in spec or "\\" in spec or spec.endswith(".gguf") or spec in (".", ".."):
        return at(Path(spec))
    raise not_found(spec)


def _plain(name: str) -> str:
    """`name` as it may be typed: in any case, and with hyphens in the place of blanks."""
    return name.casefold().replace(" ", "-")


def _nothing_at(path: Path) -> AppError:
    if os.path.isdir(path):  # noqa: PTH112
        return AppError(
            "adapter.not_found",
            tr("There is no adapter in the folder {path}.", path=shown(str(path))),
            tr("A PEFT folder has adapter_config.json and adapter_model.safetensors in it."),
        )
    return AppError(
        "adapter.not_found",
        tr("There is no file or folder {path}.", path=shown(str(path))),
        tr("orangery adapters ls lists the adapters on this disk."),
    )


def not_found(spec: str) -> AppError:
    return AppError(
        "adapter.not_found",
        tr("There is no adapter {spec}.", spec=shown(spec)),
        tr("orangery adapters ls lists those on this disk."),
    )


def _all(
    models: Iterable[LibraryModel], stores: Iterable[StoreInfo], downloads: Path, sample: Path
) -> Iterator[Adapter]:
    yield from _bundled(sample)
    for model in models:
        if model.kind == "adapter":
            source = _source(model.store)
            adapter = gguf_adapter(model.path, model.id, model.name, source, owner=model.owner)
            yield replace(adapter, made_from=model.made_from)
    for store in stores:
        if store.exists and store.store not in (Store.OLLAMA, Store.BUNDLED):
            yield from _peft(store.root, _source(store.store))
    yield from _peft(downloads, "disk", depth=2)
    yield from _loose(downloads, "disk")


def _bundled(path: Path) -> Iterator[Adapter]:
    """The sample. The PEFT folder around it, from which it was made, is no second entry beside it."""
    try:
        name = read_header(path).name
    except AppError:
        return
    adapter = gguf_adapter(path, SAMPLE_ID, shown(name or path.stem), "bundled", owner="Orangery")
    yield replace(adapter, made_from=str(path.parent))


def _source(store: Store) -> AdapterSource:
    match store:
        case Store.BUNDLED:
            return "bundled"
        case Store.HUB_CACHE:
            return "hub"
        case Store.OLLAMA:
            return "ollama"
        case Store.MODELS:
            return "made"
        case _:
            return "disk"


def _peft(root: Path, source: AdapterSource, depth: int = _DEPTH) -> Iterator[Adapter]:
    """PEFT folders below `root`; links to folders are not followed."""
    left = _MOST_FOLDERS
    start = len(root.parts)
    for place, folders, files in os.walk(root):
        left -= 1
        folder = Path(place)
        if left < 0:
            return
        if CONFIG in files:
            owner, name = _named(folder)
            yield peft_adapter(folder, str(folder), name, source, owner=owner)
        deep = len(folder.parts) - start >= depth
        folders[:] = [] if deep else sorted(f for f in folders if f not in ("blobs", ".locks", ".git"))


def _named(folder: Path) -> tuple[str, str]:
    """Owner and name: in the hub cache the repository's, else the folder's."""
    for part in folder.parts:
        if part.startswith(_HUB):
            owner, _, name = part.removeprefix(_HUB).rpartition("--")
            return shown(owner), shown(name)
    return "", shown(folder.name)


def _loose(folder: Path, source: AdapterSource) -> Iterator[Adapter]:
    """GGUF adapters that lie in `folder` itself, where the library does not look."""
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".gguf")[:_MOST_LOOSE]
    except OSError:
        return
    for path in files:
        try:
            if path.is_file() and read_header(path, tier=0).kind == "adapter":
                yield gguf_adapter(path, str(path), shown(path.stem), source)
        except (AppError, OSError):
            continue
