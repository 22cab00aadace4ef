"""A row of the transcript: a message, where it stands, and its widget while it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.chats.types import Message
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.message import MessageView

_HEAD_AND_FOOT = 70
_LINE = 22
_FILES = 50
_CHARACTER = 7
"""Average width of a character in pixels."""


@dataclass(slots=True)
class Row:
    """`top` and `height` are pixels of the whole column; an unmeasured height is a guess."""

    message: Message
    height: int
    top: int = 0
    measured: bool = False
    view: MessageView | None = None
    switched: bool = False
    """Whether another model gave this answer than the one before."""


def mark_switches(rows: Sequence[Row]) -> None:
    """Find the answers before which the model was changed."""
    model: str | None = None
    for row in rows:
        if row.message.role != "assistant":
            continue
        switched = model is not None and row.message.model_id not in (None, model)
        if switched != row.switched:
            row.switched = switched
            if isinstance(row.view, AnswerView):
                row.measured = False
                row.view.set_switched(switched)
        model = row.message.model_id or model


def guess_height(message: Message, width: int) -> int:
    """About how high `message` will be in a text column of `width` pixels; cheap for any length."""
    per_line = max(20, width // _CHARACTER)
    text = message.text
    if len(text) > 20_000:
        lines = text.count("\n") + len(text) // per_line
    else:
        lines = sum(1 + len(line) // per_line for line in text.split("\n"))
    return _HEAD_AND_FOOT + lines * _LINE + (_FILES if message.attachments else 0)
