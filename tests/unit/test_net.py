"""The network: switch, ledger, bounds and redirects, against the stand-in hub.

Faults 11 (10 GB of JSON, compressed bombs), 12 (redirects); goal "outbound connections during offline: 0".
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import httpx2
import pytest

from backend.errors import AppError
from backend.events import Event, EventBus, NetworkUsed, OfflineChanged
from backend.net.addresses import check_redirect, is_loopback
from backend.net.bridge import Bridge
from backend.net.ledger import Outcome
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT, SECONDS
from tests.support.standin_hub import File, Repo, StandInHub

MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Big-GGUF", (File("big.gguf", size=20 * MEBIBYTE),), card="# Big\n"))
        yield hub


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def network(hub: StandInHub, bus: EventBus) -> Iterator[Network]:
    hub.reset()
    network = Network(bus)
    yield network
    network.close()


def test_offline_makes_no_connection_but_to_daemons_on_this_machine(hub: StandInHub, bus: EventBus) -> None:
    hub.reset()
    network = Network(bus, offline=True)
    for url in ("https://huggingface.co/api/models", "http://192.0.2.1/", "https://[2001:db8::1]/x"):
        for client in (network.client, network.hub_client):
            with pytest.raises(AppError, match="Offline") as caught:
                client.get(url)
            assert caught.value.code == "net.offline"
    assert network.client.get(f"{hub.endpoint}/api/models").status_code == 200

    network.treat_as_remote(hub.endpoint)
    before = hub.connections()
    with pytest.raises(AppError):
        network.client.get(f"{hub.endpoint}/api/models")
    with pytest.raises(AppError):
        network.check(f"{hub.endpoint}/x")
    assert hub.connections() == before
    rows = {row.host: row for row in network.ledger()}
    assert rows["huggingface.co"].blocked == 2
    assert rows["huggingface.co"].requests == 0
    network.close()


def test_turning_the_switch_on_breaks_a_running_transfer(
    hub: StandInHub, network: Network, bus: EventBus
) -> None:
    seen: list[Event] = []
    bus.subscribe(seen.append)
    network.treat_as_remote(hub.endpoint)
    network.treat_as_remote(hub.cdn)
    hub.fault("stall", "/acme/Big-GGUF/big.gguf", after=MEBIBYTE)
    url = f"{hub.endpoint}/acme/Big-GGUF/resolve/main/big.gguf"
    first = network.client.get(url)
    assert first.status_code == 302
    switch = threading.Thread(target=network.set_offline, args=(True,))
    with (
        pytest.raises(AppError) as caught,
        network.client.stream("GET", first.headers["Location"]) as response,
    ):
        read = 0
        for piece in response.iter_raw():
            read += len(piece)
            if read == MEBIBYTE:  # the server is silent from here on
                switch.start()
    switch.join()
    assert caught.value.code == "net.offline"
    assert OfflineChanged(True) in seen
    network.set_offline(False)
    assert network.client.get(url).status_code == 302


def test_the_standard_variable_keeps_the_switch_on(bus: EventBus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    network = Network(bus)
    network.set_offline(False)
    assert network.offline
    assert network.forced_offline
    network.close()


def test_the_ledger_says_who_how_much_and_why(hub: StandInHub, network: Network, bus: EventBus) -> None:
    seen: list[Event] = []
    bus.subscribe(seen.append)
    with network.reason("searching"):
        network.hub_client.get(f"{hub.endpoint}/api/models")
    with network.reason("downloading"):
        url = f"{hub.endpoint}/acme/Big-GGUF/resolve/main/big.gguf"
        location = network.client.get(url).headers["Location"]
        data = network.client.get(location).content
    assert len(data) == 20 * MEBIBYTE
    rows = {f"http://{row.host}": row for row in network.ledger()}
    assert rows[hub.endpoint].requests == 2
    assert rows[hub.endpoint].reason == "searching models, downloading"
    assert rows[hub.cdn].reason == "downloading"
    assert 20 * MEBIBYTE < rows[hub.cdn].bytes_received < 20 * MEBIBYTE + 2000
    assert 50 < rows[hub.cdn].bytes_sent < 2000
    assert NetworkUsed(hub.cdn.removeprefix("http://")) in seen


def test_every_request_is_listed_with_what_became_of_it(hub: StandInHub, network: Network) -> None:
    with network.reason("searching"):
        network.hub_client.get(f"{hub.endpoint}/api/models")
    network.hub_client.get(f"{hub.endpoint}/api/models/acme/none")
    url = f"{hub.endpoint}/acme/Big-GGUF/resolve/main/big.gguf"
    location = network.client.get(url).headers["Location"]
    with network.client.stream("GET", location) as response:
        pieces = response.iter_raw()
        next(pieces)
        assert network.requests()[0].outcome is Outcome.RUNNING
    with pytest.raises(httpx2.ConnectError):
        network.client.get("http://127.0.0.1:9/")
    network.set_offline(True)
    with pytest.raises(AppError):
        network.client.get("http://example.org/")
    rows = network.requests()
    assert [row.outcome for row in reversed(rows)] == [
        Outcome.DONE,
        Outcome.REFUSED,
        Outcome.DONE,
        Outcome.STOPPED,
        Outcome.FAILED,
        Outcome.BLOCKED,
    ]
    assert rows[-1].reason == "searching models" and rows[0].sent == rows[0].received == 0
    assert [row.number for row in rows] == [6, 5, 4, 3, 2, 1]
    network.clear_ledger()
    assert network.requests() == () and network.ledger() == ()


def test_an_answer_of_the_hub_is_bounded(hub: StandInHub, network: Network) -> None:
    hub.fault("endless_json", "/api/models")
    with pytest.raises(AppError) as caught:
        network.hub_client.get(f"{hub.endpoint}/api/models")
    assert caught.value.code == "net.too_much"
    received = sum(row.bytes_received for row in network.ledger())
    assert received <= API_LIMIT + MEBIBYTE


def test_an_announced_length_above_the_bound_is_not_read(hub: StandInHub, network: Network) -> None:
    with pytest.raises(AppError) as caught:
        network.hub_client.get(f"{hub.endpoint}/acme/Big-GGUF/resolve/main/big.gguf")
    assert caught.value.code == "net.too_much"
    assert sum(row.bytes_received for row in network.ledger()) < MEBIBYTE


@contextlib.contextmanager
def answering(send: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that reads one request, sends what `send` does, and lets go."""

    def serve() -> None:
        with listener, contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                send(connection)

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    thread.join()


@pytest.mark.parametrize("charset", ["undefined", "hex", "rot13", "idna", "utf-7", "latin-1"])
@pytest.mark.parametrize("bridged", [False, True])
def test_no_codec_that_a_stranger_names_is_used(network: Network, charset: str, bridged: bool) -> None:
    head = f"HTTP/1.1 404 No\r\nContent-Type: text/plain; charset={charset}\r\nContent-Length: 3\r\n\r\n"
    with answering(lambda connection: connection.sendall(head.encode() + "+ż".encode())) as url:
        if bridged:
            with httpx.Client(transport=Bridge(network, {})) as client:
                text = client.get(url).text
        else:
            text = network.hub_client.get(url).text
    assert text == "+ż"


def test_a_refusal_is_short_whatever_was_asked_for(network: Network) -> None:
    def send(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 404 No\r\n\r\n")
        while True:
            connection.sendall(bytes(MEBIBYTE))

    with answering(send) as url, pytest.raises(AppError) as caught:
        network.hub_client.get(url, extensions={LIMIT: 40 * 10**9})
    assert caught.value.code == "net.too_much"
    assert sum(row.bytes_received for row in network.ledger()) < API_LIMIT + 2 * MEBIBYTE


@pytest.mark.parametrize("again", [b"H", b"HTTP/1.1 103 Early Hints\r\n\r\n"], ids=["letters", "interim"])
def test_an_answer_that_never_begins_is_given_up(network: Network, again: bytes) -> None:
    over = threading.Event()

    def send(connection: socket.socket) -> None:
        for _ in range(500):
            if over.wait(0.01):
                return
            connection.sendall(again)

    with answering(send) as url:
        with pytest.raises(httpx2.ReadTimeout) as caught:
            network.hub_client.get(url, extensions={SECONDS: 0.3}, timeout=0.2)
        over.set()
    assert readable(caught.value, "x").code == "net.timeout"


class _Gzipped(http.server.BaseHTTPRequestHandler):
    body = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", self.path.strip("/"))
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(
    ("body", "coding", "code"),
    [
        (gzip.compress(b'{"a": 1}'), "gzip", None),
        (gzip.compress(bytes(200_000_000), 9), "gzip", "net.too_much"),
        (gzip.compress(b'{"a": 1}' * 100)[:-9], "gzip", "net.unreadable"),
        (b"no gzip at all", "gzip", "net.unreadable"),
        (b"\x0b\x02\x80", "br", "net.unreadable"),
    ],
    ids=["good", "bomb", "cut", "wrong", "not asked for"],
)
def test_compressed_answers(network: Network, body: bytes, coding: str, code: str | None) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), _Gzipped) as server:
        _Gzipped.body = body
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/{coding}"
        if code is None:
            assert network.hub_client.get(url).json() == {"a": 1}
        else:
            with pytest.raises(AppError) as caught:
                network.hub_client.get(url)
            assert caught.value.code == code
        thread.join()


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/x",
        "http://10.0.0.1/x",
        "https://192.168.1.1/admin",
        "https://169.254.169.254/latest/meta-data",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "https://user:secret@127.0.0.1/",
        "//10.1.2.3/",
    ],
)
def test_redirects_that_are_not_followed(hub: StandInHub, network: Network, location: str) -> None:
    hub.fault("redirect", "/start", location=location)
    with pytest.raises(AppError) as caught:
        network.hub_client.get(f"{hub.endpoint}/start")
    assert caught.value.code == "net.redirect"
    assert "secret" not in str(caught.value) + caught.value.title


def test_a_redirect_loop_ends(hub: StandInHub, network: Network) -> None:
    hub.fault("redirect_loop", "/round")
    with pytest.raises(httpx2.TooManyRedirects) as caught:
        network.hub_client.get(f"{hub.endpoint}/round")
    assert readable(caught.value, "hub").code == "net.redirect"
    assert len(hub.log("/round")) <= 12


@pytest.mark.parametrize(
    ("url", "target", "fine"),
    [
        ("https://huggingface.co/a", "https://cdn.example.org/b", True),
        ("https://huggingface.co/a", "http://huggingface.co/b", False),
        ("https://huggingface.co/a", "https://127.0.0.1/b", False),
        ("https://huggingface.co/a", "https://[::ffff:10.0.0.1]/b", False),
        ("https://huggingface.co/a", "https://internal.example.org/b", False),
        ("http://192.168.1.5/a", "http://192.168.1.5/b", True),
        ("http://192.168.1.5/a", "https://cdn.example.org/b", True),
    ],
)
def test_where_a_redirect_may_lead(url: str, target: str, fine: bool) -> None:
    def resolver(host: str) -> tuple[str, ...]:
        return ("10.9.8.7",) if host.startswith("internal") else ("93.184.215.14",)

    if fine:
        check_redirect(url, target, resolver)
    else:
        with pytest.raises(AppError):
            check_redirect(url, target, resolver)


def test_every_request_has_a_timeout(hub: StandInHub, network: Network) -> None:
    """huggingface_hub passes timeout=None, which would wait for ever."""
    response = network.hub_client.get(f"{hub.endpoint}/api/models", timeout=None)
    assert response.request.extensions["timeout"] == {
        "connect": 10.0,
        "read": 30.0,
        "write": 30.0,
        "pool": 10.0,
    }
    hub.fault("hold", "/api/models")
    with pytest.raises(httpx2.ReadTimeout) as caught:
        network.hub_client.get(f"{hub.endpoint}/api/models", timeout=0.2)
    assert readable(caught.value, "hub").code == "net.timeout"


def test_servers_leave_no_cookies(hub: StandInHub, network: Network) -> None:
    hub.fault("status", "/c", code=404, headers={"Set_Cookie": "id=1; Path=/"})
    assert "set-cookie" in network.hub_client.get(f"{hub.endpoint}/c").headers
    assert not list(network.hub_client.cookies.jar)


def test_the_real_hub_library_obeys(hub: StandInHub, network: Network, tmp_path: Path) -> None:
    network.configure_hub_library()
    from huggingface_hub import HfApi

    api = HfApi(endpoint=hub.endpoint, token=False)
    assert [m.id for m in api.list_models()] == ["acme/Big-GGUF"]
    network.treat_as_remote(hub.endpoint)
    network.set_offline(True)
    before = hub.connections()
    with pytest.raises(AppError) as caught:
        list(api.list_models())
    assert caught.value.code == "net.offline"
    assert hub.connections() == before


def test_nobody_listens(network: Network) -> None:
    hub = StandInHub()
    hub.close()
    with pytest.raises(httpx2.ConnectError) as caught:
        network.hub_client.get(f"{hub.endpoint}/api/models")
    error = readable(caught.value, "hub.example")
    assert error.code == "net.unreachable"
    assert "hub.example" in error.title
    assert error.retryable


def test_what_counts_as_this_machine() -> None:
    yes = (
        "127.0.0.1",
        "127.8.9.1",
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
    )
    no = ("localhost.example.org", "10.0.0.1", "huggingface.co", "0.0.0.0", "::", "127.0.0.1.example.org")
    assert all(map(is_loopback, yes))
    assert not any(map(is_loopback, no))
