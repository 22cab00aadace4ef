"""The folders of the standard Hugging Face hub cache, and which names may be used in them.

Layout: ``models--owner--name/{blobs/<etag>, snapshots/<commit>/<path> → blobs, refs/<revision>}`` and
``.locks``. Other programs read and write the same folders, so nothing here may surprise them.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from backend.errors import AppError
from backend.hubs.home import expanded, hf_home
from backend.hubs.names import SHA1, SHA256, is_repo, is_safe_path
from backend.i18n import tr

PREFIX = "models--"


def hub_cache_dir(env: Mapping[str, str] | None = None) -> Path:
    """This person's hub cache: ``HF_HUB_CACHE`` (or its old name), else ``hub`` in the hub's own folder."""
    env = os.environ if env is None else env
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if cache := env.get(name):
            return expanded(cache)
    return hf_home(env) / "hub"


def check_repo_id(repo_id: str) -> str:
    """Return `repo_id` if it is ``owner/name`` or an old plain ``name``, else raise ``download.bad_name``."""
    if not is_repo(repo_id):
        raise bad_name(repo_id)
    return repo_id


def check_commit(commit: str) -> str:
    """Return `commit` if it is a whole commit id, else raise ``download.bad_name``."""
    if not SHA1.fullmatch(commit):
        raise bad_name(commit)
    return commit


def check_path(path: str) -> PurePosixPath:
    """Return the path of a file inside a repository if it is safe on every system.

    Raises:
        AppError: ``download.bad_name``; see `backend.hubs.names.is_safe_path`.
    """
    if not is_safe_path(path):
        raise bad_name(path)
    return PurePosixPath(path)


def check_distinct(paths: Iterable[str]) -> None:
    """Raise ``download.bad_name`` if two paths are one file on a system that folds case or Unicode forms."""
    seen: set[str] = set()
    for path in paths:
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise bad_name(path)
        seen.add(folded)


def bad_name(name: str) -> AppError:
    """The error for a name that must not become a path."""
    return AppError(
        "download.bad_name",
        tr("The name {name} cannot be used on this computer.", name=ascii(name)[:120]),
        tr("It could reach outside the model folder, so nothing was downloaded."),
    )


@dataclass(frozen=True, slots=True)
class HubCache:
    """The hub cache at `root`, which need not exist yet."""

    root: Path

    def repo(self, repo_id: str) -> RepoFolder:
        """The folder of one model repository.

        Raises:
            AppError: ``download.bad_name``.
        """
        check_repo_id(repo_id)
        return RepoFolder(self.root, PREFIX + repo_id.replace("/", "--"))


@dataclass(frozen=True, slots=True)
class RepoFolder:
    """The paths of one repository in the cache. `etag` is a SHA-256, or a git SHA-1 for files outside LFS."""

    root: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def snapshots(self) -> Path:
        return self.folder / "snapshots"

    def blob(self, etag: str) -> Path:
        return self.blobs / _digest(etag)

    def part(self, etag: str) -> Path:
        """Our own unfinished transfer, under a name that no other program gives to, or takes for, a model."""
        return self.blobs / f"{_digest(etag)}.orangery.part"

    def journal(self, etag: str) -> Path:
        return self.blobs / f"{_digest(etag)}.orangery.part.json"

    def lock(self, etag: str) -> Path:
        """The lock file that the hub's own client takes for this blob too."""
        return self.root / ".locks" / self.name / f"{_digest(etag)}.lock"

    def pointer(self, commit: str, path: str) -> Path:
        """The name under which programs open the file."""
        return self.snapshots / check_commit(commit) / check_path(path)

    def ref(self, revision: str) -> Path:
        return self.folder / "refs" / revision


def _digest(etag: str) -> str:
    if not (SHA256.fullmatch(etag) or SHA1.fullmatch(etag)):
        raise bad_name(etag)
    return etag
