"""Protocol version 1 between Orangery and its worker processes: one JSON object per line, UTF-8, over pipes.

A line is ``{"kind": "<message>", …fields}``. Every field is present and has exactly the type that the
dataclass declares; anything else is a `ProtocolError`, after which the process at the other end is not
trusted any more. The parent opens with `Hello`; the worker answers `Ready` and from then on sends `Beat` once
a second.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from backend.engines.types import (
    DeviceMemory,
    EngineDevice,
    EngineFlags,
    FinishReason,
    KvType,
    LoadOptions,
    Sampling,
    Timings,
    Turn,
)

VERSION = 1
MAX_FRAME = 16 * 1024 * 1024
"""Longest line in bytes, either way."""
BEAT_S = 1.0
"""Seconds between two heartbeats."""
SILENCE_S = 8.0
"""A worker that says nothing for this long is dead, stopped or swapped out; it is killed."""
DEFAULT_VARIANT = "default"


class ProtocolError(Exception):
    """The other end sent something that protocol version 1 does not allow."""


class FrameTooLarge(ProtocolError):
    """A message to be sent would exceed `MAX_FRAME`."""


@dataclass(frozen=True, slots=True)
class AdapterUse:
    """An adapter file and the scale at which a variant applies it."""

    path: str
    scale: float


@dataclass(frozen=True, slots=True)
class VariantOptions:
    """How a variant (a context of a loaded model) is made; the fields mean the same as in `LoadOptions`."""

    n_ctx: int | None = None
    kv_type: KvType = "f16"
    parallel: int = 1
    adapters: tuple[AdapterUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, without prose: the parent has the person's language and makes the sentence.

    Attributes:
        code: Code of the `AppError` it becomes.
        number: The count that was too large, where the code has one.
        limit: What it was compared with.
        detail: Technical lines.
    """

    code: str
    detail: str = ""
    number: int = 0
    limit: int = 0


# Parent to worker.


@dataclass(frozen=True, slots=True)
class Hello:
    protocol: int


@dataclass(frozen=True, slots=True)
class Load:
    """Open a model and make its default variant. Answer: `Progress`…, then `Loaded` or `Failed`."""

    request: int
    path: str
    options: LoadOptions
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class CreateVariant:
    """Make (or make anew) a variant. Answer: `VariantReady` or `Failed`."""

    request: int
    variant: str
    options: VariantOptions


@dataclass(frozen=True, slots=True)
class CloseVariant:
    """Free a variant; its running answers end as cancelled. Answer: `Done`."""

    request: int
    variant: str


@dataclass(frozen=True, slots=True)
class Generate:
    """Answer a conversation `answers` times. Answer: `Text`… and one `Ended` per answer."""

    request: int
    variant: str
    turns: tuple[Turn, ...]
    sampling: Sampling
    answers: int


@dataclass(frozen=True, slots=True)
class CountTokens:
    """Answer: `Counted` or `Failed`."""

    request: int
    variant: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """End every answer of an earlier `Generate`."""

    request: int


@dataclass(frozen=True, slots=True)
class Inspect:
    """Report the engine's build and devices. Answer: `Inspected`."""

    request: int


@dataclass(frozen=True, slots=True)
class TryModel:
    """Load a small model with these flags and decode a few tokens. Answer: `Tried`, `Failed`, or a dead
    process.
    """

    request: int
    path: str
    flags: EngineFlags


@dataclass(frozen=True, slots=True)
class RenderTemplate:
    """Render a chat template. `limit` is the longest output in characters. Answer: `Rendered` or `Failed`."""

    request: int
    template: str
    turns: tuple[Turn, ...]
    bos: str
    eos: str
    limit: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Free everything and exit."""


# Worker to parent.


@dataclass(frozen=True, slots=True)
class Ready:
    protocol: int
    engine: str
    pid: int


@dataclass(frozen=True, slots=True)
class Beat:
    """The worker is alive. `busy_s` is how long its slowest thread has made no progress in its present step
    (0: idle), `allowed_s` how long that step may take before the worker counts as hung."""

    busy_s: float
    allowed_s: float


@dataclass(frozen=True, slots=True)
class Progress:
    request: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Loaded:
    request: int
    name: str
    architecture: str
    parameters: int
    n_ctx: int
    n_ctx_train: int
    n_vocab: int
    memory: tuple[DeviceMemory, ...]
    rss: int
    load_s: float
    template_problem: Failure | None


@dataclass(frozen=True, slots=True)
class VariantReady:
    request: int
    n_ctx: int
    memory: tuple[DeviceMemory, ...]
    rss: int


@dataclass(frozen=True, slots=True)
class Done:
    request: int


@dataclass(frozen=True, slots=True)
class Text:
    request: int
    index: int
    text: str
    reasoning: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Ended:
    request: int
    index: int
    reason: FinishReason
    timings: Timings
    seed: int
    failure: Failure | None
    template_problem: Failure | None


@dataclass(frozen=True, slots=True)
class Counted:
    request: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Inspected:
    request: int
    build: str
    features: str
    devices: tuple[EngineDevice, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    request: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rendered:
    request: int
    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    request: int
    failure: Failure


Command = (
    Hello
    | Load
    | CreateVariant
    | CloseVariant
    | Generate
    | CountTokens
    | Cancel
    | Inspect
    | TryModel
    | RenderTemplate
    | Shutdown
)
Report = (
    Ready
    | Beat
    | Progress
    | Loaded
    | VariantReady
    | Done
    | Text
    | Ended
    | Counted
    | Inspected
    | Tried
    | Rendered
    | Failed
)
Message = Command | Report
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
        return float(value)
    except OverflowError as error:
        raise ProtocolError("number too large") from error


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
