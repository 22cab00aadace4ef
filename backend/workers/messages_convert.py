"""Messages of the ``convert`` worker."""

from __future__ import annotations

from dataclasses import dataclass

from backend.convert.types import ConvertType, TargetSize


@dataclass(frozen=True, slots=True)
class PlanConversion:
    """Look at a repository without reading its weights. Answer: `ConversionPlanned` or `Failed`.
    `name` is what the model would be called.
    """

    request: int
    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class Convert:
    """Write `target`, an empty file. Answer: `Progress` whose note names a tensor, then `Converted` or
    `Failed`. `name` is what the model is called in it.
    """

    request: int
    folder: str
    target: str
    type: ConvertType
    name: str


@dataclass(frozen=True, slots=True)
class ConversionPlanned:
    """What would be made; the fields mean the same as in `ConvertPlan`. `notes` are codes."""

    request: int
    architecture: str
    gguf_architecture: str
    parameters: int
    tensors: int
    context: int
    tokenizer: str
    sizes: tuple[TargetSize, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """`engine` names what wrote it."""

    request: int
    engine: str
