"""The chat page: conversations, transcript with composer, panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.chats.types import Chat, ContextUse, Message, MessageState
from backend.engines.types import ModelState
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.links_out import ask_and_open
from ui.markdown import highlight
from ui.models.shelf import STARTER
from ui.pages.chat.adapters_section import KEYS as BASE_KEYS
from ui.pages.chat.adapters_side import AdaptersSide
from ui.pages.chat.advice import AdviceNotice
from ui.pages.chat.advising import Advising
from ui.pages.chat.asking import Asking
from ui.pages.chat.composer import Composer
from ui.pages.chat.conversations import ConversationPane
from ui.pages.chat.draft_keeper import DraftKeeper
from ui.pages.chat.drop_area import DropArea
from ui.pages.chat.files_side import FilesSide
from ui.pages.chat.findbar import FindBar, Finder
from ui.pages.chat.header import ChatHeader
from ui.pages.chat.list_side import ListSide
from ui.pages.chat.message_actions import MessageActions
from ui.pages.chat.panel import ChatPanel
from ui.pages.chat.panel_side import PanelSide
from ui.pages.chat.presenter import ChatPresenter
from ui.pages.chat.progress_row import HEIGHT, ProgressRow
from ui.pages.chat.status import blocked_words, live_words, room_words
from ui.pages.chat.texts import chat_title
from ui.pages.chat.transcript import Transcript
from ui.pages.chat.transfer import Transfer
from ui.pages.chat.welcome import WelcomeView
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.section import hairline
from ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from backend.app import Backend


class ChatPage(QWidget):
    """Puts the parts together; what they do is in the presenter and in themselves."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Chat")
        self._backend, self._shell = backend, shell
        self.presenter = ChatPresenter(backend, bridge, self)
        self.asking = Asking(backend, self.presenter)
        self._drafts = DraftKeeper(backend.paths.data / "drafts.json", self)
        self._started = False
        self._wanted_chat: int | None = None
        self._last_use: ContextUse | None = None
        self._nothing_shown = True

        self.conversations = ConversationPane()
        self.transcript = Transcript()
        self.composer = self.keep_clear = Composer()
        self.panel = ChatPanel()
        self.find_bar = FindBar()
        self._welcome = WelcomeView()
        self._progress = ProgressRow()
        self._header = ChatHeader()
        self._notice = AdviceNotice()
        self._advising = Advising(backend, shell, self.presenter, self.asking, self.composer, self._notice)
        self._transfer = Transfer(backend, shell, self)
        self._list = ListSide(self.conversations, self.presenter, self._transfer, shell)
        self._files = FilesSide(self.composer, self.presenter)
        self._panel = PanelSide(backend, self.panel, self.presenter, shell)
        self._adapters = AdaptersSide(backend, self.panel.adapters, self._header, self.presenter, shell)
        self._messages = MessageActions(backend, self.transcript, self.presenter, self.asking, shell)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self.transcript)
        write = QWidget()
        write.setMaximumWidth(theme.size("measure.max"))
        below = QVBoxLayout(write)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self._notice)
        below.addWidget(self.composer)
        self._write = QHBoxLayout()
        self._write.setContentsMargins(24, 0, 24, 16)
        self._write.addWidget(write)
        self._centre = DropArea()
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(hairline())
        column.addWidget(self.find_bar)
        column.addWidget(self._stack, 1)
        column.addLayout(self._write)
        self._centre.setMinimumWidth(340)
        self.conversations.setMinimumWidth(180)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for at, pane in enumerate((self.conversations, self._centre, self.panel)):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(at, 1 if pane is self._centre else 0)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([theme.size("pane.chat.list"), 700, theme.size("pane.chat.panel")])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.covers = (self.panel,)
        self._side = SidePanel(self, self._splitter, self.panel, self._header.panel_button)
        self._finder = Finder(self.find_bar, self.transcript)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.chats_changed.connect(self._show_chats)
        presenter.chat_shown.connect(self._show_chat)
        presenter.chat_updated.connect(self._show_settings)
        presenter.messages_shown.connect(self._show_messages)
        presenter.message_updated.connect(self._update_message)
        presenter.message_wanted.connect(self._show_wanted)
        presenter.text_arrived.connect(self._add_text)
        presenter.models_changed.connect(self._show_models)
        presenter.state_changed.connect(self._show_model)
        presenter.context_changed.connect(self._show_use)
        presenter.busy_changed.connect(self._show_busy)
        presenter.sent.connect(self._was_sent)
        self._drafts.loaded.connect(self._show_draft)
        presenter.failed.connect(lambda error: self._shell.toast(str(error)))
        self.conversations.new_asked.connect(lambda: self.new_chat(None))
        self.transcript.version.connect(presenter.select_sibling)
        self.transcript.resubmitted.connect(self.asking.edit)
        self.transcript.link_activated.connect(lambda url: ask_and_open(self._shell, url))
        self.composer.sent.connect(self._advising.send)
        self.composer.stopped.connect(self.asking.stop)
        self.composer.edited.connect(self._draft_changed)
        self.composer.choose_model.connect(self._choose_model)
        self.panel.model_chosen.connect(self._take_model)
        self.panel.picker.opened.connect(presenter.shelf.ask_engines)
        self.panel.more_models.connect(lambda: self._shell.show_page("discover"))
        self._welcome.start_asked.connect(lambda: self.new_chat(STARTER))
        self._welcome.choose_asked.connect(self._choose_model)
        self._welcome.asked.connect(self._advising.ask_example)
        self._header.find_button.clicked.connect(self.find)
        self._transfer.offer(self._header.export_button, lambda: presenter.chat)
        self._centre.dropped.connect(self._files.attach)
        self.find_bar.closed.connect(self.composer.input.setFocus)
        for keys, act in (
            ("Ctrl+Shift+C", self._copy_last),
            ("Ctrl+Shift+F", self.conversations.search.setFocus),
            ("Ctrl+Shift+P", self._side.toggle),
            (BASE_KEYS, self._adapters.toggle_base),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- what the window asks -------------------------------------------------------------------------------

    def activate(self) -> None:
        """The page came into view."""
        if not self._started:
            self._started = True
            self._drafts.load()
            tasks.run(highlight.warm_up, owner=self)
            self._panel.start()
            self.presenter.start()
        self.composer.input.enter_sends = self._backend.settings.get().send_with_enter
        self.composer.input.setFocus()

    def new_chat(self, model_id: str | None) -> None:
        """Show a new, empty chat with this model and take the keyboard."""
        self.presenter.new_chat(model_id, then=self.composer.input.setFocus)
        self._wanted_chat = -1

    def show_chat(self, chat_id: int) -> None:
        """Show one conversation."""
        self._wanted_chat = chat_id
        self.presenter.open(chat_id)

    def find(self) -> None:
        """Ctrl+F: find in the transcript, or among the chats where there is nothing in it."""
        if self.transcript.messages():
            self.find_bar.open_bar()
        else:
            self.conversations.search.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.conversations, self.transcript, self.composer, self.panel]

    def save_state(self, settings: QSettings) -> None:
        """Remember widths, the panel and the chat; write drafts that wait."""
        if not self._side.overlaid:
            settings.setValue("chat/splitter", self._splitter.saveState())
        settings.setValue("chat/panel", self._side.wanted)
        self._list.save_state(settings)
        settings.setValue("chat/shown", self.presenter.chat.id if self.presenter.chat else -1)
        self._drafts.save_now()

    def restore_state(self, settings: QSettings) -> None:
        """Take back what `save_state` wrote."""
        state = settings.value("chat/splitter")
        if state is not None:
            self._splitter.restoreState(state)
        self._list.restore_state(settings)
        self._side.wanted = str(settings.value("chat/panel", True)).lower() != "false"
        shown = settings.value("chat/shown", -1)
        if self._wanted_chat is None:
            self._wanted_chat = int(shown) if str(shown).lstrip("-").isdigit() else -1
            self._wanted_chat = None if self._wanted_chat < 0 else self._wanted_chat
        self._side.fit()

    # -- showing --------------------------------------------------------------------------------------------

    def _show_chats(self) -> None:
        presenter = self.presenter
        self._list.show()
        if not presenter.list.searching and not self.find_bar.isVisible():
            self.transcript.find("")
        if presenter.chat is None and self._wanted_chat != -1:
            ids = [chat.id for chat in presenter.list.chats]
            wanted = self._wanted_chat if self._wanted_chat in ids else (ids[0] if ids else None)
            if wanted is not None:
                self._wanted_chat = -1
                presenter.open(wanted)
        if presenter.chat is not None:
            self._header.heading.setText(chat_title(presenter.chat))
        self._show_empty()

    def _show_chat(self, chat: Chat | None) -> None:
        self.conversations.show_chat(chat.id if chat is not None else None)
        self._side.close_overlay()
        draft = self._drafts.get(chat.id) if chat is not None else ""
        if self._nothing_shown:
            draft = draft or self.composer.text()  # typed while the chat was being read
        self._nothing_shown = chat is None
        self.composer.set_text(draft)
        self.presenter.set_draft(draft)
        self.find_bar.hide()
        self.transcript.find("")
        self._files.show()
        self._show_settings(chat)

    def _show_settings(self, chat: Chat | None) -> None:
        self._header.heading.setText(chat_title(chat) if chat is not None else "")
        self._panel.show_chat(chat)
        self._show_model()

    def _show_model(self) -> None:
        presenter = self.presenter
        model = presenter.model_of(presenter.chat)
        missing = presenter.chat.model_id or "" if presenter.chat is not None and model is None else ""
        state = presenter.shelf.state_of(model)
        self.panel.show_model(model, missing, state)
        if state is not None and state.state is ModelState.FAILED:
            self.transcript.set_error_detail(state.error_detail)
        self.composer.set_blocked(blocked_words(presenter.chat, model, presenter.default_model()))
        self._show_status()
        self._show_tail()
        self._show_empty()

    def _show_models(self) -> None:
        self.panel.set_models(self.presenter.shelf.models)
        self._show_settings(self.presenter.chat)
        self._show_chats()

    def _show_messages(self, messages: tuple[Message, ...], follow: bool) -> None:
        self.transcript.set_messages(messages, follow=follow)
        self._show_tail()
        self._show_empty()
        self._finder.renew()

    def _show_wanted(self, message_id: int) -> None:
        """Show what was found, with its word marked."""
        self.transcript.find(self._list.found_word(message_id), message_id, 0)

    def _update_message(self, message: Message) -> None:
        self.transcript.update_message(message)
        self._show_tail()
        self._show_status()

    def _add_text(self, message_id: int, text: str, reasoning: str, count: int) -> None:
        self.transcript.append_text(message_id, text, reasoning, count)
        self._show_status()
        self.panel.context.show_answer(count)

    def _show_busy(self, busy: bool) -> None:
        self.composer.set_busy(busy)
        if not busy:
            self.panel.context.show_answer(0)
        self._show_tail()
        self._show_status()

    def _show_tail(self) -> None:
        """Below the last message: what is being waited for, unless an answer has begun."""
        presenter = self.presenter
        streaming = any(m.state is MessageState.STREAMING for m in presenter.branch.messages)
        if presenter.busy and not streaming and len(presenter.branch):
            model = presenter.model_of(presenter.chat)
            self._progress.show_state(model, presenter.shelf.state_of(model), presenter.live.values())
            self.transcript.set_tail(self._progress, HEIGHT)
        else:
            self.transcript.set_tail(None)

    def _show_status(self) -> None:
        presenter = self.presenter
        live = next(
            (a for a in presenter.live.values() if presenter.chat and a.message.chat_id == presenter.chat.id),
            None,
        )
        if presenter.busy and live is not None:
            self.composer.show_status(live_words(live))
        elif self._last_use is not None and self.composer.text().strip():
            self.composer.show_status(room_words(self._last_use))
        else:
            self.composer.show_status("")

    def _show_use(self, use: ContextUse | None) -> None:
        self._last_use = use
        self._panel.show_use(use)
        self.transcript.set_beginning(use.left_out if use else 0, bool(use and use.summary))
        self._show_status()

    def _show_empty(self) -> None:
        presenter = self.presenter
        empty = not len(presenter.branch) and not presenter.busy
        self._stack.setCurrentWidget(self._welcome if empty else self.transcript)
        if empty:
            starter = any(model.id == STARTER and not model.problem for model in presenter.shelf.models)
            model = presenter.model_of(presenter.chat)
            self._welcome.show_for(model, has_chat=presenter.chat is not None, starter=starter)
        self._header.find_button.setEnabled(not empty)
        self._header.export_button.setEnabled(not empty)

    # -- acting ---------------------------------------------------------------------------------------------

    def _was_sent(self) -> None:
        if self.presenter.chat is not None:
            self._drafts.put(self.presenter.chat.id, "")
        self.composer.clear_text()

    def _draft_changed(self, text: str) -> None:
        self.presenter.set_draft(text)
        if self.presenter.chat is not None:
            self._drafts.put(self.presenter.chat.id, text)

    def _show_draft(self) -> None:
        if self.presenter.chat is not None and not self.composer.text():
            self.composer.set_text(self._drafts.get(self.presenter.chat.id))

    def _take_model(self, model_id: str) -> None:
        if self.presenter.chat is None:
            self.new_chat(model_id)
        else:
            self.presenter.change(model_id=model_id)
            self.composer.clear_notice()
        self.composer.input.setFocus()

    def _choose_model(self) -> None:
        if not self.panel.isVisible():
            self._side.show(True)
        self.panel.picker.open_list()

    def _copy_last(self) -> None:
        answers = [m for m in self.transcript.messages() if m.role == "assistant" and m.text]
        if answers:
            QGuiApplication.clipboard().setText(answers[-1].text)
            self._shell.toast(tr("Last answer copied"))

    # -- events ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()
        self._welcome.set_room(self._centre.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._side.close_overlay():
                return
            if self.presenter.busy:
                self.asking.stop()
            else:
                event.ignore()
        else:
            event.ignore()
