"""Writes the file, one piece of one tensor at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import gguf

from backend.worker.convert.numbers import pieces, target_type
from backend.worker.convert.plan import Plan, described, write_header
from backend.worker.convert.repository import Repository
from backend.worker.convert.tensors import Matched


def write(
    repository: Repository,
    plan: Plan,
    target: Path,
    kind: str,
    name: str,
    tell: Callable[[float, str], None],
) -> None:
    """Write `target` and wait until it is on the disk.

    Args:
        tell: Called before each piece with the share that is done and the name of the tensor.

    Raises:
        Refusal: The weights hold something that has no place in the type.
        OSError: The disk is full, or cannot be written.
    """
    writer = described(plan, target, kind, name)
    try:
        write_header(writer)
        assert writer.fout is not None
        out = writer.fout[0]
        pad(out)
        for factors in plan.shape.rope.tensors.values():
            out.write(factors.tobytes())
            pad(out)
        write_tensors(repository, plan.matched, out, kind, tell)
        out.flush()
        os.fsync(out.fileno())
    finally:
        writer.close()


def write_tensors(
    repository: Repository,
    matched: Sequence[Matched],
    out: BinaryIO,
    kind: str,
    tell: Callable[[float, str], None],
) -> None:
    """Write the data of `matched` in their order, each padded.

    Raises:
        Refusal: The weights hold something that has no place in the type.
    """
    total = sum(one.stored.size for one in matched)
    done = 0
    source: BinaryIO | None = None
    opened = ""
    try:
        for one in matched:
            if source is None or opened != one.stored.file:
                if source is not None:
                    source.close()
                source, opened = repository.open(one.stored.file), one.stored.file
            for piece, used in pieces(one, source, target_type(one, kind)):
                tell(done / total, one.wanted.target)
                out.write(piece.data)
                done += used
            pad(out)
    finally:
        if source is not None:
            source.close()


def pad(out: BinaryIO) -> None:
    """Go on at the next aligned place of the file."""
    out.write(bytes(-out.tell() % gguf.GGUF_DEFAULT_ALIGNMENT))
