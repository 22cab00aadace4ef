"""The named mixes over a chat's model: to choose, keep and change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from backend.adapters.types import Mix, Rack
from backend.i18n import tr
from ui.theme import icons
from ui.widgets.popup_chip import MenuButton


class MixButton(MenuButton):
    """Says which mix the chat has; its menu has all of them over this model.

    Signals:
        mix_chosen: A `Mix` to take, or None for the model without one.
        save_asked: The faders are to be kept under a new name.
        update_asked: A `Mix` that is to have the faders as they stand.
    """

    mix_chosen = Signal(object)
    save_asked = Signal()
    update_asked = Signal(object)
    framed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mixes: tuple[Mix, ...] = ()
        self._current: Mix | None = None
        self._rack = Rack()
        self._show()

    def show_mixes(self, mixes: Sequence[Mix], current: Mix | None, rack: Rack) -> None:
        """Offer `mixes`; the chat has `current` with the faders of `rack`."""
        self._mixes, self._current, self._rack = tuple(mixes), current, rack
        self._show()

    @property
    def changed(self) -> bool:
        """Whether the faders stand otherwise than the chosen mix has them."""
        return self._current is not None and self._rack.strips != self._current.rack.strips

    def _show(self) -> None:
        if self._current is None:
            words = tr("Mixes")
            self.setAccessibleName(words)
        else:
            words = tr("{name}, changed", name=self._current.name) if self.changed else self._current.name
            self.setAccessibleName(tr("Mix: {name}", name=words))
        self.setText(words)
        self.setToolTip(tr("Named settings of the faders"))
        self.setEnabled(bool(self._mixes or self._rack.strips))
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """The model alone, its mixes, and what can be done with the faders as they stand."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Mixes"))
        if self._mixes:
            for mix, words in ((None, tr("No mix")), *((mix, _plain(mix.name)) for mix in self._mixes)):
                action = menu.addAction(words)
                action.setCheckable(True)
                same = mix.id if mix is not None else None
                action.setChecked(same == (self._current.id if self._current is not None else None))
                action.triggered.connect(lambda _=False, mix=mix: self.mix_chosen.emit(mix))
            menu.addSeparator()
        if self._current is not None and self.changed:
            current = self._current
            words = tr("Save the changes to “{name}”", name=_plain(current.name))
            menu.addAction(words).triggered.connect(lambda: self.update_asked.emit(current))
        save = menu.addAction(icons.icon("plus", "text.2", 16), tr("Save as mix …"))
        save.setEnabled(bool(self._rack.strips))
        save.triggered.connect(self.save_asked)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        self.menu().popup(self.below())


def _plain(name: str) -> str:
    return name.replace("&", "&&")
