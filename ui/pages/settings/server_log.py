"""The requests to the local server, one by one, and what was said where the log keeps that."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.server.types import RequestLine
from ui import format as fmt
from ui.models.text_table import TextTable
from ui.theme import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.tables import plain_table

TIME, REQUEST, MODEL, TOKENS, TOOK, RESULT = range(6)
MOST_ROWS = 8
"""More of them scroll."""
_HEAD = 28
_DETAIL = 116


def result_words(line: RequestLine) -> str:
    """What became of a request."""
    if not line.status:
        return tr("running")
    return f"{line.status} {line.error}".strip()


def _mark(line: RequestLine) -> tuple[str, str]:
    if not line.status:
        return "circle", "accent.text"
    if line.status < 400 and not line.error:
        return "check", "ok.text"
    return "circle-alert", "bad.text"


class LogModel(TextTable[RequestLine]):
    """The newest first; rows are matched by their number."""

    right = (TOKENS, TOOK)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda line: line.id, RESULT + 1, parent)

    def titles(self) -> tuple[str, ...]:
        return (tr("Time"), tr("Request"), tr("Model"), tr("Tokens"), tr("Took"), tr("Result"))

    def text(self, line: RequestLine, column: int) -> str:
        match column:
            case 0:
                return fmt.clock(line.started, seconds=True)
            case 1:
                return f"{line.method} {line.path.removeprefix('/v1/')}"
            case 2:
                return line.model or "–"
            case 3:
                if not line.prompt_tokens and not line.completion_tokens:
                    return "–"
                return f"{fmt.number(line.prompt_tokens)} → {fmt.number(line.completion_tokens)}"
            case 4:
                return tr("{seconds} s", seconds=fmt.number(line.seconds, 1)) if line.status else "–"
            case _:
                return result_words(line)

    def font(self, column: int) -> QFont:
        return theme.font("code") if column == REQUEST else theme.font("small", tabular=True)

    def colour(self, line: RequestLine, column: int) -> QColor:
        if column == RESULT and _mark(line)[1] == "bad.text":
            return theme.color("bad.text")
        return theme.color("text.1" if column in (REQUEST, MODEL) else "text.2")

    def icon(self, line: RequestLine, column: int) -> QIcon | None:
        return icons.icon(*_mark(line), 16) if column == RESULT else None

    def tip(self, line: RequestLine, column: int) -> str | None:
        if column == REQUEST and line.client:
            return tr("{request} from {client}", request=f"{line.method} {line.path}", client=line.client)
        return self.text(line, column) if column in (REQUEST, MODEL, RESULT) else None


class ServerLog(QWidget):
    """Signals:
    clear_asked: The list is to be emptied.
    """

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogModel(self)
        self._note = label("", "small", "3")
        self.clear = Button(tr("Clear"), icon="trash-2", size="small")
        self.clear.setAccessibleName(tr("Clear the list of requests"))
        self.clear.clicked.connect(self.clear_asked)
        self.table = plain_table(self.model, tr("Requests"), theme.size("row.table"))
        for place, width in ((TIME, 76), (MODEL, 168), (TOKENS, 92), (TOOK, 64), (RESULT, 152)):
            self.table.setColumnWidth(place, width)
        self.table.horizontalHeader().setFixedHeight(_HEAD)
        self.table.horizontalHeader().setSectionResizeMode(REQUEST, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.model.dataChanged.connect(lambda *_: self._show_line(self.table.currentIndex()))
        self.model.rowsRemoved.connect(lambda *_: self._show_line(self.table.currentIndex()))
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFont(theme.font("small"))
        self.detail.setFixedHeight(_DETAIL)
        self.detail.setAccessibleName(tr("What was asked and answered"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Requests"), "body", weight=600))
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 20, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addWidget(self.detail)
        self.show_lines(())

    def show_lines(self, lines: tuple[RequestLine, ...]) -> None:
        """Take over what the log says now; `lines` with the oldest first."""
        self.model.merge(reversed(lines), newest_first=True)
        self._note.setText(tr("{n} requests", n=len(lines)) if lines else tr("none yet"))
        self.clear.setEnabled(bool(lines))
        self.table.setVisible(bool(lines))
        rows = min(len(lines), MOST_ROWS)
        self.table.setFixedHeight(_HEAD + rows * theme.size("row.table") + 2)
        self._show_line(self.table.currentIndex())

    def set_narrow(self, narrow: bool) -> None:
        """Leave out how long it took where there is little room."""
        self.table.setColumnHidden(TOOK, narrow)
        self.table.setColumnWidth(MODEL, 144 if narrow else 168)

    def _show_line(self, index: QModelIndex, _before: object = None) -> None:
        line = self.model.rows[index.row()] if 0 <= index.row() < len(self.model.rows) else None
        text = said(line) if line is not None else ""
        self.detail.setVisible(bool(text))
        if text != self.detail.toPlainText():
            self.detail.setPlainText(text)


def said(line: RequestLine) -> str:
    """What the log kept of a request beside its numbers."""
    parts = [line.error]
    if line.prompt:
        parts.append(tr("Prompt: {text}", text=line.prompt))
    if line.answer:
        parts.append(tr("Answer: {text}", text=line.answer))
    return "\n\n".join(part for part in parts if part)
