"""Choosing a machine to pretend: a GPU, and how much main memory."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from backend.capacity.bandwidth import KnownGpu
from backend.capacity.types import Pretend
from backend.i18n import tr
from ui.models.what_if import GIB, RAM_SIZES, gpu_words, known_gpus, memory_words
from ui.widgets.labels import label

NO_GPU = KnownGpu("none", 0, 0.0)
"""Stands for a machine without a GPU among the choices."""


class WhatIfForm(QWidget):
    """Two choices; each of them counts at once.

    Signals:
        wanted: A `Pretend`, or None for this machine.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.gpu = QComboBox()
        self.gpu.setAccessibleName(tr("Pretended GPU"))
        self.gpu.setMaxVisibleItems(16)
        self.gpu.addItem(tr("My graphics"), None)
        self.gpu.addItem(tr("No GPU"), NO_GPU)
        for gpu in known_gpus():
            self.gpu.addItem(gpu_words(gpu), gpu)
        self.gpu.setMinimumWidth(200)
        self.ram = QComboBox()
        self.ram.setAccessibleName(tr("Pretended memory"))
        self.ram.addItem(tr("My memory"), None)
        for size in RAM_SIZES:
            self.ram.addItem(tr("{size} RAM", size=memory_words(size * GIB)), size * GIB)
        self.ram.setMinimumWidth(128)
        layout.addWidget(self.gpu)
        layout.addWidget(label(tr("with"), "small", "2"))
        layout.addWidget(self.ram)
        layout.addStretch(1)
        for box in (self.gpu, self.ram):
            box.currentIndexChanged.connect(self._chosen)

    def show_wish(self, wish: Pretend | None) -> None:
        """Show what is pretended now."""
        with QSignalBlocker(self.gpu), QSignalBlocker(self.ram):
            gpus = [self.gpu.itemData(place) for place in range(self.gpu.count())]
            place = next(
                (
                    place
                    for place, gpu in enumerate(gpus)
                    if gpu is not None and wish is not None and _same(gpu, wish)
                ),
                0,
            )
            self.gpu.setCurrentIndex(place)
            self.ram.setCurrentIndex(max(self.ram.findData(wish.ram), 0) if wish is not None else 0)

    def wish(self) -> Pretend | None:
        """What the choices say."""
        gpu: KnownGpu | None = self.gpu.currentData()
        ram: int | None = self.ram.currentData()
        if gpu is None and ram is None:
            return None
        return Pretend(ram, gpu.name if gpu is not None else "", gpu.memory if gpu is not None else None)

    def _chosen(self) -> None:
        self.wanted.emit(self.wish())


def _same(gpu: KnownGpu, wish: Pretend) -> bool:
    return (gpu.name, gpu.memory) == (wish.gpu, wish.gpu_memory)
