"""What this computer has right now: main memory, GPUs and disks."""

from __future__ import annotations

import logging
import os
import platform
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.capacity.bandwidth import measure_bandwidth
from backend.capacity.cgroup import tightest_limit
from backend.capacity.types import Disk, Machine, Pool, PoolKind
from backend.engines.types import EngineDevice
from backend.errors import AppError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Memory:
    total: int
    free: int
    source: str


@dataclass(frozen=True, slots=True)
class _Cpu:
    """What does not change while we run."""

    name: str
    threads: int
    bandwidth: float


class Machines:
    """Reads the state of this machine. Safe to use from any thread but the GUI thread.

    Args:
        devices: Asks the engine for its devices, which may start a process; its answer is kept until
        `refresh`. proc: Where the proc file system is mounted (tests give their own).
        cgroup: Where control groups are mounted.
    """

    def __init__(
        self,
        devices: Callable[[], Sequence[EngineDevice]],
        *,
        proc: Path = Path("/proc"),
        cgroup: Path = Path("/sys/fs/cgroup"),
    ) -> None:
        self._ask = devices
        self._proc = proc
        self._cgroup = cgroup
        self._lock = threading.Lock()
        self._devices: tuple[EngineDevice, ...] | None = None
        self._cpu: _Cpu | None = None

    def read(self) -> Machine:
        """Memory as it is now. A few milliseconds, except that the first call waits for the engine's
        devices."""
        devices = self.devices()
        memory = self._memory()
        ram = Pool(PoolKind.RAM, "RAM", memory.total, memory.free, memory.source, _used_by_us(self._proc))
        with self._lock:
            if self._cpu is None:
                self._cpu = _Cpu(self._cpu_name(devices), _threads(), measure_bandwidth())
            cpu = self._cpu
        return Machine((ram, *_gpu_pools(devices, memory)), cpu.name, cpu.threads, cpu.bandwidth)

    def devices(self) -> tuple[EngineDevice, ...]:
        """The engine's devices. None of them when the engine cannot be asked."""
        with self._lock:
            if self._devices is None:
                try:
                    self._devices = tuple(self._ask())
                except AppError as error:
                    log.warning("the engine did not name its devices: %s", error)
                    self._devices = ()
            return self._devices

    def refresh(self) -> None:
        """Ask the engine again at the next `read`; free memory of a GPU is as old as that answer."""
        with self._lock:
            self._devices = None

    @staticmethod
    def disk(path: Path) -> Disk:
        """The disk that holds `path` or, where that does not exist yet, its nearest parent.

        Raises:
            OSError: nothing of the path exists.
        """
        existing = path.absolute()
        while not existing.exists() and existing != existing.parent:
            existing = existing.parent
        usage = shutil.disk_usage(existing)
        return Disk(str(existing), usage.total, usage.free)

    def _memory(self) -> _Memory:
        """Memory that a new process could use without swapping."""
        system = psutil.virtual_memory()
        limit = tightest_limit(self._proc, self._cgroup)
        if limit is None or limit.free >= system.available:
            total = min(system.total, limit.total) if limit else system.total
            return _Memory(total, system.available, "psutil")
        return _Memory(min(system.total, limit.total), limit.free, "cgroup")

    def _cpu_name(self, devices: Sequence[EngineDevice]) -> str:
        for device in devices:
            if device.kind == "cpu" and device.description:
                return device.description
        try:
            for line in (self._proc / "cpuinfo").read_text().splitlines():
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
        except OSError:
            pass
        return platform.processor() or platform.machine()


def _gpu_pools(devices: Sequence[EngineDevice], memory: _Memory) -> Iterator[Pool]:
    """One pool per GPU. A GPU inside the processor shares main memory, and is only used where there is no
    other."""
    separate = [device for device in devices if device.kind == "gpu" and not _is_unified(device)]
    if separate:
        for device in separate:
            name = device.description or device.name
            yield Pool(PoolKind.GPU, name, device.total, min(device.free, device.total), "engine")
        return
    for device in devices:
        if device.kind == "igpu" or _is_unified(device):
            total = min(device.total or memory.total, memory.total)
            free = min(device.free or memory.free, memory.free, total)
            yield Pool(PoolKind.UNIFIED, device.description or device.name, total, free, "engine")
            return


def _is_unified(device: EngineDevice) -> bool:
    """Whether the GPU uses main memory. Apple's do, though the engine calls them plain GPUs."""
    return device.kind == "igpu" or (
        device.kind == "gpu" and sys.platform == "darwin" and platform.machine() == "arm64"
    )


def _threads() -> int:
    """Physical cores that we may use."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if sys.platform == "linux":
        return max(1, min(physical, len(os.sched_getaffinity(0))))
    return physical


def _used_by_us(proc: Path) -> int:
    """Resident memory of this process and all its descendants that would come back if they ended.

    On Linux without pages of mapped files: those count as available already.
    """
    total = 0
    for pid in _family(os.getpid(), proc):
        try:
            info = psutil.Process(pid).memory_info()
        except psutil.Error:
            continue
        total += info.rss - info.shared if sys.platform == "linux" else info.rss
    return total


def _family(pid: int, proc: Path) -> Iterator[int]:
    """`pid` and its descendants. The kernel's own list is much cheaper than looking at every process."""
    yield pid
    tasks = proc / str(pid) / "task"
    try:
        lists = [(task / "children").read_text() for task in tasks.iterdir()]
    except OSError:
        if sys.platform != "linux":
            try:
                yield from (child.pid for child in psutil.Process(pid).children(recursive=True))
            except psutil.Error:
                return
        return
    for children in lists:
        for child in children.split():
            yield from _family(int(child), proc)
