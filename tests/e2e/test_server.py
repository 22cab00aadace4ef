"""The local server with the real client, the real worker and the starter model."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from backend.app import Backend
from backend.errors import AppError
from backend.server.types import ServerState
from tests.support.serving import HELLO, TOKEN, ask, client, opened_stream, port_of, serving
from tests.support.waiting import until


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with serving(tmp_path_factory.mktemp("serving")) as running:
        yield running


def test_the_real_client_is_answered(backend: Backend) -> None:
    with client(backend) as api:
        assert "starter" in [model.id for model in api.models.list()]
        plain = {"model": "starter", "temperature": 0.0, "seed": 1, "max_tokens": 24}
        whole = api.chat.completions.create(messages=HELLO, n=2, **plain)
        text = whole.choices[0].message.content
        assert text and whole.choices[1].message.content == text
        assert whole.usage and whole.usage.completion_tokens > 0 and whole.usage.prompt_tokens > 0
        stream = api.chat.completions.create(
            messages=HELLO, stream=True, stream_options={"include_usage": True}, **plain
        )
        chunks = list(stream)
        assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == text
        assert chunks[-1].usage and chunks[-1].usage.prompt_tokens == whole.usage.prompt_tokens
        told = api.chat.completions.create(messages=HELLO, logprobs=True, top_logprobs=3, **plain)
        assert told.choices[0].logprobs and told.choices[0].logprobs.content
        assert len(told.choices[0].logprobs.content[0].top_logprobs) == 3
        schema = {"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"]}
        schema["additionalProperties"] = False
        shaped = api.chat.completions.create(
            messages=HELLO,
            response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": schema}},
            **{**plain, "max_tokens": 200},
        )
        assert isinstance(json.loads(shaped.choices[0].message.content or "")["a"], bool)
        completed = api.completions.create(prompt="The capital of", **plain)
        assert completed.choices[0].text
        vectors = api.embeddings.create(model="starter", input=["one", "another"])
        assert len(vectors.data) == 2
        assert sum(x * x for x in vectors.data[0].embedding) == pytest.approx(1, abs=1e-3)
        with pytest.raises(openai.NotFoundError):
            api.chat.completions.create(model="/etc/passwd", messages=HELLO)
    with client(backend, "wrong") as stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
    last = backend.server.log()[-1]
    assert (last.status, last.prompt, last.answer) == (401, "", "")


def test_who_may_not_ask_is_told_so(backend: Backend) -> None:
    port = port_of(backend)
    good = json.dumps({"model": "starter", "messages": HELLO, "max_tokens": 1}).encode()
    chat = "/v1/chat/completions"
    assert ask(port, "GET", "/v1/models", host=f"evil.test:{port}")[0] == 403
    assert ask(port, "GET", "/v1/models", origin="https://evil.test")[0] == 403
    assert ask(port, "OPTIONS", chat, origin="https://evil.test", authorization=None)[0] == 403
    assert ask(port, "GET", "/v1/models", authorization=None)[0] == 401
    assert ask(port, "POST", chat, good, content_type="text/plain")[0] == 415
    assert ask(port, "POST", chat, b" " * 1_000_001)[0] == 413
    assert ask(port, "GET", "/nothing")[0] == 404
    assert ask(port, "GET", chat)[0] == 405
    status, _, headers = ask(port, "GET", "/v1/models", host=f"localhost:{port}")
    assert status == 200 and not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", -1),
        ("n", 9),
        ("max_tokens", 2**63),
        ("max_tokens", 0),
        ("seed", -1),
        ("temperature", float("nan")),
        ("temperature", "1"),
        ("top_logprobs", 21),
        ("stop", ["a"] * 5),
        ("grammar", "root ::= x"),
        ("messages", []),
        ("messages.0.role", [{"role": "root", "content": "x"}]),
    ],
)
def test_a_wrong_field_is_named(backend: Backend, field: str, value: object) -> None:
    body = {"model": "starter", "messages": HELLO, field.partition(".")[0]: value}
    status, told, _ = ask(port_of(backend), "POST", "/v1/chat/completions", json.dumps(body).encode())
    assert status == 400
    assert told["error"]["param"].startswith(field.rpartition(".")[0] or field)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 10_000, b'"\xff"', b'{"a":' * 10_000])
def test_what_is_no_request_is_refused(backend: Backend, body: bytes) -> None:
    status, told, _ = ask(port_of(backend), "POST", "/v1/chat/completions", body)
    assert (status, told["error"]["type"]) == (400, "invalid_request_error")


def test_fifty_streams_beside_slow_and_silent_clients(backend: Backend) -> None:
    port = port_of(backend)
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    slow = [opened_stream(port, max_tokens=200) for _ in range(3)]
    texts: list[str] = []
    with client(backend) as api:

        def talk() -> None:
            stream = api.chat.completions.create(
                model="starter", messages=HELLO, stream=True, temperature=0.0, max_tokens=8
            )
            texts.append("".join(c.choices[0].delta.content or "" for c in stream))

        threads = [threading.Thread(target=talk) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    for one in (*silent, *slow):
        one.close()
    assert len(texts) == 50 and len(set(texts)) == 1 and texts[0]


def test_who_leaves_ends_the_answer(backend: Backend) -> None:
    prompt = [{"role": "user", "content": "Tell me a story."}]
    ends = []
    for stream in (True, False):
        raw = opened_stream(port_of(backend), messages=prompt, max_tokens=4000, n=4, stream=stream)
        until(backend.bus, lambda: backend.server.log()[-1].status in (0, 200))
        if stream:
            raw.recv(64)
        number = backend.server.log()[-1].id
        raw.close()
        until(backend.bus, lambda: any(one.id == number and one.status for one in backend.server.log()))  # noqa: B023
        ends.append(next(one for one in backend.server.log() if one.id == number))
    assert all("went away" in one.error for one in ends)
    with client(backend) as api:  # the model is free again
        assert api.chat.completions.create(model="starter", messages=HELLO, max_tokens=4).choices


def test_a_taken_port_is_told_with_another(tmp_path: Path) -> None:
    with socket.socket() as other, serving(tmp_path) as backend:
        backend.server.stop()
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AppError, match=str(port)) as error:
            backend.server.start(port=port, token=TOKEN)
        status = backend.server.status()
        assert error.value.code == "server.port_taken" and status.state is ServerState.FAILED
        assert status.free_port
        assert backend.server.start(port=status.free_port).state is ServerState.RUNNING
