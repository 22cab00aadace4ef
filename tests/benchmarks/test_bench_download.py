"""How fast a download is on loopback, SHA-256 and syncing included, beside `curl`, which does neither."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadRequest, DownloadState
from backend.hubs.types import QuantFile, RemoteFile
from tests.support.downloading import desk

SIZE = 512 << 20
ROUNDS = 3

pytestmark = pytest.mark.benchmark


class _Handler(http.server.BaseHTTPRequestHandler):
    """Sends one file by the system's own copy, so that the server is not what is measured."""

    protocol_version = "HTTP/1.1"
    file: Path

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.send_header("ETag", '"bench"')
        self.end_headers()
        self.wfile.flush()
        with self.file.open("rb") as stream:
            self.connection.sendfile(stream)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of the server, and the digest of its file."""
    path = tmp_path_factory.mktemp("bench") / "model.gguf"
    block = os.urandom(1 << 20)
    with path.open("wb") as stream:
        for k in range(SIZE >> 20):
            stream.write(k.to_bytes(8, "big") + block[8:])
    digest = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True).stdout.split()[0]
    handler = type("Handler", (_Handler,), {"file": path})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host, port = server.socket.getsockname()[:2]
    with socket.create_connection((host, port)):
        pass
    yield f"http://{host}:{port}", digest
    server.shutdown()
    server.server_close()
    path.unlink()


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("sha256sum")), reason="needs curl, sha256sum")
def test_throughput_beside_curl(served: tuple[str, str], tmp_path: Path) -> None:
    endpoint, digest = served
    file = RemoteFile("model.gguf", SIZE, digest)
    request = DownloadRequest("acme/Bench-GGUF", "c" * 40, QuantFile("F16", (file,)))
    ours, curl, checked = [], [], []
    for round_ in range(ROUNDS):
        home = tmp_path / f"home{round_}"
        with desk(home, endpoint, limits=replace(Limits(), attempts=1)) as place:
            begin = time.perf_counter()
            job = place.downloads.wait(place.downloads.start(request).id, 120)
            ours.append(time.perf_counter() - begin)
            assert (job.state, job.error_detail) == (DownloadState.DONE, "")
        shutil.rmtree(home)
        target = tmp_path / "curl.gguf"
        begin = time.perf_counter()
        subprocess.run(["curl", "-sS", "-o", target, f"{endpoint}/model.gguf"], check=True)
        curl.append(time.perf_counter() - begin)
        subprocess.run(["sha256sum", target], capture_output=True, check=True)
        checked.append(time.perf_counter() - begin)
        target.unlink()
    rates = {
        name: SIZE / min(times) / 1e6 for name, times in (("ours", ours), ("curl", curl), ("both", checked))
    }
    print(f"\ndownload, verified and synced: {rates['ours']:.0f} MB/s (best of {ROUNDS})")
    print(f"curl alone: {rates['curl']:.0f} MB/s, ratio {rates['ours'] / rates['curl']:.2f}")
    print(f"curl, then sha256sum: {rates['both']:.0f} MB/s, ratio {rates['ours'] / rates['both']:.2f}")
