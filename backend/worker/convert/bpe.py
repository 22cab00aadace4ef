"""Byte-level BPE out of ``tokenizer.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.worker.convert.refusal import refuse
from backend.worker.convert.splitting import recognise
from backend.worker.convert.vocabulary import (
    KINDS,
    TOKENIZER,
    Vocabulary,
    added_tokens,
    check_id,
    empty,
    place_added,
    steps,
    strips,
)


def read_bpe(tokenizer: Mapping[str, Any], settings: Mapping[str, Any], size: int) -> Vocabulary:
    """The vocabulary, padded to the `size` of the token embedding.

    Raises:
        Refusal: It does something that the engine does not.
    """
    model = checked_model(tokenizer)
    if model.get("byte_fallback") or model.get("fuse_unk"):
        refuse("tokenizer", f"{TOKENIZER}: model.byte_fallback", "not with a byte-level pre-tokenizer")
    splitting = recognise(tokenizer, bool(model.get("ignore_merges")))
    vocabulary = empty("gpt2", splitting.name, size)
    if not splitting.exact:
        vocabulary.notes.append("splitting")
    for step in steps(tokenizer.get("normalizer"), "normalizers", f"{TOKENIZER}: normalizer"):
        if step.get("type") != "NFC":
            refuse("tokenizer", f"{TOKENIZER}: normalizer", f"{step.get('type')!r:.60} is not supported")
        vocabulary.notes.append("nfc")
    for text, number in model["vocab"].items():
        check_id(number, size, f"{TOKENIZER}: model.vocab")
        vocabulary.texts[number], vocabulary.kinds[number] = text, int(KINDS.NORMAL)
    place_added(vocabulary, added_tokens(tokenizer, settings), spaces=False)
    if strips(tokenizer):
        vocabulary.notes.append("strips")
    vocabulary.merges = [f"{left} {right}" for left, right in merge_pairs(model)]
    return vocabulary


def checked_model(tokenizer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The BPE model of ``tokenizer.json``, of the types that it must have and without what no engine does.

    Raises:
        Refusal: It is malformed, or of another kind.
    """
    model = tokenizer.get("model")
    if not isinstance(model, dict) or model.get("type", "BPE") != "BPE":
        kind = model.get("type") if isinstance(model, dict) else None
        refuse("tokenizer", f"{TOKENIZER}: model.type", f"{kind!r:.60} is not supported")
    for key in ("dropout", "continuing_subword_prefix", "end_of_word_suffix"):
        if model.get(key):
            refuse("tokenizer", f"{TOKENIZER}: model.{key}", f"{model[key]!r:.60} is not supported")
    words = model.get("vocab")
    if not isinstance(words, dict) or not words or any(type(number) is not int for number in words.values()):
        refuse("unreadable", f"{TOKENIZER}: model.vocab", "an object of numbers expected")
    if len(set(words.values())) != len(words):
        refuse("unreadable", f"{TOKENIZER}: model.vocab", "two tokens have the same number")
    return model


def merge_pairs(model: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The merges in order; both ways of writing them down are known.

    Raises:
        Refusal: One is malformed, or of tokens that do not exist.
    """
    where = f"{TOKENIZER}: model.merges"
    listed, words = model.get("merges"), model["vocab"]
    if not isinstance(listed, list):
        refuse("unreadable", where, "a list expected")
    pairs = []
    for one in listed:
        parts = one.split(" ") if isinstance(one, str) else one
        if not isinstance(parts, list) or len(parts) != 2 or not all(isinstance(part, str) for part in parts):
            refuse("unreadable", where, f"{one!r:.100}")
        left, right = parts
        if left not in words or right not in words or left + right not in words:
            refuse("unreadable", where, f"{one!r:.100} is of tokens that do not exist")
        if " " in left or " " in right:
            refuse("tokenizer", where, f"{one!r:.100} holds a space")
        pairs.append((left, right))
    return pairs
