"""The connections to other engines: which there are, what they have, and their keys.

Nothing here asks the network by itself: a server is looked at when the person adds it, checks it, opens the
list of models, or talks to one.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urlsplit

from backend.engines.card import EngineIdentity
from backend.engines.connection import Connection, ConnectionState, normal_url
from backend.engines.connection_keys import ConnectionKeys, check_key
from backend.engines.ids import RemoteId
from backend.engines.remote import Caller, Login
from backend.engines.served import Served, ServedModel, look
from backend.engines.types import ChatModel
from backend.errors import AppError
from backend.events import ConnectionsChanged, EventBus
from backend.hubs.ollama.host import daemon_url
from backend.i18n import tr
from backend.net.addresses import is_loopback
from backend.net.leash import Leash
from backend.net.network import Network
from backend.settings import Settings

DEFAULT_OLLAMA = "ollama"
"""Id of the daemon that ``OLLAMA_HOST`` names."""
_FRESH_S = 60.0
_MOST = 50


class ConnectionSettings(Protocol):
    """Where the list is kept: `backend.settings.SettingsStore`."""

    def current(self) -> Settings: ...

    def update(self, **changes: Any) -> Settings: ...


class Connections:
    """Thread-safe; what asks a server or the keyring is not for the GUI thread."""

    def __init__(
        self,
        network: Network,
        settings: ConnectionSettings,
        bus: EventBus,
        *,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._network = network
        self._settings = settings
        self._bus = bus
        self._env = os.environ if env is None else env
        self._keys = ConnectionKeys()
        self._lock = threading.Lock()
        self._served: dict[Connection, tuple[float, Served]] = {}
        self._problems: dict[Connection, str] = {}
        self._refreshing: set[str] = set()

    # -- the list -------------------------------------------------------------------------------------------

    def all(self) -> tuple[Connection, ...]:
        """The daemon that ``OLLAMA_HOST`` names, if it names one that can be, then those that were added."""
        default = self._default()
        return (*((default,) if default else ()), *self._saved())

    def get(self, connection_id: str) -> Connection:
        """The connection with this id.

        Raises:
            AppError: ``connection.gone``.
        """
        found = next((each for each in self.all() if each.id == connection_id), None)
        if found is None:
            raise AppError(
                "connection.gone",
                tr("The connection {name} is not there any more.", name=connection_id),
                tr("Add it in Settings › Connections, or choose another model."),
            )
        return found

    def add(self, connection: Connection, key: str | None = None) -> Connection:
        """Keep a new connection, and its key; returns it with the id that it got.

        Raises:
            AppError: ``connection.url``, ``connection.key``, ``connection.twice``, ``settings.not_saved``.
        """
        saved = self._saved()
        wanted = self._checked(connection, key, self.all())
        if len(saved) >= _MOST:
            raise AppError("connection.many", tr("There are {n} connections already.", n=len(saved)))
        wanted = replace(wanted, id=_free_id(wanted.name, {each.id for each in self.all()}))
        self._keep((*saved, wanted))
        if key:
            self._keys.save(wanted, key)
        self._bus.publish(ConnectionsChanged())
        return wanted

    def update(self, connection: Connection, key: str | None = None) -> Connection:
        """Change name, address or key of the connection with this id; None keeps the key, an empty one
        removes it. A key never follows to another server: there, it has to be entered anew.

        Raises:
            AppError: As for `add`, and ``connection.gone``, ``connection.key_kept``.
        """
        saved = self._saved()
        before = self.get(connection.id)
        if before not in saved:
            raise AppError(
                "connection.default",
                tr("OLLAMA_HOST decides where this Ollama is; it cannot be changed here."),
            )
        others = tuple(each for each in self.all() if each.id != connection.id)
        wanted = self._checked(connection, key, others)
        self._keep(tuple(wanted if each.id == wanted.id else each for each in saved))
        if key:
            self._keys.save(wanted, key)
        elif key == "":
            self._keys.forget(wanted)
        self._forget(wanted.id)
        self._bus.publish(ConnectionsChanged())
        if not any(_same_server(before, each) for each in (wanted, *others)):
            self._keys.forget(before)
        return wanted

    def remove(self, connection_id: str) -> None:
        """Take a connection and its key away; chats keep the names of its models.

        Raises:
            AppError: ``settings.not_saved``, ``connection.key_kept``.
        """
        saved = self._saved()
        gone = next((each for each in saved if each.id == connection_id), None)
        if gone is None:
            return
        others = tuple(each for each in saved if each.id != connection_id)
        self._keep(others)
        self._forget(connection_id)
        self._bus.publish(ConnectionsChanged())
        if not any(_same_server(gone, each) for each in others):
            self._keys.forget(gone)

    def has_key(self, connection: Connection) -> bool:
        """Whether there is a key for this server. May wait for the keyring."""
        return self.login(connection).key is not None

    def login(self, connection: Connection) -> Login:
        """The connection with its key. May wait for the keyring."""
        if connection.id == DEFAULT_OLLAMA:
            return Login(connection, self._env.get("OLLAMA_API_KEY", "").strip() or None)
        return Login(connection, self._keys.get(connection))

    # -- what they have -------------------------------------------------------------------------------------

    def check(self, connection: Connection, key: str | None = None) -> ConnectionState:
        """What is at a connection, also at one that was not added yet, with `key` or the one that is kept."""
        try:
            connection = replace(connection, url=normal_url(connection.kind, connection.url))
            if key:
                check_key(key)
            login = Login(connection, key) if key is not None else self.login(connection)
            served = self._look(login)
        except AppError as error:
            return ConnectionState(error=error)
        if connection in self.all():
            self._remember(connection, served)
        return ConnectionState(served.software, served.version, len(served.models))

    def models(self, connection: Connection) -> tuple[ChatModel, ...]:
        """The models of a connection, asked now.

        Raises:
            AppError: ``remote.…`` and ``net.…``.
        """
        return self._rows(connection, self.served(connection, fresh=True).models)

    def known_models(self) -> tuple[ChatModel, ...]:
        """The models of all connections, as they were last told; asks nobody. Where nobody answered since, or
        may be asked now, they say so as their problem."""
        return tuple(row for each in self.all() for row in self._rows(each, self.known(each).models))

    def known(self, connection: Connection) -> Served:
        """What was last found there; nothing before it was looked at."""
        with self._lock:
            return self._served.get(connection, (0.0, Served()))[1]

    def served(self, connection: Connection, *, fresh: bool = False, leash: Leash | None = None) -> Served:
        """What is there: looked at within the last minute, or now. Pulling the `leash` gives up.

        Raises:
            AppError: ``remote.…`` and ``net.…``.
        """
        with self._lock:
            when, served = self._served.get(connection, (0.0, Served()))
        if not fresh and when and time.monotonic() - when < _FRESH_S:
            return served
        try:
            served = self._look(self.login(connection), leash)
        except AppError as error:
            if leash is None and error.code != "net.offline":  # else somebody may have given up
                self._note_problem(connection, error.title)
            raise
        self._remember(connection, served)
        return served

    def refresh(self) -> None:
        """Look at all connections that may be asked now, each on a thread of its own; returns at once.

        `ConnectionsChanged` follows for each that has other models than before. One that does not answer
        keeps those that it had.
        """
        for connection in self.all():
            if self._network.offline and not connection.is_here:
                continue
            with self._lock:
                if connection.id in self._refreshing:
                    continue
                self._refreshing.add(connection.id)
            threading.Thread(
                target=self._refresh, args=(connection,), name=f"look-{connection.id}", daemon=True
            ).start()

    def model(self, name: RemoteId) -> ChatModel:
        """The model with this name, whether its server was looked at or not.

        Raises:
            AppError: ``connection.gone``.
        """
        connection = self.get(name.connection)
        found = self.known(connection).find(name.model)
        (row,) = self._rows(connection, (replace(found or ServedModel(name.model), name=name.model),))
        return row

    def identity(self, name: RemoteId) -> tuple[EngineIdentity, str]:
        """Which engine runs a model, and the digest of the model if the server told one; as last told."""
        try:
            connection = self.get(name.connection)
        except AppError:
            return EngineIdentity(), ""
        served = self.known(connection)
        software = " ".join(filter(None, (served.software, served.version)))
        model = served.find(name.model)
        version = ", ".join(filter(None, (software, connection.host)))
        return EngineIdentity(version=version), model.digest if model else ""

    # -- inside ---------------------------------------------------------------------------------------------

    def _refresh(self, connection: Connection) -> None:
        try:
            self.served(connection, fresh=True)
        except AppError:
            pass  # its models say so as their problem
        finally:
            with self._lock:
                self._refreshing.discard(connection.id)

    def _look(self, login: Login, leash: Leash | None = None) -> Served:
        return look(self._network, Caller(self._network, login, reason="connection"), leash)

    def _remember(self, connection: Connection, served: Served) -> None:
        with self._lock:
            before = self._served.get(connection)
            problem = self._problems.pop(connection, None)
            self._served[connection] = (time.monotonic(), served)
        if before is None or before[1] != served or problem:
            self._bus.publish(ConnectionsChanged())

    def _note_problem(self, connection: Connection, problem: str) -> None:
        with self._lock:
            news = self._problems.get(connection) != problem
            self._problems[connection] = problem
        if news and self.known(connection).models:
            self._bus.publish(ConnectionsChanged())

    def _forget(self, connection_id: str) -> None:
        with self._lock:
            self._served = {each: told for each, told in self._served.items() if each.id != connection_id}

    def _rows(self, connection: Connection, models: tuple[ServedModel, ...]) -> tuple[ChatModel, ...]:
        with self._lock:
            problem = self._problems.get(connection, "")
        if self._network.offline and not connection.is_here:
            problem = tr("Offline: {host} is on the network.", host=connection.host)
        found = []
        for model in models:
            name = str(RemoteId(connection.kind, connection.id, model.name))
            found.append(
                ChatModel(
                    id=name,
                    name=model.name,
                    quant=model.quant,
                    engine=connection.kind,
                    address=name,
                    host=connection.name,
                    context_length=model.context_length,
                    vision=model.vision,
                    size=model.size,
                    problem=problem,
                )
            )
        return tuple(found)

    def _default(self) -> Connection | None:
        try:
            url = normal_url("ollama", daemon_url(self._env))
        except AppError:
            return None  # `doctor` says what is wrong with OLLAMA_HOST
        host = urlsplit(url).hostname or ""
        name = tr("Ollama on this machine") if is_loopback(host) else tr("Ollama on {host}", host=host)
        return Connection(DEFAULT_OLLAMA, "ollama", name, url)

    def _saved(self) -> tuple[Connection, ...]:
        """Those of the settings, without what somebody else wrote there that cannot be one."""
        found: dict[str, Connection] = {}
        for raw in self._settings.current().connections:
            name, kind = raw.get("id", ""), raw.get("kind")
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name) or name == DEFAULT_OLLAMA:
                continue
            if kind not in ("ollama", "openai") or not raw.get("name"):
                continue
            try:
                url = normal_url(kind, raw.get("url", ""))  # type: ignore[arg-type]
            except AppError:
                continue
            found[name] = Connection(name, kind, raw["name"][:100], url)  # type: ignore[arg-type]
        return tuple(found.values())

    def _keep(self, connections: tuple[Connection, ...]) -> None:
        rows = tuple(
            {"id": each.id, "kind": each.kind, "name": each.name, "url": each.url} for each in connections
        )
        self._settings.update(connections=rows)

    def _checked(self, connection: Connection, key: str | None, others: tuple[Connection, ...]) -> Connection:
        if key:
            check_key(key)
        url = normal_url(connection.kind, connection.url)
        name = " ".join(connection.name.split())[:100] or urlsplit(url).netloc
        for other in others:
            if (other.kind, other.url) == (connection.kind, url):
                raise AppError(
                    "connection.twice",
                    tr("{name} has this address already.", name=other.name),
                    tr("Change that one, or enter another address."),
                )
        return replace(connection, url=url, name=name)


def _free_id(name: str, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48] or "server"
    number, wanted = 1, base
    while wanted in taken:
        number += 1
        wanted = f"{base}-{number}"
    return wanted


def _same_server(one: Connection, other: Connection) -> bool:
    return (one.kind, urlsplit(one.url)[:2]) == (other.kind, urlsplit(other.url)[:2])
