"""The access token: where it comes from, where it is kept, and where it must never be. Through the real
`keyring` package, with a keyring of our own at its edge. Threat "token in logs and redirects"."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from backend.app import Backend
from backend.errors import AppError
from backend.events import EventBus
from backend.hubs import vault
from backend.hubs.huggingface import HuggingFace
from backend.hubs.token import Tokens, TokenSource, source_words
from backend.net.network import Network
from backend.paths import Paths
from backend.workers.environment import worker_environment
from tests.support.command_line import CommandLine
from tests.support.keyrings import MemoryKeyring, PlaintextKeyring, TimidKeyring, installed
from tests.support.standin_hub import File, Repo, StandInHub

CANARY = "hf_CanaryOfTheKeyring0123456789"


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    ring = MemoryKeyring()
    with installed(ring):
        yield ring
        ring.gate.set()


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"HF_HOME": str(tmp_path / "hf")}


def _log_in(env: dict[str, str], token: str) -> None:
    folder = Path(env["HF_HOME"])
    folder.mkdir(exist_ok=True)
    (folder / "token").write_text(f"{token}\n")


def test_the_order_of_the_sources(ring: MemoryKeyring, env: dict[str, str]) -> None:
    tokens = Tokens(env)
    assert (tokens.current(), tokens.source()) == (None, TokenSource.NONE)
    _log_in(env, "hf_of_login")
    assert (tokens.current(), tokens.source()) == ("hf_of_login", TokenSource.HUB_FILE)
    assert tokens.save(" hf_mine\n") is TokenSource.KEYRING
    assert (tokens.current(), tokens.source()) == ("hf_mine", TokenSource.KEYRING)
    assert list(ring.entries.values()) == ["hf_mine"]
    env["HF_TOKEN"] = "hf_of_env"
    assert (tokens.current(), tokens.source()) == ("hf_of_env", TokenSource.ENVIRONMENT)
    del env["HF_TOKEN"]
    tokens.forget()
    assert ring.entries == {}
    assert tokens.source() is TokenSource.HUB_FILE


def test_the_next_start_finds_it_and_asks_once(ring: MemoryKeyring, env: dict[str, str]) -> None:
    Tokens(env).save("hf_mine")
    ring.asked.clear()
    again = Tokens(env)
    assert ring.asked == []  # nothing before it is needed
    assert [again.current() for _ in range(3)] == ["hf_mine"] * 3
    assert ring.asked == ["get"]
    assert ring.threads == {"keyring"}


def test_the_keyring_is_not_asked_where_the_environment_has_one(
    ring: MemoryKeyring, env: dict[str, str]
) -> None:
    env["HUGGING_FACE_HUB_TOKEN"] = "hf_of_env"
    assert Tokens(env).source() is TokenSource.ENVIRONMENT
    assert ring.asked == []


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        PlaintextKeyring(),
        TimidKeyring(),
    ],
    ids=lambda backend: type(backend).__module__ + type(backend).__name__,
)
def test_a_keyring_that_is_none_keeps_it_for_this_session_only(
    backend: KeyringBackend, env: dict[str, str]
) -> None:
    with installed(backend):
        tokens = Tokens(env)
        assert not tokens.keyring_available()
        assert tokens.save("hf_mine") is TokenSource.SESSION
        assert (tokens.current(), tokens.source()) == ("hf_mine", TokenSource.SESSION)
        assert Tokens(env).current() is None
        assert getattr(backend, "entries", {}) == {}
        tokens.forget()
        assert tokens.current() is None


def test_of_a_chain_only_a_real_one_is_used(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    real, plain = MemoryKeyring(), PlaintextKeyring()
    chain = keyring.backends.chainer.ChainerBackend()
    monkeypatch.setattr(type(chain), "backends", [plain, real])
    with installed(chain):
        assert Tokens(env).save("hf_mine") is TokenSource.KEYRING
    assert (list(plain.entries), list(real.entries.values())) == ([], ["hf_mine"])


def test_a_keyring_that_does_not_exist(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    assert not Tokens(env).keyring_available()
    assert Tokens(env).save("hf_mine") is TokenSource.SESSION


def test_a_locked_keyring(ring: MemoryKeyring, env: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    Tokens(env).save("hf_old")
    ring.locked = True
    tokens = Tokens(env)
    assert tokens.current() is None
    assert tokens.save(CANARY) is TokenSource.SESSION
    assert tokens.current() == CANARY
    with pytest.raises(AppError) as caught:
        tokens.forget()
    assert caught.value.code == "hub.token_kept"
    assert tokens.current() is None
    assert "KeyringLocked" in caplog.text
    assert CANARY not in caplog.text
    ring.locked = False
    tokens.forget()
    assert ring.entries == {}


def test_a_keyring_that_waits_for_its_owner_holds_nobody_up(
    ring: MemoryKeyring, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Tokens(env).save("hf_mine")
    monkeypatch.setattr(vault, "QUICK_S", 0.0)
    ring.gate.clear()
    ring.asked.clear()
    tokens = Tokens(env)
    assert tokens.current() is None
    assert tokens.current() is None
    ring.gate.set()  # the person has unlocked it
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()
    assert tokens.current() == "hf_mine"
    assert tokens.source() is TokenSource.KEYRING
    assert ring.asked == ["get"]


@pytest.mark.parametrize("token", ["", "  ", "hf_a b", "hf_ü", "hf_a\nb"])
def test_what_can_be_no_token_is_not_kept(ring: MemoryKeyring, env: dict[str, str], token: str) -> None:
    with pytest.raises(AppError) as caught:
        Tokens(env).save(token)
    assert caught.value.code == "hub.token"
    assert ring.asked == []


def test_every_source_has_words() -> None:
    assert len({source_words(source) for source in TokenSource}) == len(TokenSource)


# Whose it is


@pytest.fixture(scope="module")
def hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        hub.account(CANARY, "gardener")
        hub.add_repo(
            Repo(
                "acme/Gated-GGUF",
                (File("g-Q4_0.gguf", size=5000),),
                gated="manual",
                card="# G",
                allowed_tokens=(CANARY,),
            )
        )
        yield hub


def test_whoami(hub: StandInHub, tmp_path: Path) -> None:
    hub.reset()
    token: list[str | None] = [None]
    network = Network(EventBus())
    garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: token[0])
    with pytest.raises(AppError) as caught:
        garden.whoami()
    assert caught.value.code == "hub.no_token"
    assert hub.log() == []
    token[0] = "hf_wrong"
    with pytest.raises(AppError) as caught:
        garden.whoami()
    assert caught.value.code == "hub.token"
    token[0] = CANARY
    assert garden.whoami() == "gardener"
    assert "token" in network.ledger()[0].reason
    hub.fault("garbage", "/api/whoami-v2", body='{"name": 7}')
    with pytest.raises(AppError) as caught:
        garden.whoami()
    assert caught.value.code == "hub.unreadable"
    network.close()


def test_a_token_of_the_keyring_opens_a_gated_model_and_is_found_nowhere(
    hub: StandInHub,
    ring: MemoryKeyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub.reset()
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    paths = Paths.under(tmp_path / "home")
    with Backend(paths) as backend:
        detail = backend.hub.detail("acme/Gated-GGUF")
        with pytest.raises(AppError) as caught:
            backend.hub.card("acme/Gated-GGUF", detail.commit)
        assert caught.value.code == "hub.gated"
        assert "Settings → Connections" in caught.value.hint
        assert not backend.signed_in
        assert backend.tokens.save(CANARY) is TokenSource.KEYRING
        assert backend.signed_in
        assert backend.hub.whoami() == "gardener"
        assert backend.hub.card("acme/Gated-GGUF", detail.commit) == "# G"
        backend.settings.update(reduce_motion=True)
        hub.fault("status", "/api/*", code=403, message=f"your token {CANARY} is bad")
        with pytest.raises(AppError) as caught:
            backend.hub.detail("acme/Gated-GGUF")
        assert CANARY not in f"{caught.value!r} {caught.value.detail}"
        assert CANARY not in repr(backend.network.ledger())
        environment = worker_environment(os.environ)
        assert not any(CANARY in text for text in (*environment, *environment.values(), *sys.argv))
        assert CANARY not in os.environ.values()
    assert CANARY not in caplog.text
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {paths.settings.name, paths.database.name} <= {path.name for path in files}
    assert any(path.suffix == ".cache" for path in files)
    assert not any(CANARY.encode() in path.read_bytes() or CANARY in path.name for path in files)


def test_a_worker_does_not_inherit_it() -> None:
    environment = worker_environment({"PATH": "/bin", "HF_TOKEN": CANARY, "HUGGING_FACE_HUB_TOKEN": CANARY})
    assert CANARY not in json.dumps(environment)


def test_doctor_says_where_it_comes_from_but_not_what_it_is(tmp_path: Path) -> None:
    done = CommandLine(tmp_path, HF_TOKEN=CANARY).run("doctor", "--json")
    assert done.json["network"]["token_source"] == "environment"
    assert CANARY not in done.out + done.err


def test_importing_the_backend_touches_no_keyring() -> None:
    code = "import sys, backend.app; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
