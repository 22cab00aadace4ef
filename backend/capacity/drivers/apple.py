"""How much of its memory macOS lets the GPU keep, as the kernel says."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

Sysctl = Callable[[str], int | None]


def sysctl(name: str) -> int | None:
    """A number that the kernel of macOS knows by name; None elsewhere, or where it knows no such thing."""
    if sys.platform != "darwin":
        return None
    value, size = ctypes.c_uint64(0), ctypes.c_size_t(8)
    library = ctypes.CDLL(None)
    code = library.sysctlbyname(
        name.encode(), ctypes.byref(value), ctypes.byref(size), None, ctypes.c_size_t(0)
    )
    return int(value.value) if code == 0 else None


def wired_limit(ask: Sysctl = sysctl) -> int | None:
    """Bytes that the GPU may keep at most, where the person raised the limit; None for the system's own."""
    megabytes = ask("iogpu.wired_limit_mb")
    if not megabytes:
        return None
    limit = megabytes * 2**20
    memory = ask("hw.memsize")
    return min(limit, memory) if memory else limit
