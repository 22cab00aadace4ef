"""Own presets: a system prompt with sampling under a name, to choose, keep, change and carry elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from backend.chats.types import Preset
from backend.engines.types import Sampling
from backend.i18n import tr
from ui.theme import icons
from ui.widgets.popup_chip import MenuButton


class PresetButton(MenuButton):
    """Shows which preset the chat has; its menu has all of them and what can be done.

    Signals:
        preset_chosen: A `Preset` to take.
        save_asked: The present prompt and sampling are to be kept under a new name.
        update_asked: A `Preset` that is to have the present prompt and sampling.
        rename_asked: A `Preset`.
        delete_asked: A `Preset`.
        import_asked: Presets of a file are wanted.
        export_asked: All presets are to be written to a file.
    """

    preset_chosen = Signal(object)
    save_asked = Signal()
    update_asked = Signal(object)
    rename_asked = Signal(object)
    delete_asked = Signal(object)
    import_asked = Signal()
    export_asked = Signal()
    framed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets: tuple[Preset, ...] = ()
        self._values = ("", Sampling())
        self._last: int | None = None
        self._show()

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """Offer these."""
        self._presets = tuple(presets)
        self._show()

    def show_values(self, system_prompt: str, sampling: Sampling) -> None:
        """Say which preset this is."""
        self._values = (system_prompt, sampling)
        self._show()

    def forget_last(self) -> None:
        """Another chat is shown: what was chosen before is not what is changed now."""
        self._last = None

    def current(self) -> Preset | None:
        """The preset that the chat has now."""
        prompt, sampling = self._values
        return next(
            (each for each in self._presets if each.system_prompt == prompt and each.sampling == sampling),
            None,
        )

    def based_on(self) -> Preset | None:
        """The preset that the chat has, or had before something was changed."""
        return self.current() or next((each for each in self._presets if each.id == self._last), None)

    def _show(self) -> None:
        current = self.current()
        if current is not None:
            self._last = current.id
        words = current.name if current is not None else tr("Presets")
        self.setText(words)
        self.setAccessibleName(tr("Preset: {name}", name=words) if current is not None else tr("Presets"))
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """All presets, then what can be done with them."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Presets"))
        current, base = self.current(), self.based_on()
        for preset in self._presets:
            action = menu.addAction(preset.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(preset is current)
            action.triggered.connect(lambda _=False, preset=preset: self.preset_chosen.emit(preset))
        menu.addSeparator()
        if base is not None and current is None:
            save = menu.addAction(tr("Save the changes to “{name}”", name=base.name.replace("&", "&&")))
            save.triggered.connect(lambda: self.update_asked.emit(base))
        menu.addAction(_icon("plus"), tr("Save as a new preset …")).triggered.connect(self.save_asked)
        if base is not None:
            name = base.name.replace("&", "&&")
            rename = menu.addAction(_icon("pencil"), tr("Rename “{name}” …", name=name))
            rename.triggered.connect(lambda: self.rename_asked.emit(base))
            delete = menu.addAction(_icon("trash-2"), tr("Delete “{name}”", name=name))
            delete.triggered.connect(lambda: self.delete_asked.emit(base))
        menu.addSeparator()
        menu.addAction(_icon("upload"), tr("Import presets …")).triggered.connect(self.import_asked)
        export = menu.addAction(_icon("download"), tr("Export presets …"))
        export.setEnabled(bool(self._presets))
        export.triggered.connect(self.export_asked)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        self.menu().popup(self.below())


def _icon(name: str) -> QIcon:
    return icons.icon(name, "text.2", 16)
