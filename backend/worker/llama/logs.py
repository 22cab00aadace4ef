"""What llama.cpp logs: kept for error details and for the buffer sizes, the rest passed on to stderr."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable

import llama_cpp.llama_cpp as native

from backend.engines.types import DeviceMemory

_DEBUG, _WARN, _CONTINUED = 1, 3, 5
_BUFFER = re.compile(r"(\S+)\s+(model|KV|RS|compute|LoRA) buffer size\s*=\s*([\d.]+) MiB")
_KINDS = ("model", "LoRA", "KV", "RS", "compute")
_MIB = 1024 * 1024


class NativeLog:
    """Collects the library's log lines above debug level. Make one per process and keep it."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=400)
        self._problems: deque[str] = deque(maxlen=20)

        @native.llama_log_callback  # type: ignore[untyped-decorator]
        def receive(level: int, text: bytes, _data: object) -> None:
            if level in (_DEBUG, _CONTINUED):
                return
            line = text.decode("utf-8", "replace").rstrip()
            self._lines.append(line)
            if level >= _WARN:
                self._problems.append(line)
                os.write(2, text)

        self._callback = receive  # the library keeps only the bare pointer
        native.llama_log_set(receive, None)

    @property
    def callback(self) -> object:
        """For libraries beside llama.cpp that log the same way."""
        return self._callback

    def clear(self) -> None:
        self._lines.clear()
        self._problems.clear()

    def problems(self) -> str:
        """Warnings and errors since the last `clear`, oldest first."""
        return "\n".join(self._problems)

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


def memory_of(lines: Iterable[str]) -> tuple[DeviceMemory, ...]:
    """Sum the buffer sizes that a load logged, per device; exact to 0.01 MiB, which is how they are
    printed. Adapters count as weights.
    """
    sums: dict[str, dict[str, float]] = {}
    for line in lines:
        if match := _BUFFER.search(line):
            name, kind, size = match.groups()
            device = re.sub(r"_(Mapped|REPACK|Host|AARCH64|AMX)$", "", name)
            kinds = sums.setdefault(device, dict.fromkeys(_KINDS, 0.0))
            kinds[kind] += float(size) * _MIB
    return tuple(
        DeviceMemory(
            device,
            int(kinds["model"] + kinds["LoRA"]),
            int(kinds["KV"] + kinds["RS"]),
            int(kinds["compute"]),
        )
        for device, kinds in sums.items()
    )
