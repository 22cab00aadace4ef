"""Ollama manifests on this disk: what models there are, and which contents each of them needs.

`backend.hubs.ollama.manifest` reads what a registry sends and refuses what is odd. These were accepted by
Ollama already, in whatever version, and matter for what may be deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.files import read_start
from backend.hubs.names import SHA256
from backend.hubs.ollama.manifest import MANIFEST_LIMIT
from backend.hubs.ollama.names import LIBRARY
from backend.library.layout_ollama import REGISTRY

_LAYER = "application/vnd.ollama.image."
_MOST_LAYERS = 20_000


@dataclass(frozen=True, slots=True)
class Layer:
    """`kind` is the last word of the media type: ``model``, ``projector``, ``adapter``, ``template`` …"""

    kind: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest file.

    Attributes:
        host, namespace, model, tag: From its path.
        digest: SHA-256 of its bytes, which is the id of the model for Ollama; empty if unreadable.
        config: Digest of the config; empty where there is none.
        readable: Whether it could be read. Of one that could not, nobody knows what it needs.
    """

    path: Path
    host: str
    namespace: str
    model: str
    tag: str
    digest: str = ""
    config: str = ""
    layers: tuple[Layer, ...] = ()
    readable: bool = True

    @property
    def name(self) -> str:
        """As Ollama writes it: without what is usual in front."""
        if self.host != REGISTRY:
            return f"{self.host}/{self.namespace}/{self.model}"
        return self.model if self.namespace == LIBRARY else f"{self.namespace}/{self.model}"

    @property
    def needs(self) -> frozenset[str]:
        """Digests of all contents."""
        return frozenset({layer.digest for layer in self.layers} | ({self.config} if self.config else set()))

    def layer(self, kind: str) -> Layer | None:
        return next((layer for layer in self.layers if layer.kind == kind), None)


def manifests(root: Path) -> Iterator[Manifest]:
    """Every manifest of the store at `root`, by path. Never raises; links are not followed."""
    base = root / "manifests"
    for host in _folders(base):
        for namespace in _folders(base / host):
            for model in _folders(base / host / namespace):
                folder = base / host / namespace / model
                for tag in _files(folder):
                    yield read(folder / tag, host, namespace, model, tag)


def unknown(root: Path) -> int:
    """How many names among the manifests of the store at `root` are links, or folders that cannot be listed.

    Ollama may find manifests behind them, so nobody knows what those need.
    """
    waiting, count = [root / "manifests"], 0
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    count += entry.is_symlink()
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
        except FileNotFoundError:
            continue
        except OSError:
            count += 1
    return count


def read(path: Path, host: str, namespace: str, model: str, tag: str) -> Manifest:
    """The manifest at `path`. Never raises."""
    plain = Manifest(path, host, namespace, model, tag)
    try:
        data = read_start(path, MANIFEST_LIMIT + 1)
        if len(data) > MANIFEST_LIMIT:
            raise ValueError("too long")
        config, layers = parse(data)
    except (OSError, ValueError, RecursionError):
        return Manifest(path, host, namespace, model, tag, readable=False)
    digest = hashlib.sha256(data).hexdigest()
    return Manifest(plain.path, host, namespace, model, tag, digest, config, layers)


def parse(data: bytes) -> tuple[str, tuple[Layer, ...]]:
    """Digest of the config ('' for none), and the layers.

    Raises:
        ValueError: It is no manifest. Anything odd is refused as a whole, because what a manifest needs
            decides what may be deleted.
    """
    raw = json.loads(data)
    if not isinstance(raw, dict) or not isinstance(raw.get("layers"), list):
        raise ValueError("no manifest")
    if len(raw["layers"]) > _MOST_LAYERS:
        raise ValueError("too many layers")
    config = raw.get("config")
    return (_digest(config) if config else ""), tuple(_layer(layer) for layer in raw["layers"])


def _layer(raw: Any) -> Layer:
    digest = _digest(raw)
    kind, size = raw.get("mediaType"), raw.get("size")
    if not isinstance(kind, str) or isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise ValueError("no layer")
    return Layer(kind.removeprefix(_LAYER), digest, size)


def _digest(raw: Any) -> str:
    value = raw.get("digest") if isinstance(raw, dict) else None
    digest = value.removeprefix("sha256:") if isinstance(value, str) else ""
    if not SHA256.fullmatch(digest):
        raise ValueError("no digest")
    return digest


def _folders(folder: Path) -> list[str]:
    return _names(folder, folders=True)


def _files(folder: Path) -> list[str]:
    return _names(folder, folders=False)


def _names(folder: Path, *, folders: bool) -> list[str]:
    try:
        with os.scandir(folder) as listing:
            return sorted(
                entry.name
                for entry in listing
                if not entry.name.startswith(".")
                and (entry.is_dir(follow_symlinks=False) if folders else entry.is_file(follow_symlinks=False))
            )
    except OSError:
        return []
