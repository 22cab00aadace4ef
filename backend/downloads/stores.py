"""Where a request comes from and where it goes: addresses of its files, and the store that takes them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend.downloads.place import Destination
from backend.downloads.place_hub import HubDestination
from backend.downloads.place_ollama import OllamaDestination
from backend.downloads.types import DownloadRequest
from backend.downloads.wire import Address, HubPort
from backend.errors import AppError
from backend.hubs.names import SHA256
from backend.hubs.types import RemoteFile, Source
from backend.i18n import tr
from backend.library.layout import HubCache, check_commit, check_distinct, check_path
from backend.library.layout_ollama import OllamaStore, check_digest, check_model, check_tag

_SUFFIXES = (".gguf", ".safetensors", ".json")
"""Nothing else is fetched from a repository: other model formats can carry code."""


class RegistryPort(Protocol):
    """What a transfer needs of `backend.hubs.ollama.garden.OllamaGarden`."""

    def blob_url(self, model_id: str, digest: str) -> str: ...

    def headers(self, url: str) -> dict[str, str]: ...


class DaemonPort(Protocol):
    """What a pull through Ollama's own server needs of `backend.hubs.ollama.daemon.OllamaDaemon`."""

    def version(self) -> str | None: ...

    def pull(
        self, name: str, progress: Callable[[int, int, str], None], stopped: Callable[[], bool]
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class HubAddress:
    """A file of a repository at a commit."""

    hub: HubPort
    repo_id: str
    commit: str
    path: str

    def url(self) -> str:
        return self.hub.resolve_url(self.repo_id, self.commit, self.path)

    def headers(self, url: str) -> dict[str, str]:
        return self.hub.auth_headers(url)


@dataclass(frozen=True, slots=True)
class RegistryAddress:
    """A layer in the registry of Ollama, which asks nobody who they are."""

    registry: RegistryPort
    model_id: str
    digest: str

    def url(self) -> str:
        return self.registry.blob_url(self.model_id, self.digest)

    def headers(self, url: str) -> dict[str, str]:
        return self.registry.headers(url)


class Stores:
    """The stores of this machine and the gardens that fill them.

    Args:
        ollama_store: The store of the person's own Ollama; used while it can be written.
        own_store: Used where it cannot, and no server of Ollama runs that would write it.
    """

    def __init__(
        self,
        hub: HubPort,
        hub_cache: Path,
        *,
        registry: RegistryPort | None = None,
        daemon: DaemonPort | None = None,
        ollama_store: Path | None = None,
        own_store: Path | None = None,
    ) -> None:
        self._hub = hub
        self._cache = HubCache(hub_cache)
        self._registry = registry
        self._daemon = daemon
        self._ollama_store = ollama_store
        self._own_store = own_store

    def check(self, request: DownloadRequest) -> None:
        """Refuse what could not be verified, or could be written to a wrong place.

        Raises:
            AppError: ``download.bad_name``, ``download.kind``, ``download.no_digest``, ``download.manifest``.
        """
        if request.source is Source.OLLAMA:
            check_manifest(request)
        else:
            check_files(request)
        destination = self.destination(request)
        for file in request.files:
            destination.place(file)

    def destination(self, request: DownloadRequest) -> Destination:
        """The store that `request` goes into now.

        Raises:
            AppError: ``download.bad_name``.
        """
        if request.source is not Source.OLLAMA:
            return HubDestination(
                self._cache.repo(request.repo_id), request.commit, request.files, request.quant.revision
            )
        check_model(request.repo_id)
        check_tag(request.quant.tag)
        if self._ollama_store is None and self._own_store is None:
            raise AppError(
                "download.no_store",
                tr("There is no folder for models of Ollama."),
                tr("Set OLLAMA_MODELS to a folder that can be written, then start Orangery again."),
            )
        root = self.root(request)
        theirs = root == self._ollama_store
        words = tr("Ollama's models") if theirs else tr("Orangery's own Ollama store")
        return self._ollama(root, request, words)

    def root(self, request: DownloadRequest) -> Path:
        """The folder of the store that `request` goes into; never raises."""
        if request.source is not Source.OLLAMA:
            return self._cache.root
        theirs = self._ollama_store
        if theirs is not None and (self._own_store is None or writable(theirs)):
            return theirs
        return self._own_store or self._cache.root

    def complete(self, request: DownloadRequest) -> bool:
        """Whether everything of `request` is in a store where it can be opened."""
        if self.destination(request).complete():
            return True
        ollama = request.source is Source.OLLAMA and self._ollama_store is not None
        return ollama and self.theirs(request).complete()

    def daemon(self, request: DownloadRequest) -> DaemonPort | None:
        """The server of Ollama that must write the model because this person may not; asks whether it runs.

        Only a file that this person can read afterwards is of use, so not every store will do.
        """
        theirs = self._ollama_store
        if request.source is not Source.OLLAMA or self._daemon is None or theirs is None or writable(theirs):
            return None
        return self._daemon if self._daemon.version() is not None else None

    def theirs(self, request: DownloadRequest) -> OllamaDestination:
        """The person's own Ollama store, whether or not it can be written; for a pull through its server."""
        assert self._ollama_store is not None
        return self._ollama(self._ollama_store, request, tr("Ollama's models, through its server"))

    def address(self, request: DownloadRequest, file: RemoteFile) -> Address:
        """Where `file` of the request is fetched from.

        Raises:
            AppError: ``download.no_garden``.
        """
        if request.source is not Source.OLLAMA:
            return HubAddress(self._hub, request.repo_id, request.commit, file.path)
        if self._registry is None:
            raise AppError("download.no_garden", tr("This Orangery cannot reach the registry of Ollama."))
        return RegistryAddress(self._registry, request.repo_id, check_digest(file.sha256 or ""))

    @staticmethod
    def _ollama(root: Path, request: DownloadRequest, words: str) -> OllamaDestination:
        quant = request.quant
        return OllamaDestination(
            OllamaStore(root), request.repo_id, quant.tag, quant.manifest, request.files, words
        )


def check_files(request: DownloadRequest) -> None:
    """The names of a repository's files, as far as they do not depend on the store."""
    check_commit(request.commit)
    check_distinct(file.path for file in request.files)
    for file in request.files:
        name = check_path(file.path).name
        if not name.lower().endswith(_SUFFIXES):
            raise AppError(
                "download.kind",
                tr("{name} is not a model file that Orangery downloads.", name=name),
                tr("Choose a GGUF file: other formats can carry code."),
            )


def check_manifest(request: DownloadRequest) -> None:
    """The manifest must be the one that the commit names, and name exactly the layers that are fetched.

    Raises:
        AppError: ``download.manifest``, ``download.bad_name``.
    """
    check_model(request.repo_id)
    check_tag(request.quant.tag)
    if not SHA256.fullmatch(request.commit):
        raise _bad_manifest(request, "no digest of the manifest")
    text = request.quant.manifest
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != request.commit:
        raise _bad_manifest(request, "not the manifest that was announced")
    try:
        named = set(layers(text))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _bad_manifest(request, f"{type(error).__name__}: {error}") from error
    for file in request.files:
        check_digest(file.sha256 or "")
    if named != {(f"sha256:{file.sha256}", file.size) for file in request.files}:
        raise _bad_manifest(request, "other layers than those that were chosen")


def layers(manifest: str) -> Iterator[tuple[str, int]]:
    """Digest and size of everything that a manifest names.

    Raises:
        ValueError, KeyError, TypeError: It is no manifest.
    """
    data = json.loads(manifest)
    for entry in (data["config"], *data["layers"]):
        yield str(entry["digest"]), int(entry["size"])


def writable(folder: Path) -> bool:
    """Whether this person could write `folder` and what lies in it, which need not exist yet."""
    try:
        for name in ("blobs", "manifests"):
            place = folder / name
            while not place.exists() and place.parent != place:
                place = place.parent
            if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
                return False
    except OSError:  # not even to be looked into
        return False
    return True


def _bad_manifest(request: DownloadRequest, detail: str) -> AppError:
    return AppError(
        "download.manifest",
        tr("What the registry lists for {name} cannot be used.", name=request.quant.name),
        tr("Open the model again in Discover, then choose it once more."),
        detail,
    )
