"""The library beside a running Ollama: through the real `ollama` client, against the stand-in daemon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.ollama.daemon import OllamaDaemon
from backend.library import deleting
from backend.net.network import Network
from tests.support.library_desk import LibraryDesk, gguf
from tests.support.standin_ollama.daemon import StandInDaemon


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[StandInDaemon]:
    with StandInDaemon(tmp_path / "home" / ".ollama" / "models") as standin:
        yield standin


@pytest.fixture
def desk(tmp_path: Path, standin: StandInDaemon) -> Iterator[LibraryDesk]:
    network = Network(EventBus())
    daemon = OllamaDaemon(network, env={"OLLAMA_HOST": standin.url})
    with LibraryDesk(tmp_path / "home", daemon=daemon) as desk:
        yield desk
    network.close()


def test_what_the_daemon_runs_is_neither_deleted_nor_moved(
    desk: LibraryDesk, standin: StandInDaemon, tmp_path: Path
) -> None:
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf"))
    desk.rows()
    standin.loaded = ["tiny:1b"]
    for call in (
        lambda: desk.library.delete("ollama:tiny:1b"),
        lambda: desk.library.move("ollama:tiny:1b", tmp_path / "new"),
    ):
        with pytest.raises(AppError) as caught:
            call()
        assert caught.value.code == "library.in_use"
    standin.loaded = []
    assert desk.library.delete("ollama:tiny:1b") > 0


def test_a_store_of_another_user_is_cleaned_by_the_daemon(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = gguf(tmp_path / "w.gguf")
    manifest = desk.put_ollama("tiny", "1b", weights)
    desk.rows()
    monkeypatch.setattr(deleting, "_writable", lambda entry: False)  # root may write everywhere
    assert desk.library.delete_preview("ollama:tiny:1b").through_daemon
    desk.library.delete("ollama:tiny:1b")
    assert not manifest.exists() and desk.rows() == {}


def test_what_only_the_daemon_can_read_is_listed_and_deleted_through_it(tmp_path: Path) -> None:
    """Its store is another user's, or on another machine."""
    with LibraryDesk(tmp_path / "server") as far:
        far.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf"))
    network = Network(EventBus())
    with StandInDaemon(far.ollama) as standin:
        daemon = OllamaDaemon(network, env={"OLLAMA_HOST": standin.url})
        with LibraryDesk(tmp_path / "home", daemon=daemon) as desk:
            assert "ollama:tiny:1b" not in desk.rows()
            standin.loaded = ["tiny:1b"]
            assert desk.library.ask_daemon() == {"ollama:tiny:1b"}
            row = desk.library.find("ollama:tiny:1b")
            assert row.size > 0 and daemon.host in row.problem
            with pytest.raises(AppError) as caught:
                desk.library.delete(row.id)
            assert caught.value.code == "library.in_use"
            standin.loaded = []
            with pytest.raises(AppError):
                desk.library.move(row.id, tmp_path / "new")
            assert desk.library.delete_preview(row.id).through_daemon
            assert desk.library.delete(row.id) == row.size
            assert standin.names() == [] and "ollama:tiny:1b" not in desk.rows()
    network.close()


def test_a_daemon_that_went_away_deletes_nothing(tmp_path: Path) -> None:
    with LibraryDesk(tmp_path / "server") as far:
        far.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf"))
    network = Network(EventBus())
    with StandInDaemon(far.ollama) as standin:
        daemon = OllamaDaemon(network, env={"OLLAMA_HOST": standin.url})
        with LibraryDesk(tmp_path / "home", daemon=daemon) as desk:
            desk.library.ask_daemon()
            standin.close()
            with pytest.raises(AppError) as caught:
                desk.library.delete("ollama:tiny:1b")
            assert caught.value.code == "library.delete"
    network.close()


def test_a_model_in_a_store_that_can_be_read_is_listed_once(
    desk: LibraryDesk, standin: StandInDaemon, tmp_path: Path
) -> None:
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf"))
    desk.library.ask_daemon()
    assert [row.problem for row in desk.rows().values() if row.id.startswith("ollama:tiny")] == [""]


def test_nobody_is_asked_where_ollama_is_not_used(tmp_path: Path) -> None:
    network = Network(EventBus())
    with LibraryDesk(tmp_path / "home", daemon=OllamaDaemon(network, env={})) as desk:
        assert desk.library.ask_daemon() == frozenset()
    assert network.ledger() == ()
    network.close()
