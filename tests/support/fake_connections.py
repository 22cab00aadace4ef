"""Connections without a network: what the settings show, and what a look at them finds."""

from __future__ import annotations

from dataclasses import replace

from backend.engines.connection import Connection, ConnectionState, normal_url
from backend.engines.connections import DEFAULT_OLLAMA
from backend.errors import AppError
from backend.events import ConnectionsChanged, EventBus

HERE = Connection(DEFAULT_OLLAMA, "ollama", "Ollama on this machine", "http://127.0.0.1:11434")


def three() -> tuple[Connection, ...]:
    return (
        Connection("gpu-box", "openai", "GPU box in the cellar", "http://192.168.178.40:8000/v1"),
        Connection("router", "openai", "Hugging Face", "https://router.huggingface.co/v1"),
        Connection("laptop", "ollama", "Anna's laptop", "http://laptop.local:11434"),
    )


def states() -> dict[str, ConnectionState]:
    refused = AppError(
        "remote.not_running",
        "Nobody answers at laptop.local:11434.",
        "Start the server there, or correct the address in Settings › Connections.",
    )
    return {
        "gpu-box": ConnectionState("vLLM", "0.11.0", 2),
        "router": ConnectionState("Hugging Face", "", 118),
        "laptop": ConnectionState(error=refused),
    }


class FakeConnections:
    """Keeps what is added in memory.

    Attributes:
        keys: By the id of the connection.
        asked: Addresses that were looked at.
    """

    def __init__(self, bus: EventBus, saved: tuple[Connection, ...]) -> None:
        self._bus = bus
        self._saved = list(saved)
        self.keys: dict[str, str] = {"gpu-box": "k", "router": "k"}
        self.states = states()
        self.asked: list[str] = []

    def all(self) -> tuple[Connection, ...]:
        return (HERE, *self._saved)

    def has_key(self, connection: Connection) -> bool:
        return connection.id in self.keys

    def check(self, connection: Connection, key: str | None = None) -> ConnectionState:
        try:
            self.asked.append(normal_url(connection.kind, connection.url))
        except AppError as error:
            return ConnectionState(error=error)
        return self.states.get(connection.id, ConnectionState("llama-server", "b6800", 1))

    def add(self, connection: Connection, key: str | None = None) -> Connection:
        url = normal_url(connection.kind, connection.url)
        made = replace(connection, id=f"added-{len(self._saved)}", url=url, name=connection.name or url)
        self._saved.append(made)
        return self._changed(made, key)

    def update(self, connection: Connection, key: str | None = None) -> Connection:
        made = replace(connection, url=normal_url(connection.kind, connection.url))
        self._saved = [made if each.id == made.id else each for each in self._saved]
        return self._changed(made, key)

    def remove(self, connection_id: str) -> None:
        self._saved = [each for each in self._saved if each.id != connection_id]
        self._bus.publish(ConnectionsChanged())

    def known_models(self) -> tuple[()]:
        return ()

    def _changed(self, connection: Connection, key: str | None) -> Connection:
        if key:
            self.keys[connection.id] = key
        elif key == "":
            self.keys.pop(connection.id, None)
        self._bus.publish(ConnectionsChanged())
        return connection
