"""Reading what a registry says about a tag. Everything in it is hostile until checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.hubs.names import SHA256
from backend.hubs.ollama import errors
from backend.hubs.types import RemoteFile

MANIFEST_LIMIT = 4_000_000
"""Bytes of a manifest; those of MLX models list every tensor."""
CONFIG_LIMIT = 1_000_000

MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
_MANIFEST_TYPES = (MANIFEST_TYPE, "application/vnd.oci.image.manifest.v1+json")
_LAYER_TYPE = re.compile(r"application/vnd\.ollama\.image\.([a-z0-9_.+-]{1,40})")
_CONFIG_TYPE = re.compile(r"application/[a-z0-9.+-]{1,80}")
_DIGEST = re.compile(rf"sha256:({SHA256.pattern})")
_MOST_LAYERS = 20_000
_MOST_BYTES = 2**44
_TENSORS = ("tensor", "json")


@dataclass(frozen=True, slots=True)
class Layer:
    """One blob of a manifest; `kind` is the end of its media type, such as ``model`` or ``template``."""

    kind: str
    digest: str
    size: int

    @property
    def file(self) -> RemoteFile:
        return RemoteFile(f"sha256-{self.digest}", self.size, sha256=self.digest)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was checked.

    Attributes:
        text: Exactly as the registry sent it.
        digest: SHA-256 of these bytes: the id that Ollama shows for the tag.
        cached_at: Unix time when it was fetched, where the registry could not be asked now; else None.
    """

    text: str
    digest: str
    config: Layer
    layers: tuple[Layer, ...]
    cached_at: float | None = None

    @property
    def model(self) -> Layer | None:
        """The weights, where they are a GGUF."""
        return next((layer for layer in self.layers if layer.kind == "model"), None)

    @property
    def is_mlx(self) -> bool:
        """Whether the weights are single tensors for MLX."""
        return self.model is None and any(layer.kind in _TENSORS for layer in self.layers)

    @property
    def others(self) -> tuple[Layer, ...]:
        """Everything beside the weights, the config included; a blob that is named twice comes once."""
        first = self.model
        found = {layer.digest: layer for layer in (*self.layers, self.config)}
        return tuple(layer for layer in found.values() if first is None or layer.digest != first.digest)


@dataclass(frozen=True, slots=True)
class Config:
    """What the config blob tells; empty or None where it says nothing.

    Attributes:
        parameters: As it writes them, such as ``3.2B``.
        quant: Quantization label in upper case.
        remote: Whether the tag only points at a model on other computers.
    """

    format: str = ""
    family: str = ""
    parameters: str = ""
    quant: str = ""
    context_length: int | None = None
    remote: bool = False


def read_manifest(body: bytes, name: str, cached_at: float | None = None) -> Manifest:
    """Check a manifest.

    Args:
        name: The model and tag, for messages.

    Raises:
        AppError: ``ollama.manifest``.
    """
    try:
        return _manifest(body, cached_at)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        detail = f"{type(error).__name__}: {str(error)[:300]}; {body[:200]!a}"
        raise errors.bad_manifest(name, detail) from error


def read_config(body: bytes, name: str) -> Config:
    """What the config says; fields of another type are left out.

    Raises:
        AppError: ``ollama.config``: it is no JSON object.
    """
    try:
        data = _load(body)
    except (ValueError, RecursionError) as error:
        raise errors.bad_config(name, f"{type(error).__name__}: {str(error)[:300]}") from error
    return Config(
        format=_text(data, "model_format"),
        family=_text(data, "model_family"),
        parameters=_text(data, "model_type"),
        quant=_text(data, "file_type").upper(),
        context_length=_count(data, "context_length"),
        remote=bool(_text(data, "remote_host") or _text(data, "remote_model")),
    )


def _manifest(body: bytes, cached_at: float | None) -> Manifest:
    if len(body) > MANIFEST_LIMIT:
        raise ValueError("too large")
    data = _load(body)
    if data.get("schemaVersion") != 2 or isinstance(data.get("schemaVersion"), bool):
        raise ValueError("schemaVersion is not 2")
    if data.get("mediaType", MANIFEST_TYPE) not in _MANIFEST_TYPES:
        raise ValueError(f"mediaType {ascii(data.get('mediaType'))[:100]}")
    entries = data["layers"]
    if not isinstance(entries, list) or len(entries) > _MOST_LAYERS:
        raise ValueError("no list of layers, or too many")
    config = _layer(data["config"], config=True)
    if config.size > CONFIG_LIMIT:
        raise ValueError("the config is too large")
    layers = tuple(_layer(entry, config=False) for entry in entries)
    sizes: dict[str, int] = {}
    for layer in (*layers, config):
        if sizes.setdefault(layer.digest, layer.size) != layer.size:
            raise ValueError("one digest with two sizes")
    if sum(sizes.values()) > _MOST_BYTES:
        raise ValueError("larger than any model")
    text = body.decode("utf-8")
    return Manifest(text, hashlib.sha256(body).hexdigest(), config, layers, cached_at)


def _layer(entry: object, *, config: bool) -> Layer:
    if not isinstance(entry, Mapping):
        raise TypeError("a layer is no object")
    kind, digest, size = entry["mediaType"], entry["digest"], entry["size"]
    if not isinstance(kind, str) or not isinstance(digest, str):
        raise TypeError("a layer's type or digest is no text")
    match = (_CONFIG_TYPE if config else _LAYER_TYPE).fullmatch(kind)
    if match is None:
        raise ValueError(f"a layer of type {ascii(kind)[:100]}")
    digits = _DIGEST.fullmatch(digest)
    if digits is None:
        raise ValueError(f"a layer with the digest {ascii(digest)[:100]}")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= _MOST_BYTES:
        raise ValueError(f"a layer of size {ascii(size)[:40]}")
    return Layer("config" if config else match[1], digits[1], size)


def _load(body: bytes) -> dict[str, object]:
    """JSON that every reader understands alike: Ollama stores and reads these very bytes."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        # Ollama's reader does not mind the case of names, so that two spellings are one name to it.
        if len({name.casefold() for name, _ in pairs}) != len(pairs):
            raise ValueError("a name comes twice")
        return dict(pairs)

    def refuse(constant: str) -> object:
        raise ValueError(constant)

    data = json.loads(body.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse)
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) and len(value) <= 200 and value.isprintable() else ""


def _count(data: Mapping[str, object], name: str) -> int | None:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**40:
        return None
    return value
