"""The faders of a chat: which adapters its model is heard with, and how strongly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.pages.chat.mix_button import MixButton
from ui.widgets.banner import Banner
from ui.widgets.labels import label
from ui.widgets.mixer import Mixer

KEYS = "Ctrl+B"


class AdaptersSection(QWidget):
    """A mixer in rows, the switch between base and adapters, and the named mixes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Adapters"))
        self.mixer = Mixer(compact=True)
        self.mixes = MixButton()
        self._words = label("", "small", "2", wrap=True)
        self._error = Banner("bad", "")
        self._switch = QWidget()
        key = label(KEYS.replace("+", " "), "caption", "3")
        key.setProperty("badge", "key")
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.mixer.switch)
        row.addStretch(1)
        row.addWidget(key)
        self.mixer.switch.setToolTip(tr("Hear the base alone, or with the adapters ({keys})", keys=KEYS))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Adapters"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self.mixes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._words)
        layout.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.mixer)
        layout.addWidget(self._error)
        self.show_error("")
        self.show_usable("")

    def show_usable(self, why_not: str) -> None:
        """Offer the mixer, or say why there is none."""
        usable, strips = not why_not, bool(self.mixer.rack.strips)
        self.mixer.setVisible(usable)
        self.mixes.setVisible(usable)
        self._switch.setVisible(usable and strips)
        words = why_not or tr("Add a LoRA adapter to change how this model answers, while it answers.")
        self._words.setText(words)
        self._words.setVisible(not usable or not strips)

    def show_error(self, text: str) -> None:
        """Say in place what could not be done; empty takes it away."""
        self._error.set_text(text)
        self._error.setVisible(bool(text))

    def error(self) -> str:
        """What is said there now."""
        return self._error.accessibleName()
