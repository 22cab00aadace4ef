"""Finds the native switches under which the engine survives on this machine, and remembers them.

The default build segfaults at the first decode of any quantized model on some virtual machines (AMX kernels).
So the flags are tried, fastest first, in throw-away processes with the quantized starter model, once per
engine version and processor.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import platform
import threading
from dataclasses import asdict, replace
from pathlib import Path

from backend.engines.card import EngineIdentity
from backend.engines.types import EngineFlags, EngineReport
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.client import WorkerClient
from backend.workers.protocol import Inspect, Inspected, TryModel
from backend.workers.supervisor import Supervisor

_FORMAT = 1
_INSPECT_S = 20.0
_TRIAL_S = 30.0
_ENGINE = "llama-cpp-python"
_LASTING = frozenset({"engine.crashed", "engine.decode"})
"""Failures that the same flags will always meet here. Others, such as lack of memory, may pass: what was
found beside them is good for this run only.
"""


def _engine_version() -> str:
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(_ENGINE)
    raise AppError(
        "engine.not_installed",
        tr("The engine ({package}) is not installed.", package=_ENGINE),
        tr("Install Orangery again with its requirements."),
    )


def engine_version() -> str:
    """Version of the binding; empty where it is not installed."""
    try:
        return _engine_version()
    except AppError:
        return ""


def _processor() -> tuple[str, str]:
    """Name of the processor, and a digest of everything that decides which kernels run on it."""
    name, features = platform.processor() or platform.machine(), platform.machine()
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                name = value.strip()
            elif key.strip() in ("flags", "Features"):
                features = value.strip()
                break
    return name, hashlib.sha256(f"{name}|{features}".encode()).hexdigest()[:16]


def _candidates(*, gpu: bool) -> tuple[EngineFlags, ...]:
    """Flags to try, the fastest first."""
    base = EngineFlags()
    plain = replace(base, use_extra_bufts=False)
    tries = [base, plain, replace(plain, mmap=False)]
    if gpu:
        tries += [replace(base, gpu=False), replace(plain, gpu=False)]
    return tuple(tries)


class SafeFlags:
    """The engine's report about this machine, and the flags to load models with. Thread-safe.

    Args:
        memory: File in which the result is remembered.
        model: A small quantized model for the trial.
    """

    def __init__(self, supervisor: Supervisor, memory: Path, model: Path) -> None:
        self._supervisor = supervisor
        self._memory = memory
        self._model = model
        self._lock = threading.Lock()
        self._flags: EngineFlags | None = None
        self._rejected: tuple[str, ...] = ()
        self._inspected: Inspected | None = None

    def flags(self) -> EngineFlags:
        """The flags to use: remembered, or found now (which takes a second or two).

        Raises:
            AppError: ``engine.unusable`` when no flags work, ``engine.no_starter`` when there is nothing to
            try with.
        """
        with self._lock:
            if self._flags is None:
                self._recall()
            if self._flags is None:
                self._find()
            assert self._flags
            return self._flags

    def identity(self) -> EngineIdentity:
        """What is known without trying anything; the flags are, once a model was loaded here."""
        with self._lock:
            return EngineIdentity(f"{_ENGINE} {engine_version()}".strip(), self._flags, _processor()[0])

    def inspected(self) -> Inspected:
        """The engine's build and devices, asked once."""
        with self._lock:
            return self._inspect()

    def report(self) -> EngineReport:
        """Everything known. Raises like `flags`."""
        flags = self.flags()
        inspected = self.inspected()
        return EngineReport(
            version=_engine_version(),
            build=inspected.build,
            features=inspected.features,
            cpu=_processor()[0],
            flags=flags,
            devices=inspected.devices,
            rejected=self._rejected,
        )

    def _probe(self, key: str) -> WorkerClient:
        return self._supervisor.start("probe", key, tr("the trial model"))

    def _inspect(self) -> Inspected:
        if self._inspected is None:
            probe = self._probe("inspect")
            try:
                reply = probe.call(Inspect, timeout=_INSPECT_S)
                assert isinstance(reply, Inspected)
                self._inspected = reply
            finally:
                probe.process.stop()
        return self._inspected

    # The file.

    def _key(self) -> str:
        return f"{_engine_version()}|{_processor()[1]}"

    def _recall(self) -> None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads(self._memory.read_text("utf-8"))
            flags = EngineFlags(**{name: bool(value) for name, value in data["flags"].items()})
            if data["format"] == _FORMAT and data["key"] == self._key():
                self._flags = flags
                self._rejected = tuple(str(line) for line in data["rejected"])

    def _remember(self) -> None:
        assert self._flags
        data = {
            "format": _FORMAT,
            "key": self._key(),
            "flags": asdict(self._flags),
            "rejected": list(self._rejected),
        }
        with contextlib.suppress(OSError):  # not remembered: tried again next time
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            draft = self._memory.with_suffix(f".{os.getpid()}.tmp")
            draft.write_text(json.dumps(data, indent=1), "utf-8")
            draft.replace(self._memory)

    # The trial.

    def _find(self) -> None:
        if not self._model.is_file():
            raise AppError(
                "engine.no_starter",
                tr("The starter model is missing, so the engine can't be checked on this machine."),
                tr("Install Orangery again."),
                str(self._model),
            )
        gpu = any(device.kind in ("gpu", "igpu") for device in self._inspect().devices)
        rejected: list[str] = []
        errors: list[AppError] = []
        for flags in _candidates(gpu=gpu):
            error = self._try(flags)
            if error is None:
                self._flags, self._rejected = flags, tuple(rejected)
                if all(error.code in _LASTING for error in errors):
                    self._remember()
                return
            if error.code == "engine.stopped":
                raise error
            errors.append(error)
            rejected.append(f"{flags}: {error.title}")
        raise AppError(
            "engine.unusable",
            tr("The engine does not work on this computer."),
            tr("Install another build of the engine for this processor, or update the graphics driver."),
            "\n".join((*rejected, errors[-1].detail)),
        )

    def _try(self, flags: EngineFlags) -> AppError | None:
        """Decode a few tokens with `flags` in a process of its own; returns what went wrong, or None."""
        try:
            probe = self._probe(f"trial {flags}")
            try:
                probe.call(lambda number: TryModel(number, str(self._model), flags), timeout=_TRIAL_S)
            finally:
                probe.process.stop()
        except AppError as error:
            return error
        return None
