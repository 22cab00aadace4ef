# ruff: noqa: SIM905
"""A tiny phrase grammar: ``[a|b]`` picks one branch, ``{name}`` is filled in afterwards.

Branches may be nested and may be empty, so ``[please |]spell {word}`` gives two wordings. Everything is drawn
from the generator that is passed in, so that one seed always gives one text.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

Turn = tuple[str, str]
"""One exchange: what the user says and what the model answers."""


class Dice(random.Random):
    """A generator that also knows how far the lessons have got.

    `roughness` says how roughly questions are typed: 0 not at all, 1 as people do. `copying` is the share
    of segments that are replaced by long texts to say back. `lesson` 0 spends more time on made-up words, 1
    on what people really ask, and 2 buries some questions among words that do not matter.
    """

    roughness: float = 1.0
    copying: float = 0.0
    lesson: int = 2


T = TypeVar("T")
Node = str | tuple["tuple[Node, ...]", ...]


@cache
def _parse(template: str) -> tuple[Node, ...]:
    """Turn a template into a sequence of plain strings and choices between sequences."""
    stack: list[list[list[Node]]] = [[[]]]
    text = ""
    for char in template:
        if char == "[":
            stack[-1][-1].append(text)
            stack.append([[]])
            text = ""
        elif char == "|" and len(stack) > 1:
            stack[-1][-1].append(text)
            stack[-1].append([])
            text = ""
        elif char == "]":
            stack[-1][-1].append(text)
            branches = stack.pop()
            stack[-1][-1].append(tuple(tuple(branch) for branch in branches))
            text = ""
        else:
            text += char
    stack[-1][-1].append(text)
    if len(stack) != 1:
        raise ValueError(f"unbalanced brackets: {template!r}")
    return tuple(stack[0][0])


def _walk(rng: random.Random, nodes: Sequence[Node]) -> str:
    """Draw one text from parsed nodes."""
    out = ""
    for node in nodes:
        out += node if isinstance(node, str) else _walk(rng, node[int(rng.random() * len(node))])
    return out


def say(rng: random.Random, template: str | Sequence[str], **slots: object) -> str:
    """Draw one wording of `template` (or of one of several templates) and fill in its slots."""
    chosen = template if isinstance(template, str) else template[int(rng.random() * len(template))]
    text = _walk(rng, _parse(chosen))
    for name, value in slots.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def pick(rng: random.Random, items: Sequence[T]) -> T:
    """Draw one item."""
    return items[int(rng.random() * len(items))]


def first_upper(text: str) -> str:
    """The same text with a capital first letter and the rest left alone."""
    return text[:1].upper() + text[1:]


_LEADS = (
    "[hey|hi|hello|ok|okay|so|well|hmm|um|right|now|alright|great|cool|nice|thanks|sorry|oh|good"
    "|yes|and|fine|ah|listen|look|then|next|but|perfect|wait][,|,|!|] ",
    "[please|pls|plz][,|] ",
    "[quick|one|a|another|a small|my next|just one|a silly|a stupid|one more] [question|thing][:|,| -|.] ",
    "[I have a question|one more thing|something else|I wonder|I was wondering|tell me|I'd like to "
    "know|I'm curious|let me ask|may I ask|just asking|help me with this][:|,|.] ",
    "[dear|hello|hey|hi|so|well] [orangery|starter|model|bot|there|friend|assistant|buddy|you|again|little "
    "one|everyone][,|!|] ",
    "[thank you|thanks|good|great|I see|interesting|understood|got it|lovely|very nice|that helps|makes "
    "sense|wonderful|excellent][.|!|,] [and |now |so |then |]",
    "[sorry|excuse me|pardon|forgive me][,|] [but |I have to ask, |one question: |for asking, |]",
    "[my|our] [friend|teacher|son|daughter|boss|brother|neighbour|colleague|mum|dad|wife|husband|sister] "
    "[asked me|wants to know|would like to know|is asking][:|,|.] ",
    "[I was just reading something|I am new to this|I have no idea about this|I keep forgetting this|I need "
    "this for school|this is for a quiz|it's late and I'm tired|I just started|I'm in a hurry|we are at "
    "home|I heard something today"
    "|it has been a long day|I have some time|here is something simple|let's try something|time for "
    "another one|let us go on|I need some help|I never learned this|this has puzzled me for a while|there "
    "is one thing I need]. ",
)
_TAILS = (
    " please",
    ", please",
    " pls",
    " thanks",
    ", thank you",
    " :)",
    " now",
    " if you can",
    ", if you can",
    " for me",
    " quickly",
    ", I forgot",
    " again",
    " ok?",
    ", would you",
    ", can you",
    ", do you know",
    " then",
    " today",
    ", if I may ask",
    " if possible",
    ", my friend",
    ", little model",
    " by the way",
    ", in your opinion",
    " right now",
    ", I wonder",
    " once more",
    " after all",
    " in short",
    ", just tell me",
    ", that would be nice",
    " and thanks in advance",
    " or not",
    ", I'm curious",
)
_WRAPS = (
    "[would|could|can|will] you [mind telling me|be so kind and tell me|be able to tell me|please tell "
    "me|let me know|say|answer me|help me with]: {q}",
    "[I'd|I would] [love|like|be glad|be happy] to [know|hear|learn|find out]: {q}",
    "[any|some] [idea|clue|hint]: {q}",
    "{q} [That's|That is] [my question|all I need|what I want to know].",
    "{q} [I really don't know|I have no idea|I can't remember|Please be brief|Keep it short|Just "
    "asking|Tell me|No hurry|Be honest|Help me out].",
    "[the question is|what I want to ask is|here is my question|let me put it this way]: {q}",
)
_FILLERS = (
    "actually",
    "really",
    "just",
    "exactly",
    "maybe",
    "perhaps",
    "please",
    "basically",
    "now",
    "then",
    "again",
    "simply",
    "kindly",
    "also",
    "today",
    "possibly",
    "quickly",
    "precisely",
    "honestly",
    "well",
    "so",
    "even",
    "like",
    "you know",
    "I mean",
    "in general",
    "for example",
    "right",
    "only",
    "properly",
    "usually",
    "normally",
    "best",
    "um",
    "uh",
    "sort of",
    "kind of",
    "indeed",
    "anyway",
    "of course",
    "in here",
    "at all",
    "for us",
    "to me",
)
_SMALL = frozenset(
    """the a an of is do to me you can could please i are in for it does what how my with would
this that there""".split()
)


def _loosen(rng: random.Random, text: str) -> str:
    """Leave out a small word, or slip in a filler or a word that means nothing here."""
    words = text.split(" ")
    if len(words) < 3:
        return text
    kind = rng.random()
    if kind < 0.3:
        spots = [i for i, word in enumerate(words) if word.lower() in _SMALL]
        if spots:
            del words[pick(rng, spots)]
    elif kind < 0.88:
        words.insert(1 + int(rng.random() * (len(words) - 1)), pick(rng, _FILLERS))
    else:
        junk = "".join(
            pick(
                rng,
                (
                    "ba",
                    "de",
                    "ki",
                    "lo",
                    "mu",
                    "ra",
                    "se",
                    "ti",
                    "vo",
                    "na",
                    "pel",
                    "gor",
                    "shi",
                    "wen",
                    "tra",
                ),
            )
            for _ in range(2)
        )
        words.insert(1 + int(rng.random() * (len(words) - 1)), junk)
    return " ".join(words)


_CHAFF = tuple(
    """
would could might shall should must may do does did was be been being have has had having say said telling
told asking asked mean meant think thought knew see saw look looked found give gave put take took get got go
went come came make made let lets keep kept use used call called try tried need needed want wanted seem
seems show shows shown help turn turned run stand stands happen happens feel felt hear heard read write
speak talk learn me you us them it this that these those some any every each one thing stuff matter point
idea notion term label light sense reason case sort kind part bit lot end side hand head line moment while
day time life world people folks somebody anyone everyone friend person child expert beginner newcomer
grandma rather quite very too much more less most least always never often sometimes soon later still yet
already almost nearly about around behind under over between through against without within upon by at on
off into from with as if because since though although unless until than so and or but nor either neither
both whether own such same other another different certain clear simple short long big small little new old
good better best bad nice fine kind sure true real whole full free open easy hard plain exact rough earth
course fact doubt clue mind heart favour hurry touch way thanks please sorry dear oh ah well hmm er actually
honestly frankly truly roughly briefly shortly maybe perhaps surely certainly probably possibly basically
essentially generally usually happy glad curious unsure interested able willing ready supposed meant going
trying hoping wondering thinking looking talking seeing using having being getting giving making working
behind screen page list card shown mentioned noticed stumbled came across kindly for of to in the a an my
your our their its is are who which there here not no yes only even also just then""".split()
)


def _bury(rng: random.Random, text: str) -> str:
    """Put a few words that do not matter around a question, so that its key words have to carry it."""
    before = int(rng.random() * 6)
    after = int(rng.random() * 4) if before else 1 + int(rng.random() * 4)
    if before:
        stop = pick(rng, ("", "", "", ",", ".", ":", "?"))
        text = " ".join(pick(rng, _CHAFF) for _ in range(before)) + stop + " " + _uncapital(text)
    if after:
        stop = pick(rng, ("", "", ",", ".", "?"))
        text += stop + " " + " ".join(pick(rng, _CHAFF) for _ in range(after))
    return text


def _typo(rng: random.Random, text: str) -> str:
    """Damage one longer lower-case word: a swap, a lost letter or a doubled one."""
    words = text.split(" ")
    spots = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.islower()]
    if not spots:
        return text
    at = pick(rng, spots)
    word = words[at]
    i = 1 + int(rng.random() * (len(word) - 2))
    kind = rng.random()
    if kind < 0.4:
        word = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    elif kind < 0.75:
        word = word[:i] + word[i + 1 :]
    else:
        word = word[:i] + word[i] + word[i:]
    words[at] = word
    return " ".join(words)


def roughen(rng: random.Random, text: str, *, typos: bool = True, leads: bool = True) -> str:
    """Word a question as people type it: lead-in, tail, lower case, no punctuation, a slip of the finger."""
    if rng.random() > getattr(rng, "roughness", 1.0):
        return first_upper(text)
    end = text[-1] if text[-1] in "?.!" else ""
    body = text[:-1] if end else text
    if leads and getattr(rng, "lesson", 2) == 2 and rng.random() < 0.22:
        body = _bury(rng, body)
    if typos and rng.random() < 0.22:
        body = _loosen(rng, body)
    if leads and rng.random() < 0.13:
        body += pick(rng, _TAILS)
    if leads and rng.random() < 0.24:
        body = say(rng, _LEADS) + _uncapital(body)
    elif leads and rng.random() < 0.05:
        body = say(rng, _WRAPS).replace("{q}", body + pick(rng, ("?", ".", "?", "")))
        end = ""
    if rng.random() < 0.7:
        body = first_upper(body)
    mark = rng.random()
    if mark < 0.25:
        end = ""
    elif mark < 0.29:
        end = pick(rng, ("??", " ?", "!", "...", "."))
    body += end
    if typos and rng.random() < 0.10:
        body = _typo(rng, body)
    if rng.random() < 0.22:
        body = body.lower()
    elif rng.random() < 0.015:
        body = body.upper()
    return body


def _uncapital(text: str) -> str:
    """The text with a small first letter, unless its first word is a name or "I"."""
    word = text.split(" ")[0]
    if word == "I" or word.startswith("I'") or word.isupper() or any(char.isupper() for char in word[1:]):
        return text
    return text[:1].lower() + text[1:]
