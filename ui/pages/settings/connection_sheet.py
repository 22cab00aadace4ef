"""The sheet that adds or changes a connection."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from backend.engines.connection import Connection
from backend.errors import AppError
from backend.i18n import tr
from ui.pages.settings.parts import StatusLine
from ui.pages.settings.servers import Checked, Listed, Servers, checked_words
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.segmented import SegmentedControl
from ui.widgets.sheet import Sheet

_ADDRESS = {"openai": "http://gpu-box:8000", "ollama": "http://gpu-box:11434"}


class ConnectionSheet(Sheet):
    """Name, address and key; *Check* tells in place what is there. A key is typed, handed on and never shown
    again.

    Signals:
        saved: The `Connection`.
    """

    saved = Signal(object)

    def __init__(self, servers: Servers, row: Listed | None = None, parent: QWidget | None = None) -> None:
        """With `row` that connection is changed, else one is added."""
        title = tr("Add a connection") if row is None else tr("Change {name}", name=row.connection.name)
        super().__init__(title, width=520, parent=parent)
        self._servers = servers
        self._old = row.connection if row is not None else None
        self._forgets = False
        self.kind = SegmentedControl(
            (("openai", tr("OpenAI-compatible server")), ("ollama", tr("Ollama on another computer"))),
            tr("Kind of server"),
            stretch=True,
        )
        self.body.addWidget(self.kind)
        self.name = self._field(tr("Name"), tr("My GPU box"))
        self.address = self._field(tr("Address"), _ADDRESS["openai"])
        self.key = self._field(tr("Key, if the server wants one"), "")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setMaxLength(4000)
        self.forget = Button(tr("Remove the key"), "link")
        self.forget.clicked.connect(self._forget_key)
        self.forget.setVisible(row is not None and row.has_key)
        self.body.addWidget(self.forget)
        self.result = StatusLine()
        self.body.addWidget(self.result)
        self.warning = StatusLine()
        self.body.addWidget(self.warning)
        self.check = self.add_button(tr("Check"))
        self.check.clicked.connect(self._check)
        self.save = self.add_button(tr("Save") if row is not None else tr("Add"), "primary")
        self.save.clicked.connect(self._save)
        self.kind.changed.connect(self._kind_changed)
        for field in (self.name, self.address, self.key):
            field.textEdited.connect(self._edited)
            field.returnPressed.connect(self._save)
        if row is not None:
            self.kind.set_value(row.connection.kind)
            self.kind.setVisible(False)
            self.name.setText(row.connection.name)
            self.address.setText(row.connection.url)
            if row.has_key:
                self.key.setPlaceholderText(tr("There is one; leave this empty to keep it"))
        self.name.setFocus()
        self._edited()
        self.fit()

    def _field(self, title: str, example: str) -> QLineEdit:
        self.body.addWidget(label(title, "small", "2"))
        field = QLineEdit()
        field.setAccessibleName(title)
        field.setPlaceholderText(example)
        field.setMaxLength(500)
        self.body.addWidget(field)
        return field

    def _connection(self) -> Connection:
        kind = "ollama" if self.kind.value() == "ollama" else "openai"
        new = Connection("", kind, self.name.text(), self.address.text().strip())
        return new if self._old is None else replace(new, id=self._old.id)

    def _key(self) -> str | None:
        text = self.key.text().strip()
        return text or ("" if self._forgets else None)

    def _kind_changed(self, kind: object) -> None:
        self.address.setPlaceholderText(_ADDRESS[str(kind)])
        self._edited()

    def _edited(self) -> None:
        there = bool(self.address.text().strip())
        self.check.setEnabled(there)
        self.save.setEnabled(there)
        self.result.clear()
        self.warning.clear()
        self.fit()

    def _forget_key(self) -> None:
        self._forgets = True
        self.forget.hide()
        self.key.clear()
        self.key.setPlaceholderText(tr("The key is removed when you save"))
        self.key.setFocus()
        self._edited()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.warning.clear()
        self.result.say(
            "loader-circle", "text.3", tr("Asking {host} …", host=self.address.text().strip()), "2"
        )
        self.fit()
        asked = self._connection(), self._key()

        def done(found: Checked) -> None:
            if asked == (self._connection(), self._key()):
                self._show(found)

        self._servers.try_out(*asked, done)

    def _show(self, found: Checked) -> None:
        self.check.setEnabled(True)
        fine = found.state.error is None
        icon, token = ("check", "ok.text") if fine else ("circle-alert", "bad.text")
        self.result.say(icon, token, checked_words(found.state), "1" if fine else "bad")
        if found.warning:
            self.warning.say("triangle-alert", "warn.text", found.warning, "2")
        self.fit()

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self._servers.save(self._connection(), self._key(), self._saved, self._failed)

    def _saved(self, connection: Connection) -> None:
        self.key.clear()
        self.saved.emit(connection)
        self.accept()

    def _failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.result.say("circle-alert", "bad.text", str(error), "bad")
        self.fit()
