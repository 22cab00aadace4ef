"""A backend whose local server runs on a free port, and clients for it."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openai import OpenAI

from backend.app import Backend
from backend.paths import Paths
from tests.support.known_engine import know_engine
from tests.support.waiting import until

TOKEN = "ora-of-the-tests"
HELLO = [{"role": "user", "content": "Hello"}]


@contextlib.contextmanager
def serving(home: Path, models: Path | None = None) -> Iterator[Backend]:
    """With `models`, what lies in that folder is in the library."""
    know_engine(home)
    with Backend(Paths.under(home), offline=True) as backend:
        if models is not None:
            backend.library.add_folder(models)
            wanted = {str(path) for path in models.glob("*.gguf")}
            until(backend.bus, lambda: wanted <= {model.address for model in backend.engines.models()})
        backend.server.start(port=0, token=TOKEN)
        yield backend


def port_of(backend: Backend) -> int:
    return int(backend.server.status().url.rsplit(":", 1)[1].removesuffix("/v1"))


def free_port() -> int:
    """A port that nobody has, and that no system gives to a connection of somebody else meanwhile."""
    while True:
        port = random.randint(20_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as tried:
            tried.bind(("127.0.0.1", port))
            return port


def client(backend: Backend, token: str = TOKEN) -> OpenAI:
    return OpenAI(base_url=backend.server.status().url, api_key=token, max_retries=0, timeout=180)


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str | None
) -> tuple[int, dict[str, Any], dict[str, str]]:
    """A raw request: status, body and headers of the answer. A header of None is not sent."""
    sent: dict[str, str | None] = {
        "host": f"127.0.0.1:{port}",
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, json.loads(text) if text else {}, told
    finally:
        connection.close()


def opened_stream(port: int, token: str = TOKEN, **fields: Any) -> socket.socket:
    """A connection that has asked for a streamed chat answer and reads nothing of it."""
    body = json.dumps({"model": "starter", "messages": HELLO, "stream": True, **fields}).encode()
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.settimeout(60)
    raw.connect(("127.0.0.1", port))
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    raw.sendall(head.encode() + body)
    return raw


def read(raw: socket.socket) -> bytes:
    """What comes until the other side closes."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := raw.recv(65536):
            parts.append(part)
    return b"".join(parts)
