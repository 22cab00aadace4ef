"""The state of a stand-in whatever it offers: faults, the request log, the speed limit and signed
addresses."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import socket
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from tests.support.standin.faults import FaultBook


@dataclass
class Entry:
    """One logged request. `authorization` tells whether the header came, `token` which token it carried,
    `faults` what was done to the content."""

    number: int
    server: str
    method: str
    path: str
    query: str
    range: str | None
    if_range: str | None
    authorization: bool
    token: str | None
    user_agent: str | None
    status: int = 0
    sent: int = 0
    finished: bool = False
    faults: tuple[str, ...] = ()


class Recorder:
    """What the servers of one stand-in share, whatever they offer.

    Args:
        servers: Their names.
        front: The server that faults in place of an answer mean by default; ``any`` for all.
        back: The server whose signed addresses can expire.
    """

    def __init__(self, servers: tuple[str, ...], *, front: str, back: str) -> None:
        self.lock = threading.RLock()
        self.faults = FaultBook(front, back)
        self.entries: list[Entry] = []
        self.connections = dict.fromkeys(servers, 0)
        self.rate: float | None = None
        self.send_buffer: int | None = None
        self.signature_seconds = 3600.0
        self.signature_epoch = 0
        self._numbers = itertools.count(1)
        self._open: set[socket.socket] = set()

    # Connections

    def open(self, connection: socket.socket) -> None:
        """A client has come."""
        with self.lock:
            self._open.add(connection)

    def is_open(self, connection: socket.socket) -> bool:
        """Whether `connection` was there neither before the last reset nor is forgotten."""
        with self.lock:
            return connection in self._open

    def forget(self, connection: socket.socket) -> None:
        """A reset has nothing more to do with `connection`."""
        with self.lock:
            self._open.discard(connection)

    def hang_up(self) -> None:
        """End all connections, so that nobody who came before can be taken for one who comes later."""
        with self.lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    # Signatures

    def signed_query(self, *parts: str) -> dict[str, str]:
        """The query that makes an address of `parts` valid for a while."""
        expires = f"{time.time() + self.signature_seconds:.3f}"
        return {"Expires": expires, "Signature": self._signature(*parts, expires)}

    def is_signed(self, query: dict[str, str], *parts: str) -> bool:
        """Whether `query` has a signature of `parts` that has not expired."""
        expires = query.get("Expires", "0")
        return query.get("Signature") == self._signature(*parts, expires) and float(expires) > time.time()

    def _signature(self, *parts: str) -> str:
        return hashlib.sha256("\0".join((str(self.signature_epoch), *parts)).encode()).hexdigest()[:32]

    # The log

    def record(self, **values: Any) -> Entry:
        entry = Entry(number=next(self._numbers), **values)
        with self.lock:
            self.entries.append(entry)
        return entry

    def log(self) -> dict[str, Any]:
        with self.lock:
            return {"connections": dict(self.connections), "entries": [asdict(e) for e in self.entries]}

    # The control endpoint

    def control(self, command: dict[str, Any]) -> Any:
        """Carry out one command; see `process.StandIn` for what there is."""
        op = command.pop("op")
        match op:
            case "fault":
                return self.faults.add(**command)
            case "clear_faults":
                self.faults.remove(command.get("id"))
            case "release":
                self.faults.release()
            case "rate":
                self.rate = command["bytes_per_second"]
            case "send_buffer":
                self.send_buffer = command["size"]
            case "expire_signatures":
                self.signature_epoch += 1
            case "signature_seconds":
                self.signature_seconds = command["seconds"]
            case "clear_log":
                with self.lock:
                    self.entries.clear()
                    self.connections = dict.fromkeys(self.connections, 0)
            case "reset":
                self.hang_up()
                self.faults.remove()
                self.faults.release()
                self.rate = None
                self.send_buffer = None
                self.signature_seconds = 3600.0
                self.control({"op": "clear_log"})
            case _:
                raise ValueError(f"unknown command {op!r}")
        return None
