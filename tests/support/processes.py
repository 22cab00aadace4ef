"""The processes below this one. What ends while it is looked at is not among them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import psutil


def workers(kind: str = "") -> list[psutil.Process]:
    """Worker processes, of one kind where it is named."""

    def works(process: psutil.Process) -> bool:
        line = process.cmdline()
        return "--worker" in line and (not kind or line[line.index("--worker") + 1] == kind)

    return _below(works)


def having_open(file: Path) -> list[psutil.Process]:
    """Those that have mapped `file` into their memory; only Linux tells."""
    return _below(lambda process: any(mapped.path == str(file) for mapped in process.memory_maps()))


def _below(wanted: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if wanted(process):
                found.append(process)
    return found
