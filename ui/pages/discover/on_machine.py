"""The machine that the predictions are for: this one, or one to pretend."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from backend.capacity.types import Pretend
from backend.i18n import tr
from ui.models.what_if import gpu_words, known_gpus, pretended_words
from ui.widgets.popup_chip import MenuButton

OFFERED = ("RTX 4060", "RTX 3060", "RTX 4090", "RTX 5090", "RX 7900 XTX", "H100")
"""Parts of the names that the menu offers at once; all others are one step away."""


class MachineButton(MenuButton):
    """Signals:
    wanted: A `Pretend`, or None for this machine.
    more: Another one than the menu offers.
    """

    wanted = Signal(object)
    more = Signal()
    framed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish: Pretend | None = None
        self.show_wish(None)

    def show_wish(self, wish: Pretend | None) -> None:
        """Say which machine it is now."""
        self._wish = wish
        words = pretended_words(wish) if wish is not None else tr("This machine")
        self.setText(words)
        self.setAccessibleName(tr("Predicted on: {machine}", machine=words))
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """This machine, a few others, and the way to all of them."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("What if I had …"))
        group = QActionGroup(menu)
        here = QAction(tr("This machine"), menu, checkable=True)
        here.setChecked(self._wish is None)
        here.triggered.connect(lambda: self.wanted.emit(None))
        group.addAction(here)
        menu.addAction(here)
        menu.addSeparator()
        for gpu in known_gpus():
            if not any(gpu.name.endswith(name) for name in OFFERED):
                continue
            wish = Pretend(None, gpu.name, gpu.memory)
            action = QAction(tr("What if: {machine}", machine=gpu_words(gpu)), menu, checkable=True)
            action.setChecked(self._wish == wish)
            action.triggered.connect(lambda _on=False, wish=wish: self.wanted.emit(wish))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Other GPU or memory …"), self.more.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        self.menu().popup(self.below())
