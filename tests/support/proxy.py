"""A plain HTTP proxy on loopback that remembers whom it was sent to."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[str]

    def do_GET(self) -> None:
        url = urlsplit(self.path)  # a proxy is asked with the whole address
        self.seen.append(url.netloc)
        with contextlib.closing(http.client.HTTPConnection(url.netloc, timeout=60)) as connection:
            self._pass_on(connection, f"{url.path}?{url.query}")

    def _pass_on(self, connection: http.client.HTTPConnection, path: str) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        try:
            body = answer.read()
        except http.client.IncompleteRead as broken:
            body, self.close_connection = broken.partial, True
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "date", "server"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests look at `seen`."""


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """Address of the proxy, and the ``host:port`` of every request that it was given."""
    seen: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"seen": seen}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
