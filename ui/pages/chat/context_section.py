"""How full the context is, and how long it shall be."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.chats.types import ContextUse
from backend.engines.types import KvType
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.meter import Meter, Part, Swatch

_ANSWER, _RESERVE = 2, 3
"""Rows of the legend that are not always there, or not estimated."""
_LENGTHS = (1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072)


class ContextSection(QWidget):
    """A bar of system prompt, conversation, this answer and what is kept free, each with its number.

    Signals:
        length_chosen: Context length in tokens, or None for the default.
        cache_chosen: A `KvType`, or None for the default.
    """

    length_chosen = Signal(object)
    cache_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: ContextUse | None = None
        self._answer = 0
        self._numbers: list[tuple[QLabel, QLabel, QWidget]] = []
        self._used = label("", "body", weight=600, tabular=True)
        self._of = label("", "body", "2", tabular=True)
        self._bar = Meter(theme.size("bar"))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(tr("Context"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self._used)
        head.addWidget(self._of)
        legend = QGridLayout()
        legend.setContentsMargins(0, 4, 0, 0)
        legend.setHorizontalSpacing(8)
        legend.setVerticalSpacing(3)
        legend.setColumnStretch(1, 1)
        for row, (text, token, hatched) in enumerate(
            (
                (tr("System prompt"), "data.1", False),
                (tr("Conversation"), "data.2", False),
                (tr("This answer"), "accent.base", False),
                (tr("Kept free for the answer"), "data.others", True),
            )
        ):
            swatch = Swatch(token, hatched=hatched)
            words = label(text, "small", "2")
            number = label("", "small", tabular=True)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            legend.addWidget(swatch, row, 0)
            legend.addWidget(words, row, 1)
            legend.addWidget(number, row, 2)
            self._numbers.append((words, number, swatch))
        self._note = label("", "caption", "3", wrap=True)
        self._note.hide()
        self._length = QComboBox()
        self._length.setAccessibleName(tr("Context length"))
        self._length.setProperty("controlSize", "small")
        self._length.activated.connect(lambda _i: self.length_chosen.emit(self._length.currentData()))
        length = QHBoxLayout()
        length.addWidget(label(tr("Length"), "small", "2"))
        length.addStretch(1)
        length.addWidget(self._length)
        self._cache = QComboBox()
        self._cache.setAccessibleName(tr("Context cache"))
        self._cache.setProperty("controlSize", "small")
        self._cache.addItem(tr("Default"), None)
        for kind in get_args(KvType):
            self._cache.addItem(kind.upper(), kind)
        self._cache.activated.connect(lambda _i: self.cache_chosen.emit(self._cache.currentData()))
        cache = QHBoxLayout()
        cache.addWidget(label(tr("Cache"), "small", "2"))
        cache.addStretch(1)
        cache.addWidget(self._cache)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addLayout(legend)
        layout.addWidget(self._note)
        layout.addLayout(length)
        layout.addLayout(cache)
        self.set_lengths(None, None)
        self.show_use(None)

    def set_lengths(self, n_ctx: int | None, trained: int | None) -> None:
        """Offer lengths up to what the model was trained for, and show the chosen one."""
        self._length.clear()
        self._length.addItem(tr("Default"), None)
        offered = {length for length in _LENGTHS if trained is None or length <= trained}
        offered |= {value for value in (n_ctx, trained) if value}
        for length in sorted(offered):
            self._length.addItem(fmt.tokens(length), length)
        at = self._length.findData(n_ctx)
        self._length.setCurrentIndex(max(at, 0))

    def set_cache(self, kind: KvType | None) -> None:
        """Show how the context is kept."""
        self._cache.setCurrentIndex(max(self._cache.findData(kind), 0))

    def show_use(self, use: ContextUse | None) -> None:
        """Show `use`; None empties the bar."""
        self._use = use
        self._draw()

    def show_answer(self, tokens: int) -> None:
        """Count the tokens of the answer that is being written."""
        self._answer = tokens
        self._draw()

    def _draw(self) -> None:
        use = self._use
        if use is None:
            self._used.setText("")
            self._of.setText(fmt.UNKNOWN)
            self._bar.set_parts(1, ())
            for row, (words, number, swatch) in enumerate(self._numbers):
                number.setText(fmt.UNKNOWN)
                if row == _ANSWER:
                    for widget in (words, number, swatch):
                        widget.hide()
            self._note.hide()
            return
        amounts = (use.system, use.conversation, self._answer, max(0, use.reserve - self._answer))
        total = use.system + use.conversation + self._answer
        mark = "~" if use.approximate else ""
        self._used.setText(mark + fmt.number(total))
        self._of.setText(tr("of {total} tokens", total=fmt.number(use.n_ctx)))
        for (words, number, swatch), amount in zip(self._numbers, amounts, strict=True):
            is_reserve = words is self._numbers[_RESERVE][0]
            number.setText((mark if amount and not is_reserve else "") + fmt.number(amount))
            is_answer = words is self._numbers[_ANSWER][0]
            for widget in (words, number, swatch):
                widget.setVisible(not is_answer or self._answer > 0)
        colours = ("data.1", "data.2", "accent.base", "data.others")
        self._bar.set_parts(
            use.n_ctx,
            [
                Part(amount, token, hatched=token == "data.others")
                for amount, token in zip(amounts, colours, strict=True)
            ],
        )
        self._bar.setAccessibleName(
            tr("{used} of {total} tokens used", used=fmt.number(total), total=fmt.number(use.n_ctx))
        )
        self._say(use, total)

    def _say(self, use: ContextUse, total: int) -> None:
        if total > use.n_ctx:
            words = tr("This is more than the context holds. Shorten it, or choose a longer context.")
        elif total + use.reserve > use.n_ctx:
            words = tr("Little room is left for an answer.")
        elif use.approximate:
            words = tr("Estimated from the length; counted once the model is loaded.")
        else:
            words = ""
        self._note.setText(words)
        self._note.setVisible(bool(words))
