"""The line above every page while the fit pills are about another machine."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from backend.app import Backend
from backend.i18n import tr
from ui.bridge import EventBridge
from ui.models.what_if import WhatIf, pretended_words
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel
from ui.widgets.states import IconLabel


class PretendStrip(QFrame):
    """Hidden while the pills are about this machine.

    Signals:
        change: Another machine is to be chosen.
    """

    change = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what_if: WhatIf | None = None
        self.setProperty("surface", "pretend")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 12, 5)
        layout.setSpacing(8)
        layout.addWidget(IconLabel("eye", "accent.text"))
        self._words = ElidedLabel("", "small")
        layout.addWidget(self._words, 1)
        other = Button(tr("Change …"), "link", size="small")
        other.setAccessibleName(tr("Pretend another machine"))
        other.clicked.connect(self.change)
        layout.addWidget(other)
        self.back = Button(tr("Back to this machine"), size="small")
        self.back.clicked.connect(self._go_back)
        layout.addWidget(self.back)
        self.hide()

    def attach(self, backend: Backend, bridge: EventBridge) -> None:
        """Follow what is pretended from now on."""
        self._what_if = WhatIf(backend, bridge, self)
        self._what_if.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        wish = self._what_if.pretended if self._what_if is not None else None
        self.setVisible(wish is not None)
        if wish is not None:
            words = tr("Pills show what would fit with {machine}", machine=pretended_words(wish))
            self._words.setText(words)
            self.setAccessibleName(words)

    def _go_back(self) -> None:
        if self._what_if is not None:
            self._what_if.pretend(None)
