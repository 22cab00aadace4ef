"""A connection to another engine, and which addresses may be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from backend.engines.ids import RemoteKind
from backend.errors import AppError
from backend.i18n import tr
from backend.net.addresses import Reach, Resolver, is_loopback, reaches, resolve

_CALLS = ("/chat/completions", "/completions", "/models", "/embeddings", "/responses")
_OLLAMA_PORT = 11434


@dataclass(frozen=True, slots=True)
class Connection:
    """A server that runs models.

    Attributes:
        id: Stands in the ids of its models: small letters, digits and hyphens; empty lets `Connections.add`
            make one from the name.
        name: What people read.
        url: Its address as `normal_url` writes it.
    """

    id: str
    kind: RemoteKind
    name: str
    url: str

    @property
    def host(self) -> str:
        """Host and port, for people."""
        return urlsplit(self.url).netloc

    @property
    def root(self) -> str:
        """The address without the ``/v1`` of the OpenAI interface: where a server has its own pages."""
        return self.url.removesuffix("/v1")

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        return is_loopback(urlsplit(self.url).hostname or "")


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What a look at a connection found.

    Attributes:
        software: Such as ``Ollama``, ``llama-server``, ``vLLM``; empty if it does not tell.
        version: Empty if it does not tell.
        models: How many can be chatted with.
        error: Why it cannot be used; None if it can.
    """

    software: str = ""
    version: str = ""
    models: int = 0
    error: AppError | None = None


def normal_url(kind: RemoteKind, text: str) -> str:
    """The address of a server from what people paste: with or without scheme, ``/v1`` or the path of a call.

    Without a scheme, hosts of this machine and of local networks are asked by http, others by https.

    Raises:
        AppError: ``connection.url``.
    """
    text = text.strip()
    if not text.isprintable() or not text.isascii() or " " in text or len(text) > 500:
        raise _not_an_address(text)
    if "://" not in text:
        text = f"{'http' if _looks_local(text) else 'https'}://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _not_an_address(text) from None
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc:
        raise AppError(
            "connection.url",
            tr("The address has a name or password in it."),
            tr("Leave it out, and enter a key in the field for it."),
        )
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9_.:%-]+", host) or parts.query:
        raise _not_an_address(text)
    if kind == "ollama" and port is None and parts.scheme == "http":
        port = _OLLAMA_PORT
    path = parts.path.rstrip("/")
    for call in _CALLS if kind == "openai" else ("/api/chat", "/api/tags", "/api", "/v1"):
        path = path.removesuffix(call)
    if kind == "openai" and not re.search(r"/v[0-9]+[a-z0-9]*$", path):
        path += "/v1"
    authority = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        authority += f":{port}"
    return f"{parts.scheme}://{authority}{path}"


def open_warning(url: str, resolver: Resolver = resolve) -> str:
    """Why somebody on the way could read along, in one sentence; empty where nobody can. May ask a name
    server."""
    parts = urlsplit(url)
    if parts.scheme == "https" or is_loopback(parts.hostname or ""):
        return ""
    found = reaches(parts.hostname or "", resolver)
    if found and not found & {Reach.PUBLIC}:
        return tr("Without https, others in your network can read what is said, and the key.")
    return tr("Without https, anybody between here and {host} can read it, and the key.", host=parts.hostname)


def _looks_local(text: str) -> bool:
    host = urlsplit(f"//{text}").hostname or ""
    if is_loopback(host) or "." not in host or host.endswith((".local", ".lan", ".home", ".internal")):
        return True
    return re.fullmatch(r"[0-9.]+", host) is not None and reaches(host, lambda _: ()) != {Reach.PUBLIC}


def _not_an_address(text: str) -> AppError:
    return AppError(
        "connection.url",
        tr("{text} is not the address of a server.", text=ascii(text.rpartition("@")[2])[:100]),
        tr("Enter it as http://host:port, or as https://host/v1."),
    )
