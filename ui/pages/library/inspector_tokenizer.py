"""The tokenizer playground: what is typed, as the model sees it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from backend.errors import AppError
from backend.i18n import tr
from backend.inspect.types import Token
from ui import format as fmt
from ui.pages.library.inspector_section import InspectorSection
from ui.pages.library.inspector_tokens import MOST_SHOWN, TokensView, describe
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.states import ErrorState

_MOST_LINES = 5


class TextField(QPlainTextEdit):
    """Grows with its lines, up to a few. Tab leaves it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("small"))
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(round(self.document().size().height()), 1)
        lines = min(needed, _MOST_LINES)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed > lines else policy.ScrollBarAlwaysOff
        )
        height = lines * QFontMetrics(self.font()).lineSpacing() + 18
        if height != self.height():
            self.setFixedHeight(height)


class TokenizerSection(InspectorSection):
    """Signals:
    asked: A text whose tokens are wanted.
    asked_again: The same after an error, because the person pressed the button.
    """

    asked = Signal(str)
    asked_again = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tokenizer", tr("Tokenizer"), parent=parent)
        self._broken = False
        self.field = TextField(tr("Write something to see its tokens"))
        self.field.textChanged.connect(self._typed)
        self.body.addWidget(self.field)
        self._error = ErrorState(centred=False)
        self._error.retry.connect(lambda: self.asked_again.emit(self.field.toPlainText()))
        self.body.addWidget(self._error)
        self.tokens = TokensView()
        self.tokens.current_changed.connect(self._show_token)
        self.body.addWidget(self.tokens)
        self._below = label("", "caption", "3", wrap=True)
        self.body.addWidget(self._below)
        self.folded.connect(lambda opened: self._typed() if opened else None)
        self.clear()

    def clear(self) -> None:
        """Another model: its tokens of the same text are asked for once its file was read."""
        self._broken = False
        self._error.hide()
        self._show_tokens(())
        self.set_note("")

    def start(self) -> None:
        """The model can be asked now."""
        if self.is_open and self.field.toPlainText():
            self.asked.emit(self.field.toPlainText())

    def show_tokens(self, text: str, tokens: tuple[Token, ...]) -> None:
        """The tokens of `text`; dropped if something else stands in the field by now."""
        if text != self.field.toPlainText():
            return
        self._broken = False
        self._error.hide()
        self._show_tokens(tokens)
        count, size = len(tokens), len(text)
        self.set_note(
            ", ".join(
                (
                    tr("{count} tokens", n=count, count=fmt.number(count)),
                    tr("{count} characters", n=size, count=fmt.number(size)),
                )
            )
            if text
            else ""
        )

    def show_error(self, text: str, error: AppError) -> None:
        """Tokens cannot be shown. Where the file itself is the reason, typing does not ask again."""
        if text != self.field.toPlainText():
            return
        self._broken = error.code != "inspect.too_long"
        self._show_tokens(())
        self.set_note("")
        self._error.set_error(error)
        self._error.show()

    def _typed(self) -> None:
        text = self.field.toPlainText()
        if not text:
            self._show_tokens(())
            self.set_note("")
            if not self._broken:
                self._error.hide()
        if self.is_open and not self._broken:
            self.asked.emit(text)

    def _show_tokens(self, tokens: tuple[Token, ...]) -> None:
        self.tokens.set_tokens(tokens)
        self.tokens.setVisible(bool(tokens))
        rest = len(tokens) - MOST_SHOWN
        self._rest = (
            tr("The first {shown} of {all} tokens", shown=fmt.number(MOST_SHOWN), all=fmt.number(len(tokens)))
            if rest > 0
            else ""
        )
        self._below.setText(self._rest)
        self._below.setVisible(bool(self._rest))

    def _show_token(self, token: Token) -> None:
        self._below.setText(describe(token))
        self._below.show()
