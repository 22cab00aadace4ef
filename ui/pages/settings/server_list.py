"""The connections to other engines as a list, and how to start a server to connect to."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.engines.connection import Connection
from backend.errors import AppError
from backend.i18n import tr
from ui.pages.settings.connection_sheet import ConnectionSheet
from ui.pages.settings.parts import Row, StatusLine, code_line, muted, section
from ui.pages.settings.servers import Checked, Listed, Servers, checked_words, listed_words
from ui.shell import Shell
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label


class ServerList(QWidget):
    """Rows are kept by the id of their connection; one that changed is written anew in place."""

    def __init__(self, servers: Servers, shell: Shell) -> None:
        super().__init__()
        self._servers, self._shell = servers, shell
        self.rows: dict[str, ServerRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            section(
                tr("Other engines"),
                tr(
                    "Servers on this or another computer that run models. Chat and compare with them as well."
                ),
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self.empty = muted(tr("None yet."))
        column.addWidget(self.empty)
        self.problem = StatusLine()
        column.addWidget(self.problem)
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 4)
        self.add = Button(tr("Add a connection"), icon="plus")
        self.add.clicked.connect(lambda: self._open(None))
        line.addWidget(self.add)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(_how_to())
        servers.listed.connect(self._show)
        servers.checked.connect(self._checked)
        servers.failed.connect(self._failed)

    def _show(self, listed: tuple[Listed, ...]) -> None:
        self.problem.clear()
        wanted = {row.connection.id: row for row in listed}
        for gone in self.rows.keys() - wanted.keys():
            widget = self.rows.pop(gone)
            widget.hide()
            widget.deleteLater()
        for name, row in wanted.items():
            if name in self.rows:
                self.rows[name].show_row(row)
            else:
                made = ServerRow(row)
                made.check.clicked.connect(lambda _on=False, each=made: self._check(each))
                made.edit.clicked.connect(lambda _on=False, each=made: self._open(each.row))
                made.remove.clicked.connect(lambda _on=False, each=made: self._remove(each.row.connection))
                self.rows[name] = made
                self._list.addWidget(made)
        self.empty.setVisible(not wanted)

    def _check(self, row: ServerRow) -> None:
        row.asking()
        self._servers.check(row.row.connection)

    def _checked(self, name: str, found: Checked) -> None:
        if name in self.rows:
            self.rows[name].show_state(found)

    def _open(self, row: Listed | None) -> None:
        ConnectionSheet(self._servers, row, self.window()).open()

    def _remove(self, connection: Connection) -> None:
        if self._shell.confirm(
            tr("Remove {name}?", name=connection.name),
            tr("Its key is removed, too. Chats with its models stay."),
            tr("Remove"),
            danger=True,
        ):
            self._servers.remove(connection)

    def _failed(self, error: AppError) -> None:
        self.problem.say("circle-alert", "bad.text", str(error), "bad")


class ServerRow(Row):
    """One connection: what it is, what the last look found, and what can be done with it."""

    def __init__(self, row: Listed) -> None:
        self.check = Button(tr("Check"), size="small")
        self.edit = IconButton("pencil", tr("Change"))
        self.remove = IconButton("trash-2", tr("Remove"))
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for button in (self.check, self.edit, self.remove):
            line.addWidget(button)
        super().__init__(row.connection.name, listed_words(row), buttons)
        self.state = StatusLine(above=4)
        self.words.addWidget(self.state)
        self.row = row
        self.show_row(row)

    def show_row(self, row: Listed) -> None:
        if row.connection != self.row.connection:
            self.state.clear()
        self.row = row
        name = row.connection.name
        self.set_title(name)
        self.set_note(listed_words(row))
        self.check.setAccessibleName(tr("Check {name}", name=name))
        self.edit.setAccessibleName(tr("Change {name}", name=name))
        self.remove.setAccessibleName(tr("Remove {name}", name=name))

    def asking(self) -> None:
        self.check.setEnabled(False)
        self.state.say("loader-circle", "text.3", tr("Asking {host} …", host=self.row.connection.host), "2")

    def show_state(self, found: Checked) -> None:
        self.check.setEnabled(True)
        fine = found.state.error is None
        icon, token = ("check", "ok.text") if fine else ("circle-alert", "bad.text")
        self.state.say(icon, token, checked_words(found.state), "1" if fine else "bad")


def _how_to() -> QWidget:
    """Commands that start a server to connect to; what is to be filled in stands in capitals."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(
        section(
            tr("How to connect"),
            tr("Start one of these, then add its address here. Words in capitals are yours to fill in."),
        )
    )
    for title, note, lines in (
        (
            "llama-server",
            tr("The server of llama.cpp, for GGUF files. Its address is http://COMPUTER:8080."),
            ("llama-server -m MODEL.gguf --host 0.0.0.0 --port 8080 --api-key KEY",),
        ),
        (
            "vLLM",
            tr(
                "For many users at once on NVIDIA or AMD graphics cards. Its address is http://COMPUTER:8000."
            ),
            ("vllm serve OWNER/MODEL --api-key KEY",),
        ),
        (
            tr("vLLM on a Ray cluster"),
            tr(
                "When one computer is not enough: one model over the graphics cards of several. Start Ray on "
                "the first computer, join the others to it, then start vLLM on the first."
            ),
            (
                "ray start --head --port 6379",
                "ray start --address FIRST:6379",
                "vllm serve OWNER/MODEL --tensor-parallel-size CARDS --pipeline-parallel-size COMPUTERS "
                "--distributed-executor-backend ray --api-key KEY",
            ),
        ),
        (
            "LM Studio",
            tr(
                "Turn its server on, under Developer or with this command. Its address is http://localhost:1234."
            ),
            ("lms server start --port 1234",),
        ),
        (
            tr("Hugging Face's router"),
            tr(
                "Large models on the computers of several companies, paid by use. The key is an access token."
            ),
            ("https://router.huggingface.co/v1",),
        ),
        (
            tr("Ollama on another computer"),
            tr("It listens to others only when it is told to. Its address is http://COMPUTER:11434."),
            ("OLLAMA_HOST=0.0.0.0 ollama serve",),
        ),
    ):
        head = label(title, "small", weight=600)
        head.setContentsMargins(0, 10, 0, 0)
        column.addWidget(head)
        column.addWidget(label(note, "small", "2", wrap=True))
        for line in lines:
            column.addWidget(code_line(line))
    return box
