"""How messages of the protocol become lines and lines become messages, with nothing taken on trust."""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum

from backend.workers.protocol import MAX_FRAME, Message


class ProtocolError(Exception):
    """The other end sent something that protocol version 1 does not allow."""


class FrameTooLarge(ProtocolError):
    """A message to be sent would exceed `MAX_FRAME`."""


Reader = Callable[[object], object]


def _plain(value: object) -> object:
    """`value` as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]


def _exactly(expected: type, value: object) -> object:
    if type(value) is not expected:
        raise ProtocolError(f"{expected.__name__} expected, not {type(value).__name__}")
    return value


def _number(value: object) -> object:
    if type(value) is not float and type(value) is not int:
        raise ProtocolError(f"number expected, not {type(value).__name__}")
    try:
        number = float(value)
    except OverflowError as error:
        raise ProtocolError("number too large") from error
    if math.isinf(number):  # what JSON makes of 1e999
        raise ProtocolError("number too large")
    return number


def _reader(hint: object) -> Reader:
    """A function that turns parsed JSON into a value of the annotated type, or raises `ProtocolError`."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is float:
        return _number
    if origin is typing.Literal:
        allowed = frozenset(arguments)

        def literal(value: object) -> object:
            if not isinstance(value, str) or value not in allowed:
                raise ProtocolError(f"one of {sorted(allowed)} expected")
            return value

        return literal
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda value: tuple(item(v) for v in typing.cast("list[object]", _exactly(list, value)))
    if origin is types.UnionType or origin is typing.Union:
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        enum = hint

        def member(value: object) -> object:
            try:
                return enum(_exactly(str, value))
            except ValueError as error:
                raise ProtocolError(str(error)) from error

        return member
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_reader(hint)
    if isinstance(hint, type) and hint in (str, int, bool):
        expected = hint
        return lambda value: _exactly(expected, value)
    raise TypeError(f"the protocol has no encoding for {hint!r}")


def _object_reader(cls: type) -> Reader:
    hints = typing.get_type_hints(cls)
    readers = {field.name: _reader(hints[field.name]) for field in fields(cls)}

    def read(value: object) -> object:
        data = typing.cast("dict[str, object]", _exactly(dict, value))
        if data.keys() != readers.keys():
            raise ProtocolError(
                f"{cls.__name__}: unexpected or missing fields {sorted(data.keys() ^ readers.keys())}"
            )
        return cls(**{name: reader(data[name]) for name, reader in readers.items()})

    return read


_READERS = {cls.__name__: _object_reader(cls) for cls in typing.get_args(Message)}


def encode(message: Message) -> bytes:
    """Return `message` as one line, newline included. Raises `ProtocolError` if it would exceed
    `MAX_FRAME`.
    """
    data = {"kind": type(message).__name__, **typing.cast("dict[str, object]", _plain(message))}
    try:
        line = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate: escape everything
        line = json.dumps(data, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    except ValueError as error:
        raise ProtocolError(f"{type(message).__name__}: {error}") from error
    if len(line) > MAX_FRAME:
        raise FrameTooLarge(f"{type(message).__name__} of {len(line)} bytes exceeds {MAX_FRAME}")
    return line


def _no_constant(name: str) -> typing.NoReturn:
    raise ProtocolError(f"{name} is not a number of the protocol")


def decode(line: bytes) -> Message:
    """Parse one line. Raises `ProtocolError` for everything that `encode` could not have written."""
    if len(line) > MAX_FRAME:
        raise ProtocolError(f"line of {len(line)} bytes")
    try:
        data = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not JSON: {line[:80]!r}") from error
    if not isinstance(data, dict):
        raise ProtocolError(f"not an object: {line[:80]!r}")
    reader = _READERS.get(str(data.pop("kind", "")))
    if reader is None:
        raise ProtocolError(f"unknown message: {line[:80]!r}")
    return typing.cast("Message", reader(data))


class FrameReader:
    """Cuts a byte stream into lines without ever holding more than one frame and one read beyond it."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that `data` completes. Raises `ProtocolError` as soon as a line is too long."""
        searched = len(self._pending)
        self._pending += data
        lines: list[bytes] = []
        start = 0
        while (end := self._pending.find(b"\n", max(start, searched))) >= 0:
            lines.append(bytes(self._pending[start:end]))
            start = end + 1
        del self._pending[:start]
        if len(self._pending) > MAX_FRAME or any(len(line) > MAX_FRAME for line in lines):
            raise ProtocolError(f"line longer than {MAX_FRAME} bytes")
        return lines

    @property
    def incomplete(self) -> bool:
        """Whether bytes of an unfinished line are held; at the end of a stream that is half a frame."""
        return bool(self._pending)
