"""Memory limits that Linux puts on a group of processes, such as a container or a systemd slice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_UNLIMITED = 2**60
"""Version 1 writes a huge number where there is no limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The tightest limit over us: bytes that may be used, and bytes of it that are still free."""

    total: int
    free: int


def tightest_limit(proc: Path = Path("/proc"), mount: Path = Path("/sys/fs/cgroup")) -> Limit | None:
    """The limit that leaves us the least memory; None where there is none, and on other systems.

    Pages of files that were not used lately can be dropped at once, so they count as free.
    """
    limits = [limit for folder, version in _groups(proc, mount) if (limit := _limit(folder, version))]
    if not limits:
        return None
    return Limit(min(limit.total for limit in limits), min(limit.free for limit in limits))


def _groups(proc: Path, mount: Path) -> Iterator[tuple[Path, int]]:
    """The folder of our memory group and of all groups above it, with the version of their format."""
    try:
        lines = (proc / "self" / "cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers == "":
            root, version = mount, 2
        elif "memory" in controllers.split(","):
            root, version = mount / "memory", 1
        else:
            continue
        # Inside a container the path is the host's and need not exist; the root is then our group.
        parts = [part for part in path.split("/") if part not in ("", "..")]
        for depth in range(len(parts), -1, -1):
            yield root.joinpath(*parts[:depth]), version


def _limit(folder: Path, version: int) -> Limit | None:
    names = (
        ("memory.max", "memory.current", "inactive_file")
        if version == 2
        else ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
    )
    try:
        total = int((folder / names[0]).read_text())
        used = int((folder / names[1]).read_text())
    except (OSError, ValueError):  # No such group, or the word "max"
        return None
    if not 0 < total < _UNLIMITED:
        return None
    return Limit(total, max(0, min(total, total - used + _statistic(folder / "memory.stat", names[2]))))


def _statistic(path: Path, name: str) -> int:
    try:
        for line in path.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    except (OSError, ValueError):
        pass
    return 0
