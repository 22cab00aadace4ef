"""Before a conversion: what the folder holds, as which type it is written, and whether that runs here."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from backend.capacity.types import Fit
from backend.convert.types import ConvertPlan, ConvertType
from backend.i18n import tr
from ui import format as fmt
from ui.pages.library.dialogs.parts import fact, path_line
from ui.widgets.fit_pill import FitPill
from ui.widgets.labels import label, set_tone
from ui.widgets.sheet import Sheet

ROOM_LEFT = 512_000_000
"""Bytes that stay free on the disk."""
_FIRST: tuple[ConvertType, ...] = ("BF16", "F16", "Q8_0", "F32")
"""Which type is chosen at first: the one that loses nothing of what is published today."""


class ConvertDialog(Sheet):
    """Either offers the types of a folder, or says why it cannot be converted.

    Args:
        fits: What each type would need here.
        free: Bytes on the disk where the file would lie.

    Signals:
        confirmed: The type to convert to.
    """

    confirmed = Signal(str)

    def __init__(
        self, plan: ConvertPlan, fits: Mapping[str, Fit], free: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=560, parent=parent)
        self._plan, self._free = plan, free
        self._types = QButtonGroup(self)
        self._names: list[ConvertType] = []
        if plan.refusal is not None:
            self.set_words(tr("This folder cannot be converted"), plan.refusal.title)
            self.body.addWidget(path_line(plan.folder))
            if plan.refusal.hint:
                self.body.addWidget(fact("info", "text.2", plan.refusal.hint, "2"))
            self.cancel.setText(tr("Close"))
            self.set_default(self.cancel)
            self.fit()
            return
        self.set_words(tr("Convert {name} to GGUF", name=plan.name), _facts(plan))
        self.body.addWidget(path_line(plan.folder))
        self.body.addSpacing(4)
        self.body.addWidget(self._choices(fits))
        self.body.addSpacing(8)
        for note in plan.notes:
            self.body.addWidget(fact("triangle-alert", "warn.mark", note))
        safe = tr("The folder is only read. The file goes to your own models, verified tensor by tensor.")
        self.body.addWidget(fact("shield-check", "text.2", safe, "2"))
        self._room = label("", "small", "2", wrap=True)
        self.body.addWidget(self._room)
        self._convert = self.add_button(tr("Convert"), "primary")
        self._convert.clicked.connect(self._confirmed)
        self._types.idClicked.connect(lambda _place: self._chosen())
        self.set_default(self._convert)
        self._chosen()
        self.fit()

    def _choices(self, fits: Mapping[str, Fit]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        chosen = next((name for name in _FIRST if self._plan.size(name)), None)
        for place, target in enumerate(self._plan.sizes):
            radio = QRadioButton(target.type)
            radio.setChecked(target.type == chosen)
            about = label(_meaning(target.type), "caption", "2", wrap=True)
            last = place == len(self._plan.sizes) - 1
            about.setContentsMargins(24, 0, 0, 0 if last else 12)
            radio.setAccessibleDescription(f"{fmt.size(target.size)}, {about.text()}")
            self._types.addButton(radio, place)
            self._names.append(target.type)
            size = label(fmt.size(target.size), "small", weight=500, tabular=True)
            grid.addWidget(radio, 2 * place, 0)
            grid.addWidget(size, 2 * place, 1, Qt.AlignmentFlag.AlignRight)
            if target.type in fits:
                grid.addWidget(FitPill(fits[target.type]), 2 * place, 2)
            grid.addWidget(about, 2 * place + 1, 0, 1, 3)
        return box

    @property
    def type(self) -> ConvertType:
        """The type that is chosen."""
        return self._names[self._types.checkedId()]

    def _chosen(self) -> None:
        size = self._plan.size(self.type)
        fits = size + ROOM_LEFT <= self._free
        words = tr("{size} to write, {free} are free.", size=fmt.size(size), free=fmt.size(self._free))
        if not fits:
            words = f"{words} {tr('The disk has not enough room.')}"
        self._room.setText(words)
        set_tone(self._room, "2" if fits else "bad")
        self._convert.setEnabled(fits)
        self._convert.setToolTip("" if fits else tr("The disk has not enough room."))
        self.fit()

    def _confirmed(self) -> None:
        chosen = self.type
        self.accept()
        self.confirmed.emit(chosen)


def _facts(plan: ConvertPlan) -> str:
    facts = [plan.architecture]
    if plan.parameters:
        facts.append(tr("{count} parameters", count=fmt.count(plan.parameters)))
    facts.append(tr("{count} tensors", n=plan.tensors, count=fmt.number(plan.tensors)))
    if plan.context:
        facts.append(tr("{count} tokens of context", n=plan.context, count=fmt.number(plan.context)))
    return ", ".join(fact for fact in facts if fact)


def _meaning(kind: ConvertType) -> str:
    match kind:
        case "BF16":
            return tr("As most models are published; the best to quantize from")
        case "F16":
            return tr("The same size; faster than BF16 on older processors")
        case "F32":
            return tr("Twice as large; only for models that are published so")
        case "Q8_0":
            return tr("Half the size, a loss that is hard to notice; ready to chat")
