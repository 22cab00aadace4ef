"""The latest requests one by one: when, to whom, why, how much, and what became of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSortFilterProxyModel
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.net.addresses import is_loopback
from backend.net.ledger import Outcome, RequestRow
from ui import format as fmt
from ui.models.rows import Index
from ui.models.text_table import TextTable
from ui.theme import icons, theme
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField
from ui.widgets.tables import plain_table

TIME, HOST, REASON, SENT, RECEIVED, RESULT = range(6)

_MARKS = {
    Outcome.RUNNING: ("circle", "accent.text"),
    Outcome.DONE: ("check", "ok.text"),
    Outcome.REFUSED: ("circle-alert", "bad.text"),
    Outcome.FAILED: ("circle-alert", "bad.text"),
    Outcome.STOPPED: ("circle-stop", "text.3"),
    Outcome.BLOCKED: ("ban", "warn.text"),
}


def outcome_words(outcome: Outcome) -> str:
    """What became of a request."""
    return {
        Outcome.RUNNING: tr("running"),
        Outcome.DONE: tr("done"),
        Outcome.REFUSED: tr("refused"),
        Outcome.FAILED: tr("no answer"),
        Outcome.STOPPED: tr("stopped"),
        Outcome.BLOCKED: tr("blocked"),
    }[outcome]


class RequestsModel(TextTable[RequestRow]):
    """The newest first; rows are matched by their number."""

    right = (SENT, RECEIVED)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.number, RESULT + 1, parent)

    def set_rows(self, rows: tuple[RequestRow, ...]) -> None:
        """Take over what the ledger says now."""
        self.merge(rows, newest_first=True)

    def row(self, place: int) -> RequestRow:
        return self._rows[place]

    def titles(self) -> tuple[str, ...]:
        return (tr("Time"), tr("Host"), tr("Reason"), tr("Sent"), tr("Received"), tr("Result"))

    def text(self, row: RequestRow, column: int) -> str:
        match column:
            case 0:
                return fmt.clock(row.began, seconds=True)
            case 1:
                return row.host
            case 2:
                reason = row.reason or "–"
                return (
                    tr("{reason} · Offline was on", reason=reason)
                    if row.outcome is Outcome.BLOCKED
                    else reason
                )
            case 3:
                return fmt.size(row.sent) if row.sent else "0"
            case 4:
                return fmt.size(row.received) if row.received else "0"
            case _:
                return tr("local") if _local(row) else outcome_words(row.outcome)

    def font(self, column: int) -> QFont:
        if column == HOST:
            return theme.font("code")
        return theme.font("small", weight=500 if column == RECEIVED else None, tabular=column != REASON)

    def colour(self, row: RequestRow, column: int) -> QColor:
        if column == RESULT:
            token = _mark(row)[1]
            return theme.color("text.2" if token in ("ok.text", "text.3", "accent.text") else token)
        return theme.color("text.1" if column in (HOST, REASON, RECEIVED) else "text.2")

    def icon(self, row: RequestRow, column: int) -> QIcon | None:
        return icons.icon(*_mark(row), 16) if column == RESULT else None

    def tip(self, row: RequestRow, column: int) -> str | None:
        return self.text(row, column) if column in (HOST, REASON) else None


def _local(row: RequestRow) -> bool:
    return row.outcome is Outcome.DONE and is_loopback(host_name(row.host))


def _mark(row: RequestRow) -> tuple[str, str]:
    return ("monitor", "text.3") if _local(row) else _MARKS[row.outcome]


class RequestsFilter(QSortFilterProxyModel):
    """Rows with some words in host or reason, and with one outcome."""

    def __init__(self, model: RequestsModel) -> None:
        super().__init__(model)
        self._model = model
        self._text = ""
        self._outcome: Outcome | None = None
        self.setSourceModel(model)

    def narrow(self, text: str, outcome: Outcome | None) -> None:
        """Show only what matches."""
        self.beginFilterChange()
        self._text, self._outcome = text.lower().strip(), outcome
        self.endFilterChange()

    def filterAcceptsRow(self, place: int, parent: Index) -> bool:
        row = self._model.row(place)
        if self._outcome is not None and row.outcome is not self._outcome:
            return False
        return self._text in f"{row.host} {row.reason}".lower()


class RequestsView(QWidget):
    """The table with its two filters."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RequestsModel(self)
        self.filter = RequestsFilter(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Every request"), "body", weight=600))
        self._note = label(tr("the latest 1,000"), "small", "3")
        head.addWidget(self._note)
        head.addStretch(1)
        self.search = SearchField(tr("Filter"))
        self.search.setFixedWidth(192)
        self.search.textChanged.connect(self._narrow)
        self.outcome = QComboBox()
        self.outcome.setAccessibleName(tr("Results"))
        self.outcome.addItem(tr("All results"), None)
        for outcome in Outcome:
            self.outcome.addItem(outcome_words(outcome), outcome)
        self.outcome.currentIndexChanged.connect(self._narrow)
        head.addWidget(self.search)
        head.addWidget(self.outcome)
        column.addLayout(head)
        self.table = plain_table(self.filter, tr("Every request"), theme.size("row.table"))
        for place, width in ((TIME, 88), (HOST, 216), (SENT, 84), (RECEIVED, 92), (RESULT, 112)):
            self.table.setColumnWidth(place, width)
        self.table.horizontalHeader().setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(200)
        column.addWidget(self.table, 1)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what was sent where there is little room."""
        self.table.setColumnHidden(SENT, narrow)
        self.table.setColumnWidth(HOST, 176 if narrow else 216)
        self._note.setVisible(not narrow)

    def _narrow(self) -> None:
        chosen = self.outcome.currentData()  # Qt hands back a plain text
        self.filter.narrow(self.search.text(), Outcome(chosen) if chosen else None)


def host_name(host: str) -> str:
    """`host` of the ledger without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and not name.endswith(":") else host
