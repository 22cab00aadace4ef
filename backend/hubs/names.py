"""Which names from a hub may be used in URLs and as paths. The one place that decides it.

Repositories, files, commits and digests are named by strangers, and their names become paths on this disk.
"""

from __future__ import annotations

import re
import unicodedata

SHA256 = re.compile(r"[0-9a-f]{64}")
"""A digest, where it matches the whole text."""

SHA1 = re.compile(r"[0-9a-f]{40}")
"""A commit or a git blob id, where it matches the whole text."""

REPO_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
"""An owner or the name of a repository; `is_repo` also refuses some that match."""

_REVISION = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._/+-]*[A-Za-z0-9_+-])?")
_DEVICES = re.compile(r"(?:CONIN\$|CONOUT\$|CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]) *", re.IGNORECASE)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_PART = 255
"""Bytes of one path component that every common file system takes."""
_LONGEST_PATH = 1024
_LONGEST_STEM, _LONGEST_STEM_BYTES = 120, 180
"""Of a name to which a type, a number and an ending are added."""
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]")


def is_repo(text: str) -> bool:
    """Whether `text` is a possible repository of the hub: ``owner/name``, or an old plain ``name``."""
    return (
        bool(re.fullmatch(rf"{REPO_PART}(?:/{REPO_PART})?", text)) and "--" not in text and ".." not in text
    )


def is_repo_id(text: str) -> bool:
    """Whether `text` is a possible ``owner/name`` of the hub."""
    return "/" in text and is_repo(text)


def is_revision(text: str) -> bool:
    """Whether `text` can be a branch, a tag or a commit of a repository (``refs/pr/1`` too)."""
    return bool(_REVISION.fullmatch(text)) and len(text) <= 250 and ".." not in text and "//" not in text


def is_safe_path(path: str) -> bool:
    """Whether a repository's file path can become a path below a folder on any system.

    Refused are absolute paths, drive letters, ``..``, backslashes, control characters, marks that turn the
    direction of text, streams (``x:ads``), names of Windows devices, names that end in a dot or space, and
    names over 255 bytes.
    """
    return len(path.encode("utf-8", "replace")) <= _LONGEST_PATH and all(map(_is_safe_part, path.split("/")))


def file_stem(name: str) -> str:
    """`name`, whoever gave it, fit to be the name of a folder on any system and to begin that of a file."""
    stem = name[:_LONGEST_STEM].encode("utf-8", "replace")[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore")
    if "/" in stem or not is_safe_path(stem):
        stem = _UNUSUAL.sub("_", stem)
    stem = stem.strip(". ")
    if not stem:
        return "model"
    return stem if is_safe_path(stem) else f"_{stem}"  # a device of Windows


def _is_safe_part(part: str) -> bool:
    return not (
        part in ("", ".", "..")
        or part[-1] in ". "
        or any(c in '\\:<>"|?*' or c in _BIDI or unicodedata.category(c) in ("Cc", "Cs") for c in part)
        or _DEVICES.fullmatch(part.split(".")[0])
        or len(part.encode()) > _LONGEST_PART
    )
