"""The folders of an Ollama store, and which names may be used in them.

Layout: ``manifests/<host>/<namespace>/<model>/<tag>`` (the manifest as the registry sent it) and
``blobs/sha256-<hex>``. Ollama deletes what it does not know from ``blobs`` when it starts, so unfinished
transfers lie beside it in ``.orangery``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.hubs.home import expanded
from backend.hubs.names import SHA256
from backend.hubs.ollama.names import LIBRARY, is_model_id, is_tag
from backend.library.layout import bad_name
from backend.paths import Paths

REGISTRY = "registry.ollama.ai"
"""The host under which Ollama keeps models of its own registry, also where a mirror sent them."""

_SYSTEM = Path("/usr/share/ollama/.ollama/models")


def ollama_store_dir(env: Mapping[str, str] | None = None) -> Path:
    """The store of this person's Ollama, which need not exist: ``OLLAMA_MODELS``, else the one in the home
    folder, else (where only that is there) the one of a system-wide service."""
    env = os.environ if env is None else env
    if chosen := env.get("OLLAMA_MODELS"):
        return expanded(chosen)
    own = Path(env.get("HOME") or Path.home()) / ".ollama" / "models"
    if sys.platform == "linux" and not own.is_dir() and _SYSTEM.is_dir():
        return _SYSTEM
    return own


def own_ollama_store(paths: Paths) -> Path:
    """Orangery's own store of the same layout, for where the person's cannot be written."""
    return paths.data / "ollama"


def check_model(model_id: str) -> tuple[str, str]:
    """Namespace and name of ``name`` or ``user/name``.

    Raises:
        AppError: ``download.bad_name``.
    """
    if not is_model_id(model_id):
        raise bad_name(model_id)
    namespace, _, name = model_id.rpartition("/")
    return namespace or LIBRARY, name


def check_tag(tag: str) -> str:
    """Return `tag` if it can be one on every system, else raise ``download.bad_name``."""
    if not is_tag(tag):
        raise bad_name(tag)
    return tag


def check_digest(digest: str) -> str:
    """Return `digest` if it is 64 hexadecimal digits, else raise ``download.bad_name``."""
    if not SHA256.fullmatch(digest):
        raise bad_name(digest)
    return digest


@dataclass(frozen=True, slots=True)
class OllamaStore:
    """The store at `root`, which need not exist yet. Digests are plain hexadecimal."""

    root: Path

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def manifests(self) -> Path:
        return self.root / "manifests"

    @property
    def workshop(self) -> Path:
        """Our own folder for what is not finished."""
        return self.root / ".orangery"

    def blob(self, digest: str) -> Path:
        return self.blobs / f"sha256-{check_digest(digest)}"

    def part(self, digest: str) -> Path:
        return self.workshop / f"{check_digest(digest)}.part"

    def journal(self, digest: str) -> Path:
        return self.workshop / f"{check_digest(digest)}.part.json"

    def lock(self, digest: str) -> Path:
        return self.workshop / f"{check_digest(digest)}.lock"

    def manifest(self, model_id: str, tag: str) -> Path:
        """Where the manifest of ``name`` or ``user/name`` under `tag` belongs."""
        namespace, name = check_model(model_id)
        return self.manifests / REGISTRY / namespace / name / check_tag(tag)
