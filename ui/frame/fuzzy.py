"""How well a few typed letters match a text."""

from __future__ import annotations

import unicodedata


def _folded(text: str) -> str:
    """Lower case without accents, so that "zolw" finds "Żółw". The length is kept letter by letter."""
    letters = []
    for letter in text:
        plain = unicodedata.normalize("NFKD", letter)[:1].casefold()[:1] or letter
        letters.append({"ł": "l", "đ": "d", "ø": "o"}.get(plain, plain))
    return "".join(letters)


def score(pattern: str, text: str) -> int | None:
    """Points for the letters of `pattern` found in order in `text`; None where one is missing.

    Runs of letters, beginnings of words and an early start count; an empty pattern matches everything with 0.
    """
    needle, hay = _folded(pattern.strip()), _folded(text)
    if not needle:
        return 0
    whole = hay.find(needle)
    if whole >= 0:
        begins_word = whole == 0 or not hay[whole - 1].isalnum()
        return 1000 + (300 if begins_word else 0) - min(whole, 100) - min(len(hay), 100) // 10
    total, place, previous = 0, 0, -2
    for letter in needle:
        if letter == " ":
            continue
        found = hay.find(letter, place)
        if found < 0:
            return None
        total += 10
        if found == previous + 1:
            total += 15
        if found == 0 or not hay[found - 1].isalnum():
            total += 12
        total -= min(found - place, 8)
        previous, place = found, found + 1
    return total
