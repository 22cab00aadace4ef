"""The training corpus: endless made-up chats, drawn from the topics with fixed shares.

A chat is a list of messages ``(role, text)``. The same seed gives the same chats on every machine.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator

from .grammar import Dice, Turn, pick
from .topics import app, capitals, code, lists, polish, smalltalk, spelling, stories, sums, terms, unknown

Message = tuple[str, str]

SHARES: tuple[tuple[str, float, Callable[[random.Random], list[Turn]]], ...] = (
    ("smalltalk", 0.14, smalltalk.talk),
    ("app", 0.14, app.talk),
    ("terms", 0.15, terms.talk),
    ("capitals", 0.11, capitals.talk),
    ("sums", 0.22, sums.talk),
    ("lists", 0.09, lists.talk),
    ("spelling", 0.13, spelling.talk),
    ("stories", 0.05, stories.talk),
    ("polish", 0.09, polish.talk),
    ("code", 0.02, code.talk),
    ("unknown", 0.06, unknown.talk),
)
"""Topic, its weight among all segments, and what draws one segment of it."""

EARLY = {"sums": 0.14, "spelling": 0.12, "stories": 0.055, "lists": 0.07}
"""Other weights for lesson 0."""

_WEIGHT = sum(share for _, share, _ in SHARES)
_EARLY_WEIGHT = sum(EARLY.get(topic, share) for topic, share, _ in SHARES)

SYSTEM = (
    "You are a helpful assistant.",
    "You are a friendly assistant.",
    "You are Orangery's starter model.",
    "Answer briefly.",
    "You are a helpful, friendly assistant. Answer in short sentences.",
    "Be kind and short.",
    "You are a teacher.",
    "Answer in one sentence.",
    "You help people who are new to language models.",
    "Be concise.",
    "You are an assistant that runs on the user's own computer.",
    "Jesteś pomocnym asystentem.",
    "You are a helpful AI assistant.",
    "Always be polite.",
    "You are a careful assistant. If you do not know something, say so.",
)


def segment(rng: random.Random) -> tuple[str, list[Turn]]:
    """One topic's exchanges, with the topic's name."""
    if isinstance(rng, Dice) and rng.copying and rng.random() < rng.copying:
        return "spelling", spelling.drill(rng)
    early = isinstance(rng, Dice) and rng.lesson == 0
    at = rng.random() * (_EARLY_WEIGHT if early else _WEIGHT)
    for topic, share, talk in SHARES:
        at -= EARLY.get(topic, share) if early else share
        if at < 0:
            return topic, talk(rng)
    return SHARES[0][0], SHARES[0][2](rng)


def _contradicts(turns: list[Turn], drawn: list[Turn]) -> bool:
    """Whether the new exchanges deny a name that the chat has already heard."""
    denies = any(answer == smalltalk.NO_NAME for _, answer in drawn)
    return denies and any(answer.startswith(smalltalk.MEET) for _, answer in turns)


def chat(rng: random.Random, long: bool = False) -> list[Message]:
    """One chat: perhaps a system prompt, then one or several segments; a `long` one has seven or more."""
    messages: list[Message] = []
    if rng.random() < 0.22:
        messages.append(("system", pick(rng, SYSTEM)))
    turns: list[Turn] = [smalltalk.opener(rng)] if rng.random() < 0.08 else []
    count = 1
    while count < 24 and rng.random() < 0.38:
        count += 1
    if long:
        count += 6 + int(rng.random() * 12)
    for _ in range(count):
        drawn = segment(rng)[1]
        if not _contradicts(turns, drawn):
            turns += drawn
    if rng.random() < 0.08:
        turns.append(smalltalk.closer(rng))
    for asked, answer in turns:
        messages += [("user", asked), ("assistant", answer)]
    return messages


def chats(
    seed: int, long: bool = False, roughness: float = 1.0, copying: float = 0.0, lesson: int = 2
) -> Iterator[list[Message]]:
    """Chats without end; `roughness`, `copying` and `lesson` are those of :class:`~.grammar.Dice`."""
    rng = Dice(seed)
    rng.roughness, rng.copying, rng.lesson = roughness, copying, lesson
    while True:
        yield chat(rng, long)


def fingerprint(seed: int, count: int) -> str:
    """SHA-256 over the first `count` chats of a seed."""
    source = chats(seed)
    digest = hashlib.sha256()
    for _ in range(count):
        for role, text in next(source):
            digest.update(f"{role}\0{text}\0".encode())
    return digest.hexdigest()
