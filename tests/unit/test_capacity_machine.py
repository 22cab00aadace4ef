"""What the machine has: limits of control groups, GPUs of the engine's registry, our own share, the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from backend.capacity.cgroup import Limit, tightest_limit
from backend.capacity.machine import Machines
from backend.capacity.types import PoolKind
from backend.engines.types import EngineDevice
from backend.errors import AppError

GIB = 2**30
CPU = EngineDevice("CPU", "Good Processor 9000", "cpu", 64 * GIB, 64 * GIB)
RTX = EngineDevice("CUDA0", "NVIDIA GeForce RTX 3060", "gpu", 12 * GIB, 11 * GIB)
IGPU = EngineDevice("Vulkan0", "Small Graphics", "igpu", 4096 * GIB, 4096 * GIB)


def machines(tmp_path: Path, devices: Sequence[EngineDevice] = (CPU,)) -> Machines:
    return Machines(lambda: devices, proc=tmp_path / "proc", cgroup=tmp_path / "cgroup")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def v2_group(root: Path, path: str, limit: str, used: int, inactive: int = 0) -> None:
    folder = root / "cgroup" / path
    write(folder / "memory.max", limit + "\n")
    write(folder / "memory.current", f"{used}\n")
    write(folder / "memory.stat", f"anon 5\ninactive_file {inactive}\nactive_file 7\n")


def limit(root: Path) -> Limit | None:
    return tightest_limit(root / "proc", root / "cgroup")


def test_no_limit_without_groups(tmp_path: Path) -> None:
    assert limit(tmp_path) is None
    write(tmp_path / "proc/self/cgroup", "0::/user.slice/app.scope\n")
    assert limit(tmp_path) is None
    v2_group(tmp_path, "user.slice/app.scope", "max", 100)
    assert limit(tmp_path) is None


def test_version_2_counts_droppable_file_pages_as_free(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "0::/a/b\n")
    v2_group(tmp_path, "a/b", "1000", 700, 200)
    assert limit(tmp_path) == Limit(1000, 500)


def test_the_tightest_ancestor_decides(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "0::/a/b/c\n")
    v2_group(tmp_path, "a/b/c", "max", 10)
    v2_group(tmp_path, "a/b", "5000", 4900)
    v2_group(tmp_path, "a", "3000", 100)
    assert limit(tmp_path) == Limit(3000, 100)


def test_version_1_and_its_word_for_unlimited(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "11:cpu,cpuacct:/\n7:memory:/docker/abc\n0::/\n")
    folder = tmp_path / "cgroup/memory"
    for path, total in (("docker/abc", 4096), ("docker", 9223372036854771712)):
        write(folder / path / "memory.limit_in_bytes", f"{total}\n")
        write(folder / path / "memory.usage_in_bytes", "1096\n")
        write(folder / path / "memory.stat", "cache 5\ntotal_inactive_file 96\n")
    assert limit(tmp_path) == Limit(4096, 3096)


def test_in_a_container_the_mount_is_our_group(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "0::/../../docker/abc\n")
    v2_group(tmp_path, ".", "2000", 500)
    assert limit(tmp_path) == Limit(2000, 1500)


def test_a_group_that_overran_its_limit_has_nothing_free(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "0::/a\n")
    v2_group(tmp_path, "a", "1000", 1200)
    assert limit(tmp_path) == Limit(1000, 0)


def test_ram_is_bounded_by_the_group(tmp_path: Path) -> None:
    write(tmp_path / "proc/self/cgroup", "0::/a\n")
    v2_group(tmp_path, "a", str(GIB // 4), GIB // 8)
    ram = machines(tmp_path).read().ram
    assert (ram.kind, ram.total, ram.free, ram.source) == (PoolKind.RAM, GIB // 4, GIB // 8, "cgroup")


def test_ram_without_a_group_is_what_the_system_says(tmp_path: Path) -> None:
    ram = machines(tmp_path).read().ram
    assert ram.total == psutil.virtual_memory().total
    assert 0 < ram.free <= ram.total
    assert ram.source == "psutil"


def test_the_processor_and_our_own_share() -> None:
    machine = Machines(lambda: (CPU,)).read()
    assert machine.cpu_name == "Good Processor 9000"
    assert machine.threads >= 1
    assert machine.bandwidth > 0
    assert 0 < machine.ram.used_by_us < machine.ram.total


def test_gpus_have_their_own_pools(tmp_path: Path) -> None:
    gpus = machines(tmp_path, (CPU, RTX, RTX)).read().gpus
    assert [(g.kind, g.name, g.total, g.free) for g in gpus] == [
        (PoolKind.GPU, "NVIDIA GeForce RTX 3060", 12 * GIB, 11 * GIB)
    ] * 2


def test_shared_memory_is_bounded_by_ram_and_only_used_without_a_real_gpu(tmp_path: Path) -> None:
    alone = machines(tmp_path, (CPU, IGPU)).read()
    (pool,) = alone.gpus
    assert pool.kind is PoolKind.UNIFIED
    assert pool.total <= alone.ram.total and pool.free <= alone.ram.total
    assert [g.kind for g in machines(tmp_path, (CPU, IGPU, RTX)).read().gpus] == [PoolKind.GPU]


def test_the_engine_is_asked_once(tmp_path: Path) -> None:
    asked = []

    def devices() -> Sequence[EngineDevice]:
        asked.append(1)
        return (CPU, RTX)

    here = Machines(devices, proc=tmp_path, cgroup=tmp_path)
    for _ in range(3):
        here.read()
    assert len(asked) == 1
    here.refresh()
    here.read()
    assert len(asked) == 2


def test_an_engine_that_does_not_answer_leaves_main_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def devices() -> Sequence[EngineDevice]:
        raise AppError("engine.probe", "The engine did not start.")

    machine = Machines(devices, proc=tmp_path, cgroup=tmp_path).read()
    assert machine.gpus == ()
    assert machine.cpu_name
    assert "did not start" in caplog.text


def test_the_disk_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    disk = Machines.disk(tmp_path / "not" / "yet")
    assert disk.path == str(tmp_path)
    assert 0 < disk.free <= disk.total
