"""What the disk may hold after a power cut: a recorded run, replayed with writes lost that no fsync awaited.

A kill leaves the kernel's page cache, so it says nothing about a power cut. `record` runs a script under
strace(1) and notes every write, truncation and fsync of some files. `Recording.crash` then makes the files as
a disk could hold them at one moment: everything that an fsync waited for, and any part of the later writes.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_CALL = re.compile(
    r"(\d+\.\d+) (pwrite64|write|ftruncate|fsync|fdatasync)\(\d+<([^>]*)>(?:, (.*))?\) += +\d+$"
)
_SECTOR = 512


@dataclass(frozen=True)
class Step:
    """One call on one file; `offset` is the new length for a truncation."""

    kind: Literal["write", "truncate", "sync", "acknowledge"]
    file: str
    offset: int = 0
    data: bytes = b""


@dataclass(frozen=True)
class Recording:
    """The calls of a run in order."""

    steps: tuple[Step, ...]

    def acknowledged(self, moment: int) -> tuple[str, ...]:
        """The lines that the script had acknowledged before step `moment`."""
        said = b"".join(step.data for step in self.steps[:moment] if step.kind == "acknowledge")
        return tuple(said.decode().splitlines())

    def crash(self, moment: int, folder: Path, chance: random.Random) -> None:
        """Write the files as the power cut before step `moment` may have left them."""
        files: dict[str, bytearray] = {}
        waiting: dict[str, list[Step]] = {}
        for step in self.steps[:moment]:
            if step.kind == "sync":
                for earlier in waiting.pop(step.file, ()):
                    _apply(files, earlier)
            elif step.kind != "acknowledge":
                files.setdefault(step.file, bytearray())
                waiting.setdefault(step.file, []).append(step)
        for pending in waiting.values():
            for step in pending:
                fate = chance.random()
                if fate < 0.4:
                    _apply(files, step)
                elif fate < 0.5 and step.kind == "write":
                    torn = step.data[: chance.randrange(len(step.data) // _SECTOR + 1) * _SECTOR]
                    _apply(files, Step("write", step.file, step.offset, torn))
        for name, content in files.items():
            (folder / name).write_bytes(content)


def available() -> bool:
    """Whether strace is installed and may trace here."""
    if shutil.which("strace") is None:
        return False
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return probe.returncode == 0


def record(script: str, folder: Path, names: Sequence[str], acknowledgements: str, traces: Path) -> Recording:
    """Run the Python `script` and record its calls on files `names` and `acknowledgements` in `folder`."""
    traces.mkdir()
    command = ["strace", "-ff", "-ttt", "-y", "-xx", "-s", "1000000", "-o", str(traces / "trace")]
    command += ["-e", "trace=pwrite64,write,ftruncate,fsync,fdatasync"]
    for name in (*names, acknowledgements):
        command += ["-P", str(folder / name)]
    subprocess.run([*command, sys.executable, "-c", script], check=True, timeout=120)
    calls = []
    for trace in traces.iterdir():
        matches = map(_CALL.match, trace.read_text().splitlines())
        calls += [
            (float(match[1]), match[2], Path(_text(match[3]).decode()).name, match[4] or "")
            for match in matches
            if match
        ]
    calls.sort(key=lambda call: call[0])
    return Recording(tuple(_step(kind, name, rest, acknowledgements) for _, kind, name, rest in calls))


def _step(kind: str, name: str, rest: str, acknowledgements: str) -> Step:
    if kind in ("fsync", "fdatasync"):
        return Step("sync", name)
    if kind == "ftruncate":
        return Step("truncate", name, int(rest))
    text, _, numbers = rest.rpartition('"')
    data = _text(text.lstrip('"'))
    if name == acknowledgements:
        return Step("acknowledge", name, data=data)
    if kind == "write":
        raise ValueError("a write without a place cannot be replayed")
    return Step("write", name, int(numbers.split(",")[2]), data)


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _apply(files: dict[str, bytearray], step: Step) -> None:
    content = files.setdefault(step.file, bytearray())
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    if len(content) < step.offset:
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data
