"""One GET in a thread of its own, so that whoever waits for it can stop waiting at any moment.

The thread follows redirects, then hands over the head and the bytes as they come. `Feed.close` wakes it by
shutting its socket down; whatever it was doing, the caller is free at once.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx2

from backend.net.addresses import Resolver, check_redirect, origin, refused_redirect, resolve
from backend.net.transport import break_off, socket_of

log = logging.getLogger(__name__)

MOST_REDIRECTS = 8
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BACKLOG = 4 << 20
"""Bytes that may wait in memory for the disk before the socket is left alone."""


class NetworkPort(Protocol):
    """What a transfer needs of `backend.net.network.Network`."""

    @property
    def client(self) -> httpx2.Client: ...

    def reason(self, reason: str, /) -> contextlib.AbstractContextManager[object]: ...


class HubPort(Protocol):
    """What a transfer needs of `backend.hubs.huggingface.HuggingFace`."""

    def resolve_url(self, repo_id: str, commit: str, path: str) -> str: ...

    def auth_headers(self, url: str) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The answer before its body.

    Attributes:
        status: Of the last hop.
        headers: Of the last hop; names in lower case.
        first: Headers of the first hop: the hub's own promises about the file (``x-linked-etag`` and so on).
        host: That sent it.
        elsewhere: Whether the last hop is another origin than the hub, so a content network with signed
        links. url: Of the last hop without its query; for details.
    """

    status: int
    headers: Mapping[str, str]
    first: Mapping[str, str]
    host: str
    elsewhere: bool
    url: str


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for the parts of a request; `read` also bounds how long an abandoned thread may live."""

    connect: float = 15.0
    read: float = 30.0


@dataclass(slots=True)
class _State:
    head: Head | None = None
    pieces: list[bytes] = field(default_factory=list)
    backlog: int = 0
    ended: bool = False
    error: Exception | None = None
    closed: bool = False
    sock: socket.socket | None = None


class Feed:
    """One running GET. `head` first, then `take` until it returns None or raises."""

    def __init__(
        self,
        network: NetworkPort,
        url: str,
        headers: Mapping[str, str],
        *,
        timeouts: Timeouts,
        resolver: Resolver = resolve,
    ) -> None:
        self._network = network
        self._url = url
        self._headers = dict(headers)
        self._timeouts = timeouts
        self._resolver = resolver
        self._changed = threading.Condition()
        self._state = _State()
        self._thread = threading.Thread(target=self._run, name="download-read", daemon=True)
        self._thread.start()

    def head(self, timeout: float) -> Head | None:
        """The head of the last hop, or None if it is not there after `timeout` seconds.

        Raises:
            httpx2.HTTPError, OSError: The connection failed.
            AppError: A redirect was refused, or the app is offline.
        """
        with self._changed:
            state = self._state
            self._changed.wait_for(lambda: state.head is not None or state.error is not None, timeout)
            if state.head is None and state.error is not None:
                raise state.error
            return state.head

    def take(self, timeout: float) -> bytes | None:
        """All bytes since the last call; empty after `timeout` seconds of silence, None at the end.

        Raises:
            httpx2.HTTPError, OSError: The connection broke; everything before it has been taken.
        """
        with self._changed:
            state = self._state
            self._changed.wait_for(lambda: bool(state.pieces) or state.ended, timeout)
            if state.pieces:
                data = state.pieces[0] if len(state.pieces) == 1 else b"".join(state.pieces)
                state.pieces.clear()
                state.backlog = 0
                self._changed.notify_all()
                return data
            if not state.ended:
                return b""
            if state.error is not None:
                raise state.error
            return None

    def close(self) -> None:
        """Give up the connection. Returns quickly even if the other side says nothing."""
        with self._changed:
            self._state.closed = True
            self._state.pieces.clear()
            sock = self._state.sock
            self._changed.notify_all()
        if sock is not None:
            break_off(sock)
        self._thread.join(0.2)

    def _run(self) -> None:
        error: Exception | None = None
        try:
            with self._network.reason("downloading"):
                self._fetch()
        except (OSError, httpx2.InvalidURL) as failure:
            error = httpx2.NetworkError(str(failure))
        except Exception as failure:
            error = failure
        with self._changed:
            self._state.error = error
            self._state.ended = True
            self._state.sock = None
            self._changed.notify_all()

    def _fetch(self) -> None:
        response, first = self._open()
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            url = str(response.url)
            with self._changed:
                if self._state.closed:
                    return
                self._state.sock = socket_of(response)
                self._state.head = Head(
                    response.status_code,
                    headers,
                    first,
                    response.url.host,
                    origin(url) != origin(self._url),
                    without_query(url),
                )
                self._changed.notify_all()
            for piece in response.iter_raw():
                if not self._put(piece):
                    return
        finally:
            response.close()

    def _open(self) -> tuple[httpx2.Response, Mapping[str, str]]:
        """Follow redirects by hand, to the answer that is none."""
        url = self._url
        headers = dict(self._headers)
        seen = {url}
        first: dict[str, str] | None = None
        timeout = httpx2.Timeout(self._timeouts.connect, read=self._timeouts.read)
        client = self._network.client
        while True:
            request = client.build_request("GET", url, headers=headers, timeout=timeout)
            response = client.send(request, stream=True, follow_redirects=False)
            if first is None:
                first = {name.lower(): value for name, value in response.headers.items()}
            location = response.headers.get("location", "")
            if response.status_code not in _REDIRECTS or not location:
                return response, first
            response.close()
            target = urljoin(url, location)
            check_redirect(url, target, self._resolver)
            if target in seen or len(seen) > MOST_REDIRECTS:
                raise refused_redirect(url, target, "redirects in a circle, or too many")
            if origin(target) != origin(url):
                headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
            seen.add(target)
            url = target

    def _put(self, piece: bytes) -> bool:
        """Queue `piece`; False once nobody wants more."""
        with self._changed:
            state = self._state
            self._changed.wait_for(lambda: state.closed or state.backlog < _BACKLOG)
            if state.closed:
                return False
            state.pieces.append(piece)
            state.backlog += len(piece)
            self._changed.notify_all()
            return True


def without_query(url: str) -> str:
    """`url` for logs and details: signatures and tokens lie in the query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
