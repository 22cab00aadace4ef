"""Jobs of several files: shard sets, a projector, the layers of an Ollama manifest. And where they go."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.downloads.partfile import PartFile
from backend.downloads.place_ollama import OllamaPlace
from backend.downloads.types import DownloadRequest, DownloadState
from backend.errors import AppError
from backend.events import Event, EventBus, JobChanged
from backend.hubs.ollama.daemon import OllamaDaemon
from backend.hubs.types import QuantFile, RemoteFile
from backend.library.layout_ollama import OllamaStore
from backend.net.network import Network
from tests.support import downloading
from tests.support.downloading import assert_failed, assert_good, desk, fetch, remote, request, sha256
from tests.support.gardens import ollama_request
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Layer, Model, StandInOllama, Tag
from tests.support.standin_ollama.daemon import StandInDaemon

WEIGHTS = File("weights.gguf", size=300_000, seed=4)
LAYERS = (
    Layer("template", File("template", text="{{ .Prompt }}")),
    Layer("license", File("license", text="<html>even so</html>")),
    Layer("params", File("params", text='{"stop":["x"]}')),
    Layer("projector", File("projector", size=80_000, seed=5)),
)
MODEL = Model("tiny", (Tag("1b", WEIGHTS, LAYERS),))


@pytest.fixture(scope="module")
def shared_hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        yield hub


@pytest.fixture
def hub(shared_hub: StandInHub) -> Iterator[StandInHub]:
    yield shared_hub
    shared_hub.reset()


@pytest.fixture(scope="module")
def shared_ollama() -> Iterator[StandInOllama]:
    with StandInOllama() as ollama:
        ollama.add(MODEL)
        yield ollama


@pytest.fixture
def ollama(shared_ollama: StandInOllama) -> Iterator[StandInOllama]:
    yield shared_ollama
    shared_ollama.reset()


@pytest.mark.parametrize("how", ["redirect", "direct"])
def test_a_small_file_is_verified_by_its_git_id(hub: StandInHub, how: str, tmp_path: Path) -> None:
    config = File("config.json", text='{"model_type": "llama"}')
    repo = Repo("acme/Small", (config,))
    hub.add_repo(repo)
    hub.small_files(how)
    hub.fault("flip", "*config.json", server="hub", at=3, times=1)
    with desk(tmp_path / "home", hub.endpoint) as place:
        job = fetch(place, request(repo))
        assert_good(job, place, config)
    assert Path(job.path or "").resolve().name == config.git_sha1


def test_a_shard_set_is_one_job(hub: StandInHub, tmp_path: Path) -> None:
    shards = tuple(File(f"deep/big-Q8_0-{k:05d}-of-00003.gguf", size=90_000, seed=k) for k in (1, 2, 3))
    repo = Repo("acme/Big-GGUF", shards)
    hub.add_repo(repo)
    hub.fault("cut", "*00002-of-00003.gguf", server="cdn", after=50_000, times=1)
    with desk(tmp_path / "home", hub.endpoint) as place:
        job = fetch(place, request(repo, label="Q8_0"))
        assert_good(job, place, shards[0])
        named = {event.job.current for event in place.events if isinstance(event, JobChanged)}
    assert job.total == 270_000
    assert {Path(shard.path).name for shard in shards} <= named
    folder = Path(job.path or "").parent
    assert [sha256(folder / Path(s.path).name) for s in shards] == [s.digest for s in shards]


def test_a_projector_comes_along_and_can_be_fetched_later(hub: StandInHub, tmp_path: Path) -> None:
    model, projector = File("see-Q4_K_M.gguf", size=90_000), File("mmproj-F16.gguf", size=50_000, seed=2)
    repo = Repo("acme/See-GGUF", (model, projector))
    hub.add_repo(repo)
    alone = request(repo, model)
    both = dataclasses.replace(alone, quant=dataclasses.replace(alone.quant, extras=(remote(projector),)))
    with desk(tmp_path / "home", hub.endpoint) as place:
        assert_good(fetch(place, alone), place, model)
        job = fetch(place, both)
        assert_good(job, place, model)
        assert job.total == 140_000
        beside = Path(job.path or "").with_name("mmproj-F16.gguf")
        assert sha256(beside) == projector.digest
    assert len(hub.log("*see-Q4_K_M.gguf", server="cdn")) == 1


def test_a_file_without_a_digest_is_refused(tmp_path: Path) -> None:
    quant = QuantFile("Q4_K_M", (RemoteFile("x.gguf", 10),))
    with desk(tmp_path / "home", "http://127.0.0.1:9") as place, pytest.raises(AppError) as caught:
        place.downloads.start(DownloadRequest("acme/x", "1" * 40, quant))
    assert caught.value.code == "download.no_digest"


# Layers of a manifest


def test_a_model_of_ollama_lies_where_ollama_looks(ollama: StandInOllama, tmp_path: Path) -> None:
    with downloading.desk(tmp_path / "home", "", registry=ollama.registry) as place:
        job = fetch(place, ollama_request(MODEL))
        assert_good(job, place, WEIGHTS)
        store = OllamaStore(place.ollama)
        assert store.manifest("tiny", "1b").read_text() == MODEL.tags[0].manifest_text
        assert {path.name for path in store.blobs.iterdir()} == {
            f"sha256-{digest}" for digest in MODEL.tags[0].blobs
        }
        assert all(sha256(path) == path.name[7:] for path in store.blobs.iterdir())
        assert (job.name, job.place_of) == ("tiny:1b", "Ollama's models")
        assert job.total == sum(file.length for file in MODEL.tags[0].blobs.values())
        assert place.downloads.start(ollama_request(MODEL)).state is DownloadState.DONE


@pytest.mark.parametrize("kind", [layer.kind for layer in LAYERS])
def test_without_every_layer_there_is_no_manifest(ollama: StandInOllama, kind: str, tmp_path: Path) -> None:
    layer = next(layer for layer in LAYERS if layer.kind == kind)
    ollama.fault("wrong_bytes", f"*{layer.file.digest}", server="store")
    with downloading.desk(tmp_path / "home", "", registry=ollama.registry) as place:
        job = fetch(place, ollama_request(MODEL))
        assert (job.state, job.error_code) == (DownloadState.FAILED, "download.checksum")
        assert kind in job.error_title
        assert list(place.ollama.glob("manifests/**/*")) == []
        assert not OllamaStore(place.ollama).blob(layer.file.digest).exists()
        ollama.clear_faults()
        place.downloads.retry(job.id)
        assert_good(place.downloads.wait(job.id, 60), place, WEIGHTS)
    assert len(ollama.log(f"*{WEIGHTS.digest}", server="store")) == 1


def test_what_ollama_tidied_away_meanwhile_is_fetched_again(ollama: StandInOllama, tmp_path: Path) -> None:
    """It deletes blobs that no manifest names when it starts."""
    with downloading.desk(tmp_path / "home", "", registry=ollama.registry) as place:
        blob = OllamaStore(place.ollama).blob(WEIGHTS.digest)
        tidied: list[str] = []

        def tidy(event: Event) -> None:
            if isinstance(event, JobChanged) and event.job.current.endswith("(config)") and not tidied:
                tidied.append(event.job.current)
                blob.unlink()

        place.bus.subscribe(tidy)  # called in the thread of the job, between two of its files
        assert_good(fetch(place, ollama_request(MODEL)), place, WEIGHTS)
        assert tidied
    assert len(ollama.log(f"*{WEIGHTS.digest}", server="store")) == 2


def test_a_blob_that_vanishes_as_soon_as_it_is_there_is_fetched_again(
    ollama: StandInOllama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, left = OllamaPlace.publish, [WEIGHTS.digest]

    def tidied(place: OllamaPlace, part: PartFile | None) -> Path:
        path = publish(place, part)
        if place.etag in left:
            left.remove(place.etag)
            path.unlink()
        return path

    monkeypatch.setattr(OllamaPlace, "publish", tidied)
    with downloading.desk(tmp_path / "home", "", registry=ollama.registry) as place:
        assert_good(fetch(place, ollama_request(MODEL)), place, WEIGHTS)
    assert len(ollama.log(f"*{WEIGHTS.digest}", server="store")) == 2


def spoiled(change: Callable[[dict[str, object]], object]) -> str:
    value = json.loads(MODEL.tags[0].manifest_text)
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        MODEL.tags[0].manifest_text + " ",
        spoiled(lambda value: value.pop("config")),
        spoiled(lambda value: value.update(layers=[])),
        spoiled(lambda value: value.update(layers="all")),
    ],
)
@pytest.mark.parametrize("honest", [True, False])
def test_a_manifest_that_is_not_the_chosen_one_is_refused(text: str, honest: bool, tmp_path: Path) -> None:
    """Also where its digest is right: it must name what is fetched."""
    good = ollama_request(MODEL)
    commit = downloading.hashlib.sha256(text.encode()).hexdigest() if honest else good.commit
    wrong = dataclasses.replace(good, commit=commit, quant=dataclasses.replace(good.quant, manifest=text))
    if honest and text.strip() == good.quant.manifest:
        return  # white space is the registry's own business
    with downloading.desk(tmp_path / "home", "") as place, pytest.raises(AppError) as caught:
        place.downloads.start(wrong)
    assert caught.value.code == "download.manifest"


# Where it goes


class Daemon:
    """A server of Ollama that fetches nothing: it has the blob already."""

    def __init__(self, store: OllamaStore | None, runs: bool = True) -> None:
        self.store = store
        self.runs = runs
        self.asked: list[str] = []

    def version(self) -> str | None:
        return "0.33.0" if self.runs else None

    def pull(self, name: str, progress: Callable[[int, int, str], None], stopped: Callable[[], bool]) -> None:
        self.asked.append(name)
        progress(100, WEIGHTS.length, "pulling")
        if self.store is not None:
            self.store.blobs.mkdir(parents=True)
            self.store.blob(WEIGHTS.digest).write_bytes(WEIGHTS.read(0, WEIGHTS.length))


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A home whose Ollama store cannot be written; root may write everything but a file that is no folder."""
    home = tmp_path / "home"
    (home / "ollama").mkdir(parents=True)
    (home / "ollama/manifests").write_text("not a folder")
    return home


def test_a_store_that_may_not_be_written_is_left_to_its_server(locked: Path, ollama: StandInOllama) -> None:
    daemon = Daemon(OllamaStore(locked / "ollama"))
    own = locked / "own"
    with downloading.desk(locked, "", registry=ollama.registry, daemon=daemon, own_store=own) as place:
        job = fetch(place, ollama_request(MODEL))
        assert (job.state, job.error_title) == (DownloadState.DONE, "")
        assert daemon.asked == ["tiny:1b"] and "server" in job.place_of
        assert sha256(Path(job.path or "")) == WEIGHTS.digest
    assert ollama.log() == [] and not own.exists()


def test_without_a_server_orangery_keeps_a_store_of_its_own(locked: Path, ollama: StandInOllama) -> None:
    own, daemon = locked / "own", Daemon(None, runs=False)
    with downloading.desk(locked, "", registry=ollama.registry, daemon=daemon, own_store=own) as place:
        job = fetch(place, ollama_request(MODEL))
        assert_good(job, place, WEIGHTS)
        assert "own" in job.place_of and daemon.asked == []
    assert OllamaStore(own).manifest("tiny", "1b").is_file()


def test_a_model_that_the_server_keeps_out_of_sight_is_no_success(locked: Path) -> None:
    with downloading.desk(locked, "", daemon=Daemon(None), own_store=locked / "own") as place:
        assert_failed(fetch(place, ollama_request(MODEL)), place, "download.out_of_sight")


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(EventBus())
    yield network
    network.close()


@pytest.fixture
def unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store may only be written by the server; root may write everything."""
    monkeypatch.setattr("backend.downloads.stores.writable", lambda folder: False)


@pytest.mark.usefixtures("unwritable")
def test_the_real_client_pulls_through_a_server_and_can_be_stopped(network: Network, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with StandInDaemon(home / "ollama") as server:
        server.offer("tiny:1b", MODEL.tags[0])
        server.on_pull("hold", after=2)
        daemon = OllamaDaemon(network, env={"OLLAMA_HOST": server.url})
        with downloading.desk(home, "", daemon=daemon, own_store=home / "own") as place:
            job = place.downloads.start(ollama_request(MODEL))
            downloading.until(place, job.id, 0)
            place.downloads.pause(job.id)
            assert place.downloads.wait(job.id, 10).state is DownloadState.PAUSED
            server.on_pull("no")
            server.release()
            place.downloads.resume(job.id)
            assert_good(place.downloads.wait(job.id, 60), place, WEIGHTS)
            assert place.downloads.start(ollama_request(MODEL)).state is DownloadState.DONE
        assert server.names() == ["tiny:1b"]


@pytest.mark.usefixtures("unwritable")
def test_a_tag_that_moved_on_is_not_taken_for_the_chosen_one(network: Network, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with StandInDaemon(home / "ollama") as server:
        server.offer("tiny:1b", Tag("1b", File("smaller", size=100_000, seed=9)))
        daemon = OllamaDaemon(network, env={"OLLAMA_HOST": server.url})
        with downloading.desk(home, "", daemon=daemon, own_store=home / "own") as place:
            job = fetch(place, ollama_request(MODEL))
            assert (job.state, job.error_code) == (DownloadState.FAILED, "download.changed")


@pytest.mark.usefixtures("unwritable")
def test_what_a_server_refuses_is_in_the_row(network: Network, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with StandInDaemon(home / "ollama") as server:
        daemon = OllamaDaemon(network, env={"OLLAMA_HOST": server.url})
        with downloading.desk(home, "", daemon=daemon, own_store=home / "own") as place:
            job = fetch(place, ollama_request(MODEL))
            assert job.state is DownloadState.FAILED and job.error_code.startswith("ollama.")
            assert place.finished() == []
