"""Where a redirect may lead: never down from https, and never into a network that the hub itself is not in."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import SplitResult, urljoin, urlsplit

from backend.errors import AppError
from backend.i18n import tr

MOST_REDIRECTS = 8
Resolver = Callable[[str], tuple[str, ...]]
"""The addresses of a host name; empty where they cannot be found out."""


class Reach(StrEnum):
    """The network that an address belongs to."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    PRIVATE = "private"
    LOCAL = "link-local, multicast or reserved"


def resolve(host: str) -> tuple[str, ...]:
    """Ask the system for the addresses of `host`."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:  # behind a proxy, names of the outside may have no address here
        return ()
    return tuple({str(row[4][0]) for row in found})


def reaches(host: str, resolver: Resolver = resolve) -> frozenset[Reach]:
    """Every kind of network that `host`, a literal address or a name, leads into."""
    literal = host.strip("[]")
    try:
        return frozenset({_reach(literal)})
    except ValueError:
        return frozenset(_reach(address) for address in resolver(host))


def _reach(literal: str) -> Reach:
    address = ipaddress.ip_address(literal.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return Reach.LOOPBACK
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        return Reach.LOCAL
    return Reach.PUBLIC if address.is_global else Reach.PRIVATE


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what an Authorization header belongs to."""
    parts = urlsplit(url)
    return parts.scheme.lower(), (parts.hostname or "").lower(), _port(parts)


def next_hop(url: str, location: str, endpoint: str, seen: set[str], resolver: Resolver = resolve) -> str:
    """The absolute URL that `location`, sent by `url`, points to, if it may be followed.

    Args:
        endpoint: The first URL of the chain; networks that its host is in are allowed.
        seen: URLs asked so far, `url` among them.

    Raises:
        AppError: ``download.redirect``: a loop, too many hops, https to http, another scheme, credentials in the
            URL, or an address inside a network that the endpoint is not in.
    """
    try:
        target = urljoin(url, location)
        parts = urlsplit(target)
        host, port = parts.hostname or "", _port(parts)
    except ValueError:
        raise _refused(url, location, "not a URL") from None
    if parts.scheme not in ("http", "https") or not host or not 0 < port < 65536:
        raise _refused(url, location, "not a web address")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise _refused(url, location, "https to http")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, location, "credentials in the address")
    if target in seen or len(seen) > MOST_REDIRECTS:
        raise _refused(url, location, "redirects in a circle" if target in seen else "too many redirects")
    strange = reaches(host, resolver) - {Reach.PUBLIC}
    if strange:
        strange -= reaches(urlsplit(endpoint).hostname or "", resolver)
    if strange:
        raise _refused(url, location, f"{host} is a {', '.join(sorted(strange))} address")
    return target


def without_query(url: str) -> str:
    """`url` for logs and details: signatures and tokens lie in the query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _refused(url: str, location: str, why: str) -> AppError:
    host = urlsplit(url).hostname or ""
    try:
        shown = without_query(urljoin(url, location))
    except ValueError:
        shown = ascii(location)[:200]
    return AppError(
        "download.redirect",
        tr("{host} sent the download to an address that is not safe to follow.", host=host),
        tr("Nothing was fetched from there. If you use a mirror, check its address in Settings."),
        f"{why}: {shown}",
    )
