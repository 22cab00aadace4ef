"""What the transcript shows before the first message."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.engines.types import ChatModel
from backend.i18n import tr
from ui.pages.chat.texts import examples
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import IconLabel

_WIDTH = 420


class WelcomeView(QWidget):
    """Says what the page is for, and offers a model or, once there is one, first questions.

    Signals:
        start_asked: *Chat with the starter model* was pressed.
        choose_asked: *Choose a model* was pressed.
        asked: An example was chosen.
    """

    start_asked = Signal()
    choose_asked = Signal()
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = _WIDTH
        self._title = label("", "title", wrap=True)
        self._text = label("", "body", "2", wrap=True)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._start = Button(tr("Chat with the starter model"), "primary", "message-square")
        self._start.clicked.connect(self.start_asked)
        self._choose = Button(tr("Choose a model"), "default", "library")
        self._choose.clicked.connect(self.choose_asked)
        self._try = label(tr("For example"), "small", "3")
        self._examples = [Button(text) for text in examples()]
        for button in self._examples:
            button.clicked.connect(lambda _=False, b=button: self.asked.emit(b.text()))
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(IconLabel("message-square", "text.2", 24), 0, centre)
        layout.addSpacing(4)
        layout.addWidget(self._title, 0, centre)
        layout.addWidget(self._text, 0, centre)
        layout.addSpacing(8)
        layout.addWidget(self._start, 0, centre)
        layout.addWidget(self._choose, 0, centre)
        layout.addSpacing(12)
        layout.addWidget(self._try, 0, centre)
        for button in self._examples:
            layout.addWidget(button, 0, centre)
        layout.addStretch(3)
        self.setMinimumWidth(0)
        theme.changed.connect(self.update)

    def show_for(self, model: ChatModel | None, *, has_chat: bool, starter: bool) -> None:
        """Fit the words to what is there: the chat's model, or whether the starter could be one."""
        if model is not None:
            self._title.setText(tr("Ask {model} something", model=model.name))
            self._text.setText(
                tr("It runs on this computer. Nothing you write leaves it.")
                if model.id != "starter"
                else tr(
                    "A toy of a few megabytes that knows a few things, to try the app with. It runs on this "
                    "computer, and nothing you write leaves it."
                )
            )
        else:
            self._title.setText(tr("Chat with a model on this computer"))
            self._text.setText(
                tr("Nothing you write leaves it. Choose one of your models, or begin with the small one.")
                if starter
                else tr("Nothing you write leaves it. Choose a model from your library first.")
            )
        self._fit_words()
        offer = model is None
        self._start.setVisible(offer and starter)
        self._choose.setVisible(offer)
        self._choose.set_kind("default" if starter else "primary")
        usable = model is not None and not model.problem
        for widget in (self._try, *self._examples):
            widget.setVisible(usable or (offer and starter and not has_chat))

    def set_room(self, width: int) -> None:
        """Keep the words inside a narrow column."""
        self._width = max(160, min(_WIDTH, width - 48))
        self._fit_words()

    def _fit_words(self) -> None:
        """A centred label is not asked for its height at its width, so it is told."""
        for words in (self._title, self._text):
            words.setFixedSize(self._width, max(0, words.heightForWidth(self._width)))
