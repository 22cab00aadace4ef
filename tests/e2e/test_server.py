"""The local server with the real client, the real worker and the starter model."""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from backend.adapters.types import Rack, Strip
from backend.app import Backend
from backend.engines.base import Generating
from backend.engines.types import Delta, FinishReason
from backend.errors import AppError
from backend.events import ServerAsked
from backend.server import connections, guard
from backend.server.answers import Burst
from backend.server.types import ServerState
from tests.support.adapters import random_adapter
from tests.support.serving import HELLO, TOKEN, ask, client, opened_stream, port_of, read, serving
from tests.support.waiting import Events


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with serving(tmp_path_factory.mktemp("serving")) as running:
        yield running


def test_a_mix_is_named_behind_its_base_and_answers_with_its_adapters(
    backend: Backend, tmp_path: Path
) -> None:
    path = random_adapter(tmp_path / "tone.gguf", gain=3.0)
    mix = backend.mixes.save("Tone", "starter", Rack((Strip(str(path)),)))
    plain: dict[str, Any] = {"messages": HELLO, "temperature": 0, "max_tokens": 12}
    try:
        with client(backend) as api:
            assert [one.id for one in api.models.list()] == ["starter", "starter+Tone"]
            texts = [
                api.chat.completions.create(model=name, **plain).choices[0].message.content
                for name in ("starter", "starter+Tone")
            ]
            with pytest.raises(openai.NotFoundError):
                api.chat.completions.create(model="starter+Other", **plain)
    finally:
        backend.mixes.delete(mix.id)
    assert texts[0] and texts[0] != texts[1]
    processes = {context.process for context in backend.engine._contexts.alive()}
    assert len(processes) == 1, "one model in memory for both"


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
    events = Events(backend.bus)
    with client(backend, "wrong") as stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
    events.wait(lambda event: isinstance(event, ServerAsked) and event.line.status == 401)
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
    for size in (1_000_001, 8_000_000):
        assert ask(port, "POST", chat, b" " * size)[0] == 413
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
            thread.join(180)
    for one in (*silent, *slow):
        one.close()
    assert len(texts) == 50 and len(set(texts)) == 1 and texts[0]


def test_who_leaves_ends_the_answers(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: queue.Queue[Generating] = queue.Queue()
    generate = backend.engines.generate

    def spy(*arguments: Any, **named: Any) -> Generating:
        answers = generate(*arguments, **named)
        begun.put(answers)
        return answers

    monkeypatch.setattr(backend.engines, "generate", spy)
    endless = {"type": "array", "items": {"type": "integer"}, "minItems": 100_000}
    form = {
        "type": "json_schema",
        "json_schema": {
            "name": "x",
            "schema": {"type": "object", "properties": {"a": endless}, "required": ["a"]},
        },
    }
    for stream in (True, False):
        with opened_stream(port_of(backend), stream=stream, response_format=form, n=8) as raw:
            answers = begun.get(timeout=60)
            if stream:
                assert raw.recv(64)
        assert {end.reason for end in answers.wait(60)} == {FinishReason.CANCELLED}


def test_who_is_too_slow_is_cut_off(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    port = port_of(backend)
    with monkeypatch.context() as hasty:
        hasty.setattr(connections, "REQUEST_S", 0.1)
        with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
            with contextlib.suppress(ConnectionError):
                raw.sendall(b"GET /v1/models HTTP/1.1\r\nHost:")  # and no more
            assert not read(raw)
    monkeypatch.setattr(guard, "BODY_S", 0.1)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
        head = f"POST /v1/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {TOKEN}\r\n"
        raw.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{{".encode())
        assert read(raw).startswith(b"HTTP/1.1 408")


def test_what_waits_for_a_slow_reader_is_bounded() -> None:
    async def flood() -> tuple[int, int]:
        cuts: list[int] = []
        burst = Burst(1, lambda: cuts.append(1))
        for _ in range(300):
            burst.hear(Delta("x" * 10_000))
        await asyncio.sleep(0)
        return len(cuts), len(burst._waiting)

    assert asyncio.run(flood()) == (1, 0)


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
