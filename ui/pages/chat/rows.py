"""A row of the transcript: a message, where it stands, and its widget while it has one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtWidgets import QApplication

from backend.chats.types import Message
from backend.i18n import tr
from ui.pages.chat.message import MessageView

_HEAD_AND_FOOT = 70
_LINE = 22
_FILES = 50
_CHARACTER = 7
"""Average width of a character in pixels."""


@dataclass(slots=True, eq=False)
class Row:
    """`top` and `height` are pixels of the whole column; an unmeasured height is a guess."""

    message: Message
    height: int
    top: int = 0
    measured: bool = False
    view: MessageView | None = None
    making: MessageView | None = None
    """The widget while it is not complete; `view` is None then."""
    divider: str = ""
    """What is said above the message: another model answers, or the model's memory begins here."""

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def divide(self, words: str) -> None:
        """Say `words` above the message from now on."""
        if words != self.divider:
            self.divider = words
            if self.view is not None:
                self.measured = False
                self.view.set_divider(words)


def mark_dividers(rows: Sequence[Row], left_out: int, summarised: bool) -> None:
    """Say above messages where the model was changed, and where what it still gets word for word begins.

    Args:
        left_out: How many of the first messages it does not get.
        summarised: Whether a summary stands for them.
    """
    model: str | None = None
    for place, row in enumerate(rows):
        words = []
        if left_out and place == left_out:
            words.append(
                tr("A summary stands for what is above") if summarised else tr("What is above is left out")
            )
        if row.message.role == "assistant":
            if model is not None and row.message.model_id not in (None, model):
                words.append(tr("{model} from here on", model=row.message.model_name or tr("Another model")))
            model = row.message.model_id or model
        row.divide(" · ".join(words))


def rows_between(rows: Sequence[Row], low: int, high: int) -> Iterator[Row]:
    """The placed `rows` of which something is between two heights of the column, from top to bottom."""
    for index in range(max(0, bisect_right(rows, low, key=lambda row: row.top) - 1), len(rows)):
        if rows[index].top > high:
            return
        if rows[index].bottom >= low:
            yield rows[index]


def next_to_make(rows: Sequence[Row], value: int, height: int, step: int) -> Row | None:
    """Which row needs a widget most: one in view, then one ahead, then one behind.

    Args:
        value: The upper edge of the view, which is `height` pixels high.
        step: 1 if the view moves down, -1 if it moves up.
    """
    above, below = (1, 2) if step > 0 else (2, 1)
    seen = rows_between(rows, value, value + height)
    up = reversed(list(rows_between(rows, value - above * height, value)))
    down = rows_between(rows, value + height, value + (1 + below) * height)
    ordered = chain(seen, down, up) if step > 0 else chain(seen, up, down)
    return next((row for row in ordered if row.view is None), None)


def guess_height(message: Message, width: int) -> int:
    """About how high `message` will be in a text column of `width` pixels; cheap for any length."""
    per_line = max(20, width // _CHARACTER)
    text = message.text
    if len(text) > 20_000:
        lines = text.count("\n") + len(text) // per_line
    else:
        lines = sum(1 + len(line) // per_line for line in text.split("\n"))
    return _HEAD_AND_FOOT + lines * _LINE + (_FILES if message.attachments else 0)


def neighbour_of_focus(rows: Sequence[Row], step: int) -> Row | None:
    """The row `step` below the one that has the keyboard; that one itself at either end, and None where no
    message has it."""
    focus = QApplication.focusWidget()
    at = next((i for i, row in enumerate(rows) if row.view is not None and row.view is focus), None)
    return rows[max(0, min(at + step, len(rows) - 1))] if at is not None else None
