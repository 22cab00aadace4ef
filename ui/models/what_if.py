"""Pretending another machine: which one, and the way back. Pages share it through the backend's events."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.capacity.bandwidth import GPUS, KnownGpu
from backend.capacity.types import Pretend
from backend.events import MachineChanged
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.bridge import EventBridge

GIB = 2**30
RAM_SIZES = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512)
"""Main memory as it is sold, in GB."""


class WhatIf(QObject):
    """Signals:
    changed: Fits are to be asked for anew: another machine is pretended, or this one has other limits.
    """

    changed = Signal()

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        bridge.on(MachineChanged, self._on_change)

    @property
    def pretended(self) -> Pretend | None:
        """The machine that pills are about; None for this one."""
        return self._backend.machines.pretended

    def pretend(self, wish: Pretend | None) -> None:
        """Show what would fit with `wish`; None is this machine."""
        tasks.run(lambda: self._backend.machines.pretend(wish), owner=self)

    def _on_change(self, _event: MachineChanged) -> None:
        self.changed.emit()


def gpu_name(name: str) -> str:
    """The model of a GPU without its maker, which is the same words on every card."""
    plain = re.sub(r"\((R|TM)\)|\b(NVIDIA|GeForce|AMD|Radeon|Intel|Corporation|Graphics)\b", "", name)
    return " ".join(plain.split()) or name


def gpu_words(gpu: KnownGpu) -> str:
    """Name and memory, as on the box: ``RTX 4090 24 GB``."""
    return f"{gpu_name(gpu.name)} {memory_words(gpu.memory)}"


def memory_words(size: int) -> str:
    """Memory as it is sold, in units of 2³⁰ bytes: ``24 GB``."""
    return f"{fmt.number(max(1, round(size / GIB)))}\u00a0GB"


def pretended_words(wish: Pretend) -> str:
    """The pretended machine in a few words: ``RTX 4090 24 GB, 64 GB RAM``."""
    parts = []
    if wish.gpu and wish.gpu_memory == 0:
        parts.append(tr("no GPU"))
    elif wish.gpu:
        parts.append(f"{gpu_name(wish.gpu)} {memory_words(wish.gpu_memory)}" if wish.gpu_memory else wish.gpu)
    if wish.ram is not None:
        parts.append(tr("{size} RAM", size=memory_words(wish.ram)))
    return ", ".join(parts)


def known_gpus() -> tuple[KnownGpu, ...]:
    """GPUs to choose from, in the order of their makers' lists."""
    return GPUS
