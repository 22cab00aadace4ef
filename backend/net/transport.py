"""The one way out: every request of the process goes through here, is allowed, counted and bounded."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterator

import httpcore2
import httpx2

from backend.errors import AppError
from backend.i18n import tr
from backend.net import errors
from backend.net.bodies import BoundedBody, MeteredBody
from backend.net.ledger import Ledger, Outcome
from backend.net.patience import PatientBackend, beginning_within

CONNECT_S = 10.0
READ_S = 30.0
API_S = 60.0
"""Longest time for a whole answer that should be short."""

API_LIMIT = 16_000_000
"""Largest answer, in bytes, of anything but a file."""

LIMIT = "orangery.limit"
"""Request extension: the largest body in bytes; None for a file of any size."""

SECONDS = "orangery.seconds"
"""Request extension: the longest time for an answer to begin, and for a bounded body to end; by default
`API_S`."""

httpcore2.HTTP11Connection.READ_NUM_BYTES = 1 << 18
# Bytes that are read from a socket at once: with less, a fast download is busy with Python, not with bytes.

METERED = "orangery.metered"
"""Response extension: the body behind whatever the client wrapped around it."""

_WORTH_A_CONNECTION = 1 << 18

_SOCKET_OPTIONS: list[tuple[int, int, int]] = (
    [
        # What has come but was not read is lost if this process dies: at most a megabyte of each connection.
        (socket.IPPROTO_TCP, socket.TCP_WINDOW_CLAMP, 1 << 20)
    ]
    if hasattr(socket, "TCP_WINDOW_CLAMP")
    else []
)

_TIMEOUTS = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": CONNECT_S}
_LIMITS = httpx2.Limits(max_connections=64, max_keepalive_connections=8, keepalive_expiry=20.0)


class _Pool:
    """Connections of one period between two flips of the offline switch."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._context = httpx2.create_ssl_context()
        self._by_proxy: dict[str | None, httpx2.HTTPTransport] = {}
        self._in_use = 0
        self._retired = False

    def enter(self) -> None:
        with self._lock:
            self._in_use += 1

    def leave(self) -> None:
        with self._lock:
            self._in_use -= 1
            done = self._retired and self._in_use == 0
        if done:
            self._close()

    def retire(self) -> None:
        """Close the connections as soon as nobody reads from them."""
        with self._lock:
            self._retired = True
            done = self._in_use == 0
        if done:
            self._close()

    def send(self, request: httpx2.Request, local: bool) -> httpx2.Response:
        return self._transport(None if local else _proxy_for(request.url)).handle_request(request)

    def _transport(self, proxy: str | None) -> httpx2.HTTPTransport:
        with self._lock:
            transport = self._by_proxy.get(proxy)
            if transport is None:
                transport = _make_transport(proxy, self._context)
                self._by_proxy[proxy] = transport
            return transport

    def _close(self) -> None:
        for transport in self._by_proxy.values():
            transport.close()


class Transport(httpx2.BaseTransport):
    """Allows, counts and bounds requests.

    Args:
        allow: Raises for a URL that may not be asked now; with False it does not count the try.
        is_local: Whether a URL stays on this machine in the eyes of the offline switch.
        used: Called with the host when a request has ended.
    """

    def __init__(
        self,
        ledger: Ledger,
        allow: Callable[[httpx2.URL, bool], None],
        is_local: Callable[[httpx2.URL], bool],
        used: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._allow = allow
        self._is_local = is_local
        self._used = used
        self._lock = threading.Lock()
        self._pool: _Pool | None = None
        self._sockets: dict[object, socket.socket] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            AppError: ``net.offline`` (before any connection), ``net.too_much``, ``net.unreadable``,
                ``net.proxy``.
            httpx2.TransportError: No answer.
        """
        url = request.url
        self._allow(url, True)
        # Callers such as huggingface_hub's pagination ask for no timeout at all.
        asked = request.extensions.get("timeout") or {}
        timeouts = {name: asked.get(name) or value for name, value in _TIMEOUTS.items()}
        request.extensions = {**request.extensions, "timeout": timeouts}
        host = host_of(url)
        pool = self._current_pool()
        pool.enter()
        number = self._ledger.sent(host, _request_size(request))
        seconds = max(request.extensions.get(SECONDS, API_S), timeouts["read"])
        try:
            with beginning_within(seconds):
                response = pool.send(request, self._is_local(url))
        except BaseException as error:
            pool.leave()
            self._ledger.ended(number, Outcome.FAILED)
            self._used(host)
            if isinstance(error, httpx2.TransportError):
                self._allow(url, False)
            raise
        return self._metered(request, response, pool, host, number)

    def _metered(
        self, request: httpx2.Request, response: httpx2.Response, pool: _Pool, host: str, number: int
    ) -> httpx2.Response:
        url, key = request.url, object()
        sock = socket_of(response)
        if sock is not None and not self._is_local(url):
            with self._lock:
                self._sockets[key] = sock

        def closed() -> None:
            with self._lock:
                self._sockets.pop(key, None)
            pool.leave()
            self._ledger.ended(number, _outcome(response.status_code, metered.whole))
            self._used(host)

        self._ledger.received(host, sum(len(k) + len(v) + 4 for k, v in response.headers.raw), number)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        metered = MeteredBody(
            response.stream,
            lambda: self._allow(url, False),
            lambda count: self._ledger.received(host, count, number),
            closed,
        )
        body: httpx2.SyncByteStream = metered
        extensions = {**response.extensions, METERED: metered}
        headers = response.headers
        limit = request.extensions.get(LIMIT)
        if response.status_code not in (200, 206):  # not what was asked for, however long that may be
            limit = API_LIMIT if limit is None else min(limit, API_LIMIT)
        if limit is not None:
            coding = headers.get("Content-Encoding", "identity").lower()
            length = headers.get("Content-Length", "")
            if coding not in ("identity", "gzip") or (length.isdigit() and int(length) > limit):
                body.close()
                if coding not in ("identity", "gzip"):
                    raise errors.unreadable(host, f"Content-Encoding: {ascii(coding)[:80]}")
                raise errors.too_much(host, limit)
            seconds = request.extensions.get(SECONDS, API_S)
            body = BoundedBody(
                body, host, limit, seconds, gzipped=coding == "gzip" and request.method != "HEAD"
            )
            if coding == "gzip":
                dropped = ("content-encoding", "content-length")
                headers = httpx2.Headers(
                    [(k, v) for k, v in headers.multi_items() if k.lower() not in dropped]
                )
        answer = httpx2.Response(response.status_code, headers=headers, stream=body, extensions=extensions)
        # Strangers may name any codec of Python, also those that raise or take forever.
        answer.encoding = "utf-8"
        return answer

    def cut(self) -> None:
        """Break every transfer from another machine and close idle connections."""
        with self._lock:
            sockets = list(self._sockets.values())
            pool, self._pool = self._pool, None
        for sock in sockets:
            break_off(sock)
        if pool is not None:
            pool.retire()

    def close(self) -> None:
        """Nothing: huggingface_hub closes clients that share this transport. See `cut`."""

    def _current_pool(self) -> _Pool:
        with self._lock:
            if self._pool is None:
                self._pool = _Pool()
            return self._pool


def host_of(url: httpx2.URL) -> str:
    """The host as the ledger names it."""
    return url.host if url.port is None else f"{url.host}:{url.port}"


def _outcome(status: int, whole: bool) -> Outcome:
    if status >= 400:
        return Outcome.REFUSED
    return Outcome.DONE if whole or 300 <= status < 400 else Outcome.STOPPED


def _request_size(request: httpx2.Request) -> int:
    headers = sum(len(k) + len(v) + 4 for k, v in request.headers.raw)
    length = request.headers.get("Content-Length", "0")
    return (
        len(request.method) + len(request.url.raw_path) + headers + (int(length) if length.isdigit() else 0)
    )


def socket_of(response: httpx2.Response) -> socket.socket | None:
    """The socket that the body of `response` comes from, where there is one."""
    stream = response.extensions.get("network_stream")
    found = stream.get_extra_info("socket") if stream is not None else None
    return found if isinstance(found, socket.socket) else None


def straight(response: httpx2.Response, arrived: int) -> Iterator[memoryview] | None:
    """What follows the first `arrived` bytes of a body, read past the client (see `MeteredBody.straight`).

    None where that cannot be done, or where too little is left to make it worth a connection.
    """
    sock, metered = socket_of(response), response.extensions.get(METERED)
    length = response.headers.get("Content-Length", "")
    plain = type(sock) is socket.socket and response.http_version == "HTTP/1.1"
    if not (plain and isinstance(metered, MeteredBody) and sock is not None and length.isdecimal()):
        return None
    if "Transfer-Encoding" in response.headers or int(length) - arrived < _WORTH_A_CONNECTION:
        return None
    return metered.straight(sock, int(length) - arrived)


def break_off(sock: socket.socket) -> None:
    """Wake whoever reads from `sock`, and end the connection."""
    with contextlib.suppress(OSError):
        # Not `sock.shutdown`: that of a TLS socket pulls the cipher from under the reading thread.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _proxy_for(url: httpx2.URL) -> str | None:
    """The proxy that the system or the environment sets for `url`."""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(url.host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _make_transport(proxy: str | None, context: ssl.SSLContext) -> httpx2.HTTPTransport:
    try:
        transport = httpx2.HTTPTransport(
            verify=context, limits=_LIMITS, proxy=proxy, trust_env=False, socket_options=_SOCKET_OPTIONS
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise AppError(
            "net.proxy",
            tr("The proxy that this system sets cannot be used."),
            tr("Set an http or https proxy in the network settings of the system, or none."),
            type(error).__name__,
        ) from error
    transport._pool._network_backend = PatientBackend()
    return transport
