"""The model that is quantized: read, whole, and the same from beginning to end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_headers
from backend.gguf.types import DEFAULT_ALIGNMENT, GGMLType, Tensor
from backend.i18n import tr
from backend.library.hashing import State, changed, unreadable
from backend.library.types import LibraryModel

_PROCESS_BYTES = 96 << 20
"""The worker itself, measured with a small model."""
ENGINE_BUFFER = 8 << 30
"""Bytes of weights that the engine holds at once at most, unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class SourceModel:
    """Attributes:
    parts: The files, in order.
    states: What tells that they are still the same.
    """

    row: LibraryModel
    headers: tuple[Header, ...]
    parts: tuple[Path, ...]
    states: tuple[State, ...]

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        return tuple(tensor for header in self.headers for tensor in header.tensors)

    @property
    def parameters(self) -> int:
        return sum(tensor.elements for tensor in self.tensors)

    @property
    def data_bytes(self) -> int:
        """Bytes of all weights, without headers."""
        return sum(tensor.nbytes for tensor in self.tensors)

    @property
    def quantized(self) -> bool:
        return any(is_quantized(tensor.type) for tensor in self.tensors)

    @property
    def buffer_bytes(self) -> int:
        """What the engine holds for the largest tensor: its numbers, and at most as much again."""
        return max((8 * tensor.elements for tensor in self.tensors), default=0)

    @property
    def peak_memory(self) -> int:
        """Bytes that quantizing takes at most; the file itself is mapped and needs none."""
        return _PROCESS_BYTES + min(self.buffer_bytes, ENGINE_BUFFER)

    def loses_twice(self, kinds: Sequence[GGMLType]) -> bool:
        """Whether weights that are quantized already would be quantized again into `kinds`."""
        pairs = zip(self.tensors, kinds, strict=True)
        return any(is_quantized(tensor.type) and tensor.type is not kind for tensor, kind in pairs)

    def check_unchanged(self) -> None:
        """Raises:
        AppError: ``library.changed`` or ``library.unreadable``."""
        for path, before in zip(self.parts, self.states, strict=True):
            now = state_of(path)
            if (now.size, now.mtime_ns, now.inode) != (before.size, before.mtime_ns, before.inode):
                raise changed(path)


def is_quantized(kind: GGMLType) -> bool:
    return kind.block_elements > 1


def read_source(row: LibraryModel) -> SourceModel:
    """The model behind a row of the library. Every tensor of it lies inside of its file: what the header
    promises beyond the end would be bytes of this process in the new file.

    Raises:
        AppError: ``quantize.not_a_model``, ``quantize.source``, ``quantize.alignment``,
            ``library.unreadable``, or a ``gguf.`` code.
    """
    if row.kind != "model":
        raise AppError(
            "quantize.not_a_model",
            tr("{name} is not a language model.", name=row.name),
            tr("Adapters and projectors are small as they are. Choose a model."),
        )
    if row.problem:
        raise AppError(
            "quantize.source",
            tr("{name} cannot be quantized.", name=row.name),
            " ".join((row.problem, tr("Download it again, or choose another file of this model."))),
        )
    source = opened(row)
    if not any(header.tensors for header in source.headers):
        raise AppError(
            "quantize.not_a_model",
            tr("{name} has no weights.", name=row.name),
            tr("Choose another model."),
        )
    if any(header.alignment != DEFAULT_ALIGNMENT for header in source.headers):
        # Seen with ggml 0.25.3: it pads the weights as usual, but tells offsets by the other alignment.
        raise AppError(
            "quantize.alignment",
            tr("{name} is laid out in a way that the engine cannot write.", name=row.name),
            tr("Choose another file of the model."),
            f"general.alignment {source.headers[0].alignment}",
        )
    return source


def opened(row: LibraryModel) -> SourceModel:
    """The files behind a row of the library, whatever is in them.

    Raises:
        AppError: ``library.unreadable``, or a ``gguf.`` code.
    """
    parts = row.parts or (row.path,)
    states = tuple(map(state_of, parts))
    return SourceModel(row, read_headers(row.path), parts, states)


def state_of(path: Path) -> State:
    """Raises:
    AppError: ``library.unreadable``."""
    try:
        return State.of(os.stat(path))  # noqa: PTH116
    except OSError as error:
        raise unreadable(path, error) from error
