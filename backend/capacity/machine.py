"""What this computer has right now: main memory, GPUs and disks; or what it would have."""

from __future__ import annotations

import logging
import mmap
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
from backend.capacity.drivers.windows import commit_headroom
from backend.capacity.gpus import Gpus
from backend.capacity.pretend import MemoryLimits, limited_gpu, limited_ram, pretended
from backend.capacity.types import Disk, Machine, Pool, PoolKind, Pretend, Rates
from backend.engines.types import EngineDevice
from backend.errors import AppError
from backend.events import EventBus, MachineChanged

log = logging.getLogger(__name__)

_PAGE = mmap.PAGESIZE


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
            `refresh`.
        gpus: Asks the graphics drivers.
        rates: What was measured about the speed.
        limits: What the person set; asked at every reading.
        bus: Is told when another machine is pretended.
        proc: Where the proc file system is mounted (tests give their own).
        cgroup: Where control groups are mounted.
    """

    def __init__(
        self,
        devices: Callable[[], Sequence[EngineDevice]],
        *,
        gpus: Gpus | None = None,
        rates: Callable[[], Rates | None] = lambda: None,
        limits: Callable[[], MemoryLimits] = MemoryLimits,
        bus: EventBus | None = None,
        proc: Path = Path("/proc"),
        cgroup: Path = Path("/sys/fs/cgroup"),
    ) -> None:
        self._ask = devices
        self._gpus = gpus or Gpus(proc=proc)
        self._rates = rates
        self._limits = limits
        self._bus = bus
        self._proc = proc
        self._cgroup = cgroup
        self._lock = threading.Lock()
        self._devices: tuple[EngineDevice, ...] | None = None
        self._cpu: _Cpu | None = None
        self._pretend: Pretend | None = None

    def read(self) -> Machine:
        """What fits are judged by: this machine as it is now, or the one that is pretended."""
        machine = self.real()
        wish = self._pretend
        return machine if wish is None else pretended(machine, wish)

    def real(self) -> Machine:
        """This machine as it is now. A few milliseconds, except that the first call waits for the engine's
        devices."""
        devices = self.devices()
        limits = self._limits()
        family = tuple(_family(os.getpid(), self._proc))
        memory = self._memory()
        ram = Pool(PoolKind.RAM, "RAM", memory.total, memory.free, memory.source, _resident(family))
        ram = limited_ram(ram, limits.ram)
        gpus = (
            limited_gpu(pool, limits.gpus.get(pool.name), ram)
            for pool in self._gpus.pools(devices, ram, family)
        )
        cpu = self._processor(devices)
        return Machine((ram, *gpus), cpu.name, cpu.threads, cpu.bandwidth, self._rates())

    def pretend(self, wish: Pretend | None) -> None:
        """Let `read` answer as if this machine had the parts of `wish`; None ends that."""
        if wish == Pretend():
            wish = None
        if wish != self._pretend:
            self._pretend = wish
            if self._bus is not None:
                self._bus.publish(MachineChanged())

    @property
    def pretended(self) -> Pretend | None:
        """What is pretended; None for this machine itself."""
        return self._pretend

    def unused_gpus(self) -> tuple[str, ...]:
        """Names of GPUs that a driver shows but the engine cannot use, as it was built without support."""
        return self._gpus.unused(self.devices())

    def _processor(self, devices: Sequence[EngineDevice]) -> _Cpu:
        with self._lock:
            if self._cpu is None:
                self._cpu = _Cpu(self._cpu_name(devices), usable_cores(), measure_bandwidth())
            return self._cpu

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
        """Ask the engine again at the next `read`. Where no driver answers, free memory of a GPU is as old as
        the engine's answer."""
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
        headroom = commit_headroom()
        if headroom is not None and headroom < system.available:
            return _Memory(system.total, headroom, "windows")
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


def usable_cores() -> int:
    """Physical cores that we may use."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if sys.platform == "linux":
        return max(1, min(physical, len(os.sched_getaffinity(0))))
    return physical


def _resident(pids: Sequence[int]) -> int:
    """Resident memory of these processes that would come back if they ended.

    On Linux without pages of mapped files: those count as available already.
    """
    if sys.platform == "linux":
        return sum(map(_private_pages, pids)) * _PAGE
    total = 0
    for pid in pids:
        try:
            total += psutil.Process(pid).memory_info().rss
        except psutil.Error:
            continue
    return total


def _private_pages(pid: int) -> int:
    try:
        # A process object would read four more files for this.
        fields = Path(f"/proc/{pid}/statm").read_bytes().split()
        return int(fields[1]) - int(fields[2])
    except (OSError, ValueError, IndexError):
        return 0


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
