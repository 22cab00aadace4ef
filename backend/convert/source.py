"""Which folder a conversion reads, and what the model in it is called."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.hubs.names import SHA1, file_stem
from backend.hubs.types import QuantFile, RepoDetail
from backend.i18n import tr
from backend.library.layout import PREFIX, HubCache

OWN = "orangery"
"""Publisher of what came from a folder."""
LABEL = "safetensors"
_JSON = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "tokenizer.model",
    "chat_template.jinja",
    "chat_template.json",
)
_ENDINGS = frozenset(Path(name).suffix for name in _JSON)
_INDEX, _SINGLE = "model.safetensors.index.json", "model.safetensors"
_SHARD = re.compile(r"model-\d{5}-of-\d{5}\.safetensors")


@dataclass(frozen=True, slots=True)
class Origin:
    """Attributes:
    name: Of the model, without its owner.
    publisher: The folder of the library under which it goes.
    id: The repository, or the path of the folder.
    """

    name: str
    publisher: str
    id: str

    @property
    def stem(self) -> str:
        """`name`, fit to be a file name."""
        return file_stem(self.name)

    @property
    def folder(self) -> str:
        """`publisher`, fit to be a folder name."""
        return file_stem(self.publisher)


def origin_of(folder: Path) -> Origin:
    """What is known from the place of a folder: a snapshot of the hub cache names its repository."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100
    cached = path.parent.parent.name
    if path.parent.name == "snapshots" and cached.startswith(PREFIX):
        owner, _, name = cached.removeprefix(PREFIX).partition("--")
        return Origin(name or owner, owner if name else OWN, f"{owner}/{name}" if name else owner)
    return Origin(path.name or "model", OWN, str(path))


def source_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that a conversion may read."""
    try:
        return tuple(path for path in folder.iterdir() if path.suffix in (".safetensors", *_ENDINGS))
    except OSError:
        return ()  # the conversion says why


def snapshot(cache: Path, repo_id: str) -> Path | None:
    """The folder of a repository in the hub cache, at the commit that ``main`` means there; None where it was
    never downloaded.

    Raises:
        AppError: ``download.bad_name``.
    """
    folder = HubCache(cache).repo(repo_id)
    try:
        commit = folder.ref("main").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    found = folder.snapshots / commit
    return found if SHA1.fullmatch(commit) and found.is_dir() else None


def wanted_files(detail: RepoDetail) -> tuple[QuantFile, QuantFile]:
    """What a conversion needs of a repository, and nothing else: first the small files, then the weights.

    Raises:
        AppError: ``convert.no_config``, ``convert.pickle`` or ``convert.no_weights``.
    """
    files = {file.path: file for file in detail.files}
    single = files.get(_SINGLE)
    shards = tuple(file for path, file in sorted(files.items()) if _SHARD.fullmatch(path))
    weights = shards if single is None else (single,)
    if not weights:
        raise _no_weights(detail)
    if "config.json" not in files:
        raise AppError(
            "convert.no_config",
            tr("{model} has no config.json, so it is no Hugging Face repository.", model=detail.model.id),
            tr("Choose the repository of the original model."),
        )
    names = _JSON if single is not None else (*_JSON, _INDEX)
    settings = tuple(files[name] for name in names if name in files)
    return QuantFile(LABEL, settings), QuantFile(LABEL, weights)


def _no_weights(detail: RepoDetail) -> AppError:
    repo = detail.model.id
    if any(file.path.endswith((".bin", ".pt", ".pth", ".ckpt", ".pkl")) for file in detail.files):
        return AppError(
            "convert.pickle",
            tr(
                "{model} has its weights as pickle files, which could run code; they are not opened.",
                model=repo,
            ),
            tr("Look for a repository of the same model with safetensors files."),
        )
    return AppError(
        "convert.no_weights",
        tr("{model} has no safetensors files.", model=repo),
        tr("Download the whole repository, or choose another one."),
    )
