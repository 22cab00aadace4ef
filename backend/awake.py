"""Keeps the computer from going to sleep by itself while long work runs; the screen may still go dark.

Every system has its own way: Windows a flag of the thread, macOS ``caffeinate`` and Linux
``systemd-inhibit``, which end with this process, however that ends.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from backend.i18n import tr

_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001
"""``ES_CONTINUOUS`` and ``ES_SYSTEM_REQUIRED`` of ``SetThreadExecutionState``."""


class Awake:
    """Call `hold` and `release` from one thread, which must live as long as the computer is to stay awake."""

    def __init__(self) -> None:
        self._command = _command()
        self._process: subprocess.Popen[bytes] | None = None
        self._held = False

    @property
    def possible(self) -> bool:
        """Whether this system offers a way."""
        return sys.platform == "win32" or bool(self._command)

    @property
    def held(self) -> bool:
        """Whether the computer is kept awake now."""
        return self._held and (self._process is None or self._process.poll() is None)

    def hold(self) -> None:
        """From now on the computer stays awake."""
        if self._held or not self.possible:
            return
        self._held = True
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
            return
        quiet = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(self._command, stdin=quiet, stdout=quiet, stderr=quiet)
        except OSError:
            self._held = False

    def release(self) -> None:
        """From now on the system decides again."""
        if not self._held:
            return
        self._held = False
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)
            return
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


def _command() -> list[str]:
    """The program that holds the computer awake while this process lives; empty where there is none."""
    pid = str(os.getpid())
    if sys.platform == "darwin":
        found = shutil.which("caffeinate")
        return [found, "-i", "-w", pid] if found else []
    found, tail = shutil.which("systemd-inhibit"), shutil.which("tail")
    if not found or not tail:
        return []
    why = tr("A benchmark is running")
    options = ["--what=sleep:idle", "--who=Orangery", f"--why={why}", "--mode=block"]
    return [found, *options, tail, f"--pid={pid}", "-f", "/dev/null"]
