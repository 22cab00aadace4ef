"""What is inside a model file, as plain values. The worker of the vocabulary shares `Token`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the metadata.

    Attributes:
        type: As the GGUF specification names it: ``uint32``, ``string``, ``array of float32``.
        text: The value, short enough for one line; of an array the first items.
        count: Items of an array, characters of a string; 1 for a number.
    """

    key: str
    type: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class TensorFact:
    """One tensor.

    Attributes:
        layer: Number of its layer; None where it stands outside of them.
        part: What it is inside of its layer, such as ``attn_q``, or its whole name outside of them; without
            ``.weight``.
        shape: Elements per dimension, innermost first.
        type: Its storage type, such as ``Q4_K``.
    """

    name: str
    layer: int | None
    part: str
    shape: tuple[int, ...]
    type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class TypeShare:
    """How much of a file, or of a layer, is stored in one type.

    Attributes:
        bits: Bits per weight of the type.
        count: Number of tensors.
    """

    type: str
    bits: float
    count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class LayerSize:
    """A layer (``blk.12``), or what stands before or behind them (``token_embd``, ``output``)."""

    name: str
    layer: int | None
    bytes: int
    by_type: tuple[TypeShare, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the headers of all parts of a model say.

    Attributes:
        types: The largest share first.
        template_size: Characters of the chat template; 0 without one.
    """

    metadata: tuple[Entry, ...]
    tensors: tuple[TensorFact, ...]
    layers: tuple[LayerSize, ...]
    types: tuple[TypeShare, ...]
    template_size: int = 0

    def value(self, key: str) -> str:
        """The text of a key; empty where there is none."""
        return next((entry.text for entry in self.metadata if entry.key == key), "")


class Feature(StrEnum):
    """What a chat template knows beside plain messages."""

    TOOLS = "tools"
    REASONING = "reasoning"
    IMAGES = "images"


class Line(StrEnum):
    """What a line of a difference is."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a unified difference without its mark; of a ``PLACE`` the ``@@`` line."""

    kind: Line
    text: str


@dataclass(frozen=True, slots=True)
class TemplateDifference:
    """How a model's chat template differs from the one of the model it was made from.

    Attributes:
        base: The other model, for people: its repository, or the name of a file in the library.
        lines: The difference in context; empty where the templates are equal, or too large to compare by
            line.
        added: Lines that only this model's template has.
        removed: Lines that only the base model's template has.
        from_library: Whether the other template was read from a file in the library.
    """

    base: str
    same: bool
    lines: tuple[DiffLine, ...] = ()
    added: int = 0
    removed: int = 0
    from_library: bool = False


class TokenKind(StrEnum):
    """What the vocabulary says a token is."""

    NORMAL = "normal"
    CONTROL = "control"
    BYTE = "byte"
    UNKNOWN = "unknown"
    USER_DEFINED = "user_defined"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a text.

    Attributes:
        text: Its piece of the text. A character may be spread over several tokens: bytes that are no
            character by themselves are lone surrogates, as the error handler ``surrogateescape`` makes them,
            so that the joined pieces encode to the bytes of the text. (Some vocabularies put a blank in
            front; those of encoders drop what they do not tell apart, such as case.)
        bytes: Length of the piece in UTF-8.
    """

    id: int
    text: str
    bytes: int
    kind: TokenKind
