"""The real chat page over the real chat service, driven as a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from tests.support.chat_desk import ChatDesk, RecordingShell
from tests.ui.conftest import settle
from ui.bridge import EventBridge
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.view import ChatPage


class Desk:
    """A shown chat page with everything around it."""

    def __init__(self, qtbot: QtBot, desk: ChatDesk, page: ChatPage, shell: RecordingShell) -> None:
        self.qtbot, self.backend, self.page, self.shell = qtbot, desk, page, shell

    def write(self, text: str) -> None:
        self.page.composer.input.setFocus()
        self.page.composer.input.setPlainText(text)

    def press_enter(self) -> None:
        self.qtbot.keyClick(self.page.composer.input, Qt.Key.Key_Return)

    def ask(self, text: str) -> None:
        self.write(text)
        self.press_enter()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def texts(self) -> list[str]:
        return [message.text for message in self.page.transcript.messages()]

    def last(self) -> AnswerView:
        view = self.page.transcript.view_of(self.page.transcript.messages()[-1].id)
        assert isinstance(view, AnswerView)
        return view

    def idle(self) -> None:
        self.wait(lambda: not self.page.presenter.busy)
        settle(self.qtbot)

    def answer(self, question: str, text: str) -> None:
        self.ask(question)
        generation = self.backend.engine.next()
        generation.say(text)
        generation.end()
        self.wait(lambda: self.texts()[-1:] == [text])
        self.idle()


@contextmanager
def chat_pages(qtbot: QtBot, backend: ChatDesk, folder: Path) -> Iterator[Callable[[], Desk]]:
    """Gives what opens a chat page over `backend`; all that were opened are closed at the end."""
    opened: list[tuple[ChatPage, EventBridge]] = []

    def open_it() -> Desk:
        bridge = EventBridge(backend.bus)
        shell = RecordingShell()
        page = ChatPage(backend, bridge, shell)  # type: ignore[arg-type]
        page.restore_state(QSettings(str(folder / "none.ini"), QSettings.Format.IniFormat))
        page.resize(1240, 800)
        page.show()
        qtbot.waitExposed(page)
        page.activate()
        settle(qtbot)
        opened.append((page, bridge))
        return Desk(qtbot, backend, page, shell)

    yield open_it
    settle(qtbot)
    for page, bridge in opened:
        bridge.close()
        page.close()
        page.deleteLater()
    settle(qtbot)
