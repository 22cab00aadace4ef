"""Name, gardens, facts, notices and the main button above the tabs of a repository."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.hubs.nature import Nature, Runs, nature_of, nature_words, runs_words
from backend.hubs.types import HubModel, SameWeights, Source
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import FileRow
from ui.pages.discover.gated import GatedNotice
from ui.pages.discover.rows import owner, sizes, source_name
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import IconLabel


class DetailHeader(QWidget):
    """The main button follows the selected file: Download, Downloading 40 %, Paused 40 %, Try again or Chat.

    Signals:
        acted: The main button was pressed.
        site_wanted: Open the model's page in the browser.
        token_wanted: The person wants to give an access token.
        back: Go to what was open before.
        same_wanted: The `SameWeights` in the other garden that shall be opened.
    """

    acted = Signal()
    site_wanted = Signal()
    token_wanted = Signal()
    back = Signal()
    same_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._nature: Nature | None = None
        self._same: SameWeights | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 4)
        layout.setSpacing(4)
        layout.addLayout(self._title_line())
        self._facts = label("", "small", "2", wrap=True)
        layout.addWidget(self._facts)
        self._kind = label("", "small", "2", wrap=True)
        layout.addWidget(self._kind)
        layout.addWidget(self._same_line())
        self._gated = GatedNotice()
        self._gated.site_wanted.connect(self.site_wanted)
        self._gated.token_wanted.connect(self.token_wanted)
        self._cannot = Banner("warn", "")
        self._note = Banner("info", "")
        self._failed = Banner("bad", "")
        self._problem = Banner("bad", "")
        notices = QVBoxLayout()  # takes no room while none of them is shown
        notices.setContentsMargins(0, 4, 0, 4)
        notices.setSpacing(8)
        for notice in (self._note, self._cannot, self._gated, self._failed, self._problem):
            notice.hide()
            notices.addWidget(notice)
        layout.addLayout(notices)

    def _title_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self._back = IconButton("chevron-left", tr("Back"))
        self._back.clicked.connect(self.back)
        self._back.hide()
        line.addWidget(self._back)
        self._name = ElidedLabel("", "heading")
        line.addWidget(self._name)
        self._chips = {source: _chip(source) for source in (Source.HUGGING_FACE, Source.OLLAMA)}
        for chip in self._chips.values():
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        site = IconButton("external-link", tr("Open the page in the browser"))
        site.clicked.connect(self.site_wanted)
        line.addWidget(site)
        self.action = Button(tr("Download"), "primary", "download")
        self.action.clicked.connect(self.acted)
        line.addWidget(self.action)
        return line

    def _same_line(self) -> QWidget:
        self._same_box = QWidget()
        line = QHBoxLayout(self._same_box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("link", "text.3", 14))
        self._same_text = ElidedLabel("", "small", "2")
        line.addWidget(self._same_text)
        self._same_link = Button(tr("Show it there"), "link", size="small")
        self._same_link.clicked.connect(self._show_same)
        line.addWidget(self._same_link)
        line.addStretch(1)
        self._same_box.hide()
        return self._same_box

    # -- what is open

    def show_model(self, model: HubModel) -> None:
        """Show what the list already knows."""
        self._name.setText(model.name)
        self._name.setMinimumWidth(min(self._name.sizeHint().width(), 80))
        self._facts.setText(facts(model))
        nature = self._nature = nature_of(model)
        words = nature_words(nature)
        reason = runs_words(nature)
        self._kind.setText(tr("{nature}; runs here", nature=words) if nature.runs is Runs.YES else words)
        self._cannot.set_kind("info" if nature.runs is Runs.NO_CHAT else "warn")
        self._cannot.set_text(reason)
        self._cannot.setVisible(bool(reason) and nature.runs is not Runs.NO_GGUF)
        self._show_sources((model.source,))

    def set_same(self, model: HubModel, same: SameWeights | None, of: str = "") -> None:
        """Where else weights of `model` can be had.

        Args:
            of: The choice that `same` is, where it is another than the selected one.
        """
        self._same = same
        self._same_box.setVisible(same is not None)
        self._show_sources((model.source, same.source) if same is not None else (model.source,))
        if same is not None:
            name = same_name(same)
            text = tr("Same weights as {name} (SHA-256 agrees).", name=name)
            if of:
                text = tr("{choice}: same weights as {name} (SHA-256 agrees).", choice=of, name=name)
            self._same_text.setText(text)
            self._same_link.setAccessibleName(tr("Show {name}", name=name))

    def _show_sources(self, sources: Sequence[Source]) -> None:
        for source, chip in self._chips.items():
            chip.setVisible(source in sources and not self._narrow)
            chip.setProperty("here", source in sources)

    def _show_same(self) -> None:
        if self._same is not None:
            self.same_wanted.emit(self._same)

    def set_back(self, possible: bool) -> None:
        """Whether there is something to go back to."""
        self._back.setVisible(possible)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the gardens where there is no room."""
        self._narrow = narrow
        for chip in self._chips.values():
            chip.setVisible(bool(chip.property("here")) and not narrow)

    # -- notices

    def set_gated(self, gated: bool) -> None:
        """Whether the owner must let one in first."""
        self._gated.setVisible(gated)

    def set_token(self, there: bool) -> None:
        """Whether there is an access token."""
        self._gated.set_token(there)

    def set_failure(self, text: str) -> None:
        """Say why a download could not begin; empty takes it away."""
        self._failed.set_text(text)
        self._failed.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Say something that is good to know; empty takes it away."""
        self._note.set_text(text)
        self._note.setVisible(bool(text))

    # -- the main button

    def show_file(self, row: FileRow | None, extra: int = 0, *, listed: bool = True) -> None:
        """Make the button fit `row`; None disables it.

        Args:
            extra: Bytes that come along beside the file's own.
            listed: Whether the files are known, so that none means that there are none.
        """
        self.action.setEnabled(row is not None)
        supported = self._nature is None or self._nature.runs is not Runs.UNSUPPORTED
        if row is None:
            none = listed and self._nature is not None and self._nature.runs is Runs.NO_GGUF
            self._set_action(tr("No GGUF files") if none else tr("Download"), "ban" if none else "download")
        elif row.local:
            self._set_action(row.action(), "message-square")
        elif row.failed and row.job is not None:
            self._set_action(row.action(), "rotate-ccw")
        elif row.downloading:
            self._set_action(row.action(), "list-checks")
        else:
            size = row.quant.download_size + extra
            shown = fmt.size(size) if row.quant.size else ""
            words = (
                tr("Download {label}  {size}", label=row.title, size=shown)
                if supported
                else tr("Download anyway  {size}", size=shown)
            )
            self._set_action(words.rstrip(), "download")
        runs = row is None or row.local or supported
        self.action.set_kind("primary" if runs and row is not None else "default")
        problem = row.job if row is not None and row.failed else None
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._problem.set_text(f"{problem.error_title} {problem.error_hint}".strip())

    def _set_action(self, text: str, icon: str) -> None:
        self.action.setText(text)
        self.action.set_icon(icon)
        self.action.setAccessibleName(text)


def _chip(source: Source) -> QLabel:
    chip = label(source_name(source), "caption", "2")
    chip.setProperty("badge", "tag")
    chip.hide()
    return chip


def same_name(same: SameWeights) -> str:
    """How the other garden calls the weights: ``ollama:gemma3:12b``, or repository and file."""
    if same.source is Source.OLLAMA:
        return f"ollama:{same.id}:{same.choice}" if same.choice else f"ollama:{same.id}"
    return same.id


def facts(model: HubModel) -> str:
    """Owner, size, context, licence and age in one line."""
    parts = [owner(model)]
    if model.parameters:
        parts.append(tr("{count} parameters", count=fmt.count(model.parameters)))
    elif model.sizes:
        parts.append(sizes(model))
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
