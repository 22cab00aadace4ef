"""What the models of stand-in servers say: scripts, or the question back; with trouble on purpose."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Script:
    """Pieces of an answer, a token each. With `loop` they come over and over."""

    pieces: tuple[str, ...]
    loop: bool = False


@dataclass
class Talker:
    """The models of one server.

    Attributes:
        scripts: By the name of the model. Others say the question back; those called ``upper…`` in capitals.
        context: Tokens (words) that a prompt and its answer may have together.
        left: Set when a client left in the middle of an answer.
        requests: The bodies of what was asked, decoded.
    """

    scripts: dict[str, Script] = field(default_factory=dict)
    context: int = 4096
    left: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, object]] = field(default_factory=list)
    trouble: tuple[str, int, str] | None = None

    def on_answer(self, how: str, after: int = 3, text: str = "") -> None:
        """What happens to every answer after `after` pieces: ``error`` (in-band, with `text`), ``cut`` (the
        connection breaks), ``end`` (the stream ends), ``hold`` (until released), ``line`` (`text` as a line),
        ``endless`` (a line without end); ``no`` for nothing."""
        self.trouble = None if how == "no" else (how, after, text)

    def pieces(self, model: str, question: str) -> Iterator[str]:
        """What `model` answers, piece by piece."""
        script = self.scripts.get(model)
        if script is None:
            words = (question.upper() if model.startswith("upper") else question).split(" ")
            yield from (word if not index else f" {word}" for index, word in enumerate(words))
            return
        yield from script.pieces
        while script.loop:
            yield from script.pieces

    def answer(
        self, model: str, question: str, prompt: int, most: int | None, stops: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """Pieces with an empty second part, and at the end why it ended: ``stop`` or ``length``."""
        said, shown = "", 0
        room = self.context - prompt
        for count, piece in enumerate(self.pieces(model, question)):
            if count >= (room if most is None else min(most, room)):
                yield said[shown:], "length"
                return
            said += piece
            if found := [at for stop in stops if (at := said.find(stop)) >= 0]:
                yield said[shown : max(shown, min(found))], "stop"
                return
            held = max((_overlap(said, stop) for stop in stops), default=0)
            yield said[shown : len(said) - held], ""
            shown = len(said) - held
        yield said[shown:], "stop"


def _overlap(text: str, marker: str) -> int:
    lengths = range(min(len(text), len(marker) - 1), 0, -1)
    return next((length for length in lengths if text.endswith(marker[:length])), 0)


def words_of(messages: Sequence[dict[str, object]]) -> int:
    """Tokens of a conversation, a word each."""
    return sum(len(str(message.get("content", "")).split()) + 1 for message in messages)
