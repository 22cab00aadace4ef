"""Which models of other servers are in use here, with which options."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Callable
from typing import Protocol

from backend.engines.answering import RemoteGeneration
from backend.engines.connection import Connection
from backend.engines.ids import RemoteId, RemoteKind, remote_id
from backend.engines.remote import Login, no_model
from backend.engines.served import Served, ServedModel
from backend.engines.types import LoadedModel, LoadOptions, ModelState
from backend.errors import AppError, Cancelled
from backend.events import EventBus, ModelChanged
from backend.i18n import tr
from backend.net.leash import Leash

UNKNOWN_CONTEXT = 32_768
"""Tokens that servers of today have at least, where one does not tell."""


class Directory(Protocol):
    """Where connections are looked up; see `backend.engines.connections`."""

    def get(self, connection_id: str) -> Connection: ...

    def login(self, connection: Connection) -> Login: ...

    def served(
        self, connection: Connection, *, fresh: bool = False, leash: Leash | None = None
    ) -> Served: ...

    def known(self, connection: Connection) -> Served: ...


class Lent:
    """Loaded models of other servers by their key: the id of the model, and a number for further contexts.
    Thread-safe."""

    def __init__(self, kind: RemoteKind, bus: EventBus) -> None:
        self._kind = kind
        self._bus = bus
        self._lock = threading.Lock()
        self._loaded: dict[str, LoadedModel] = {}
        self._answers: dict[str, weakref.WeakSet[RemoteGeneration]] = {}
        self._numbers = itertools.count(2)

    def name_of(self, address: str) -> RemoteId:
        """The model at `address`.

        Raises:
            AppError: ``engine.not_found`` for one of another engine.
        """
        found = remote_id(address)
        if found is None or found.kind != self._kind:
            raise AppError("engine.not_found", tr("There is no model called {name}.", name=address))
        return found

    def load(
        self,
        address: str,
        options: LoadOptions,
        beside: bool,
        prepare: Callable[[RemoteId, str], LoadedModel],
    ) -> LoadedModel:
        """The model at `address` with `options`; `prepare` makes it ready under a key where it is not.

        Raises:
            AppError: What `prepare` raises.
            Cancelled: The same.
        """
        name, address = self.name_of(address), address.partition("#")[0]
        with self._lock:
            same = [key for key in self._loaded if key.partition("#")[0] == address]
            for key in same:
                if self._loaded[key].options == options:
                    return self._loaded[key]
            key = f"{address}#{next(self._numbers)}" if same and beside else (same or [address])[0]
        self._bus.publish(ModelChanged(address, ModelState.LOADING, options=options))
        try:
            loaded = prepare(name, key)
        except Cancelled:
            self._bus.publish(ModelChanged(address, ModelState.UNLOADED))
            raise
        except AppError as error:
            self._bus.publish(
                ModelChanged(
                    address,
                    ModelState.FAILED,
                    error_title=error.title,
                    error_hint=error.hint,
                    error_detail=error.detail,
                    error_code=error.code,
                )
            )
            raise
        with self._lock:
            self._loaded[key] = loaded
        self._bus.publish(ModelChanged(address, ModelState.READY, 1.0, loaded=loaded))
        return loaded

    def served(self, directory: Directory, name: RemoteId, leash: Leash) -> ServedModel:
        """The model as its server has it; a list of the last minute that lacks it is read anew.

        Raises:
            AppError: ``remote.no_model``, ``connection.gone``, ``remote.…``, ``net.…``.
        """
        connection = directory.get(name.connection)
        found = directory.served(connection, leash=leash).find(name.model)
        found = found or directory.served(connection, fresh=True, leash=leash).find(name.model)
        if found is None:
            raise no_model(name.model, connection.name)
        return found

    def get(self, key: str) -> LoadedModel:
        """The model with this key.

        Raises:
            AppError: ``engine.not_loaded``.
        """
        with self._lock:
            loaded = self._loaded.get(key)
        if loaded is None:
            found = remote_id(key)
            raise AppError(
                "engine.not_loaded",
                tr("{model} is not loaded.", model=found.model if found else key),
                tr("Load it and try again."),
                retryable=True,
            )
        return loaded

    def note(self, key: str, generation: RemoteGeneration) -> RemoteGeneration:
        """Remember answers of a model, to end them with it."""
        with self._lock:
            self._answers.setdefault(key, weakref.WeakSet()).add(generation)
        return generation

    def drop(self, key: str) -> LoadedModel | None:
        """Forget a model and end its answers; returns it if no other context of it is left."""
        with self._lock:
            loaded = self._loaded.pop(key, None)
            answers = tuple(self._answers.pop(key, ()))
        for answer in answers:
            answer.cancel()
        with self._lock:
            if loaded is None or any(other.path == loaded.path for other in self._loaded.values()):
                return None
        self._bus.publish(ModelChanged(loaded.path, ModelState.UNLOADED))
        return loaded

    def all(self) -> tuple[LoadedModel, ...]:
        with self._lock:
            return tuple(self._loaded.values())
