"""``doctor``: what Orangery finds on this machine. Asks nothing of other machines."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx2
import typer

from backend import desktop
from backend.capacity.sentence import machine_sentence
from backend.capacity.types import Pool, Rates
from backend.cli import output
from backend.cli.calibrate import rates_words
from backend.cli.session import opened
from backend.engines.types import EngineReport
from backend.errors import AppError
from backend.hubs.token import TokenSource, source_words
from backend.i18n import tr
from backend.library.layout import hub_cache_dir
from backend.net.addresses import is_loopback
from backend.version import installed_version, version

if TYPE_CHECKING:
    from backend.app import Backend

_PACKAGES = (
    "PySide6-Essentials",
    "llama-cpp-python",
    "huggingface-hub",
    "httpx2",
    "ollama",
    "keyring",
    "psutil",
    "nvidia-ml-py",
    "platformdirs",
    "jinja2",
    "markdown-it-py",
    "pygments",
    "typer",
)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that Orangery uses; `free` bytes on its disk, None where that could not be found out."""

    purpose: str
    path: Path
    free: int | None
    writable: bool


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """`problems` is empty for a sound file; `size` in bytes."""

    path: Path
    size: int
    sqlite: str
    problems: str


@dataclass(frozen=True, slots=True)
class QtState:
    """`missing_libraries` are those of the system that Qt needs; `problem` says why no window would open."""

    version: str | None
    missing_libraries: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class NetworkState:
    """`token_source` says where the access token comes from, never what it is."""

    offline: bool
    endpoint: str
    signed_in: bool
    token_source: TokenSource
    hosts_contacted: int


@dataclass(frozen=True, slots=True)
class DaemonState:
    """`version` is None where no daemon answers; one on another machine is not asked."""

    address: str
    version: str | None
    asked: bool


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """A connection to another engine. It is not asked; `key` tells whether there is one, never what it is."""

    id: str
    kind: str
    name: str
    url: str
    key: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything of ``doctor --json``. `problems` has one sentence for each thing that should be mended."""

    python: str
    system: str
    packages: dict[str, str | None]
    machine: str
    pools: tuple[Pool, ...]
    unused_gpus: tuple[str, ...]
    rates: Rates | None
    engine: EngineReport | None
    folders: tuple[Folder, ...]
    database: DatabaseState
    models: int
    qt: QtState
    network: NetworkState
    ollama: DaemonState
    connections: tuple[ConnectionFacts, ...]
    problems: tuple[str, ...]


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Check the installation, the engine, the folders and the database."""
    with opened(context) as backend:
        found = _examine(backend)
    if as_json:
        output.document(found)
    else:
        _print(found)


def _examine(backend: Backend) -> Findings:
    problems: list[str] = []
    engine: EngineReport | None = None
    try:
        engine = backend.engine.probe()
    except AppError as error:
        problems.append(str(error))
    machine = backend.machines.real()
    qt = _qt()
    database = _database(backend)
    folders = tuple(
        _folder(backend, purpose, path)
        for purpose, path in (
            ("config", backend.paths.config),
            ("data", backend.paths.data),
            ("cache", backend.paths.cache),
            ("models", hub_cache_dir()),
        )
    )
    packages = {"orangery": version(), **{name: installed_version(name) for name in _PACKAGES}}
    problems += [
        tr("The package {name} is not installed.", name=name)
        for name, found in packages.items()
        if found is None
    ]
    problems += [
        tr("{path} cannot be written.", path=folder.path) for folder in folders if not folder.writable
    ]
    problems += [text for text in (database.problems, qt.problem) if text]
    models = backend.library.models()
    problems += [f"{model.id}: {model.problem}" for model in models if model.problem]
    network = NetworkState(
        offline=backend.network.offline,
        endpoint=backend.hub.endpoint,
        signed_in=backend.signed_in,
        token_source=backend.tokens.source(),
        hosts_contacted=len(backend.network.ledger()),
    )
    try:
        ollama = _daemon(backend)
    except AppError as error:
        problems.append(str(error))
        ollama = DaemonState("", None, False)
    return Findings(
        python=platform.python_version(),
        system=platform.platform(),
        packages=packages,
        machine=machine_sentence(machine),
        pools=machine.pools,
        unused_gpus=backend.machines.unused_gpus(),
        rates=machine.rates,
        engine=engine,
        folders=folders,
        database=database,
        models=len(models),
        qt=qt,
        network=network,
        ollama=ollama,
        connections=tuple(
            ConnectionFacts(each.id, each.kind, each.name, each.url, backend.connections.has_key(each))
            for each in backend.connections.all()
        ),
        problems=tuple(problems),
    )


def _daemon(backend: Backend) -> DaemonState:
    address = backend.daemon.url
    asked = is_loopback(httpx2.URL(address).host)
    return DaemonState(address, backend.daemon.version() if asked else None, asked)


def _pool_words(pool: Pool) -> str:
    if not pool.total:
        return tr("{name}: size not known ({source})", name=pool.name, source=pool.source)
    return tr(
        "{name}: {free} free of {total}, Orangery {ours}, others {others} ({source})",
        name=pool.name,
        free=output.size(pool.free),
        total=output.size(pool.total),
        ours=output.size(pool.used_by_us),
        others=output.size(pool.used_by_others),
        source=pool.source,
    )


def _daemon_words(state: DaemonState) -> str:
    if not state.address:
        return "–"
    if not state.asked:
        return tr("{address}, not asked", address=state.address)
    if state.version is None:
        return tr("not running at {address}", address=state.address)
    return tr("version {version} at {address}", version=state.version, address=state.address)


def _connection_words(facts: ConnectionFacts) -> str:
    key = tr("with a key") if facts.key else tr("without a key")
    return f"{facts.id}: {facts.name}, {facts.url}, {key}"


def _database(backend: Backend) -> DatabaseState:
    path = backend.paths.database
    try:
        problems = backend.database.check()
    except AppError as error:
        problems = str(error)
    size = path.stat().st_size if path.exists() else 0
    return DatabaseState(path, size, sqlite3.sqlite_version, problems)


def _folder(backend: Backend, purpose: str, path: Path) -> Folder:
    nearest = next((folder for folder in (path, *path.parents) if folder.exists()), path)
    try:
        free: int | None = backend.machines.disk(path).free
    except OSError:
        free = None
    return Folder(purpose, path, free, os.access(nearest, os.W_OK))


def _qt() -> QtState:
    missing = desktop.missing_libraries() if sys.platform.startswith("linux") else ()
    problem = desktop.problem(os.environ)
    return QtState(installed_version("PySide6-Essentials"), missing, str(problem) if problem else "")


def _print(found: Findings) -> None:
    rows = [
        ("Python", f"{found.python}, {found.system}"),
        (tr("Machine"), found.machine),
    ]
    rows += [(tr("Memory"), _pool_words(pool)) for pool in found.pools]
    rows += [
        (tr("Unused"), tr("{name}: the engine was built without support for it", name=name))
        for name in found.unused_gpus
    ]
    rows.append((tr("Speed"), rates_words(found.rates)))
    if found.engine is not None:
        flags = found.engine.flags
        rows += [
            (tr("Engine"), f"llama-cpp-python {found.engine.version}, {found.engine.build}"),
            (tr("Flags"), f"use_extra_bufts={flags.use_extra_bufts} mmap={flags.mmap} gpu={flags.gpu}"),
        ]
        rows += [
            (tr("Device"), f"{device.name}: {device.description}, {output.size(device.total or None)}")
            for device in found.engine.devices
        ]
    rows += [
        (tr("Folder"), f"{folder.purpose}: {folder.path}, {tr('{size} free', size=output.size(folder.free))}")
        for folder in found.folders
    ]
    rows += [
        (tr("Database"), f"{output.size(found.database.size)}, {found.database.problems or tr('sound')}"),
        (tr("Models"), str(found.models)),
        ("Qt", found.qt.problem or f"PySide6 {found.qt.version}"),
        (tr("Network"), tr("offline") if found.network.offline else found.network.endpoint),
    ]
    rows += [
        (tr("Access token"), source_words(found.network.token_source)),
        ("Ollama", _daemon_words(found.ollama)),
    ]
    rows += [(tr("Connection"), _connection_words(each)) for each in found.connections]
    rows += [(name, package or tr("not installed")) for name, package in found.packages.items()]
    output.table(rows, ("", ""))
    for problem in found.problems:
        output.line(f"! {problem}")
    if not found.problems:
        output.line(tr("No problems found."))
