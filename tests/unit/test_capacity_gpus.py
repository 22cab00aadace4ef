"""GPU memory from the engine and the drivers together, limits of the person, and pretended machines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from backend.capacity.bandwidth import GPUS
from backend.capacity.drivers.amdgpu import AmdGpu
from backend.capacity.drivers.nvml import Nvml
from backend.capacity.drivers.types import GpuReading
from backend.capacity.gpus import Gpus
from backend.capacity.machine import Machines
from backend.capacity.pretend import MemoryLimits
from backend.capacity.types import AttentionRate, FamilyRate, PoolKind, Pretend, Rates
from backend.engines.types import EngineDevice
from backend.events import Event, EventBus, MachineChanged

GIB = 2**30
CPU = EngineDevice("CPU", "Good Processor 9000", "cpu", 64 * GIB, 64 * GIB)
RTX = EngineDevice("CUDA0", "NVIDIA GeForce RTX 3060", "gpu", 12 * GIB, 11 * GIB, "0000:01:00.0")
TWIN = EngineDevice("CUDA1", "NVIDIA GeForce RTX 3060", "gpu", 12 * GIB, 11 * GIB, "0000:c1:00.0")
RADEON = EngineDevice("Vulkan0", "AMD Radeon RX 7800 XT (RADV NAVI32)", "gpu", 16 * GIB, 16 * GIB)
APU = EngineDevice("Vulkan0", "AMD Radeon Graphics", "igpu", 512 * GIB, 512 * GIB, "0000:04:00.0")


@dataclass
class Process:
    pid: int
    usedGpuMemory: int | None


@dataclass
class Memory:
    total: int
    free: int


@dataclass
class Pci:
    busId: bytes


@dataclass
class Card:
    """What the fake library knows of a GPU. The newest drivers answer with bytes, older ones with text."""

    name: str | bytes
    pci: bytes
    memory: Memory
    compute: list[Process] = field(default_factory=list)
    graphics: list[Process] = field(default_factory=list)


class NvmlError(Exception):
    pass


class FakeNvml:
    """The few functions of ``pynvml`` that are used."""

    NVMLError = NvmlError
    nvmlMemory_v2 = 0x02000028

    def __init__(self, *cards: Card, works: bool = True, old: bool = False) -> None:
        self.cards = cards
        self.works = works
        self.old = old

    def nvmlInit(self) -> None:
        if not self.works:
            raise NvmlError("Driver Not Loaded")

    def nvmlDeviceGetCount(self) -> int:
        return len(self.cards)

    def nvmlDeviceGetHandleByIndex(self, index: int) -> Card:
        return self.cards[index]

    def nvmlDeviceGetPciInfo(self, card: Card) -> Pci:
        return Pci(card.pci)

    def nvmlDeviceGetName(self, card: Card) -> str | bytes:
        return card.name

    def nvmlDeviceGetMemoryInfo(self, card: Card, version: int | None = None) -> Memory:
        if version and self.old:
            raise NvmlError("Function Not Found")
        return card.memory

    def nvmlDeviceGetComputeRunningProcesses(self, card: Card) -> list[Process]:
        return card.compute

    def nvmlDeviceGetGraphicsRunningProcesses(self, card: Card) -> list[Process]:
        return card.graphics

    def nvmlSystemGetDriverVersion(self) -> bytes:
        return b"580.95.05"


class Fixed:
    """A driver with given answers."""

    def __init__(self, *readings: GpuReading) -> None:
        self.readings = readings

    def read(self, pids: Collection[int]) -> tuple[GpuReading, ...]:
        return self.readings

    def version(self) -> str:
        return ""


def machines(tmp_path: Path, *devices: EngineDevice, gpus: Gpus | None = None, **more: object) -> Machines:
    return Machines(
        lambda: (CPU, *devices),
        gpus=gpus or Gpus(()),
        proc=tmp_path / "proc",
        cgroup=tmp_path / "cgroup",
        **more,  # type: ignore[arg-type]
    )


def test_nvml_knows_what_is_free_now_and_whose_memory_it_is() -> None:
    card = Card(
        b"NVIDIA GeForce RTX 3060",
        b"00000000:01:00.0",
        Memory(12 * GIB, 7 * GIB),
        [Process(10, GIB), Process(11, 2 * GIB)],
        [Process(10, GIB), Process(12, None)],
    )
    for old in (False, True):
        nvml = Nvml(FakeNvml(card, old=old))
        (reading,) = nvml.read({10, 12})
        assert reading == GpuReading(
            "NVIDIA GeForce RTX 3060", "0000:01:00.0", 12 * GIB, 7 * GIB, GIB, "nvml"
        )
        assert nvml.version() == "580.95.05"
    silent = Nvml(FakeNvml(card, works=False))
    assert (silent.read(()), silent.version()) == ((), "")


def test_amdgpu_files_of_a_card_and_of_its_clients(tmp_path: Path) -> None:
    drm, proc = tmp_path / "drm", tmp_path / "proc"
    device = tmp_path / "devices" / "0000:03:00.0"
    for name, text in {
        "vendor": "0x1002\n",
        "mem_info_vram_total": f"{16 * GIB}\n",
        "mem_info_vram_used": f"{3 * GIB}\n",
        "mem_info_gtt_total": f"{8 * GIB}\n",
        "mem_info_gtt_used": f"{GIB}\n",
    }.items():
        device.mkdir(parents=True, exist_ok=True)
        (device / name).write_text(text)
    other = tmp_path / "devices" / "0000:01:00.0"
    other.mkdir()
    (other / "vendor").write_text("0x10de\n")
    for card, target in (("card0", other), ("card1", device), ("card1-DP-1", device)):
        (drm / card).mkdir(parents=True)
        (drm / card / "device").symlink_to(target)
    client = "pos:\t0\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t{}\ndrm-memory-vram:\t{}\n"
    for pid, handle, number, size in ((7, 3, 1, "1024 KiB"), (7, 4, 1, "1024 KiB"), (8, 3, 2, "2 MiB")):
        folder = proc / str(pid) / "fdinfo"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / str(handle)).write_text(client.format(number, size))
    (proc / "7/fdinfo/5").write_text("pos:\t0\nflags:\t02\n")
    (reading,) = AmdGpu(drm, proc).read((7, 8, 9))
    assert (reading.pci, reading.total, reading.free) == ("0000:03:00.0", 16 * GIB, 13 * GIB)
    assert (reading.shared_total, reading.shared_free) == (8 * GIB, 7 * GIB)
    assert reading.used_by_us == 3 * 2**20  # two handles of one client count once
    assert AmdGpu(tmp_path / "nothing").read((7,)) == ()


def test_devices_and_readings_find_each_other(tmp_path: Path) -> None:
    name = "NVIDIA GeForce RTX 3060"
    readings = (
        GpuReading(name, "0000:c1:00.0", 12 * GIB, 2 * GIB, GIB, "nvml"),
        GpuReading(name, "0000:01:00.0", 12 * GIB, 9 * GIB, 0, "nvml"),
        GpuReading("", "0000:03:00.0", 16 * GIB, 15 * GIB, 0, "amdgpu"),
        GpuReading("NVIDIA T400", "0000:05:00.0", 2 * GIB, GIB, 0, "nvml"),
    )
    here = machines(tmp_path, RTX, TWIN, RADEON, gpus=Gpus((Fixed(*readings),)))
    first, second, third = here.read().gpus
    assert (first.free, first.used_by_us, first.source) == (9 * GIB, 0, "nvml")
    assert (second.free, second.used_by_us, second.used_by_others) == (2 * GIB, GIB, 9 * GIB)
    assert (third.name, third.free, third.source) == (RADEON.description, 15 * GIB, "amdgpu")
    assert here.unused_gpus() == ("NVIDIA T400",)


def test_without_a_driver_the_engine_is_believed_and_nothing_is_unknown(tmp_path: Path) -> None:
    silent = EngineDevice("Vulkan0", "Quiet Graphics", "gpu", 0, 0)
    first, second = machines(tmp_path, RTX, silent).read().gpus
    assert (first.total, first.free, first.source) == (12 * GIB, 11 * GIB, "engine")
    assert (second.total, second.free) == (0, 0)


def test_shared_memory_is_never_more_than_there_is(tmp_path: Path) -> None:
    reading = GpuReading("", "0000:04:00.0", GIB, GIB // 2, 0, "amdgpu", 6 * GIB, 5 * GIB)
    here = machines(
        tmp_path, APU, gpus=Gpus((Fixed(reading),)), limits=lambda: MemoryLimits(ram=6 * GIB)
    ).read()
    (pool,) = here.gpus
    assert (pool.kind, pool.total, pool.source) == (PoolKind.UNIFIED, 6 * GIB, "amdgpu")
    assert pool.free <= here.ram.free
    wired = Gpus((), ask={"iogpu.wired_limit_mb": 3 * 1024, "hw.memsize": 64 * GIB}.get)
    (pool,) = machines(tmp_path, APU, gpus=wired).read().gpus
    assert (pool.total, pool.source) == (3 * GIB, "sysctl")


def test_limits_of_the_person_are_obeyed(tmp_path: Path) -> None:
    limits = MemoryLimits(ram=GIB, gpus={RTX.description: 4 * GIB, "Quiet Graphics": 8 * GIB})
    silent = EngineDevice("Vulkan0", "Quiet Graphics", "gpu", 0, 0)
    here = machines(tmp_path, RTX, silent, limits=lambda: limits).read()
    assert (here.ram.total, here.ram.source) == (GIB, "settings")
    assert here.ram.free + here.ram.used_by_us <= GIB
    assert [(gpu.total, gpu.free, gpu.source) for gpu in here.gpus] == [
        (4 * GIB, 4 * GIB, "settings"),
        (8 * GIB, 8 * GIB, "settings"),
    ]
    generous = MemoryLimits(ram=2**50, gpus={RTX.description: 16 * GIB})
    here = machines(tmp_path, RTX, limits=lambda: generous).read()
    assert here.ram.total < 2**50 and here.ram.source == "psutil"
    assert (here.gpus[0].total, here.gpus[0].free) == (16 * GIB, 15 * GIB)  # a typed size is believed


def test_a_pretended_machine_is_only_for_the_fits(tmp_path: Path) -> None:
    bus, heard = EventBus(), list[Event]()
    bus.subscribe(heard.append)
    rates = Rates(
        (FamilyRate("CPU", "F16", 1e10, 1e11), FamilyRate("GPU", "F16", 1e12, 1e13)),
        (AttentionRate("CPU", "f16", 1e9, 1e9, 1e-5), AttentionRate("GPU", "f16", 1e9, 1e9, 1e-5)),
        0.0,
    )
    here = machines(tmp_path, RTX, bus=bus, rates=lambda: rates)
    real = here.read()
    here.pretend(Pretend(ram=64 * GIB, gpu="NVIDIA GeForce RTX 4090"))
    wished = here.read()
    assert (wished.ram.total, wished.ram.free, wished.ram.source) == (64 * GIB, 60 * GIB, "what if")
    (gpu,) = wished.gpus
    assert (gpu.name, gpu.total) == ("NVIDIA GeForce RTX 4090", 24 * GIB) and gpu.free < gpu.total
    assert wished.rates and {row.device for row in wished.rates.rows} == {"CPU"}
    assert here.real().gpus == real.gpus and here.real().rates == rates

    here.pretend(Pretend(gpu="Apple M4 Max", gpu_memory=64 * GIB))
    apple = here.read()
    assert (apple.ram.total, apple.gpus[0].kind) == (64 * GIB, PoolKind.UNIFIED)
    assert apple.gpus[0].total == 48 * GIB
    here.pretend(Pretend(gpu_memory=0))
    assert here.read().gpus == () and here.read().ram.total == real.ram.total
    here.pretend(Pretend())
    assert here.pretended is None and here.read().gpus == real.gpus
    assert heard == [MachineChanged()] * 4


def test_every_gpu_to_choose_has_a_speed() -> None:
    assert [gpu.name for gpu in GPUS if gpu.bandwidth < 1e10] == []
