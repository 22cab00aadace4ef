"""Pools of GPU memory: the engine says which devices there are, the drivers what is free on them now."""

from __future__ import annotations

import platform
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from backend.capacity.drivers.amdgpu import AmdGpu
from backend.capacity.drivers.apple import Sysctl, sysctl, wired_limit
from backend.capacity.drivers.dxgi import Dxgi
from backend.capacity.drivers.nvml import Nvml
from backend.capacity.drivers.types import GpuReading
from backend.capacity.types import Pool, PoolKind
from backend.engines.types import EngineDevice

_SAME_TOTAL = 0.15
"""Two sources may differ by this part about the size of one card: some count what is reserved."""


class Driver(Protocol):
    """One source of readings."""

    def read(self, pids: Collection[int]) -> tuple[GpuReading, ...]: ...

    def version(self) -> str: ...


class Gpus:
    """Matches what the engine and the drivers say.

    Args:
        drivers: The sources to ask, the best first; those of this system where None.
        ask: Asks the kernel of macOS.
    """

    def __init__(
        self, drivers: Sequence[Driver] | None = None, *, ask: Sysctl = sysctl, proc: Path = Path("/proc")
    ) -> None:
        self._drivers = tuple(drivers) if drivers is not None else (Nvml(), AmdGpu(proc=proc), Dxgi())
        self._ask = ask

    def versions(self) -> str:
        """Versions of the drivers, for knowing when one was replaced."""
        return ",".join(version for driver in self._drivers if (version := driver.version()))

    def readings(self, pids: Collection[int] = ()) -> tuple[GpuReading, ...]:
        """Every card once: one without an address is the same as one of that name which has an address."""
        found = [reading for driver in self._drivers for reading in driver.read(pids)]
        addressed = {reading.name for reading in found if reading.pci}
        return tuple(reading for reading in found if reading.pci or reading.name not in addressed)

    def pools(self, devices: Sequence[EngineDevice], ram: Pool, pids: Collection[int]) -> Iterator[Pool]:
        """One pool per GPU. A GPU inside the processor shares main memory, and is only used where there is no
        other."""
        graphics = [device for device in devices if device.kind in ("gpu", "igpu")]
        if not graphics:
            return
        readings = list(self.readings(pids))
        separate = [device for device in graphics if not _is_unified(device)]
        for device in separate:
            yield _separate(device, _take(device, readings))
        if not separate:
            yield self._unified(graphics[0], _take(graphics[0], readings), ram)

    def unused(self, devices: Sequence[EngineDevice]) -> tuple[str, ...]:
        """Names of the GPUs that a driver shows and the engine does not see."""
        readings = list(self.readings())
        for device in devices:
            if device.kind in ("gpu", "igpu"):
                _take(device, readings)
        return tuple(reading.name or reading.pci for reading in readings)

    def _unified(self, device: EngineDevice, reading: GpuReading | None, ram: Pool) -> Pool:
        """Main memory as the GPU may use it: never more than there is."""
        total, free, source = device.total or ram.total, ram.free, "engine"
        if device.kind == "igpu":
            free = device.free or ram.free
        if (limit := wired_limit(self._ask)) is not None:
            total, source = limit, "sysctl"
        if reading is not None:
            total, free = reading.total + reading.shared_total, reading.free + reading.shared_free
            source = reading.source
        total = min(total, ram.total)
        ours = min(ram.used_by_us, total)
        name = device.description or device.name
        return Pool(PoolKind.UNIFIED, name, total, min(free, ram.free, total), source, ours)


def _separate(device: EngineDevice, reading: GpuReading | None) -> Pool:
    name = device.description or device.name
    if reading is None:
        return Pool(PoolKind.GPU, name, device.total, min(device.free, device.total), "engine")
    ours = min(reading.used_by_us, reading.total - reading.free)
    return Pool(PoolKind.GPU, name, reading.total, reading.free, reading.source, ours)


def _take(device: EngineDevice, readings: list[GpuReading]) -> GpuReading | None:
    """The reading of `device`, taken out of `readings`: by its address, else by name and size."""
    for reading in readings:
        if device.pci and reading.pci == device.pci:
            readings.remove(reading)
            return reading
    for reading in readings:
        known_elsewhere = bool(device.pci and reading.pci)
        named = reading.name and (reading.name in device.description or device.description in reading.name)
        close = abs(reading.total - device.total) <= _SAME_TOTAL * max(reading.total, device.total)
        # A GPU inside the processor has no size of its own, and everyone counts another part of main memory.
        close = close or (device.kind == "igpu" and bool(device.description and named))
        if not known_elsewhere and close and (named or not reading.name):
            readings.remove(reading)
            return reading
    return None


def _is_unified(device: EngineDevice) -> bool:
    """Whether the GPU uses main memory. Apple's do, though the engine calls them plain GPUs."""
    return device.kind == "igpu" or (
        device.kind == "gpu" and sys.platform == "darwin" and platform.machine() == "arm64"
    )
