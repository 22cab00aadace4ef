"""What the machine was doing when a measurement began."""

from __future__ import annotations

import contextlib
import platform

import psutil

from backend.bench.types import MachineState
from backend.capacity.types import Machine

_BUSY_S = 0.2
_SENSORS = ("coretemp", "k10temp", "zenpower", "cpu_thermal", "acpitz")
"""Names under which systems report the processor, the most exact first."""


def machine_state(machine: Machine | None) -> MachineState:
    """Looks for a fifth of a second; what the system does not tell stays open."""
    gpus = machine.gpus if machine is not None else ()
    return MachineState(
        cpu=machine.cpu_name if machine is not None else platform.processor(),
        cores=psutil.cpu_count(logical=False) or 0,
        memory=psutil.virtual_memory().total,
        load=_load(),
        power=_power(),
        temperature=_temperature(),
        gpus=tuple(pool.name for pool in gpus),
        gpu_users=tuple(pool.name for pool in gpus if pool.used_by_others > 0.02 * pool.total > 0),
        system=f"{platform.system()} {platform.release()}",
    )


def _load() -> float | None:
    with contextlib.suppress(OSError, RuntimeError):
        return psutil.cpu_percent(interval=_BUSY_S) / 100
    return None


def _power() -> str:
    with contextlib.suppress(OSError, AttributeError, RuntimeError):
        battery = psutil.sensors_battery()
        if battery is not None:
            return "mains" if battery.power_plugged else "battery"
    return ""


def _temperature() -> float | None:
    with contextlib.suppress(OSError, AttributeError, RuntimeError):
        found = psutil.sensors_temperatures()
        for name in _SENSORS:
            if readings := found.get(name):
                return max(reading.current for reading in readings)
    return None
