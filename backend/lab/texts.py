"""The texts that models are measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
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


def read_text(text: LabText, chats: Callable[[], tuple[Message, ...]]) -> str:
    """The text itself.

    Args:
        chats: What the person and models wrote; asked only for a text of kind ``chats``.

    Raises:
        AppError: ``lab.text_unreadable``, ``lab.text_large``, ``lab.text_encoding``, ``lab.text_empty``.
    """
    if text.kind == "chats":
        words = "\n\n".join(message.text for message in chats() if message.text.strip())
        words = words.encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
        if not words.strip():
            raise AppError(
                "lab.text_empty",
                tr("There are no chats to measure on yet."),
                tr("Choose the neutral text, or a file."),
            )
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
