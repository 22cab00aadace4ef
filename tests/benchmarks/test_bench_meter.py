"""What the live meter costs: one reading and one repaint, as a share of one core at one reading per second.

python3 -m pytest tests/benchmarks/test_bench_meter.py -m benchmark -s -n 0
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.app import Backend
from backend.capacity.types import Disk, Machine
from backend.paths import Paths
from tests.support import fake_data
from ui.frame.machine import MachineMeter, MachineReading
from ui.frame.meter_feed import INTERVAL_MS

pytestmark = pytest.mark.benchmark

TIMES = 300


def cost(work: Callable[[int], object]) -> float:
    """Processor seconds of one turn; unlike the clock they do not count what other programs do."""
    for turn in range(20):
        work(turn)
    started = time.process_time()
    for turn in range(TIMES):
        work(turn)
    return (time.process_time() - started) / TIMES


def show(what: str, seconds: float, aim: str) -> None:
    share = seconds / (INTERVAL_MS / 1000)
    print(f"\n{what}: {seconds * 1000:.2f} ms, {share:.5f} of one core (aim {aim})")


def test_one_reading(tmp_path: Path) -> None:
    with Backend(Paths.under(tmp_path)) as backend:
        show("machine", cost(lambda _: backend.machines.real()), "≤ 0.003")
        show("disk", cost(lambda _: backend.machines.disk(backend.hub_cache)), "≤ 0.001")
        show("models", cost(lambda _: sum(model.size for model in backend.library.models())), "≤ 0.001")


def test_one_repaint(qtbot: QtBot) -> None:
    meter = MachineMeter()
    qtbot.addWidget(meter)
    meter.resize(208, 200)
    meter.show()

    def paint(turn: int) -> None:
        meter.show_reading(reading(turn))
        QApplication.processEvents()

    show("repaint, every number new", cost(paint), "≤ 0.003")
    show("repaint, nothing new", cost(lambda _: paint(0)), "≤ 0.001")


def reading(turn: int) -> MachineReading:
    """A reading whose every number differs from the one before."""
    machine, disk = fake_data.MACHINE, fake_data.DISK
    moved = tuple(
        type(pool)(pool.kind, pool.name, pool.total, pool.free - turn * 2**24, pool.source, pool.used_by_us)
        for pool in machine.pools
    )
    return MachineReading(
        Machine(moved, machine.cpu_name, machine.threads),
        Disk(disk.path, disk.total, disk.free - turn * 2**28),
        25 * fake_data.GB,
    )
