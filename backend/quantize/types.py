"""What one asks of quantizing, and what is known before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from backend.capacity.types import Fit

Group = Literal["usual", "small", "other"]
"""Which of the short lists a type stands in; ``usual`` and ``small`` may overlap in `QuantType.groups`."""


@dataclass(frozen=True, slots=True)
class QuantType:
    """A target that the engine offers.

    Attributes:
        name: As people write it: ``Q4_K_M``.
        ftype: llama.cpp's ``LLAMA_FTYPE``.
        bits: Typical bits per weight over a whole model.
        meaning: One line for people.
        needs_imatrix: The engine refuses it without an importance matrix; `wants_imatrix`: it is much better
            with one.
    """

    name: str
    ftype: int
    bits: float
    meaning: str
    groups: tuple[Group, ...]
    needs_imatrix: bool = False
    wants_imatrix: bool = False


@dataclass(frozen=True, slots=True)
class QuantizeOptions:
    """How a file is made.

    Attributes:
        type: Name of a `QuantType`.
        imatrix: A file that `backend.lab` or llama.cpp made; None without.
        output_type, embedding_type: Tensor type such as ``Q8_0`` for the output layer and the token
            embedding; None leaves the choice to the engine.
        threads: None means the physical cores.
        keep_split: A source in several parts gives a target in as many.
        requantize: The person knows that the source is quantized already and loses more.
    """

    type: str
    imatrix: Path | None = None
    output_type: str | None = None
    embedding_type: str | None = None
    threads: int | None = None
    keep_split: bool = False
    requantize: bool = False


@dataclass(frozen=True, slots=True)
class TypeForecast:
    """What one type would give for one source, before anything is written.

    Attributes:
        size: Bytes of the file, as the engine itself computes them for these options.
        exact: False where only the typical bits per weight are known yet.
        fit: For the context that was asked about.
        in_library: Id of a model of the library that was made of this source with this type; else empty.
        refusal: Why it cannot be made (no importance matrix, row sizes), in a sentence; else empty.
    """

    type: QuantType
    size: int
    bits_per_weight: float
    exact: bool
    fit: Fit | None
    in_library: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that Orangery made, and from what. `path` is the first part of a split one; `size` is of all
    parts, `sha256` of the first."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Imatrix:
    """A saved importance matrix.

    Attributes:
        model_sha256: Digest of the weights that it was computed with, empty where unknown.
        tokens: Tokens of text that went through the model.
    """

    path: Path
    model_id: str
    model_name: str
    model_sha256: str
    text_name: str
    text_sha256: str
    tokens: int
    created: float
