"""The exact size of a file that the engine has not written yet, from the types that it plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.gguf.header import Header
from backend.gguf.types import DEFAULT_ALIGNMENT, SCALAR_SIZE, Array, GGMLType, Tensor, Value, ValueType
from backend.quantize.matrix import MatrixInfo

_PREAMBLE = 24
_LONGEST = 127
"""Bytes of a text that the engine writes about an importance matrix."""
_SPLIT = {
    "split.no": ValueType.UINT16,
    "split.count": ValueType.UINT16,
    "split.tensors.count": ValueType.INT32,
}
_ALWAYS = {"general.quantization_version": ValueType.UINT32, "general.file_type": ValueType.UINT32}


def planned(headers: Sequence[Header], kinds: Sequence[GGMLType]) -> tuple[Header, ...]:
    """`headers` with the types that the tensors will have, in the order of all tensors. Their offsets and
    sizes of files are those of the source still."""
    left = iter(kinds)
    return tuple(
        replace(header, tensors=tuple(_as(tensor, next(left)) for tensor in header.tensors))
        for header in headers
    )


def made_sizes(headers: Sequence[Header], matrix: MatrixInfo | None, *, keep_split: bool) -> tuple[int, ...]:
    """Bytes of each file that the engine writes for the `planned` headers."""
    first = headers[0]
    alignment = first.alignment
    split = keep_split and len(headers) > 1
    keys = _pairs_bytes(first) + sum(_changes(first, matrix))
    groups = [header.tensors for header in headers]
    if not split:
        groups = [tuple(tensor for group in groups for tensor in group)]
    own = sum(_entry(key, kind, 0) for key, kind in _SPLIT.items()) if split else 0
    sizes = []
    for number, group in enumerate(groups):
        head = _PREAMBLE + own + (keys if number == 0 else 0) + sum(map(_info, group))
        pad = alignment if number == 0 else DEFAULT_ALIGNMENT
        body = sum(_padded(tensor.nbytes, DEFAULT_ALIGNMENT) for tensor in group)
        sizes.append(_padded(head, pad) + body)
    return tuple(sizes)


def _as(tensor: Tensor, kind: GGMLType) -> Tensor:
    return replace(tensor, type=kind, nbytes=kind.nbytes(tensor.elements))


def _pairs_bytes(header: Header) -> int:
    """What all keys and values take in the source."""
    return header.header_bytes - _PREAMBLE - sum(_info(t, trimmed=False) for t in header.tensors)


def _changes(header: Header, matrix: MatrixInfo | None) -> list[int]:
    """Bytes that each key adds (or, below zero, no longer takes)."""
    new: dict[str, tuple[ValueType, Value]] = {key: (kind, 0) for key, kind in _ALWAYS.items()}
    if matrix is not None:
        new["quantize.imatrix.file"] = ValueType.STRING, matrix.path.name
        if matrix.dataset:
            new["quantize.imatrix.dataset"] = ValueType.STRING, matrix.dataset
        new["quantize.imatrix.entries_count"] = ValueType.UINT32, len(matrix.widths)
        if matrix.chunks > 0:
            new["quantize.imatrix.chunks_count"] = ValueType.UINT32, matrix.chunks
    changes = [_entry(key, kind, value) for key, (kind, value) in new.items()]
    gone = [key for key in (*new, *_SPLIT) if key in header.metadata]
    return changes + [-_entry(key, header.types[key], header.metadata[key]) for key in gone]


def _entry(key: str, kind: ValueType, value: Value) -> int:
    head = 8 + len(key.encode()) + 4
    if kind is ValueType.STRING:
        return head + 8 + min(len(str(value).encode()), _LONGEST)
    if isinstance(value, Array):
        return head + 12 + (len(value.raw) if value.raw is not None else 0)
    return head + SCALAR_SIZE[kind]


def _info(tensor: Tensor, *, trimmed: bool = True) -> int:
    """Bytes of an entry of the tensor table; the engine leaves out outer dimensions of one."""
    shape = list(tensor.shape)
    while trimmed and len(shape) > 1 and shape[-1] == 1:
        shape.pop()
    return 8 + len(tensor.name.encode()) + 4 + 8 * len(shape) + 12


def _padded(size: int, alignment: int) -> int:
    return -(-size // alignment) * alignment
