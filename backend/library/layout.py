"""The folders of the standard Hugging Face hub cache, and which names may be used in them.

Layout: ``models--owner--name/{blobs/<etag>, snapshots/<commit>/<path> → blobs, refs/<revision>}`` and
``.locks``. Other programs read and write the same folders, so nothing here may surprise them.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from backend.errors import AppError
from backend.i18n import tr

SHA256 = re.compile(r"[0-9a-f]{64}")
SHA1 = re.compile(r"[0-9a-f]{40}")
PREFIX = "models--"

_REPO_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_NAME = 255
"""Bytes of one path component that every common file system takes."""


def hub_cache_dir(env: Mapping[str, str] | None = None) -> Path:
    """This person's hub cache: ``HF_HUB_CACHE``, else ``HF_HOME/hub``, else ``~/.cache/huggingface/hub``."""
    env = os.environ if env is None else env
    if cache := env.get("HF_HUB_CACHE"):
        return Path(os.path.expandvars(cache)).expanduser()
    if home := env.get("HF_HOME"):
        return Path(os.path.expandvars(home)).expanduser() / "hub"
    base = env.get("XDG_CACHE_HOME")
    return (Path(base).expanduser() if base else Path.home() / ".cache") / "huggingface" / "hub"


def check_repo_id(repo_id: str) -> str:
    """Return `repo_id` if it is ``owner/name`` or an old plain ``name``, else raise ``download.bad_name``."""
    parts = repo_id.split("/")
    if len(parts) > 2 or any(
        not _REPO_PART.fullmatch(part) or "--" in part or ".." in part for part in parts
    ):
        raise _bad_name(repo_id)
    return repo_id


def check_commit(commit: str) -> str:
    """Return `commit` if it is a whole commit id, else raise ``download.bad_name``."""
    if not SHA1.fullmatch(commit):
        raise _bad_name(commit)
    return commit


def check_path(path: str) -> PurePosixPath:
    """Return the path of a file inside a repository if it is safe on every system.

    Raises:
        AppError: ``download.bad_name``: absolute, climbing, with a drive, backslash, stream, reserved device,
            invisible direction mark, control character, trailing dot or space, or a name over 255 bytes.
    """
    parts = path.split("/")
    if not path or any(not _safe_component(part) for part in parts):
        raise _bad_name(path)
    return PurePosixPath(*parts)


def check_distinct(paths: Iterable[str]) -> None:
    """Raise ``download.bad_name`` if two paths are one file on a system that folds case or Unicode forms."""
    seen: set[str] = set()
    for path in paths:
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise _bad_name(path)
        seen.add(folded)


def _safe_component(part: str) -> bool:
    return not (
        part in ("", ".", "..")
        or any(c in part for c in '\\:<>"|?*')
        or any(c in _BIDI or unicodedata.category(c) in ("Cc", "Cs") for c in part)
        or part[-1] in ". "
        or part.split(".")[0].rstrip(" ").casefold() in _RESERVED
        or len(part.encode("utf-8", "replace")) > _LONGEST_NAME
    )


def _bad_name(name: str) -> AppError:
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
        raise _bad_name(etag)
    return etag
