"""Sending, answering again, going on, and stopping: what begins and ends answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backend.chats.types import Message
from backend.errors import AppError
from ui import tasks
from ui.pages.chat.counter import check_length
from ui.pages.chat.presenter import ChatPresenter

if TYPE_CHECKING:
    from backend.app import Backend


class Asking(QObject):
    """Works on the chat that `presenter` shows, and reports through its signals."""

    def __init__(self, backend: Backend, presenter: ChatPresenter) -> None:
        super().__init__(presenter)
        self._backend = backend
        self._presenter = presenter
        self._asking: set[int] = set()  # the service has not taken the question yet
        self._stop_wanted: set[int] = set()

    def send(self, text: str, check: Callable[[], object] | None = None) -> None:
        """Send `text` with the files that were attached, in the shown chat, or in a new one if none is shown.
        `check` is called outside of the GUI thread first; when it raises an `AppError`, nothing is sent."""
        self._presenter.in_chat(lambda chat_id: self._send(chat_id, text, check))

    def _send(self, chat_id: int, text: str, check: Callable[[], object] | None) -> None:
        presenter, chats = self._presenter, self._backend.chats
        changes = presenter.changes.take(chat_id)
        files = presenter.tray.of(chat_id)

        def work() -> Message:
            if changes:
                chats.update(chat_id, **changes)
            check_length(chats.context_use(chat_id, text, files))
            if check is not None:
                check()
            return chats.send(chat_id, text, files)

        def done() -> None:
            presenter.tray.clear(chat_id)
            presenter.sent.emit()

        self._begin(chat_id, work, done)

    def regenerate(self, message_id: int) -> None:
        """Ask for another answer beside this one."""
        self._ask_again(message_id, lambda: self._backend.chats.regenerate(message_id))

    def edit(self, message_id: int, text: str) -> None:
        """Say `text` instead, on a branch of its own: a question is answered anew, an answer just says so."""
        presenter, chats = self._presenter, self._backend.chats
        message = next((each for each in presenter.branch.messages if each.id == message_id), None)
        if message is not None and message.role == "assistant":
            tasks.run(lambda: chats.edit(message_id, text), None, presenter.failed.emit, owner=self)
        else:
            self._ask_again(message_id, lambda: chats.edit(message_id, text))

    def go_on(self, message_id: int) -> None:
        """Let the model go on with an answer where it stops."""
        presenter, chats = self._presenter, self._backend.chats
        if presenter.chat is None or presenter.busy:
            return
        chat_id = presenter.chat.id
        changes = presenter.changes.take(chat_id)
        presenter.answering.reopen(message_id)

        def work() -> None:
            if changes:
                chats.update(chat_id, **changes)
            try:
                chats.go_on(message_id)
            except AppError:
                presenter.answering.forget_reopening(message_id)
                raise

        self._begin(chat_id, work)

    def _ask_again(self, message_id: int, work: Callable[[], object]) -> None:
        """Hide a message and what is below it, for another version is on its way."""
        presenter = self._presenter
        if presenter.chat is None or presenter.busy:
            return
        presenter.cut(message_id)
        chat_id, changes = presenter.chat.id, presenter.changes.take(presenter.chat.id)

        def begin() -> None:
            if changes:
                self._backend.chats.update(chat_id, **changes)
            work()

        self._begin(chat_id, begin, again=True)

    def _begin(
        self,
        chat_id: int,
        work: Callable[[], object],
        done: Callable[[], object] | None = None,
        *,
        again: bool = False,
    ) -> None:
        presenter, chats = self._presenter, self._backend.chats
        presenter.answering.set_busy(chat_id, True)
        self._asking.add(chat_id)

        def begun(_: object) -> None:
            self._asking.discard(chat_id)
            if chat_id in self._stop_wanted:
                self._stop_wanted.discard(chat_id)
                tasks.run(lambda: chats.stop(chat_id), None, presenter.failed.emit, owner=self)
            if done is not None:
                done()

        def failed(error: AppError) -> None:
            self._asking.discard(chat_id)
            self._stop_wanted.discard(chat_id)
            presenter.answering.set_busy(chat_id, error.code == "chat.busy")
            presenter.refused.emit(error)
            if again and presenter.chat is not None and presenter.chat.id == chat_id:
                presenter.open(chat_id)

        tasks.run(work, begun, failed, owner=self)

    def stop(self) -> None:
        """End the answer of the shown chat."""
        if self._presenter.chat is None:
            return
        chats, chat_id = self._backend.chats, self._presenter.chat.id
        if chat_id in self._asking:
            self._stop_wanted.add(chat_id)
        else:
            tasks.run(lambda: chats.stop(chat_id), None, self._presenter.failed.emit, owner=self)
