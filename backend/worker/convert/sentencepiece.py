"""SentencePiece out of ``tokenizer.model``, or out of a ``tokenizer.json`` that is provably the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from backend.worker.convert.bpe import checked_model, merge_pairs
from backend.worker.convert.protobuf import BadMessage, fields
from backend.worker.convert.refusal import refuse
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

MODEL = "tokenizer.model"
_BPE = 2
_BYTE = tuple(f"<0x{number:02X}>" for number in range(256))


def read_model(
    data: bytes, tokenizer: Mapping[str, Any], settings: Mapping[str, Any], size: int
) -> Vocabulary:
    """Read ``tokenizer.model``; added tokens come from the JSON files.

    Raises:
        Refusal: It is damaged, or does something that the engine does not.
    """
    vocabulary = empty("llama", "default", size)
    vocabulary.scores = [-10_000.0] * size
    try:
        _fill(vocabulary, data, size)
    except (BadMessage, UnicodeDecodeError, TypeError) as error:
        refuse("unreadable", MODEL, str(error)[:200])
    place_added(vocabulary, added_tokens(tokenizer, settings), spaces=True)
    if strips(tokenizer):
        vocabulary.notes.append("strips")
    return vocabulary


def _fill(vocabulary: Vocabulary, data: bytes, size: int) -> None:
    number = 0
    kind_of_model = prefix = None
    for tag, value in fields(data):
        if tag == 1 and isinstance(value, bytes):
            check_id(number, size, f"{MODEL}: pieces")
            _piece(vocabulary, number, value)
            number += 1
        elif tag == 2 and isinstance(value, bytes):
            kind_of_model = dict(fields(value)).get(3, 1)
        elif tag == 3 and isinstance(value, bytes):
            prefix = _normalizer(dict(fields(value)))
    if kind_of_model != _BPE:
        refuse("tokenizer", f"{MODEL}: trainer_spec.model_type", "only BPE is supported")
    if not number or prefix is None:
        refuse("unreadable", MODEL, "no pieces, or no normalizer")
    vocabulary.space_prefix = prefix


def _piece(vocabulary: Vocabulary, number: int, data: bytes) -> None:
    text, score, kind = "", 0.0, int(KINDS.NORMAL)
    for tag, value in fields(data):
        if tag == 1 and isinstance(value, bytes):
            text = value.decode("utf-8")
        elif tag == 2 and isinstance(value, float) and math.isfinite(value):
            score = value
        elif tag == 3 and isinstance(value, int):
            kind = value
    if not text or kind not in list(KINDS):
        raise BadMessage(f"piece {number}")
    if kind == KINDS.USER_DEFINED:
        text = text.replace("▁", " ")
    vocabulary.texts[number], vocabulary.scores[number], vocabulary.kinds[number] = text, score, kind


def _normalizer(values: Mapping[int, Any]) -> bool:
    """Whether texts get a space in front."""
    if values.get(2):
        refuse("tokenizer", f"{MODEL}: normalizer_spec", "it changes characters, which is not supported")
    if values.get(4, 1):
        refuse("tokenizer", f"{MODEL}: normalizer_spec.remove_extra_whitespaces", "true is not supported")
    if not values.get(5, 1):
        refuse("tokenizer", f"{MODEL}: normalizer_spec.escape_whitespaces", "false is not supported")
    return bool(values.get(3, 1))


def read_json(tokenizer: Mapping[str, Any], settings: Mapping[str, Any], size: int) -> Vocabulary:
    """Derive the scores of SentencePiece from the merges of ``tokenizer.json``.

    SentencePiece joins the neighbours whose joint piece has the highest score, a list of merges those that
    stand first. Both give the same tokens where the merges of one piece stand together, and where every pair
    of pieces that makes up a piece is a merge.

    Raises:
        Refusal: They would not be the same, or it does something that the engine does not.
    """
    model = checked_model(tokenizer)
    if not model.get("byte_fallback") or any(byte not in model["vocab"] for byte in _BYTE):
        refuse("tokenizer", f"{TOKENIZER}: model.byte_fallback", "needed for this kind of tokenizer")
    if model.get("ignore_merges"):
        refuse("tokenizer", f"{TOKENIZER}: model.ignore_merges", "true is not supported here")
    vocabulary = empty("llama", "default", size)
    vocabulary.scores = [-10_000.0] * size
    vocabulary.space_prefix = _prefix(tokenizer)
    bytes_ = frozenset(_BYTE)
    unknown = model.get("unk_token")
    for text, number in model["vocab"].items():
        check_id(number, size, f"{TOKENIZER}: model.vocab")
        kind = KINDS.BYTE if text in bytes_ else KINDS.UNKNOWN if text == unknown else KINDS.NORMAL
        vocabulary.texts[number], vocabulary.kinds[number] = text, int(kind)
        vocabulary.scores[number] = 0.0
    added = added_tokens(tokenizer, settings)
    apart = bytes_ | {one.text for one in added} | {unknown}
    for text, rank in _ranks(model, apart).items():
        vocabulary.scores[model["vocab"][text]] = -float(rank)
    place_added(vocabulary, added, spaces=True)
    if strips(tokenizer):
        vocabulary.notes.append("strips")
    return vocabulary


def _ranks(model: Mapping[str, Any], apart: frozenset[str | None]) -> dict[str, int]:
    """The place of each piece that is merged from others, in the order of the merges."""
    words, where = model["vocab"], f"{TOKENIZER}: model.merges"
    ranks: dict[str, int] = {}
    last = ""
    pairs = merge_pairs(model)
    for left, right in pairs:
        piece = left + right
        if piece != last:
            if piece in ranks:
                refuse("tokenizer", where, f"the merges of {piece!r:.60} do not stand together")
            ranks[piece] = len(ranks) + 1
            last = piece
    known = set(pairs)
    for piece in words:
        if piece in apart:
            continue
        for cut in range(1, len(piece)):
            pair = (piece[:cut], piece[cut:])
            if pair[0] in words and pair[1] in words and pair not in known and not (apart & set(pair)):
                refuse("tokenizer", where, f"{pair!r:.100} is missing, so SentencePiece would differ")
    return ranks


def _prefix(tokenizer: Mapping[str, Any]) -> bool:
    """Whether texts get a space in front; checks that nothing else is done to them."""
    where = f"{TOKENIZER}: normalizer"
    prefix = replaced = False
    for step in steps(tokenizer.get("normalizer"), "normalizers", where):
        match step.get("type"):
            case "Prepend" if step.get("prepend") == "▁":
                prefix = True
            case "Replace" if step.get("pattern") == {"String": " "} and step.get("content") == "▁":
                replaced = True
            case other:
                refuse("tokenizer", where, f"{other!r:.60} is not supported")
    where = f"{TOKENIZER}: pre_tokenizer"
    for step in steps(tokenizer.get("pre_tokenizer"), "pretokenizers", where):
        match step.get("type"):
            case "Metaspace" if step.get("replacement") == "▁" and not step.get("split", True):
                prefix |= step.get("prepend_scheme", "always") != "never"
                replaced = True
            case "Split" if step.get("pattern") == {"String": " "} and replaced:
                pass  # there are no spaces left to split at
            case other:
                refuse("pre_tokenizer", where, f"{other!r:.60} is not supported")
    if not replaced:
        refuse("tokenizer", f"{TOKENIZER}: normalizer", "spaces are not replaced")
    return prefix
