"""Reading the hub's JSON. Fields may be missing, of another type, or wrong; only the identifier must be
there."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from backend.hubs.names import SHA1, SHA256, is_repo, is_repo_id, is_safe_path
from backend.hubs.types import HubModel, RemoteFile, Source

log = logging.getLogger(__name__)

EXPAND = (
    "baseModels",
    "createdAt",
    "downloads",
    "gated",
    "gguf",
    "lastModified",
    "likes",
    "pipeline_tag",
    "tags",
)
"""The fields that rows need; asking for them by name keeps the answers small."""

_SIZE_IN_NAME = re.compile(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?)([BM])(?![A-Za-z0-9])", re.IGNORECASE)
_MOST_TAGS = 200


def hub_model(data: object) -> HubModel | None:
    """One row of a list, or the row of a detail; None where the entry names no repository."""
    if not isinstance(data, Mapping):
        return None
    repo_id = data.get("id")
    if not isinstance(repo_id, str) or not is_repo(repo_id):
        return None
    owner, _, name = repo_id.rpartition("/")
    tags = tuple(t for t in _list(data.get("tags"))[:_MOST_TAGS] if isinstance(t, str) and len(t) <= 300)
    gguf = data.get("gguf") if isinstance(data.get("gguf"), Mapping) else None
    facts: Mapping[str, object] = gguf if isinstance(gguf, Mapping) else {}
    architecture = _text(facts.get("architecture"))
    if architecture == "clip":  # the hub has read the projector, not the model
        facts, architecture = {}, None
    elif architecture is None:
        architecture = _configured(data.get("config"))
    return HubModel(
        id=repo_id,
        source=Source.HUGGING_FACE,
        owner=owner,
        name=name,
        parameters=_count(facts.get("total")) or parameters_in_name(name),
        architecture=architecture,
        context_length=_count(facts.get("context_length")) or None,
        downloads=_count(data.get("downloads")),
        likes=_count(data.get("likes")),
        updated=_date(data.get("lastModified")),
        created=_date(data.get("createdAt")),
        gated=data.get("gated") in (True, "auto", "manual"),
        has_gguf=gguf is not None or "gguf" in tags,
        pipeline_tag=_text(data.get("pipeline_tag")),
        license=_license(data, tags),
        tags=tags,
        base_models=_base_models(data, tags),
    )


def _configured(config: object) -> str | None:
    """What the configuration for transformers names: a class such as ``BertModel``, else the model type."""
    if not isinstance(config, Mapping):
        return None
    names = [*_list(config.get("architectures"))[:1], config.get("model_type")]
    return next((name for name in map(_text, names) if name), None)


def remote_files(data: Mapping[str, object], repo_id: str) -> tuple[RemoteFile, ...]:
    """The files of a detail that was asked for with ``blobs=true``. Paths that could leave a folder, and
    files without a size, are skipped and logged."""
    files: dict[str, RemoteFile] = {}
    for entry in _list(data.get("siblings")):
        if not isinstance(entry, Mapping):
            continue
        path = entry.get("rfilename")
        if not isinstance(path, str) or not is_safe_path(path):
            log.warning("%s: the file name %s is not safe; skipped", repo_id, ascii(path)[:200])
            continue
        found = entry.get("lfs")
        lfs: Mapping[str, object] = found if isinstance(found, Mapping) else {}
        size = _count(lfs.get("size"))
        if size is None:
            size = _count(entry.get("size"))
        if size is None:
            log.warning("%s: no size for %s; skipped", repo_id, ascii(path)[:200])
            continue
        sha256, blob = lfs.get("sha256"), entry.get("blobId")
        files[path] = RemoteFile(
            path,
            size,
            sha256=sha256 if isinstance(sha256, str) and SHA256.fullmatch(sha256) else None,
            git_sha1=blob if not lfs and isinstance(blob, str) and SHA1.fullmatch(blob) else None,
        )
    return tuple(files.values())


def commit_of(data: Mapping[str, object]) -> str | None:
    """The commit of a detail, if it is one."""
    sha = data.get("sha")
    return sha if isinstance(sha, str) and SHA1.fullmatch(sha) else None


def parameters_in_name(name: str) -> int | None:
    """The number of weights that a name such as ``Qwen3-30B-A3B`` tells; the first size counts."""
    match = _SIZE_IN_NAME.search(name)
    if match is None:
        return None
    return _count(float(match.group(1)) * (1e9 if match.group(2).upper() == "B" else 1e6)) or None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 200 else None


def _count(value: object) -> int | None:
    """A whole number that could be a count or a size; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value < 2**62 else None


def _date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        date = datetime.fromisoformat(value)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _license(data: Mapping[str, object], tags: tuple[str, ...]) -> str | None:
    for tag in tags:
        if tag.startswith("license:"):
            return _text(tag.removeprefix("license:"))
    card = data.get("cardData")
    return _text(card.get("license")) if isinstance(card, Mapping) else None


def _base_models(data: Mapping[str, object], tags: tuple[str, ...]) -> tuple[str, ...]:
    """From ``baseModels`` (a list, or an object with one) and from ``base_model:`` tags; junk is left out."""
    entries = data.get("baseModels")
    if isinstance(entries, Mapping):
        entries = entries.get("models")
    names = [e.get("id") if isinstance(e, Mapping) else e for e in _list(entries)]
    names += [tag.rsplit(":", 1)[-1] for tag in tags if tag.startswith("base_model:")]
    return tuple(dict.fromkeys(n for n in names if isinstance(n, str) and is_repo_id(n)))
