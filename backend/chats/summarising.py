"""Summaries of the oldest part of a conversation, written by the model that answers in it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.chats.asking import ask
from backend.chats.conversation import file_block
from backend.chats.overflow import Fitting
from backend.chats.types import Chat, Message
from backend.engines.engines import Engines
from backend.engines.types import FinishReason, LoadedModel, Sampling, Turn
from backend.errors import AppError
from backend.i18n import tr
from backend.store.chat_shelf import ChatShelf

log = logging.getLogger(__name__)

# For the model, so not translated.
_INSTRUCTION = (
    "You summarise conversations. Write a summary of what was said, in the language of the conversation:"
    " facts, names, numbers, decisions and open questions, in at most {words} words. Write only the summary."
)
_KEPT = 0.5  # share of the room that the newest messages keep word for word
_TOKENS = 400  # of a summary at most; a small context gets an eighth of itself
_PIECES = 12  # of a long beginning, summarised one after the other; more are left out


@dataclass(frozen=True, slots=True)
class Prepared:
    """What goes to the model, and a sentence for the person when it is less than was wanted."""

    turns: tuple[Turn, ...]
    note: str = ""


class Summariser:
    """Fits a conversation into a loaded model, with a summary of its oldest part where the chat wants one."""

    def __init__(
        self, engines: Engines, shelf: ChatShelf, loaded: LoadedModel, cancel: threading.Event
    ) -> None:
        self._engines = engines
        self._shelf = shelf
        self._loaded = loaded
        self._cancel = cancel

    def prepare(self, chat: Chat, fitting: Fitting) -> Prepared:
        """The turns for the model.

        Raises:
            Cancelled: It was stopped while it summarised.
        """
        if chat.overflow != "summarise":
            return Prepared(fitting.chosen().turns)
        whole = fitting.whole()
        if fitting.fits(whole.turns):
            return Prepared(whole.turns)
        try:
            return self._summarised(chat, fitting)
        except AppError as error:
            log.warning("a chat was not summarised: %s", error)
            return Prepared(
                fitting.newest().turns,
                tr("The beginning could not be summarised, so the oldest messages were left out."),
            )

    def _summarised(self, chat: Chat, fitting: Fitting) -> Prepared:
        kept = fitting.newest(int(fitting.budget * _KEPT))
        old = fitting.uncovered(kept.start)
        if not old:  # nothing but the last question, which is too long by itself
            return Prepared(kept.turns)
        text = fitting.summary.text if fitting.summary else ""
        for piece in self._pieces(fitting, old):
            text = self._written(text, piece)
        fitting.summary = self._shelf.add_summary(chat.id, old[-1].id, text)
        return Prepared(fitting.turns_from(kept.start))

    def _pieces(self, fitting: Fitting, old: Sequence[Message]) -> Iterator[str]:
        """The text of the old messages in pieces that leave room for a summary before and after."""
        limit = fitting.budget - 3 * self._length() - 100  # and for the instruction
        if limit < 50:
            raise AppError("chat.summary", tr("The context is too small for a summary."))
        texts = [_spoken(message) for message in old if message.text.strip() or message.attachments]
        whole = "\n\n".join(texts)
        tokens = max(1, fitting.count((Turn("user", whole),)))
        characters = max(200, len(whole) * limit // tokens)
        for number, start in enumerate(range(0, len(whole), characters)):
            if number == _PIECES:
                raise AppError("chat.summary", tr("The beginning is too long for a summary."))
            yield whole[start : start + characters]

    def _written(self, before: str, piece: str) -> str:
        length = self._length()
        instruction = _INSTRUCTION.format(words=length * 2 // 3)
        known = f"Summary of what came before:\n{before}\n\nWhat was said then:\n" if before else ""
        turns = (Turn("system", instruction), Turn("user", f"{known}{piece}\n\nSummarise this."))
        sampling = Sampling(temperature=0.0, seed=0, max_tokens=length)
        said = ask(self._engines, self._loaded.key, turns, sampling, self._cancel)
        text = said.text.strip()
        if not text or said.end.reason is FinishReason.CONTEXT:
            raise AppError("chat.summary", tr("The model wrote no summary."))
        return text

    def _length(self) -> int:
        return min(_TOKENS, self._loaded.n_ctx // 8)


def _spoken(message: Message) -> str:
    who = "User" if message.role == "user" else "Assistant"
    files = "".join(f"{file_block(file.name, file.text)}\n" for file in message.attachments if file.text)
    return f"{who}: {files}{message.text}"
