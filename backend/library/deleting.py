"""Deleting a model: what that would free and whose it is, and then doing it without harm to neighbours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from backend.errors import AppError
from backend.hubs.names import SHA256
from backend.i18n import tr
from backend.library import removing
from backend.library.layout import HubCache
from backend.library.layout_ollama import OllamaStore
from backend.library.owners import whose
from backend.library.ports import DaemonPort
from backend.library.rows import Entry
from backend.library.stores import jan
from backend.library.stores.found import Inside, shown
from backend.library.stores.manifests import Manifest, manifests, unknown
from backend.library.stores.ollama import ADAPTER, blob, model_id
from backend.library.types import DeletePreview, Store
from backend.locks import FileLock
from backend.net.addresses import is_loopback


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes.

    Attributes:
        names: Files to take away, in this order.
        frees: Bytes that no other name needs then.
        folders: Folders to take away if they are empty then, deepest first.
        contents: The files behind the names, links followed, that go with them.
    """

    names: tuple[Path, ...]
    frees: int
    keeps: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    contents: frozenset[str] = frozenset()


def preview(
    entry: Entry, others: Sequence[Entry], daemon: DaemonPort | None, *, listed: bool, own: bool
) -> DeletePreview:
    """What deleting `entry` would do.

    Args:
        others: The other rows of the library.
        own: Whether nobody but Orangery uses its store.

    Raises:
        AppError: ``library.not_ours``.
    """
    store = entry.row.store
    refuse_foreign(entry)
    plan = plan_of(entry, others)
    words = tr("Orangery's own Ollama store") if own and store is Store.OLLAMA else whose(store)
    if store is Store.JAN and not _in_store(entry):
        words = tr("a folder of yours, and Jan uses it there")
    return DeletePreview(
        entry.row,
        store,
        words,
        plan.frees,
        plan.names,
        _distinct([*plan.keeps, *_missing(entry, plan, others)]),
        _through(entry, daemon) is not None,
        foreign=not own and store not in (Store.MODELS, Store.FOLDER),
        listed=listed,
    )


def refuse_foreign(entry: Entry) -> None:
    """Raises:
    AppError: ``library.not_ours``: part of Orangery, part of another model, or not in its store at all."""
    if entry.row.store is Store.BUNDLED:
        raise AppError(
            "library.not_ours",
            tr("{name} can be neither deleted nor moved.", name=entry.row.name),
            tr("It is part of Orangery."),
        )
    if entry.row.store is Store.OLLAMA and entry.row.id.endswith(ADAPTER):
        raise AppError(
            "library.not_ours",
            tr("{name} cannot be deleted by itself.", name=entry.row.name),
            tr("This adapter is a part of {model}.", model=entry.row.id.removesuffix(ADAPTER)),
        )
    _refuse_linked(entry)


def _refuse_linked(entry: Entry) -> None:
    """A name may be a link, and then only that goes; behind a folder that is one lie files of others."""
    found = entry.found
    if found.root is None:
        return
    names = [found.path, *(part.path for part in found.parts)]
    folders = {name.parent for name in names if name.is_relative_to(found.root)}
    if found.store is Store.OLLAMA:
        folders |= {found.root / "manifests", found.root / "blobs"}
    if found.store is Store.HUB_CACHE and found.repo_id is not None:
        folders.add(HubCache(found.root).repo(found.repo_id).blobs)
    inside = Inside([os.path.realpath(found.root)])
    for real in map(os.path.realpath, folders):
        if not inside.has(real + os.sep):
            raise AppError(
                "library.not_ours",
                tr("{name} lies behind a link that leads out of its store.", name=entry.row.name),
                tr("Look after it where it really lies: {path}", path=shown(real)),
            )


def check_idle(entry: Entry, in_use: Callable[[Path], bool], daemon: DaemonPort | None) -> None:
    """Raises:
    AppError: ``library.not_ours``, ``library.in_use`` while it runs."""
    refuse_foreign(entry)
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


def _through(entry: Entry, daemon: DaemonPort | None) -> DaemonPort | None:
    """The daemon, where only it can delete `entry`. It must have the very same model, and on this machine if
    the files are here: one elsewhere would delete its own."""
    if daemon is None or entry.row.store is not Store.OLLAMA or _writable(entry):
        return None
    name = daemon_name(entry)
    try:
        near = entry.found.root is None or is_loopback(urlsplit(daemon.url).hostname or "")
        same = near and any(
            (model.name, model.digest) == (name, entry.found.commit) for model in daemon.installed()
        )
    except (AppError, ValueError):
        return None
    return daemon if same else None


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
    if (serving := _through(entry, daemon)) is not None:
        serving.delete(daemon_name(entry))
        return plan.frees
    if row.store is not Store.OLLAMA:
        return carry_out(plan)
    if entry.found.root is None:
        raise AppError(
            "library.delete",
            tr("{name} cannot be deleted: the Ollama server does not answer.", name=row.name),
            tr("Start Ollama, then try again."),
            retryable=True,
        )
    with _no_transfer(OllamaStore(entry.found.root), plan):
        return carry_out(_ollama_plan(entry))


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
    """Whether the files of a model of Ollama may be deleted here; those that only a daemon has may not."""
    root = entry.found.root
    return root is not None and all(
        os.access(folder, os.W_OK) for folder in (root / "blobs", root / "manifests") if folder.exists()
    )


def _hub_plan(entry: Entry) -> Plan:
    row = entry.row
    if row.repo_id is None or row.store_root is None:
        return Plan((), 0)
    folder = HubCache(row.store_root).repo(row.repo_id)
    blobs = os.path.realpath(folder.blobs)
    mine = set(row.parts)
    frees, contents = 0, set[str]()
    keeps: list[str] = []
    for part in entry.found.parts:
        if not part.path.is_symlink():
            frees += _freed(part.path)
        elif removing.needed(folder, Path(part.real), mine):
            keeps.append(
                tr("{name} is in another version of the repository too.", name=shown(part.path.name))
            )
        elif os.path.dirname(part.real) == blobs:  # noqa: PTH120
            frees += _freed(Path(part.real))
            contents.add(part.real)
    return Plan(row.parts, frees, _distinct([*keeps, *_linked(entry)]), contents=frozenset(contents))


def _ollama_plan(entry: Entry) -> Plan:
    root, path = entry.found.root, _manifest_path(entry)
    if root is None:
        return Plan((), entry.found.told)
    if path is None:
        return Plan((), 0)
    mine: Manifest | None = None
    needed: set[str] = set()
    unreadable, keeps = unknown(root), []
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
    return Plan(tuple(names), frees, _distinct([*keeps, *_linked(entry)]), folders, _contents(names))


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
    # Notes of other programs say which file is the projector, and may lie: what is a row of its own stays.
    alone = not any(
        other.row.projector == row.projector or row.projector in other.row.parts for other in neighbours
    )
    if row.projector is not None and row.projector.parent == folder and alone and _in_store(entry):
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
    return Plan(tuple(names), sum(map(_freed, names)), _linked(entry), folders, _contents(names))


def _contents(names: Iterable[Path]) -> frozenset[str]:
    return frozenset(os.path.realpath(name) for name in names if not name.is_symlink())


def _missing(entry: Entry, plan: Plan, others: Iterable[Entry]) -> Iterator[str]:
    """Which links that are rows of their own would lead to nothing."""
    for other in others:
        if other.row.id.removesuffix(ADAPTER) == entry.row.id:
            continue  # goes along
        if any(part.real in plan.contents for part in other.found.parts):
            yield tr(
                "{path} is a link to it, and will lead to nothing then.", path=shown(str(other.found.path))
            )


def _in_store(entry: Entry) -> bool:
    """Whether it does not lie elsewhere, where a note in the store only points to."""
    found = entry.found
    return found.root is None or found.path.is_relative_to(found.root)


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
