"""Messages of the ``convert`` worker about adapters."""

from __future__ import annotations

from dataclasses import dataclass

from backend.convert.types import AdapterType


@dataclass(frozen=True, slots=True)
class AdapterJob:
    """A GGUF adapter to be made of a folder that PEFT wrote.

    Attributes:
        base: The GGUF file of the model that it is for, or its first part. Empty asks only whether the folder
            is one that can be converted at all.
        name: What the adapter is called in the new file.
        licence: What its card says; may be empty.
    """

    folder: str
    base: str
    kind: AdapterType
    name: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PlanAdapter:
    """Look at it without reading its weights. Answer: `AdapterPlanned` or `Failed`."""

    request: int
    job: AdapterJob


@dataclass(frozen=True, slots=True)
class ConvertAdapter:
    """Write `target`, an empty file. Answer: `Progress` whose note names a tensor, then `AdapterConverted` or
    `Failed`.
    """

    request: int
    job: AdapterJob
    target: str


@dataclass(frozen=True, slots=True)
class AdapterPlanned:
    """What would be made: for which architecture, with how many tensors and bytes. Nothing of that is known
    without a base.
    """

    request: int
    architecture: str = ""
    tensors: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class AdapterConverted:
    """`engine` names what wrote it."""

    request: int
    engine: str
