"""Which GGUF models lie in an Ollama store: manifests name them, blobs hold them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from backend.files import read_start
from backend.gguf.names import UNKNOWN, quant_label
from backend.hubs.ollama.names import LIBRARY
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.layout_ollama import REGISTRY
from backend.library.stores.found import FoundModel, Inside, Part, look, shown, stable_id
from backend.library.stores.manifests import Manifest, manifests
from backend.library.stores.walk import Troubles
from backend.library.types import Store

ADAPTER = "#adapter"
"""Ends the id of an adapter that a tag brings along for its weights."""

_MOST_CONFIG = 64 << 10


def scan(root: Path, troubles: Troubles) -> Iterator[FoundModel]:
    """Every tag whose weights are GGUF. Stubs of models that run elsewhere have none. Never raises."""
    real = os.path.realpath(root)
    if os.path.isdir(real) and not os.access(real, os.R_OK | os.X_OK):  # noqa: PTH112
        troubles.unreadable.append(str(root))
        return
    inside = Inside([real])
    for manifest in manifests(root):
        if not manifest.readable or manifest.layer("model") is not None:
            model = _model(root, manifest, inside)
            yield model
            if (adapter := manifest.layer("adapter")) is not None:
                part, problem = look(blob(root, adapter.digest), inside, adapter.digest)
                yield replace(
                    model,
                    id=model.id + ADAPTER,
                    kind="adapter",
                    path=part.path,
                    parts=(part,),
                    quant=UNKNOWN,
                    projector=None,
                    problem=problem,
                )


def model_id(manifest: Manifest) -> str:
    return stable_id(f"ollama:{manifest.name}:{manifest.tag}")


def blob(root: Path, digest: str) -> Path:
    """Where a content lies; early versions wrote a colon."""
    usual = root / "blobs" / f"sha256-{digest}"
    if os.name != "nt" and not os.path.lexists(usual):
        early = root / "blobs" / f"sha256:{digest}"
        if os.path.lexists(early):
            return early
    return usual


def _model(root: Path, manifest: Manifest, inside: Inside) -> FoundModel:
    weights, projector = manifest.layer("model"), manifest.layer("projector")
    parts: tuple[Part, ...] = ()
    problem = tr("Its manifest {path} cannot be read.", path=shown(str(manifest.path)))
    if weights is not None:
        part, problem = look(blob(root, weights.digest), inside, weights.digest)
        parts = (part,)
        if part.real and part.size != weights.size:
            problem = tr("Its content in Ollama's store is not whole.")
    beside = blob(root, projector.digest) if projector is not None else None
    owner = "" if manifest.namespace == LIBRARY else manifest.namespace
    known = manifest.host == REGISTRY and manifest.readable
    return FoundModel(
        id=model_id(manifest),
        store=Store.OLLAMA,
        root=root,
        name=f"{manifest.model}:{manifest.tag}",
        owner=owner,
        source=Source.OLLAMA,
        path=parts[0].path if parts else manifest.path,
        parts=parts,
        quant=_quant(root, manifest),
        projector=beside if beside is not None and os.path.isfile(beside) else None,  # noqa: PTH113
        repo_id=manifest.name if known else None,
        commit=manifest.digest or None,
        file=manifest.tag,
        problem=problem,
    )


def _quant(root: Path, manifest: Manifest) -> str:
    """As the config says, else as the tag does."""
    if manifest.config:
        try:
            kind = json.loads(read_start(blob(root, manifest.config), _MOST_CONFIG))["file_type"]
            if isinstance(kind, str) and (label := quant_label(kind)) != UNKNOWN:
                return label
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            pass
    return quant_label(manifest.tag.replace(":", "-"))
