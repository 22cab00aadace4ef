"""One GET in a thread of its own, so that whoever waits for it can stop waiting at any moment.

The thread follows redirects, then hands the head and the bytes, as they come, to a `Sink`. `Feed.close` wakes
it by shutting its socket down; whatever it was doing, the caller is free at once.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx2

from backend.errors import Cancelled
from backend.net.addresses import Resolver, check_redirect, origin, refused_redirect, resolve
from backend.net.transport import break_off, socket_of, straight

log = logging.getLogger(__name__)

MOST_REDIRECTS = 8
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


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


class Address(Protocol):
    """Where a file is fetched from. Signed addresses live for one attempt: each begins here."""

    def url(self) -> str: ...

    def headers(self, url: str) -> dict[str, str]: ...


class Sink(Protocol):
    """Who takes an answer; called in the thread of the `Feed`."""

    def begin(self, head: Head) -> None:
        """Look at the head of the last hop; raise to refuse the body."""

    def data(self, piece: bytes | memoryview) -> bool:
        """Take the next bytes; False where no more are wanted."""

    def ended(self) -> None:
        """The body is over, or broke off: see `Feed.error`."""


class Feed:
    """One running GET.

    Attributes:
        over: Whether it has ended; set before `Sink.ended` is called.
        error: Why it ended early (httpx2.HTTPError, AppError, Cancelled, or what the sink raised); None at
            the end of the body.
    """

    def __init__(
        self,
        network: NetworkPort,
        url: str,
        headers: Mapping[str, str],
        sink: Sink,
        *,
        timeouts: Timeouts,
        resolver: Resolver = resolve,
    ) -> None:
        self._network = network
        self._url = url
        self._headers = dict(headers)
        self._sink = sink
        self._timeouts = timeouts
        self._resolver = resolver
        self._lock = threading.Lock()
        self._closed = False
        self._socket: socket.socket | None = None
        self.over = False
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="download-read", daemon=True)
        self._thread.start()

    def join(self, timeout: float) -> None:
        """Wait for the end."""
        self._thread.join(timeout)

    def close(self) -> None:
        """Give up the connection. Returns quickly even if the other side says nothing; its thread may still
        wait for a head then, but asks for nothing more."""
        with self._lock:
            self._closed = True
            if self._socket is not None:
                break_off(self._socket)
        self._thread.join(0.2)

    def _run(self) -> None:
        try:
            with self._network.reason("downloading"):
                self._fetch()
        except (OSError, httpx2.InvalidURL) as failure:
            self.error = httpx2.NetworkError(str(failure))
        except Exception as failure:
            self.error = failure
        with self._lock:
            self._socket = None
        self.over = True
        self._sink.ended()

    def _fetch(self) -> None:
        response, first = self._open()
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            url = str(response.url)
            with self._lock:
                if self._closed:
                    return
                self._socket = socket_of(response)
            self._sink.begin(
                Head(
                    response.status_code,
                    headers,
                    first,
                    response.url.host,
                    origin(url) != origin(self._url),
                    without_query(url),
                )
            )
            arrived = 0
            for piece in response.iter_raw():
                if not self._sink.data(piece):
                    return
                arrived += len(piece)
                if (rest := straight(response, arrived)) is not None:
                    all(map(self._sink.data, rest))  # until one of them is not wanted
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
            if self._closed:
                raise Cancelled
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


def without_query(url: str) -> str:
    """`url` for logs and details: signatures and tokens lie in the query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
