"""The little of the protobuf format that a SentencePiece model needs."""

from __future__ import annotations

import struct
from collections.abc import Iterator

Value = int | float | bytes


class BadMessage(ValueError):
    """Not a protobuf message."""


def fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """The fields of one message: number and value; 32-bit values as float.

    Raises:
        BadMessage: It ends in the middle of a field, or uses a retired type.
    """
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == 2:
            length, at = _varint(data, at)
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise BadMessage(f"wire type {kind} at byte {at}")
        end = at + length
        if end > len(data):
            raise BadMessage(f"a field of {length} bytes at byte {at} of {len(data)}")
        part = data[at:end]
        yield number, struct.unpack("<f", part)[0] if kind == 5 else part
        at = end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise BadMessage(f"a number at byte {at} does not end")
