"""How tests declare what the stand-in registry offers, and the manifests made from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

from tests.support.standin_hub.declare import File

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.ollama.image."


@dataclass(frozen=True)
class Layer:
    """One layer: `kind` is the last part of its media type, such as ``template`` or ``projector``."""

    kind: str
    file: File


@dataclass(frozen=True)
class Tag:
    """One tag of a model.

    Attributes:
        weights: The GGUF; None for a tag without (a cloud stub, an MLX model made of `layers`).
        layers: What comes along.
        config: Added to the config blob.
        manifest: Sent in place of the real manifest, whatever it is.
        context, input, updated, shown_size: As the page writes them; the size is computed when empty.
    """

    name: str
    weights: File | None = None
    layers: tuple[Layer, ...] = ()
    config: dict[str, Any] = field(default_factory=dict)
    manifest: str | None = None
    context: str = "128K"
    input: str = "Text"
    updated: str = "3 weeks ago"
    shown_size: str = ""

    @cached_property
    def all_layers(self) -> tuple[Layer, ...]:
        return ((Layer("model", self.weights),) if self.weights is not None else ()) + self.layers

    @cached_property
    def config_file(self) -> File:
        facts = {
            "model_format": "gguf" if self.weights is not None else "safetensors",
            "model_family": "llama",
            "model_families": ["llama"],
            "model_type": "3.2B",
            "file_type": "Q4_K_M",
            "architecture": "amd64",
            "os": "linux",
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{x.file.digest}" for x in self.all_layers]},
        }
        return File("config", text=json.dumps({**facts, **self.config}))

    @cached_property
    def manifest_text(self) -> str:
        if self.manifest is not None:
            return self.manifest
        value = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self._entry(CONFIG, self.config_file),
            "layers": [self._entry(LAYER + layer.kind, layer.file) for layer in self.all_layers],
        }
        return json.dumps(value)

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest: the id of the tag."""
        return hashlib.sha256(self.manifest_text.encode()).hexdigest()

    @property
    def blobs(self) -> dict[str, File]:
        files = [layer.file for layer in self.all_layers] + [self.config_file]
        return {file.digest: file for file in files}

    @property
    def size_text(self) -> str:
        """Size of the weights as the page writes it."""
        if self.shown_size:
            return self.shown_size
        value = float(sum(layer.file.length for layer in self.all_layers))
        for unit in ("B", "KB", "MB"):
            if value < 1000:
                return f"{value:.0f}{unit}"
            value /= 1000
        return f"{value:.1f}GB"

    @staticmethod
    def _entry(kind: str, file: File) -> dict[str, Any]:
        return {"mediaType": kind, "digest": f"sha256:{file.digest}", "size": file.length}


@dataclass(frozen=True)
class Model:
    """A model of the library (`name`) or of a user (`user/name`).

    Attributes:
        pulls, updated: As the page writes them; `updated_at` is the tooltip.
    """

    name: str
    tags: tuple[Tag, ...] = ()
    summary: str = ""
    capabilities: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    pulls: str = "1,024"
    updated: str = "3 weeks ago"
    updated_at: str = "Aug 14, 2026 4:54 PM UTC"
    readme: str = ""

    @property
    def path(self) -> str:
        """Below which its pages and manifests are."""
        return self.name if "/" in self.name else f"library/{self.name}"

    def tag(self, reference: str) -> Tag | None:
        """The tag of this name, or of this manifest digest."""
        return next((t for t in self.tags if reference in (t.name, f"sha256:{t.digest}")), None)


def to_json(model: Model) -> dict[str, Any]:
    return asdict(model)


def from_json(data: dict[str, Any]) -> Model:
    def file(entry: dict[str, Any] | None) -> File | None:
        return None if entry is None else File(**entry)

    tags = []
    for entry in data.get("tags", ()):
        layers = tuple(Layer(x["kind"], File(**x["file"])) for x in entry.get("layers", ()))
        tags.append(Tag(**{**entry, "weights": file(entry.get("weights")), "layers": layers}))
    names = {f.name for f in fields(Model)}
    rest = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in names and k != "tags"}
    return Model(tags=tuple(tags), **rest)


def synthetic_models(count: int, prefix: str = "plant", head: str | None = None) -> list[Model]:
    """`count` models of one tag each, for paging; `head` is a small GGUF whose bytes begin their weights."""
    sizes = (1, 3, 4, 7, 8, 12, 14, 24, 32, 70)
    models = []
    for k in range(count):
        billions = sizes[k % len(sizes)]
        digest = hashlib.sha256(f"{prefix}/{k}".encode()).hexdigest()
        weights = File("model", source=head, size=int(billions * 0.62e9), seed=k, sha256=digest)
        tags = tuple(
            Tag(name, weights, config={"model_type": f"{billions}B"}) for name in ("latest", f"{billions}b")
        )
        models.append(
            Model(
                f"{prefix}-{k:04d}",
                tags,
                summary=f"Made-up model number {k}, for paging.",
                capabilities=(("tools",), ("vision", "tools"), ("embedding",), ())[k % 4],
                sizes=(f"{billions}b",),
                pulls=f"{(count - k) * 1.5:.1f}K",
            )
        )
    return models
