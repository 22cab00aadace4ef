"""The connections of the server: how many, and how long one may say nothing."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 256
REQUEST_S = 10.0
"""Seconds from the first byte of a connection, or the end of an answer, to the end of the next headers."""

Client = tuple[str, int]


class Connections:
    """The open connections by the address of the client. Used by the server's event loop only."""

    def __init__(self) -> None:
        self._open: dict[Client, Guarded] = {}

    def __len__(self) -> int:
        return len(self._open)

    def add(self, client: Client, protocol: Guarded) -> None:
        """Note a connection. Where there are too many, the one that has been silent longest is closed, or
        this one if all are being answered."""
        self._open[client] = protocol
        if len(self._open) > MOST_CONNECTIONS:
            idle = next((one for one in self._open.values() if not one.busy), protocol)
            idle.transport.abort()

    def remove(self, client: Client) -> None:
        self._open.pop(client, None)

    def cut(self, client: Client) -> None:
        """Close a connection at once; what was not read yet is lost."""
        if client in self._open:
            self._open[client].transport.abort()

    def end(self) -> None:
        """Close all of them, whatever is being answered there."""
        for one in tuple(self._open.values()):
            one.transport.abort()


class Guarded(H11Protocol):
    """uvicorn's protocol, which gives a client all the time it wants to send its headers, with an end to
    that."""

    guardian: Connections
    """Set by `protocol`."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether a request is being read or answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            self.guardian.add(self.client, self)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        if self.client is not None:
            self.guardian.remove(self.client)
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.busy:
            if self._deadline is not None:
                self._deadline.cancel()
            self._deadline = None
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_S, self.transport.abort)


def protocol(connections: Connections) -> type[Guarded]:
    """The protocol class for the connections of one server."""
    return type("GuardedHere", (Guarded,), {"guardian": connections})
