"""The head of the list: what to search, which filters, in which order."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.hubs.types import SearchQuery, Sort
from backend.i18n import tr
from ui.widgets.chip import Chip
from ui.widgets.labels import ElidedLabel
from ui.widgets.search_field import SearchField

TYPING_PAUSE_MS = 350


class SearchControls(QFrame):
    """Typing asks after a short pause; Enter and every choice ask at once.

    Signals:
        asked: Search for `query` now.
        entered: Enter was pressed; the results may have the keyboard.
        moved: An arrow key in the field: up (-1) or down (+1).
        fits_here_changed: Whether to hide what is too big.
    """

    asked = Signal()
    entered = Signal()
    moved = Signal(int)
    fits_here_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "row")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 6)
        layout.setSpacing(8)
        self.field = SearchField(tr("Search, owner/name or a link"), shortcut="Ctrl F")
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._enter)
        self.field.moved.connect(self.moved)
        layout.addWidget(self.field)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        self.fits_here = Chip(tr("Fits here"))
        self.fits_here.setToolTip(tr("Hide what is known to be too big for this machine"))
        self.fits_here.toggled.connect(self.fits_here_changed)
        self.gguf = Chip(tr("Has GGUF"))
        self.gguf.setToolTip(tr("Only repositories with files that this engine runs"))
        self.gguf.setChecked(True)
        self.gguf.toggled.connect(lambda _on: self.ask_now())
        chips.addWidget(self.fits_here)
        chips.addWidget(self.gguf)
        chips.addStretch(1)
        layout.addLayout(chips)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._status = ElidedLabel("", "small", "2")
        self._status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self._status, 1)
        line.addWidget(self._sorting(), 0, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(line)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.ask_now)

    def _sorting(self) -> QComboBox:
        self.sort = QComboBox()
        self.sort.setProperty("kind", "quiet")
        self.sort.setAccessibleName(tr("Sort by"))
        self.sort.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, word in (
            (Sort.TRENDING, tr("Trending")),
            (Sort.DOWNLOADS, tr("Downloads")),
            (Sort.LIKES, tr("Likes")),
            (Sort.UPDATED, tr("Updated")),
            (Sort.CREATED, tr("Newest")),
        ):
            self.sort.addItem(word, value)
        self.sort.currentIndexChanged.connect(lambda _place: self.ask_now())
        return self.sort

    @property
    def query(self) -> SearchQuery:
        """What the controls say."""
        order = Sort(self.sort.currentData())  # Qt gives a string back
        return SearchQuery(self.field.text().strip(), order, self.gguf.isChecked())

    def set_text(self, text: str) -> None:
        """Put `text` into the field without asking."""
        self.field.setText(text)
        self._typing.stop()

    def set_status(self, text: str) -> None:
        """One quiet line: how many models, or what is going on."""
        self._status.setText(text)

    def ask_now(self) -> None:
        """Ask without waiting for a pause in the typing."""
        self._typing.stop()
        self.asked.emit()

    def _enter(self) -> None:
        self.ask_now()
        self.entered.emit()
