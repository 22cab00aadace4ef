"""Who gets into the local server: hosts, origins, tokens, and where the server itself cannot be had."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openai
import pytest

from backend.app import Backend
from backend.errors import AppError
from backend.events import EventBus
from backend.server.guard import Guard, Rules
from backend.server.journal import Journal
from tests.support.command_line import MAIN
from tests.support.known_engine import know_engine
from tests.support.serving import HELLO, TOKEN, ask, client, port_of, read, serving

PAGE = "https://notes.example"
CHAT = "/v1/chat/completions"
BODY = json.dumps({"model": "starter", "messages": HELLO, "max_tokens": 1}).encode()


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with serving(tmp_path_factory.mktemp("serving")) as running:
        yield running


def test_a_web_page_may_ask_once_it_is_allowed(backend: Backend) -> None:
    port, before = port_of(backend), backend.server.settings()
    asks = {
        "authorization": None,
        "content_type": None,
        "access_control_request_method": "POST",
        "access_control_request_headers": "authorization,content-type,x-stainless-lang",
    }
    assert ask(port, "OPTIONS", CHAT, origin=PAGE, **asks)[0] == 403
    for wrong in ("notes.example", f"{PAGE}/path", "null", "*", "file://", "https://"):
        with pytest.raises(AppError) as refused:
            backend.server.configure(replace(before, origins=(wrong,)))
        assert refused.value.code == "server.origin"
    backend.server.configure(replace(before, origins=(PAGE,)))
    try:
        status, _, headers = ask(port, "OPTIONS", CHAT, origin=PAGE, **asks)
        assert (status, headers["access-control-allow-origin"]) == (204, PAGE)
        assert "POST" in headers["access-control-allow-methods"] and "origin" in headers["vary"].lower()
        allowed = headers["access-control-allow-headers"].replace(" ", "").split(",")
        assert set(allowed) >= set(str(asks["access_control_request_headers"]).split(","))
        status, told, headers = ask(port, "GET", "/v1/models", origin=PAGE)
        assert status == 200 and told["data"] and headers["access-control-allow-origin"] == PAGE
        assert "access-control-allow-credentials" not in headers
        # It can read why it was refused, and needs the token like everybody else.
        status, _, headers = ask(port, "POST", CHAT, BODY, origin=PAGE, authorization=None)
        assert (status, headers["access-control-allow-origin"]) == (401, PAGE)
        for other in (
            "https://evil.example",
            f"{PAGE}:8443",
            f"{PAGE}.evil.example",
            "http://notes.example",
            "null",
        ):
            for method, body in (("OPTIONS", None), ("POST", BODY), ("GET", None)):
                status, _, headers = ask(port, method, CHAT, body, origin=other)
                assert status == 403 and not any(name.startswith("access-control") for name in headers)
    finally:
        backend.server.configure(before)
    assert ask(port, "POST", CHAT, BODY, origin=PAGE)[0] == 403


def test_without_a_token_only_programs_of_this_machine_get_in(backend: Backend) -> None:
    port, before = port_of(backend), backend.server.settings()
    backend.server.configure(replace(before, token_required=False))
    try:
        assert backend.server.status().token == ""
        assert ask(port, "GET", "/v1/models", authorization=None)[0] == 200
        assert ask(port, "POST", CHAT, BODY, authorization=None, host=f"evil.test:{port}")[0] == 403
        assert ask(port, "POST", CHAT, BODY, authorization=None, host=f"127.0.0.1.nip.io:{port}")[0] == 403
        assert ask(port, "POST", CHAT, BODY, authorization=None, origin="https://evil.test")[0] == 403
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
            assert ask(port, "POST", CHAT, BODY, authorization=None, content_type=kind)[0] == 415
    finally:
        backend.server.configure(before)
    assert backend.server.status().token == TOKEN
    assert ask(port, "POST", CHAT, BODY, authorization=None)[0] == 401


def test_a_new_token_locks_out_who_has_the_old_one(backend: Backend) -> None:
    with client(backend) as old:
        assert old.models.list().data
        token = backend.server.new_token()
        with pytest.raises(openai.AuthenticationError):
            old.models.list()
    with client(backend, token) as new:
        assert new.models.list().data
    backend.server.stop()
    backend.server.start(port=0, token=TOKEN)


def test_none_of_a_thousand_strangers_gets_in() -> None:
    """Every one has at least one thing wrong; what else there is to say is drawn at random."""
    entered: list[Any] = []
    statuses: list[int] = []

    async def app(*arguments: Any) -> None:
        entered.append(arguments)

    guard = Guard(app, lambda: Rules(1976, TOKEN, (PAGE,)), Journal(EventBus(), lambda: False))
    draw = random.Random(6)
    hosts = (
        "evil.test:1976",
        "127.0.0.1",
        "127.0.0.1:1977",
        "localhost",
        "0.0.0.0:1976",
        "127.0.0.1:1976.evil",
        "",
    )
    origins = (
        "https://evil.test",
        "null",
        "http://127.0.0.1:1976",
        f"{PAGE}.evil",
        f"{PAGE}/",
        "",
        "file://",
    )
    tokens = (
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"bearer{TOKEN}",
        TOKEN,
        "Bearer ",
        "Bearer  " + TOKEN,
        "Ω",
    )

    async def knock() -> None:
        for _ in range(1000):
            wrong = draw.sample(("host", "origin", "token"), draw.randint(1, 3))
            headers = [("host", draw.choice(hosts) if "host" in wrong else "127.0.0.1:1976")]
            if "host" in wrong and draw.random() < 0.3:  # two of them, or none
                headers = [*headers, ("host", "127.0.0.1:1976")] if draw.random() < 0.5 else []
            if "origin" in wrong:
                headers.append(("origin", draw.choice(origins)))
            elif draw.random() < 0.3:
                headers.append(("origin", PAGE))
            if "token" not in wrong:
                headers.append(("authorization", f"Bearer {TOKEN}"))
            elif draw.random() < 0.8:
                headers.append(("authorization", draw.choice(tokens)))
            headers.append(("content-type", "application/json"))
            scope = {
                "type": "http",
                "method": draw.choice(("GET", "POST", "PUT", "DELETE")),
                "path": draw.choice(("/v1/models", CHAT, "/", "/openapi.json")),
                "client": ("127.0.0.1", 5),
                "headers": [(name.encode(), value.encode()) for name, value in headers],
            }

            async def receive() -> Any:
                return {"type": "http.request", "body": BODY, "more_body": False}

            async def send(message: Any) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            await guard(scope, receive, send)

    asyncio.run(knock())
    assert entered == [] and len(statuses) == 1000 and set(statuses) == {401, 403}


def test_odd_requests_are_refused_in_the_usual_words(backend: Backend) -> None:
    port = port_of(backend)
    assert ask(port, "GET", f"/v1/models?token={TOKEN}", authorization=None)[0] == 401
    assert ask(port, "GET", f"/v1/models?api_key={TOKEN}", authorization=None, x_api_key=TOKEN)[0] == 401
    for path in (
        "/v1/models/%2e%2e%2fetc",
        "/v1/models/a%00b",
        "/v1//models",
        "/V1/models",
        "/v1/models/%ff",
        "/",
    ):
        status, told, _ = ask(port, "GET", path)
        assert status == 404 and told["error"]["message"], path
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        assert ask(port, method, CHAT, BODY)[0] == 405
    start = BODY.decode().removesuffix("}")
    form = ', "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": %s}}}'
    for more in (
        form % '{"minimum": NaN}',
        form % '{"minimum": -Infinity}',
        form % ('{"minimum": 1e999, "type": "number"}'),
        form % ('{"minimum": 1%s}' % ("0" * 5000)),
        form % ('{"not": ' * 5000 + "{}" + "}" * 5000),
        form % '{"$ref": "#/nowhere"}',
        ', "tools": [{"type": "function", "function": {"name": "f", "parameters": {"a": NaN}}}]}',
        ', "temperature": 1e999}',
        ', "seed": 1e3}',
        ', "stop": "\\ud800"}',
        ', "n": true}',
        ', "n_discard": -1}',
        "} {}",
    ):
        status, told, _ = ask(port, "POST", CHAT, (start + more).encode())
        assert (status, told["error"]["type"]) == (400, "invalid_request_error"), more[:200]
    # Without a length, a body is counted as it comes.
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
        head = f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {TOKEN}\r\n"
        raw.sendall(f"{head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        raw.sendall((b"ffff\r\n" + b" " * 0xFFFF + b"\r\n") * 17 + b"0\r\n\r\n")
        assert raw.recv(64).startswith(b"HTTP/1.1 413")
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:  # headers without an end
        with contextlib.suppress(ConnectionError):
            raw.sendall(b"GET /v1/models HTTP/1.1\r\n" + b"X: y\r\n" * 100_000)
        assert not read(raw).startswith(b"HTTP/1.1 2")
    assert ask(port, "GET", "/v1/models")[0] == 200


_WITHOUT = """
import sys
sys.modules.update(starlette=None, uvicorn=None)  # as if they were not installed
sys.path.insert(0, sys.argv[1])
import main
home = ["--home", sys.argv[2], "--offline"]
print(main.main([*home, "serve", "--port", "0"]))
print(main.main([*home, "ls"]))
import ui.window
"""


def test_without_its_packages_the_rest_of_the_app_works(tmp_path: Path) -> None:
    know_engine(tmp_path)
    command = (sys.executable, "-c", _WITHOUT, str(MAIN.parent), str(tmp_path))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    code, *listed, ended = done.stdout.splitlines()
    assert (code, ended) == ("1", "0") and "starter" in "".join(listed).lower()
    said = done.stderr.splitlines()[0]
    assert "not installed" in said and "[serve]" in said and "Traceback" not in done.stderr
