"""Connections: addresses, keys, what is asked and when, and all engines as one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.app import Backend
from backend.chats.types import Message, MessageState
from backend.engines.connection import Connection, normal_url, open_warning
from backend.engines.connections import Connections
from backend.engines.ids import remote_id
from backend.engines.types import LoadOptions, Sampling
from backend.errors import AppError
from backend.events import ConnectionsChanged, Event, EventBus, MessageChanged
from backend.net.network import Network
from backend.paths import Paths
from backend.settings import SettingsStore
from tests.support.engines import PATIENCE_S, Listener, user
from tests.support.keyrings import MemoryKeyring, installed
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_openai import StandInOpenAI
from tests.support.waiting import Events

KEY = "sk-canary-4711"


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    ring = MemoryKeyring()
    with installed(ring):
        yield ring


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(EventBus())
    yield network
    network.close()


def connections(network: Network, folder: Path, env: dict[str, str] | None = None) -> Connections:
    return Connections(network, SettingsStore(folder / "settings.json"), EventBus(), env=env or {})


@pytest.mark.parametrize(
    ("kind", "text", "url"),
    [
        ("openai", "127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("openai", " http://gpu-box:8000/v1/chat/completions ", "http://gpu-box:8000/v1"),
        ("openai", "https://router.huggingface.co/v1/", "https://router.huggingface.co/v1"),
        ("openai", "router.huggingface.co", "https://router.huggingface.co/v1"),
        ("openai", "192.168.1.5:1234", "http://192.168.1.5:1234/v1"),
        ("openai", "8.8.8.8", "https://8.8.8.8/v1"),
        ("openai", "https://host/api/v3/models", "https://host/api/v3"),
        ("openai", "http://[::1]:80/v1", "http://[::1]/v1"),
        ("openai", "HTTPS://Example.ORG:443", "https://example.org/v1"),
        ("ollama", "gpu-box", "http://gpu-box:11434"),
        ("ollama", "https://gpu.example.org/api/chat", "https://gpu.example.org"),
        ("ollama", "http://10.0.0.7:9999/v1", "http://10.0.0.7:9999"),
    ],
)
def test_addresses_as_people_paste_them(kind: str, text: str, url: str) -> None:
    assert normal_url(kind, text) == url  # type: ignore[arg-type]
    assert normal_url(kind, url) == url  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp://host",
        "http://me:secret@host",
        "http://",
        "a b",
        "http://host:99999",
        "http://h?x=1",
        "файл",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AppError) as caught:
        normal_url("openai", text)
    assert caught.value.code == "connection.url"
    assert "secret" not in f"{caught.value} {caught.value.detail}"


def test_who_can_read_along() -> None:
    assert open_warning("https://host.example/v1") == ""
    assert open_warning("http://localhost:8080/v1") == ""
    near = open_warning("http://gpu-box/v1", lambda _: ("192.168.1.9",))
    far = open_warning("http://gpu-box/v1", lambda _: ("93.184.216.34",))
    assert near
    assert far
    assert near != far


def test_a_connection_is_kept_without_its_key(network: Network, tmp_path: Path, ring: MemoryKeyring) -> None:
    mine = connections(network, tmp_path)
    first = mine.add(Connection("", "openai", "My GPU box", "gpu-box:8000"), KEY)
    second = mine.add(Connection("", "openai", "My GPU box", "gpu-box:8001"))
    assert (first.id, second.id) == ("my-gpu-box", "my-gpu-box-2")
    assert KEY not in (tmp_path / "settings.json").read_text()
    assert list(ring.entries.values()) == [KEY]
    again = connections(network, tmp_path)
    assert again.all()[1:] == (first, second)
    assert again.login(first).key == KEY
    assert not again.has_key(second)
    with pytest.raises(AppError) as caught:
        again.add(Connection("", "openai", "Twice", "http://gpu-box:8000/v1"))
    assert caught.value.code == "connection.twice"
    again.remove(first.id)
    again.remove(first.id)
    assert again.all()[1:] == (second,)
    assert ring.entries == {}
    with pytest.raises(AppError) as caught:
        again.get(first.id)
    assert caught.value.code == "connection.gone"


def test_a_key_stays_with_the_server_that_it_was_entered_for(
    network: Network, tmp_path: Path, ring: MemoryKeyring
) -> None:
    mine = connections(network, tmp_path)
    first = mine.add(Connection("", "openai", "Mine", "https://one.example"), KEY)
    settings = tmp_path / "settings.json"
    settings.write_text(settings.read_text().replace("one.example", "evil.example"))
    assert connections(network, tmp_path).login(replace(first, url="https://evil.example/v1")).key is None
    settings.write_text(settings.read_text().replace("evil.example", "one.example"))
    mine = connections(network, tmp_path)
    named = mine.update(replace(first, name="Other"))
    assert mine.login(named).key == KEY
    moved = mine.update(replace(named, url="https://two.example"))
    assert mine.login(moved).key is None
    assert ring.entries == {}
    mine.update(moved, "k2")
    assert mine.login(moved).key == "k2"
    mine.update(moved, "")
    assert mine.login(moved).key is None
    for bad in ("a b", "x\ny", "ż"):
        with pytest.raises(AppError) as caught:
            mine.update(moved, bad)
        assert caught.value.code == "connection.key"
        assert bad not in f"{caught.value} {caught.value.detail}"


def test_without_a_keyring_a_key_lasts_for_the_session(network: Network, tmp_path: Path) -> None:
    mine = connections(network, tmp_path)
    first = mine.add(Connection("", "openai", "Mine", "https://one.example"), KEY)
    assert mine.login(first).key == KEY
    assert connections(network, tmp_path).login(first).key is None


def test_settings_of_somebody_else_do_no_harm(network: Network, tmp_path: Path) -> None:
    rows = [
        {"id": "../x", "kind": "openai", "name": "a", "url": "http://h"},
        {"id": "ollama", "kind": "ollama", "name": "a", "url": "http://h"},
        {"id": "b", "kind": "other", "name": "a", "url": "http://h"},
        {"id": "c", "kind": "openai", "name": "a", "url": "http://me:pw@h"},
        {"id": "d"},
        {"id": "good", "kind": "openai", "name": "Good", "url": "http://h/v1"},
    ]
    (tmp_path / "settings.json").write_text(json.dumps({"connections": rows}))
    assert [each.id for each in connections(network, tmp_path).all()] == ["ollama", "good"]
    (tmp_path / "settings.json").write_text(json.dumps({"connections": [{"id": 7}, "x"]}))
    assert [each.id for each in connections(network, tmp_path).all()] == ["ollama"]
    assert connections(network, tmp_path, {"OLLAMA_HOST": "unix:///run/x"}).all() == ()


def test_what_a_look_finds(network: Network, tmp_path: Path, ring: MemoryKeyring) -> None:
    mine = connections(network, tmp_path)
    with StandInOpenAI("vllm", ("a", "b"), key=KEY) as server, StandInDaemon(tmp_path / "store") as daemon:
        daemon.have("tiny:1b")
        new = Connection("", "openai", "", server.url)
        state = mine.check(new, KEY)
        assert (state.software, state.version, state.models, state.error) == ("vLLM", "0.11.0", 2, None)
        assert mine.known_models() == ()
        without = mine.check(new).error
        assert without is not None
        assert (without.code, "wants a key" in without.title) == ("remote.key", True)
        wrong = mine.check(new, "nope").error
        assert wrong is not None
        assert "nope" not in f"{wrong} {wrong.detail}"
        ollama = Connection("", "ollama", "", daemon.url)
        assert mine.check(ollama).software == "Ollama"
        for other in (replace(new, kind="ollama"), replace(ollama, kind="openai")):
            assert mine.check(other, KEY).error is not None
        added = mine.add(new, KEY)
        assert added.name == server.url.removeprefix("http://")
        (row, _) = mine.models(added)
        assert (row.id, row.engine, row.host, row.context_length) == (
            f"openai@{added.id}/a",
            "openai",
            added.name,
            4096,
        )
        assert mine.known_models() == mine.models(added)
        server.close()
        with pytest.raises(AppError):
            mine.models(added)
        assert {row.problem for row in mine.known_models()} == {f"Nobody answers at {added.host}."}


def test_all_engines_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: MemoryKeyring) -> None:
    with StandInOpenAI(models=("echo", "upper")) as server, StandInDaemon(tmp_path / "store") as daemon:
        daemon.have("upper:1b")
        monkeypatch.setenv("OLLAMA_HOST", daemon.url)
        with Backend(Paths.under(tmp_path / "home"), offline=True) as backend:
            events = Events(backend.bus)
            added = backend.connections.add(Connection("", "openai", "Mine", server.url))
            assert not server.log()
            assert not daemon.log()
            backend.engines.refresh()
            wanted = {f"openai@{added.id}/echo", f"openai@{added.id}/upper", "ollama@ollama/upper:1b"}
            while not wanted <= {model.id for model in backend.engines.models()}:
                events.wait(lambda event: isinstance(event, ConnectionsChanged))
                events.clear()
            model = backend.engines.find("ollama@ollama/upper:1b")
            assert (model.quant, model.host) == ("Q4_K_M", "Ollama on this machine")
            said = []
            for name in sorted(wanted):
                key = backend.engines.load(backend.engines.find(name).address, LoadOptions()).key
                listener = Listener()
                backend.engines.generate(key, user("good day"), Sampling(), listener).wait(PATIENCE_S)
                said.append(listener.text())
            assert said == ["GOOD DAY", "good day", "GOOD DAY"]
            assert len(backend.engines.loaded()) == 3
            loaded = backend.engines.load(model.address, LoadOptions())
            card = backend.engines.card(model, loaded, Sampling(), 7, "")
            host = daemon.url.removeprefix("http://")
            assert (card.engine, card.engine_version, card.seed) == ("ollama", f"Ollama 0.33.0, {host}", 7)
            assert card.sha256 == daemon.row("upper:1b")["digest"]
            assert backend.engines.peak_memory(loaded.key) == 0
            backend.engines.unload("ollama@ollama/upper:1b")
            assert daemon.loaded == []
            assert not backend.fit_ledger.runs()
            with pytest.raises(AppError) as caught:
                backend.engines.find("openai@gone/x")
            assert caught.value.code == "connection.gone"


def test_a_chat_with_a_model_elsewhere(tmp_path: Path) -> None:
    with StandInOpenAI("vllm", ("upper",)) as server, Backend(Paths.under(tmp_path / "home")) as backend:
        added = backend.connections.add(Connection("", "openai", "Mine", server.url))
        chat = backend.chats.create(f"openai@{added.id}/upper")
        events = Events(backend.bus)

        def ask(text: str) -> Message:
            events.clear()
            backend.chats.send(chat.id, text)
            found = events.wait(ended)
            assert isinstance(found, MessageChanged)
            return found.message

        answer = ask("what is it called")
        assert (answer.text, answer.state) == ("WHAT IS IT CALLED", MessageState.DONE)
        assert answer.model_id == f"openai@{added.id}/upper"
        use = backend.chats.context_use(chat.id)
        assert (use.approximate, use.n_ctx) == (False, 4096)
        server.talker.on_answer("cut", 2)
        answer = ask("it breaks off in the middle")
        assert (answer.text, answer.state) == ("IT BREAKS", MessageState.INTERRUPTED)
        assert answer.error_title
        server.close()
        backend.connections.remove(added.id)
        answer = ask("still there?")
        assert answer.state is MessageState.FAILED
        assert "not there any more" in answer.error_title


def ended(event: Event) -> bool:
    return (
        isinstance(event, MessageChanged)
        and event.message.role == "assistant"
        and event.message.state is not MessageState.STREAMING
    )


def test_ids() -> None:
    found = remote_id("openai@my-box/Qwen/Qwen3-8B:fast#2")
    assert found is not None
    assert (found.kind, found.connection, found.model) == ("openai", "my-box", "Qwen/Qwen3-8B:fast")
    for other in ("starter", "/home/openai@x/y", "openai@/x", "openai@X/y", "hf:a/b", "ollama:llama3"):
        assert remote_id(other) is None
