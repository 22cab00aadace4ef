"""Asking for a name, such as that of a preset."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from backend.i18n import tr
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet


class NameSheet(Sheet):
    """Signals:
    named: The name that was written.
    """

    named = Signal(str)

    def __init__(
        self, title: str, text: str, name: str, action: str, parent: QWidget, taken: Collection[str] = ()
    ) -> None:
        """`taken`: names that others have and that cannot be had."""
        super().__init__(title, text, width=420, parent=parent)
        self._taken = {each.casefold() for each in taken}
        self.field = QLineEdit(name)
        self.field.setAccessibleName(tr("Name"))
        self.field.setPlaceholderText(tr("Name"))
        self.field.setMaxLength(80)
        self.field.selectAll()
        self.body.addWidget(self.field)
        self._problem = label("", "small", "bad")
        if taken:
            self.body.addWidget(self._problem)
        self.accept_button = self.add_button(action, "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self._take)
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._take)
        self._check()
        self.fit()
        self.field.setFocus()

    def _check(self) -> None:
        name = " ".join(self.field.text().split())
        taken = name.casefold() in self._taken
        self._problem.setText(tr("There is one with this name already.") if taken else "")
        self.accept_button.setEnabled(bool(name) and not taken)

    def _take(self) -> None:
        name = " ".join(self.field.text().split())
        if self.accept_button.isEnabled() and self.isVisible():
            self.named.emit(name)
            self.accept()
