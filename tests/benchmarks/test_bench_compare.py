"""Four columns that stream at once: how long the window stands still, and whether its memory grows. Prints.

The aim is 33 ms for 99 % of the turns, and no growth of memory in an hour of streaming; that hour is told in
rounds: the same amount of text, as fast as the window takes it.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.stalls import ANSWER, Stalls
from tests.support.fake_backend import FakeBackend
from tests.support.fake_compare import columns_of
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.pages.compare.view import ComparePage
from ui.theme import theme
from ui.window import MainWindow

pytestmark = pytest.mark.benchmark

COLUMNS = 4
RATE = 60
"""Tokens per second of each column."""
SECONDS = 10
ROUNDS = 40
"""Of about 2,000 tokens per column: what four columns say at 25 tokens a second in nearly an hour."""


@pytest.fixture
def page(tmp_path: Path, qapp: QApplication) -> Iterator[ComparePage]:
    i18n.install(qapp, "en")
    theme.apply(qapp, "light")
    backend = FakeBackend(tmp_path / "home")
    window = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    bridge = EventBridge(backend.bus)
    window.resize(1440, 900)
    window.show()
    window.attach(backend, bridge)  # type: ignore[arg-type]
    window.show_page("compare")
    page = window.page("compare")
    yield page
    window.close()
    bridge.close()
    tasks.wait_idle(5)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tasks.stop(2)


def begin(page: ComparePage, qtbot: QtBot, prompt: str) -> None:
    """Ask four columns."""
    qtbot.waitUntil(lambda: bool(page.presenter.shelf.models) and page.presenter.comparison is not None)
    if len(page.presenter.columns) != COLUMNS:
        models = page.presenter._backend.library.models()
        page.presenter.set_columns(columns_of(models, COLUMNS))
        qtbot.waitUntil(lambda: len(page.live.columns) == COLUMNS)
    page.presenter.ask(prompt, lambda: None)
    qtbot.waitUntil(lambda: page.presenter.busy and page.presenter.shown is not None)
    qtbot.waitUntil(lambda: page.presenter.shown.prompt == prompt)  # type: ignore[union-attr]


def test_stalls_while_four_columns_stream(page: ComparePage, qtbot: QtBot) -> None:
    begin(page, qtbot, "Go")
    service = page.presenter._service
    over = threading.Event()

    def stream() -> None:
        words = (ANSWER * 20).replace(" ", " \0").split("\0")
        begun = time.monotonic()
        for n in range(RATE * SECONDS):
            time.sleep(max(0.0, begun + n / RATE - time.monotonic()))
            for column in range(COLUMNS):
                service.say(column, words[n % len(words)])
        for column in range(COLUMNS):
            service.end(column)
        time.sleep(0.3)
        over.set()

    thread = threading.Thread(target=stream)
    stalls = Stalls()
    thread.start()
    stalls.run(over)
    thread.join()
    stalls.report(f"{COLUMNS} columns at {RATE} tokens/s")


def test_memory_of_the_window_over_an_hour_of_streaming(page: ComparePage, qtbot: QtBot) -> None:
    process = psutil.Process()
    sizes: list[int] = []
    for number in range(ROUNDS):
        begin(page, qtbot, f"Round {number}")
        service = page.presenter._service
        for _ in range(20):
            for column in range(COLUMNS):
                service.say(column, ANSWER)
            QCoreApplication.processEvents()
            time.sleep(0.002)
        for column in range(COLUMNS):
            service.end(column)
        qtbot.waitUntil(lambda: not page.presenter.busy, timeout=20_000)
        gc.collect()
        sizes.append(process.memory_info().rss)
    settled = sizes[ROUNDS // 4 :]
    text = COLUMNS * 20 * len(ANSWER.encode())
    growth = (settled[-1] - settled[0]) / (len(settled) - 1)
    print(
        f"\n{ROUNDS} rounds: {sizes[0] / 1e6:.0f} MB after the first, {settled[0] / 1e6:.0f} MB after a "
        f"quarter, {sizes[-1] / 1e6:.0f} MB at the end; {growth / 1e3:.0f} kB a round, in which "
        f"{text / 1e3:.0f} kB of text arrive and stay in the list of rounds"
    )
