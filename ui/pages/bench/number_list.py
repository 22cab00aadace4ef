"""A field for several whole numbers, such as ``512, 1024``."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.widgets.labels import label

_MOST = 12
"""Values in one field; more would run for days."""


class NumberList(QWidget):
    """Says below the field what is wrong with it.

    Args:
        name: For screen readers.
        least, most: Bounds of each number.
        empty: What an empty field means, as its placeholder; without, it may not be empty.

    Signals:
        changed: The numbers are others, or cannot be read any more.
    """

    changed = Signal()

    def __init__(
        self, name: str, least: int, most: int, *, empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._empty = least, most, empty
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(empty)
        self.edit.setMaxLength(120)
        self._problem = label("", "caption", "bad", wrap=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.edit)
        layout.addWidget(self._problem)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._changed)

    def set_numbers(self, numbers: tuple[int | None, ...]) -> None:
        """Show `numbers`; a None among them is shown as an empty field."""
        self.edit.setText(", ".join(str(number) for number in numbers if number is not None))

    def numbers(self) -> tuple[int, ...]:
        """The numbers, each once, in the order written; empty where the field is empty or wrong."""
        return () if self.problem() else self._read()

    def problem(self) -> str:
        """What is wrong, in a sentence; empty where nothing is."""
        text = self.edit.text().strip()
        if not text:
            return "" if self._empty else tr("Write at least one number.")
        if re.search(r"[^\d\s,;]", text):
            return tr("Only whole numbers, with commas between them.")
        found = self._read()
        if len(found) > _MOST:
            return tr("At most {count} numbers.", n=_MOST, count=_MOST)
        wrong = next((number for number in found if not self._least <= number <= self._most), None)
        if wrong is not None:
            return tr(
                "{number} is not between {least} and {most}.",
                number=fmt.number(wrong),
                least=fmt.number(self._least),
                most=fmt.number(self._most),
            )
        return ""

    def _read(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d{1,9}", self.edit.text())))

    def _changed(self, _text: str) -> None:
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.edit.setAccessibleDescription(problem)
        self.changed.emit()
