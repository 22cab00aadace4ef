"""Finds out which kind of tokenizer a repository has, and reads it with its chat templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from backend.worker.convert import sentencepiece
from backend.worker.convert.bpe import read_bpe
from backend.worker.convert.config import Config
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import JSON_LIMIT, Repository
from backend.worker.convert.vocabulary import SETTINGS, TOKENIZER, Vocabulary, set_special, steps

_TEMPLATE_LIMIT = 1 << 20
_NAME = re.compile(r"[a-z0-9_]{1,64}")


def read_tokenizer(repository: Repository, config: Config, size: int) -> Vocabulary:
    """The tokenizer, padded to the `size` of the token embedding.

    Raises:
        Refusal: There is none, or the engine would tokenize differently.
    """
    tokenizer = repository.json(TOKENIZER, JSON_LIMIT) or {}
    settings = repository.json(SETTINGS) or {}
    if tokenizer and _byte_level(tokenizer):
        vocabulary = read_bpe(tokenizer, settings, size)
    elif (data := repository.read(sentencepiece.MODEL, JSON_LIMIT)) is not None:
        vocabulary = sentencepiece.read_model(data, tokenizer, settings, size)
    elif tokenizer:
        vocabulary = sentencepiece.read_json(tokenizer, settings, size)
    else:
        refuse("tokenizer", TOKENIZER, "neither this file nor tokenizer.model is there")
    set_special(vocabulary, tokenizer, settings, config)
    vocabulary.templates = _templates(repository, settings)
    return vocabulary


def _byte_level(tokenizer: Mapping[str, Any]) -> bool:
    """Whether letters stand for bytes; also of tokenizers whose pre-tokenizer nobody knows, so that it is
    named."""
    model = tokenizer.get("model")
    if isinstance(model, dict) and model.get("byte_fallback"):
        return False
    kinds = [
        step.get("type")
        for step in steps(tokenizer.get("pre_tokenizer"), "pretokenizers", f"{TOKENIZER}: pre_tokenizer")
    ]
    return "Metaspace" not in kinds


def _templates(repository: Repository, settings: Mapping[str, Any]) -> dict[str, str]:
    """Chat templates by name."""
    alone = repository.text("chat_template.jinja", _TEMPLATE_LIMIT)
    if alone is None:
        value = settings.get("chat_template")
        if value is None:
            value = (repository.json("chat_template.json") or {}).get("chat_template")
    else:
        value = alone
    if value is None:
        return {}
    where = f"{SETTINGS}: chat_template"
    listed = [{"name": "default", "template": value}] if isinstance(value, str) else value
    if not isinstance(listed, list):
        refuse("unreadable", where, "a text or a list expected")
    found = {}
    for one in listed:
        name, text = (one.get("name"), one.get("template")) if isinstance(one, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(text, str) or not _NAME.fullmatch(name):
            refuse("unreadable", where, f"{one!r:.100}")
        if len(text) > _TEMPLATE_LIMIT:
            refuse("unreadable", where, f"longer than {_TEMPLATE_LIMIT} characters")
        found[name] = text
    return found
