"""What a tokenizer becomes in GGUF, and what its two kinds have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import gguf

from backend.worker.convert.config import Config
from backend.worker.convert.refusal import refuse

TOKENIZER, SETTINGS = "tokenizer.json", "tokenizer_config.json"
KINDS = gguf.TokenType
_CONTROL = ("<pad>", "<mask>", "<2mass>", "[@BOS@]")
_BRACKETS = (("<|", "|>"), ("<｜", "｜>"), ("<unused", ">"))


@dataclass(frozen=True, slots=True)
class Added:
    """A token that stands beside the vocabulary proper."""

    id: int
    text: str
    special: bool


@dataclass(slots=True)
class Vocabulary:
    """Everything below ``tokenizer.``.

    Attributes:
        model: ``gpt2`` for byte-level BPE, ``llama`` for SentencePiece.
        pre: Name that llama.cpp gives the way of splitting text.
        texts, kinds: Of every token, by id.
        scores: Of every token, for SentencePiece.
        merges: For BPE.
        space_prefix: Whether text gets a space in front; None leaves it to the engine.
        ids: Of special tokens: ``bos``, ``eos``, ``unk``, ``pad``.
        templates: Chat templates by name; the usual one is ``default``.
        notes: Codes of what the person should know.
    """

    model: str
    pre: str
    texts: list[str]
    kinds: list[int]
    scores: list[float] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    add_bos: bool = False
    add_eos: bool = False
    space_prefix: bool | None = None
    ids: dict[str, int] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def empty(model: str, pre: str, size: int) -> Vocabulary:
    """A vocabulary of `size` unused tokens."""
    return Vocabulary(model, pre, [f"[PAD{number}]" for number in range(size)], [int(KINDS.UNUSED)] * size)


def added_tokens(tokenizer: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Added]:
    """The added tokens of ``tokenizer.json``, or where it has none those of ``tokenizer_config.json``.

    Raises:
        Refusal: One is malformed, or matches in a way that the engine does not know.
    """
    listed = tokenizer.get("added_tokens")
    where = f"{TOKENIZER}: added_tokens"
    if not listed:
        decoder = settings.get("added_tokens_decoder") or {}
        where = f"{SETTINGS}: added_tokens_decoder"
        if not isinstance(decoder, dict) or not all(isinstance(one, dict) for one in decoder.values()):
            refuse("unreadable", where, "an object of objects expected")
        listed = [
            {"id": int(key) if key.isascii() and key.isdigit() else None, **one}
            for key, one in decoder.items()
        ]
    if not isinstance(listed, list):
        refuse("unreadable", where, "a list expected")
    found = []
    for one in listed:
        if not isinstance(one, dict):
            refuse("unreadable", where, "a list of objects expected")
        number, text, special = one.get("id"), one.get("content"), one.get("special", False)
        if type(number) is not int or not isinstance(text, str) or not text or type(special) is not bool:
            refuse("unreadable", where, f"{one!r:.200}")
        if one.get("single_word"):
            refuse("tokenizer", where, f"single_word of {text!r:.60} is not supported")
        found.append(Added(number, text, special))
    return found


def strips(tokenizer: Mapping[str, Any]) -> bool:
    """Whether an added token takes the spaces beside it."""
    return any(
        isinstance(one, dict) and (one.get("lstrip") or one.get("rstrip"))
        for one in tokenizer.get("added_tokens") or ()
    )


def place_added(vocabulary: Vocabulary, added: list[Added], *, spaces: bool) -> None:
    """Give every added token its text and kind.

    Args:
        spaces: In this kind of vocabulary ``▁`` stands for a space, which user-defined tokens spell out.
    """
    for one in added:
        if not 0 <= one.id < len(vocabulary.texts):  # the model has no weights for it
            vocabulary.notes.append("tokens")
            continue
        text = one.text
        if one.special or _looks_special(text):
            kind = KINDS.CONTROL
        else:
            kind = KINDS.USER_DEFINED
            text = text.replace("▁", " ") if spaces else text
        if vocabulary.kinds[one.id] in (KINDS.UNKNOWN, KINDS.BYTE):
            continue  # these keep their meaning
        vocabulary.texts[one.id], vocabulary.kinds[one.id] = text, int(kind)
        if vocabulary.scores:
            vocabulary.scores[one.id] = -1000.0


def check_id(number: int, size: int, where: str) -> None:
    if not 0 <= number < size:
        refuse("tokenizer", where, f"token {number}, but config.json: vocab_size is {size}")


def _looks_special(text: str) -> bool:
    """Some models mark tokens that control them as ordinary; llama.cpp's converter knows them like this."""
    return text in _CONTROL or any(
        text.startswith(opening) and text.endswith(closing) for opening, closing in _BRACKETS
    )


def set_special(
    vocabulary: Vocabulary, tokenizer: Mapping[str, Any], settings: Mapping[str, Any], config: Config
) -> None:
    """Find the ids of special tokens, and whether texts begin or end with one.

    Raises:
        Refusal: ``tokenizer.json`` puts more around a text than the engine can.
    """
    numbers: dict[str, int] = {}
    for number, text in enumerate(vocabulary.texts):
        numbers.setdefault(text, number)
    for name in ("bos", "eos", "unk", "pad"):
        found = _special(name, numbers, settings, config)
        if found is not None and 0 <= found < len(vocabulary.texts):
            vocabulary.ids[name] = found
    first, last = _around(tokenizer)
    if tokenizer.get("post_processor") is None:
        vocabulary.add_bos = settings.get("add_bos_token", vocabulary.model == "llama") is True
        vocabulary.add_eos = settings.get("add_eos_token", False) is True
        return
    for put, name in ((first, "bos"), (last, "eos")):
        if put is not None and numbers.get(put) != vocabulary.ids.get(name):
            refuse("tokenizer", f"{TOKENIZER}: post_processor", f"{put!r:.60} is not the {name} token")
    vocabulary.add_bos, vocabulary.add_eos = first is not None, last is not None


def _special(
    name: str, numbers: Mapping[str, int], settings: Mapping[str, Any], config: Config
) -> int | None:
    """The id of a special token, by its text or else by its number."""
    text = settings.get(f"{name}_token")
    text = text.get("content") if isinstance(text, dict) else text
    if isinstance(text, str) and text in numbers:
        return numbers[text]
    given = config.value(f"{name}_token_id")
    given = given[0] if isinstance(given, list) and given else given
    return given if type(given) is int else None


def _around(tokenizer: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The special tokens before and after a text."""
    where = f"{TOKENIZER}: post_processor"
    first: str | None = None
    last: str | None = None
    for one in steps(tokenizer.get("post_processor"), "processors", where):
        if one.get("type") == "ByteLevel":
            continue
        if one.get("type") != "TemplateProcessing":
            refuse("tokenizer", where, f"{one.get('type')!r:.60} is not supported")
        before: list[str] = []
        after: list[str] = []
        seen = False
        for item in one.get("single") or ():
            if "Sequence" in item:
                seen = True
            else:
                name = item.get("SpecialToken", {}).get("id")
                (after if seen else before).append(str(name))
        if not seen or len(before) > 1 or len(after) > 1:
            refuse("tokenizer", where, f"{one.get('single')!r:.200}")
        first = before[0] if before else first
        last = after[0] if after else last
    return first, last


def steps(value: object, parts: str, where: str) -> Iterator[Mapping[str, Any]]:
    """The steps of a pre-tokenizer, normalizer or post-processor: sequences are unpacked."""
    if value is None:
        return
    if not isinstance(value, dict):
        refuse("unreadable", where, "an object expected")
    if value.get("type") != "Sequence":
        yield value
        return
    inner = value.get(parts)
    if not isinstance(inner, list) or not all(
        isinstance(one, dict) and one.get("type") != "Sequence" for one in inner
    ):
        refuse("tokenizer", where, "a plain sequence expected")
    yield from inner
