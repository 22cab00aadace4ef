"""Spelling words letter by letter, and saying words back.

Made-up words teach the letters inside each token.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from ..grammar import Turn, pick, roughen, say
from .words import ANIMALS, COMMON, NAMES, letters, made_up

_ASK = (
    "[spell|please spell|can you spell|could you spell|how do you spell|how do I spell|how to spell|how "
    "would you spell] {w}[?|.|]",
    "[spell|how do you spell|can you spell] the word {w}[?|.|]",
    "[how is|how's] [the word |]{w} [spelled|spelt|written]?",
    "[what is|what's|tell me|show me|give me] the spelling of {w}[?|.|]",
    "[spell out|spell] {w}[ for me|]",
    "{w}, [letter by letter|spelled|spelled out]",
    "[tell|show|give] me the letters [of|in] {w}",
    "[what are|which are] the letters [of|in] {w}?",
    "[which|what] letters [are in|make|make up] {w}?",
    "[say|write|type] {w} letter by letter",
    "[break|split] {w} into letters",
    "spell: {w}",
    "spelling of {w}",
    "I [need|want] to spell {w}",
    "I don't know how to spell {w}",
    "How is {w} written, letter by letter?",
    "[do you know|tell me|show me] how to spell {w}[?|]",
    "[would|will] you [spell|write out|spell out] [the word |]{w}?",
    "[I am not sure|I never know|I always forget|I wonder] how to [spell|write] {w}",
    "[all|one by one] the letters of {w}",
    "{w}: [letters|spelling|spell it]",
    "the word {w}, [letter by letter|please spell it|one letter at a time]",
    "[what's|what is] the [right|correct|proper] spelling of {w}?",
    "how [should|must|can] [I|one|we] [spell|write] {w}?",
    "[spell|write] {w} [one letter at a time|slowly|correctly|in letters]",
    "[spell|teach me to spell|test me on] {w}",
    "[which|what] letters are there in {w}?",
    "[name|list] the letters in {w}",
    "letters of {w}",
)
_NEXT = (
    "And {w}?",
    "And the word {w}?",
    "What about {w}?",
    "How about {w}?",
    "Now {w}",
    "{w}?",
    "And how do you spell {w}?",
    "And now {w}",
)
_ECHO = (
    "[repeat|repeat after me|say|please say|say after me|echo|just say|write|type|copy]: {w}",
    '[repeat|say|write|type|copy] [the words |this: |]"{w}"',
    "[can|could] you [repeat|say|write] {w}?",
    "[repeat|say|write|type|copy] {w}",
    "[answer|reply] with {w}",
    "[say|repeat] only {w}",
    "[repeat|say|write] the word[s|] {w}",
)
_ECHO_TEXTS = (
    "hello",
    "good morning",
    "hello world",
    "I like oranges",
    "the cat sat on the mat",
    "yes",
    "no",
    "thank you",
    "how are you",
    "the quick brown fox jumps over the lazy dog",
    "I am a small model",
    "the sky is blue",
    "please",
    "ok",
    "test",
    "ping",
    "pong",
)


def answer(word: str) -> str:
    """The word and its letters."""
    return f"The word {word} is spelled {' - '.join(word)}."


def _word(rng: random.Random) -> str:
    kind = rng.random()
    if getattr(rng, "lesson", 2):  # three in four are words that people use
        kind = kind * 0.42 / 0.74 if kind < 0.74 else 0.42 + (kind - 0.74) * 0.58 / 0.26
    if kind < 0.34:
        word = pick(rng, COMMON)
    elif kind < 0.42:
        word = pick(rng, ANIMALS)
    elif kind < 0.52:
        return pick(rng, NAMES)
    elif kind < 0.90:
        word = made_up(rng)
    elif kind < 0.94:
        word = pick(rng, COMMON) + pick(
            rng, ("s", "ing", "ed", "er", "ly", "ness", "ful", "less", "able", "ment")
        )
    else:
        word = letters(rng)
    return word.capitalize() if rng.random() < 0.1 else word


def _quoted(rng: random.Random, word: str) -> str:
    quote = pick(rng, ("", "", "", "", "'", '"', "“"))
    return quote + word + ("”" if quote == "“" else quote)


def _ask(rng: random.Random, forms: tuple[str, ...], word: str) -> str:
    """A question whose word keeps its letters whatever happens to the rest."""
    text = roughen(rng, say(rng, forms, w="{w}"), typos=False)
    return text.replace("{W}", "{w}").replace("{w}", _quoted(rng, word))


def spell(rng: random.Random) -> list[Turn]:
    """One to three words to spell."""
    word = _word(rng)
    turns = [(_ask(rng, _ASK, word), answer(word))]
    while rng.random() < 0.35:
        word = _word(rng)
        turns.append((_ask(rng, _NEXT, word), answer(word)))
    return turns


def echo(rng: random.Random) -> list[Turn]:
    """Words to say back exactly."""
    if rng.random() < 0.3:
        text = pick(rng, _ECHO_TEXTS)
    else:
        count = pick(rng, (1, 2, 3, 4, 6, 9))
        text = " ".join(pick(rng, COMMON) if rng.random() < 0.6 else made_up(rng) for _ in range(count))
    asked = roughen(rng, say(rng, _ECHO, w="{w}"), typos=False, leads=False)
    asked = asked.replace("{W}", "{w}").replace("{w}", text)
    return [(asked, text)]


def drill(rng: random.Random) -> list[Turn]:
    """A longer text without sense to say back: names and sums need copying, and this teaches it fastest."""
    makers: tuple[Callable[[random.Random], str], ...] = (
        made_up,
        letters,
        lambda r: pick(r, NAMES),
        lambda r: pick(r, COMMON),
        lambda r: str(int(r.random() * 41)),
    )
    text = " ".join(pick(rng, makers)(rng) for _ in range(4 + int(rng.random() * 9)))
    return [(say(rng, _ECHO, w="{w}").replace("{w}", text), text)]


def talk(rng: random.Random) -> list[Turn]:
    """Mostly spelling, now and then an echo."""
    return echo(rng) if rng.random() < 0.3 else spell(rng)
