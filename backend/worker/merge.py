"""The worker that adds adapters to the weights of a model and writes the sums as a new one.

What llama.cpp computes while it runs (``get_scale`` in llama-adapter.h, ``build_lora_mm`` and
``build_inp_embd`` in llama-graph.cpp) is W·x + Σ s·B·(A·x) with s = scale · alpha / rank, or the scale alone
where alpha is 0. That is (W + Σ s·B·A)·x, and for tensors of experts the same for each expert. The table of
token vectors has its pair the other way round: a row of A for each token, and B turns it into a vector.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import llama_cpp.llama_cpp as native

from backend.errors import AppError
from backend.gguf.encoding import padded
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType, Tensor
from backend.worker.channel import Channel, Pulse
from backend.worker.ggml import Numbers, to_numbers, to_weights
from backend.worker.llama.cores import physical_cores
from backend.worker.serving import Service, WorkerError
from backend.workers.messages_merge import Merge, Merged
from backend.workers.protocol import Command, Failure, Progress, Report

_PIECE = 1 << 20
"""Numbers that a thread holds at once, where rows are not longer than that."""
_COPY = 8 << 20
_STEP_S = 120.0
"""One piece, or the last bytes on their way to a slow disk."""
_ALPHA = "adapter.lora.alpha"


@dataclass(frozen=True, slots=True)
class _Rows:
    """A tensor in its file, read by rows."""

    file: BinaryIO
    start: int
    tensor: Tensor

    def read(self, first: int, count: int) -> bytes:
        """`count` rows from `first` on, those of experts one behind the other."""
        width = self.tensor.type.nbytes(self.tensor.shape[0])
        return _read(self.file, self.start + first * width, count * width)

    def numbers(self, first: int, count: int) -> Numbers:
        return to_numbers(self.read(first, count), self.tensor.type).reshape(count, -1)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What an adapter adds to a tensor: `left` × `right` (rows × rank, rank × columns) at `scale`."""

    left: _Rows
    right: _Rows
    scale: float
    embedding: bool

    def right_of(self, expert: int) -> Numbers:
        """The scaled right side for an expert."""
        count = math.prod(self.right.tensor.shape[1:2])
        right = self.right.numbers(expert * count, count)
        return (right.T if self.embedding else right) * self.scale


class _Opened:
    """The base and the adapters, open."""

    def __init__(self, command: Merge, stack: contextlib.ExitStack) -> None:
        self.base: dict[str, _Rows] = {}
        for part in command.parts:
            self.base |= _tensors(Path(part), stack)[1]
        self._adapters = [(*_tensors(Path(use.path), stack), use.scale) for use in command.uses if use.scale]

    def pairs(self, name: str) -> list[_Pair]:
        """What is added to a tensor of the base; nothing for most."""
        found = []
        embedding = name.endswith("token_embd.weight")
        for header, tensors, scale in self._adapters:
            a, b = tensors.get(f"{name}.lora_a"), tensors.get(f"{name}.lora_b")
            if a is None or b is None:
                continue
            alpha, rank = header.number(_ALPHA) or 0.0, b.tensor.shape[0]
            left, right = (a, b) if embedding else (b, a)
            found.append(_Pair(left, right, scale * alpha / rank if alpha else scale, embedding))
        return found


class MergeService(Service):
    """The main loop of the ``merge`` worker: one request for all of its life."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._told = -1.0

    def answer(self, command: Command) -> Report:
        if not isinstance(command, Merge):
            raise TypeError(f"the merge worker does not understand {type(command).__name__}")
        try:
            with self._pulse.step(_STEP_S):
                self._merge(command)
        except MemoryError as error:
            raise WorkerError(Failure("merge.memory", str(error))) from error
        except LookupError as error:
            raise WorkerError(Failure("merge.failed", str(error))) from error
        except OSError as error:  # those of reading are told apart where they happen
            full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
            raise WorkerError(Failure("merge.full" if full else "merge.disk", str(error))) from error
        return Merged(command.request, native.llama_version().decode())

    def _merge(self, command: Merge) -> None:
        threads = physical_cores()
        with (
            contextlib.ExitStack() as stack,
            Path(command.target).open("r+b") as out,
            ThreadPoolExecutor(threads, thread_name_prefix="merge") as pool,
        ):
            opened = _Opened(command, stack)
            total = sum(rows.tensor.nbytes for rows in opened.base.values())
            done = 0
            out.seek(0, os.SEEK_END)
            for tensor in command.tensors:
                rows, pairs = opened.base[tensor.name], opened.pairs(tensor.name)
                if pairs:
                    jobs = _sums(rows, pairs, GGMLType(tensor.type))
                    pieces = _in_order(pool, jobs, threads + 1)
                else:
                    pieces = _copies(rows)
                for data, used in pieces:
                    if data is None:
                        raise WorkerError(Failure("merge.numbers", where=tensor.name))
                    out.write(data)
                    done += used
                    self._tell(command.request, done / total, tensor.name)
                out.write(bytes(padded(out.tell(), command.alignment) - out.tell()))
            out.flush()
            os.fsync(out.fileno())

    def _tell(self, request: int, share: float, name: str) -> None:
        self._pulse.tick()
        if share - self._told >= 0.002:
            self._told = share
            self._channel.send(Progress(request, share, name))


_Piece = tuple[bytes | None, int]
"""Bytes of the new file, and how many of the base they stand for; None where a number has no place."""


def _copies(rows: _Rows) -> Iterator[_Piece]:
    for place in range(0, rows.tensor.nbytes, _COPY):
        data = _read(rows.file, rows.start + place, min(_COPY, rows.tensor.nbytes - place))
        yield data, len(data)


def _sums(rows: _Rows, pairs: Sequence[_Pair], target: GGMLType) -> Iterator[Callable[[], _Piece]]:
    """The work for each piece of a tensor; what it needs of the files was read."""
    columns, height = rows.tensor.shape[:2]
    step = max(1, _PIECE // columns)
    for expert in range(rows.tensor.elements // (columns * height)):
        right = [pair.right_of(expert) for pair in pairs]
        for first in range(0, height, step):
            count, begin = min(step, height - first), expert * height + first
            left = [pair.left.numbers(begin, count) for pair in pairs]
            yield partial(_sum, rows.read(begin, count), rows.tensor.type, left, right, target)


def _sum(
    weights: bytes, kind: GGMLType, left: Sequence[Numbers], right: Sequence[Numbers], target: GGMLType
) -> _Piece:
    total = to_numbers(weights, kind).reshape(len(left[0]), -1)
    for one, other in zip(left, right, strict=True):
        total = total + one @ other
    return to_weights(total, target), len(weights)


def _in_order(pool: ThreadPoolExecutor, jobs: Iterator[Callable[[], _Piece]], ahead: int) -> Iterator[_Piece]:
    """What the jobs return, in their order; at most `ahead` are started before they are wanted."""
    waiting: deque[Future[_Piece]] = deque()
    for job in jobs:
        waiting.append(pool.submit(job))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _tensors(path: Path, stack: contextlib.ExitStack) -> tuple[Header, dict[str, _Rows]]:
    """The header of a file, and where its tensors lie in it; it stays open until `stack` ends."""
    try:
        header = read_header(path)
        file = stack.enter_context(path.open("rb"))
    except (AppError, OSError) as error:
        raise WorkerError(Failure("merge.source", str(error), where=path.name)) from error
    return header, {
        tensor.name: _Rows(file, header.data_offset + tensor.offset, tensor) for tensor in header.tensors
    }


def _read(file: BinaryIO, start: int, count: int) -> bytes:
    try:
        file.seek(start)
        data = file.read(count)
    except OSError as error:
        raise WorkerError(Failure("merge.source", str(error), where=Path(file.name).name)) from error
    if len(data) != count:
        raise WorkerError(Failure("merge.source", "the file became shorter", where=Path(file.name).name))
    return data
