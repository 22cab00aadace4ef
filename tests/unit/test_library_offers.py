"""Newer weights in the gardens, and what is measured at a load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.engines.types import LoadedModel, LoadOptions, ModelState
from backend.errors import AppError
from backend.events import LibraryChanged, ModelChanged
from backend.hubs.types import HubModel, QuantFile, RemoteFile, RepoDetail, Source
from tests.support.library_desk import COMMIT, LibraryDesk, digest, gguf

NEWER = "d" * 40


class Hub:
    """Repositories with their files, and how often each was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[RemoteFile, ...]] = {}
        self.asked: list[str] = []
        self.error: AppError | None = None

    def detail(self, repo_id: str) -> RepoDetail:
        self.asked.append(repo_id)
        if self.error is not None:
            raise self.error
        owner, name = repo_id.split("/")
        model = HubModel(repo_id, Source.HUGGING_FACE, owner, name)
        return RepoDetail(model, NEWER, (), self.files.get(repo_id, ()))


class Ollama:
    """Tags with the digest of their weights."""

    def __init__(self) -> None:
        self.tags: dict[tuple[str, str], str] = {}

    def complete(self, model_id: str, quant: QuantFile) -> QuantFile:
        sha256 = self.tags[model_id, quant.tag]
        return replace(quant, files=(RemoteFile("sha256-x", 1, sha256),), manifest=f"manifest of {sha256}")


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def ollama() -> Ollama:
    return Ollama()


@pytest.fixture
def desk(tmp_path: Path, hub: Hub, ollama: Ollama) -> Iterator[LibraryDesk]:
    with LibraryDesk(tmp_path / "home", hub=hub, ollama=ollama) as desk:
        yield desk


def test_newer_weights_are_told_and_equal_ones_are_not(
    desk: LibraryDesk, hub: Hub, ollama: Ollama, tmp_path: Path
) -> None:
    one, two, three = (gguf(tmp_path / f"{k}.gguf", seed=k) for k in range(3))
    desk.put_hub("acme/Old-GGUF", "sub/old-Q8_0.gguf", one)
    desk.put_hub("acme/New-GGUF", "new-Q8_0.gguf", two)
    desk.put_ollama("tiny", "1b", three)
    desk.put_ollama("fresh", "1b", two)
    gguf(desk.lm_studio / "acme" / "Unhashed-GGUF" / "u-Q8_0.gguf", seed=9)
    hub.files = {
        "acme/Old-GGUF": (RemoteFile("sub/old-Q8_0.gguf", 1, "e" * 64), RemoteFile("README.md", 1)),
        "acme/New-GGUF": (RemoteFile("new-Q8_0.gguf", 1, digest(two)),),
    }
    ollama.tags = {("tiny", "1b"): "f" * 64, ("fresh", "1b"): digest(two)}
    desk.rows()
    events: list[object] = []
    desk.bus.subscribe(events.append)
    desk.library.check_newer()
    assert events == [LibraryChanged()]
    newer = {row.id: row.newer for row in desk.library.models() if row.newer}
    manifest = hashlib.sha256(("manifest of " + "f" * 64).encode()).hexdigest()
    assert newer == {"hf:acme/Old-GGUF/sub/old-Q8_0.gguf": NEWER, "ollama:tiny:1b": manifest}
    assert sorted(hub.asked) == ["acme/New-GGUF", "acme/Old-GGUF"]  # what has no digest is not asked about
    assert {row.id: row.newer for row in desk.open().models() if row.newer} == newer
    assert COMMIT != NEWER
    # The person fetched it.
    hub.files["acme/Old-GGUF"] = (RemoteFile("sub/old-Q8_0.gguf", 1, digest(one)),)
    ollama.tags["tiny", "1b"] = digest(three)
    desk.library.check_newer()
    assert not any(row.newer for row in desk.library.models())


def test_damage_is_no_older_version(desk: LibraryDesk, hub: Hub, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    hub.files = {"acme/T-GGUF": (RemoteFile("t-Q8_0.gguf", 1, digest(pointer)),)}
    gguf(pointer.resolve(), seed=1)
    (activity,) = desk.library.verify([desk.row(pointer).id])
    assert desk.done(activity).error_code == "library.damaged"
    desk.library.check_newer()
    assert desk.row(pointer).damaged and desk.row(pointer).newer is None


def test_a_garden_that_fails_is_quiet_and_offline_ends_it(
    desk: LibraryDesk, hub: Hub, tmp_path: Path
) -> None:
    for k in range(5):
        desk.put_hub(f"acme/M{k}-GGUF", "m-Q8_0.gguf", gguf(tmp_path / f"{k}.gguf", seed=k))
    desk.rows()
    hub.error = AppError("hub.not_found", "It is gone.")
    desk.library.check_newer()
    assert len(hub.asked) == 5
    hub.asked.clear()
    hub.error = AppError("net.offline", "Offline.")
    desk.library.check_newer()
    assert len(hub.asked) == 1


def loaded(path: Path, rss: int) -> ModelChanged:
    model = LoadedModel(str(path), str(path), "x", "llama", 1, 1, 1, 1, LoadOptions(), rss=rss)
    return ModelChanged(str(path), ModelState.READY, 1.0, model)


def test_memory_is_remembered_with_each_load(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    desk.rows()
    desk.bus.publish(loaded(path, 123_456))
    desk.library.rescan()
    row = desk.row(path)
    assert row.memory == 123_456 and row.used is not None and row.tokens_per_second is None
    desk.library.note_use(row.id, 9.0)
    assert (desk.row(path).memory, desk.row(path).tokens_per_second) == (123_456, 9.0)
    desk.bus.publish(loaded(desk.home / "unknown.gguf", 5))
    desk.bus.publish(ModelChanged(str(path), ModelState.UNLOADED))
    assert desk.open().find(str(path)).memory == 123_456
