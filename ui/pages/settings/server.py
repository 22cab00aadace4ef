"""The local server: on or off, its address and token, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from backend.errors import AppError
from backend.i18n import tr
from backend.server.types import ServerSettings, ServerState
from ui import format as fmt
from ui.pages.settings.parts import Pane, Row
from ui.pages.settings.server_log import ServerLog
from ui.pages.settings.serving import Serving, ServingPresenter
from ui.shell import Shell
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.spin import inset
from ui.widgets.toggle import Toggle

_IDLE_S = (60, 300, 600, 1800, 3600)
_END = 4
"""So many signs at the end of a token are shown, to tell it from another."""
_NARROW = 800
_ORIGINS = 260


def masked(token: str) -> str:
    """A token as it may be seen on a screen that others see, too."""
    return "•" * 12 + token[-_END:] if len(token) > 3 * _END else "•" * 12


class ServerPane(Pane):
    """Everything takes effect at once, but the port, which can be changed while the server is off."""

    def __init__(self, presenter: ServingPresenter, shell: Shell) -> None:
        super().__init__(tr("Local server"))
        self._presenter, self._shell = presenter, shell
        self._serving: Serving | None = None
        self.switch = Toggle(tr("Local server"))
        self.switch.clicked.connect(presenter.set_running)
        self._state = Row(tr("Let programs on this computer use your models"), "", self.switch)
        self.trouble = Banner("bad", "")
        self._trouble_room = _room(self.trouble)
        self.trouble.acted.connect(self._take_free_port)
        self.address = ElidedLabel("", "code")
        self.copy_address = self._copy(tr("Copy the address"), self.address.full_text)
        self._address = Row(tr("Address"), tr("For programs that speak the OpenAI interface."))
        _put(self._address, self.address, self.copy_address)
        self.token = ElidedLabel("", "code")
        self.copy_token = self._copy(tr("Copy the token"), self._secret)
        self.new_token = Button(tr("New token"), icon="refresh-cw")
        self.new_token.clicked.connect(presenter.new_token)
        self._token = Row(tr("Token"), tr("Programs send it as their API key. A new one locks out the old."))
        _put(self._token, self.token, self.copy_token, self.new_token)
        self.open = Toggle(tr("Without a token"))
        self.open.clicked.connect(lambda on: self._set(token_required=not on))
        self.warning = Banner(
            "warn",
            tr(
                "Every program on this computer, whoever runs it, can use your models while the server is on."
            ),
        )
        self._warning_room = _room(self.warning)
        self.port = inset(QSpinBox())
        self.port.setRange(1024, 65535)
        self.port.setGroupSeparatorShown(False)
        self.port.setFixedWidth(96)
        self.port.setKeyboardTracking(False)
        self.port.valueChanged.connect(lambda value: self._set(port=value))
        self._port = Row(tr("Port"), "", self.port)
        self.idle = QComboBox()
        for seconds in _IDLE_S:
            self.idle.addItem(tr("after {time}", time=fmt.duration(seconds)), seconds)
        self.idle.addItem(tr("never"), 0)
        self.idle.activated.connect(lambda _at: self._set(idle_s=self.idle.currentData()))
        self.content = Toggle(tr("Keep prompts and answers in the log"))
        self.content.clicked.connect(lambda on: self._set(log_content=on))
        self.origins = QLineEdit()
        self.origins.setPlaceholderText(tr("none"))
        self.origins.setFixedWidth(_ORIGINS)
        self.origins.editingFinished.connect(self._set_origins)
        self.log = ServerLog()
        self.log.clear_asked.connect(presenter.clear_log)
        idle_note = tr("When nobody asked it for a while. It is loaded again when it is needed.")
        origins_note = tr("From your browser. Such as https://notes.example; several with spaces between.")
        log_note = tr(
            "From now on and until Orangery closes; otherwise only who asked what, and how long it took."
        )
        rows: tuple[QWidget, ...] = (
            self._state,
            self._trouble_room,
            self._address,
            self._token,
            Row(tr("Without a token"), tr("For programs that can’t send one."), self.open),
            self._warning_room,
            self._port,
            Row(tr("Web pages that may ask"), origins_note, self.origins),
            Row(tr("Give back a model’s memory"), idle_note, self.idle),
            Row(tr("Keep prompts and answers in the log"), log_note, self.content),
            self.log,
        )
        for row in rows:
            self.column.addWidget(row)
        self.column.addStretch(1)
        self._trouble_room.hide()
        self._warning_room.hide()
        presenter.read.connect(self._show)
        presenter.log_changed.connect(lambda: self.log.show_lines(presenter.lines))
        presenter.failed.connect(self._failed)

    def refresh(self) -> None:
        self._presenter.load()

    # -- showing

    def _show(self, serving: Serving) -> None:
        self._serving = serving
        status, settings = serving.status, serving.settings
        on = status.state in (ServerState.STARTING, ServerState.RUNNING)
        self.switch.setChecked(on)
        self._state.set_note(_state_words(status.state))
        self._say(f"{status.error_title} {status.error_hint}".strip() if status.error_title else "")
        free = status.free_port if status.state is ServerState.FAILED else None
        self.trouble.set_action(tr("Use port {port}", port=free) if free is not None else "")
        self.address.setText(status.url or f"http://127.0.0.1:{settings.port}/v1")
        self._token.setVisible(settings.token_required)
        self.token.setText(masked(status.token) if status.token else tr("made when the server starts"))
        self.copy_token.setEnabled(bool(status.token))
        self.open.setChecked(not settings.token_required)
        self._warning_room.setVisible(not settings.token_required)
        self.port.setEnabled(not on)
        self._port.set_note(tr("Turn the server off to change it.") if on else "")
        with QSignalBlocker(self.port):
            self.port.setValue(settings.port)
        if not self.origins.hasFocus() or not self.origins.isModified():
            self.origins.setText(" ".join(settings.origins))
        if self.idle.findData(settings.idle_s) < 0:
            self.idle.addItem(tr("after {time}", time=fmt.duration(settings.idle_s)), settings.idle_s)
        self.idle.setCurrentIndex(self.idle.findData(settings.idle_s))
        self.content.setChecked(settings.log_content)

    def _say(self, text: str) -> None:
        self.trouble.set_text(text)
        self._trouble_room.setVisible(bool(text))

    def _failed(self, error: AppError) -> None:
        self._say(str(error))
        self.trouble.set_action("")

    # -- acting

    def _set(self, **changes: object) -> None:
        if self._serving is not None:
            settings: ServerSettings = replace(self._serving.settings, **changes)  # type: ignore[arg-type]
            self._serving = replace(self._serving, settings=settings)
            self._presenter.configure(settings)

    def _set_origins(self) -> None:
        origins = tuple(self.origins.text().replace(",", " ").split())
        self.origins.setModified(False)
        if self._serving is not None and origins != self._serving.settings.origins:
            self._set(origins=origins)

    def _take_free_port(self) -> None:
        serving = self._serving
        if serving is not None and serving.status.free_port is not None:
            self._presenter.configure(replace(serving.settings, port=serving.status.free_port), start=True)

    def _secret(self) -> str:
        return self._serving.status.token if self._serving is not None else ""

    def _copy(self, words: str, what: Callable[[], str]) -> IconButton:
        button = IconButton("copy", words)

        def copy() -> None:
            QGuiApplication.clipboard().setText(what())
            self._shell.toast(tr("Copied"))

        button.clicked.connect(copy)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.log.set_narrow(self.width() < _NARROW)


def _put(row: Row, *widgets: QWidget) -> None:
    """Several controls at the right of one row."""
    box = QHBoxLayout()
    box.setSpacing(8)
    for widget in widgets:
        box.addWidget(widget)
    layout = row.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.addLayout(box)


def _room(banner: Banner) -> QWidget:
    """A banner with space above and below, between two rows."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 8, 0, 8)
    layout.addWidget(banner)
    return box


def _state_words(state: ServerState) -> str:
    return {
        ServerState.OFF: tr("Off. Nothing outside this computer can ever reach it."),
        ServerState.STARTING: tr("Starting …"),
        ServerState.RUNNING: tr("On, for this computer only. Models are loaded when they are asked for."),
        ServerState.FAILED: tr("Off: it could not be started."),
    }[state]
