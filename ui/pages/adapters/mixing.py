"""The panel *Mixer*: faders, the switch between base and adapters, and the named mixes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from backend.adapters.types import Mix, Rack
from backend.errors import AppError
from backend.i18n import tr
from ui.pages.adapters.presenter import AdaptersPresenter
from ui.pages.adapters.sheets import NameSheet
from ui.shell import Shell
from ui.widgets.adapter_picks import adapter_popup
from ui.widgets.labels import label
from ui.widgets.mixer import Mixer
from ui.widgets.popup_chip import MenuButton

_WIDE = 420
"""A panel of fewer pixels does not name the key of the switch."""


class MixesButton(MenuButton):
    """Names the mix that the faders stand at, and opens the list of mixes.

    Signals:
        asked: Open the list.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_name("")

    def show_name(self, name: str) -> None:
        """The mix that is set; empty for none."""
        self.setText(name or tr("Mixes"))
        self.setAccessibleName(tr("Mixes: {name}", name=name) if name else tr("Mixes"))
        self.setToolTip(tr("Named settings of the faders: save, load, rename, delete"))
        self.updateGeometry()
        self.update()

    def open(self) -> None:
        self.asked.emit()


class MixerPanel(QWidget):
    """Over the presenter's rack of the base."""

    def __init__(self, presenter: AdaptersPresenter, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._shell = presenter, shell
        self.mixer = Mixer()
        self.addable = adapter_popup(self.mixer.add_button)
        self.addable.chosen.connect(presenter.add_to_rack)
        self.mixes = MixesButton()
        self.mixes.setMaximumWidth(130)
        self.mixes.setMinimumWidth(64)
        self._key = label("B", "caption", "3")
        self._key.setProperty("badge", "key")
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(label(tr("Mixer"), "title"))
        head.addWidget(self.mixes)
        head.addStretch(1)
        head.addWidget(self.mixer.switch)
        head.addWidget(self._key)
        body = QHBoxLayout()
        body.setContentsMargins(16, 0, 8, 8)
        body.addWidget(self.mixer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self.mixer.rack_changed.connect(self._moved)
        self.mixer.removed.connect(self._removed)
        self.mixer.add_asked.connect(self._open_add)
        self.mixes.asked.connect(self._open_mixes)
        presenter.rack_changed.connect(self.show_rack)
        presenter.rows_changed.connect(lambda _others: self._rows_read())
        presenter.mixes_changed.connect(self._name_mix)
        presenter.missing.changed.connect(lambda: self.mixer.set_missing(presenter.missing.paths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._key.setVisible(self.width() >= _WIDE)

    def show_rack(self) -> None:
        """Set the faders to the rack of the base."""
        presenter = self._presenter
        self.mixer.set_rack(presenter.rack, presenter.names(), presenter.notes())
        self._name_mix()

    def _rows_read(self) -> None:
        self.mixer.set_words(self._presenter.names(), self._presenter.notes())
        if self.addable.isVisible():
            self.addable.set_picks(self._presenter.addable())

    def _name_mix(self) -> None:
        mix = self._presenter.mix
        self.mixes.show_name(mix.name if mix is not None else "")

    def _moved(self, rack: Rack) -> None:
        self._presenter.keep_rack(rack)
        self._name_mix()
        self._presenter.rack_moved.emit()

    def _removed(self, name: str, before: Rack) -> None:
        base = self._presenter.base_id

        def back() -> None:
            if self._presenter.base_id == base:
                self._presenter.set_rack(before)

        self._shell.toast(tr("{name} was taken out of the mixer.", name=name), tr("Undo"), back)

    # -- lists ----------------------------------------------------------------------------------------------

    def _open_add(self) -> None:
        self.addable.set_picks(self._presenter.addable())
        self.addable.open_below(self.mixer.add_button)

    def mixes_menu(self) -> QMenu:
        """Load, save, rename and delete."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Mixes"))
        presenter, now = self._presenter, self._presenter.mix
        for mix in presenter.mixes:
            action = QAction(_plain(mix.name), menu, checkable=True)
            action.setChecked(now is not None and mix.id == now.id)
            action.triggered.connect(lambda _on=False, rack=mix.rack: presenter.set_rack(rack))
            menu.addAction(action)
        if presenter.mixes:
            menu.addSeparator()
        save = menu.addAction(tr("Save this mix …"), self._save)
        save.setEnabled(bool(presenter.rack.strips) and now is None)
        for words, act in (
            (tr("Save over"), self._save_over),
            (tr("Rename"), self._rename),
            (tr("Delete"), self._delete),
        ):
            if presenter.mixes:
                part = menu.addMenu(words)
                for mix in presenter.mixes:
                    part.addAction(_plain(mix.name), lambda act=act, mix=mix: act(mix))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_mixes(self) -> None:
        self.mixes_menu().popup(self.mixes.below())

    def _save(self) -> None:
        rack = self._presenter.rack
        words = " + ".join(self._presenter.name_of(each.path) for each in rack.uses() or rack.strips)
        self._ask_name(tr("Save this mix"), words, None)

    def _rename(self, mix: Mix) -> None:
        self._ask_name(tr("Rename {name}", name=mix.name), mix.name, mix)

    def _ask_name(self, title: str, name: str, mix: Mix | None) -> None:
        text = tr("It can be chosen wherever a model can: in Chat, Compare, Bench and by the local server.")
        sheet = NameSheet(title, "" if mix is not None else text, name, tr("Save"), self.window())

        def failed(error: AppError) -> None:
            sheet.show_problem(str(error))

        def take(words: str) -> None:
            rack = mix.rack if mix is not None else None
            self._presenter.save_mix(words, mix, rack=rack, done=lambda _mix: sheet.accept(), failed=failed)

        sheet.named.connect(take)
        sheet.open()

    def _save_over(self, mix: Mix) -> None:
        before = mix.rack

        def done(saved: Mix) -> None:
            self._shell.toast(
                tr("{name} is now as the faders stand.", name=saved.name),
                tr("Undo"),
                lambda: self._presenter.save_mix(saved.name, saved, rack=before),
            )

        if self._presenter.rack.strips:
            self._presenter.save_mix(mix.name, mix, done=done)

    def _delete(self, mix: Mix) -> None:
        def done() -> None:
            self._shell.toast(
                tr("The mix {name} was deleted.", name=mix.name),
                tr("Undo"),
                lambda: self._presenter.restore_mix(mix),
            )

        self._presenter.delete_mix(mix, done)


def _plain(name: str) -> str:
    """A name as a menu shows it; there an ampersand alone marks a key."""
    return name.replace("&", "&&")
