"""The dialogs of the page: a name for a mix or a merged model, and how a folder is converted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from backend.adapters.types import Adapter
from backend.convert.types import AdapterType
from backend.i18n import tr
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet

TYPES: tuple[AdapterType, ...] = ("f16", "q8_0", "f32")


class NameSheet(Sheet):
    """Asks for a name. It stays open until whoever listens accepts it.

    Signals:
        named: The name that was typed.
    """

    named = Signal(str)

    def __init__(self, title: str, text: str, name: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, text, parent=parent)
        self.field = QLineEdit(name[:80])
        self.field.setAccessibleName(tr("Name"))
        self.field.setMaxLength(80)
        self.field.selectAll()
        self._problem = label("", "small", "bad", wrap=True)
        self._problem.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self._problem)
        self._take = self.add_button(action, "primary")
        self._take.clicked.connect(lambda: self.named.emit(self.field.text().strip()))
        self.field.textChanged.connect(self._typed)
        self._typed(name)
        self.set_default(self._take)
        self.field.setFocus()
        self.fit()

    def show_problem(self, text: str) -> None:
        """Say why the name cannot be taken."""
        self._problem.setText(text)
        self._problem.show()
        self.field.setFocus()
        self.fit()

    def _typed(self, text: str) -> None:
        self._take.setEnabled(bool(text.strip()))
        if self._problem.isVisible():
            self._problem.hide()
            self.fit()


class ConvertSheet(Sheet):
    """How exactly the numbers of a folder are kept.

    Signals:
        confirmed: ``f16``, ``q8_0`` or ``f32``.
    """

    confirmed = Signal(str)

    def __init__(self, adapter: Adapter, base_name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Convert {name}", name=adapter.name),
            tr("The folder is only read. The result is a GGUF adapter for {base}.", base=base_name),
            parent=parent,
        )
        self._types = QButtonGroup(self)
        about: dict[AdapterType, str] = {
            "f16": tr("F16: half precision, the usual choice"),
            "q8_0": tr("Q8_0: half the size, hardly a difference"),
            "f32": tr("F32: twice the size, every bit is kept"),
        }
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for place, name in enumerate(TYPES):
            radio = QRadioButton(about[name])
            radio.setChecked(place == 0)
            self._types.addButton(radio, place)
            column.addWidget(radio)
        self.body.addWidget(box)
        self.take = self.add_button(tr("Convert"), "primary")
        self.take.clicked.connect(self._confirm)
        self.set_default(self.take)
        self.fit()

    def _confirm(self) -> None:
        chosen = TYPES[self._types.checkedId()]
        self.accept()
        self.confirmed.emit(chosen)
