"""How long the window stands still while an answer streams in. Prints; the aim is 33 ms."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.stalls import ANSWER, Stalls
from tests.support.chat_desk import QWEN, ChatDesk, RecordingShell
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.pages.chat.view import ChatPage
from ui.theme import theme

pytestmark = pytest.mark.benchmark

RATE = 200
SECONDS = 10


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[ChatDesk]:
    i18n.install(qapp, "en")
    theme.apply(qapp, "light")
    desk = ChatDesk(tmp_path)
    yield desk
    tasks.wait_idle(5)
    desk.close()
    tasks.stop(2)


def test_longest_stall_while_200_tokens_a_second_stream_into_100_messages(
    desk: ChatDesk, qtbot: QtBot
) -> None:
    turns = [(f"Question {n}", ANSWER * (1 + n % 2)) for n in range(50)]
    chat = desk.conversation(turns, title="Long", model=QWEN)
    desk.chats.update(chat.id, n_ctx=32_768)
    bridge = EventBridge(desk.bus)
    page = ChatPage(desk, bridge, RecordingShell())  # type: ignore[arg-type]
    page.restore_state(QSettings(str(desk.paths.config / "none.ini"), QSettings.Format.IniFormat))
    page.resize(1232, 900)
    page.show()
    started = time.perf_counter()
    page.activate()
    qtbot.waitUntil(lambda: len(page.transcript.messages()) == 100)
    print(f"\nopening 100 messages: {(time.perf_counter() - started) * 1000:.0f} ms")
    qtbot.waitUntil(lambda: not page.transcript._ahead.isActive(), timeout=20_000)
    page.composer.input.setPlainText("Go")
    page.composer._submit()
    qtbot.waitUntil(lambda: page.presenter.busy)
    generation = desk.engine.next()
    over = threading.Event()

    def stream() -> None:
        words = (ANSWER * 40).replace(" ", " \0").split("\0")
        begun = time.monotonic()
        for n in range(RATE * SECONDS):
            time.sleep(max(0.0, begun + n / RATE - time.monotonic()))
            generation.say(words[n % len(words)])
        generation.end()
        time.sleep(0.3)
        over.set()

    thread = threading.Thread(target=stream)
    stalls = Stalls()
    thread.start()
    stalls.run(over)
    thread.join()
    stalls.report(f"{RATE} tokens/s into {len(page.transcript.messages())} messages")

    scrolling = Stalls()
    bar = page.transcript.verticalScrollBar()
    for value in range(bar.maximum(), max(0, bar.maximum() - 20_000), -120):
        scrolling.turn(lambda value=value: (bar.setValue(value), QCoreApplication.processEvents()))
        time.sleep(0.004)
    scrolling.report("scrolling up")
    qtbot.waitUntil(lambda: not page.presenter.busy)
    bridge.close()
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
