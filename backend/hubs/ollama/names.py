"""Which names of Ollama are names. They become URLs here and paths on this disk, and come from strangers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.errors import AppError
from backend.hubs.names import SHA256, is_safe_path
from backend.i18n import tr

LIBRARY = "library"
"""The namespace of Ollama's own models, which names leave out."""

LATEST = "latest"
"""The tag that a name without one means."""

_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?")
_TAG = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class OllamaName:
    """A model: ``library``'s or a user's."""

    namespace: str
    model: str

    @property
    def id(self) -> str:
        """``name`` or ``user/name``, as `HubModel.id` has it."""
        return self.model if self.namespace == LIBRARY else f"{self.namespace}/{self.model}"

    @property
    def path(self) -> str:
        """``namespace/name``, as in addresses of the registry and in Ollama's folders."""
        return f"{self.namespace}/{self.model}"


def is_part(text: str) -> bool:
    """Whether `text` can be a namespace or the name of a model."""
    return bool(_PART.fullmatch(text)) and ".." not in text and is_safe_path(text)


def is_tag(text: str) -> bool:
    """Whether `text` can be a tag."""
    return bool(_TAG.fullmatch(text)) and ".." not in text and is_safe_path(text)


def is_model_id(text: str) -> bool:
    """Whether `text` can be ``name`` or ``user/name``."""
    parts = text.split("/")
    return len(parts) <= 2 and all(map(is_part, parts))


def model_name(model_id: str) -> OllamaName:
    """The parts of ``name`` or ``user/name``.

    Raises:
        AppError: ``ollama.bad_name``.
    """
    if not is_model_id(model_id):
        raise bad_name(model_id)
    namespace, _, model = model_id.rpartition("/")
    return OllamaName(namespace or LIBRARY, model)


def checked_tag(tag: str) -> str:
    """`tag`, or ``latest`` where it is empty.

    Raises:
        AppError: ``ollama.bad_name``.
    """
    tag = tag or LATEST
    if not is_tag(tag):
        raise bad_name(tag)
    return tag


def checked_digest(digest: str) -> str:
    """The 64 hex digits of ``sha256:<hex>`` or ``<hex>``.

    Raises:
        AppError: ``ollama.bad_name``.
    """
    digits = digest.removeprefix("sha256:")
    if not SHA256.fullmatch(digits):
        raise bad_name(digest)
    return digits


def split_name(spec: str) -> tuple[OllamaName, str]:
    """Model and tag of ``[ollama:][user/]name[:tag]``; the tag is ``latest`` where there is none.

    Raises:
        AppError: ``ollama.bad_name``.
    """
    spec = spec.removeprefix("ollama:").removeprefix("library/")
    model_id, colon, tag = spec.partition(":")
    if colon and not tag:
        raise bad_name(spec)
    return model_name(model_id), checked_tag(tag)


def is_cloud_tag(tag: str) -> bool:
    """Whether the tag only stands for a model that runs on Ollama's own computers."""
    return tag == "cloud" or tag.endswith("-cloud")


def is_mlx_tag(tag: str) -> bool:
    """Whether the tag says that its weights are for Apple's MLX, which is no GGUF."""
    return "mlx" in re.split(r"[-_.]", tag.lower())


def bad_name(name: str) -> AppError:
    """`name` cannot be the name, tag or digest of a model."""
    return AppError(
        "ollama.bad_name",
        tr("{name} cannot be the name of an Ollama model.", name=ascii(name)[:200].strip("'\"")),
        tr("Write it as name:tag or user/name:tag, such as llama3.2:3b."),
    )
