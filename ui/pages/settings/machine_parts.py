"""Parts of the pane about this machine: a row per pool of memory, and the table of measured rates."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from backend.capacity.types import Pool, PoolKind, Rates
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.meter import Meter, Part, Swatch
from ui.widgets.spin import inset

GB = 1_000_000_000
LIMIT_WIDTH = 176
LEAST = 300_000_000
"""With less, not even the starter would be loaded."""


def source_words(source: str) -> str:
    """Who told the numbers of a pool, for people."""
    return {
        "psutil": tr("from the system"),
        "cgroup": tr("from the limits of this container"),
        "engine": tr("from the engine"),
        "nvml": tr("from the NVIDIA driver"),
        "amdgpu": tr("from the AMD driver"),
        "sysctl": tr("from the system"),
        "windows": tr("from the system"),
        "settings": tr("limited by you"),
        "what if": tr("pretended"),
    }.get(source, tr("from {source}", source=source))


def pool_title(pool: Pool) -> str:
    """What the pool is called."""
    return tr("Main memory") if pool.kind is PoolKind.RAM else pool.name


def pool_note(pool: Pool) -> str:
    """What kind of memory it is, and who said so."""
    kind = {
        PoolKind.RAM: tr("RAM"),
        PoolKind.GPU: tr("memory of the GPU"),
        PoolKind.UNIFIED: tr("shared with main memory"),
    }[pool.kind]
    return tr("{kind}, {source}", kind=kind, source=source_words(pool.source))


class PoolRow(QFrame):
    """One pool: a bar with what Orangery and others use, the numbers, and the limit for models.

    Signals:
        limited: Bytes that models may have at most; None for all.
    """

    limited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 14, 0, 14)
        across.setSpacing(32)
        left = QVBoxLayout()
        left.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._name = label("", "body", weight=500)
        self._note = label("", "small", "3")
        self._total = label("", "body", weight=500, tabular=True)
        head.addWidget(self._name)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self._total)
        left.addLayout(head)
        self._bar = Meter(height=8)
        left.addWidget(self._bar)
        numbers = QHBoxLayout()
        numbers.setSpacing(6)
        self._numbers: list[QLabel] = []
        for swatch in (
            Swatch("accent.base"),
            Swatch("data.others"),
            Swatch("data.track", outlined=True),
        ):
            words = label("", "small", "2", tabular=True)
            numbers.addWidget(swatch)
            numbers.addWidget(words)
            numbers.addSpacing(12)
            self._numbers.append(words)
        numbers.addStretch(1)
        left.addLayout(numbers)
        across.addLayout(left, 1)
        across.addWidget(self._limit_box(), 0, Qt.AlignmentFlag.AlignTop)

    def _limit_box(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(LIMIT_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Models may use"), "small", "2"))
        line = QHBoxLayout()
        line.setSpacing(4)
        self.limit = inset(QDoubleSpinBox())
        self.limit.setDecimals(1)
        self.limit.setSingleStep(1.0)
        self.limit.setRange(0.0, 4096.0)
        self.limit.setSpecialValueText(tr("all of it"))
        self.limit.setSuffix("\u00a0GB")
        self.limit.setKeyboardTracking(False)
        self.limit.valueChanged.connect(self._typed)
        self.reset = IconButton("rotate-ccw", tr("No limit"))
        self.reset.clicked.connect(lambda: self.limit.setValue(0.0))
        keeps_room = self.reset.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keeps_room)
        line.addWidget(self.limit, 1)
        line.addWidget(self.reset)
        column.addLayout(line)
        return box

    def show_pool(self, pool: Pool, limit: int | None) -> None:
        """Show how it is now; what is being typed stays."""
        title = pool_title(pool)
        others = pool.used_by_others
        self._name.setText(title)
        self._note.setText(pool_note(pool))
        self._total.setText(fmt.size(pool.total) if pool.total else tr("not known"))
        self._bar.set_parts(pool.total, (Part(pool.used_by_us, "accent.base"), Part(others, "data.others")))
        texts = (
            tr("Orangery {size}", size=fmt.size(pool.used_by_us)),
            tr("others {size}", size=fmt.size(others)),
            tr("free {size}", size=fmt.size(pool.free)),
        )
        for words, text in zip(self._numbers, texts, strict=True):
            words.setText(text)
        self._bar.setAccessibleName(f"{title}: {', '.join(texts)}")
        self.limit.setAccessibleName(tr("{pool}: models may use at most", pool=title))
        self.reset.setAccessibleName(tr("{pool}: no limit", pool=title))
        self.reset.setVisible(limit is not None)
        if not self.limit.hasFocus():
            with QSignalBlocker(self.limit):
                self.limit.setValue((limit or 0) / GB)

    def _typed(self, value: float) -> None:
        self.reset.setVisible(value > 0)
        self.limited.emit(max(round(value * GB), LEAST) if value > 0 else None)


_WEIGHTS = 8e9
"""Of the model that the table speaks of."""
FAMILY_EXAMPLES = {
    "F": "F16, BF16",
    "F16": "F16, BF16",
    "Q8": "Q8_0",
    "Q8_0": "Q8_0",
    "K": "Q4_K_M, Q5_K_M, Q6_K",
    "Q4_K": "Q4_K_M, Q5_K_M, Q6_K",
    "Q4": "Q4_0, MXFP4",
    "Q4_0": "Q4_0, Q4_1",
    "IQ": "IQ4_XS, IQ3_M",
}


class RatesTable(QWidget):
    """Measured rates, a line per device and quantization family. Numbers are right-aligned."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(5, 1)  # the columns stay together, at the left
        self._cells: list[QLabel] = []

    def show_rates(self, rates: Rates) -> None:
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        heads = (
            tr("Weights"),
            tr("Files of this kind"),
            tr("Weights per second"),
            tr("8B answer"),
            tr("8B prompt"),
        )
        for column, words in enumerate(heads):
            self._put(0, column, label(words, "caption", "3"))
        devices = {row.device for row in rates.rows}
        for line, row in enumerate(rates.rows, start=1):
            name = row.family if len(devices) < 2 else f"{row.family} ({row.device})"
            self._put(line, 0, _code(name))
            self._put(line, 1, label(FAMILY_EXAMPLES.get(row.family, ""), "small", "2"))
            self._put(line, 2, label(f"{fmt.number(row.generation / GB, 1)} GB/s", "small", tabular=True))
            writes = row.generation / _bytes_of_8b(row.family)
            self._put(line, 3, _rate(writes))
            self._put(line, 4, _rate(row.prompt / _WEIGHTS))

    def _put(self, line: int, column: int, cell: QLabel) -> None:
        right = column >= 2
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(cell, line, column)
        self._cells.append(cell)


def _bytes_of_8b(family: str) -> float:
    bits = {"F": 16.0, "Q8": 8.5, "Q4": 4.5, "K": 4.9, "I": 4.3}
    return _WEIGHTS * next((value for start, value in bits.items() if family.startswith(start)), 4.9) / 8


def _rate(value: float) -> QLabel:
    return label(tr("~{rate} tok/s", rate=fmt.rough(value)), "small", "2", tabular=True)


def _code(text: str) -> QLabel:
    result = label(text, "code")
    result.setFont(theme.font("code"))
    return result
