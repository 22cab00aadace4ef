"""Parts of an answer: what failed, and how it was made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from backend.chats.types import Message
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.texts import stop_words
from ui.theme import theme
from ui.widgets.states import ErrorState


class ErrorCard(QFrame):
    """What failed, in a frame of its own between the messages."""

    def __init__(self, error: AppError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.state = ErrorState(error, centred=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.state)


class Metrics(QWidget):
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
