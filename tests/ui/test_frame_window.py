"""Navigation, shortcuts, palette, offline, saved state, and failing starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import backend.app
from backend.capacity.types import Pool, PoolKind
from backend.errors import AppError
from backend.paths import RESOURCES, Paths
from tests.support import fake_data
from tests.ui.conftest import Opened, settle
from ui import tasks
from ui.app import Session
from ui.frame.crash import CrashHook
from ui.frame.dialogs import ConfirmDialog, CrashDialog
from ui.frame.fuzzy import score
from ui.frame.machine import MachineMeter, MachineReading
from ui.frame.signals import CloseSignals
from ui.frame.single import SingleInstance
from ui.pages import PAGES
from ui.theme.focus import FocusRing, without_ring
from ui.widgets.states import ErrorState
from ui.widgets.toasts import Toast
from ui.window import MainWindow


@pytest.mark.parametrize("place", range(1, len(PAGES) + 1))
def test_ctrl_and_a_number_opens_each_page(
    qtbot: QtBot, open_window: Callable[..., Opened], place: int
) -> None:
    opened = open_window("full")
    qtbot.keyClick(opened.window, Qt.Key(Qt.Key.Key_0 + place), Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    spec = PAGES[place - 1]
    assert opened.window._current == spec.name
    assert opened.window.windowTitle().startswith(spec.title())
    assert opened.window.page(spec.name).isVisible()
    # The page chose where the keyboard is; only a field to write in says so.
    ring = opened.window.findChild(FocusRing)
    assert not ring.isVisible() or isinstance(opened.window.focusWidget(), QLineEdit | QPlainTextEdit)


def test_the_rail_is_compact_below_1200(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full", size=(1300, 800)).window
    assert not window.rail.compact and window.rail.width() == 208
    window.resize(1024, 700)
    assert window.rail.compact and window.rail.width() == 72


def test_the_palette_finds_a_page_and_gives_the_focus_back(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    window = open_window("full").window
    window.rail.jobs.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_box.isVisible() and window.focusWidget() is window.palette_box.field
    qtbot.keyClicks(window.palette_box.field, "library")
    settle(qtbot)
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    settle(qtbot)
    assert not window.palette_box.isVisible() and window._current == "library"
    window.open_palette()
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()


def test_the_palette_offers_chats_and_models(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full").window
    window.open_palette()
    settle(qtbot)
    model = window.palette_box.model
    titles = {model.index(row).data() for row in range(model.rowCount())}
    assert {"Sourdough too dense", "Gemma-3-4B-it Q4_K_M", "Go offline", "Discover"} <= titles


def test_offline_switches_the_network_and_is_remembered(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("full")
    opened.window.rail._offline.click()
    qtbot.waitUntil(lambda: opened.backend.network.offline)
    settle(qtbot)
    assert opened.backend.settings.get().offline
    opened.backend.network.set_offline(False)
    qtbot.waitUntil(lambda: not opened.window.rail._offline.isChecked())


def test_page_and_size_are_remembered(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    first = open_window("full", size=(1111, 777))
    first.window.show_page("library")
    settle(qtbot)
    first.window.close()
    second = open_window("full", size=(1111, 777))
    assert second.window._current == "library"


def test_f6_goes_through_the_panes(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full", page="settings").window
    window.rail.jobs.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        assert focus is not None
        seen.append(window.rail.isAncestorOf(focus))
    assert seen == [False, False, True]


def test_the_meter_stops_while_the_window_is_hidden(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full").window
    assert window._feed.running
    window.hide()
    assert not window._feed.running
    window.show()
    assert window._feed.running


def test_the_meter_says_its_numbers_in_words(qtbot: QtBot) -> None:
    meter = MachineMeter()
    qtbot.addWidget(meter)
    meter.show_reading(MachineReading(fake_data.MACHINE, fake_data.DISK, 25 * fake_data.GB))
    tips = [row.toolTip().replace("\u00a0", " ") for row in meter._rows]
    assert tips == [
        "NVIDIA GeForce RTX 3060: Orangery 500 MB, others 600 MB, free 10.9 GB",
        "Memory: Orangery 900 MB, others 5.0 GB, free 10.1 GB",
        "Disk: Orangery 25.0 GB, others 275 GB, free 212 GB",
    ]


def test_the_meter_counts_shared_memory_once_and_admits_what_it_does_not_know(qtbot: QtBot) -> None:
    meter = MachineMeter()
    qtbot.addWidget(meter)
    ram = fake_data.MACHINE.ram
    shared = Pool(PoolKind.UNIFIED, "Apple M2", ram.total // 2, ram.free // 2, "engine")
    silent = Pool(PoolKind.GPU, "Quiet Graphics", 0, 0, "engine")
    for pools, names in (
        ((ram, shared), ["Memory", "Disk"]),
        ((ram, silent), ["Quiet Graphics", "Memory", "Disk"]),
    ):
        machine = replace(fake_data.MACHINE, pools=pools)
        meter.show_reading(MachineReading(machine, fake_data.DISK, 0))
        rows = [row for row in meter._rows if not row.isHidden()]
        assert [row.toolTip().partition(":")[0] for row in rows] == names
    assert "does not say" in meter._rows[0].toolTip()


def test_a_failed_start_is_explained_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    window.show_failure(AppError("store.newer", "The database is newer.", "Update Orangery."))
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "The database is newer." in texts and "Update Orangery." in texts
    assert not window.rail.isVisible()
    window.close()


def start_of_session(qtbot: QtBot, home: Path) -> tuple[MainWindow, Session]:
    window = MainWindow(QSettings(str(home / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return window, Session(app, window, Paths.under(home), offline=True)


def test_a_folder_that_cannot_be_made_is_named_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    window, session = start_of_session(qtbot, home)
    session.start()
    qtbot.waitUntil(lambda: window.findChild(ErrorState) is not None)
    state = window.findChild(ErrorState)
    assert "cannot use its folder" in state.accessibleName()
    session.deleteLater()


def test_a_bug_at_the_start_ends_in_the_window_with_its_traceback(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nothing_left_behind: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("seeds everywhere")

    monkeypatch.setattr(backend.app.Backend, "__init__", broken)
    window, session = start_of_session(qtbot, tmp_path)
    session.start()
    qtbot.waitUntil(lambda: window.findChild(ErrorState) is not None)
    state = window.findChild(ErrorState)
    assert state.accessibleName().startswith("Orangery could not start.")
    assert "seeds everywhere" in state.findChild(QPlainTextEdit).toPlainText()
    session.deleteLater()
    caplog.clear()


def test_toasts_stack_and_offer_their_action(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full").window
    undone: list[bool] = []
    window.toast("Chat deleted", "Undo", lambda: undone.append(True))
    window.toast("Model deleted")
    window.toast("Model deleted")
    shown = window.toasts._shown()
    assert [toast.text for toast in shown] == ["Chat deleted", "Model deleted"]
    assert shown[0].geometry().bottom() < shown[1].geometry().top()
    shown[0]._act()
    assert undone == [True]
    shown[1].dismiss()


def test_toasts_stay_above_the_field_for_a_message(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("full", page="chat", size=(1024, 700)).window
    window.toast("Deleted", "Undo", lambda: None)
    composer = window.page("chat").composer

    def covered() -> bool:
        kept = QRect(composer.mapTo(window, QPoint(0, 0)), composer.size())
        shown = window.toasts.findChildren(Toast)
        return any(kept.intersects(QRect(each.mapTo(window, QPoint(0, 0)), each.size())) for each in shown)

    qtbot.waitUntil(lambda: not covered())
    window.resize(1024, 640)
    settle(qtbot)
    assert not covered()
    window.show_page("settings")
    settle(qtbot)
    assert window.toasts.geometry().bottom() == window._area.rect().bottom()


@pytest.mark.parametrize(("danger", "focused"), [(True, "Cancel"), (False, "Delete")])
def test_a_question_puts_the_focus_on_the_harmless_answer(
    qtbot: QtBot, open_window: Callable[..., Opened], danger: bool, focused: str
) -> None:
    window = open_window("full").window
    dialog = ConfirmDialog("Delete?", "It is gone then.", "Delete", danger, window)
    dialog.open()
    assert dialog.focusWidget().text() == focused
    dialog.accept_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog.deleteLater()


def test_a_bug_shows_a_traceback_to_copy(
    qtbot: QtBot, nothing_left_behind: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    hook = CrashHook(lambda: "1.2.3")
    try:
        raise ZeroDivisionError("in a test")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: hook._dialog is not None and hook._dialog.isVisible())
    dialog = hook._dialog
    assert isinstance(dialog, CrashDialog)
    assert "Orangery 1.2.3" in dialog.report and "ZeroDivisionError: in a test" in dialog.report
    dialog.accept()
    hook.uninstall()
    dialog.deleteLater()
    caplog.clear()


def test_a_second_start_wakes_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.activated):
        assert not second.claim()
    assert SingleInstance(tmp_path / "other").claim()
    first.release()
    assert second.claim()
    second.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a signal")
def test_a_signal_asks_to_close_until_it_is_uninstalled(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    signals = CloseSignals()
    with qtbot.waitSignal(signals.asked):
        os.kill(os.getpid(), signal.SIGTERM)
    signals.uninstall()
    signals.uninstall()
    assert signal.getsignal(signal.SIGTERM) == before


def test_of_many_starts_at_once_one_wins(tmp_path: Path) -> None:
    """Each in a process of its own, let loose together; the winner keeps the profile until all have tried."""
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from ui.frame.single import SingleInstance; app = QCoreApplication([]);"
        "print('ready', flush=True); sys.stdin.readline(); one = SingleInstance(Path(sys.argv[1]));"
        "print(one.claim(), flush=True); sys.stdin.readline(); one.release()"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=RESOURCES.parent,
        )
        for _ in range(4)
    ]
    try:
        for each in starts:
            assert each.stdout is not None and each.stdout.readline() == "ready\n"
        for each in starts:
            assert each.stdin is not None
            each.stdin.write("\n")
            each.stdin.flush()
        won = [each.stdout.readline().strip() for each in starts if each.stdout is not None]
        assert sorted(won) == ["False", "False", "False", "True"]
    finally:
        for each in starts:
            each.communicate("\n")


def test_the_ring_waits_for_the_keyboard_and_comes_back_with_the_window(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    window = open_window("full", page="settings").window
    ring = window.findChild(FocusRing)
    other = QWidget()
    qtbot.addWidget(other)

    def leave_and_return() -> None:
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        other.hide()

    with without_ring():
        window.rail.jobs.setFocus()
    leave_and_return()
    assert window.focusWidget() is window.rail.jobs and not ring.isVisible()
    qtbot.keyClick(window.rail.jobs, Qt.Key.Key_Backtab)
    assert ring.isVisible()
    leave_and_return()
    assert ring.isVisible()


def test_the_ring_stays_below_the_drawer(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    window = open_window("busy", page="chat").window
    window.open_jobs()
    field = QLineEdit(window._area)
    field.setGeometry(0, 300, window._area.width(), 30)
    field.show()
    field.setFocus()
    ring = window.findChild(FocusRing)
    assert ring.isVisible() and not ring.mask().isEmpty()
    drawn = ring.mask().translated(ring.pos()).boundingRect()
    assert drawn.right() < window.drawer.mapTo(window, QPoint(0, 0)).x()
    window.drawer.close_drawer()
    assert ring.mask().translated(ring.pos()).boundingRect().right() > drawn.right()


def test_the_ring_stays_below_the_panel_of_a_narrow_chat(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    window = open_window("full", page="chat", size=(1024, 700)).window
    page = window.page("chat")
    page.composer.input.setFocus()
    ring = window.findChild(FocusRing)
    page._side.show(True)
    drawn = ring.mask().translated(ring.pos()).boundingRect()
    assert ring.isVisible() and drawn.right() < page.panel.mapTo(window, QPoint(0, 0)).x()
    page._side.show(False)
    assert ring.mask().translated(ring.pos()).boundingRect().right() > drawn.right()


def test_fuzzy_prefers_beginnings_and_ignores_accents() -> None:
    assert score("xyz", "Discover") is None
    assert (score("set", "Settings") or 0) > (score("set", "Reset all") or 0)
    assert (score("zolw", "Żółw") or 0) > 0
    assert (score("gfb", "Gemma 4B") or 0) == 0
    assert score("", "anything") == 0


def test_every_control_of_the_frame_and_settings_has_a_name(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    """Reachable controls say what they are to a screen reader."""
    window = open_window("full", page="settings").window
    settings = window.page("settings")
    nameless: list[str] = []
    for name in settings._buttons:
        settings.show_pane(name)
        settle(qtbot)
        nameless += _nameless(settings)
    window.open_jobs()
    nameless += [*_nameless(window.rail), *_nameless(window.drawer)]
    assert not nameless


def _nameless(parent: QWidget) -> list[str]:
    found = []
    for child in parent.findChildren(QWidget):
        if not child.focusPolicy() & Qt.FocusPolicy.TabFocus or not child.isVisible():
            continue
        text = child.text() if hasattr(child, "text") else ""
        inner = type(child.parent()).__name__ in ("QSpinBox", "QComboBox", "QComboBoxPrivateContainer")
        if not (child.accessibleName() or text or inner or type(child).__name__ == "QScrollArea"):
            found.append(f"{type(child).__name__} in {type(child.parent()).__name__}")
    return found


def test_tasks_end_with_the_application(qtbot: QtBot) -> None:
    tasks.run(lambda: None, owner=QApplication.instance())
    assert tasks.wait_idle(5)
    tasks.stop(5)


class _Shown(QObject):
    """Notes every widget that becomes a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            text = watched.text() if isinstance(watched, QLabel | QPushButton) else ""
            self.windows.append(f"{type(watched).__name__} {text}".strip())
        return False


@pytest.mark.parametrize("state", ["busy", "error"])
def test_no_part_of_a_page_flashes_up_as_a_window(
    qtbot: QtBot, open_window: Callable[..., Opened], state: str
) -> None:
    """A widget that is made visible before it has a parent opens, for a moment, a window of its own."""
    shown = _Shown()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(shown)
    try:
        window = open_window(state).window
        for spec in PAGES:
            window.show_page(spec.name)
            settle(qtbot)
        for name in window.page("settings")._buttons:
            window.open_settings(name)
            settle(qtbot)
        window.open_jobs()
        window.open_palette()
        window.toast("Text", "Undo", lambda: None)
        settle(qtbot)
    finally:
        app.removeEventFilter(shown)
    assert set(shown.windows) == {"MainWindow"}
