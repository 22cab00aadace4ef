"""The window: rail, pages, jobs drawer, palette, and the shortcuts that reach them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSettings, Qt, Signal
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
from ui.frame import panes
from ui.frame.meter_feed import MeterFeed
from ui.frame.pretending import PretendStrip
from ui.frame.rail import Rail
from ui.pages import PAGES, PageSpec
from ui.theme import icons, theme
from ui.theme.focus import FocusRing, without_ring
from ui.widgets.section import hairline

if TYPE_CHECKING:
    from backend.app import Backend
    from ui.frame.palette import Command, CommandPalette
    from ui.jobs.drawer import JobsDrawer
    from ui.widgets.toasts import Toasts

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
        area.setSpacing(0)
        self.pretending = PretendStrip()
        self.pretending.change.connect(lambda: self.open_settings("machine"))
        area.addWidget(self.pretending)
        area.addWidget(self._stack, 1)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._area, 1)
        self.setCentralWidget(body)
        self._ring = FocusRing(self)

        self.rail.page_chosen.connect(self.show_page)
        self.rail.palette_asked.connect(self.open_palette)
        self.rail.jobs_asked.connect(self._toggle_jobs)
        self.rail.offline_changed.connect(self.set_offline)
        self.rail.set_jobs(0, 0)
        self._feed = MeterFeed(self.rail.meter, self)
        self._add_shortcuts(pages)
        self._restore_geometry()

    # What the first frame does not need is made when it is first asked for: it keeps the start short.

    @cached_property
    def drawer(self) -> JobsDrawer:
        """The jobs drawer."""
        from ui.jobs.drawer import JobsDrawer

        drawer = JobsDrawer(self._area, self)
        drawer.counted.connect(self.rail.set_jobs)
        self._ring.stay_below(drawer)
        return drawer

    @cached_property
    def palette_box(self) -> CommandPalette:
        """The command palette."""
        from ui.frame.palette import CommandPalette

        return CommandPalette(self)

    @cached_property
    def toasts(self) -> Toasts:
        """The stack of short messages."""
        from ui.widgets.toasts import Toasts

        toasts = Toasts(self._area)
        self._ring.stay_below(toasts)
        return toasts

    def _toggle_jobs(self) -> None:
        if self._backend is not None:
            self.drawer.toggle()

    # -- shortcuts -----------------------------------------------------------------------------------------

    def _add_shortcuts(self, pages: tuple[PageSpec, ...]) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.open_palette),
            ("Ctrl+F", self._find),
            ("Ctrl+J", self._toggle_jobs),
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
        elif event.key() == Qt.Key.Key_Escape and self._backend is not None:
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
        found: list[QWidget] = [self.rail]
        page = self._pages.get(self._current)
        if page is not None:
            own = getattr(page, "panes", None)
            found += own() if own is not None else [page]
        if self._backend is not None and self.drawer.is_open:
            found.append(self.drawer)
        return [pane for pane in found if pane.isVisible()]

    def _cycle_pane(self, step: int) -> None:
        panes.cycle(self._panes(), self.focusWidget(), step)

    # -- life ----------------------------------------------------------------------------------------------

    def attach(self, backend: Backend, bridge: EventBridge) -> None:
        """Take the services and show the page of the last time."""
        self._backend, self._bridge = backend, bridge
        self.drawer.attach(backend, bridge)
        bridge.on(OfflineChanged, self._offline_changed)
        self.pretending.attach(backend, bridge)
        self.rail.set_offline(backend.network.offline)
        first = str(self._state.value("window/page", ""))
        self.rail.set_keys_shown(not first)  # a first start teaches the shortcuts
        self.show_page(first if first in self._specs else FIRST_PAGE)
        for notice in backend.notices:
            self.toast(f"{notice.title} {notice.hint}".strip())
        self._feed.attach(backend)
        if self.isVisible():
            self._feed.start()

    def show_failure(self, error: AppError) -> None:
        """Show in place of the pages why Orangery could not start."""
        from ui.widgets.states import ErrorState

        self.rail.hide()  # nothing in it would work
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
        for page in self._pages.values():
            page.save_state(self._state)
        self._state.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_state()
        self._feed.stop()
        event.accept()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._feed.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._feed.stop()

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
        with without_ring():  # each of these may move the focus, and nobody asked where it goes
            self._stack.setCurrentWidget(page)
            page.activate()
            if not page.isAncestorOf(self.focusWidget() or self):
                panes.focus_first(page)
        self._state.setValue("window/page", name)  # now, so that a crash does not forget it
        self.toasts.keep_clear(getattr(page, "keep_clear", None))
        self.setWindowTitle(f"{self._specs[name].title()} – Orangery")

    def page(self, name: str) -> Any:
        """The page called `name`. Raises `KeyError` for a name that is not in the rail."""
        page = self._pages.get(name)
        if page is None:
            page = self._specs[name].load()(self._backend, self._bridge, self)
            page.restore_state(self._state)
            self._pages[name] = page
            for cover in getattr(page, "covers", ()):
                self._ring.stay_below(cover)
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

    def compare(self, model_ids: tuple[str, ...]) -> None:
        self.show_page("compare")
        self.page("compare").compare(model_ids)

    def show_comparison(self, comparison_id: int) -> None:
        self.page("compare").show_comparison(comparison_id)
        self.show_page("compare")

    def measure(self, model_ids: tuple[str, ...]) -> None:
        self.show_page("bench")
        self.page("bench").measure(model_ids)

    def search(self, text: str) -> None:
        self.show_page("discover")
        self.page("discover").search(text)

    def quantize(self, model_id: str = "") -> None:
        self.show_page("library")
        self.page("library").quantize(model_id)

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
        from ui.frame.dialogs import ConfirmDialog

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
        from ui.frame.commands import commands_for

        fixed = commands_for(
            self, tuple(self._specs.values()), offline=self.offline, set_offline=self.set_offline
        )
        self.palette_box.open(fixed)

        def found(commands: list[Command]) -> None:
            if not self.palette_box.isHidden():
                self.palette_box.open([*fixed, *commands])

        tasks.run(lambda: self._content_commands(backend), found, owner=self)

    def _content_commands(self, backend: Backend) -> list[Command]:
        """In a pool thread."""
        from ui.frame.palette import Command

        commands = [
            Command(chat.title, tr("Chat"), "message-square", lambda chat=chat: self.show_chat(chat.id))
            for chat in backend.chats.chats()
            if chat.title
        ]
        commands += [
            Command(f"{m.name} {m.quant}".strip(), tr("Model"), "box", lambda m=m: self.open_chat(m.id))
            for m in backend.engines.models()
            if not m.problem
        ]
        return commands
