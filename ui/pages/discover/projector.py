"""The line under the files that offers what a model needs to read images."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QWidget

from backend.hubs.types import QuantFile
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import IconLabel

_PREFERRED = ("F16", "BF16", "Q8_0", "F32")


class ProjectorRow(QFrame):
    """Shown for repositories with a vision projector; ticked at first, as most people want all of a model.

    Signals:
        changed: The box was ticked or cleared.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "topline")
        self._quant: QuantFile | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(8)
        self._box = QCheckBox()
        self._box.setChecked(True)
        self._box.toggled.connect(lambda _on: self.changed.emit())
        layout.addWidget(self._box)
        layout.addWidget(IconLabel("image", "text.3"))
        self._note = ElidedLabel(tr("needed only to read images"), "small", "2")
        layout.addWidget(self._note, 1)
        self._size = label("", "small", tabular=True)
        layout.addWidget(self._size)
        self.hide()

    def set_projectors(self, quants: tuple[QuantFile, ...]) -> None:
        """Offer the usual one of `quants`; without any, the line goes."""
        self._quant = min(quants, key=_rank, default=None)
        self.setVisible(self._quant is not None)
        if self._quant is not None:
            self._box.setText(tr("Also get {name}", name=f"mmproj-{self._quant.label}"))
            self._size.setText(fmt.size(self._quant.size))

    @property
    def chosen(self) -> QuantFile | None:
        """What shall come along."""
        return self._quant if self._box.isChecked() else None


def _rank(quant: QuantFile) -> tuple[int, int]:
    label = quant.label.upper()
    return _PREFERRED.index(label) if label in _PREFERRED else len(_PREFERRED), quant.size
