"""Top of the inspector: which model it is about, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui.pages.library.quant.words import obstacle
from ui.pages.library.words import UNKNOWN
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label

SQUARE = 32
"""Width of a button without words."""


class InspectorHead(QWidget):
    """Name, quantization, buttons, and why the model cannot be loaded where that is so.

    Signals:
        chat, quantize, delete, verify, newer: The model that a button was pressed for.
        menu_asked: The place on the screen where the menu of the model should open.
    """

    chat = Signal(object)  # LibraryModel
    quantize = Signal(object)
    delete = Signal(object)
    verify = Signal(object)
    newer = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: LibraryModel | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        line = QHBoxLayout()
        self._name = label("", "title", wrap=True)
        line.addWidget(self._name, 1)
        self._quant = label("", "code")
        line.addWidget(self._quant, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._chat = Button(tr("Chat"), "primary")
        self._chat.clicked.connect(lambda: self.chat.emit(self._model))
        self._quantize = Button(tr("Quantize"))
        self._quantize.clicked.connect(lambda: self.quantize.emit(self._model))
        self._verify = IconButton("shield-check", tr("Verify"), outlined=True)
        self._verify.setToolTip(tr("Verify: read the file and compare it with its checksum"))
        self._verify.clicked.connect(lambda: self.verify.emit(self._model))
        self._delete = Button("", "danger", icon="trash-2")
        self._delete.setAccessibleName(tr("Delete"))
        self._delete.setToolTip(tr("Delete: first it is said what that frees"))
        self._delete.setFixedWidth(SQUARE)
        self._delete.clicked.connect(lambda: self.delete.emit(self._model))
        self._more = IconButton("ellipsis", tr("More for this model"), outlined=True)
        self._more.clicked.connect(
            lambda: self.menu_asked.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        )
        for button in (self._chat, self._quantize, self._delete, self._verify, self._more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self._problem = Banner("warn", "")
        layout.addWidget(self._problem)
        self._newer = Banner("suggest", "", tr("Download"))
        self._newer.acted.connect(lambda: self.newer.emit(self._model))
        layout.addWidget(self._newer)

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self._name.text()

    def show_model(self, model: LibraryModel) -> None:
        """Fill the head."""
        self._model = model
        self._name.setText(model.name)
        self._quant.setText("" if model.quant == UNKNOWN else model.quant)
        self._chat.setVisible(model.kind == "model")
        self._chat.setEnabled(not model.problem)
        problem = obstacle(model)
        self._quantize.setVisible(model.kind == "model" or not model.problem)
        self._quantize.setEnabled(not problem)
        self._quantize.setToolTip(problem or tr("Make smaller files of it, and see what is lost"))
        self._delete.setVisible(model.source is not Source.BUNDLED)
        self._problem.set_text(model.problem)
        self._problem.setVisible(bool(model.problem))
        if model.newer:
            version = model.newer[:7]
            self._newer.set_text(
                tr("Ollama has newer weights ({version}).", version=version)
                if model.source is Source.OLLAMA
                else tr("The hub has newer weights ({version}).", version=version)
            )
        self._newer.setVisible(bool(model.newer))
