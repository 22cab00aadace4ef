"""The sentences for what goes wrong between this machine and a server."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.errors import AppError
from backend.i18n import tr

if TYPE_CHECKING:
    import httpx2


UNREACHED = ("net.offline", "net.unreachable", "net.timeout", "net.broken")
"""Codes of errors that say: nobody was asked, or nobody answered."""


def offline(host: str) -> AppError:
    """The offline switch forbids talking to `host`."""
    return AppError(
        "net.offline",
        tr("Offline: {host} was not contacted.", host=host),
        tr("Turn the Offline switch off to use the network. What is on this disk works without it."),
    )


def too_much(host: str, limit: int) -> AppError:
    """An answer that should be short went past `limit` bytes."""
    return AppError(
        "net.too_much",
        tr("{host} sent far more data than the request calls for.", host=host),
        tr("The rest was not read. Try again later, or check the address of the mirror if you use one."),
        f"stopped after {limit} bytes",
        retryable=True,
    )


def too_slow(host: str, seconds: float) -> AppError:
    """An answer did not come, or did not end, in time."""
    return AppError(
        "net.timeout",
        tr("{host} does not answer in time.", host=host),
        tr("The connection is very slow or the server is busy. Try again in a moment."),
        f"gave up after {seconds:.0f} s",
        retryable=True,
    )


def unreadable(host: str, detail: str) -> AppError:
    """The body cannot be decoded."""
    return AppError(
        "net.unreadable",
        tr("{host} sent an answer that cannot be read.", host=host),
        tr("Try again in a moment. If it stays so, the service may have changed; look for a newer Orangery."),
        detail,
        retryable=True,
    )


def captive(code: str, host: str) -> AppError:
    """A web page, as of a network that wants one to sign in, came in place of the answer."""
    return AppError(
        code,
        tr("A web page came in place of {host}'s answer.", host=host),
        tr("Networks in hotels and trains do that: open any page in a browser, sign in, and try again."),
        "HTML",
        retryable=True,
    )


def trouble(code: str, title: str, detail: str) -> AppError:
    """The server cannot answer just now."""
    hint = tr("Nothing is wrong on your side. Try again in a few minutes.")
    return AppError(code, title, hint, detail, retryable=True)


def rate_limited(code: str, title: str, seconds: float | None, detail: str) -> AppError:
    """Too many requests; `seconds` until more are allowed, where the server said so."""
    if seconds is None:
        hint = tr("Wait a few minutes, then try again.")
    else:
        hint = tr("Try again in {n} seconds.", n=math.ceil(seconds))
    return AppError(code, title, hint, detail, retryable=True)


def from_transport(error: httpx2.HTTPError | OSError, host: str, timeout: float) -> AppError:
    """Translate what the HTTP client raises when there is no answer at all."""
    import httpx2

    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, httpx2.LocalProtocolError):
        detail = type(error).__name__  # the client's complaint about a header repeats what is in it
    match error:
        case httpx2.TooManyRedirects():
            return AppError(
                "net.redirect",
                tr("{host} redirects in a circle.", host=host),
                tr("Try again later, or check the address of the mirror if you use one."),
                detail,
                retryable=True,
            )
        case httpx2.ConnectTimeout():
            return _unreachable(host, detail)
        case httpx2.TimeoutException():
            return too_slow(host, timeout)
        case httpx2.ConnectError() if "CERTIFICATE" in str(error).upper() or "SSL" in str(error).upper():
            return AppError(
                "net.tls",
                tr("The connection to {host} is not secure: its certificate was refused.", host=host),
                tr("Check the clock of this computer, and whether a proxy or security program reads along."),
                detail,
            )
        case httpx2.ConnectError() | httpx2.ProxyError():
            return _unreachable(host, detail)
        case httpx2.NetworkError() | httpx2.RemoteProtocolError():
            return AppError(
                "net.broken",
                tr("The connection to {host} broke off.", host=host),
                tr("Check the network and try again."),
                detail,
                retryable=True,
            )
        case _:
            return AppError(
                "net.failed",
                tr("The request to {host} failed.", host=host),
                tr("Check the network and the address, then try again."),
                detail,
                retryable=True,
            )


def _unreachable(host: str, detail: str) -> AppError:
    return AppError(
        "net.unreachable",
        tr("{host} cannot be reached.", host=host),
        tr("Check the network connection. What is on this disk works without it."),
        detail,
        retryable=True,
    )
