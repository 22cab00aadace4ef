"""GPU memory on Windows: layouts, the calls on a stand-in for the library, and whose device a card is."""

from __future__ import annotations

import ctypes
import os

import pytest

from backend.capacity.drivers import dxgi
from backend.capacity.drivers.dxgi import AdapterDescription, Dxgi, MemoryInfo, list_adapters
from backend.capacity.drivers.types import GpuReading
from backend.capacity.gpus import Gpus
from backend.capacity.types import Pool, PoolKind
from backend.engines.types import EngineDevice
from tests.support.fake_dxgi import NO_INTERFACE, REMOVED, FakeAdapter, FakeDxgi
from tests.unit.test_capacity_gpus import GIB, Fixed

RADEON = FakeAdapter("AMD Radeon RX 7800 XT", 16 * GIB, 32 * GIB, 15 * GIB, 2 * GIB, luid=7)
INTEL = FakeAdapter("Intel(R) Iris(R) Xe Graphics", GIB // 8, 16 * GIB, 14 * GIB, GIB, luid=8, vendor=0x8086)
BASIC = FakeAdapter("Microsoft Basic Render Driver", 0, 32 * GIB, 30 * GIB, luid=9, flags=dxgi.SOFTWARE)


def driver(library: FakeDxgi) -> Dxgi:
    return Dxgi(lambda: list_adapters(library))


def test_structures_lie_as_windows_lays_them_out() -> None:
    assert ctypes.sizeof(AdapterDescription) == 312
    offsets = {name: getattr(AdapterDescription, name).offset for name, _ in AdapterDescription._fields_}
    assert offsets == {
        "description": 0,
        "vendor": 256,
        "device": 260,
        "subsystem": 264,
        "revision": 268,
        "dedicated_video": 272,
        "dedicated_system": 280,
        "shared_system": 288,
        "luid": 296,
        "flags": 304,
    }
    assert ctypes.sizeof(MemoryInfo) == 32
    assert (MemoryInfo.budget.offset, MemoryInfo.usage.offset) == (0, 8)
    assert dxgi.NOT_FOUND & 0xFFFFFFFF == 0x887A0002


def test_free_is_the_budget_of_this_process_without_what_it_uses() -> None:
    library = FakeDxgi(RADEON, INTEL, BASIC, RADEON)
    source = driver(library)
    card, inside = source.read({os.getpid()})
    assert card == GpuReading(RADEON.name, "", 16 * GIB, 13 * GIB, 2 * GIB, "dxgi")
    assert (inside.total, inside.shared_total) == (GIB // 8, 16 * GIB)
    assert inside.free + inside.shared_free == 13 * GIB
    assert [reading.used_by_us for reading in source.read({1})] == [0, 0]
    assert library.held == 4  # the newer interface of each adapter; all else was given back


def test_what_fails_is_left_out() -> None:
    def failing(method: str, code: int) -> FakeAdapter:
        return FakeAdapter("Broken", 8 * GIB, luid=hash(method), codes={method: code})

    broken = (failing("describe", REMOVED), failing("newer", NO_INTERFACE), failing("memory", REMOVED))
    (reading,) = driver(FakeDxgi(*broken, RADEON, codes={"enum": REMOVED})).read(())
    assert reading.name == RADEON.name
    assert driver(FakeDxgi(RADEON, codes={"create": NO_INTERFACE})).read(()) == ()
    assert list_adapters(None) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has the library")
def test_other_systems_have_no_such_library() -> None:
    assert (Dxgi().read(()), Dxgi().version()) == ((), "")


def test_the_engines_devices_find_their_cards() -> None:
    ram = Pool(PoolKind.RAM, "RAM", 32 * GIB, 20 * GIB, "psutil", 0)
    vulkan = EngineDevice("Vulkan0", "AMD Radeon RX 7800 XT", "gpu", 16 * GIB, 16 * GIB, "0000:03:00.0")
    cuda = EngineDevice("CUDA0", "NVIDIA GeForce RTX 3060", "gpu", 12 * GIB, 12 * GIB, "0000:01:00.0")
    iris = EngineDevice("Vulkan0", "Intel(R) Iris(R) Xe Graphics", "igpu", 31 * GIB, 31 * GIB)
    nvidia = FakeAdapter("NVIDIA GeForce RTX 3060", 12 * GIB - 2**20, 32 * GIB, 11 * GIB, luid=5)
    nvml = Fixed(GpuReading(nvidia.name, "0000:01:00.0", 12 * GIB, 9 * GIB, 0, "nvml"))
    gpus = Gpus((nvml, driver(FakeDxgi(nvidia, RADEON, INTEL))))
    pools = list(gpus.pools((cuda, vulkan), ram, ()))
    assert [(pool.source, pool.free) for pool in pools] == [("nvml", 9 * GIB), ("dxgi", 13 * GIB)]
    assert gpus.unused((cuda, vulkan)) == (INTEL.name,)
    (inside,) = gpus.pools((iris,), ram, ())
    assert (inside.kind, inside.source, inside.free) == (PoolKind.UNIFIED, "dxgi", 13 * GIB)
