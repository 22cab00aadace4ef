"""Which network an address lies in, and where a redirect of the hub may lead."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import urlsplit

from backend.errors import AppError
from backend.i18n import tr

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
    except (OSError, UnicodeError):  # behind a proxy, names of the outside may have no address here
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


def is_loopback(host: str) -> bool:
    """Whether `host` means this machine, decided without asking a name server."""
    literal = host.strip("[]").lower()
    if literal == "localhost" or literal.endswith(".localhost"):
        return True
    try:
        return _reach(literal) is Reach.LOOPBACK
    except ValueError:
        return False


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what an Authorization header belongs to."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme.lower(), (parts.hostname or "").lower(), port


def endpoint(variable: str, default: str) -> str:
    """The address of a server that the environment variable names, else `default`; no slash at the end.

    Raises:
        AppError: ``net.endpoint`` for what is no web address, or one with a password in it: addresses are
            shown, and kept on the disk.
    """
    text = os.environ.get(variable, "").strip() or default
    try:
        parts = urlsplit(text)
        origin(text)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise AppError(
            "net.endpoint",
            tr(
                "{name} does not name a server: {text}",
                name=variable,
                text=ascii(text.rpartition("@")[2])[:100],
            ),
            tr("Set it to an http or https address without a password, or remove it."),
        )
    return text.rstrip("/")


def check_redirect(url: str, target: str, resolver: Resolver = resolve) -> None:
    """Refuse a redirect from `url` to `target` that leaves TLS, or leads into a network that `url` is not in.

    Only a server on this machine or in the local network may redirect without TLS, and then only inside that
    network.

    Raises:
        AppError: ``net.redirect``.
    """
    try:
        parts = urlsplit(target)
        scheme, host, _ = origin(target)
    except ValueError:
        raise refused_redirect(url, target, "not a URL") from None
    if scheme not in ("http", "https") or not host:
        raise refused_redirect(url, target, "not a web address")
    if parts.username is not None or parts.password is not None:
        raise refused_redirect(url, target, "credentials in the address")
    here = urlsplit(url).hostname or ""
    if host == here and scheme == urlsplit(url).scheme:
        return
    inside = reaches(host, resolver) - {Reach.PUBLIC}
    if strange := inside - reaches(here, resolver):
        raise refused_redirect(url, target, f"{host} is a {', '.join(sorted(strange))} address")
    if scheme == "http" and not inside:
        raise refused_redirect(url, target, "an address without TLS")


def refused_redirect(url: str, target: str, why: str) -> AppError:
    """The error for a redirect that is not followed; signatures in queries are left out."""
    host = urlsplit(url).hostname or ""
    return AppError(
        "net.redirect",
        tr("{host} sent Orangery to an address that is not safe to follow.", host=host),
        tr(
            "Nothing was fetched from there. A network that wants you to sign in may cause this: open any "
            "web page in a browser first, then try again."
        ),
        f"{why}: {ascii(target.split('?')[0])[:300]}",
        retryable=True,
    )
