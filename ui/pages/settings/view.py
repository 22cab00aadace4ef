"""The Settings page: a list at the left, the chosen pane at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backend.app import Backend
from backend.errors import AppError
from backend.i18n import tr
from ui.bridge import EventBridge
from ui.pages.settings.capacity import CapacityPresenter
from ui.pages.settings.connecting import Connecting
from ui.pages.settings.panes import PANES
from ui.pages.settings.parts import Pane
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.servers import Servers
from ui.pages.settings.serving import ServingPresenter
from ui.shell import Shell
from ui.theme import theme
from ui.theme.focus import without_ring
from ui.widgets.labels import label
from ui.widgets.nav import NavButton
from ui.widgets.section import hairline


class SettingsPage(QWidget):
    """Panes are made when they are first shown."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Settings")
        self._shell = shell
        self._presenter = SettingsPresenter(backend, bridge, self)
        self._presenter.failed.connect(self._failed)
        self._connecting = Connecting(backend, bridge, self)
        self._servers = Servers(backend, bridge, self)
        self._serving = ServingPresenter(backend, bridge, self)
        self._capacity = CapacityPresenter(backend, bridge, self)
        self._capacity.failed.connect(self._failed)
        self._made: dict[str, Pane] = {}
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._nav = QWidget()
        self._nav.setProperty("surface", "pane")
        self._nav.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._nav.setFixedWidth(theme.size("pane.settings.nav"))
        column = QVBoxLayout(self._nav)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(theme.size("nav.gap"))
        head = label(tr("Settings"), "title")
        head.setFixedHeight(theme.size("toolbar"))
        head.setContentsMargins(8, 0, 0, 0)
        column.addWidget(head)
        for spec in PANES:
            button = NavButton(spec.icon, spec.title())
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=spec.name: self.show_pane(name))
            self._group.addButton(button)
            self._buttons[spec.name] = button
            column.addWidget(button)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._nav)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._stack, 1)
        self._current = "appearance"

    def _makers(self) -> dict[str, Callable[[], Pane]]:
        from ui.pages.settings import about, basic, connections, engine, fit_ledger, machine, network, server

        presenter, shell = self._presenter, self._shell
        return {
            "appearance": lambda: basic.AppearancePane(presenter),
            "models": lambda: basic.ModelsPane(presenter),
            "downloads": lambda: basic.DownloadsPane(presenter, shell),
            "connections": lambda: connections.ConnectionsPane(self._connecting, self._servers, shell),
            "server": lambda: server.ServerPane(self._serving, shell),
            "machine": lambda: machine.MachinePane(self._capacity),
            "fit-ledger": lambda: fit_ledger.FitLedgerPane(self._capacity, presenter, shell),
            "engine": lambda: engine.EnginePane(presenter),
            "network": lambda: network.NetworkPane(presenter, shell),
            "data": lambda: basic.DataPane(presenter, shell),
            "keyboard": basic.KeyboardPane,
            "about": about.AboutPane,
        }

    def pane(self, name: str) -> Pane:
        """The pane called `name`, made on the first time. Raises `KeyError` for an unknown name."""
        if name not in self._made:
            made = self._makers()[name]()
            self._made[name] = made
            self._stack.addWidget(made)
        return self._made[name]

    def show_pane(self, name: str) -> None:
        """Bring one pane to the front; one that this build does not have changes nothing."""
        name = name if name in self._buttons else self._current
        pane = self.pane(name)
        self._current = name
        button = self._buttons[name]
        focus = self.focusWidget() or self
        leaving = self._stack.isAncestorOf(focus) and not pane.isAncestorOf(focus)
        if (leaving or self._nav.isAncestorOf(focus)) and not button.hasFocus():
            with without_ring():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        button.setChecked(True)
        self._stack.setCurrentWidget(pane)
        pane.refresh()

    def activate(self) -> None:
        """The page came into view."""
        self.show_pane(self._current)

    def find(self) -> None:
        """There is nothing to search; the keyboard goes to the list of panes."""
        self._buttons[self._current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self._nav, self._stack]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = list(self._buttons)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self._nav.isAncestorOf(self.focusWidget() or self):
            super().keyPressEvent(event)
            return
        name = names[(names.index(self._current) + step) % len(names)]
        self.show_pane(name)
        self._buttons[name].setFocus(Qt.FocusReason.TabFocusReason)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("settings/pane", self._current)

    def restore_state(self, settings: QSettings) -> None:
        name = str(settings.value("settings/pane", self._current))
        if name in self._buttons:
            self._current = name

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))
