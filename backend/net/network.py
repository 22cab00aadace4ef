"""The network as the rest of Orangery sees it: one client, one switch, one ledger."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy

import httpx2

from backend.errors import AppError
from backend.events import EventBus, NetworkUsed, OfflineChanged
from backend.net import environment, errors
from backend.net.addresses import check_redirect, is_loopback, origin
from backend.net.ledger import Ledger, LedgerRow, RequestRow, current_reason
from backend.net.transport import API_LIMIT, CONNECT_S, LIMIT, READ_S, Transport, host_of

log = logging.getLogger(__name__)

MOST_REDIRECTS = 10

# At its usual level the client logs every URL, and those of downloads are signed.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Network:
    """Two clients over one transport, which obeys the offline switch and fills the ledger. Thread-safe.

    With the switch on, no request leaves this machine: it raises ``net.offline`` before any connection,
    running transfers break with the same error and idle connections are closed. Loopback stays allowed (a
    daemon on this machine), except for addresses named with `treat_as_remote`.

    Attributes:
        forced_offline: HF_HUB_OFFLINE is set: the switch stays on whatever `set_offline` says.
    """

    def __init__(self, bus: EventBus, *, offline: bool = False) -> None:
        environment.prepare()
        self._bus = bus
        self.forced_offline = environment.hub_is_offline()
        self._offline = offline or self.forced_offline
        self._remote: frozenset[tuple[str, str, int]] = frozenset()
        self._ledger = Ledger()
        self._transport = Transport(self._ledger, self._allow, self._is_local, self._used)
        self._lock = threading.Lock()
        self._client: httpx2.Client | None = None
        self._hub_client: httpx2.Client | None = None
        self._hub_configured = False

    # The switch

    @property
    def offline(self) -> bool:
        return self._offline

    def set_offline(self, offline: bool) -> None:
        """Turn the switch, and cut what is running when it goes on."""
        offline = offline or self.forced_offline
        if offline == self._offline:
            return
        self._offline = offline
        if offline:
            self._transport.cut()
        self._bus.publish(OfflineChanged(offline))

    def treat_as_remote(self, url: str) -> None:
        """Let the switch forbid `url`'s origin even on loopback: it is a hub, whatever its address."""
        self._remote |= {origin(url)}

    def check(self, url: str) -> None:
        """Raise unless `url` may be asked now.

        Raises:
            AppError: ``net.offline``.
        """
        self._allow(httpx2.URL(url), True)

    # The ledger

    def ledger(self) -> tuple[LedgerRow, ...]:
        """Every host since the start, the latest first."""
        return self._ledger.rows()

    def requests(self) -> tuple[RequestRow, ...]:
        """The latest requests one by one, the newest first."""
        return self._ledger.requests()

    def clear_ledger(self) -> None:
        """Forget what was noted, except what runs now."""
        self._ledger.clear()

    @contextlib.contextmanager
    def reason(self, reason: str) -> Iterator[None]:
        """Name what the requests of this thread inside the block are for (see `ledger.reason_text`)."""
        token = current_reason.set(reason)
        try:
            yield
        finally:
            current_reason.reset(token)

    # The clients

    @property
    def client(self) -> httpx2.Client:
        """For transfers and daemons: bodies of any size; redirects are left to the caller."""
        with self._lock:
            if self._client is None:
                self._client = self._make_client(follow=False)
            return self._client

    @property
    def hub_client(self) -> httpx2.Client:
        """For the hub's API: bodies of at most 16 MB unless the request says otherwise (`transport.LIMIT`),
        and up to ten redirects, each of them checked."""
        with self._lock:
            if self._hub_client is None:
                self._hub_client = self._make_client(follow=True)
            return self._hub_client

    def configure_hub_library(self) -> None:
        """Give huggingface_hub a client of this network. Imports the library, so not for the GUI thread."""
        with self._lock:
            if self._hub_configured:
                return
            self._hub_configured = True
        from huggingface_hub import set_client_factory

        # A new client each time: the library closes the one it has after a failed connection.
        set_client_factory(lambda: self._make_client(follow=True))

    def close(self) -> None:
        """Break what is running and let go of all connections."""
        self._transport.cut()
        if self._hub_configured:
            from huggingface_hub import set_client_factory
            from huggingface_hub.utils import _http

            set_client_factory(_http.default_client_factory)
            self._hub_configured = False

    def _make_client(self, *, follow: bool) -> httpx2.Client:
        def bound(request: httpx2.Request) -> None:
            request.extensions = {LIMIT: API_LIMIT, **request.extensions}

        def inspect(response: httpx2.Response) -> None:
            if response.has_redirect_location:
                url = str(response.url)
                try:
                    target = str(response.url.join(response.headers["Location"]))
                except (httpx2.InvalidURL, ValueError):
                    target = response.headers["Location"]
                check_redirect(url, target)

        client = httpx2.Client(
            transport=self._transport,
            timeout=httpx2.Timeout(READ_S, connect=CONNECT_S),
            follow_redirects=follow,
            max_redirects=MOST_REDIRECTS,
            headers={"Accept-Encoding": "gzip" if follow else "identity"},
            event_hooks={"request": [bound], "response": [inspect]} if follow else {},
        )
        # Nothing here needs a session; a cookie would only let servers tell people apart.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return client

    def _is_local(self, url: httpx2.URL) -> bool:
        return is_loopback(url.host) and origin(str(url)) not in self._remote

    def _allow(self, url: httpx2.URL, counted: bool) -> None:
        if not self._offline or self._is_local(url):
            return
        if counted:
            self._ledger.blocked(host_of(url))
        raise errors.offline(url.host)

    def _used(self, host: str) -> None:
        self._bus.publish(NetworkUsed(host))


def readable(error: Exception, host: str) -> AppError:
    """`error` of a request to `host` as an error for people.

    Raises:
        Exception: `error` itself, where it does not come from the network.
    """
    if isinstance(error, AppError):
        return error
    if isinstance(error, (httpx2.HTTPError, OSError)):
        return errors.from_transport(error, host, READ_S)
    raise error
