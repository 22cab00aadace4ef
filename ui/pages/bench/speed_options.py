"""What a sweep measures: sizes, depths, and how the models are held."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from backend.bench.types import SpeedRequest
from backend.engines.types import KvType
from backend.i18n import tr
from ui.pages.bench.fold import Fold
from ui.pages.bench.number_list import NumberList
from ui.pages.bench.results import SpeedTest
from ui.widgets.labels import label
from ui.widgets.segmented import SegmentedControl
from ui.widgets.spin import inset

KV_TYPES: tuple[KvType, ...] = ("f16", "q8_0", "q4_0")
_LONGEST = 1_048_576
_FLASH: tuple[tuple[bool, ...], ...] = ((True,), (False,), (True, False))


class SpeedOptions(QWidget):
    """Signals:
    changed: Something was chosen.
    resized: It takes more or less room now.
    """

    changed = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompts = NumberList(tr("Prompt, tokens"), 1, _LONGEST, empty=tr("not measured"))
        self.writes = NumberList(tr("Writing, tokens"), 1, 65_536, empty=tr("not measured"))
        self.depths = NumberList(tr("Context before it, tokens"), 0, _LONGEST)
        self.repetitions = _spin(tr("Repetitions"), 1, 100)
        self.batches = NumberList(tr("Batch, tokens"), 1, 65_536)
        self.threads = NumberList(tr("Threads"), 1, 1_024, empty=tr("the physical cores"))
        self.layers = NumberList(tr("Layers on the GPU"), 0, 10_000, empty=tr("all that fit"))
        self.kv = {kind: QCheckBox(kind) for kind in KV_TYPES}
        self.flash = SegmentedControl(
            tuple(zip(_FLASH, (tr("On"), tr("Off"), tr("Both")), strict=True)),
            tr("Flash attention"),
        )
        self.advanced = Fold(tr("Advanced"))
        self._names = label("", "caption", "2", wrap=True)
        self._build()
        for field in (self.prompts, self.writes, self.depths, self.batches, self.threads, self.layers):
            field.changed.connect(self._changed)
        for box in self.kv.values():
            box.toggled.connect(self._changed)
        self.repetitions.valueChanged.connect(self._changed)
        self.flash.changed.connect(self._changed)
        self.advanced.resized.connect(self.resized)

    def _build(self) -> None:
        grid = _grid()
        for row, (words, hint, field) in enumerate(
            (
                (tr("Reading a prompt"), tr("tokens"), self.prompts),
                (tr("Writing"), tr("tokens"), self.writes),
                (tr("Already in the context"), tr("tokens"), self.depths),
                (tr("Repetitions"), "", self.repetitions),
            )
        ):
            _add(grid, row, words, hint, field)
        more = _grid()
        kv = QWidget()
        boxes = QHBoxLayout(kv)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(16)
        for kind, box in self.kv.items():
            box.setAccessibleName(tr("{type} cache", type=kind))
            boxes.addWidget(box)
        boxes.addStretch(1)
        for row, (words, hint, field) in enumerate(
            (
                (tr("Batch sizes"), tr("tokens"), self.batches),
                (tr("Threads"), "", self.threads),
                (tr("Layers on the GPU"), "", self.layers),
                (tr("Memory of the context"), "", kv),
                (tr("Flash attention"), "", self.flash),
            )
        ):
            _add(more, row, words, hint, field)
        self.advanced.body.addLayout(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(self._names)
        layout.addWidget(self.advanced)
        layout.addStretch(1)

    def show_request(self, request: SpeedRequest) -> None:
        """Show everything of `request` but its models."""
        for field, numbers in (
            (self.prompts, tuple(size for size in request.n_prompt if size)),
            (self.writes, tuple(size for size in request.n_gen if size)),
            (self.depths, request.depths),
            (self.batches, request.n_batch),
            (self.threads, request.threads),
            (self.layers, request.gpu_layers),
        ):
            field.set_numbers(numbers)
        self.repetitions.setValue(request.repetitions)
        for kind, box in self.kv.items():
            box.setChecked(kind in request.kv_types)
        wanted = tuple(sorted(request.flash_attention, reverse=True))
        self.flash.set_value(wanted if wanted in _FLASH else (True,))
        self._changed()

    def request(self, models: tuple[str, ...]) -> SpeedRequest | None:
        """What is asked for; None where a field is wrong or nothing would be measured."""
        if self.problem():
            return None
        return SpeedRequest(
            models,
            n_prompt=self.prompts.numbers(),
            n_gen=self.writes.numbers(),
            depths=self.depths.numbers(),
            n_batch=self.batches.numbers(),
            threads=self.threads.numbers() or (None,),
            kv_types=tuple(kind for kind, box in self.kv.items() if box.isChecked()),
            flash_attention=tuple(self.flash.value()),  # type: ignore[arg-type]
            gpu_layers=self.layers.numbers() or (None,),
            repetitions=self.repetitions.value(),
        )

    def problem(self) -> str:
        """Why nothing can be measured with what is written here; empty where it can."""
        fields = (self.prompts, self.writes, self.depths, self.batches, self.threads, self.layers)
        wrong = next((field.problem() for field in fields if field.problem()), "")
        if wrong:
            return wrong
        if not self.prompts.numbers() and not self.writes.numbers():
            return tr("Write how many tokens to read or to write.")
        if not any(box.isChecked() for box in self.kv.values()):
            return tr("Choose at least one kind of memory for the context.")
        return ""

    def tests(self) -> list[str]:
        """Names of the tests of each model and setting, as `llama-bench` gives them."""
        found = [
            SpeedTest(writes, size, depth)
            for writes, field in ((False, self.prompts), (True, self.writes))
            for size in field.numbers()
            for depth in self.depths.numbers()
        ]
        return [test.name for test in found]

    def settings(self) -> int:
        """In how many ways each test is measured."""
        kinds = sum(box.isChecked() for box in self.kv.values())
        counts = (self.batches, self.threads, self.layers)
        product = kinds * len(self.flash.value())  # type: ignore[arg-type]
        for field in counts:
            product *= max(len(field.numbers()), 1)
        return product

    def _changed(self, *_anything: object) -> None:
        names = self.tests()
        shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
        self._names.setText(tr("Tests: {names}", names=shown) if names else " ")
        self._names.setToolTip(", ".join(names))
        self.changed.emit()


def _spin(name: str, least: int, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setAccessibleName(name)
    box.setFixedWidth(88)
    return inset(box)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 150)
    grid.setColumnStretch(1, 1)
    return grid


def _add(grid: QGridLayout, row: int, words: str, hint: str, field: QWidget) -> None:
    caption = label(words, "body", "1")
    caption.setBuddy(field)
    grid.addWidget(caption, row, 0)
    grid.addWidget(field, row, 1)
    grid.addWidget(label(hint, "small", "3"), row, 2)
