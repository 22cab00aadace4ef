"""The access token for Hugging Face, Ollama on this machine, and servers that run models."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from backend.errors import AppError
from backend.hubs.token import TokenSource
from backend.i18n import tr
from ui.pages.settings.connecting import (
    Connecting,
    OllamaState,
    TokenState,
    invalid_token,
    ollama_words,
    pull_folder,
    pull_words,
    token_words,
)
from ui.pages.settings.parts import Pane, Row, StatusLine, muted, section
from ui.pages.settings.server_list import ServerList
from ui.pages.settings.servers import Servers
from ui.shell import Shell
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label

TOKENS_PAGE = "https://huggingface.co/settings/tokens"


class ConnectionsPane(Pane):
    """The token is typed, handed on and never shown again."""

    def __init__(self, connecting: Connecting, servers: Servers, shell: Shell) -> None:
        super().__init__(tr("Connections"))
        self._connecting = connecting
        self._servers = servers
        self._add_hugging_face()
        self._add_ollama()
        self.servers = ServerList(servers, shell)
        self.column.addWidget(self.servers)
        self.column.addStretch(1)
        connecting.token_ready.connect(self._show_token)
        connecting.token_failed.connect(self._token_failed)
        connecting.signed_in.connect(self._signed_in)
        connecting.sign_in_failed.connect(self._sign_in_failed)
        connecting.ollama_ready.connect(self._show_ollama)
        connecting.ollama_failed.connect(self._ollama_failed)

    def _add_hugging_face(self) -> None:
        self.column.addWidget(section(tr("Hugging Face")))
        self.check = Button(tr("Check"), icon="user")
        self.check.clicked.connect(self._check)
        self.forget = Button(tr("Forget"), "danger", "trash-2")
        self.forget.clicked.connect(self._forget)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.check, self.forget):
            row.addWidget(button)
            button.hide()  # until it is known whether there is a token
        self.token = Row(tr("Access token"), tr("Looking …"), buttons)
        self.token.setProperty("surface", "")  # no line between it and its field
        self.token.layout().setContentsMargins(0, 12, 0, 0)
        self.column.addWidget(self.token)
        self._account = StatusLine()
        self.column.addWidget(self._account)

        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("hf_…")
        self.field.setAccessibleName(tr("New access token"))
        self.field.setMaxLength(400)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.field.returnPressed.connect(self._save)
        self.field.textEdited.connect(lambda _text: self._mark(""))
        self.save = Button(tr("Save"), "primary")
        self.save.clicked.connect(self._save)
        entry = QHBoxLayout()
        entry.setContentsMargins(0, 12, 0, 0)
        entry.setSpacing(8)
        entry.addWidget(self.field, 1)
        entry.addWidget(self.save)
        self.column.addLayout(entry)
        self._wrong = label("", "small", "bad", wrap=True)
        self._wrong.hide()
        self.column.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 8)
        foot.setSpacing(12)
        self._kept = label("", "small", "2", wrap=True)
        foot.addWidget(self._kept, 1)
        page = Button(tr("Get a token"), "link")
        page.setToolTip(TOKENS_PAGE)
        page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(TOKENS_PAGE)))
        foot.addWidget(page, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(foot)
        self.no_keyring = Banner(
            "info",
            tr("This system has no keyring. A token is kept until Orangery closes, and never in a file."),
        )
        self.no_keyring.hide()
        self.column.addWidget(self.no_keyring)
        mirror = self._connecting.mirror
        self.mirror = Row(tr("Mirror"), tr("HF_ENDPOINT sends every request to {url}.", url=mirror))
        self.column.addWidget(self.mirror)
        self.mirror.setVisible(bool(mirror))

    def _add_ollama(self) -> None:
        self.column.addWidget(section(tr("Ollama")))
        self.look = Button(tr("Look again"), icon="refresh-cw")
        self.look.clicked.connect(self._connecting.load_ollama)
        self.daemon = Row(tr("Ollama on this machine"), tr("Looking …"), self.look)
        self.column.addWidget(self.daemon)
        self.pulls = Row(tr("Where downloads go"))
        self.folder = ElidedLabel("", "code", "2", mode=Qt.TextElideMode.ElideMiddle)
        self.pulls.words.addWidget(self.folder)
        self.column.addWidget(self.pulls)
        self.column.addWidget(
            muted(tr("OLLAMA_HOST names another Ollama and OLLAMA_MODELS another folder, as with Ollama."))
        )

    def refresh(self) -> None:
        self._connecting.load_token()
        self._connecting.load_ollama()
        self._servers.load()

    # -- token

    def _show_token(self, state: TokenState) -> None:
        self.token.set_note(token_words(state))
        there = state.source is not TokenSource.NONE
        self.check.setVisible(there)
        self.forget.setVisible(state.source in (TokenSource.KEYRING, TokenSource.SESSION))
        if not there:
            self._account.clear()
        self.no_keyring.setVisible(not state.keyring)
        self._kept.setText(
            tr("A token with the right to read is enough. It is kept in the keyring of this system.")
            if state.keyring
            else tr("A token with the right to read is enough.")
        )

    def _save(self) -> None:
        text = self.field.text().strip()
        wrong = invalid_token(text)
        self._mark(wrong)
        if wrong:
            return
        self.save.setEnabled(False)
        self._connecting.save_token(text, self._saved)

    def _saved(self, state: TokenState) -> None:
        self.save.setEnabled(True)
        self.field.clear()
        self._mark("")
        if not self._connecting.offline:
            self._check()

    def _forget(self) -> None:
        self._account.clear()
        self._connecting.forget_token()

    def _token_failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self._mark(str(error))

    def _mark(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        if self.field.property("invalid") != bool(wrong):
            self.field.setProperty("invalid", bool(wrong))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._account.say("loader-circle", "text.3", tr("Asking Hugging Face …"), "2")
        self._connecting.check()

    def _signed_in(self, name: str) -> None:
        self.check.setEnabled(True)
        self._account.say("check", "ok.text", tr("Signed in as {name}", name=name), "1")

    def _sign_in_failed(self, error: AppError) -> None:
        self.check.setEnabled(True)
        self._account.say("circle-alert", "bad.text", str(error), "bad")

    # -- Ollama

    def _show_ollama(self, state: OllamaState) -> None:
        self.daemon.set_note(ollama_words(state))
        self.pulls.set_note(pull_words(state))
        self.folder.setText(str(pull_folder(state)))

    def _ollama_failed(self, error: AppError) -> None:
        self.daemon.set_note(str(error))
