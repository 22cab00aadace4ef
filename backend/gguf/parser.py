"""A streaming, bounded reader of GGUF headers.

Files come from strangers. So every count and length is held against a fixed limit *and* against the bytes
that can still come before anything is allocated for it, and big arrays are walked without being kept.
Nothing here depends on how the bytes arrive: they may come from a disk, or as ranges of a remote file.
"""

from __future__ import annotations

import struct
from types import MappingProxyType

from backend.gguf import errors
from backend.gguf.header import Header
from backend.gguf.incoming import Incoming, Steps
from backend.gguf.types import (
    DEFAULT_ALIGNMENT,
    MAGIC,
    SCALAR_FORMAT,
    SCALAR_SIZE,
    VERSIONS,
    Array,
    GGMLType,
    Tensor,
    Value,
    ValueType,
)
from backend.i18n import tr

HEADER_CAP = 64 * 2**20
"""No header is longer; the longest seen in the wild is about 16 MB."""
MAX_KEY = 65_535
MAX_STRING = 4 * 2**20
MAX_TEXT = 8 * 2**20
"""Bytes of all strings outside arrays together."""
MAX_ENTRIES = 65_536
"""Metadata entries, and tensors."""
MAX_STRINGS = 2**22
"""Strings in all arrays together; the largest vocabularies have about 0.8 million with merges."""
MAX_TENSOR_NAME = 63
MAX_DIMS = 4
MAX_ALIGNMENT = 65_536
MAX_ELEMENTS = 2**62
KEEP = 64 * 2**10
"""Arrays up to this many bytes keep their elements unless the caller asks for more."""

_ENTRY_MIN = 8 + 1 + 4 + 1
_TENSOR_MIN = 8 + 1 + 4 + 8 + 4 + 8

_STRING_GUESS = 10
"""Bytes of an entry of a vocabulary, its length included, before any was seen."""
_STRINGS_SURE = 0.97
_TENSOR_USUAL = 50
"""Bytes of a row of the tensor table with a short name."""


class HeaderParser:
    """Turns bytes into a `Header`; feed it in order, starting at the beginning of the file.

    Args:
        name: Name of the file, for messages.
        file_size: Bytes of the whole file where known. Lengths are then checked against it.
        keep: Arrays of at most this many bytes keep their elements.

    Every method may raise `AppError` with a ``gguf.`` code; the parser is of no use after that.
    """

    def __init__(self, name: str = "", *, file_size: int | None = None, keep: int = KEEP) -> None:
        self._name = name or tr("This file")
        self._file_size = file_size
        self._keep = keep
        self._bytes = Incoming(self._name, file_size, HEADER_CAP)
        self._version = 0
        self._alignment = DEFAULT_ALIGNMENT
        self._tensor_count = 0
        self._metadata: dict[str, Value] = {}
        self._types: dict[str, ValueType] = {}
        self._spans: dict[str, tuple[int, int]] = {}
        self._tensors: list[Tensor] = []
        self._text_left = MAX_TEXT
        self._strings_left = MAX_STRINGS
        self._strings_due = 0
        self._strings_seen = 0
        self._strings_bytes = 0
        self._array_end = 0
        self._data_offset = 0
        self._complete = False
        self._steps = self._parse()
        next(self._steps)

    @property
    def complete(self) -> bool:
        return self._complete

    @property
    def bytes_fed(self) -> int:
        return self._bytes.arrived

    @property
    def expected_end(self) -> int:
        """Where the header will end if nothing follows but what was announced: a guess rather too low than
        too high. Strings that are still to come are taken to be hardly shorter than those seen."""
        each = self._strings_bytes / self._strings_seen if self._strings_seen else _STRING_GUESS
        strings = int(self._strings_due * each * _STRINGS_SURE)
        tensors = (self._tensor_count - len(self._tensors)) * _TENSOR_USUAL
        return max(self._bytes.here, self._array_end) + strings + tensors

    def feed(self, data: bytes) -> bool:
        """Take the next bytes of the file. Returns True once the header is complete."""
        if self._complete:
            return True
        self._bytes.buffer += data
        try:
            next(self._steps)
        except StopIteration:
            self._complete = True
            self._bytes.buffer.clear()
        return self._complete

    def header(self, *, partial: bool = False) -> Header:
        """The header; with `partial` what is known so far.

        Raises:
            AppError: ``gguf.truncated`` when it is not complete and `partial` is False.
        """
        if not self._complete and not partial:
            raise errors.ends_early(self._name, tr("its header"), self.bytes_fed, self.bytes_fed)
        return Header(
            file=self._name,
            version=self._version,
            alignment=self._alignment,
            metadata=MappingProxyType(dict(self._metadata)),
            tensors=tuple(self._tensors) if self._complete else (),
            tensor_count=self._tensor_count,
            data_offset=self._data_offset,
            header_bytes=self._bytes.here,
            complete=self._complete,
            file_size=self._file_size,
            types=MappingProxyType(dict(self._types)),
            spans=MappingProxyType(dict(self._spans)),
        )

    def _parse(self) -> Steps[None]:
        yield from self._preamble()
        self._tensor_count = self._bytes.bounded(
            (yield from self._bytes.u64(tr("the tensor count"))),
            MAX_ENTRIES,
            _TENSOR_MIN,
            tr("the tensor count"),
        )
        entries = self._bytes.bounded(
            (yield from self._bytes.u64(tr("the metadata count"))),
            MAX_ENTRIES,
            _ENTRY_MIN,
            tr("the metadata count"),
        )
        for _ in range(entries):
            yield from self._entry()
        names: set[str] = set()
        expected = 0
        for number in range(self._tensor_count):
            expected = yield from self._tensor(number, names, expected)
        self._data_offset = _round_up(self._bytes.here, self._alignment)
        self._check_data_is_there()

    def _preamble(self) -> Steps[None]:
        if self._bytes.end < 8:
            # A shorter file can still be told from a cut one by its first bytes.
            raise errors.ends_early(self._name, tr("its first bytes"), 0, self._bytes.end)
        yield from self._bytes.wait(8, tr("its first bytes"))
        if self._bytes.buffer[:4] != MAGIC:
            raise errors.not_gguf(self._name, bytes(self._bytes.buffer[:64]))
        self._bytes.position = 4
        version = yield from self._bytes.u32(tr("the version"))
        if version not in VERSIONS:
            if int.from_bytes(version.to_bytes(4, "little"), "big") in (1, *VERSIONS):
                raise errors.big_endian(self._name)
            raise errors.bad_version(self._name, version)
        self._version = version

    def _entry(self) -> Steps[None]:
        number = len(self._metadata) + 1
        start = self._bytes.here
        raw = yield from self._bytes.string(MAX_KEY, tr("the name of metadata entry {number}", number=number))
        try:
            key = raw.decode()
        except UnicodeDecodeError:
            raise errors.damaged(
                "text", self._name, tr("the name of metadata entry {number} is not text", number=number)
            ) from None
        if not key or key in self._metadata:
            raise errors.damaged(
                "duplicate", self._name, tr("the metadata key “{key}” is there twice", key=key[:80])
            )
        kind = yield from self._value_type(key)
        self._types[key] = kind
        if kind is ValueType.ARRAY:
            self._metadata[key] = yield from self._array(key)
        elif kind is ValueType.STRING:
            text = yield from self._bytes.string(min(MAX_STRING, self._text_left), key[:80])
            self._text_left -= len(text)
            self._metadata[key] = text.decode("utf-8", "replace")
        else:
            data = yield from self._bytes.take(SCALAR_SIZE[kind], key[:80])
            (self._metadata[key],) = struct.unpack("<" + SCALAR_FORMAT[kind], data)
        self._spans[key] = (start, self._bytes.here)
        if key == "general.alignment":
            self._set_alignment(kind)

    def _value_type(self, key: str) -> Steps[ValueType]:
        number = yield from self._bytes.u32(key[:80])
        try:
            return ValueType(number)
        except ValueError:
            raise errors.damaged(
                "limits",
                self._name,
                tr("“{key}” has the unknown value type {number}", key=key[:80], number=number),
            ) from None

    def _set_alignment(self, kind: ValueType) -> None:
        value = self._metadata["general.alignment"]
        if (
            kind is not ValueType.UINT32
            or not isinstance(value, int)
            or not 8 <= value <= MAX_ALIGNMENT
            or value & (value - 1)
        ):
            raise errors.damaged(
                "alignment",
                self._name,
                tr("its alignment (general.alignment) is not a sensible power of two"),
            )
        self._alignment = value

    def _array(self, key: str) -> Steps[Array]:
        kind = yield from self._value_type(key)
        if kind is ValueType.ARRAY:
            raise errors.damaged("limits", self._name, tr("“{key}” nests arrays in arrays", key=key[:80]))
        size = 8 if kind is ValueType.STRING else SCALAR_SIZE[kind]
        field = tr("the number of entries in {key}", key=key[:80])
        limit = self._strings_left if kind is ValueType.STRING else HEADER_CAP
        count = self._bytes.bounded((yield from self._bytes.u64(field)), limit, size, field)
        # Whoever looks at the start of a file only (tier 0) learns the length of the vocabulary from this.
        self._metadata[key] = Array(kind, count, None)
        if kind is ValueType.STRING:
            self._strings_left -= count
            return Array(kind, count, (yield from self._strings(count, key[:80])))
        self._array_end = self._bytes.here + count * size
        if count * size > self._keep:
            yield from self._bytes.skip(count * size, key[:80])
            return Array(kind, count, None)
        return Array(kind, count, (yield from self._bytes.take(count * size, key[:80])))

    def _strings(self, count: int, field: str) -> Steps[bytes | None]:
        """Walk over `count` strings. Returns their bytes, or None when they are more than we keep."""
        kept: bytearray | None = bytearray()
        length_at = struct.Struct("<Q").unpack_from
        self._strings_due, self._strings_seen, self._strings_bytes = count, 0, 0
        while count:
            buffer, start, available = self._bytes.buffer, self._bytes.position, len(self._bytes.buffer)
            position = start
            needed = 8
            while count and position + 8 <= available:
                (length,) = length_at(buffer, position)
                if length > MAX_STRING:
                    raise errors.too_much(
                        self._name, tr("the length of an entry of {key}", key=field), length, MAX_STRING
                    )
                if position + 8 + length > available:
                    needed = 8 + length
                    break
                position += 8 + length
                count -= 1
            if kept is not None and len(kept) + position - start <= self._keep:
                kept += buffer[start:position]
            else:
                kept = None
            self._bytes.position = position
            self._strings_seen += self._strings_due - count
            self._strings_bytes += position - start
            self._strings_due = count
            if count:
                yield from self._bytes.wait(needed, field)
        return bytes(kept) if kept is not None else None

    def _tensor(self, number: int, names: set[str], expected: int) -> Steps[int]:
        """Read one row of the tensor table. Returns the offset at which the next tensor must start."""
        raw = yield from self._bytes.string(
            MAX_TENSOR_NAME, tr("the name of tensor {number}", number=number + 1)
        )
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            raise errors.damaged(
                "text", self._name, tr("the name of tensor {number} is not text", number=number + 1)
            ) from None
        if name in names:
            raise errors.damaged("duplicate", self._name, tr("the tensor “{name}” is there twice", name=name))
        names.add(name)
        dims = yield from self._bytes.u32(name)
        if not 1 <= dims <= MAX_DIMS:
            raise errors.damaged("shape", self._name, tr("“{name}” has {n} dimensions", name=name, n=dims))
        shape = struct.unpack(f"<{dims}Q", (yield from self._bytes.take(8 * dims, name)))
        type_number = yield from self._bytes.u32(name)
        try:
            kind = GGMLType(type_number)
        except ValueError:
            raise errors.unknown_tensor_type(self._name, name, type_number) from None
        offset = yield from self._bytes.u64(name)
        tensor = Tensor(name, shape, kind, offset, self._nbytes(name, shape, kind))
        if offset != expected:
            raise errors.damaged(
                "shape",
                self._name,
                tr("the data of “{name}” does not follow the tensor before it", name=name),
            )
        self._tensors.append(tensor)
        return _round_up(offset + tensor.nbytes, self._alignment)

    def _nbytes(self, name: str, shape: tuple[int, ...], kind: GGMLType) -> int:
        elements = 1
        for size in shape:
            if size == 0 or size > MAX_ELEMENTS // elements:
                raise errors.damaged(
                    "shape", self._name, tr("the shape of “{name}” is impossible", name=name)
                )
            elements *= size
        if shape[0] % kind.block_elements:
            raise errors.damaged(
                "shape",
                self._name,
                tr("the rows of “{name}” do not divide into blocks of {type}", name=name, type=kind.name),
            )
        return kind.nbytes(elements)

    def _check_data_is_there(self) -> None:
        if self._file_size is None or not self._tensors:
            return
        last = self._tensors[-1]
        needed = self._data_offset + last.offset + last.nbytes
        if needed > self._file_size:
            name = next(
                t.name for t in self._tensors if self._data_offset + t.offset + t.nbytes > self._file_size
            )
            raise errors.data_missing(self._name, name, needed, self._file_size)


def _round_up(value: int, multiple: int) -> int:
    return (value + multiple - 1) // multiple * multiple
