"""One behaviour for all chat engines: the local worker, an Ollama daemon, an OpenAI-compatible server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import psutil
import pytest

from backend.engines.base import ChatEngine
from backend.engines.connection import Connection
from backend.engines.connections import Connections
from backend.engines.ids import RemoteId, RemoteKind
from backend.engines.ollama import OllamaEngine
from backend.engines.openai import OpenAIEngine
from backend.engines.types import Finished, FinishReason, LoadOptions, Sampling
from backend.errors import AppError
from backend.events import EventBus
from backend.net.network import Network
from backend.paths import Paths
from backend.settings import SettingsStore
from tests.support.engines import PATIENCE_S, Bench, Listener, user
from tests.support.models import scripted_model
from tests.support.standin.talking import Script
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_openai import StandInOpenAI

GREEDY = Sampling(temperature=0.0, seed=7)
OPTIONS = LoadOptions(n_ctx=1024, threads=1)


class Life(Protocol):
    """An engine, and models whose answers are known."""

    engine: ChatEngine
    counts: bool

    def model(self, *pieces: str, loop: bool = False) -> str:
        """The address of a model that answers with `pieces`, a token each."""

    def broken(self, key: str) -> tuple[Listener, Finished]:
        """An answer of an endless model that breaks off after some tokens."""


class LocalLife:
    counts = True

    def __init__(self, home: Path) -> None:
        self._bench = Bench(home)
        self._numbers = itertools.count()
        self.engine: ChatEngine = self._bench.engine

    def model(self, *pieces: str, loop: bool = False) -> str:
        path = self._bench.paths.data / f"scripted-{next(self._numbers)}.gguf"
        return str(scripted_model(path, pieces, loop=loop))

    def broken(self, key: str) -> tuple[Listener, Finished]:
        listener, generation = self._bench.begin(key, user("Go"), GREEDY)
        psutil.Process(self._bench.worker_pid(key)).kill()
        (end,) = generation.wait(PATIENCE_S)
        return listener, end

    def close(self) -> None:
        self._bench.engine.close()


class RemoteLife:
    def __init__(self, home: Path, server: StandInDaemon | StandInOpenAI) -> None:
        self._server = server
        server.talker.context = 10**9  # or all of an endless answer might come before anybody cancels
        self._numbers = itertools.count()
        bus = EventBus()
        self._network = Network(bus, offline=True)  # the switch does not mean servers on this machine
        connections = Connections(self._network, SettingsStore(Paths.under(home).settings), bus)
        kind: RemoteKind = "ollama" if isinstance(server, StandInDaemon) else "openai"
        make = OllamaEngine if isinstance(server, StandInDaemon) else OpenAIEngine
        self.engine: ChatEngine = make(self._network, connections, bus)
        self.counts = kind == "openai"
        self._connection = connections.add(Connection("", kind, "Mine", server.url))

    def model(self, *pieces: str, loop: bool = False) -> str:
        name, script = f"scripted:{next(self._numbers)}", Script(pieces, loop)
        if isinstance(self._server, StandInDaemon):
            self._server.have(name, script)
        else:
            self._server.models.append(name)
            self._server.talker.scripts[name] = script
        return str(RemoteId(self._connection.kind, self._connection.id, name))

    def broken(self, key: str) -> tuple[Listener, Finished]:
        self._server.talker.on_answer("cut", after=3)
        try:
            return ask(self.engine, key, GREEDY)
        finally:
            self._server.talker.on_answer("no")

    def close(self) -> None:
        self._server.close()
        self._network.close()


@pytest.fixture(scope="module", params=["local", "ollama", "openai"])
def life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    home = tmp_path_factory.mktemp(request.param)
    life: LocalLife | RemoteLife
    match request.param:
        case "local":
            life = LocalLife(home)
        case "ollama":
            life = RemoteLife(home, StandInDaemon(home / "store"))
        case _:
            life = RemoteLife(home, StandInOpenAI("llama-server"))
    yield life
    life.close()


@pytest.fixture(scope="module")
def hello(life: Life) -> str:
    """The key of a model that says a few words."""
    return life.engine.load(life.model("Hel", "lo", " ", "wor", "ld", "!", " bye"), OPTIONS).key


@pytest.fixture(scope="module")
def endless(life: Life) -> str:
    return life.engine.load(life.model("on ", "and ", "then ", loop=True), OPTIONS).key


def ask(
    engine: ChatEngine, key: str, sampling: Sampling = GREEDY, text: str = "Hi"
) -> tuple[Listener, Finished]:
    """One answer, waited for."""
    listener = Listener()
    (end,) = engine.generate(key, user(text), sampling, listener).wait(PATIENCE_S)
    assert listener.ends == [end]
    return listener, end


def test_an_answer_streams_and_is_measured(life: Life, hello: str) -> None:
    listener, end = ask(life.engine, hello)
    assert listener.text() == "Hello world! bye"
    assert len(listener.deltas) > 1
    assert (end.reason, end.index, end.seed) == (FinishReason.STOP, 0, 7)
    assert end.timings.completion_tokens == listener.tokens() == 7
    assert end.timings.prompt_tokens > 0
    assert min(end.timings.ttft_s, end.timings.prompt_tps, end.timings.generation_tps) > 0
    assert end.error_title == end.note == ""


@pytest.mark.parametrize(
    ("stop", "text"),
    [(("world",), "Hello "), (("dxx", "ld"), "Hello wor"), (("nowhere",), "Hello world! bye")],
)
def test_stop_strings_end_it(life: Life, hello: str, stop: tuple[str, ...], text: str) -> None:
    listener, end = ask(life.engine, hello, replace(GREEDY, stop=stop))
    assert (listener.text(), end.reason) == (text, FinishReason.STOP)


def test_it_is_as_long_as_it_may_be(life: Life, endless: str) -> None:
    listener, end = ask(life.engine, endless, replace(GREEDY, max_tokens=5))
    assert (listener.text(), end.reason) == ("on and then on and ", FinishReason.LENGTH)
    assert end.timings.completion_tokens == 5


def test_a_cancelled_answer_keeps_its_text(life: Life, endless: str) -> None:
    listener = Listener()
    generating = life.engine.generate(endless, user("Go"), GREEDY, listener)
    assert listener.started.wait(PATIENCE_S)
    generating.cancel()
    (end,) = generating.wait(PATIENCE_S)
    assert end.reason is FinishReason.CANCELLED
    assert listener.text().startswith("on ")
    assert listener.ends == [end]
    assert ask(life.engine, endless, replace(GREEDY, max_tokens=1))[1].reason is FinishReason.LENGTH


def test_several_answers_have_seeds_of_their_own(life: Life) -> None:
    model = life.model("one ", "two")
    key = life.engine.load(model, replace(OPTIONS, parallel=3)).key
    listener = Listener()
    ends = life.engine.generate(key, user("Count"), GREEDY, listener, n=3).wait(PATIENCE_S)
    assert [(end.index, end.reason, end.seed) for end in ends] == [
        (index, FinishReason.STOP, 7 + index) for index in range(3)
    ]
    assert [listener.text(index) for index in range(3)] == ["one two"] * 3
    life.engine.unload(key)


def test_reasoning_stands_apart(life: Life) -> None:
    key = life.engine.load(life.model("<think>", " so", " it is", "</think>", " four", "!"), OPTIONS).key
    listener, end = ask(life.engine, key)
    assert (listener.reasoning(), listener.text()) == ("so it is", "four!")
    assert (end.timings.reasoning_tokens, end.timings.completion_tokens) == (3, 6)
    life.engine.unload(key)


def test_what_else_could_have_been_said_is_told_of_the_answer(life: Life, hello: str) -> None:
    def told(key: str, **values: Any) -> str:
        listener, _ = ask(life.engine, key, replace(GREEDY, logprobs=2, **values))
        choices = [choice for delta in listener.deltas for choice in delta.choices]
        assert all(choice.logprob <= 0 and len(choice.alternatives) == 2 for choice in choices)
        return "|".join(choice.text for choice in choices)

    assert told(hello) == "Hel|lo| |wor|ld|!| bye"
    assert told(hello, stop=("world",)) == "Hel|lo| "
    key = life.engine.load(life.model("<think>", " so", "</think>", " four", "."), OPTIONS).key
    assert told(key) == " four|."
    life.engine.unload(key)


def test_what_came_before_a_failure_stays(life: Life) -> None:
    key = life.engine.load(life.model("on ", "and ", "then ", loop=True), OPTIONS).key
    listener, end = life.broken(key)
    assert end.reason is FinishReason.ERROR
    assert end.error_title
    assert end.error_hint
    assert end.error_code
    assert listener.text().startswith("on ")
    life.engine.unload(key)


def test_a_model_is_loaded_once_and_gone_after_unloading(life: Life, hello: str) -> None:
    address = life.model("yes")
    first = life.engine.load(address, OPTIONS)
    assert life.engine.load(address, OPTIONS) == first
    assert (first.path, first.options, first.n_ctx) == (address, OPTIONS, 1024)
    assert first in life.engine.loaded()
    life.engine.unload(first.key)
    life.engine.unload(first.key)
    assert first not in life.engine.loaded()
    for call in (
        lambda: life.engine.generate(first.key, user("Hi"), GREEDY, Listener()),
        lambda: life.engine.count_tokens(first.key, user("Hi")),
    ):
        with pytest.raises(AppError) as caught:
            call()
        assert caught.value.code == "engine.not_loaded"
    assert ask(life.engine, hello)[1].reason is FinishReason.STOP


def test_a_model_that_is_not_there_cannot_be_loaded(life: Life) -> None:
    address = life.model("gone")
    missing = address.replace(".gguf", "x.gguf") if address.endswith(".gguf") else f"{address}x"
    with pytest.raises(AppError) as caught:
        life.engine.load(missing, OPTIONS)
    assert caught.value.title
    assert caught.value.hint


def test_tokens_are_counted_where_they_can_be(life: Life, hello: str) -> None:
    if not life.counts:
        with pytest.raises(AppError) as caught:
            life.engine.count_tokens(hello, user("a b c"))
        assert caught.value.code == "engine.cannot_count"
        return
    short, long = (life.engine.count_tokens(hello, user(text)) for text in ("a b", "a b c d e f"))
    assert 0 < short < long
