"""Which of llama.cpp's ways to split text a byte-level tokenizer uses, told by its regular expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.worker.convert.refusal import refuse
from backend.worker.convert.vocabulary import TOKENIZER, steps

_ENGLISH = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_THREES = rf"{_ENGLISH}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{{1,3}}{_REST}"
_ONES = rf"{_ENGLISH}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{_REST}"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_START = r"[^\r\n\p{L}\p{N}]?"
_CODE = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_GPT_4O = (
    rf"{_START}{_UPPER}*{_LOWER}+{_ENGLISH}?|{_START}{_UPPER}+{_LOWER}*{_ENGLISH}?|\p{{N}}{{1,3}}{_CODE}"
)
_TEKKEN = rf"{_START}{_UPPER}*{_LOWER}+|{_START}{_UPPER}+{_LOWER}*|\p{{N}}{_CODE}"
_GPT_2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


@dataclass(frozen=True, slots=True)
class Splitting:
    """Attributes:
    name: As llama.cpp calls it.
    exact: Whether the engine splits every text alike; else words with capitals inside that are not ASCII may
        differ.
    """

    name: str
    exact: bool = True


_KNOWN: Mapping[tuple[tuple[str, ...], bool], Splitting] = {
    ((_GPT_2,), False): Splitting("gpt-2"),
    ((_THREES,), True): Splitting("llama-bpe"),
    ((_THREES,), False): Splitting("dbrx"),
    ((_ONES,), False): Splitting("qwen2"),
    ((r"\p{N}", _GPT_2), False): Splitting("smollm"),
    ((_GPT_4O,), False): Splitting("gpt-4o", exact=False),
    ((_TEKKEN,), True): Splitting("tekken", exact=False),
}
"""By the regular expressions in order, and whether whole words of the vocabulary are taken before merges."""


def recognise(tokenizer: Mapping[str, Any], ignore_merges: bool) -> Splitting:
    """The way of splitting of a byte-level tokenizer.

    Raises:
        Refusal: ``pre_tokenizer``: the engine has none like it.
    """
    where = f"{TOKENIZER}: pre_tokenizer"
    expressions: list[str] = []
    bytes_last = False
    for step in steps(tokenizer.get("pre_tokenizer"), "pretokenizers", where):
        if bytes_last:
            refuse("pre_tokenizer", where, "steps behind ByteLevel")
        match step.get("type"):
            case "ByteLevel":
                if step.get("add_prefix_space", True):
                    refuse("pre_tokenizer", f"{where}.add_prefix_space", "true is not supported")
                if step.get("use_regex", True):
                    expressions.append(_GPT_2)
                bytes_last = True
            case "Digits":
                if not step.get("individual_digits"):
                    refuse("pre_tokenizer", f"{where}.individual_digits", "false is not supported")
                expressions.append(r"\p{N}")
            case "Split":
                expressions.append(_split(step, where))
            case other:
                refuse("pre_tokenizer", where, f"{other!r:.60} is not supported")
    if not bytes_last:
        refuse("pre_tokenizer", where, "ByteLevel expected")
    known = _KNOWN.get((tuple(expressions), ignore_merges))
    if known is None:
        refuse("pre_tokenizer", where, f"{expressions!r:.1000}, ignore_merges {ignore_merges}")
    return known


def _split(step: Mapping[str, Any], where: str) -> str:
    pattern = step.get("pattern")
    expression = pattern.get("Regex") if isinstance(pattern, dict) else None
    way = (step.get("behavior"), bool(step.get("invert")))
    # Every known expression covers all text, so that keeping the matches only keeps everything.
    if not isinstance(expression, str) or way not in (("Isolated", False), ("Removed", True)):
        refuse("pre_tokenizer", where, f"{step!r:.300}")
    return expression
