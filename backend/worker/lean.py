"""A stand-in for a model file, with its shapes but without its vocabulary and weights.

The engine reads the whole header again for each type that it plans, and nearly all of a header is vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backend.gguf.encoding import key_value, padded, preamble, tensor_entry
from backend.gguf.header import Header
from backend.gguf.types import Array, ValueType

_LEFT_OUT = ("tokenizer.", "split.")


def write_lean(path: Path, headers: Sequence[Header]) -> Path:
    """Write the stand-in for the parts of one model; its weights are a hole that takes no space.

    Raises:
        OSError: It cannot be written.
    """
    first = headers[0]
    keys = b""
    count = 0
    for key, value in first.metadata.items():
        if key.startswith(_LEFT_OUT) or (isinstance(value, Array) and value.raw is None):
            continue
        keys += key_value(key, first.types[key], value)
        count += 1
    if first.n_vocab is not None and (key := first.key("vocab_size")) not in first.metadata:
        keys += key_value(key, ValueType.UINT32, first.n_vocab)  # else it is counted from the vocabulary
        count += 1
    tensors = [tensor for header in headers for tensor in header.tensors]
    table, offset = b"", 0
    for tensor in tensors:
        table += tensor_entry(tensor, offset)
        offset += padded(tensor.nbytes, first.alignment)
    head = preamble(len(tensors), count) + keys + table
    with path.open("wb") as file:
        file.write(head)
        file.truncate(padded(len(head), first.alignment) + offset)
    return path
