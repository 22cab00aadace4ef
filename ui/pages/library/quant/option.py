"""A choice with a title, a line about what it means, and perhaps more to choose at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.labels import label

INDENT = 24
"""Pixels from the box to the words."""


class OptionRow(QWidget):
    """Signals:
    toggled: Whether it is ticked now.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self._box = QCheckBox(title)
        self._box.setFont(theme.font("body", weight=500))
        self._box.setChecked(checked)
        self._box.setMinimumWidth(1)
        self._box.toggled.connect(self.toggled)
        self._box.toggled.connect(lambda _on: self._follow())
        self._about = label("", "caption", "2", wrap=True)
        self._about.setContentsMargins(INDENT, 0, 0, 0)
        self._right = QHBoxLayout()
        self._right.setSpacing(6)
        grid.addWidget(self._box, 0, 0)
        grid.addWidget(self._about, 1, 0)
        grid.addLayout(self._right, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._followers: list[QWidget] = []

    @property
    def checked(self) -> bool:
        return self._box.isChecked()

    def set_checked(self, on: bool) -> None:
        self._box.setChecked(on)

    def set_possible(self, on: bool) -> None:
        """Whether it can be changed now."""
        self._box.setEnabled(on)
        self._follow()

    @property
    def possible(self) -> bool:
        return self._box.isEnabled()

    def set_about(self, text: str) -> None:
        """The line below the title."""
        self._about.setText(text)
        self._about.setVisible(bool(text))
        self._box.setAccessibleDescription(text)

    def about(self) -> str:
        return self._about.text()

    def add(self, widget: QWidget) -> None:
        """Put a control at the right, which works while the box is ticked."""
        self._right.addWidget(widget)
        self._followers.append(widget)
        self._follow()

    def _follow(self) -> None:
        for widget in self._followers:
            widget.setEnabled(self.checked and self._box.isEnabled())


class Picker(QComboBox):
    """A small list of values, whose last entry may ask for a file.

    Signals:
        picked: The value that the person chose.
    """

    picked = Signal(object)

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("controlSize", "small")
        self.setAccessibleName(name)
        self.setMaximumWidth(width)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._values: list[object] = []
        self.activated.connect(lambda place: self.picked.emit(self._values[place]))

    def fill(self, entries: list[tuple[object, str]], chosen: object) -> None:
        """Offer `entries`, with `chosen` among them selected."""
        values, words = [value for value, _ in entries], [word for _, word in entries]
        if values != self._values or words != [self.itemText(place) for place in range(self.count())]:
            self.clear()
            self._values = values
            self.addItems(words)
            self.view().setMinimumWidth(max(self.view().sizeHintForColumn(0) + 28, self.width()))
        if chosen in values:
            self.setCurrentIndex(values.index(chosen))

    def value(self) -> object:
        """What is selected; None while there is nothing to choose."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None
