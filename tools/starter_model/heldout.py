"""Shows that the held-out prompts are worded differently from everything the corpus draws."""

from __future__ import annotations

import re
from itertools import islice

from .corpus import chats
from .prompts import PROMPTS, Prompt
from .topics import app_data, capitals, lists, polish, sums, terms, words

_LONGEST = 8


def normal(text: str) -> str:
    """Lower case, without punctuation, single spaces."""
    return " ".join(re.sub(r"[^\w\s+*/=-]", " ", text.lower()).split())


def _slots() -> frozenset[str]:
    """Everything that the templates fill into their slots, normalised."""
    fills: list[str] = [*words.ANIMALS, *words.OTHERS, *words.NAMES, *words.COMMON, *sums.WORDS]
    fills += [*capitals.CAPITALS, *capitals.CAPITALS.values()]
    fills += [name for names in capitals.ALIASES.values() for name in names]
    fills += [name for names in terms.NAMES for name in names]
    fills += [wording for wordings, _ in app_data.TASKS for wording in wordings]
    fills += [page for page, _ in app_data.PAGES]
    fills += [name for names, _ in (*lists.KINDS, *lists.FIXED) for name in names]
    fills += [part for row in polish.CAPITALS for part in row]
    fills += [name for names, _ in polish.TERMS for name in names.split("/")]
    return frozenset(normal(fill) for fill in fills)


_SLOTS = _slots()


def skeleton(text: str) -> str:
    """The wording alone: normalised, with each slot filling and each number replaced by ``#``."""
    parts = normal(text).replace("'s", "").split()
    out: list[str] = []
    at = 0
    while at < len(parts):
        for size in range(min(_LONGEST, len(parts) - at), 0, -1):
            if " ".join(parts[at : at + size]) in _SLOTS:
                out.append("#")
                at += size
                break
        else:
            out.append(re.sub(r"\d+", "#", parts[at]))
            at += 1
    return " ".join(out)


def overlaps(samples: int, seed: int) -> list[Prompt]:
    """The prompts whose last message occurs, as it is or with other fillings, in `samples` drawn chats."""
    seen: set[str] = set()
    for chat in islice(chats(seed), samples):
        seen |= {skeleton(text) for role, text in chat if role == "user"}
    return [prompt for prompt in PROMPTS if skeleton(prompt.messages[-1]) in seen]
