"""The GGUF vocabulary: value types, tensor types with their block sizes, and arrays that stay as raw bytes.

Sources: the GGUF specification (versions 2 and 3) and the type table of ggml 0.25.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DEFAULT_ALIGNMENT = 32


class ValueType(IntEnum):
    """Type tag of a metadata value."""

    UINT8 = 0
    INT8 = 1
    UINT16 = 2
    INT16 = 3
    UINT32 = 4
    INT32 = 5
    FLOAT32 = 6
    BOOL = 7
    STRING = 8
    ARRAY = 9
    UINT64 = 10
    INT64 = 11
    FLOAT64 = 12


SCALAR_FORMAT: dict[ValueType, str] = {
    ValueType.UINT8: "B",
    ValueType.INT8: "b",
    ValueType.UINT16: "H",
    ValueType.INT16: "h",
    ValueType.UINT32: "I",
    ValueType.INT32: "i",
    ValueType.FLOAT32: "f",
    ValueType.BOOL: "?",
    ValueType.UINT64: "Q",
    ValueType.INT64: "q",
    ValueType.FLOAT64: "d",
}
"""`struct` letter of every fixed-size value type; all are little-endian."""

SCALAR_SIZE: dict[ValueType, int] = {
    kind: struct.calcsize("<" + code) for kind, code in SCALAR_FORMAT.items()
}


class GGMLType(IntEnum):
    """Storage type of a tensor."""

    F32 = 0
    F16 = 1
    Q4_0 = 2
    Q4_1 = 3
    Q5_0 = 6
    Q5_1 = 7
    Q8_0 = 8
    Q8_1 = 9
    Q2_K = 10
    Q3_K = 11
    Q4_K = 12
    Q5_K = 13
    Q6_K = 14
    Q8_K = 15
    IQ2_XXS = 16
    IQ2_XS = 17
    IQ3_XXS = 18
    IQ1_S = 19
    IQ4_NL = 20
    IQ3_S = 21
    IQ2_S = 22
    IQ4_XS = 23
    I8 = 24
    I16 = 25
    I32 = 26
    I64 = 27
    F64 = 28
    IQ1_M = 29
    BF16 = 30
    TQ1_0 = 34
    TQ2_0 = 35
    MXFP4 = 39
    NVFP4 = 40
    Q1_0 = 41
    Q2_0 = 42

    @property
    def block_elements(self) -> int:
        """Weights per block; the first dimension of a tensor is a multiple of it."""
        return _LAYOUT[self][0]

    @property
    def block_bytes(self) -> int:
        """Bytes of one block."""
        return _LAYOUT[self][1]

    @property
    def bits_per_weight(self) -> float:
        elements, size = _LAYOUT[self]
        return size * 8 / elements

    def nbytes(self, elements: int) -> int:
        """Bytes of `elements` weights, a multiple of the block."""
        per_block, size = _LAYOUT[self]
        return elements // per_block * size


_LAYOUT: dict[GGMLType, tuple[int, int]] = {
    GGMLType.F32: (1, 4),
    GGMLType.F16: (1, 2),
    GGMLType.Q4_0: (32, 18),
    GGMLType.Q4_1: (32, 20),
    GGMLType.Q5_0: (32, 22),
    GGMLType.Q5_1: (32, 24),
    GGMLType.Q8_0: (32, 34),
    GGMLType.Q8_1: (32, 36),
    GGMLType.Q2_K: (256, 84),
    GGMLType.Q3_K: (256, 110),
    GGMLType.Q4_K: (256, 144),
    GGMLType.Q5_K: (256, 176),
    GGMLType.Q6_K: (256, 210),
    GGMLType.Q8_K: (256, 292),
    GGMLType.IQ2_XXS: (256, 66),
    GGMLType.IQ2_XS: (256, 74),
    GGMLType.IQ3_XXS: (256, 98),
    GGMLType.IQ1_S: (256, 50),
    GGMLType.IQ4_NL: (32, 18),
    GGMLType.IQ3_S: (256, 110),
    GGMLType.IQ2_S: (256, 82),
    GGMLType.IQ4_XS: (256, 136),
    GGMLType.I8: (1, 1),
    GGMLType.I16: (1, 2),
    GGMLType.I32: (1, 4),
    GGMLType.I64: (1, 8),
    GGMLType.F64: (1, 8),
    GGMLType.IQ1_M: (256, 56),
    GGMLType.BF16: (1, 2),
    GGMLType.TQ1_0: (256, 54),
    GGMLType.TQ2_0: (256, 66),
    GGMLType.MXFP4: (32, 17),
    GGMLType.NVFP4: (64, 36),
    GGMLType.Q1_0: (128, 18),
    GGMLType.Q2_0: (64, 18),
}
"""(weights per block, bytes per block), as `ggml_blck_size` and `ggml_type_size` answer."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array value, decoded only when somebody looks inside.

    A vocabulary has hundreds of thousands of entries and is hardly ever needed as Python objects.

    Attributes:
        type: Type of every element; never ``ARRAY``.
        count: Number of elements.
        raw: The elements as they lie in the file, or None where the reader was told not to keep them.
    """

    type: ValueType
    count: int
    raw: bytes | None = field(repr=False)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str | int | float | bool]:
        raw = self._kept()
        if self.type is not ValueType.STRING:
            return iter(struct.unpack(f"<{self.count}{SCALAR_FORMAT[self.type]}", raw))
        return self._strings(raw)

    def _kept(self) -> bytes:
        if self.raw is None:
            raise LookupError("the elements of this array were not kept when the header was read")
        return self.raw

    def _strings(self, raw: bytes) -> Iterator[str]:
        position = 0
        for _ in range(self.count):
            (length,) = struct.unpack_from("<Q", raw, position)
            position += 8
            yield raw[position : position + length].decode("utf-8", "replace")
            position += length


Value = str | int | float | bool | Array
"""A metadata value."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One entry of the tensor table.

    Attributes:
        shape: Elements per dimension, innermost first, as GGUF writes them.
        offset: Bytes from the start of the data section.
        nbytes: Bytes of the data, without padding.
    """

    name: str
    shape: tuple[int, ...]
    type: GGMLType
    offset: int
    nbytes: int

    @property
    def elements(self) -> int:
        product = 1
        for dimension in self.shape:
            product *= dimension
        return product
