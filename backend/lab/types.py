"""Rows of the quant lab, texts to measure on, and what one asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from backend.capacity.types import Fit


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its uncertainty. `measured` False means that it is typical for the type, not known of
    this model; then `low` and `high` enclose what is usual."""

    value: float
    low: float
    high: float
    measured: bool


TextKind = Literal["neutral", "chats", "both", "file"]


@dataclass(frozen=True, slots=True)
class LabText:
    """A text to measure on: the bundled neutral one, the person's own chats (only if they allow it), both in
    turns, or a file."""

    kind: TextKind
    name: str
    path: Path | None = None
    bytes: int = 0

    @property
    def private(self) -> bool:
        """Whether the person's own words are in it."""
        return self.kind in ("chats", "both")


@dataclass(frozen=True, slots=True)
class LabRow:
    """One type of one model, predicted or measured, and the same fields either way.

    Attributes:
        type: Name of the quantization, or of the original's.
        size: Bytes of the file; `exact_size` False where it is predicted.
        kl_divergence: Mean over tokens against the original, in nats.
        same_top: Share of tokens (0 to 1) whose most likely next token is that of the original.
        generation: Tokens per second.
        memory: Bytes.
        path: The file, where it exists.
        in_library: Its id there; empty where there is none.
        refusal: As in `TypeForecast`.
        measured_on: Name of the text, empty where nothing was measured.
    """

    type: str
    size: int
    exact_size: bool
    bits_per_weight: float
    fit: Fit | None
    perplexity: Value | None
    kl_divergence: Value | None
    same_top: Value | None
    generation: Value | None
    memory: Value | None
    path: Path | None = None
    in_library: str = ""
    refusal: str = ""
    measured_on: str = ""
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class LabRequest:
    """Args of one run.

    Attributes:
        model_id: The original in the library.
        types: What to make (where it is not there yet) and measure.
        measure: Whether to measure at all, or only to quantize.
        text: What to measure on; `tokens` how many of its tokens, 0 for all.
        imatrix: A saved matrix; or `imatrix_text`, from which one is computed first; or neither.
        output_type, embedding_type, threads: As in `QuantizeOptions`.
        keep_split: As there, for files that stay; what is deleted once measured is one file anyway.
        keep: Whether files that were made stay in the library; else they are deleted once measured.
    """

    model_id: str
    types: tuple[str, ...]
    measure: bool
    text: LabText
    tokens: int = 8192
    imatrix: Path | None = None
    imatrix_text: LabText | None = None
    output_type: str | None = None
    embedding_type: str | None = None
    threads: int | None = None
    keep_split: bool = False
    requantize: bool = False
    keep: bool = True
