"""NVIDIA's management library, through the package ``nvidia-ml-py``."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Collection
from types import ModuleType
from typing import Any

from backend.capacity.drivers.types import GpuReading

log = logging.getLogger(__name__)


class Nvml:
    """The GPUs of NVIDIA; none where the driver is not installed. Thread-safe.

    Args:
        module: Stands in for ``pynvml``, which is imported at the first reading.
    """

    def __init__(self, module: ModuleType | Any = None) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._handles: list[tuple[Any, str, str]] | None = None

    def read(self, pids: Collection[int]) -> tuple[GpuReading, ...]:
        """The memory of every GPU, and what of it the processes `pids` hold."""
        with self._lock:
            found = []
            for handle, name, pci in self._open():
                try:
                    found.append(self._reading(handle, name, pci, pids))
                except self._module.NVMLError as error:  # such as a card that fell off the bus
                    log.debug("%s does not answer: %s", name, error)
            return tuple(found)

    def version(self) -> str:
        """Version of the driver; empty without one."""
        with self._lock:
            if not self._open():
                return ""
            try:
                return _text(self._module.nvmlSystemGetDriverVersion())
            except self._module.NVMLError:
                return ""

    def _open(self) -> list[tuple[Any, str, str]]:
        """Handle, name and address of every GPU; asked once."""
        if self._handles is None:
            self._handles = []
            try:
                if self._module is None:
                    self._module = importlib.import_module("pynvml")
                self._module.nvmlInit()
                for index in range(self._module.nvmlDeviceGetCount()):
                    handle = self._module.nvmlDeviceGetHandleByIndex(index)
                    pci = _text(self._module.nvmlDeviceGetPciInfo(handle).busId).lower()
                    name = _text(self._module.nvmlDeviceGetName(handle))
                    self._handles.append((handle, name, _short_domain(pci)))
            except ImportError as error:
                log.info("no driver of NVIDIA: %s", error)
            except self._module.NVMLError as error:
                log.info("no driver of NVIDIA: %s", error)
        return self._handles

    def _reading(self, handle: Any, name: str, pci: str, pids: Collection[int]) -> GpuReading:
        nvml = self._module
        # Version 2 counts what the driver reserves neither as used nor as free; version 1 hides it in "used".
        try:
            memory = nvml.nvmlDeviceGetMemoryInfo(handle, nvml.nvmlMemory_v2)
        except nvml.NVMLError:
            memory = nvml.nvmlDeviceGetMemoryInfo(handle)
        used: dict[int, int] = {}
        for ask in (nvml.nvmlDeviceGetComputeRunningProcesses, nvml.nvmlDeviceGetGraphicsRunningProcesses):
            try:
                for process in ask(handle):
                    # On Windows only the system knows, and the library says None.
                    used[process.pid] = max(used.get(process.pid, 0), process.usedGpuMemory or 0)
            except nvml.NVMLError:
                continue
        ours = sum(size for pid, size in used.items() if pid in pids)
        return GpuReading(name, pci, int(memory.total), int(memory.free), ours, "nvml")


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _short_domain(pci: str) -> str:
    """``0000:c1:00.0`` for ``00000000:c1:00.0``: the engine writes domains with four digits."""
    domain, _, rest = pci.partition(":")
    return f"{domain[-4:]}:{rest}" if rest else pci
