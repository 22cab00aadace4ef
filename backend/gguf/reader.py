"""Reading the header of GGUF files on this disk, and finding the parts of a split model."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from backend.gguf import errors
from backend.gguf.header import Header
from backend.gguf.names import shard_info, shard_name
from backend.gguf.parser import KEEP, HeaderParser
from backend.gguf.types import Tensor

__all__ = [
    "TIER0_BYTES",
    "Header",
    "HeaderParser",
    "Tensor",
    "check_parts",
    "read_header",
    "read_header_hashed",
    "read_headers",
    "shards",
]

TIER0_BYTES = 64 * 2**10
"""The keys of the architecture come before the vocabulary, and so within the first 64 KiB."""
_CHUNK = 2**20


def read_header(path: Path, *, tier: int = 1, keep: int = KEEP) -> Header:
    """The header of `path`; with tier 0 only what its first 64 KiB say.

    Args:
        keep: Arrays of at most this many bytes keep their elements; a whole vocabulary takes a few MB.

    Raises:
        AppError: with a ``gguf.`` code, naming the file.
    """
    try:
        with path.open("rb") as file:
            parser = HeaderParser(path.name, file_size=path.stat().st_size, keep=keep)
            if tier == 0:
                parser.feed(file.read(TIER0_BYTES))
                return parser.header(partial=True)
            while chunk := file.read(_CHUNK):
                if parser.feed(chunk):
                    break
    except OSError as error:
        raise errors.unreadable(path.name, error) from error
    return parser.header()


def read_header_hashed(path: Path) -> tuple[Header, str]:
    """The header of `path`, and the SHA-256 of its bytes: equal files have equal ones, at a fraction of the
    work of hashing them.

    Raises:
        AppError: with a ``gguf.`` code, naming the file.
    """
    chunks: list[bytes] = []
    try:
        with path.open("rb", buffering=0) as file:
            parser = HeaderParser(path.name, file_size=os.fstat(file.fileno()).st_size)
            wanted = TIER0_BYTES  # most headers without a vocabulary are no longer
            while chunk := file.read(wanted):
                chunks.append(chunk)
                if parser.feed(chunk):
                    break
                wanted = _CHUNK
    except OSError as error:
        raise errors.unreadable(path.name, error) from error
    header = parser.header()
    hasher = hashlib.sha256()
    left = header.header_bytes
    for chunk in chunks:
        hasher.update(memoryview(chunk)[:left])
        left -= min(left, len(chunk))
    return header, hasher.hexdigest()


def shards(path: Path) -> tuple[Path, ...]:
    """All files of the model that `path` is a part of, in order; just `path` where it is not split.

    Raises:
        AppError: ``gguf.split`` naming the first part that is missing.
    """
    part = shard_info(path.name)
    if part is None:
        return (path,)
    found = []
    for number in range(1, part.parts + 1):
        sibling = path.with_name(shard_name(part.prefix, number, part.parts))
        if not sibling.is_file():
            raise errors.part_missing(path.name, sibling.name)
        found.append(sibling)
    return tuple(found)


def read_headers(path: Path, *, keep: int = KEEP) -> tuple[Header, ...]:
    """The full headers of all parts of the model that `path` belongs to, checked against each other.

    Args:
        keep: As in `read_header`.

    Raises:
        AppError: with a ``gguf.`` code, naming the file.
    """
    return check_parts(tuple(read_header(part, keep=keep) for part in shards(path)))


def check_parts(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    """`headers` unchanged, once they are known to be the parts of one model in order.

    Raises:
        AppError: ``gguf.split`` naming the part that contradicts the others.
    """
    first = headers[0]
    if len(headers) == 1 and first.split_count == 1:
        return headers
    for index, header in enumerate(headers):
        if header.split_count != len(headers) or header.split_index != index:
            raise errors.part_differs(
                header.file,
                f"split.no {header.split_index}, split.count {header.split_count}; "
                f"expected {index} of {len(headers)}",
            )
    promised = first.integer("split.tensors.count")
    found = sum(header.tensor_count for header in headers)
    if promised is not None and promised != found:
        raise errors.part_differs(first.file, f"split.tensors.count {promised}, {found} tensors found")
    names = [tensor.name for header in headers for tensor in header.tensors]
    if len(set(names)) != len(names):
        raise errors.part_differs(headers[-1].file, "a tensor is in two parts")
    return headers
