# ruff: noqa: SIM905
"""Sums, differences and small products, with follow-ups that go on from the last result."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say
from .words import NAMES

WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty""".split()

_THINGS = (
    "apples",
    "oranges",
    "coins",
    "books",
    "stamps",
    "toys",
    "cards",
    "eggs",
    "cookies",
    "pencils",
    "balls",
    "flowers",
)

_PLUS = (
    "What is {a} + {b}?",
    "What is {a} plus {b}?",
    "What's {a} plus {b}?",
    "{a} + {b}",
    "{a}+{b}",
    "{a} + {b} =",
    "{a}+{b}=?",
    "{a} plus {b}",
    "How much is {a} [+|plus|and] {b}?",
    "[calculate|compute|work out|solve|do] {a} [+|plus] {b}.",
    "Add {a} and {b}.",
    "Add {b} to {a}.",
    "[what|how much] do {a} and {b} [make|give]?",
    "What is the sum of {a} and {b}?",
    "The sum of {a} and {b}?",
    "sum {a} and {b}",
    "[can|could|will] you [add|sum] {a} and {b}?",
    "[what do you get|what do I get] when [you|I] add {a} and {b}?",
    "What does {a} + {b} [equal|make|give]?",
    "{a} plus {b} [is|equals|makes] [what|how much|]?",
    "If I have {a} [apples|oranges|euros|books] and [get|buy|find] {b} more, how many do I have?",
    "I have {a} [apples|oranges|coins|cats] and {b} [more|others]. How many [in total|altogether|is that]?",
    "[total|result] of {a} and {b}?",
    "[can|could] you [tell me|calculate|work out|compute] [what |how much |]{a} [+|plus] {b}[ is|]?",
    "{a} and {b} is how much?",
    "[maths|math|sum|easy one]: {a} + {b}",
    "How many is {a} and {b} [together|in all|in total]?",
    "Put {a} and {b} together.",
    "What comes out of {a} + {b}?",
    "{a} [and|plus|+] {b} [gives|equals|adds up to|comes out as|becomes] [what|how much]?",
    "[which|what] number is {a} + {b}?",
    "[find|get|determine] {a} + {b}",
    "{n} has {a} {o} and [buys|finds|is given|picks] {b} more. How many {o} does {n} have[ now|]?",
    "[what|how much] would {a} and {b} be?",
    "{a}, and {b} more, makes?",
    "[I bought|we have|she has|he has] {a} {o} and then {b} {o}. How many [is that|are there|in all]?",
    "[is|would] {a} plus {b} [be |]what?",
    "take {a} and add {b}",
    "[start|begin] with {a} and add {b}.",
    "increase {a} by {b}",
    "{b} more than {a} is?",
    "{a} [more |]plus another {b}?",
    "adding {a} and {b} gives?",
    "the answer of {a} + {b}",
    "There are {a} [birds|children|cars]. {b} more come. How many are there?",
    "[give me|I need] the [sum|total] of {a} and {b}.",
)
_MINUS = (
    "What is {a} - {b}?",
    "What is {a} minus {b}?",
    "What's {a} minus {b}?",
    "{a} - {b}",
    "{a}-{b}",
    "{a} - {b} =",
    "{a} minus {b}",
    "How much is {a} [-|minus] {b}?",
    "[calculate|compute|work out|solve|do] {a} [-|minus] {b}.",
    "[take|subtract] {b} [away |]from {a}.",
    "[what|how much] is {a} take away {b}?",
    "{a} take away {b}",
    "What is the difference between {a} and {b}?",
    "What does {a} - {b} [equal|make|give]?",
    "If I have {a} [apples|oranges|euros|sweets] and [eat|lose|give away|spend] {b}, how many are left?",
    "{a} less {b}?",
    "[can|could] you [tell me|calculate|work out] [what |how much |]{a} [-|minus] {b}[ is|]?",
    "I had {a} [eggs|coins] and [lost|used] {b}. How many do I have [now|left]?",
    "{a} minus {b} [gives|equals|comes out as|becomes|leaves] [what|how much]?",
    "[which|what] number is {a} - {b}?",
    "[find|get|determine] {a} - {b}",
    "{n} has {a} {o} and [loses|eats|sells|gives away] {b}. How many {o} are left?",
    "decrease {a} by {b}",
    "{b} less than {a} is?",
    "what [remains|stays|is left] of {a} after taking {b}?",
    "[start|begin] with {a} and take away {b}.",
    "remove {b} from {a}",
    "[we had|there were] {a} {o}, {b} are gone. How many are left?",
    "from {a} take {b}",
    "{a} reduced by {b}",
    "[is|would] {a} minus {b} [be |]what?",
    "take {b} off {a}",
    "How many is {a} without {b}?",
    "What is left if I take {b} from {a}?",
)
_TIMES = (
    "What is {a} [times|x|*|multiplied by] {b}?",
    "{a} [x|*|times] {b}",
    "{a}*{b}",
    "How much is {a} [times|x|*] {b}?",
    "Multiply {a} [by|and|with] {b}.",
    "[calculate|compute|work out] {a} [times|*|x] {b}.",
    "What is the product of {a} and {b}?",
)
_NEXT_PLUS = (
    "And plus {b}?",
    "plus {b}",
    "+ {b}",
    "And {b} more?",
    "Now add {b}.",
    "[and|now] add {b} [to that|to it|more]",
    "Add {b}[ more|].",
    "and if I add {b}?",
    "And with {b} more?",
    "What if I add {b}?",
    "then plus {b}?",
    "And another {b}?",
    "[plus|add] {b} to [that|the result|it]",
    "And + {b}?",
)
_NEXT_MINUS = (
    "And minus {b}?",
    "minus {b}",
    "- {b}",
    "And {b} less?",
    "Now [take away|subtract] {b}.",
    "[and|now] take {b} [away|from that|off]",
    "and if I take {b} away?",
    "then minus {b}?",
    "And less {b}?",
    "subtract {b} from [that|it|the result]",
    "And - {b}?",
)
_BIG = "[That is too big for me|Those numbers are too big for me]: I only learned sums with numbers up to 20."


def _show(rng: random.Random, number: int, words: bool) -> str:
    return WORDS[number] if words and number <= 20 else str(number)


def _ask(rng: random.Random, forms: tuple[str, ...], a: int, b: int) -> str:
    words = rng.random() < 0.25
    return roughen(
        rng,
        say(
            rng,
            forms,
            a=_show(rng, a, words),
            b=_show(rng, b, words),
            n=pick(rng, NAMES),
            o=pick(rng, _THINGS),
        ),
        typos=False,
    )


def talk(rng: random.Random) -> list[Turn]:
    """A sum and perhaps one or two follow-ups."""
    kind = rng.random()
    a, b = int(rng.random() * 21), int(rng.random() * 21)
    if kind < 0.03:
        a, b = 21 + int(rng.random() * 980), 21 + int(rng.random() * 980)
        if rng.random() < 0.3:
            b = int(rng.random() * 21)
        return [(_ask(rng, _PLUS + _MINUS + _TIMES, a, b), say(rng, _BIG))]
    if kind < 0.64:
        result = a + b
        turns = [(_ask(rng, _PLUS, a, b), f"{a} + {b} = {result}.")]
    elif kind < 0.88:
        a, b = max(a, b), min(a, b)
        result = a - b
        turns = [(_ask(rng, _MINUS, a, b), f"{a} - {b} = {result}.")]
    else:
        a, b = int(rng.random() * 11), int(rng.random() * 11)
        result = a * b
        return [(_ask(rng, _TIMES, a, b), f"{a} × {b} = {result}.")]
    while rng.random() < 0.42:
        step = 1 + int(rng.random() * 10)
        if rng.random() < 0.65 and result + step <= 50:
            turns.append((_ask(rng, _NEXT_PLUS, 0, step), f"{result} + {step} = {result + step}."))
            result += step
        elif result >= step:
            turns.append((_ask(rng, _NEXT_MINUS, 0, step), f"{result} - {step} = {result - step}."))
            result -= step
    return turns
