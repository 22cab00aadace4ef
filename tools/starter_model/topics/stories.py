"""Short stories about a named animal, and questions about the story just told."""

from __future__ import annotations

import random

from ..grammar import Turn, first_upper, pick, roughen, say
from .words import ANIMALS, OTHERS, an, name

_ASK = (
    "[tell|write] me a [short |little |nice |]story about {a} [named|called] {n}.",
    "[write|make up|invent|tell] a [short |little |]story about {a} [named|called] {n}.",
    "[can|could] you tell [me |]a [short |]story about {a} [named|called] {n}?",
    "a [short |]story about {a} [named|called] {n}",
    "I [want|would like|'d like] a [short |]story about {a} [named|called] {n}.",
    "Tell me about {a} [named|called] {n}.",
    "story: {a} [named|called] {n}",
    "story about {n} the {x}",
    "[tell|write] me a [short |]story about {n} the {x}.",
    "[tell|write] a story [in which|where] {a} [named|called] {n} [has an adventure|gets lost|finds a "
    "friend|goes home].",
    "Once there was {a} [named|called] {n}. [go on|tell me more|continue the story]",
    "[give|show] me a [tale|story] about {a} [named|called] {n}.",
    "[write|tell me] a [fairy tale|bedtime story|tale|children's story] about {a} [named|called] {n}.",
    "[my child|my daughter|my son] [wants|would like] a story about {a} [named|called] {n}.",
    "Do you know a story about {a} [named|called] {n}?",
    "[let's hear|I'd love|how about] a story about {a} [named|called] {n}[.|?]",
    "a story with {a} [named|called] {n}[ in it|], please",
    "[please |]write something about {a} [named|called] {n}.",
    "[make|create|compose] a [short |]story about {n}, {a}.",
    "[I'd love to|I want to|let me|we want to|can I|could we] [hear|read|have|get] a [short |little |small "
    "|]story [about|of|with] {a} [named|called] {n}[.|?]",
    "[would|will] you [tell|write|invent] [us|me|the children] a [short |little |]story [about|of|with] "
    "{a} [named|called] {n}?",
    "{n} is {a}. [tell|write] a story about [it|{n}|this]",
    "{a} [named|called] {n}: a story, please",
    "[story time|bedtime|time for a story]: {a} [named|called] {n}",
    "[invent|imagine|create] {a} [named|called] {n} and tell [its|a] story",
    "[tell|write] a story [of|with] {a} [whose name is|with the name|that is called|who is called|that has "
    "the name] {n}.",
    "[tell|write] [us|me] [something|a tale|one] [of|about] {n}, who is {a}.",
    "a [tale|fable|bedtime story] of {a} [named|called] {n}",
    "[tell|write] me a story. The hero is {a} [named|called] {n}.",
    "[tell|write] me a story about {n}[, | who is ]{a}.",
)
_ASK_ANIMAL = (
    "[tell|write] me a [short |]story about {a}.",
    "[write|make up|tell] a [short |]story about {a}.",
    "a [short |]story about {a}[ please|]",
    "[can|could] you tell [me |]a story about {a}?",
    "I [want|would like] a story about {a}.",
    "story about {a}",
)
_ASK_ANY = (
    "[tell|write] me a [short |]story.",
    "[can|could] you tell [me |]a story?",
    "a [short |]story[ please|]",
    "[write|make up|invent] a [short |]story.",
    "I want a story.",
    "do you know [a story|any stories]?",
    "story time",
    "tell me a [tale|fairy tale|bedtime story]",
    "yes, tell me a story",
)
_AGAIN = (
    "Another one about {a} [named|called] {n}.",
    "And one about {a} [named|called] {n}?",
    "And now about {a} [named|called] {n}.",
    "Now {a} [named|called] {n}.",
    "Now one [about|with] {a} [named|called] {n}.",
    "[the same|and] with {a} [named|called] {n}?",
    "And {a} [named|called] {n}?",
    "[one|another|one more] about {n} the {x}",
    "What about {a} [named|called] {n}?",
    "[another|one more] [story|one], [this time |]about {a} [named|called] {n}[, please|]",
    "[tell|write] me another [one |story |]about {a} [named|called] {n}.",
)
_MORE = (
    "Another one.",
    "[tell|write] me another[ one| story|].",
    "One more[ story|].",
    "[more|another story][ please|]",
    "again",
    "[can|could] you tell [me |]another[ one|]?",
    "Another story about {n}.",
    "[tell me |]more about {n}",
    "and another?",
    "[a different|one more] story about {n}",
)
_CHANGE = (
    "Now make it {a}.",
    "[the same|and] with {a}?",
    "Change the {x0} to {a}.",
    "And if it were {a}?",
    "Make it {a}.",
    "[turn|change] {n} into {a}",
    "Now with {a}[ instead|].",
    "instead of the {x0}, take {a}",
)
_RENAME = (
    "Now call it {n}.",
    "[change|make] the name [to |]{n}.",
    "And with the name {n}?",
    "Call the {x0} {n}[ instead|].",
    "rename it to {n}",
    "Now name it {n}.",
    "[the same|again] with the name {n}",
)
_WHAT_NAME = (
    "What was [its|the {x}'s|his|her] name?",
    "What was the {x} called?",
    "What is the name of the {x}?",
    "How was the {x} called?",
    "What was it called?",
    "Who was [it|the story|that] about?",
    "What's the {x}'s name?",
    "Who is the hero[ of the story|]?",
    "and the name of the {x}?",
    "[tell me|say] the name of the {x}",
    "what did you call the {x}?",
    "remind me of the {x}'s name",
)
_WHAT_ANIMAL = (
    "What animal was {n}?",
    "What was {n}?",
    "What kind of animal [is|was] {n}?",
    "Who was {n}?",
    "Was {n} [an animal|a person]?",
    "What is {n}?",
    "{n} was what [animal|kind of animal]?",
    "[which|what] animal is {n}?",
)

_OPEN = (
    "Once upon a time there was a little {x} named {n}, who lived {p}.",
    "There once was a young {x} named {n}, who lived {p}.",
    "Far away, {p}, lived a small {x} named {n}.",
    "{n} was a curious {x} who lived {p}.",
    "A kind {x} named {n} lived {p}.",
)
_PLACES = (
    "at the edge of a dark wood",
    "by a quiet lake",
    "in a small village",
    "under an old oak tree",
    "on a windy hill",
    "near the sea",
    "in a garden full of oranges",
    "behind a red barn",
    "in the middle of a busy city",
    "on a tiny island",
)
_PLOTS = (
    (
        "One morning {n} found a golden key in the grass.",
        "{n} tried it in every door, until a small green box opened with a click.",
        "Inside was a letter that said: share what you have.",
    ),
    (
        "One day a big storm came and blew the bridge away.",
        "{n} called all the neighbours, and together they built a new one.",
        "It was stronger and prettier than before.",
    ),
    (
        "One evening {n} heard somebody crying.",
        "It was a lost little mouse who could not find the way home.",
        "{n} took a lantern and walked with it through the night.",
    ),
    (
        "{n} wanted to see what was behind the mountains.",
        "The way was long, but a friendly crow showed the path.",
        "From the top {n} saw the whole world shining in the sun.",
    ),
    (
        "One winter there was nothing left to eat.",
        "{n} remembered the nuts hidden in the summer and shared them with everybody.",
        "Nobody was hungry that winter.",
    ),
    (
        "{n} dreamed of flying.",
        "So {n} built two wings of paper and jumped from a haystack.",
        "It was a short flight, but a happy one.",
    ),
    (
        "One night a star fell from the sky.",
        "{n} picked it up and carried it carefully to the top of the hill.",
        "There it jumped back to its place and winked.",
    ),
    (
        "{n} was afraid of the dark.",
        "Then a firefly came and sat down close by.",
        "Together they counted the stars until {n} fell asleep.",
    ),
    (
        "One day {n} planted a tiny seed.",
        "Every day {n} gave it water and sang to it.",
        "In the spring it was a tree full of oranges.",
    ),
    (
        "{n} could not find a friend to play with.",
        "Then an old turtle asked for help with a heavy bag.",
        "They carried it together and laughed all the way.",
    ),
)
_ENDS = (
    "From that day on, {n} was never alone.",
    "And {n} went home, tired and happy.",
    "And that is how {n} made a new friend.",
    "Everybody was proud of {n}.",
    "And {n} smiled and fell asleep.",
    "{n} told this story for many years.",
)


def story(rng: random.Random, kind: str, who: str) -> str:
    """Five sentences about a hero of this kind and name."""
    plot = pick(rng, _PLOTS)
    place = pick(rng, _PLACES)
    lines = [pick(rng, _OPEN), *plot, pick(rng, _ENDS)]
    return " ".join(
        first_upper(line.replace("{x}", kind).replace("{n}", who).replace("{p}", place)) for line in lines
    )


def _kind(rng: random.Random) -> str:
    return pick(rng, OTHERS) if rng.random() < 0.12 else pick(rng, ANIMALS)


def _adjective(rng: random.Random, kind: str) -> str:
    """The kind with an article and now and then an adjective, which the story leaves out."""
    if rng.random() < 0.15:
        return an(
            pick(
                rng,
                (
                    "small",
                    "little",
                    "brave",
                    "lazy",
                    "clever",
                    "happy",
                    "sad",
                    "old",
                    "young",
                    "white",
                    "shy",
                    "hungry",
                    "friendly",
                ),
            )
            + " "
            + kind
        )
    return an(kind)


def _ask(rng: random.Random, forms: tuple[str, ...], kind: str, who: str, old: str = "") -> str:
    text = say(rng, forms, a=_adjective(rng, kind), x=kind, x0=old, n="{n}")
    if text.startswith("{n}"):
        return roughen(rng, text, leads=False, typos=False).replace("{N}", "{n}").replace("{n}", who)
    shown = who.lower() if rng.random() < 0.05 else who
    return roughen(rng, text).replace("{N}", "{n}").replace("{n}", shown)


def talk(rng: random.Random) -> list[Turn]:
    """A story, perhaps another one, perhaps a question about it."""
    kind, who = _kind(rng), name(rng)
    shape = rng.random()
    forms = _ASK if shape < 0.8 else _ASK_ANIMAL if shape < 0.93 else _ASK_ANY
    if forms is not _ASK:
        who = pick(rng, ("Ruby", "Max", "Luna", "Felix", "Daisy", "Oscar"))
    if forms is _ASK_ANY:
        kind = pick(rng, ("fox", "bear", "hedgehog", "cat"))
    turns = [(_ask(rng, forms, kind, who), story(rng, kind, who))]
    while rng.random() < 0.42:
        step = rng.random()
        if step < 0.42:
            kind, who = _kind(rng), name(rng)
            turns.append((_ask(rng, _AGAIN, kind, who), story(rng, kind, who)))
        elif step < 0.55:
            turns.append((_ask(rng, _MORE, kind, who), story(rng, kind, who)))
        elif step < 0.65:
            old, kind = kind, _kind(rng)
            turns.append((_ask(rng, _CHANGE, kind, who, old), story(rng, kind, who)))
        elif step < 0.72:
            who = name(rng)
            turns.append((_ask(rng, _RENAME, kind, who, kind), story(rng, kind, who)))
        elif step < 0.9:
            turns.append((_ask(rng, _WHAT_NAME, kind, who), f"The {kind} was named {who}."))
        else:
            turns.append((_ask(rng, _WHAT_ANIMAL, kind, who), f"{who} was {an(kind)}."))
    return turns
