"""What can be done with a message: its buttons, its menu, and the sheets behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from backend.chats.types import Message, MessageState, Replay
from backend.engines.types import TokenChoice
from backend.errors import AppError, Cancelled
from backend.i18n import tr
from ui import tasks
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.asking import Asking
from ui.pages.chat.message import MessageView
from ui.pages.chat.presenter import ChatPresenter
from ui.pages.chat.sheets.replay import ReplaySheet
from ui.pages.chat.sheets.run_card import RunCardSheet
from ui.pages.chat.transcript import Transcript
from ui.shell import Shell
from ui.theme import icons

if TYPE_CHECKING:
    from backend.app import Backend


class MessageActions(QObject):
    """Answers the `action` signal of `transcript`."""

    def __init__(
        self,
        backend: Backend,
        transcript: Transcript,
        presenter: ChatPresenter,
        asking: Asking,
        shell: Shell,
    ) -> None:
        super().__init__(transcript)
        self._backend, self._transcript, self._presenter, self._shell = backend, transcript, presenter, shell
        self._asking = asking
        transcript.action.connect(self.act)
        presenter.message_deleted.connect(self._offer_undo)

    def act(self, key: str, message_id: int) -> None:
        """Do what the button `key` of a message says."""
        view = self._transcript.view_of(message_id)
        message = next((m for m in self._transcript.messages() if m.id == message_id), None)
        if message is None:
            return
        match key:
            case "copy" if view is not None:
                self._copy(view.plain_text())
            case "copy_text" if view is not None:
                self._copy(view.read_text())
            case "regenerate":
                self._asking.regenerate(message_id)
            case "go_on":
                self._asking.go_on(message_id)
            case "tokens" if isinstance(view, AnswerView):
                self._toggle_tokens(view)
            case "card":
                self.show_card(message)
            case "replay":
                self.replay(message)
            case "delete":
                self._presenter.delete_message(message_id)
            case "more" if view is not None:
                self._open_menu(view)

    # -- menu

    def menu(self, view: MessageView) -> QMenu:
        """Everything that can be done with a message."""
        menu = QMenu(view)
        menu.aboutToHide.connect(menu.deleteLater)
        message = view.message
        busy = self._presenter.busy
        streaming = message.state is MessageState.STREAMING
        answer = message.role == "assistant"

        def entry(icon: str, words: str, key: str, enabled: bool = True) -> QAction:
            action = menu.addAction(icons.icon(icon, "text.2", 16), words)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _=False: self.act(key, message.id))
            return action

        entry("copy", tr("Copy as Markdown") if answer else tr("Copy"), "copy", bool(message.text))
        if answer:
            entry("text-quote", tr("Copy as plain text"), "copy_text", bool(message.text))
            menu.addSeparator()
            go_on = tr("Go on with this answer")
            entry("play", go_on, "go_on", bool(message.text) and not busy and not streaming)
            shown = isinstance(view, AnswerView) and view.shows_tokens
            words = tr("Show the text") if shown else tr("Show how likely each token was")
            tokens = entry("scan-search", words, "tokens", message.has_choices or bool(message.choices))
            if not tokens.isEnabled():
                tokens.setText(tr("Token probabilities were not asked for"))
            menu.addSeparator()
            entry("file-text", tr("Run card …"), "card", message.card is not None)
            entry("rotate-ccw", tr("Replay …"), "replay", message.card is not None and not busy)
        menu.addSeparator()
        entry("trash-2", tr("Delete"), "delete", not busy and not streaming)
        return menu

    def _open_menu(self, view: MessageView) -> None:
        button = view.actions.button("more")
        if button is not None and button.isVisible():
            place = button.mapToGlobal(QPoint(0, button.height() + 2))
        else:
            place = view.mapToGlobal(QPoint(24, 32))
        self.menu(view).popup(place)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._shell.toast(tr("Copied"))

    def _offer_undo(self, message_id: int) -> None:
        undo = lambda: self._presenter.restore_message(message_id)  # noqa: E731
        self._shell.toast(tr("Deleted the message and what followed it"), tr("Undo"), undo)

    # -- tokens

    def _toggle_tokens(self, view: AnswerView) -> None:
        if view.shows_tokens:
            view.show_tokens(())
            return
        message_id, chats = view.message.id, self._backend.chats

        def done(choices: tuple[TokenChoice, ...]) -> None:
            shown = self._transcript.view_of(message_id)
            if isinstance(shown, AnswerView):
                shown.show_tokens(choices)

        self._run(lambda: chats.choices(message_id), done)

    # -- run card and replay

    def show_card(self, message: Message) -> None:
        """Open the run card of an answer."""
        if message.card is None:
            return
        sheet = RunCardSheet(message, message.card, self._transcript.window())
        sheet.replay_asked.connect(lambda: self.replay(message))
        sheet.open()

    def replay(self, message: Message) -> None:
        """Ask for an answer once more, and show both."""
        if self._presenter.busy:
            self._shell.toast(tr("This chat is still answering."))
            return
        chats, answering, chat_id = self._backend.chats, self._presenter.answering, message.chat_id
        sheet = ReplaySheet(message, self._transcript.window())
        sheet.stop_asked.connect(lambda: self._run(lambda: chats.stop(chat_id), lambda _: None))
        answering.set_busy(chat_id, True)

        def work() -> Replay | None:
            try:
                return chats.replay(message.id)
            except Cancelled:
                return None

        def done(replay: Replay | None) -> None:
            answering.set_busy(chat_id, False)
            if replay is not None and _is_open(sheet):
                sheet.show_replay(replay)
            elif _is_open(sheet):
                sheet.reject()

        def failed(error: AppError) -> None:
            answering.set_busy(chat_id, False)
            if _is_open(sheet):
                sheet.show_error(error)

        tasks.run(work, done, failed, owner=self)
        sheet.open()

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        tasks.run(work, done, lambda error: self._shell.toast(str(error)), owner=self)


def _is_open(sheet: ReplaySheet) -> bool:
    """Whether the sheet was not closed meanwhile."""
    return isValid(sheet) and sheet.isVisible()
