"""Engines on other servers: how a server can fail, what is asked of it, and what it never gets.
The behaviour that all engines share is in `tests/e2e/test_chat_engines.py`."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.engines import openai_body, sse
from backend.engines.base import ChatEngine
from backend.engines.connection import Connection
from backend.engines.connections import Connections
from backend.engines.ids import RemoteId
from backend.engines.ollama import OllamaEngine
from backend.engines.openai import OpenAIEngine
from backend.engines.types import (
    Alternative,
    Finished,
    FinishReason,
    LoadOptions,
    Sampling,
    TokenChoice,
    ToolCall,
    Turn,
)
from backend.errors import AppError
from backend.events import EventBus
from backend.net.network import Network
from backend.settings import SettingsStore
from tests.support.engines import PATIENCE_S, Listener, user
from tests.support.keyrings import MemoryKeyring, installed
from tests.support.standin.talking import Script
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_openai import StandInOpenAI

KEY = "sk-canary-4711"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
PLAIN = Sampling()
ON = Script(("on ", "and ", "then "), loop=True)


@dataclass
class Desk:
    """Both engines, with a connection to a stand-in for each."""

    network: Network
    connections: Connections
    openai: OpenAIEngine
    ollama: OllamaEngine
    server: StandInOpenAI
    daemon: StandInDaemon

    def key(self, engine: str, model: str) -> str:
        """The key of a model, loaded."""
        connection = next(each for each in self.connections.all() if each.name == engine)
        found: ChatEngine = self.openai if engine == "openai" else self.ollama
        return found.load(str(RemoteId(connection.kind, connection.id, model)), LoadOptions(n_ctx=512)).key

    def ask(
        self,
        key: str,
        sampling: Sampling = PLAIN,
        text: str = "Hi",
    ) -> tuple[Listener, Finished]:
        listener = Listener()
        engine: ChatEngine = self.openai if key.startswith("openai") else self.ollama
        (end,) = engine.generate(key, user(text), sampling, listener).wait(PATIENCE_S)
        return listener, end


@pytest.fixture(params=["openai", "ollama"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    bus = EventBus()
    network = Network(bus)
    with (
        installed(MemoryKeyring()),
        StandInOpenAI("llama-server", ("echo", "on:1", "upper"), KEY) as server,
        StandInDaemon(tmp_path / "store") as daemon,
    ):
        server.talker.scripts["on:1"] = ON
        daemon.have("on:1", ON)
        daemon.have("echo:1")
        connections = Connections(network, SettingsStore(tmp_path / "settings.json"), bus, env={})
        connections.add(Connection("", "openai", "openai", server.url), KEY)
        connections.add(Connection("", "ollama", "ollama", daemon.url), KEY)
        made = OpenAIEngine(network, connections, bus), OllamaEngine(network, connections, bus)
        yield Desk(network, connections, *made, server, daemon)
    network.close()


def stand_in(desk: Desk, which: str) -> StandInOpenAI | StandInDaemon:
    return desk.server if which == "openai" else desk.daemon


# What can go wrong.


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ({"kind": "status", "code": 401}, "remote.key", "key"),
        ({"kind": "status", "code": 403}, "remote.key", "key"),
        ({"kind": "status", "code": 404}, "remote.not_found", "127.0.0.1"),
        ({"kind": "status", "code": 429, "headers": {"Retry_After": "17"}}, "remote.busy", "17"),
        ({"kind": "status", "code": 500}, "remote.trouble", "127.0.0.1"),
        ({"kind": "status", "code": 422, "message": f"bad key {KEY}"}, "remote.refused", "127.0.0.1"),
        ({"kind": "html"}, "remote.web_page", "web page"),
        ({"kind": "refuse"}, "net.broken", "127.0.0.1"),
        ({"kind": "redirect", "code": 307, "location": "ELSEWHERE"}, "remote.redirect", "address"),
    ],
    ids=lambda value: value.get("code", value["kind"]) if isinstance(value, dict) else "",
)
def test_a_refusal_is_told_and_the_key_stays(
    desk: Desk,
    which: str,
    fault: dict[str, Any],
    code: str,
    words: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    key = desk.key(which, "on:1")
    with StandInOpenAI() as elsewhere:
        if "location" in fault:
            fault = {**fault, "location": f"{elsewhere.url}/v1/chat/completions"}
        stand_in(desk, which).fault(**fault)
        listener, end = desk.ask(key)
        assert elsewhere.log() == []
    assert (end.reason, end.error_code) == (FinishReason.ERROR, code)
    assert words in f"{end.error_title} {end.error_hint}"
    assert end.error_hint
    assert listener.deltas == []
    told = f"{end} {desk.network.requests()} {desk.network.ledger()} {caplog.text}"
    assert KEY not in told
    assert any(row.reason for row in desk.network.ledger())


@pytest.mark.parametrize(
    ("how", "text", "code"),
    [
        ("error", "out of memory", "remote.trouble"),
        ("end", "", "net.broken"),
        ("cut", "", "net.broken"),
        ("line", "data: {not json", "net.unreadable"),
        ("line", 'data: [1, {"a": "b"}]', "net.unreadable"),
        ("line", "data: " + "[" * 100_000, "net.unreadable"),
        ("endless", "", "net.too_much"),
    ],
)
def test_trouble_in_the_middle_keeps_the_text(desk: Desk, which: str, how: str, text: str, code: str) -> None:
    key = desk.key(which, "on:1")
    stand_in(desk, which).talker.on_answer(how, 4, text)
    listener, end = desk.ask(key)
    assert (end.reason, end.error_code) == (FinishReason.ERROR, code)
    assert listener.text() == "on and then on "
    assert end.timings.completion_tokens == 4


def test_nobody_is_there(desk: Desk, which: str) -> None:
    key = desk.key(which, "on:1")
    stand_in(desk, which).close()
    _, end = desk.ask(key)
    assert end.error_code == "remote.not_running"
    connection = next(each for each in desk.connections.all() if each.name == which)
    state = desk.connections.check(connection)
    assert state.error is not None
    assert state.error.code == "remote.not_running"
    desk.network.set_offline(True)
    elsewhere = replace(
        connection, url="https://example.invalid/v1" if which == "openai" else "https://e.invalid"
    )
    error = desk.connections.check(elsewhere).error
    assert error is not None
    assert error.code == "net.offline"


def test_a_cancelled_answer_ends_on_the_server_too(desk: Desk, which: str) -> None:
    key = desk.key(which, "on:1")
    server = stand_in(desk, which)
    server.talker.context = 10**9  # or all of it might lie in the socket before anybody cancels
    engine: ChatEngine = desk.openai if which == "openai" else desk.ollama
    listener = Listener()
    generating = engine.generate(key, user("Go"), Sampling(), listener, n=2)
    assert listener.started.wait(PATIENCE_S)
    generating.cancel()
    ends = generating.wait(PATIENCE_S)
    assert {end.reason for end in ends} == {FinishReason.CANCELLED}
    assert server.talker.left.wait(PATIENCE_S)
    server.fault("hold")  # nothing comes at all
    generating = engine.generate(key, user("Go"), Sampling(), Listener())
    generating.cancel()
    assert generating.wait(PATIENCE_S)[0].reason is FinishReason.CANCELLED
    server.clear_faults()
    listener = Listener()
    generating = engine.generate(key, user("Go"), Sampling(), listener)
    assert listener.started.wait(PATIENCE_S)
    engine.unload(key)
    assert generating.wait(PATIENCE_S)[0].reason is FinishReason.CANCELLED


def test_a_conversation_that_is_too_long_says_so(desk: Desk) -> None:
    desk.server.talker.context = 40
    key = desk.key("openai", "on:1")
    assert desk.ask(key, text="word " * 50)[1].reason is FinishReason.CONTEXT
    listener, end = desk.ask(key, text="word " * 30)
    assert end.reason is FinishReason.CONTEXT
    assert listener.text()


# What is asked.


def test_alternatives_of_each_token(desk: Desk, which: str) -> None:
    listener, end = desk.ask(desk.key(which, "on:1"), Sampling(logprobs=2, max_tokens=3))
    assert end.reason is FinishReason.LENGTH
    choices = [choice for delta in listener.deltas for choice in delta.choices]
    others = (Alternative("on ", -0.25), Alternative("?", -2.0))
    assert choices[0] == TokenChoice("on ", -0.25, others)
    assert len(choices) == 3


TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]


def test_tools_are_passed_on_and_calls_come_back(desk: Desk, which: str) -> None:
    listener = Listener()
    key = desk.key(which, "echo" if which == "openai" else "echo:1")
    talker, engine = (
        (desk.server.talker, desk.openai) if which == "openai" else (desk.daemon.talker, desk.ollama)
    )
    if which == "openai":  # in pieces
        told = [
            [{"index": 0, "id": "one", "function": {"name": "weather", "arguments": ""}}],
            [{"index": 1, "id": "two", "function": {"name": "weather"}}],
            [{"index": 0, "function": {"arguments": '{"city": '}}],
            [{"index": 0, "function": {"arguments": '"Rome"}'}}],
        ]
    else:
        call: dict[str, Any] = {"function": {"name": "weather", "arguments": {"city": "Rome"}}}
        told = [[call], [{"function": {"name": "weather", "arguments": {}}}]]
    talker.scripts[key.rpartition("/")[2]] = Script(
        ("Well.", *(f"\\calls:{json.dumps(piece)}" for piece in told))
    )
    turns = (
        *user("Where?"),
        Turn("assistant", "", tool_calls=(ToolCall("abc123def", "weather", '{"city": "Oslo"}'),)),
        Turn("tool", "snow", tool_call_id="abc123def"),
        *user("And Rome?"),
    )
    (end,) = engine.generate(key, turns, PLAIN, listener, tools=json.dumps(TOOLS)).wait(PATIENCE_S)
    assert (end.error_title, listener.text()) == ("", "Well.")
    calls = [call for delta in listener.deltas for call in delta.tool_calls]
    assert [call.name for call in calls] == ["weather", "weather"]
    assert [json.loads(call.arguments) for call in calls] == [{"city": "Rome"}, {}]
    sent = talker.requests[-1]
    assert [tool["function"]["name"] for tool in sent["tools"]] == ["weather"]
    wanted = sent["messages"][1]["tool_calls"][0]["function"]
    assert wanted["name"] == "weather"
    assert wanted["arguments"] == ('{"city": "Oslo"}' if which == "openai" else {"city": "Oslo"})
    result = sent["messages"][2]
    assert result["role"] == "tool"
    assert result["tool_call_id" if which == "openai" else "tool_name"] in ("abc123def", "weather")
    (desk.server if which == "openai" else desk.daemon).fault(
        "status",
        "/v1/chat/completions" if which == "openai" else "/api/chat",
        code=400,
        message="echo does not support tools",
    )
    (end,) = engine.generate(key, turns, PLAIN, Listener(), tools=json.dumps(TOOLS)).wait(PATIENCE_S)
    assert end.error_code == "engine.no_tools"
    with pytest.raises(AppError, match="list of tools"):
        engine.generate(key, turns, PLAIN, Listener(), tools="{")


def test_the_options_of_an_answer_reach_an_ollama(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    key = desk.key("ollama", "echo:1")
    sampling = Sampling(
        temperature=0.5,
        top_k=3,
        min_p=0.1,
        seed=5,
        stop=("x", ""),
        max_tokens=9,
        format="schema",
        grammar="{}",
    )
    turns = (Turn("user", "see", (str(tmp_path / "a.png"),)), Turn("assistant", "I"))
    desk.ollama.generate(key, turns, sampling, Listener()).wait(PATIENCE_S)
    load, chat = desk.daemon.talker.requests[-2:]
    assert load == {
        "model": "echo:1",
        "prompt": "",
        "stream": False,
        "options": {"num_ctx": 512},
        "keep_alive": "10m",
    }
    assert chat["options"] == {
        "num_ctx": 512,
        "temperature": 0.5,
        "top_k": 3,
        "top_p": 0.95,
        "min_p": 0.1,
        "seed": 5,
        "repeat_penalty": 1.0,
        "presence_penalty": 0.0,
        "num_predict": 9,
        "stop": ["x"],
    }
    assert chat["format"] == {}
    first, last = chat["messages"]  # type: ignore[misc]
    assert first["images"] == ["iVBORw0KGgowMDAwMDAwMDAwMDAwMDAwMDAwMA=="]
    assert last == {"role": "assistant", "content": "I"}
    assert desk.daemon.loaded == ["echo:1"]
    desk.ollama.unload(key)
    assert desk.daemon.loaded == []
    with pytest.raises(AppError) as caught:
        desk.ollama.generate(
            desk.key("ollama", "echo:1"),
            user("x"),
            Sampling(format="grammar", grammar="root ::= x"),
            Listener(),
        )
    assert caught.value.code == "engine.grammar"


def test_every_server_is_asked_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    image = str(tmp_path / "a.png")

    def body(dialect: Any, turns: tuple[Turn, ...] = user("Hi"), **values: Any) -> dict[str, Any]:
        return openai_body.request("m", turns, Sampling(**values), 3, dialect)

    plain = body("plain")
    assert "top_k" not in plain
    assert "stop" not in plain
    assert "max_tokens" not in plain
    assert plain["stream_options"] == {"include_usage": True}
    assert (body("vllm", top_k=0)["top_k"], body("vllm", repeat_penalty=1.2)["repetition_penalty"]) == (
        -1,
        1.2,
    )
    assert body("llama-server", format="grammar", grammar="root ::= x")["grammar"] == "root ::= x"
    assert body("plain", format="json")["response_format"] == {"type": "json_object"}
    assert body("lmstudio", format="json")["response_format"]["json_schema"]["schema"] == {"type": "object"}
    schema = {"type": "object", "properties": {}}
    found = body("plain", format="schema", grammar=json.dumps(schema))["response_format"]["json_schema"]
    assert (found["schema"], found["strict"]) == (schema, True)
    assert body("plain", stop=("a", "", "b", "c", "d", "e"))["stop"] == ["a", "b", "c", "d"]
    goes_on = (*user("Hi"), Turn("assistant", "I am"))
    assert body("vllm", goes_on)["continue_final_message"] is True
    assert "continue_final_message" not in body("plain", goes_on)
    picture, words = body("plain", (Turn("user", "look", (image,)),))["messages"][0]["content"]
    assert picture["image_url"]["url"] == "data:image/png;base64,iVBORw0KGgowMDAwMDAwMDAwMDAwMDAwMDAwMA=="
    assert words == {"type": "text", "text": "look"}
    for code, values in (
        ("engine.grammar", {"format": "grammar", "grammar": "root ::= x"}),
        ("engine.grammar", {"format": "calls", "grammar": "[]"}),
        ("engine.schema", {"format": "schema", "grammar": "[1"}),
    ):
        with pytest.raises(AppError) as caught:
            body("plain", **values)
        assert caught.value.code == code
    with pytest.raises(AppError) as caught:
        body("plain", (Turn("user", "look", (__file__,)),))
    assert caught.value.code == "engine.image"


def test_what_the_server_splits_off_as_reasoning(desk: Desk) -> None:
    desk.server.talker.scripts["echo"] = Script(("\\think:hm ", "\\think:so", "\n\n", "four", "!"))
    listener, end = desk.ask(desk.key("openai", "echo"))
    assert (listener.reasoning(), listener.text()) == ("hm so", "four!")
    assert (end.timings.reasoning_tokens, end.timings.completion_tokens) == (2, 5)
    assert (end.timings.prompt_tps, end.timings.generation_tps) == (100.0, 50.0)  # as the server measured


@pytest.mark.parametrize("line", [": ping", "event: x", "data:", "data: {}", 'data: {"choices": 7}', "id: 1"])
def test_noise_in_the_stream_changes_nothing(desk: Desk, line: str) -> None:
    if line == "data:":
        line = 'data: {"choices": [{"delta": null, "logprobs": [], "finish_reason": 3}]}'
    desk.server.talker.on_answer("line", 2, line)
    listener, end = desk.ask(desk.key("openai", "echo"), text="a b c d")
    assert (listener.text(), end.reason) == ("a b c d", FinishReason.STOP)


_EVENTS = st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1))


@given(_EVENTS, st.lists(st.integers(0, 400)), st.sampled_from(["\n", "\r\n"]))
def test_events_do_not_depend_on_how_they_are_cut(texts: list[str], cuts: list[int], end: str) -> None:
    stream = "".join(f"data: {text}{end}{end}" for text in texts).encode()
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[a:b] for a, b in itertools.pairwise(places)]
    assert list(sse.events(pieces, "host")) == texts


def test_no_stream_can_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "LONGEST_EVENT", 1000)
    monkeypatch.setattr(sse, "LONGEST_STREAM", 5000)
    for piece in (b"x" * 100, b"data: x\n" + b"y" * 50, b"data: x\n\n"):
        with pytest.raises(AppError) as caught:
            list(sse.events((piece for _ in range(1000)), "host"))
        assert caught.value.code == "net.too_much"


def test_another_context_of_the_same_model(desk: Desk, which: str) -> None:
    key = desk.key(which, "on:1")
    engine: ChatEngine = desk.openai if which == "openai" else desk.ollama
    beside = engine.load(key, LoadOptions(n_ctx=256), beside=True)
    assert beside.key != key
    assert beside.path == key
    assert {loaded.n_ctx for loaded in engine.loaded()} == {256, 512}
    assert desk.ask(beside.key, Sampling(max_tokens=2))[0].text() == "on and "
    engine.unload(beside.key)
    assert engine.load(key, LoadOptions(n_ctx=128)).key == key
    assert [loaded.n_ctx for loaded in engine.loaded()] == [128]


def test_an_ollama_elsewhere_never_gets_the_key_of_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "canary-of-the-environment")
    desk.ask(desk.key("ollama", "on:1"), Sampling(max_tokens=1))
    assert {entry.token for entry in desk.daemon.log()} == {KEY}
