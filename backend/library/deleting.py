"""Deleting a model: what that would free and whose it is, and then doing it without harm to neighbours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend.errors import AppError
from backend.hubs.names import SHA256
from backend.i18n import tr
from backend.library import removing
from backend.library.layout import HubCache
from backend.library.layout_ollama import OllamaStore
from backend.library.rows import Entry
from backend.library.stores import jan
from backend.library.stores.found import shown
from backend.library.stores.manifests import Manifest, manifests
from backend.library.stores.ollama import ADAPTER, blob, model_id
from backend.library.types import DeletePreview, Store
from backend.locks import FileLock


class RunningModel(Protocol):
    @property
    def name(self) -> str: ...


class DaemonPort(Protocol):
    """What the library needs of `backend.hubs.ollama.daemon.OllamaDaemon`."""

    def running(self) -> Sequence[RunningModel]: ...

    def version(self) -> str | None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes.

    Attributes:
        names: Files to take away, in this order.
        frees: Bytes that no other name needs then.
        folders: Folders to take away if they are empty then, deepest first.
    """

    names: tuple[Path, ...]
    frees: int
    keeps: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()


def whose(store: Store) -> str:
    """Whose folder it is, in words."""
    match store:
        case Store.BUNDLED:
            return tr("part of Orangery")
        case Store.HUB_CACHE:
            return tr("the Hugging Face cache, which other programs use too")
        case Store.OLLAMA:
            return tr("Ollama's store")
        case Store.LM_STUDIO:
            return tr("LM Studio's folder")
        case Store.JAN:
            return tr("Jan's folder")
        case Store.LLAMA_CPP:
            return tr("llama.cpp's cache")
        case Store.MODELS:
            return tr("Orangery's own folder")
        case Store.FOLDER:
            return tr("a folder of yours")


def preview(
    entry: Entry, others: Sequence[Entry], daemon: DaemonPort | None, *, listed: bool, own: bool
) -> DeletePreview:
    """What deleting `entry` would do.

    Args:
        others: The other rows of the library.
        own: Whether nobody but Orangery uses its store.

    Raises:
        AppError: ``library.not_ours`` for the bundled model.
    """
    store = entry.row.store
    refuse_bundled(entry)
    plan = plan_of(entry, others)
    through = store is Store.OLLAMA and not _writable(entry) and daemon is not None
    through = through and daemon is not None and daemon.version() is not None
    return DeletePreview(
        entry.row,
        store,
        tr("Orangery's own Ollama store") if own and store is Store.OLLAMA else whose(store),
        plan.frees,
        plan.names,
        plan.keeps,
        through,
        foreign=not own and store not in (Store.MODELS, Store.FOLDER),
        listed=listed,
    )


def refuse_bundled(entry: Entry) -> None:
    """Raises:
    AppError: ``library.not_ours``."""
    if entry.row.store is Store.BUNDLED:
        raise AppError(
            "library.not_ours",
            tr("{name} cannot be deleted.", name=entry.row.name),
            tr("It is part of Orangery."),
        )
    if entry.row.store is Store.OLLAMA and entry.row.id.endswith(ADAPTER):
        raise AppError(
            "library.not_ours",
            tr("{name} cannot be deleted by itself.", name=entry.row.name),
            tr("This adapter is a part of {model}.", model=entry.row.id.removesuffix(ADAPTER)),
        )


def check_idle(entry: Entry, in_use: Callable[[Path], bool], daemon: DaemonPort | None) -> None:
    """Raises:
    AppError: ``library.not_ours`` for the bundled model, ``library.in_use`` while it runs."""
    refuse_bundled(entry)
    running = any(in_use(part.path) for part in entry.found.parts)
    if not running and entry.row.store is Store.OLLAMA and daemon is not None:
        running = _runs_in(daemon, daemon_name(entry))
    if running:
        raise AppError(
            "library.in_use",
            tr("{name} is loaded right now.", name=entry.row.name),
            tr("Unload it first, then try again."),
            retryable=True,
        )


def daemon_name(entry: Entry) -> str:
    """The model as Ollama's own tools name it."""
    return entry.row.id.removeprefix("ollama:").split("@")[0]


def _runs_in(daemon: DaemonPort, name: str) -> bool:
    try:
        return any(model.name in (name, name.removesuffix(":latest")) for model in daemon.running())
    except AppError:
        return False


def plan_of(entry: Entry, others: Sequence[Entry]) -> Plan:
    match entry.row.store:
        case Store.HUB_CACHE:
            return _hub_plan(entry)
        case Store.OLLAMA:
            return _ollama_plan(entry)
        case _:
            return _file_plan(entry, others)


def delete(entry: Entry, others: Sequence[Entry], daemon: DaemonPort | None, hub_cache: Path) -> int:
    """Delete it and return the bytes freed.

    Raises:
        AppError: ``library.busy``, ``library.delete`` or what the daemon says.
    """
    row = entry.row
    if row.store is Store.HUB_CACHE and row.repo_id and row.commit:
        return removing.remove(hub_cache, row.repo_id, row.commit, row.parts)
    plan = plan_of(entry, others)
    if row.store is Store.OLLAMA and not _writable(entry) and daemon is not None and daemon.version():
        daemon.delete(daemon_name(entry))
        return plan.frees
    if row.store is Store.OLLAMA and entry.found.root is not None:
        with _no_transfer(OllamaStore(entry.found.root), plan):
            return carry_out(_ollama_plan(entry))
    return carry_out(plan)


@contextlib.contextmanager
def _no_transfer(store: OllamaStore, plan: Plan) -> Iterator[None]:
    """Hold the locks that a download takes for each content that is to go.

    Raises:
        AppError: ``library.busy``.
    """
    with contextlib.ExitStack() as held:
        for name in plan.names if store.workshop.is_dir() else ():
            digest = name.name.removeprefix("sha256-")
            if not SHA256.fullmatch(digest):
                continue
            lock = FileLock(store.lock(digest))
            with contextlib.suppress(OSError):  # a store that may only be read has no downloads either
                if not held.enter_context(lock.holding(1.0)):
                    raise AppError(
                        "library.busy",
                        tr("A part of it is being downloaded right now."),
                        tr("Stop that download first."),
                        retryable=True,
                    )
        yield


def carry_out(plan: Plan) -> int:
    """Raises:
    AppError: ``library.delete``, naming what could not be taken away."""
    for name in plan.names:
        try:
            name.unlink(missing_ok=True)
        except OSError as error:
            raise AppError(
                "library.delete",
                tr("{name} cannot be deleted.", name=shown(name.name)),
                tr("Another program may have it open, or you may not write in its folder."),
                str(error),
                retryable=True,
            ) from error
    for folder in plan.folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
    return plan.frees


def _writable(entry: Entry) -> bool:
    root = entry.found.root
    return root is None or all(
        os.access(folder, os.W_OK) for folder in (root / "blobs", root / "manifests") if folder.exists()
    )


def _hub_plan(entry: Entry) -> Plan:
    row = entry.row
    if row.repo_id is None or row.store_root is None:
        return Plan((), 0)
    folder = HubCache(row.store_root).repo(row.repo_id)
    mine = set(row.parts)
    frees = 0
    keeps: list[str] = []
    for part in entry.found.parts:
        if not part.path.is_symlink():
            frees += _freed(part.path)
        elif removing.needed(folder, Path(part.real), mine):
            keeps.append(
                tr("{name} is in another version of the repository too.", name=shown(part.path.name))
            )
        elif part.real and Path(part.real).parent.name == "blobs":
            frees += _freed(Path(part.real))
    return Plan(row.parts, frees, _distinct([*keeps, *_linked(entry)]))


def _ollama_plan(entry: Entry) -> Plan:
    root, path = entry.found.root, _manifest_path(entry)
    if root is None or path is None:
        return Plan((), 0)
    mine: Manifest | None = None
    needed: set[str] = set()
    unreadable, keeps = 0, []
    for manifest in manifests(root):
        if manifest.path == path:
            mine = manifest
        elif manifest.readable:
            needed |= manifest.needs
        else:
            unreadable += 1
    names, frees = [path], 0
    if mine is not None and mine.readable:
        if unreadable:
            keeps.append(
                tr("{n} manifests of other models cannot be read, so their contents stay.", n=unreadable)
            )
        for digest in sorted(mine.needs):
            content = blob(root, digest)
            if digest in needed or unreadable:
                if not unreadable and mine.layer("model") and digest == entry.found.parts[0].promise:
                    keeps.append(tr("Another model of Ollama has the same weights, so they stay."))
                continue
            if os.path.lexists(content):
                names.append(content)
                frees += _freed(content)
    folders = tuple(path.parents)[: len(path.relative_to(root / "manifests").parts) - 1]
    return Plan(tuple(names), frees, _distinct([*keeps, *_linked(entry)]), folders)


def _manifest_path(entry: Entry) -> Path | None:
    root = entry.found.root
    if root is None:
        return None
    wanted = entry.row.id.split("@")[0]
    for manifest in manifests(root):
        if model_id(manifest) == wanted:
            return manifest.path
    return None


def _file_plan(entry: Entry, others: Sequence[Entry]) -> Plan:
    found, row = entry.found, entry.row
    names = [part.path for part in found.parts]
    folder = found.path.parent
    neighbours = [other for other in others if other.found.path.parent == folder]
    alone = not any(other.row.projector == row.projector for other in neighbours)
    if row.projector is not None and row.projector.parent == folder and alone:
        names.append(row.projector)
    if row.store is Store.LLAMA_CPP:
        names += [
            beside
            for part in found.parts
            for ending in (".json", ".etag")
            if os.path.isfile(beside := part.path.with_name(part.path.name + ending))  # noqa: PTH113
        ]
    if row.store is Store.JAN and not neighbours and os.path.isfile(folder / jan.NOTE):  # noqa: PTH113
        names.append(folder / jan.NOTE)
    folders: tuple[Path, ...] = ()
    if found.root is not None and folder.is_relative_to(found.root):
        folders = tuple(
            p for p in (folder, *folder.parents) if p != found.root and p.is_relative_to(found.root)
        )
    return Plan(tuple(names), sum(map(_freed, names)), _linked(entry), folders)


def _freed(path: Path) -> int:
    """Bytes that go with this name: none for a link, or where another name has them too."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return 0 if path.is_symlink() or found.st_nlink > 1 else found.st_size


def _linked(entry: Entry) -> tuple[str, ...]:
    sentences = []
    for part in entry.found.parts:
        with contextlib.suppress(OSError):
            if part.real and os.stat(part.real).st_nlink > 1:  # noqa: PTH116
                sentences.append(
                    tr("{name} shares its bytes with another file, so they stay.", name=shown(part.path.name))
                )
    return tuple(sentences)


def _distinct(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
