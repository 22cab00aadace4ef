"""Drives the real window as a person does: finds controls by the words on them, uses mouse and keyboard.

`wait_for` and `until` let the event loop run until something is there.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget

from backend.app import Backend
from backend.paths import Paths
from tests.support.known_engine import know_engine
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.pages.chat.answer import AnswerView
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.message_input import MessageInput
from ui.window import MainWindow

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 60_000
"""Longest wait for anything; a busy machine with two cores needs its time to load a model."""


@dataclass
class Run:
    """One life of the app: from the start to the closed window."""

    window: MainWindow
    backend: Backend
    bridge: EventBridge

    def until(self, condition: Callable[[], object], timeout: int = PATIENCE_MS) -> None:
        """Let the app run until `condition` holds; if it never does, a picture shows what there was."""
        deadline = time.monotonic() + timeout / 1000
        while not condition():
            QTest.qWait(5)
            if time.monotonic() > deadline:
                picture = self.backend.paths.data / "timeout.png"
                self.window.grab().save(str(picture))
                raise AssertionError(f"waited in vain for {timeout / 1000:.0f} s; see {picture}")

    def wait_for(self, kind: type[W], words: str, timeout: int = PATIENCE_MS) -> W:
        """The visible widget of `kind` on which `words` (a regular expression) can be read, once it is
        there."""
        self.until(lambda: shown(self.window, kind, words), timeout)
        found = shown(self.window, kind, words)
        assert found is not None
        return found

    def press(self, words: str, timeout: int = PATIENCE_MS) -> Button:
        """Click the push button with `words`, once it is there and enabled. For the rail see `go`."""
        button = self.wait_for(Button, words, timeout)
        self.until(button.isEnabled, timeout)
        click(button)
        return button

    def go(self, page: str) -> None:
        """Press an entry of the rail."""
        buttons = self.window.rail.findChildren(QAbstractButton)
        click(next(button for button in buttons if button.text() == page))

    def open_chat(self, model: str) -> None:
        """Go to the Library and press Chat on the model with this name."""
        self.go("Library")
        table = self.wait_for(QAbstractItemView, "^Models on this disk$")
        self.until(lambda: model in names_in(table))
        click_row(table, names_in(table).index(model))
        self.press("^Chat$")

    def ask(self, text: str) -> None:
        """Write a message into the chat's field and send it with Enter."""
        field = self.wait_for(MessageInput, "^Message$")
        click(field.viewport())
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.until(lambda: not field.toPlainText())

    def answers(self) -> list[AnswerView]:
        """The answers that are shown, top first."""
        views = [view for view in self.window.findChildren(AnswerView) if view.isVisible()]
        return sorted(views, key=lambda view: view.y())

    def finished(self, count: int) -> AnswerView:
        """The last of `count` answers, once it is complete."""
        self.until(lambda: len(self.answers()) == count and metrics(self.answers()[-1]))
        return self.answers()[-1]


def metrics(answer: AnswerView) -> str:
    """The line under a finished answer: speed, time to the first token, tokens, why it ended."""
    shown = (child for child in answer.findChildren(QWidget) if child.isVisible())
    names = [child.accessibleName() for child in shown]
    endings = re.compile(r"tok/s|(finished|interrupted|failed|stopped)$")
    return next((name for name in names if endings.search(name)), "")


@contextmanager
def running(home: Path, *, offline: bool = False) -> Iterator[Run]:
    """The window over a new `Backend` with its profile under `home`; closed as the person closes it."""
    paths = Paths.under(home).ensure()
    know_engine(home)
    window = MainWindow(QSettings(str(paths.config / "window.ini"), QSettings.Format.IniFormat))
    window.resize(1280, 800)
    window.show()
    backend = Backend(paths, offline=offline)
    bridge = EventBridge(backend.bus)
    window.attach(backend, bridge)
    backend.start()
    try:
        yield Run(window, backend, bridge)
    finally:
        window.close()
        bridge.close()
        backend.close()
        tasks.wait_idle(30)
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        tasks.stop()


def prepare(app: QApplication) -> None:
    """Language and theme, as the start of the app sets them."""
    i18n.install(app, "en")
    theme.set_reduced_motion(True)
    theme.apply(app, "light")


def words_of(widget: QWidget) -> str:
    """What a person, or their screen reader, reads on `widget`."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return text or widget.accessibleName()


def shown(root: QWidget, kind: type[W], words: str) -> W | None:
    """The visible widget of `kind` under `root` on which `words` (a regular expression) can be read."""
    for widget in root.findChildren(kind):
        if widget.isVisible() and re.search(words, words_of(widget)):
            return widget
    return None


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Press and release the left button on `widget`."""
    assert widget.isVisible(), f"{words_of(widget)!r} cannot be seen"
    assert widget.isEnabled(), f"{words_of(widget)!r} is disabled"
    place = at if at is not None else widget.rect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def click_row(view: QAbstractItemView, row: int, column: int = 0) -> None:
    """Click a cell of a list or table, which must be in view."""
    rect = view.visualRect(view.model().index(row, column))
    assert view.viewport().rect().intersects(rect), f"row {row} is not in view"
    click(view.viewport(), rect.center())


def write(field: QWidget, text: str, *, enter: bool = False) -> None:
    """Click into `field`, type `text`, and press Enter if asked to."""
    click(field)
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def names_in(table: QAbstractItemView) -> list[str]:
    """The first column of `table`."""
    return [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]


def cell(table: QAbstractItemView, row: int, column: int) -> str:
    """The text of one cell."""
    return str(table.model().index(row, column).data())


def spoken(view: QAbstractItemView, row: int) -> str:
    """What a screen reader says of a row of a list."""
    return str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def put_in_cache(hub_cache: Path, repo_id: str, model: Path) -> Path:
    """Place `model` as a file of `repo_id` into a hub cache, as a download would; returns its place."""
    folder = hub_cache / f"models--{repo_id.replace('/', '--')}"
    commit = "c0ffee" + "0" * 34
    snapshot = folder / "snapshots" / commit
    (folder / "blobs").mkdir(parents=True)
    (folder / "refs").mkdir()
    snapshot.mkdir(parents=True)
    (folder / "refs" / "main").write_text(commit)
    blob = folder / "blobs" / hashlib.sha256(model.read_bytes()).hexdigest()
    shutil.copy(model, blob)
    place = snapshot / model.name
    place.symlink_to(Path("../../blobs") / blob.name)
    return place
