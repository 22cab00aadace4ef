"""An answer asked for once more by its run card: both texts side by side, both speeds, what is different."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from backend.chats.types import Message, Replay
from backend.engines.types import Timings
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet

_WIDTH = 860


class ReplaySheet(Sheet):
    """Waits until `show_replay` or `show_error`; closing it before stops the answer.

    Signals:
        stop_asked: It was closed while the answer was on its way.
    """

    stop_asked = Signal()

    def __init__(self, message: Message, parent: QWidget) -> None:
        super().__init__(
            tr("Replay"),
            tr("The same question, with all that the run card names."),
            width=min(_WIDTH, max(parent.width() - 80, 480)),
            parent=parent,
        )
        self._running = True
        self.cancel.setText(tr("Stop"))
        self.banner = Banner("info", tr("Answering once more …"))
        self.before = _Side(tr("Then"), message.text)
        self.now = _Side(tr("Now"), "")
        self.before.say(message.timings)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.before)
        sides.addWidget(self.now)
        self.changes = label("", "small", "2", wrap=True)
        self.changes.hide()
        self.body.addWidget(self.banner)
        self.body.addLayout(sides)
        self.body.addWidget(self.changes)
        self.finished.connect(self._closed)
        self.fit()

    def show_replay(self, replay: Replay) -> None:
        """Show what came of it."""
        self._end()
        self.now.text.setPlainText(replay.text)
        self.before.say(replay.before)
        self.now.say(replay.now)
        if replay.same_text:
            self.banner.set_kind("ok")
            words = tr("The same text, letter for letter.")
        else:
            self.banner.set_kind("warn")
            words = tr(
                "The texts are the same up to character {count} and differ from there.",
                count=fmt.number(replay.differs_at),
            )
            for side in (self.before, self.now):
                side.mark(replay.differs_at)
        speed = _speed_words(replay.before, replay.now)
        self.banner.set_text(f"{words} {speed}".strip())
        lines = [tr("What is different from the card:"), *(f"•\u00a0{line}" for line in replay.changed)]
        self.changes.setText("\n".join(lines) if replay.changed else tr("Nothing else is different."))
        self.changes.show()
        self.fit()

    def show_error(self, error: AppError) -> None:
        """Say why it could not be repeated."""
        self._end()
        self.banner.set_kind("bad")
        self.banner.set_text(str(error))
        self.fit()

    def _end(self) -> None:
        self._running = False
        self.cancel.setText(tr("Close"))

    def _closed(self) -> None:
        if self._running:
            self.stop_asked.emit()


class _Side(QWidget):
    """One of the two answers."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self.speed = label("", "small", "2", tabular=True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFont(theme.font("body"))
        self.text.setAccessibleName(title)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(title, "body", weight=600))
        head.addStretch(1)
        head.addWidget(self.speed)
        layout.addLayout(head)
        layout.addWidget(self.text)

    def say(self, timings: Timings) -> None:
        """Show how fast it came."""
        parts = []
        if timings.generation_tps:
            parts.append(tr("{rate} tok/s", rate=fmt.rate(timings.generation_tps)))
        if timings.ttft_s:
            parts.append(tr("first token {seconds} s", seconds=fmt.number(timings.ttft_s, 2)))
        if timings.completion_tokens:
            parts.append(fmt.tokens(timings.completion_tokens))
        self.speed.setText("  ".join(parts))

    def mark(self, at: int) -> None:
        """Mark what comes from character `at` on, and show it."""
        cursor = self.text.textCursor()
        cursor.setPosition(min(at, max(self.text.document().characterCount() - 1, 0)))
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        mark = QTextEdit.ExtraSelection()
        ahead = QTextCursor(cursor)
        ahead.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = ahead  # type: ignore[attr-defined]
        mark.format.setBackground(theme.color("warn.bg"))  # type: ignore[attr-defined]
        self.text.setExtraSelections([mark])


def _speed_words(before: Timings, now: Timings) -> str:
    """How the speed compares; within 5 % it counts as the same."""
    if not before.generation_tps or not now.generation_tps:
        return ""
    ratio = now.generation_tps / before.generation_tps
    if abs(ratio - 1) <= 0.05:
        return tr("About as fast.")
    share = fmt.percent(abs(ratio - 1))
    return tr("{share} faster.", share=share) if ratio > 1 else tr("{share} slower.", share=share)
