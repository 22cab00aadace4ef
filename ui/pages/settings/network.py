"""The Offline switch, and every host that was talked to."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.files import cell_text
from backend.i18n import tr
from backend.net.addresses import is_loopback
from backend.net.ledger import LedgerRow
from ui import format as fmt
from ui.models.text_table import TextTable
from ui.pages.settings.parts import Pane, Row
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.requests import RequestsView, host_name
from ui.shell import Shell
from ui.theme import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.section import SectionHeader
from ui.widgets.states import EmptyState, IconLabel
from ui.widgets.tables import plain_table
from ui.widgets.toggle import Toggle

HOST, WHY, REQUESTS, SENT, RECEIVED, BLOCKED, LAST = range(7)
HEAD = 28
MOST_HOSTS = 6
"""More of them scroll, so that the requests stay in sight."""
NARROW = 760
"""Below this width the table leaves out what was sent."""


class LedgerModel(TextTable[LedgerRow]):
    """One row per host; rows are matched by host."""

    right = range(REQUESTS, LAST + 1)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.host, LAST + 1, parent)

    def set_rows(self, rows: tuple[LedgerRow, ...]) -> None:
        """Take over what the ledger says now."""
        self.merge(rows)

    def titles(self) -> tuple[str, ...]:
        return (
            tr("Host"),
            tr("Why"),
            tr("Requests"),
            tr("Sent"),
            tr("Received"),
            tr("Blocked"),
            tr("Last"),
        )

    def text(self, row: LedgerRow, column: int) -> str:
        match column:
            case 0:
                return row.host
            case 1:
                return row.reason or "–"
            case 2:
                return fmt.number(row.requests)
            case 3:
                return fmt.size(row.bytes_sent)
            case 4:
                return fmt.size(row.bytes_received)
            case 5:
                if not row.blocked:
                    return tr("loopback") if is_loopback(host_name(row.host)) else "–"
                return tr("{n} tries", n=row.blocked)
            case _:
                return fmt.ago(row.last)

    def font(self, column: int) -> QFont:
        if column == HOST:
            return theme.font("code")
        return theme.font("small", weight=500 if column == RECEIVED else None, tabular=column > WHY)

    def colour(self, row: LedgerRow, column: int) -> QColor:
        if column == BLOCKED and row.blocked:
            return theme.color("warn.text")
        return theme.color("text.1" if column in (HOST, RECEIVED) else "text.2")

    def icon(self, row: LedgerRow, column: int) -> QIcon | None:
        if column != HOST:
            return None
        if row.blocked and not row.requests:
            return icons.icon("ban", "warn.text", 16)
        return icons.icon("monitor" if is_loopback(host_name(row.host)) else "globe", "text.3", 16)

    def tip(self, row: LedgerRow, column: int) -> str | None:
        if column == BLOCKED and row.blocked:
            return tr("Offline was on, so nothing was sent.")
        if column == BLOCKED and is_loopback(host_name(row.host)):
            return tr("On this machine; nothing left it.")
        return self.text(row, column) if column in (HOST, WHY) else None


def ledger_csv(rows: tuple[LedgerRow, ...]) -> str:
    """The table for a spreadsheet: plain numbers, times in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("host", "reason", "requests", "bytes_sent", "bytes_received", "blocked", "last"))
    for row in rows:
        last = datetime.fromtimestamp(row.last, tz=UTC).isoformat(timespec="seconds")
        sums = (row.requests, row.bytes_sent, row.bytes_received, row.blocked)
        writer.writerow((cell_text(row.host), cell_text(row.reason), *sums, last))
    return out.getvalue()


class NetworkPane(Pane):
    """Everything that went over the network since the start, with a reason for each host."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(tr("Network"), wide=True)
        self._presenter = presenter
        self._shell = shell
        self.export = Button(tr("Export CSV"), icon="upload")
        self.export.clicked.connect(self._export)
        self.clear = Button(tr("Clear"), icon="trash-2")
        self.clear.clicked.connect(self._clear)
        self.head.addWidget(self.export)
        self.head.addWidget(self.clear)
        self.offline = Toggle(tr("Offline"))
        self.offline.setChecked(presenter.offline)
        self.offline.clicked.connect(presenter.set_offline)
        switch = QWidget()
        across = QHBoxLayout(switch)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        key = label("Ctrl Shift O", "caption", "3")
        key.setProperty("badge", "key")
        across.addWidget(key)
        across.addWidget(self.offline)
        self.column.addWidget(
            Row(
                tr("Offline"),
                tr("When on, Orangery connects to nothing but this machine. All that is here keeps working."),
                switch,
            )
        )
        self._sums = SectionHeader("", tr("since Orangery was started"))
        self._sums.setContentsMargins(0, 20, 0, 8)
        self.column.addWidget(self._sums)
        self.model = LedgerModel(self)
        self.table = plain_table(self.model, tr("Hosts"), theme.size("row.table.roomy"))
        self.table.horizontalHeader().setMinimumHeight(HEAD)
        for column, width in (
            (HOST, 216),
            (REQUESTS, 84),
            (SENT, 84),
            (RECEIVED, 92),
            (BLOCKED, 92),
            (LAST, 92),
        ):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        self.requests = RequestsView()
        both = QWidget()
        tables = QVBoxLayout(both)
        tables.setContentsMargins(0, 0, 0, 0)
        tables.setSpacing(0)
        tables.addWidget(self.table)
        tables.addWidget(self.requests, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(
            EmptyState(
                "shield-check",
                tr("No connection has been made since the start"),
                tr("Searching and downloading contact Hugging Face, and every host is listed here."),
            )
        )
        self.column.addWidget(self._stack, 1)
        self._rows: tuple[LedgerRow, ...] = ()
        foot = QFrame()
        foot.setProperty("surface", "footer")
        foot.setFixedHeight(theme.size("footer"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("shield-check", "text.3"))
        words = tr(
            "Prompts, chats, file names and usage counts are never sent. "
            "What is not listed here did not happen."
        )
        row.addWidget(label(words, "small", "2"), 1)
        self.body.addWidget(foot)
        presenter.ledger_ready.connect(self._show)
        presenter.requests_ready.connect(self.requests.model.set_rows)
        presenter.offline_changed.connect(self.offline.setChecked)
        self._show(())

    def refresh(self) -> None:
        self._presenter.load_ledger()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        narrow = self.width() < NARROW
        self.table.setColumnHidden(SENT, narrow)
        self.requests.set_narrow(narrow)
        self.table.setColumnWidth(HOST, 184 if narrow else 216)

    def _show(self, rows: tuple[LedgerRow, ...]) -> None:
        self._rows = rows
        self.export.setEnabled(bool(rows))
        self.clear.setEnabled(bool(rows))
        shown = min(len(rows), MOST_HOSTS)
        self.table.setFixedHeight(HEAD + shown * theme.size("row.table.roomy") + 2)
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._sums.setVisible(bool(rows))
        self._sums.set_title(
            tr(
                "{received} received, {sent} sent, {n} hosts",
                n=len(rows),
                received=fmt.size(sum(row.bytes_received for row in rows)),
                sent=fmt.size(sum(row.bytes_sent for row in rows)),
            )
        )

    def _clear(self) -> None:
        sure = self._shell.confirm(
            tr("Clear the list of requests?"),
            tr("What went over the network so far can't be looked up afterwards."),
            tr("Clear"),
            danger=True,
        )
        if sure:
            self._presenter.clear_ledger()

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Export CSV"), str(Path.home() / "orangery-network.csv"), tr("CSV files (*.csv)")
        )
        if path:
            self._presenter.write(Path(path), ledger_csv(self._rows))
