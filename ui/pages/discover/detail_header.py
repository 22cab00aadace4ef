"""Name, facts, notice and the main button above the tabs of a repository."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.downloads.types import DownloadState
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import FileRow
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label


class DetailHeader(QWidget):
    """The main button follows the selected file: Download, Downloading 40 %, Paused 40 % or Chat."""

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
        self._notice.hide()
        layout.addWidget(self._notice)

    def show_model(self, model: HubModel) -> None:
        """Show what the list already knows."""
        self._name.setText(model.name)
        self._facts.setText(facts(model))

    def set_notice(self, text: str) -> None:
        """Say something that stands in the way; empty takes it away."""
        self._notice.set_text(text)
        self._notice.setVisible(bool(text))

    def show_file(self, row: FileRow | None) -> None:
        """Make the button fit `row`; None disables it."""
        self.action.setEnabled(row is not None)
        if row is None:
            self.action.setText(tr("Download"))
            self.action.set_icon("download")
        elif row.local:
            self.action.setText(tr("Chat"))
            self.action.set_icon("message-square")
        elif row.downloading and row.job is not None:
            share = fmt.percent(row.job.done / max(row.job.total, 1))
            if row.job.state is DownloadState.PAUSED:
                self.action.setText(tr("Paused {share}", share=share))
            else:
                self.action.setText(tr("Downloading {share}", share=share))
            self.action.set_icon("list-checks")
        else:
            size = fmt.size(row.quant.size)
            self.action.setText(tr("Download {label}  {size}", label=row.quant.label, size=size))
            self.action.set_icon("download")


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
