"""What the list of connections asks of the backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.engines.connection import Connection, ConnectionState, open_warning
from backend.engines.connections import DEFAULT_OLLAMA
from backend.errors import AppError
from backend.events import ConnectionsChanged
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge


@dataclass(frozen=True, slots=True)
class Listed:
    """A connection that was added, and whether it has a key; never the key itself."""

    connection: Connection
    has_key: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look found, and who could read along."""

    state: ConnectionState
    warning: str = ""


class Servers(QObject):
    """Works in the background; answers come as signals on the GUI thread.

    Signals:
        listed: A tuple of `Listed`.
        checked: The id of a connection, and `Checked`.
        failed: An `AppError`.
    """

    listed = Signal(object)
    checked = Signal(str, object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._shown = False
        bridge.on(ConnectionsChanged, self._changed)

    def load(self) -> None:
        """Read the list; asks no server."""
        self._shown = True
        connections = self._backend.connections

        def work() -> tuple[Listed, ...]:
            added = (each for each in connections.all() if each.id != DEFAULT_OLLAMA)
            return tuple(Listed(each, connections.has_key(each)) for each in added)

        tasks.run(work, self.listed.emit, self.failed.emit, owner=self)

    def check(self, connection: Connection) -> None:
        """Look at a connection of the list."""
        self.try_out(connection, None, lambda found: self.checked.emit(connection.id, found))

    def try_out(self, connection: Connection, key: str | None, done: Callable[[Checked], object]) -> None:
        """Look at a connection that may not be saved yet, with `key` or the one that is kept."""

        def work() -> Checked:
            state = self._backend.connections.check(connection, key)
            return Checked(state, open_warning(connection.url) if state.error is None else "")

        tasks.run(work, done, self.failed.emit, owner=self)

    def save(
        self,
        connection: Connection,
        key: str | None,
        done: Callable[[Connection], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Add a connection without an id, or change the one with it, and look at it."""

        def work() -> Connection:
            connections = self._backend.connections
            return connections.update(connection, key) if connection.id else connections.add(connection, key)

        def saved(kept: Connection) -> None:
            done(kept)
            self.check(kept)

        tasks.run(work, saved, failed, owner=self)

    def remove(self, connection: Connection) -> None:
        """Take a connection and its key away."""

        def failed(error: AppError) -> None:
            self.failed.emit(error)
            self.load()

        tasks.run(lambda: self._backend.connections.remove(connection.id), failed=failed, owner=self)

    def _changed(self, _event: ConnectionsChanged) -> None:
        if self._shown:
            self.load()


def kind_words(connection: Connection) -> str:
    """What kind of server a connection leads to."""
    return tr("Ollama") if connection.kind == "ollama" else tr("OpenAI-compatible")


def listed_words(row: Listed) -> str:
    """Kind, address and key of a connection."""
    key = tr("with a key") if row.has_key else tr("without a key")
    return f"{kind_words(row.connection)} · {row.connection.url} · {key}"


def checked_words(state: ConnectionState) -> str:
    """What a look at a server found, in one sentence."""
    if state.error is not None:
        return str(state.error)
    software = " ".join(filter(None, (state.software, state.version)))
    models = tr("{n} models", n=state.models)
    if software:
        return tr("{software} answers, {models}.", software=software, models=models)
    return tr("It answers, {models}.", models=models)
