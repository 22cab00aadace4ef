"""A small drop-down of values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """Args:
        name: What it chooses, for screen readers.
        width: Pixels that it takes at most.

    Signals:
        picked: The value that the person chose.
    """

    picked = Signal(object)

    def __init__(
        self, name: str, width: int = 200, *, small: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if small:
            self.setProperty("controlSize", "small")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMaximumWidth(width)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._values: list[object] = []
        self.activated.connect(lambda place: self.picked.emit(self._values[place]))

    def fill(self, entries: Sequence[tuple[object, str]], chosen: object) -> None:
        """Offer `entries`, with `chosen` selected, or the first where it is not among them."""
        values, words = [value for value, _ in entries], [word for _, word in entries]
        if values != self._values or words != [self.itemText(place) for place in range(self.count())]:
            self.clear()
            self._values = values
            self.addItems(words)
            self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 28)
        if values:
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)

    def value(self) -> object:
        """What is selected; None while there is nothing to choose."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def choose(self, value: object) -> None:
        """Select `value` as if the person did."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))
            self.picked.emit(value)
