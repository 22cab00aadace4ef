"""Ending a request from outside, whatever the server does: after a time, or because somebody gave up."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Any, Self

from backend.net.transport import break_off


class Leash:
    """Holds the connections of the requests that carry its `extensions`. Use it as a context manager.

    Timeouts of a client begin anew with each byte, and a silent connection hears nobody. Requests should ask
    for ``Connection: close``: a connection that was there before is not held.

    Args:
        seconds: When to break the connections; None leaves it to `pull`.

    Attributes:
        expired: Whether the time was over.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.expired = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._pulled = False
        self._timer = threading.Timer(seconds, self._expire) if seconds is not None else None

    @property
    def extensions(self) -> dict[str, Any]:
        """For `httpx2.Request.extensions`."""
        return {"trace": self._trace}

    def pull(self) -> None:
        """Break the connections that are there, and those that come later."""
        with self._lock:
            self._pulled = True
            held = tuple(self._sockets)
        for sock in held:
            break_off(sock)

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._sockets.clear()

    def _expire(self) -> None:
        self.expired = True
        self.pull()

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        sock = info["return_value"].get_extra_info("socket")
        if not isinstance(sock, socket.socket):
            return
        with self._lock:
            self._sockets.append(sock)
            pulled = self._pulled
        if pulled:
            break_off(sock)
