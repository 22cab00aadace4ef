"""Requests to a server behind a connection, over the network of this process, and what can go wrong."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import httpx2

from backend.engines.connection import Connection
from backend.errors import AppError, Cancelled
from backend.i18n import tr
from backend.net import errors
from backend.net.leash import Leash
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT, SECONDS

ANSWER_S = 15.0
"""Longest time for a whole answer that should be short."""
CONNECT_S = 5.0
SILENCE_S = 600.0
"""Longest silence of a stream: a server may read a long prompt, or fetch the model from a disk, first."""
REASON = "engine"
_POLL_S = 0.1
_REFUSED = 1_000  # characters of a server's own words


class Login(NamedTuple):
    """A connection with its key."""

    connection: Connection
    key: str | None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def clean(self, text: str) -> str:
        """`text` of the server as a detail of an error; some repeat the key."""
        if self.key:
            text = text.replace(self.key, "…")
        return text[:_REFUSED]


class Caller:
    """Sends requests to one server. The key goes to its address only: redirects are not followed."""

    def __init__(self, network: Network, login: Login, *, reason: str = REASON) -> None:
        """`reason` stands in the network ledger."""
        self._network = network
        self._reason = reason
        self.login = login
        self.host = login.connection.host

    def ask(self, url: str, body: object = None, *, leash: Leash | None = None) -> Any:
        """The decoded JSON answer to a GET of `url`, or to a POST of `body`.

        Raises:
            AppError: ``remote.…`` and ``net.…``.
        """
        with Leash(ANSWER_S) if leash is None else contextlib.nullcontext(leash) as held:
            bounds = {LIMIT: API_LIMIT, SECONDS: ANSWER_S}
            with self._sent(url, body, held, ANSWER_S, bounds) as response:
                data = self._read(response, held)
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise errors.unreadable(self.host, self.login.clean(f"{error}; {data[:200]!a}")) from error

    @contextlib.contextmanager
    def stream(self, url: str, body: object, leash: Leash) -> Iterator[Iterator[bytes]]:
        """The pieces of the answer to a POST of `body`, of any length.

        Raises, also while they are read:
            AppError: ``remote.…`` and ``net.…``.
        """
        with self._sent(url, body, leash, SILENCE_S, {LIMIT: None}) as response:
            coding = response.headers.get("Content-Encoding", "identity").lower()
            if coding != "identity":
                raise errors.unreadable(self.host, f"Content-Encoding: {ascii(coding)[:80]}")
            yield self._pieces(response)

    @contextlib.contextmanager
    def _sent(
        self, url: str, body: object, leash: Leash, silence: float, bounds: dict[str, Any]
    ) -> Iterator[httpx2.Response]:
        client = self._network.client
        headers = {"Accept": "application/json, text/event-stream", "Connection": "close"}
        with self._network.reason(self._reason), self._told(leash):
            request = client.build_request(
                "GET" if body is None else "POST",
                url,
                headers={**headers, **self.login.headers},
                json=body,
                timeout=httpx2.Timeout(silence, connect=CONNECT_S),
                extensions={**leash.extensions, **bounds},
            )
            response = client.send(request, stream=True)
        try:
            if response.status_code != 200:
                raise self._refused(response, leash)
            if is_html(response.headers):
                raise web_page(self.host)
            yield response
        finally:
            response.close()

    def _read(self, response: httpx2.Response, leash: Leash) -> bytes:
        with self._told(leash):
            return response.read()

    def _pieces(self, response: httpx2.Response) -> Iterator[bytes]:
        pieces = response.iter_raw()
        while True:
            try:
                piece = next(pieces, None)
            except (httpx2.HTTPError, OSError) as error:
                raise readable(error, self.host) from error
            if piece is None:
                return
            yield piece

    @contextlib.contextmanager
    def _told(self, leash: Leash) -> Iterator[None]:
        try:
            yield
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, AppError) as error:
            raise unreached(error, self.host, leash) from error

    def _refused(self, response: httpx2.Response, leash: Leash) -> AppError:
        try:
            said = message_of(self._read(response, leash))
        except AppError as error:
            said = error.detail
        return refused(self.login, response.status_code, said, retry_after(response.headers))


def is_html(headers: Mapping[str, str]) -> bool:
    """Whether a web page came."""
    return headers.get("Content-Type", "").lower().startswith("text/html")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait, where it says so in seconds."""
    wait = headers.get("Retry-After", "")
    return float(wait) if wait.isdecimal() and len(wait) < 7 else None


def message_of(data: bytes) -> str:
    """What an error of a server says: the message in its JSON, else the text as it is."""
    text = data[:100_000].decode("utf-8", "replace").strip()
    try:
        decoded = json.loads(text)
    except (ValueError, RecursionError):
        return text
    found = error_text(decoded)
    return found or text


def error_text(decoded: object) -> str:
    """The message of a decoded error, whichever of the usual shapes it has; empty for what is none."""
    if not isinstance(decoded, dict):
        return ""
    error = decoded.get("error", decoded.get("detail", decoded.get("message")))
    if isinstance(error, dict):
        words = [str(error[name]) for name in ("message", "type", "code") if error.get(name)]
        return "; ".join(dict.fromkeys(words)) or "error"
    return str(error) if error else ""


def refused(login: Login, status: int, said: str, wait: float | None = None) -> AppError:
    """The error for an answer with this HTTP status; `wait` are the seconds that the server asks for."""
    host, detail = login.connection.host, login.clean(f"HTTP {status}: {said}")
    match status:
        case 401 | 403:
            title = (
                tr("{host} did not accept the key.", host=host)
                if login.key
                else tr("{host} wants a key.", host=host)
            )
            return AppError("remote.key", title, tr("Enter it in Settings › Connections."), detail)
        case 404 | 405:
            return AppError(
                "remote.not_found",
                tr("{host} does not have what was asked for.", host=host),
                tr("Check the name of the model, and the address in Settings › Connections."),
                detail,
            )
        case 429:
            title = tr("{host} has too many requests just now.", host=host)
            return errors.rate_limited("remote.busy", title, wait, detail)
        case _ if status >= 500:
            return AppError(
                "remote.trouble",
                tr("{host} could not answer.", host=host),
                tr("What it says is under Details. It may still be starting: try again in a moment."),
                detail,
                retryable=True,
            )
        case _ if 300 <= status < 400:
            return AppError(
                "remote.redirect",
                tr("{host} wants to be asked at another address.", host=host),
                tr("Orangery does not follow, so that the key stays. Enter that address as a connection."),
                detail,
            )
        case _:
            return AppError(
                "remote.refused",
                tr("{host} did not accept the request.", host=host),
                tr("What it says is under Details. A setting of the answer may not be known there."),
                detail,
            )


def unreached(error: Exception, host: str, leash: Leash) -> AppError:
    """The error for a request that got no answer."""
    if leash.expired:
        return errors.too_slow(host, ANSWER_S)
    if isinstance(error, (httpx2.InvalidURL, UnicodeError)):
        return errors.unreadable(host, type(error).__name__)
    told = readable(error, host)
    if told.code != "net.unreachable" and not isinstance(error, ConnectionRefusedError):
        return told
    return AppError(
        "remote.not_running",
        tr("Nobody answers at {host}.", host=host),
        tr("Start the server there, or correct the address in Settings › Connections."),
        told.detail,
        retryable=True,
    )


def web_page(host: str) -> AppError:
    """A web page came in place of an answer."""
    return AppError(
        "remote.web_page",
        tr("{host} answers with a web page.", host=host),
        tr(
            "Check the address in Settings › Connections. A network that wants you to sign in does that, too."
        ),
        "HTML",
        retryable=True,
    )


def broken(host: str, detail: str) -> AppError:
    """A stream ended before the answer did."""
    return AppError(
        "net.broken",
        tr("The connection to {host} broke off.", host=host),
        tr("What has come is kept. Try again, or let it go on."),
        detail,
        retryable=True,
    )


def no_model(model: str, connection: str) -> AppError:
    """The server does not have the model."""
    return AppError(
        "remote.no_model",
        tr("{connection} does not have {model}.", connection=connection, model=model),
        tr("Choose one of its models, or start the server with this one."),
        retryable=True,
    )


def cannot_count(connection: str) -> AppError:
    """The server has no way to count tokens beforehand."""
    return AppError(
        "engine.cannot_count", tr("{connection} does not count tokens beforehand.", connection=connection)
    )


@contextlib.contextmanager
def cancelling(cancel: threading.Event | None) -> Iterator[Leash]:
    """A leash that is pulled when `cancel` is set.

    Raises:
        Cancelled: It was, in place of what the block raised then.
    """
    with Leash() as leash:
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(cancel, over, leash.pull), daemon=True)
        if cancel is not None:
            watcher.start()
        try:
            yield leash
        except AppError:
            if cancel is not None and cancel.is_set():
                raise Cancelled from None
            raise
        finally:
            over.set()
    if cancel is not None and cancel.is_set():
        raise Cancelled


def _watch(cancel: threading.Event, over: threading.Event, pull: Callable[[], None]) -> None:
    while not over.is_set():
        if cancel.wait(_POLL_S):
            pull()
            return
