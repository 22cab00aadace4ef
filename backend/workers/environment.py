"""What a worker process inherits: enough to find Python, the native libraries and the GPU, and no secrets."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

_NAMES = frozenset(
    (
        "PATH",
        "HOME",
        "USER",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "TEMP",
        "TMP",
        "PYTHONPATH",
        "PYTHONHOME",
        "VIRTUAL_ENV",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "DYLD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "WINDIR",
        "COMSPEC",
        "PATHEXT",
        "USERPROFILE",
        "LOCALAPPDATA",
        "APPDATA",
        "PROGRAMDATA",
        "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE",
        "XDG_CACHE_HOME",
        "XDG_RUNTIME_DIR",
    )
)
_PREFIXES = (
    "LC_",
    "CUDA_",
    "NVIDIA_",
    "HIP_",
    "ROCR_",
    "HSA_",
    "GPU_",
    "VK_",
    "GGML_",
    "OMP_",
    "GOMP_",
    "ZE_",
    "ONEAPI_",
)
_SPINS = "1000"
"""How often a thread of GNU's OpenMP looks for work before it sleeps. Its own number, 300,000 and more, fits
a program that has all cores to itself: of two processes that answer at once, the waiting threads take the
cores from those that work, and both together write a tenth to a half of what one writes alone. With this
number they write 0.9 of it, and a process that is alone loses a twentieth at most (measured on two cores)."""
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY", re.IGNORECASE)


def worker_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of `environment` that workers get."""
    kept = {
        name: value
        for name, value in environment.items()
        if (name.upper() in _NAMES or name.upper().startswith(_PREFIXES)) and not _SECRET.search(name)
    }
    if "GOMP_SPINCOUNT" not in kept and "OMP_WAIT_POLICY" not in kept:
        kept["GOMP_SPINCOUNT"] = _SPINS
    return {
        **kept,
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": environment.get("PYTHONDONTWRITEBYTECODE", ""),
    }


def worker_command() -> tuple[str, ...]:
    """The command to which ``--worker <kind>`` is appended; a frozen app is its own interpreter."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, str(Path(__file__).resolve().parents[2] / "main.py"))
