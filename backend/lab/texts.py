"""The texts that models are measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from backend.chats.types import Message
from backend.errors import AppError
from backend.files import read_start
from backend.i18n import tr
from backend.lab.types import LabText
from backend.paths import RESOURCES

NEUTRAL = RESOURCES / "lab" / "neutral.txt"
MAX_BYTES = 2 << 20
"""About half a million tokens: more says no more about a model, and takes hours."""
_TURN = 2_000
"""Characters of one text before the other has its turn: about as much as a model reads at once here."""


def read_text(text: LabText, chats: Callable[[], tuple[Message, ...]]) -> str:
    """The text itself.

    Args:
        chats: What the person and models wrote; asked only for a text that is `LabText.private`.

    Raises:
        AppError: ``lab.text_unreadable``, ``lab.text_large``, ``lab.text_encoding``, ``lab.text_empty``.
    """
    if text.private:
        words = _written(chats())
        if text.kind == "both":
            words = in_turns(_read_file(NEUTRAL), words)
    else:
        path = NEUTRAL if text.kind == "neutral" else text.path
        words = _read_file(path or Path())
    if not words.strip():
        raise AppError(
            "lab.text_empty",
            tr("There is no text in {file}.", file=text.name),
            tr("Choose another text."),
        )
    return words


def _written(messages: tuple[Message, ...]) -> str:
    words = "\n\n".join(message.text for message in messages if message.text.strip())
    words = words.encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
    if not words.strip():
        raise AppError(
            "lab.text_empty",
            tr("There are no chats to measure on yet."),
            tr("Choose the neutral text, or a file."),
        )
    return words


def in_turns(first: str, second: str) -> str:
    """Both texts, some paragraphs of the one and then of the other while both last: who takes only the
    beginning gets as much of each."""
    turns = zip_longest(_pieces(first), _pieces(second), fillvalue="")
    return "\n\n".join(piece for pair in turns for piece in pair if piece)


def _pieces(words: str) -> Iterator[str]:
    """Paragraphs together until they are as long as one turn; a longer one is cut."""
    piece = ""
    for paragraph in words.split("\n\n"):
        piece = f"{piece}\n\n{paragraph}" if piece else paragraph
        while len(piece) > 2 * _TURN:
            end = piece.rfind(" ", 0, _TURN) + 1 or _TURN
            yield piece[:end]
            piece = piece[end:]
        if len(piece) >= _TURN:
            yield piece
            piece = ""
    if piece:
        yield piece


def text_digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _read_file(path: Path) -> str:
    try:
        data = read_start(path, MAX_BYTES + 1)
    except OSError as error:
        raise AppError(
            "lab.text_unreadable",
            tr("The text {file} cannot be read.", file=path.name),
            tr("Check that it is a file that is still there and may be read."),
            str(error),
        ) from error
    if len(data) > MAX_BYTES:
        raise AppError(
            "lab.text_large",
            tr("The text {file} is larger than 2 MiB.", file=path.name),
            tr("A part of it is enough: choose a shorter one."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AppError(
            "lab.text_encoding",
            tr("{file} is not a text in UTF-8.", file=path.name),
            tr("Save it as UTF-8 text, or choose another file."),
            str(error),
        ) from error
