"""Messages of the ``quantize`` worker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuantizeSettings:
    """What the engine is told, whatever the type.

    Attributes:
        output_type, embedding_type: Numbers of ggml's tensor types; None leaves the choice to the engine.
        threads: 0 takes the physical cores.
        imatrix: Path of an importance matrix; empty without.
        buffer: Bytes of weights that may be held in memory at once; 0 leaves it to the engine.
    """

    output_type: int | None = None
    embedding_type: int | None = None
    threads: int = 0
    keep_split: bool = False
    requantize: bool = False
    imatrix: str = ""
    buffer: int = 0


@dataclass(frozen=True, slots=True)
class PlanTypes:
    """Ask the engine what it would make of each tensor, without reading any weights. Answer: `TypesPlanned`
    or `Failed`.

    Attributes:
        ftypes: Numbers of llama.cpp's file types.
        tensors: Names of all tensors; the answer is in their order.
    """

    request: int
    path: str
    ftypes: tuple[int, ...]
    tensors: tuple[str, ...]
    settings: QuantizeSettings


@dataclass(frozen=True, slots=True)
class Quantize:
    """Write `target`, or for `keep_split` the files ``<target>-00001-of-….gguf``. Answer: `Progress` whose
    note names the tensor that begins, then `Quantized` or `Failed`."""

    request: int
    path: str
    target: str
    ftype: int
    settings: QuantizeSettings


@dataclass(frozen=True, slots=True)
class PlannedType:
    """What the engine would do for one file type.

    Attributes:
        tensors: ggml's tensor type of each tensor.
        needs_imatrix: It refuses without an importance matrix.
        fallbacks: Tensors whose rows do not divide into blocks of the type, so that they get another one.
        problem: The engine's words where it cannot be made at all; empty where it can.
    """

    ftype: int
    tensors: tuple[int, ...]
    needs_imatrix: bool
    fallbacks: int
    problem: str


@dataclass(frozen=True, slots=True)
class TypesPlanned:
    request: int
    types: tuple[PlannedType, ...]


@dataclass(frozen=True, slots=True)
class Quantized:
    """`fallbacks` as in `PlannedType`; `engine` names the build that made it."""

    request: int
    fallbacks: int
    engine: str
