"""A header without its vocabulary: all that decides how much memory a model needs, in a few kilobytes."""

from __future__ import annotations

import struct

from backend.gguf.header import Header
from backend.gguf.types import ValueType

_BULKY = (
    "tokenizer.ggml.tokens",
    "tokenizer.ggml.scores",
    "tokenizer.ggml.token_type",
    "tokenizer.ggml.merges",
    "tokenizer.ggml.precompiled_charsmap",
    "tokenizer.huggingface.json",
    "tokenizer.chat_template",
)
_MODEL = "tokenizer.ggml.model"
_ENTRIES_AT = 16
"""Where the number of entries stands: after the magic, the version and the number of tensors."""
_FIRST_ENTRY = 24


def can_be_slim(header: Header) -> bool:
    """Whether the vocabulary may be replaced by its size alone: it says how long it is, and its keys are
    where they should be."""
    tokens = header.array("tokenizer.ggml.tokens")
    return bool(header.complete and tokens and header.architecture and header.text(_MODEL))


def slim(header: Header, raw: bytes) -> bytes:
    """The bytes of a header like that in `raw`, with the tokenizer ``none`` and the size of the vocabulary in
    place of the vocabulary. The tensor table is kept as it is.

    Args:
        header: What was read from `raw`; `can_be_slim` said yes.
    """
    tokens = header.array("tokenizer.ggml.tokens")
    assert tokens is not None
    size_key = header.key("vocab_size")
    dropped = {*_BULKY, _MODEL, size_key}
    kept = [raw[start:end] for key, (start, end) in header.spans.items() if key not in dropped]
    kept += [
        _key(_MODEL) + struct.pack("<IQ", ValueType.STRING, 4) + b"none",
        _key(size_key) + struct.pack("<II", ValueType.UINT32, tokens.count),
    ]
    table = max((end for _, end in header.spans.values()), default=_FIRST_ENTRY)
    return b"".join(
        (
            raw[:_ENTRIES_AT],
            struct.pack("<Q", len(kept)),
            *kept,
            raw[table : header.header_bytes],
        )
    )


def _key(name: str) -> bytes:
    data = name.encode()
    return struct.pack("<Q", len(data)) + data
