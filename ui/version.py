"""Which version of Orangery this is."""

from __future__ import annotations

import contextlib

from backend.paths import RESOURCES


def version() -> str:
    """Version of the installed program; of a checkout that was not installed, what its project file says."""
    # Both modules take longer to import than the first frame should wait.
    import tomllib
    from importlib import metadata

    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version("orangery")
    with contextlib.suppress(OSError, KeyError, tomllib.TOMLDecodeError):
        project = (RESOURCES.parent / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(project)["project"]["version"])
    return "0"
