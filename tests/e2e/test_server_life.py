"""How requests to the local server end before their time, and what becomes of the server itself."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openai
import pytest

from backend.adapters.types import Rack, Strip
from backend.app import Backend
from backend.chats.types import MessageState
from backend.engines.base import Generating
from backend.engines.embedding import Embedded
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import Delta, FinishReason, GenerationEvent, LoadOptions
from backend.errors import AppError
from backend.events import EventBus, MessageChanged, ServerAsked, ServerChanged
from backend.server import service, streaming
from backend.server.service import LocalServer
from backend.server.types import ServerState
from backend.settings import SettingsStore
from tests.support.adapters import random_adapter
from tests.support.models import scripted_model
from tests.support.scripted_engine import ScriptedEngine, SmallLibrary
from tests.support.serving import (
    HELLO,
    TOKEN,
    ask,
    client,
    free_port,
    opened_stream,
    port_of,
    read,
    serving,
)
from tests.support.waiting import Events

ON = {"model": "endless"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    scripted_model(folder / "endless.gguf", ("on ", "and ", "then "), loop=True, name="Endless")
    return folder


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Backend]:
    with serving(tmp_path_factory.mktemp("serving"), models) as running:
        yield running


def until_said(raw: socket.socket, last: bytes) -> bytes:
    """What comes, up to `last`."""
    told = b""
    while last not in told:
        part = raw.recv(65536)
        assert part, told
        told += part
    return told


class Spy:
    """The answers that the server begins, with what they say."""

    def __init__(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: queue.Queue[tuple[Generating, list[GenerationEvent]]] = queue.Queue()
        generate = backend.engines.generate

        def spy(key: str, turns: Any, sampling: Any, hear: Any, **named: Any) -> Generating:
            heard: list[GenerationEvent] = []

            def both(event: GenerationEvent) -> None:
                heard.append(event)
                hear(event)

            answers = generate(key, turns, sampling, both, **named)
            self.begun.put((answers, heard))
            return answers

        monkeypatch.setattr(backend.engines, "generate", spy)


def test_who_leaves_the_queue_is_never_answered(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    spy, port = Spy(backend, monkeypatch), port_of(backend)
    with opened_stream(port, n=backend.server.settings().parallel, **ON) as first:
        answering, _ = spy.begun.get(timeout=60)
        assert first.recv(64)
        for stream in (True, False):
            with opened_stream(port, stream=stream, **ON):
                waiting, heard = spy.begun.get(timeout=60)
            (end,) = waiting.wait(60)
            assert (end.reason, end.timings.completion_tokens) == (FinishReason.CANCELLED, 0)
            assert not [event for event in heard if isinstance(event, Delta)]
        assert first.recv(64), "nobody else's answer ends"
    assert answering.wait(60)[0].reason is FinishReason.CANCELLED


def test_who_never_reads_is_cut_off_and_holds_up_nobody(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With small buffers in the system, or it would take the whole answer for the client."""
    listening = service._listening

    def narrow(port: int) -> socket.socket:
        made = listening(port)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        return made

    monkeypatch.setattr(service, "_listening", narrow)
    monkeypatch.setattr(streaming, "SEND_S", 0.3)
    backend.server.stop()
    backend.server.start(port=0, token=TOKEN)
    spy, port, events = Spy(backend, monkeypatch), port_of(backend), Events(backend.bus)
    with opened_stream(port, logprobs=True, top_logprobs=20, n=4, **ON):
        ignored, _ = spy.begun.get(timeout=60)
        with client(backend) as api:
            chunks = api.chat.completions.create(
                model="endless", messages=HELLO, stream=True, temperature=0, max_tokens=30
            )
            assert "".join(c.choices[0].delta.content or "" for c in chunks).startswith("on and then ")
        assert {end.reason for end in ignored.wait(60)} == {FinishReason.CANCELLED}
    events.wait(
        lambda event: isinstance(event, ServerAsked) and event.line.error == "The connection was closed."
    )
    monkeypatch.undo()
    backend.server.stop()
    backend.server.start(port=0, token=TOKEN)


def test_the_window_and_clients_use_one_model_side_by_side(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    events, spy = Events(backend.bus), Spy(backend, monkeypatch)
    with opened_stream(port_of(backend), **ON) as raw:
        answering, _ = spy.begun.get(timeout=60)
        chat = backend.chats.create(next(m.id for m in backend.engines.models() if m.name == "endless"))
        backend.chats.update(chat.id, sampling=replace(chat.sampling, temperature=0.0, max_tokens=20))
        backend.chats.send(chat.id, "talk")
        said = events.wait(
            lambda event: (
                isinstance(event, MessageChanged)
                and event.message.role == "assistant"
                and event.message.state is not MessageState.STREAMING
            )
        )
        assert isinstance(said, MessageChanged) and said.message.text.startswith("on and then ")
        assert raw.recv(64)
        assert len({context.process for context in backend.engine._contexts.alive()}) == 1
        # An answer whose model is taken away did not end by itself, and says so.
        for loaded in backend.engine.loaded():
            backend.engine.unload(loaded.key)
        assert answering.wait(60)[0].reason is FinishReason.CANCELLED
        last = until_said(raw, b"\r\n0\r\n\r\n")
        assert b'"code":"server.stopped"' in last and b"[DONE]" not in last


def test_a_mix_can_be_asked_for_as_soon_as_it_is_saved(backend: Backend, tmp_path: Path) -> None:
    path = random_adapter(tmp_path / "tone.gguf")
    plain: dict[str, Any] = {"model": "starter+Loud one", "messages": HELLO, "max_tokens": 3}
    with client(backend) as api:
        with pytest.raises(openai.NotFoundError):
            api.chat.completions.create(**plain)
        mix = backend.mixes.save("Loud one", "starter", Rack((Strip(str(path)),)))
        assert api.chat.completions.create(**plain).model == "starter+Loud one"
        assert api.models.retrieve("starter+Loud one").id in [one.id for one in api.models.list()]
        with pytest.raises(openai.BadRequestError) as refused:
            api.embeddings.create(model="starter+Loud one", input="x")
        assert refused.value.param == "model"
        path.rename(path.with_suffix(".gone"))
        with pytest.raises(openai.BadRequestError, match=r"tone\.gguf") as refused:
            api.chat.completions.create(**plain)
        assert refused.value.param == "model"
        backend.mixes.delete(mix.id)
        with pytest.raises(openai.NotFoundError, match="starter"):
            api.chat.completions.create(**plain)
        assert "starter+Loud one" not in [one.id for one in api.models.list()]


@pytest.fixture
def own(tmp_path: Path, models: Path) -> Iterator[Backend]:
    with serving(tmp_path, models) as running:
        yield running


def test_a_server_that_stops_ends_its_answers_and_can_begin_elsewhere(
    own: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy, server, old = Spy(own, monkeypatch), own.server, port_of(own)
    with opened_stream(old, **ON) as raw:
        answering, _ = spy.begun.get(timeout=60)
        assert raw.recv(64)
        server.stop()
        assert answering.wait(60)[0].reason is FinishReason.CANCELLED
        read(raw)  # to the end
    assert (server.status().state, server.status().url) == (ServerState.OFF, "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", old))
    other = free_port()
    server.start(port=other, token="ora-another")
    assert port_of(own) == other
    with client(own) as stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
    with client(own, "ora-another") as api:
        assert api.models.list().data
    # Ended by itself, it says so, and can be started again.
    events, thread = Events(own.bus), server._thread
    assert thread is not None and thread._server is not None
    thread._server.should_exit = True
    events.wait(lambda event: isinstance(event, ServerChanged) and event.status.state is ServerState.FAILED)
    assert server.status().error_title and not server.status().url
    assert server.start(port=0, token=TOKEN).state is ServerState.RUNNING
    # And with the window closed there is none.
    port = port_of(own)
    with opened_stream(port, **ON) as raw:
        spy.begun.get(timeout=60)
        own.close()
        with contextlib.suppress(ConnectionError):
            read(raw)
    assert server.status().state is ServerState.OFF
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


class SlowEmbedder:
    """Makes vectors once it may."""

    def __init__(self) -> None:
        self.asked: queue.Queue[str] = queue.Queue()
        self.may = threading.Event()

    def embed(self, address: str, texts: Sequence[str]) -> Embedded:
        self.asked.put(texts[0])
        assert self.may.wait(60)
        return Embedded(np.ones((len(texts), 2), dtype=np.float32), (1,) * len(texts))


def scripted(home: Path, engine: ScriptedEngine, bus: EventBus) -> tuple[LocalServer, SlowEmbedder, int]:
    """A running server over an engine that the test drives; with its port."""
    embedder = SlowEmbedder()
    engines = Engines(engine, SmallLibrary(home / "starter.gguf"))
    settings = SettingsStore(home / "settings.json")
    server = LocalServer(engines, ModelRoom(engine), embedder, settings, bus, LoadOptions)  # type: ignore[arg-type]
    return server, embedder, int(server.start(port=0, token=TOKEN).url.split(":")[2].removesuffix("/v1"))


def test_whoever_waits_for_vectors_takes_nothing_from_others(tmp_path: Path) -> None:
    bus = EventBus()
    events = Events(bus)
    server, embedder, port = scripted(tmp_path, ScriptedEngine(), bus)
    answers: list[int] = []

    def ask_for(text: str) -> None:
        body = json.dumps({"model": "starter", "input": text}).encode()
        answers.append(ask(port, "POST", "/v1/embeddings", body)[0])

    try:
        threads = [threading.Thread(target=ask_for, args=("stays",)) for _ in range(40)]
        for thread in threads:
            thread.start()
        for _ in range(4):
            embedder.asked.get(timeout=60)
        assert ask(port, "GET", "/v1/models")[0] == 200
        gone = json.dumps({"model": "starter", "input": "gone"})
        with socket.create_connection(("127.0.0.1", port)) as raw:
            head = (
                f"POST /v1/embeddings HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {TOKEN}\r\n"
            )
            kind = f"Content-Type: application/json\r\nContent-Length: {len(gone)}\r\n\r\n"
            raw.sendall((head + kind + gone).encode())
        events.wait(lambda event: isinstance(event, ServerAsked) and event.line.status == 499)
        embedder.may.set()
        for thread in threads:
            thread.join(60)
        assert answers == [200] * 40
        assert {embedder.asked.get(timeout=60) for _ in range(36)} == {"stays"} and embedder.asked.empty()
    finally:
        embedder.may.set()
        server.stop()


def test_who_leaves_while_the_model_loads_is_never_answered(tmp_path: Path) -> None:
    engine, bus = ScriptedEngine(wait_in_load=True), EventBus()
    events = Events(bus)
    server, _, port = scripted(tmp_path, engine, bus)
    try:
        for stream in (True, False):
            engine.loading.clear()
            events.clear()
            with opened_stream(port, stream=stream):
                assert engine.loading.wait(60)
            events.wait(lambda event: isinstance(event, ServerAsked) and event.line.status == 499)
        # The next one gets a load of its own, and what went before left no answer behind.
        engine.wait_in_load = False
        with opened_stream(port) as raw:
            generation = engine.next()
            generation.say("Hello")
            generation.end()
            assert b"Hello" in until_said(raw, b"[DONE]")
        assert len(engine.loads) == 1 and not engine._generations
        # What cannot be loaded is told with a status, not in a stream.
        engine.failure = AppError("engine.memory", "There is not enough memory.", "Close something.")
        body = b'{"model":"other","messages":[{"role":"user","content":"x"}],"stream":true}'
        status, refused, _ = ask(port, "POST", "/v1/chat/completions", body)
        assert (status, refused["error"]["code"]) == (503, "engine.memory")
        assert refused["error"]["message"] == "There is not enough memory. Close something."
    finally:
        engine.failure = None
        server.stop()
