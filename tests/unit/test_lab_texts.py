"""The texts of the quant lab: the neutral one, and what is read of the person's chats."""

from __future__ import annotations

import pytest

from backend.chats.types import Message, MessageState
from backend.errors import AppError
from backend.lab.texts import NEUTRAL, read_text
from backend.lab.types import LabText

BOTH = LabText("both", "both")


def _never() -> tuple[Message, ...]:
    raise AssertionError("the chats were not allowed")


def _chats(count: int) -> tuple[Message, ...]:
    texts = [f"Message {number} about the garden. " * 20 for number in range(count)]
    return tuple(_message(number, text) for number, text in enumerate(texts))


def _message(number: int, text: str) -> Message:
    return Message(number, 1, None, "user", text, MessageState.DONE, 0.0)


def test_the_neutral_text_is_long_and_in_many_registers() -> None:
    words = read_text(LabText("neutral", "neutral"), _never)
    assert len(words.encode()) >= 60_000
    paragraphs = [paragraph for paragraph in words.split("\n\n") if len(paragraph) > 80]
    assert len(set(paragraphs)) == len(paragraphs), "nothing is there twice"
    for mark in ("def ", "SELECT", "Question:", " ist ", " est ", "¿Cómo", " jest ", '"', "1. "):
        assert mark in words
    begin = words[:30_000]  # about what is measured on by default
    assert all(mark in begin for mark in ("def ", "Question:", " und ", " les ", " una ", " się "))


def test_the_beginning_has_as_much_of_the_chats_as_of_the_neutral_text() -> None:
    messages = _chats(200)
    words = read_text(BOTH, lambda: messages)
    begin = words[:30_000]
    own = begin.count("about the garden. ") * len("Message 100 about the garden. ")
    assert 0.4 < own / len(begin) < 0.6
    assert all(message.text in words for message in messages)
    last = NEUTRAL.read_text("utf-8").strip().rpartition("\n\n")[2]
    assert last in words


def test_a_chat_with_one_endless_message_is_cut_between_words() -> None:
    words = read_text(BOTH, lambda: (_message(1, "marmalade " * 3_000),))
    assert words.count("marmalade") == 3_000


def test_without_chats_it_says_so() -> None:
    with pytest.raises(AppError) as caught:
        read_text(BOTH, lambda: ())
    assert caught.value.code == "lab.text_empty" and caught.value.hint
