"""An answer: who gave it, what it thought, the text, and how it was made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from backend.chats.types import Message, MessageState
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.markdown import StreamingMarkdown
from ui.pages.chat.actions import Action
from ui.pages.chat.message import GAP, HEADER, PAD, MessageView
from ui.pages.chat.texts import stop_words
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.reasoning import ReasoningFold
from ui.widgets.states import ErrorState

_FOOTER = 28


class AnswerView(MessageView):
    """Grows while it is streaming; only the open block is drawn anew."""

    def __init__(self, message: Message, parent: QWidget | None = None, *, detail: str = "") -> None:
        super().__init__(message, parent)
        self._detail = detail
        self._stream: StreamingMarkdown | None = None
        self._drawn = ""
        self._name = ElidedLabel(role="body", weight=600, parent=self)
        self._quant: QLabel = label("", "code", "3", parent=self)
        self._reasoning: ReasoningFold | None = None
        self._note: QWidget | None = None
        self._note_for: tuple[MessageState, str, str] | None = None
        self._metrics = _Metrics(self)
        self.set_message(message)

    # -- content

    def set_message(self, message: Message) -> None:
        super().set_message(message)
        streaming = message.state is MessageState.STREAMING
        name = message.model_name or tr("Assistant")
        self._name.setText(name)
        self._quant.setText(message.quant)
        self._quant.setVisible(bool(message.quant))
        self.setAccessibleName(tr("Answer of {model}", model=name))
        self.setAccessibleDescription(message.text[:2000])
        self.body.set_caret(streaming)
        if streaming:
            if self._stream is None or not message.text.startswith(self._drawn):
                self._restart(message.text)
        else:
            self._finish(message.text)
        if message.reasoning:
            self._fold().set_reasoning(
                message.reasoning, message.timings, thinking=streaming and not message.text
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
            self.body.set_markdown(text, card=False)
        self._stream = None
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
            Action("regenerate", "rotate-ccw", tr("Answer again")),
        ]
        if len(self.message.siblings) > 1:
            actions.append(Action("delete", "trash-2", tr("Delete this version")))
        return tuple(actions)

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
            self._note = _ErrorCard(error, self)
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
        quant = self._quant.sizeHint().width() if self._quant.text() else 0
        name = min(self._name.sizeHint().width(), inner - quant - 10)
        self._name.setGeometry(PAD, PAD, name, HEADER)
        self._quant.setGeometry(PAD + name + 8, PAD, quant, HEADER)
        y = PAD + HEADER + 2
        if self._reasoning is not None:
            height = self._reasoning.height_for(inner)
            self._reasoning.setGeometry(PAD, y, inner, height)
            self._reasoning.arrange(inner)
            y += height
        y += 2
        text = self.body.height_for(inner)
        if self.message.state is MessageState.STREAMING:
            text = max(text, 22)
        self.body.setGeometry(PAD, y, inner, text)
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


class _ErrorCard(QFrame):
    """What failed, in a frame of its own between the messages."""

    def __init__(self, error: AppError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.state = ErrorState(error, centred=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.state)


class _Metrics(QWidget):
    """``53.8 tok/s  first token 0.31 s  428 tokens  finished``: all of it was measured."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        theme.changed.connect(self.update)

    def set_message(self, message: Message) -> None:
        """Show how `message` was made."""
        timings = message.timings
        parts: list[str] = [""]
        if timings.generation_tps:
            parts[0] = tr("{rate} tok/s", rate=fmt.rate(timings.generation_tps))
        if timings.ttft_s:
            seconds = fmt.number(timings.ttft_s, 2 if timings.ttft_s < 10 else 1)
            parts.append(tr("first token {seconds} s", seconds=seconds))
        if timings.completion_tokens:
            parts.append(fmt.tokens(timings.completion_tokens))
        parts.append(stop_words(message))
        self._parts = (parts[0], *(part for part in parts[1:] if part))
        self.setAccessibleName(", ".join(part for part in self._parts if part))
        self.setToolTip(
            tr(
                "Prompt: {prompt} tokens, of which {cached} were kept from the last turn.",
                prompt=fmt.number(timings.prompt_tokens),
                cached=fmt.number(timings.cached_tokens),
            )
            if timings.prompt_tokens
            else ""
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        for index, part in enumerate(self._parts):
            if not part:
                continue
            painter.setFont(theme.font("small", weight=500 if index == 0 else 400, tabular=True))
            painter.setPen(theme.color("text.1" if index == 0 else "text.3"))
            metrics = QFontMetricsF(painter.font())
            width = metrics.horizontalAdvance(part)
            if left + width > self.width():
                if index > 1:
                    break  # the last facts give way first
                part = metrics.elidedText(part, Qt.TextElideMode.ElideRight, self.width() - left)
            painter.drawText(
                round(left), 0, round(width) + 4, self.height(), Qt.AlignmentFlag.AlignVCenter, part
            )
            left += width + 12
