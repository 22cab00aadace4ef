"""What is shown of an adapter that is still in the garden."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.pages.adapters.rows import HubRow
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.section import hairline


class HubDetail(QWidget):
    """Signals:
    download_asked: The `HubModel`.
    page_asked: Show it in Discover: its id.
    jobs_asked: Show the jobs.
    """

    download_asked = Signal(object)
    page_asked = Signal(str)
    jobs_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: HubModel | None = None
        self._name = ElidedLabel("", "title", weight=600)
        self._kind = label("LoRA", "caption", "2")
        self._kind.setProperty("badge", "tag")
        self._facts = label("", "body", "2", wrap=True)
        self._says = label("", "small", "2", wrap=True)
        self._state = label("", "small", "1", weight=500)
        self._download = Button(tr("Download"), "primary", "download")
        self._page = Button(tr("Show in Discover"), icon="compass")
        self._jobs = Button(tr("Show the download"), "quiet")
        self._download.clicked.connect(lambda: self.download_asked.emit(self._model))
        self._page.clicked.connect(lambda: self.page_asked.emit(self._model.id if self._model else ""))
        self._jobs.clicked.connect(self.jobs_asked)
        head = QWidget()
        head.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._jobs)
        row.addWidget(self._page)
        row.addWidget(self._download)
        column = QVBoxLayout()
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for words in (self._state, self._facts, self._says):
            words.setMaximumWidth(680)
            column.addWidget(words)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addLayout(column, 1)

    def show_row(self, row: HubRow) -> None:
        """Show what the garden says about it, and how far it is downloaded."""
        model = self._model = row.model
        self._name.setText(model.name)
        facts = [tr("by {owner}", owner=model.owner)]
        if model.license:
            facts.append(tr("licence {licence}", licence=model.license))
        if model.downloads is not None:
            facts.append(tr("{count} downloads", n=model.downloads, count=fmt.count(model.downloads)))
        if model.likes is not None:
            facts.append(tr("{count} likes", n=model.likes, count=fmt.count(model.likes)))
        when = fmt.timestamp(model.updated)
        if when is not None:
            facts.append(tr("updated {age}", age=fmt.ago(when)))
        self._facts.setText(", ".join(facts))
        if model.has_gguf:
            words = tr("It is offered as GGUF and can be used as soon as it is here.")
        else:
            words = tr(
                "It is offered as PEFT, which has to be converted once it is here. One press does that."
            )
        more = tr("Before it is loaded, every tensor is held against the base.")
        self._says.setText(f"{words} {more}")
        fetching = row.share is not None
        self._download.setEnabled(not fetching and not row.here)
        self._jobs.setVisible(fetching)
        self._state.setVisible(fetching or row.here)
        self._state.setText(
            tr("It is on this disk now: see the list at the left.")
            if row.here
            else tr("Downloading, {share}", share=fmt.percent(row.share or 0.0))
        )
