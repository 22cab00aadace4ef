"""Name, facts, notice and the main button above the tabs of a repository."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import FileRow
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label


class DetailHeader(QWidget):
    """The main button follows the selected file: Download, Downloading 40 %, Paused 40 %, Try again or
    Chat."""

    acted = Signal()
    site_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 8)
        layout.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        self._name = ElidedLabel("", "heading")
        self._name.setMinimumWidth(80)
        first.addWidget(self._name, 1)
        site = IconButton("external-link", tr("Open the page in the browser"))
        site.clicked.connect(self.site_wanted)
        first.addWidget(site)
        self.action = Button(tr("Download"), "primary", "download")
        self.action.clicked.connect(self.acted)
        first.addWidget(self.action)
        layout.addLayout(first)
        self._facts = label("", "small", "2", wrap=True)
        layout.addWidget(self._facts)
        self._notice = Banner("warn", "")
        self._notice.acted.connect(self.site_wanted)
        self._note = Banner("info", "")
        self._problem = Banner("bad", "")
        for banner in (self._note, self._notice, self._problem):
            banner.hide()
            layout.addWidget(banner)

    def show_model(self, model: HubModel) -> None:
        """Show what the list already knows."""
        self._name.setText(model.name)
        self._facts.setText(facts(model))

    def set_notice(self, text: str, action: str = "") -> None:
        """Say something that stands in the way; empty takes it away. `action` opens the model's page."""
        self._notice.set_text(text)
        self._notice.set_action(action)
        self._notice.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Say something that is good to know; empty takes it away."""
        self._note.set_text(text)
        self._note.setVisible(bool(text))

    def show_file(self, row: FileRow | None) -> None:
        """Make the button fit `row`; None disables it."""
        self.action.setEnabled(row is not None)
        if row is None:
            self._set_action(tr("Download"), "download")
        elif row.local:
            self._set_action(row.action(), "message-square")
        elif row.failed and row.job is not None:
            self._set_action(row.action(), "rotate-ccw")
        elif row.downloading:
            self._set_action(row.action(), "list-checks")
        else:
            size = fmt.size(row.quant.size)
            self._set_action(tr("Download {label}  {size}", label=row.quant.label, size=size), "download")
        problem = row.job if row is not None and row.failed else None
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._problem.set_text(f"{problem.error_title} {problem.error_hint}".strip())

    def _set_action(self, text: str, icon: str) -> None:
        self.action.setText(text)
        self.action.set_icon(icon)
        self.action.setAccessibleName(text)


def facts(model: HubModel) -> str:
    """Owner, size, context, licence and age in one line."""
    parts = [model.owner]
    if model.parameters:
        parts.append(tr("{count} parameters", count=fmt.count(model.parameters)))
    if model.context_length:
        parts.append(tr("{count} context", count=fmt.count(model.context_length)))
    if model.architecture:
        parts.append(model.architecture)
    if model.license:
        parts.append(tr("{licence} licence", licence=model.license))
    when = model.updated or model.created
    if when is not None:
        parts.append(tr("updated {age}", age=fmt.ago(when.timestamp())))
    return " · ".join(parts)
