"""The two gardens behind one face, for tests of what must hold whichever a model comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from backend.downloads.types import DownloadRequest
from backend.hubs.types import QuantFile, RemoteFile, Source
from backend.library.layout import HubCache
from backend.library.layout_ollama import OllamaStore
from tests.support import downloading
from tests.support.downloading import Desk
from tests.support.standin.process import StandIn
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Layer, Model, StandInOllama, Tag


@dataclass(frozen=True)
class Names:
    """Where one file lies in its store: the transfer, its journal, its lock and the final name."""

    part: Path
    journal: Path
    lock: Path
    blob: Path


class Garden(Protocol):
    """A stand-in and what differs between the gardens.

    Attributes:
        front, back: Names of its servers: the one that is asked, and the one that it redirects to.
    """

    source: Source
    standin: StandIn
    front: str
    back: str

    def offer(self, name: str, file: File) -> DownloadRequest:
        """Put `file` there as the weights of a model called `name`."""

    def glob(self, file: File) -> str:
        """Requests for `file`, on either server."""

    def desk(self, home: Path, **options: Any) -> AbstractContextManager[Desk]: ...

    def names(self, home: Path, request: DownloadRequest) -> Names:
        """Of the first file of `request` in the store below `home`."""


class HubGarden:
    source = Source.HUGGING_FACE
    front, back = "hub", "cdn"

    def __init__(self, standin: StandInHub) -> None:
        self.standin = standin

    def offer(self, name: str, file: File) -> DownloadRequest:
        repo = Repo(f"acme/{name}-GGUF", (file,))
        self.standin.add_repo(repo)
        return downloading.request(repo)

    def glob(self, file: File) -> str:
        return f"*{file.path}"

    def desk(self, home: Path, **options: Any) -> AbstractContextManager[Desk]:
        return downloading.desk(home, self.standin.endpoint, **options)

    def names(self, home: Path, request: DownloadRequest) -> Names:
        folder = HubCache(home / "hub").repo(request.repo_id)
        etag = request.files[0].sha256 or ""
        return Names(folder.part(etag), folder.journal(etag), folder.lock(etag), folder.blob(etag))


class OllamaGarden:
    source = Source.OLLAMA
    front, back = "registry", "store"

    def __init__(self, standin: StandInOllama) -> None:
        self.standin = standin

    def offer(self, name: str, file: File) -> DownloadRequest:
        template = Layer("template", File("template", text="{{ .Prompt }}"))
        model = Model(name.lower(), (Tag("1b", file, (template,)),))
        self.standin.add(model)
        return ollama_request(model)

    def glob(self, file: File) -> str:
        return f"*sha256:{file.digest}"

    def desk(self, home: Path, **options: Any) -> AbstractContextManager[Desk]:
        return downloading.desk(home, "http://127.0.0.1:9", registry=self.standin.registry, **options)

    def names(self, home: Path, request: DownloadRequest) -> Names:
        store = OllamaStore(home / "ollama")
        etag = request.files[0].sha256 or ""
        return Names(store.part(etag), store.journal(etag), store.lock(etag), store.blob(etag))


@dataclass(frozen=True)
class Offer:
    """One garden with one file in it."""

    garden: Garden
    standin: StandIn
    front: str
    back: str
    request: DownloadRequest
    glob: str

    def desk(self, home: Path, **options: Any) -> AbstractContextManager[Desk]:
        return self.garden.desk(home, **options)

    def sent(self) -> int:
        """Bytes of the file that left the garden."""
        return sum(entry.sent for entry in self.standin.log(self.glob, server=self.back))


@contextmanager
def both() -> Iterator[dict[str, Garden]]:
    """The stand-ins of both gardens, by the name of their source."""
    with StandInHub() as hub, StandInOllama() as ollama:
        yield {"hf": HubGarden(hub), "ollama": OllamaGarden(ollama)}


@contextmanager
def offered(garden: Garden, file: File, name: str = "Tiny") -> Iterator[Offer]:
    """`file` as the weights of a model in `garden`, whose faults and log are gone behind the block."""
    request = garden.offer(name, file)
    try:
        yield Offer(garden, garden.standin, garden.front, garden.back, request, garden.glob(file))
    finally:
        garden.standin.reset()


def ollama_request(model: Model, tag: Tag | None = None) -> DownloadRequest:
    """A request for one tag, as the garden completes it."""
    tag = tag or model.tags[0]
    assert tag.weights is not None
    rest = [layer.file for layer in tag.layers] + [tag.config_file]
    quant = QuantFile(
        "Q4_K_M",
        (_layer(tag.weights),),
        tag=tag.name,
        extras=tuple(map(_layer, rest)),
        manifest=tag.manifest_text,
    )
    commit = hashlib.sha256(tag.manifest_text.encode()).hexdigest()
    return DownloadRequest(model.name, commit, quant, Source.OLLAMA)


def _layer(file: File) -> RemoteFile:
    return RemoteFile(f"sha256-{file.digest}", file.length, file.digest)
