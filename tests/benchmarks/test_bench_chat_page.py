"""How quickly a long chat is there and moves: 2,000 messages, and a line of a megabyte. Prints; the aims are
300 ms until it can be read, and 33 ms for a stall."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.engines.types import Alternative, TokenChoice
from tests.benchmarks.test_bench_gui import ANSWER, Stalls
from tests.support.chat_desk import ChatDesk, RecordingShell
from ui import i18n, tasks
from ui.bridge import EventBridge
from ui.pages.chat.tokens_view import TokensView
from ui.pages.chat.view import ChatPage
from ui.theme import theme

pytestmark = pytest.mark.benchmark


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[ChatDesk]:
    i18n.install(qapp, "en")
    theme.apply(qapp, "light")
    desk = ChatDesk(tmp_path)
    yield desk
    tasks.wait_idle(5)
    desk.close()
    tasks.stop(2)


@pytest.fixture
def page(desk: ChatDesk, qtbot: QtBot) -> Iterator[ChatPage]:
    """A page with a chat of 2,000 messages (id 1), one with a line of a megabyte (2), and a short one."""
    desk.conversation([(f"Question {n}", ANSWER * (1 + n % 2)) for n in range(1000)], title="Long")
    desk.conversation([("x" * 100_000, "y" * 1_000_000)], title="Line")
    desk.conversation([("Hello", "Hi")], title="Short")
    bridge = EventBridge(desk.bus)
    page = ChatPage(desk, bridge, RecordingShell())  # type: ignore[arg-type]
    page.restore_state(QSettings(str(desk.paths.config / "none.ini"), QSettings.Format.IniFormat))
    page.resize(1232, 900)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: len(page.transcript.messages()) == 2)
    yield page
    tasks.wait_idle(5)
    bridge.close()
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(page: ChatPage, chat_id: int, count: int) -> tuple[float, Stalls]:
    """Open a chat; seconds until its last message can be read, and every turn of the event loop meanwhile."""
    stalls = Stalls()
    started = time.perf_counter()
    page.presenter.open(chat_id)

    def there() -> bool:
        messages = page.transcript.messages()
        if len(messages) != count or messages[-1].chat_id != chat_id:
            return False
        view = page.transcript.view_of(messages[-1].id)
        return view is not None and view.isVisible()

    while not there():
        stalls.turn(QCoreApplication.processEvents)
        time.sleep(0.0005)
    return time.perf_counter() - started, stalls


def settle(page: ChatPage, stalls: Stalls, seconds: float = 2.0) -> None:
    """Let what is prepared ahead be prepared."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        stalls.turn(QCoreApplication.processEvents)
        time.sleep(0.001)


def test_a_chat_of_2000_messages_opens_and_scrolls(page: ChatPage) -> None:
    for name in ("first time", "again"):
        seconds, stalls = opened(page, 1, 2000)
        print(f"\n2,000 messages, {name}: {seconds * 1000:.0f} ms of 300 ({seconds / 0.3:.2f} of the aim)")
        settle(page, stalls, 0.5)
        stalls.report("opening")
        opened(page, 3, 2)
    opened(page, 1, 2000)
    bar = page.transcript.verticalScrollBar()
    for name, step in (("scrolling by lines", 120), ("scrolling by pages", 800)):
        scrolling = Stalls()
        bar.setValue(bar.maximum() // 2)
        settle(page, Stalls(), 1.0)
        for _ in range(250):
            to = bar.value() - step
            scrolling.turn(lambda to=to: (bar.setValue(to), QCoreApplication.processEvents()))
            time.sleep(0.004)
        scrolling.report(name)
    jumps = Stalls()
    for place in range(40):
        to = bar.maximum() * ((place * 7) % 40) // 40
        jumps.turn(lambda to=to: (bar.setValue(to), QCoreApplication.processEvents()))
    jumps.report("jumping about")


def test_a_line_of_a_megabyte_does_not_freeze_the_page(page: ChatPage) -> None:
    seconds, stalls = opened(page, 2, 2)
    print(f"\na line of 1,000,000 characters can be read after {seconds * 1000:.0f} ms")
    settle(page, stalls, 4.0)
    stalls.report("showing it")


def test_tokens_of_a_long_answer(page: ChatPage) -> None:
    words = ANSWER.split(" ")
    choices = [
        TokenChoice(f" {words[n % len(words)]}", -0.5, (Alternative(" a", -1.0),)) for n in range(8000)
    ]
    started = time.perf_counter()
    view = TokensView(choices, page)
    height = view.height_for(680)
    made = time.perf_counter() - started
    view.setGeometry(0, 0, 680, height)
    view.show()
    painting = Stalls()
    for top in range(0, height, height // 50):
        painting.turn(lambda top=top: (view.move(0, -top), QCoreApplication.processEvents()))
    print(f"\n8,000 tokens are laid out in {made * 1000:.0f} ms")
    painting.report("painting them")
    view.deleteLater()
