"""Every UI test runs offscreen with a real `QApplication`, and fails on what it leaves behind.

Faults that are caught for all tests: an unexpected Qt warning, a log record of level WARNING or above, an
exception in a slot, a thread, an active timer or a child process that outlives the test.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.driving import PATIENCE_MS, Run
from tests.support.fake_backend import FakeBackend
from tests.support.library_page import Page as LibraryDesk
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.theme import theme
from ui.window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HARMLESS = ("This plugin does not support",)
"""What the offscreen platform says about itself."""


class PatientBot(QtBot):
    """Waits as long as everything else that drives windows; on a busy machine five seconds are soon over."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["orangery-tests"]


@pytest.fixture(scope="session")
def _themed(qapp: QApplication) -> QApplication:
    i18n.install(qapp, "en")
    theme.set_reduced_motion(True)
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_behind(_themed: QApplication, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Collects complaints during the test; a test that provokes one removes it from the list it gets."""
    complaints: list[str] = []

    def on_message(kind: QtMsgType, context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            complaints.append(f"Qt: {text}")

    before = set(threading.enumerate())
    children = {child.pid for child in psutil.Process().children(recursive=True)}
    previous = qInstallMessageHandler(on_message)
    caplog.set_level(logging.WARNING)
    hook = sys.excepthook
    try:
        yield complaints
        tasks.wait_idle(30)
        for _ in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        qInstallMessageHandler(previous)
        sys.excepthook = hook
    tasks.stop(30)
    for when in ("setup", "call"):
        complaints += [
            f"log: {record.getMessage()}"
            for record in caplog.get_records(when)
            if record.levelno >= logging.WARNING
        ]
    gc.collect()
    complaints += [
        f"thread: {thread.name}" for thread in set(threading.enumerate()) - before if thread.is_alive()
    ]
    complaints += [
        f"process: {child.pid}"
        for child in psutil.Process().children(recursive=True)
        if child.pid not in children
    ]
    complaints += [
        f"window: {widget!r}"
        for widget in QApplication.topLevelWidgets()
        if _is_ours(widget) and widget.isVisible()
    ]
    complaints += [
        f"timer: {timer.parent()!r}"
        for widget in QApplication.topLevelWidgets()
        for timer in widget.findChildren(QTimer)
        if timer.isActive() and _is_ours(widget)
    ]
    assert not complaints, "\n".join(complaints)


def _is_ours(widget: QWidget) -> bool:
    return type(widget).__module__.startswith(("ui.", "tests."))


class Opened:
    """A window over a fake backend."""

    def __init__(self, window: MainWindow, backend: FakeBackend, bridge: EventBridge) -> None:
        self.window, self.backend, self.bridge = window, backend, bridge


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Call it with a state of `FakeBackend` to get a shown window; it is closed after the test."""
    opened: list[Opened] = []

    def open_it(state: str = "full", page: str = "settings", size: tuple[int, int] = (1280, 800)) -> Opened:
        ini = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        if not opened:
            ini.setValue("window/page", page)
        backend = FakeBackend(tmp_path / f"home{len(opened)}", state)
        bridge = EventBridge(backend.bus)
        window = MainWindow(ini)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.attach(backend, bridge)
        opened.append(Opened(window, backend, bridge))
        settle(qtbot)
        return opened[-1]

    yield open_it
    for each in opened:
        each.window.close()
        each.bridge.close()
        each.window.deleteLater()
    settle(qtbot)


@pytest.fixture
def library(
    open_window: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., LibraryDesk]:
    """Opens the Library of a state of the fake backend."""

    def open_it(state: str = "full", size: tuple[int, int] = (1600, 900)) -> LibraryDesk:
        opened = open_window(state, size=size)
        window = opened.window
        desk = LibraryDesk(Run(window, opened.backend, opened.bridge))  # type: ignore[arg-type]
        monkeypatch.setattr(window, "open_chat", desk.chats.append)
        monkeypatch.setattr(window, "search", desk.searches.append)
        monkeypatch.setattr(window, "toast", lambda text, *_more: desk.toasts.append(text))
        desk.run.go("Library")
        desk.run.until(lambda: desk.names())
        return desk

    return open_it


def settle(qtbot: QtBot) -> None:
    """Wait until no background work is left and its results have arrived."""
    for _ in range(4):
        qtbot.waitUntil(lambda: tasks.wait_idle(0.01))
        QCoreApplication.processEvents()
