"""Messages of the ``merge`` worker."""

from __future__ import annotations

from dataclasses import dataclass

from backend.engines.types import AdapterUse


@dataclass(frozen=True, slots=True)
class MergedTensor:
    """A tensor of the new file, and the number of ggml's type that it has there."""

    name: str
    type: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Append the data of all tensors to `target`, which ends with its header. Answer: `Progress` whose note
    names a tensor, then `Merged` or `Failed`.

    Attributes:
        parts: The files of the base, in order.
        uses: Adapters that were checked against the base, and their scales.
        tensors: Those of the base, in the order of the new file. What no adapter changes keeps its type.
        alignment: Bytes to which each tensor is padded.
    """

    request: int
    parts: tuple[str, ...]
    target: str
    uses: tuple[AdapterUse, ...]
    tensors: tuple[MergedTensor, ...]
    alignment: int


@dataclass(frozen=True, slots=True)
class Merged:
    """`engine` names the build that made it."""

    request: int
    engine: str
