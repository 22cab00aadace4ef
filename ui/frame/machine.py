"""The machine meter of the rail: each memory and the disk, as used by Orangery, used by others, and free."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.capacity.types import Disk, Machine, Pool, PoolKind
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.meter import Meter, Part, Swatch


@dataclass(frozen=True, slots=True)
class MachineReading:
    """One look at the machine. `models` is the bytes of all models on the disk."""

    machine: Machine
    disk: Disk
    models: int


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    short: str
    value: str
    sentence: str
    total: int
    ours: int
    others: int


def _pool_line(pool: Pool) -> _Line:
    used = max(pool.total - pool.free, 0)
    ours = min(pool.used_by_us, used)
    gpu = pool.kind is PoolKind.GPU
    name = _gpu_name(pool.name) if gpu else tr("Memory")
    if not pool.total:
        unknown = tr("{name}: the driver does not say how much memory there is", name=pool.name)
        return _Line(name, tr("GPU"), tr("not known"), unknown, 0, 0, 0)
    total, unit = fmt.scaled(pool.total)
    spent, _ = fmt.scaled(used, unit)
    return _Line(
        name=name,
        short=tr("GPU") if gpu else tr("RAM"),
        value=tr("{used} of {total}", used=spent, total=f"{_whole(total)}\u00a0{unit}"),
        sentence=tr(
            "{name}: Orangery {ours}, others {others}, free {free}",
            name=pool.name if gpu else tr("Memory"),
            ours=fmt.size(ours),
            others=fmt.size(used - ours),
            free=fmt.size(pool.free),
        ),
        total=pool.total,
        ours=ours,
        others=used - ours,
    )


def _disk_line(reading: MachineReading) -> _Line:
    disk = reading.disk
    used = max(disk.total - disk.free, 0)
    ours = min(reading.models, used)
    return _Line(
        name=tr("Disk"),
        short=tr("Disk"),
        value=tr("{size} free", size=fmt.size(disk.free)),
        sentence=tr(
            "{name}: Orangery {ours}, others {others}, free {free}",
            name=tr("Disk"),
            ours=fmt.size(ours),
            others=fmt.size(used - ours),
            free=fmt.size(disk.free),
        ),
        total=disk.total,
        ours=ours,
        others=used - ours,
    )


def _gpu_name(name: str) -> str:
    """The model of a GPU without its maker, which is the same words on every card."""
    for maker in ("NVIDIA GeForce ", "NVIDIA ", "AMD Radeon ", "AMD ", "Intel(R) ", "Intel "):
        name = name.removeprefix(maker)
    return name


def _whole(text: str) -> str:
    """``16`` for ``16.0``; a total reads better without an empty decimal."""
    return text[:-2] if text[-2:] in (".0", ",0") else text


class _Row(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name = ElidedLabel("", "caption", "2")
        self._value = label("", "caption", "1", weight=500, tabular=True)
        self._bar = Meter()
        self._shown: tuple[_Line, bool] | None = None
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._name, 1)
        head.addWidget(self._value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self._bar)

    def show_line(self, line: _Line, compact: bool) -> None:
        if (line, compact) == self._shown:  # most readings change nothing that is seen
            return
        self._shown = line, compact
        self._name.setText(line.short if compact else line.name)
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter if compact else Qt.AlignmentFlag.AlignLeft)
        self._value.setText("" if compact else line.value)
        self._value.setVisible(not compact)
        self._bar.set_parts(line.total, (Part(line.ours, "accent.base"), Part(line.others, "data.others")))
        self._bar.setAccessibleName(line.sentence)
        self.setToolTip(line.sentence)


class MachineMeter(QWidget):
    """Shows what `show_reading` gives it; knows nothing about where that comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._reading: MachineReading | None = None
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(4)
        for swatch, words in (
            (Swatch("accent.base"), "Orangery"),
            (Swatch("data.others"), tr("others")),
            (Swatch("data.track", outlined=True), tr("free")),
        ):
            legend.addWidget(swatch)
            legend.addWidget(label(words, "caption", "3"))
            legend.addSpacing(6)
        legend.addStretch(1)
        self._layout.addWidget(self._legend)
        self._legend.hide()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._legend.setVisible(not compact and self._reading is not None)
        if self._reading is not None:
            self.show_reading(self._reading)

    def show_reading(self, reading: MachineReading) -> None:
        """GPUs first, then memory, then the disk. A GPU that shares main memory has no line of its own: the
        same bytes would be shown twice."""
        self._reading = reading
        self._legend.setVisible(not self._compact)
        machine = reading.machine
        separate = (pool for pool in machine.gpus if pool.kind is PoolKind.GPU)
        lines = [_pool_line(pool) for pool in (*separate, machine.ram)]
        lines.append(_disk_line(reading))
        while len(self._rows) < len(lines):
            row = _Row()
            self._rows.append(row)
            self._layout.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(lines))
            if place < len(lines):
                row.show_line(lines[place], self._compact)
