"""Ollama's registry, asked without Ollama: manifests, their configs, and headers of weights."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.names import UNKNOWN, quant_label
from backend.hubs.cache import DiskCache
from backend.hubs.headers import HeaderReader
from backend.hubs.ollama import errors
from backend.hubs.ollama.manifest import (
    CONFIG_LIMIT,
    MANIFEST_LIMIT,
    MANIFEST_TYPE,
    Config,
    Manifest,
    read_config,
    read_manifest,
)
from backend.hubs.ollama.names import (
    OllamaName,
    checked_digest,
    checked_tag,
    is_cloud_tag,
    is_mlx_tag,
    model_name,
)
from backend.hubs.ollama.site import Site
from backend.hubs.ranges import RemoteRanges
from backend.hubs.types import QuantFile, RemoteFile
from backend.net.network import Network


class Registry:
    """One registry. Every method blocks."""

    def __init__(self, network: Network, cache: DiskCache, endpoint: str) -> None:
        self._network = network
        self._cache = cache
        self._site = Site(network, cache, endpoint)
        self._headers = HeaderReader(cache)

    @property
    def endpoint(self) -> str:
        return self._site.endpoint

    def manifest(self, name: OllamaName, reference: str, *, max_age: float = 0.0) -> Manifest:
        """The checked manifest of a tag, or of ``sha256:<hex>``.

        Raises:
            AppError: ``ollama.not_found``, ``ollama.manifest``, ``ollama.bad_name`` and others; ``net.…``.
        """
        digest = checked_digest(reference) if reference.startswith("sha256:") else None
        reference = reference if digest is not None else checked_tag(reference)
        what = f"{name.id}@{digest[:12]}" if digest is not None else f"{name.id}:{reference}"

        def read(body: bytes, cached_at: float | None) -> Manifest:
            if digest is not None and hashlib.sha256(body).hexdigest() != digest:
                raise errors.bad_manifest(what, "its digest is another one")
            return read_manifest(body, what, cached_at)

        return self._site.get(
            f"/v2/{name.path}/manifests/{reference}",
            read,
            what=what,
            limit=MANIFEST_LIMIT,
            extra={"Accept": MANIFEST_TYPE},
            max_age=max_age,
        )

    def config(self, name: OllamaName, manifest: Manifest) -> Config:
        """What the config of a manifest says; fetched once, its digest compared.

        Raises:
            AppError: ``ollama.config``, ``net.…``.
        """
        layer = manifest.config

        def read(body: bytes, _cached_at: float | None) -> Config:
            if len(body) != layer.size or hashlib.sha256(body).hexdigest() != layer.digest:
                raise errors.bad_config(name.id, f"{len(body)} bytes with another digest")
            return read_config(body, name.id)

        return self._site.get(
            _blob_path(name, layer.digest),
            read,
            what=name.id,
            limit=CONFIG_LIMIT,
            max_age=float("inf"),  # named by its content
        )

    def choice(self, model_id: str, tag: str, *, max_age: float = 0.0, digest: str = "") -> QuantFile:
        """A tag as a choice, with everything that its manifest tells.

        `kind` is ``cloud``, ``mlx`` or ``other`` where there is nothing for the engine to load.

        Args:
            digest: The first digits of the id that the tag has now, where they are known: a manifest of
                before that has it is not asked for again.

        Raises:
            AppError: See `manifest`.
        """
        name = model_name(model_id)
        tag = checked_tag(tag)
        manifest = self._seen(name, tag, digest) or self.manifest(name, tag, max_age=max_age)
        try:
            config = self.config(name, manifest)
        except AppError as error:
            # Weights are told by the manifest alone; without the description only the label is missing.
            if not error.code.startswith("net.") or manifest.model is None:
                raise
            config = Config()
        weights = manifest.model
        kind = "model"
        if weights is None:
            kind = "cloud" if config.remote or is_cloud_tag(tag) else "mlx" if manifest.is_mlx else "other"
        elif config.format not in ("", "gguf"):
            kind = "mlx"
        label = config.quant if quant_label(f"{config.quant}.gguf") != UNKNOWN else quant_label(f"{tag}.gguf")
        files = (weights.file,) if weights is not None else (RemoteFile(tag, _total(manifest)),)
        return QuantFile(
            label,
            files,
            kind,
            tag=tag,
            extras=tuple(layer.file for layer in manifest.others),
            manifest=manifest.text,
            context_length=config.context_length,
            digest=manifest.digest,
            family=config.family,
            parameters=config.parameters,
        )

    def _seen(self, name: OllamaName, tag: str, digest: str) -> Manifest | None:
        known = self._site.seen(f"/v2/{name.path}/manifests/{tag}") if digest else None
        if known is None or not hashlib.sha256(known.body).hexdigest().startswith(digest):
            return None
        return read_manifest(known.body, f"{name.id}:{tag}")

    def header(self, model_id: str, quant: QuantFile, *, tier: int) -> tuple[Header, int]:
        """The GGUF header of the weights, and how many bytes were fetched for it now.

        Raises:
            AppError: ``gguf.…``, ``hub.range``, ``ollama.…``, ``net.…``.
        """
        key, file, what, ranges = self._weights(model_id, quant)
        return self._headers.read(key, file, what, ranges, tier=tier)

    def raw_header(self, model_id: str, quant: QuantFile) -> bytes:
        """The bytes of the whole header. Raises as `header`, and fetches what that has not."""
        return self._headers.raw(*self._weights(model_id, quant))

    def _weights(
        self, model_id: str, quant: QuantFile
    ) -> tuple[str, RemoteFile, str, Callable[[], RemoteRanges]]:
        """What `HeaderReader` wants to know of the file with the weights."""
        name = model_name(model_id)
        what = f"{name.id}:{quant.tag}"
        file = quant.files[0]
        if quant.kind != "model" or file.sha256 is None:
            raise errors.not_runnable(what, quant.kind)
        digest = file.sha256

        def ranges() -> RemoteRanges:
            return RemoteRanges(
                self._network,
                self.blob_url(model_id, digest),
                what,
                file.size,
                self._site.headers,
                lambda response: errors.from_response(response, what),
            )

        return f"header ollama {digest}", file, what, ranges

    def blob_url(self, model_id: str, digest: str) -> str:
        """The address of a blob; it redirects to one that expires.

        Raises:
            AppError: ``ollama.bad_name``.
        """
        return self.endpoint + _blob_path(model_name(model_id), digest)


def unread(tag: str, size: int = 0, *, kind: str = "", **facts: object) -> QuantFile:
    """A tag whose manifest was not read yet; `kind` where something else than its name tells it."""
    kind = kind or ("cloud" if is_cloud_tag(tag) else "mlx" if is_mlx_tag(tag) else "model")
    choice = QuantFile(quant_label(f"{tag}.gguf"), (RemoteFile(tag, size),), kind, tag=tag)
    return replace(choice, **facts)  # type: ignore[arg-type]


def _blob_path(name: OllamaName, digest: str) -> str:
    return f"/v2/{name.path}/blobs/sha256:{checked_digest(digest)}"


def _total(manifest: Manifest) -> int:
    return sum({layer.digest: layer.size for layer in manifest.layers}.values())
