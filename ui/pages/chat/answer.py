"""An answer: who gave it, what it thought, the text, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from backend.chats.types import Message, MessageState
from backend.engines.types import TokenChoice
from backend.errors import AppError
from backend.i18n import tr
from ui.markdown import StreamingMarkdown
from ui.pages.chat.actions import Action
from ui.pages.chat.answer_parts import ErrorCard, Metrics
from ui.pages.chat.message import GAP, HEADER, PAD, MessageView
from ui.pages.chat.tokens_view import TokensView
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.reasoning import ReasoningFold

_FOOTER = 28


class AnswerView(MessageView):
    """Grows while it is streaming; only the open block is drawn anew.

    Args:
        detail: Technical lines, for an answer that failed.
        later: The text comes by calls of `make_some`.
    """

    def __init__(
        self, message: Message, parent: QWidget | None = None, *, detail: str = "", later: bool = False
    ) -> None:
        super().__init__(message, parent)
        self._later = later
        self._detail = detail
        self._stream: StreamingMarkdown | None = None
        self._drawn = ""
        self._name = ElidedLabel(role="body", weight=600, parent=self)
        self._quant: QLabel = label("", "code", "3", parent=self)
        self._reasoning: ReasoningFold | None = None
        self._tokens: TokensView | None = None
        self._note: QWidget | None = None
        self._note_for: tuple[MessageState, str, str] | None = None
        self._metrics = Metrics(self)
        self.set_message(message)

    # -- content

    def set_message(self, message: Message) -> None:
        super().set_message(message)
        streaming = message.state is MessageState.STREAMING
        name = message.model_name or tr("Assistant")
        self._name.setText(name)
        beside = tr("{quant} edited", quant=message.quant).strip() if message.edited else message.quant
        self._quant.setText(beside)
        self._quant.setVisible(bool(beside))
        self.setAccessibleName(
            tr("Edited answer of {model}", model=name)
            if message.edited
            else tr("Answer of {model}", model=name)
        )
        self.setAccessibleDescription(message.text[:2000])
        self.body.set_caret(streaming)
        if streaming:
            if self._stream is None or not message.text.startswith(self._drawn):
                self._restart(message.text)
        else:
            self._finish(message.text)
        if message.reasoning:
            self._fold().set_reasoning(
                message.reasoning,
                message.timings,
                thinking=streaming and not message.text,
                seconds=message.reasoning_s,
            )
        self._show_note(message)
        self._metrics.setVisible(message.state not in (MessageState.STREAMING, MessageState.FAILED))
        self._metrics.set_message(message)
        self.actions.set_actions(() if streaming else self._offered())
        self.height_changed.emit()

    def append(self, text: str, reasoning: str, count: int) -> None:
        """Add what has just been decoded; `count` tokens in all so far."""
        if self._stream is None:
            self._restart(self._drawn)
        if reasoning:
            self._fold().append(reasoning, count)
        if text and self._stream is not None:
            if not self._drawn and self._reasoning is not None:
                self._reasoning.answer_begins()
            self._drawn += text
            self._stream.feed(text)
            self.body.apply(self._stream.update())

    def plain_text(self) -> str:
        return self._drawn or self.message.text

    def _restart(self, text: str) -> None:
        self._stream = StreamingMarkdown()
        self._stream.feed(text)
        self._drawn = text
        self.body.splice(0, ())
        self.body.apply(self._stream.update())

    def _finish(self, text: str) -> None:
        if self._stream is not None and text.startswith(self._drawn):
            self._stream.feed(text[len(self._drawn) :])
            self.body.apply(self._stream.finish())
        elif self._stream is not None or text != self._drawn:
            if self._later:
                self.body.set_later(text)
            else:
                self.body.set_markdown(text, card=False)
        self._stream, self._later = None, False
        self._drawn = text

    def _fold(self) -> ReasoningFold:
        if self._reasoning is None:
            self._reasoning = ReasoningFold(self)
            self._reasoning.height_changed.connect(self.height_changed)
            self._reasoning.show()
            self._forget_height()
            self.height_changed.emit()
        return self._reasoning

    def _offered(self) -> tuple[Action, ...]:
        actions = [
            Action("copy", "copy", tr("Copy answer")),
            Action("edit", "pencil", tr("Edit answer")),
            Action("regenerate", "rotate-ccw", tr("Answer again")),
        ]
        if self.message.text:
            actions.append(Action("go_on", "play", tr("Go on with this answer")))
        else:
            del actions[:2]
        actions.append(Action("more", "ellipsis", tr("More")))
        return tuple(actions)

    def _edit_action(self) -> str:
        return tr("Keep this text")

    def start_edit(self) -> None:
        if self.message.state is not MessageState.STREAMING and self.message.text:
            self.show_tokens(())
            super().start_edit()

    # -- tokens

    @property
    def shows_tokens(self) -> bool:
        """Whether the tokens stand in place of the text."""
        return self._tokens is not None

    def show_tokens(self, choices: Sequence[TokenChoice]) -> None:
        """Show tokens with their probabilities in place of the text; none brings the text back."""
        if self._tokens is not None:
            self._tokens.hide()
            self._tokens.deleteLater()
            self._tokens = None
        if choices:
            self._tokens = TokensView(choices, self)
            self._tokens.closed.connect(lambda: self.show_tokens(()))
            self._tokens.show()
        self.body.setVisible(self._tokens is None)
        self.height_changed.emit()

    def _show_note(self, message: Message) -> None:
        """What went wrong, in place, with the way on."""
        wanted = (message.state, message.error_title, message.error_hint)
        if wanted == self._note_for:
            return
        self._note_for = wanted
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
            self._note = None
        if message.state is MessageState.FAILED:
            title = message.error_title or tr("The answer failed.")
            error = AppError("chat.answer", title, message.error_hint, self._detail, retryable=True)
            self._note = ErrorCard(error, self)
            self._note.state.retry.connect(lambda: self._act("regenerate"))
        elif message.state is MessageState.INTERRUPTED:
            text = tr("Interrupted: the app or the model stopped before the answer was finished.")
            if message.error_title:
                text = f"{message.error_title} {message.error_hint}".strip()
            banner = Banner("warn", text, tr("Answer again"), self)
            banner.acted.connect(lambda: self._act("regenerate"))
            self._note = banner
        elif message.error_title and message.state is MessageState.DONE:
            self._note = Banner("warn", f"{message.error_title} {message.error_hint}".strip(), parent=self)
        if self._note is not None:
            self._note.show()

    # -- geometry

    def _arrange(self, width: int) -> int:
        inner = width - 2 * PAD
        top = self._top()
        quant = self._quant.sizeHint().width() if self._quant.text() else 0
        name = min(self._name.sizeHint().width(), inner - quant - 10)
        self._name.setGeometry(PAD, top, name, HEADER)
        self._quant.setGeometry(PAD + name + 8, top, quant, HEADER)
        y = top + HEADER + 2
        if self._reasoning is not None:
            height = self._reasoning.height_for(inner)
            self._reasoning.setGeometry(PAD, y, inner, height)
            self._reasoning.arrange(inner)
            y += height
        y += 2
        text = self._place_text(y, inner)
        y += text
        if self._note is not None:
            height = self._note_height(inner)
            y += GAP if text else 2
            self._note.setGeometry(PAD, y, inner, height)
            y += height
        y += 6
        left = self._place_right(PAD + inner, y + 2)
        self._metrics.setGeometry(PAD, y, max(0, left - PAD - 8), _FOOTER)
        return y + _FOOTER + PAD - 4

    def _place_text(self, y: int, width: int) -> int:
        """Put the text, its editor or its tokens at `y`; return the height."""
        shown: QWidget = self._editor or self._tokens or self.body
        height = (self._editor or self._tokens or self.body).height_for(width)
        if self.message.state is MessageState.STREAMING:
            height = max(height, 22)
        shown.setGeometry(PAD, y, width, height)
        return height

    def _note_height(self, width: int) -> int:
        assert self._note is not None
        layout = self._note.layout()
        if layout is not None and layout.hasHeightForWidth():
            return max(32, layout.totalHeightForWidth(width))
        return self._note.sizeHint().height()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # An answer without a letter yet still shows that it has begun.
        if self.message.state is MessageState.STREAMING and not self.body.blocks():
            painter = QPainter(self)
            painter.fillRect(self.body.x(), self.body.y() + 3, 8, 16, theme.color("accent.base"))
