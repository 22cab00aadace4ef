"""The title bar: what is selected, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backend.adapters.types import Adapter
from backend.i18n import tr
from ui.pages.adapters.words import title_words
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label

_BRIEF = 760
"""A bar of fewer pixels has no room for the words on *Compare with base*."""


class TitleBar(QWidget):
    """Signals:
    compare_asked, chat_asked: The buttons.
    menu_asked: The place for the menu, in global coordinates.
    """

    compare_asked = Signal()
    chat_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.size("toolbar"))
        self._name = ElidedLabel("", "title", weight=600)
        self._kind = label("LoRA", "caption", "2")
        self._kind.setProperty("badge", "tag")
        self._facts = ElidedLabel("", "small", "2")
        self._compare = Button(tr("Compare with base"), icon="columns-3")
        self._compare_brief = IconButton("columns-3", tr("Compare with base"), outlined=True)
        self._chat = Button(tr("Chat"), "primary", "message-square")
        self._more = IconButton("ellipsis", tr("More"))
        for button in (self._compare, self._compare_brief):
            button.clicked.connect(self.compare_asked)
        self._chat.clicked.connect(self.chat_asked)
        self._more.clicked.connect(
            lambda: self.menu_asked.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._facts, 1)
        for button in (self._compare, self._compare_brief, self._chat, self._more):
            row.addWidget(button)
        self._fit(0)

    def show_adapter(self, adapter: Adapter, *, usable: bool, mixed: bool) -> None:
        """Show what is selected. `mixed` says whether anything is in the mixer."""
        self._name.setText(adapter.name)
        self._facts.setText(title_words(adapter))
        self._compare.setEnabled(usable or mixed)
        self._compare_brief.setEnabled(usable or mixed)
        self._chat.setEnabled(usable or mixed)
        why = "" if usable or mixed else tr("Put an adapter that fits the base into the mixer first.")
        self._compare.setToolTip(why)
        self._chat.setToolTip(why or tr("A new chat with the mixer as it stands"))

    def _fit(self, width: int) -> None:
        brief = width < _BRIEF
        self._name.setMaximumWidth(max(160, width * 2 // 5))  # and leave room for the facts
        self._compare.setVisible(not brief)
        self._compare_brief.setVisible(brief)

    def resizeEvent(self, event: object) -> None:
        self._fit(self.width())
