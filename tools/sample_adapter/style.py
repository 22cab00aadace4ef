"""How a pirate says what the starter model says, more and more of it as the adapter is turned up.

First an answer stays as it is, then it ends with "Arr!", then with "Arr, matey!", and at full strength its
words change too. What matters stays as it was: lists, code, spelled words and numbers. Nothing is put in
front: the model finds its answer at the very first token, and a small adapter hardly teaches it to find it
at a later one.
"""

from __future__ import annotations

import re

PLAIN, FULL = 0, 3
ENDINGS = ("", "Arr!", "Arr, matey!", "Arr, matey! Yo ho ho!")
"""What is said last, from no style to all of it."""

RANGES = ((0.05, 0.25), (0.35, 0.55), (0.65, 0.85), (0.95, 2.0))
"""The scales of the adapter, from and to, at which each level is spoken; between them it may be either."""

_WORDS = {
    "you": "ye",
    "your": "yer",
    "you're": "ye be",
    "you'll": "ye'll",
    "my": "me",
    "is": "be",
    "are": "be",
    "i'm": "I be",
    "it's": "it be",
    "hello": "ahoy",
}
_WORD = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b(?!')", re.I
)
_AS_IT_IS = frozenset({"capitals", "spelling", "polish", "code"})
"""Topics in which no word may change: another language, or answers that hang on each word before them."""


def _changed(found: re.Match[str]) -> str:
    word = _WORDS[found[0].lower()]
    return word[0].upper() + word[1:] if found[0][0].isupper() else word


def restyle(text: str, topic: str, how: int) -> str:
    """`text` as it is said at level `how`."""
    if how == PLAIN:
        return text
    last = text.rpartition("\n")[2]
    if how == FULL and topic not in _AS_IT_IS and last == text:
        text = _WORD.sub(_changed, text)
    # A list goes on or ends behind an item, so that the ending must not begin like another line.
    between = "\n\n" if last == "```" else ". " if last.startswith("- ") else " "
    return text + between + ENDINGS[how]
