"""The window: rail, pages, jobs drawer, palette, and the shortcuts that reach them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.errors import AppError
from backend.events import OfflineChanged
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.frame.commands import commands_for
from ui.frame.dialogs import ConfirmDialog
from ui.frame.machine import MachineReading
from ui.frame.palette import Command, CommandPalette
from ui.frame.rail import Rail
from ui.jobs.drawer import JobsDrawer
from ui.pages import PAGES, PageSpec
from ui.theme import icons, theme
from ui.theme.focus import FocusRing
from ui.widgets.section import hairline
from ui.widgets.states import ErrorState
from ui.widgets.toasts import Toasts

if TYPE_CHECKING:
    from backend.app import Backend

log = logging.getLogger(__name__)

METER_MS = 2_000
"""How often the machine meter looks again while the window is visible."""

FIRST_PAGE = "discover"


class MainWindow(QMainWindow):
    """Implements `ui.shell.Shell`. It can be shown before the backend is there; `attach` brings the pages.

    Args:
        state: Where geometry and splitter positions are kept.
        pages: Entries of the rail, in order.

    Signals:
        closed: The person closed the window; its state is saved.
    """

    closed = Signal()

    def __init__(self, state: QSettings, pages: tuple[PageSpec, ...] = PAGES) -> None:
        super().__init__()
        self._state = state
        self._specs = {spec.name: spec for spec in pages}
        self._pages: dict[str, QWidget] = {}
        self._backend: Backend | None = None
        self._bridge: EventBridge | None = None
        self._current = ""
        self._reading: tasks.Task | None = None
        self.setWindowTitle("Orangery")
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(900, 600)

        self.rail = Rail(pages)
        self._stack = QStackedWidget()
        self._area = QWidget()
        self._area.setProperty("surface", "window")
        self._area.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        area = QVBoxLayout(self._area)
        area.setContentsMargins(0, 0, 0, 0)
        area.addWidget(self._stack)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._area, 1)
        self.setCentralWidget(body)
        self.toasts = Toasts(self._area)
        self.drawer = JobsDrawer(self._area, self)
        self.palette_box = CommandPalette(self)
        self._ring = FocusRing(self)

        self.rail.page_chosen.connect(self.show_page)
        self.rail.palette_asked.connect(self.open_palette)
        self.rail.jobs_asked.connect(self.drawer.toggle)
        self.rail.offline_changed.connect(self.set_offline)
        self.drawer.counted.connect(self.rail.set_jobs)
        self.rail.set_jobs(0, 0)
        self._meter_timer = QTimer(self)
        self._meter_timer.setInterval(METER_MS)
        self._meter_timer.timeout.connect(self._read_machine)
        self._add_shortcuts(pages)
        self._restore_geometry()

    # -- shortcuts -----------------------------------------------------------------------------------------

    def _add_shortcuts(self, pages: tuple[PageSpec, ...]) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.open_palette),
            ("Ctrl+F", self._find),
            ("Ctrl+J", self.drawer.toggle),
            ("Ctrl+,", lambda: self.show_page("settings")),
            ("Ctrl+N", lambda: self.open_chat(None)),
            ("Ctrl+Shift+O", lambda: self.set_offline(not self.offline)),
            ("F6", lambda: self._cycle_pane(1)),
            ("Shift+F6", lambda: self._cycle_pane(-1)),
            ("Ctrl+Q", self.close),
        ]
        for place, spec in enumerate(pages, start=1):
            keys.append((f"Ctrl+{place}", lambda name=spec.name: self.show_page(name)))
        for sequence, action in keys:
            QShortcut(QKeySequence(sequence), self, activated=action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Control:
            self.rail.set_keys_shown(True)
        elif event.key() == Qt.Key.Key_Escape and self.drawer.is_open:
            self.drawer.close_drawer()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Control:
            self.rail.set_keys_shown(False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.rail.set_keys_shown(False)
        super().changeEvent(event)

    def _find(self) -> None:
        page = self._pages.get(self._current)
        if page is not None:
            page.find()

    def _panes(self) -> list[QWidget]:
        """What F6 goes through: the rail, the panes of the page, the drawer."""
        panes: list[QWidget] = [self.rail]
        page = self._pages.get(self._current)
        if page is not None:
            own = getattr(page, "panes", None)
            panes += own() if own is not None else [page]
        if self.drawer.is_open:
            panes.append(self.drawer)
        return [pane for pane in panes if pane.isVisible()]

    def _cycle_pane(self, step: int) -> None:
        panes = self._panes()
        focus = self.focusWidget()
        here = next(
            (place for place, pane in enumerate(panes) if focus is pane or pane.isAncestorOf(focus or self)),
            -step,
        )
        for offset in range(1, len(panes) + 1):
            if _focus_first(panes[(here + step * offset) % len(panes)]):
                return

    # -- life ----------------------------------------------------------------------------------------------

    def attach(self, backend: Backend, bridge: EventBridge) -> None:
        """Take the services and show the page of the last time."""
        self._backend, self._bridge = backend, bridge
        self.drawer.attach(backend, bridge)
        bridge.on(OfflineChanged, self._offline_changed)
        self.rail.set_offline(backend.network.offline)
        first = str(self._state.value("window/page", FIRST_PAGE))
        self.show_page(first if first in self._specs else FIRST_PAGE)
        for notice in backend.notices:
            self.toast(f"{notice.title} {notice.hint}".strip())
        if self.isVisible():
            self._start_meter()

    def show_failure(self, error: AppError) -> None:
        """Show in place of the pages why Orangery could not start."""
        state = ErrorState(error)
        quit_button = state.add_action(tr("Quit"))
        quit_button.clicked.connect(self.close)
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    def _restore_geometry(self) -> None:
        geometry = self._state.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            screen = self.screen().availableGeometry()
            self.resize(min(1440, screen.width() * 9 // 10), min(900, screen.height() * 9 // 10))
        self._fit_rail()

    def save_state(self) -> None:
        """Write geometry, page and splitter positions."""
        self._state.setValue("window/geometry", self.saveGeometry())
        if self._current:
            self._state.setValue("window/page", self._current)
        for page in self._pages.values():
            page.save_state(self._state)
        self._state.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_state()
        self._meter_timer.stop()
        event.accept()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_meter()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._meter_timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_compact(self.width() < theme.size("rail.compact.below"))

    def bring_to_front(self) -> None:
        """Another start asked for this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # -- shell ---------------------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Bring the page called `name` to the front, making it on the first time."""
        if self._backend is None or name not in self._specs:
            return
        page = self.page(name)
        self._current = name
        self.rail.set_current(name)
        self._stack.setCurrentWidget(page)
        title = self._specs[name].title()
        self.setWindowTitle(f"{title} – Orangery")
        page.activate()
        if not page.isAncestorOf(self.focusWidget() or self):
            _focus_first(page)

    def page(self, name: str) -> Any:
        """The page called `name`. Raises `KeyError` for a name that is not in the rail."""
        page = self._pages.get(name)
        if page is None:
            page = self._specs[name].load()(self._backend, self._bridge, self)
            page.restore_state(self._state)
            self._pages[name] = page
            self._stack.addWidget(page)
        return page

    def open_chat(self, model_id: str | None) -> None:
        if "chat" in self._specs and self._backend is not None:
            self.show_page("chat")
            self.page("chat").new_chat(model_id)

    def show_chat(self, chat_id: int) -> None:
        """Show one conversation."""
        self.show_page("chat")
        self.page("chat").show_chat(chat_id)

    def open_settings(self, pane: str) -> None:
        self.show_page("settings")
        self.page("settings").show_pane(pane)

    def open_jobs(self) -> None:
        self.drawer.open_drawer()

    def toast(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.show_toast(text, action_text, action)

    def confirm(self, title: str, text: str, action: str, *, danger: bool = False) -> bool:
        dialog = ConfirmDialog(title, text, action, danger, self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    # -- offline, palette, machine -------------------------------------------------------------------------

    @property
    def offline(self) -> bool:
        """Whether the switch in the frame is on."""
        return self._backend is not None and self._backend.network.offline

    def set_offline(self, offline: bool) -> None:
        """Turn all connections off or on, and remember it."""
        backend = self._backend
        if backend is None:
            return

        def work() -> None:
            backend.network.set_offline(offline)
            backend.settings.update(offline=offline)

        self.rail.set_offline(offline)
        tasks.run(work, failed=lambda error: self.toast(str(error)), owner=self)

    def _offline_changed(self, event: OfflineChanged) -> None:
        self.rail.set_offline(event.offline)

    def open_palette(self) -> None:
        """Show the command palette: pages and actions at once, chats and models as soon as they are read."""
        backend = self._backend
        if backend is None:
            return
        fixed = commands_for(self, tuple(self._specs.values()))
        self.palette_box.open(fixed)

        def found(commands: list[Command]) -> None:
            if not self.palette_box.isHidden():
                self.palette_box.open([*fixed, *commands])

        tasks.run(lambda: self._content_commands(backend), found, owner=self)

    def _content_commands(self, backend: Backend) -> list[Command]:
        """In a pool thread."""
        commands = [
            Command(chat.title, tr("Chat"), "message-square", lambda chat=chat: self.show_chat(chat.id))
            for chat in backend.chats.chats()
            if chat.title
        ]
        commands += [
            Command(
                f"{model.name} {model.quant}".strip(),
                tr("Model"),
                "box",
                lambda model=model: self.open_chat(model.id),
            )
            for model in backend.library.models()
            if not model.problem
        ]
        return commands

    def _start_meter(self) -> None:
        if self._backend is not None and not self._meter_timer.isActive():
            self._meter_timer.start()
            self._read_machine()

    def _read_machine(self) -> None:
        backend = self._backend
        if backend is None or self._reading is not None:
            return

        def work() -> MachineReading:
            models = sum(model.size for model in backend.library.models())
            return MachineReading(backend.machines.read(), backend.machines.disk(backend.hub_cache), models)

        def done(reading: MachineReading) -> None:
            self._reading = None
            self.rail.meter.show_reading(reading)

        def failed(error: AppError) -> None:
            self._reading = None
            log.warning("the machine could not be read: %s", error)

        self._reading = tasks.run(work, done, failed, owner=self)


def _focus_first(pane: QWidget) -> bool:
    """Give the keyboard to the last focused, else the first control of `pane`; False if it has none."""
    focus = pane.focusWidget()
    if focus is not None and focus.isVisible() and focus.isEnabled():
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    start = pane
    widget: QWidget | None = start
    while widget is not None:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        widget = widget.nextInFocusChain()
        if widget is start or widget is None or not pane.isAncestorOf(widget):
            return False
    return False
