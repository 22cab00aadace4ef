"""Which version of Orangery this is, and which ones its parts are."""

from __future__ import annotations

import contextlib

from backend.paths import RESOURCES


def version() -> str:
    """Version of the installed program; of a checkout that was not installed, what its project file says."""
    # This module takes longer to import than the first frame should wait.
    import tomllib

    if installed := installed_version("orangery"):
        return installed
    with contextlib.suppress(OSError, KeyError, tomllib.TOMLDecodeError):
        project = (RESOURCES.parent / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(project)["project"]["version"])
    return "0"


def installed_version(package: str) -> str | None:
    """Version of an installed package; None where it is not installed."""
    from importlib import metadata  # slow as well

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
