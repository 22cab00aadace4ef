"""From a name to a row of the library, with the real hub client: what `pull` on the command line does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.capacity.machine import Machines
from backend.downloads.manager import Downloads
from backend.downloads.pull import pull, resolve
from backend.downloads.stores import Stores
from backend.downloads.types import DownloadJob, DownloadState
from backend.errors import AppError, Cancelled
from backend.events import EventBus
from backend.fit_choice import pick_quant
from backend.hubs.catalogue import Catalogue
from backend.hubs.huggingface import HuggingFace
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.types import QuantFile, RepoDetail, Source
from backend.library.library import Library
from backend.net.network import Network
from backend.store.database import Database
from backend.store.downloads import DownloadRepository
from backend.store.models import ModelRepository
from tests.support.command_line import CommandLine
from tests.support.downloading import QUICK, sha256
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Model, StandInOllama, Tag
from tests.support.tiny_gguf import tiny_llama

TOKEN = "hf_canary"


def choose(detail: RepoDetail, wanted: str) -> QuantFile:
    """As on the command line, for a machine on which everything here fits."""
    return pick_quant(detail, wanted, Machines(lambda: ()).read())


class App:
    """The services that a pull goes through, wired as the application wires them."""

    def __init__(self, home: Path, endpoint: str, ollama: StandInOllama) -> None:
        self.bus = EventBus()
        self.database = Database(home / "test.sqlite3")
        self.network = Network(self.bus)
        self.hub = HuggingFace(self.network, home / "cache", endpoint=endpoint, token=lambda: TOKEN)
        self.ollama = OllamaGarden(
            self.network, home / "cache", registry=ollama.registry, library=ollama.library
        )
        self.catalogue = Catalogue(self.hub, self.ollama)
        models = ModelRepository(self.database)
        self.downloads = Downloads(
            DownloadRepository(self.database),
            self.network,
            self.hub,
            home / "hub",
            self.bus,
            models=models,
            stores=Stores(self.hub, home / "hub", registry=self.ollama, ollama_store=home / "ollama"),
            limits=QUICK,
        )
        self.library = Library(
            models, home / "hub", self.bus, cache_dir=home / "cache", starter=home / "no-starter.gguf"
        )

    def close(self) -> None:
        self.downloads.close()
        self.network.close()
        self.database.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[File, ...]:
    folder = tmp_path_factory.mktemp("models")
    small = tiny_llama(folder / "small.gguf", width=32)
    return tuple(
        File(name, source=str(small))
        for name in ("tiny-Q8_0.gguf", "tiny-Q5_K_M.gguf", "deep/tiny-Q2_K.gguf", "mmproj-F16.gguf")
    )


@pytest.fixture(scope="module")
def hub(files: tuple[File, ...]) -> Iterator[StandInHub]:
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Tiny-GGUF", files))
        hub.add_repo(Repo("acme/Tiny", (File("model.safetensors", size=10),)))
        hub.add_repo(Repo("acme/Plain-GGUF", (File("plain-Q4_K_M.gguf", size=10),)))
        yield hub


@pytest.fixture(scope="module")
def ollama(files: tuple[File, ...]) -> Iterator[StandInOllama]:
    def tag(name: str, label: str, seed: int) -> Tag:
        return Tag(name, File("weights", size=5000 + seed, seed=seed), config={"file_type": label})

    with StandInOllama() as ollama:
        tags = (
            tag("latest", "Q4_K_M", 1),
            tag("1b-q8_0", "Q8_0", 2),
            tag("1b-q5_0", "Q5_0", 3),
            tag("3b-q5_0", "Q5_0", 4),
        )
        ollama.add(Model("tiny", tags))
        yield ollama


@pytest.fixture
def app(hub: StandInHub, ollama: StandInOllama, tmp_path: Path) -> Iterator[App]:
    app = App(tmp_path, hub.endpoint, ollama)
    yield app
    app.close()
    hub.reset()
    ollama.reset()


@pytest.mark.parametrize(
    ("spec", "file"),
    [
        ("hf:acme/Tiny-GGUF", "tiny-Q5_K_M.gguf"),  # nearest to Q4_K_M
        ("acme/Tiny-GGUF:q8_0", "tiny-Q8_0.gguf"),
        ("hf:acme/Tiny-GGUF/deep/tiny-Q2_K.gguf", "deep/tiny-Q2_K.gguf"),
        ("hf:acme/Tiny-GGUF/mmproj-F16.gguf", "mmproj-F16.gguf"),
    ],
)
def test_a_name_means_one_choice(app: App, spec: str, file: str) -> None:
    assert resolve(app.catalogue, spec, choose).quant.name == file


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("some words", "download.bad_spec"),
        ("ollama:none", "ollama.not_found"),
        ("ollama:tiny:none", "ollama.not_found"),
        ("ollama:tiny:Q2_K", "ollama.not_found"),
        ("ollama:tiny:Q5_0", "download.bad_spec"),  # two tags: neither is taken silently
        ("hf:acme/Tiny", "hub.no_gguf"),
        ("hf:acme/Tiny-GGUF:Q6_K", "hub.not_offered"),
        ("hf:acme/Tiny-GGUF/other.gguf", "hub.not_offered"),
    ],
)
def test_what_cannot_be_pulled_is_explained(app: App, spec: str, code: str) -> None:
    with pytest.raises(AppError) as caught:
        resolve(app.catalogue, spec, choose)
    assert caught.value.code == code and caught.value.hint


@pytest.mark.parametrize(
    ("spec", "tag"),
    [("ollama:tiny", "latest"), ("ollama:tiny:1b-q5_0", "1b-q5_0"), ("ollama:tiny:q8_0", "1b-q8_0")],
)
def test_a_name_of_ollama_means_one_tag_and_can_be_pulled(app: App, spec: str, tag: str) -> None:
    request = resolve(app.catalogue, spec, choose)
    assert (request.source, request.quant.tag) == (Source.OLLAMA, tag)
    pulled = pull(app.downloads, app.bus, request, lambda job: None)
    assert sha256(pulled.path) == pulled.sha256 == request.quant.files[0].sha256


def test_the_projector_comes_along_when_asked_for(app: App) -> None:
    assert resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose).quant.extras == ()
    request = resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose, projector=True)
    assert [extra.path for extra in request.quant.extras] == ["mmproj-F16.gguf"]
    with pytest.raises(AppError) as caught:
        resolve(app.catalogue, "hf:acme/Plain-GGUF", choose, projector=True)
    assert caught.value.code == "download.no_projector"


def test_a_pulled_model_is_verified_and_in_the_library(app: App, hub: StandInHub) -> None:
    seen: list[DownloadJob] = []
    pulled = pull(app.downloads, app.bus, resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose), seen.append)
    assert sha256(pulled.path) == pulled.sha256
    assert seen[-1].state is DownloadState.DONE
    (row,) = app.library.models()
    assert (row.id, row.path, row.verified) == (
        "hf:acme/Tiny-GGUF/tiny-Q5_K_M.gguf",
        pulled.path,
        True,
    )
    assert app.library.find("tiny") == row
    assert row.architecture == "llama" and row.sha256 == pulled.sha256 and row.size == pulled.size
    assert all(entry.token is None for entry in hub.log(server="cdn"))
    assert any(row.reason for row in app.network.ledger())
    # Deleted in the library, it can be pulled again.
    assert app.library.delete(row.id) == row.size
    assert (
        pull(app.downloads, app.bus, resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose), seen.append)
        == pulled
    )


def test_giving_up_the_wait_leaves_the_job(app: App, hub: StandInHub) -> None:
    hub.fault("hold", "*/resolve/*")
    request = resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose)
    with pytest.raises(Cancelled):
        pull(app.downloads, app.bus, request, lambda job: None, stopped=lambda: True)
    assert app.downloads.jobs()[0].state.active


def test_a_failure_comes_out_as_it_is_in_the_row(app: App, hub: StandInHub) -> None:
    request = resolve(app.catalogue, "hf:acme/Tiny-GGUF", choose)
    hub.fault("wrong_bytes", "*", server="cdn")
    with pytest.raises(AppError) as caught:
        pull(app.downloads, app.bus, request, lambda job: None)
    assert caught.value.code == "download.checksum"
    assert app.library.models() == ()


def test_pull_on_the_command_line_takes_a_model_of_ollama(ollama: StandInOllama, tmp_path: Path) -> None:
    cli = CommandLine(
        tmp_path, ORANGERY_OLLAMA_REGISTRY=ollama.registry, ORANGERY_OLLAMA_LIBRARY=ollama.library
    )
    done = cli.run("pull", "ollama:tiny:1b-q8_0", "--json")
    assert sha256(Path(done.json["path"])) == done.json["sha256"]
    assert Path(done.json["path"]).parent == cli.ollama / "blobs"
    assert (cli.ollama / "manifests/registry.ollama.ai/library/tiny/1b-q8_0").is_file()
    assert "tiny:1b-q8_0" in done.err
