"""Where the Ollama daemon listens: ``OLLAMA_HOST``, read as Ollama itself reads it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

from backend.errors import AppError
from backend.i18n import tr

_PORT = 11434
_HOST_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?")


def daemon_url(env: Mapping[str, str]) -> str:
    """The address of the daemon without a slash at the end: ``http://127.0.0.1:11434`` where nothing is set.

    Understood are ``host``, ``host:port``, ``:port``, ``[v6]:port`` and http or https URLs with a path. An
    address that a daemon listens on everywhere (``0.0.0.0``) is asked on loopback.

    Raises:
        AppError: ``ollama.host`` for what is none of these, such as the path of a socket.
    """
    text = env.get("OLLAMA_HOST", "").strip().strip("\"'").strip()
    scheme, separator, rest = text.partition("://")
    port = _PORT
    if not separator:
        scheme, rest = "http", text
        if text == "ollama.com":
            scheme, port = "https", 443
    elif scheme in ("http", "https"):
        port = 80 if scheme == "http" else 443
    else:
        raise _not_a_host(text)
    authority, _, path = rest.partition("/")
    if (path and not authority) or re.search(r"[@?#\\\s]", rest) or len(text) > 1000:
        raise _not_a_host(text)
    host, port = _split(authority, port, text)
    return f"{scheme}://{host}:{port}" + (f"/{path.strip('/')}" if path.strip("/") else "")


def _split(authority: str, port: int, text: str) -> tuple[str, int]:
    try:
        return _literal(authority.strip("[]")), port  # an address without a port, with or without brackets
    except ValueError:
        pass
    host, separator, given = authority.rpartition(":")
    if not separator:
        host, given = authority, ""
    # Like Ollama, an impossible port counts as none.
    if re.fullmatch(r"[0-9]{1,5}", given, re.ASCII) and 0 < int(given) <= 65535:
        port = int(given)
    if not host:
        return "127.0.0.1", port
    try:
        return _literal(host.strip("[]")), port
    except ValueError:
        if not _HOST_NAME.fullmatch(host):
            raise _not_a_host(text) from None
        return host, port


def _literal(text: str) -> str:
    """An address for a URL, that of this machine for the one that means all of its own.

    Raises:
        ValueError: `text` is no address.
    """
    address = ipaddress.ip_address(text)
    if address.version == 4:
        return "127.0.0.1" if address.is_unspecified else str(address)
    return "[::1]" if address.is_unspecified else f"[{address}]"


def _not_a_host(text: str) -> AppError:
    return AppError(
        "ollama.host",
        tr("OLLAMA_HOST does not name a computer: {text}", text=ascii(text.rpartition("@")[2])[:100]),
        tr("Set it to a host, host:port or an http address, or remove it."),
    )
