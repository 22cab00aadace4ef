"""The Ollama daemon against the stand-in, through the real `ollama` client and beside it: lists, pulling,
deleting; a daemon that is none; the offline switch and the ledger. Faults 11–13 for a daemon."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import ollama
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError, Cancelled
from backend.events import EventBus
from backend.hubs.ollama import daemon as module
from backend.hubs.ollama.daemon import DaemonModel, OllamaDaemon
from backend.hubs.ollama.host import daemon_url
from backend.net.network import Network
from tests.support.command_line import CommandLine, Done
from tests.support.standin_hub.declare import File
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_ollama.declare import Layer, Tag

TINY = Tag("1b", File("weights", size=300_000), (Layer("template", File("t", text="{{ .Prompt }}")),))


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[StandInDaemon]:
    with StandInDaemon(tmp_path / "models") as standin:
        standin.offer("tiny:1b", TINY)
        yield standin


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(EventBus())
    yield network
    network.close()


@pytest.fixture
def ours(standin: StandInDaemon, network: Network) -> OllamaDaemon:
    return OllamaDaemon(network, env={"OLLAMA_HOST": standin.url})


def _quiet(done: int, total: int, status: str) -> None:
    """Nobody looks at the progress."""


def _pull(daemon: OllamaDaemon, name: str = "tiny:1b") -> list[tuple[int, int, str]]:
    seen: list[tuple[int, int, str]] = []
    daemon.pull(name, lambda *step: seen.append(step), lambda: False)
    return seen


def _code(error: pytest.ExceptionInfo[AppError]) -> str:
    assert error.value.title
    assert error.value.hint
    return error.value.code


def test_a_key_that_cannot_be_sent_is_not_repeated(
    standin: StandInDaemon, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "canary-first\ncanary-second"
    monkeypatch.setenv("OLLAMA_API_KEY", key)  # the client reads it by itself
    daemon = OllamaDaemon(network, env={"OLLAMA_HOST": standin.url, "OLLAMA_API_KEY": key})
    for attempt in (daemon.installed, lambda: _pull(daemon), lambda: daemon.delete("tiny:1b")):
        with pytest.raises(AppError) as caught:
            attempt()
        error = caught.value
        assert _code(caught)
        assert "canary" not in f"{error} {error.detail} {error.args}"


# What it has


def test_a_pulled_model_is_listed_with_everything_known(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    assert ours.version() == "0.33.0"
    assert ours.url == f"http://{ours.host}" == standin.url
    assert ours.installed() == ()
    steps = _pull(ours)
    assert [done for done, _, _ in steps] == sorted(done for done, _, _ in steps)
    assert all(done <= total for done, total, _ in steps)
    whole = sum(file.length for file in TINY.blobs.values())
    assert steps[-1] == (whole, whole, "success")
    assert {status.split()[0] for _, _, status in steps} == {"pulling", "verifying", "writing", "success"}
    (model,) = ours.installed()
    assert model == DaemonModel(
        "tiny:1b", TINY.digest, whole, "Q4_K_M", "3.2B", 131072, 0, "llama", ("completion", "tools")
    )
    assert ours.running() == ()
    standin.loaded = ["tiny:1b"]
    (running,) = ours.running()
    assert (running.name, running.context_length, running.size_vram) == ("tiny:1b", 4096, whole)


def test_the_real_client_lists_what_lies_in_the_folder(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    for step in standin.write(TINY):
        assert "error" not in step
    for name in ("tiny:1b", "someone/tiny:1b", "hf.co/acme/Tiny-GGUF:Q4_K_M"):
        place = standin.place(name)
        place.parent.mkdir(parents=True)
        place.write_bytes(TINY.manifest_text.encode())
    client = ollama.Client(standin.url)
    listed = {model.model: model.digest for model in client.list().models}
    assert set(listed) == {"tiny:1b", "someone/tiny:1b", "hf.co/acme/Tiny-GGUF:Q4_K_M"}
    assert {model.name: model.digest for model in ours.installed()} == listed
    assert client.show("tiny:1b").template == "{{ .Prompt }}"
    assert [model.model for model in client.ps().models] == []
    client.close()


def test_a_deleted_model_is_gone_with_its_layers(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    standin.offer("other:latest", TINY)
    _pull(ours)
    _pull(ours, "other")
    ours.delete("tiny:1b")
    assert [model.name for model in ours.installed()] == ["other:latest"]
    assert len(list((standin.store / "blobs").iterdir())) == 3
    ours.delete("other")
    assert list((standin.store / "blobs").iterdir()) == []
    with pytest.raises(AppError) as caught:
        ours.delete("tiny:1b")
    assert _code(caught) == "ollama.not_found"


def test_stubs_of_models_elsewhere_are_no_models(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    rows = [
        {"name": "big:cloud", "size": 300},
        {"name": "huge:120b-cloud", "size": 300},
        {"name": "far:latest", "remote_host": "https://ollama.com"},
        {"name": "here:latest", "digest": "sha256:" + "a" * 64, "size": 5, "details": None},
        {"name": "../../evil name"},
        {"model": "old:latest", "digest": "../../x", "size": -1, "details": {"context_length": 1e400}},
        {"name": 7},
        "text",
    ]
    standin.fault("garbage", "/api/tags", body=json.dumps({"models": rows}))
    assert ours.installed() == (
        DaemonModel("here:latest", "a" * 64, 5),
        DaemonModel("old:latest", "", 0),
    )


# Pulling


@pytest.mark.parametrize(
    ("how", "text", "code"),
    [
        ("error", "max retries exceeded: EOF", "ollama.refused"),
        ("error", "pull model manifest: file does not exist", "ollama.not_found"),
        ("cut", "", "net.broken"),
        ("end", "", "net.broken"),
        ("line", "<html>", "net.unreadable"),
        ("line", "[1]", "net.unreadable"),
        ("line", '{"status":{"a":1}}', "net.unreadable"),
        ("line", '{"completed":"many"}', "net.unreadable"),
        ("line", '{"status":"' + "x" * 2_000_000, "net.too_much"),
        ("line", "[" * 100_000, "net.unreadable"),
    ],
)
def test_a_pull_that_fails_in_the_middle(
    ours: OllamaDaemon, standin: StandInDaemon, how: str, text: str, code: str
) -> None:
    standin.on_pull(how, text=text)
    with pytest.raises(AppError) as caught:
        _pull(ours)
    assert _code(caught) == code
    if how != "line":  # behind a wrong line, the stand-in may go on to the end
        assert ours.installed() == ()
    standin.on_pull("no")
    assert _pull(ours)[-1][2] == "success"


def test_what_the_registry_does_not_have(ours: OllamaDaemon) -> None:
    with pytest.raises(AppError) as caught:
        _pull(ours, "no-such-model")
    assert _code(caught) == "ollama.not_found"
    assert "no-such-model" in caught.value.title


@pytest.mark.parametrize("name", ["", "a b", "../x", "x\n", "-x", "x" * 500, "x?y"])
def test_what_can_be_no_name_is_not_asked_for(ours: OllamaDaemon, standin: StandInDaemon, name: str) -> None:
    for attempt in (lambda: _pull(ours, name), lambda: ours.delete(name)):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == "ollama.bad_name"
    assert standin.log() == []


def test_a_silent_pull_can_be_given_up(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    standin.on_pull("hold")
    begun = threading.Event()
    with pytest.raises(Cancelled):
        ours.pull("tiny:1b", lambda *step: begun.set(), begun.is_set)
    assert "ollama-pull" not in {thread.name for thread in threading.enumerate()}


def test_an_error_of_the_caller_is_its_own(ours: OllamaDaemon) -> None:
    def fail(*step: object) -> None:
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        ours.pull("tiny:1b", fail, lambda: False)


# A daemon that is none


@pytest.mark.parametrize(
    ("kind", "options", "code"),
    [
        ("html", {}, "net.unreadable"),
        ("garbage", {"body": ""}, "net.unreadable"),
        ("garbage", {"body": "{"}, "net.unreadable"),
        ("garbage", {"body": "[]"}, "net.unreadable"),
        ("garbage", {"body": '{"models": 7}'}, "net.unreadable"),
        ("garbage", {"body": "[" * 100_000}, "net.unreadable"),
        ("bad_utf8", {}, "net.unreadable"),
        ("endless_json", {}, "net.too_much"),
        ("status", {"code": 500}, "ollama.refused"),
        ("status", {"code": 401}, "ollama.refused"),
        ("redirect", {"location": "https://evil.example/"}, "ollama.refused"),
        ("redirect_loop", {}, "ollama.refused"),
        ("refuse", {}, "net.broken"),
        ("cut", {"after": 3}, "net.broken"),
    ],
)
def test_an_answer_that_is_none(
    ours: OllamaDaemon,
    standin: StandInDaemon,
    network: Network,
    kind: str,
    options: dict[str, object],
    code: str,
) -> None:
    standin.fault(kind, "/api/*", **options)
    for attempt in (ours.installed, ours.running):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == code
    assert ours.version() is None
    assert sum(row.bytes_received for row in network.ledger()) < 4 * 17_000_000
    standin.clear_faults()
    assert ours.version() == "0.33.0"


@pytest.mark.parametrize("kind", ["hold", "slow"])
def test_one_that_is_too_slow_is_given_up(
    ours: OllamaDaemon, standin: StandInDaemon, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(module, "ANSWER_S", 0.4)
    standin.fault(kind, "/api/*", rate=20)
    with pytest.raises(AppError) as caught:
        ours.installed()
    assert _code(caught) == "net.timeout"
    assert ours.version() is None


def test_headers_that_drip_are_given_up(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_S", 0.4)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        env = {"OLLAMA_HOST": f"127.0.0.1:{server.getsockname()[1]}"}
        with pytest.raises(AppError) as caught:
            OllamaDaemon(network, env=env).installed()
        over.set()
        thread.join()
    assert _code(caught) == "net.timeout"


def test_nobody_there(network: Network, tmp_path: Path) -> None:
    with StandInDaemon(tmp_path) as gone:
        url = gone.url
    ours = OllamaDaemon(network, env={"OLLAMA_HOST": url})
    assert (ours.version(), ours.installed(), ours.running()) == (None, (), ())
    for attempt in (lambda: _pull(ours), lambda: ours.delete("tiny")):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == "ollama.not_running"


def test_a_delete_that_is_answered_without_end(ours: OllamaDaemon, standin: StandInDaemon) -> None:
    standin.fault("endless_json", "/api/delete")
    with pytest.raises(AppError) as caught:
        ours.delete("tiny:1b")
    assert _code(caught) == "net.too_much"


# The switch and the ledger


def test_offline_a_daemon_on_this_machine_is_still_asked(
    ours: OllamaDaemon, standin: StandInDaemon, network: Network
) -> None:
    network.set_offline(True)
    _pull(ours)
    assert [model.name for model in ours.installed()] == ["tiny:1b"]
    ours.delete("tiny:1b")
    (row,) = network.ledger()
    assert row.host in standin.url
    assert (row.requests, row.blocked) == (len(standin.log()), 0)
    assert row.bytes_received > 300
    assert row.reason == "talking to Ollama"


def test_offline_a_daemon_elsewhere_is_not_asked(network: Network) -> None:
    ours = OllamaDaemon(network, env={"OLLAMA_HOST": "192.0.2.7"})
    network.set_offline(True)
    assert ours.version() is None
    for attempt in (
        ours.installed,
        ours.running,
        lambda: _pull(ours),
        lambda: ours.delete("tiny"),
    ):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == "net.offline"
    (row,) = network.ledger()
    assert (row.host, row.requests, row.blocked) == ("192.0.2.7:11434", 0, 5)


def test_the_settings_of_a_proxy_do_not_matter_on_this_machine(
    ours: OllamaDaemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    monkeypatch.setenv("ALL_PROXY", "socks5://192.0.2.1:9")
    assert ours.version() == "0.33.0"
    assert _pull(ours)[-1][2] == "success"


def test_doctor_says_whether_one_runs(
    standin: StandInDaemon,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def doctor(host: str, *arguments: str) -> Done:
        here = CommandLine(tmp_path, OLLAMA_HOST=host)
        return here.inside(monkeypatch, capsys, "doctor", *arguments, code=0)

    found = doctor(standin.url, "--json").json
    assert found["ollama"] == {"address": standin.url, "version": "0.33.0", "asked": True}
    assert found["network"]["hosts_contacted"] == 0
    elsewhere = doctor("192.0.2.7").out
    assert "http://192.0.2.7:11434" in elsewhere
    wrong = doctor("unix:///run/ollama.sock", "--json").json
    assert any("OLLAMA_HOST" in problem for problem in wrong["problems"])


def test_importing_the_backend_loads_no_client() -> None:
    code = "import sys, backend.app; sys.exit(bool({'ollama', 'pydantic', 'httpx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# OLLAMA_HOST


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("  '0.0.0.0' ", "http://127.0.0.1:11434"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("[::]:8080", "http://[::1]:8080"),
        ("::", "http://[::1]:11434"),
        ("::1", "http://[::1]:11434"),
        (":56789", "http://127.0.0.1:56789"),
        ("1.2.3.4", "http://1.2.3.4:11434"),
        ("example.com", "http://example.com:11434"),
        ("example.com:56789/", "http://example.com:56789"),
        ("http://1.2.3.4", "http://1.2.3.4:80"),
        ("https://example.com", "https://example.com:443"),
        ("https://example.com:56789/path/", "https://example.com:56789/path"),
        ("example.com/path", "http://example.com:11434/path"),
        ("[0001:002:003:0004::1]:56789", "http://[1:2:3:4::1]:56789"),
        ("example.com:99999", "http://example.com:11434"),
        ("example.com:port", "http://example.com:11434"),
        ("ollama.com", "https://ollama.com:443"),
        ('"my-nas"', "http://my-nas:11434"),
    ],
)
def test_the_address_is_read_as_ollama_reads_it(text: str, url: str) -> None:
    assert daemon_url({"OLLAMA_HOST": text}) == url


@pytest.mark.parametrize(
    "text",
    [
        *("unix:///run/ollama.sock", "/run/ollama.sock", "ftp://x", "file:///x", "user:secret@host"),
        *("host name", "a\\b", "x?y", "http://x#y", "ü", "..", "[zz]"),
    ],
)
def test_what_is_no_address_is_refused(text: str, network: Network) -> None:
    ours = OllamaDaemon(network, env={"OLLAMA_HOST": text})
    assert ours.version() is None
    with pytest.raises(AppError) as caught:
        ours.installed()
    assert _code(caught) == "ollama.host"
    assert "secret" not in str(caught.value)


@given(st.text(max_size=60) | st.from_regex(r"(https?://)?[a-z0-9.:\[\]@/]{0,30}", fullmatch=True))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = daemon_url({"OLLAMA_HOST": text})
    except AppError as error:
        assert error.code == "ollama.host"
    else:
        assert url.startswith(("http://", "https://"))
        assert url.isascii()
