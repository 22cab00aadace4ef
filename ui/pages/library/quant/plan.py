"""What the dialog knows, what the person chose, and what follows from both. Nothing here asks or draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from backend.i18n import tr
from backend.lab.types import LabRequest, LabRow, LabText
from backend.library.types import LibraryModel
from backend.quantize.types import Imatrix, QuantType, TypeForecast
from ui import format as fmt
from ui.pages.library.quant.words import quantized

KEPT_AT = "Q8_0"
"""Tensor type of the output layer and the embeddings where they are to be kept better than the rest."""
ROOM_LEFT = 512_000_000
"""Bytes that stay free on the disk."""
NEUTRAL = LabText("neutral", "neutral")


@dataclass(frozen=True, slots=True)
class Workbench:
    """All that is known of one model.

    Attributes:
        n_ctx: Tokens of context that the fits are for.
        types: By name, those that the engine offers.
        rows: The original first, then every type.
        peak: Bytes of memory while one file is made.
        threads: Of the processor, as many as work on one file unless others are chosen.
        free: Bytes on the disk where the files would lie.
        complete: False while sizes and fits are only typical ones.
    """

    model: LibraryModel
    n_ctx: int
    types: Mapping[str, QuantType]
    rows: tuple[LabRow, ...]
    texts: tuple[LabText, ...]
    imatrices: tuple[Imatrix, ...]
    peak: int
    free: int
    threads: int
    complete: bool = True

    @property
    def original(self) -> str:
        """What the model is stored as."""
        return self.rows[0].type if self.rows else self.model.quant

    @property
    def parts(self) -> int:
        """Files that the model consists of."""
        return max(len(self.model.parts), 1)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The importance matrix to use: a saved file, or a text to compute one from."""

    path: Path | None = None
    text: LabText | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person ticked.

    Attributes:
        matrix: None without one.
        tokens: How many of the text's tokens to measure on.
        output, embeddings: Whether these layers are kept at `KEPT_AT`.
        threads: None for as many as there are cores.
        split: A model of several files gives as many of each type.
        requantize: The person knows that quantizing twice loses more.
        keep: Whether the files stay once they were measured.
    """

    types: tuple[str, ...] = ()
    matrix: Matrix | None = None
    measure: bool = True
    text: LabText = NEUTRAL
    tokens: int = 8192
    output: bool = False
    embeddings: bool = False
    threads: int | None = None
    split: bool = False
    requantize: bool = False
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """What pressing the button would do.

    Attributes:
        make, measure: Types to make, and to measure.
        size: Bytes of the files to be made; `room` is what the disk must have for them.
        problem: Why the button is off, in a sentence; empty where it is on or nothing is chosen.
    """

    make: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    size: int = 0
    room: int = 0
    problem: str = ""

    @property
    def possible(self) -> bool:
        return bool(self.make or self.measure) and not self.problem


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A row of the table.

    Attributes:
        original: The model itself, which everything is compared with.
        cure: An importance matrix would lift the refusal.
    """

    lab: LabRow
    type: QuantType | None = None
    original: bool = False
    checked: bool = False
    refusal: str = ""
    cure: bool = False

    @property
    def name(self) -> str:
        return self.lab.type

    @property
    def here(self) -> bool:
        """Whether a file of this type, made of this model, is in the library."""
        return bool(self.lab.in_library)

    @property
    def measured(self) -> bool:
        return self.lab.kl_divergence is not None and self.lab.kl_divergence.measured


Forecasts = Mapping[str, TypeForecast]


def table(bench: Workbench, choices: Choices, forecasts: Forecasts) -> tuple[TypeRow, ...]:
    """The rows to show: sizes and fits as the chosen options change them, refusals as far as they hold."""
    rows, twice = [], quantized(bench.model)
    for place, lab in enumerate(bench.rows):
        if place and lab.type == bench.original:
            continue  # it would be the same file again
        kind = bench.types.get(lab.type)
        original = place == 0
        forecast = None if original or lab.in_library else forecasts.get(lab.type)
        if forecast is not None:
            lab = _forecast(lab, forecast)
        refusal, cure = ("", False) if original else _refusal(lab, kind, choices, twice, forecast)
        pointless = bool(lab.in_library) and not choices.measure
        checked = lab.type in choices.types and not original and not refusal and not pointless
        rows.append(TypeRow(lab, kind, original, checked, refusal, cure))
    return tuple(rows)


def _forecast(lab: LabRow, forecast: TypeForecast) -> LabRow:
    return replace(
        lab,
        size=forecast.size,
        exact_size=forecast.exact,
        bits_per_weight=forecast.bits_per_weight,
        fit=forecast.fit or lab.fit,
        in_library=forecast.in_library or lab.in_library,
    )


def _refusal(
    lab: LabRow, kind: QuantType | None, choices: Choices, twice: bool, forecast: TypeForecast | None
) -> tuple[str, bool]:
    """Why a type cannot be made, and whether an importance matrix would help.

    That the source is quantized already is no refusal here: the person confirms it once for all types.
    """
    if lab.in_library:
        return "", False
    refusal = forecast.refusal if forecast is not None else "" if twice else lab.refusal
    if kind is not None and kind.needs_imatrix:
        if choices.matrix is None:
            return refusal or tr("{type} needs an importance matrix.", type=kind.name), True
        if choices.matrix.path is None:
            return "", False  # it is computed first
    return refusal, False


def tally(bench: Workbench, choices: Choices, rows: tuple[TypeRow, ...]) -> Tally:
    """What would be made and measured, and why not."""
    chosen = [row for row in rows if row.checked]
    make = tuple(row.name for row in chosen if not row.here)
    sizes = [row.lab.size for row in chosen if not row.here]
    measure = tuple(row.name for row in chosen) if choices.measure else ()
    room = sum(sizes) if choices.keep or not choices.measure else max(sizes, default=0)
    problem = ""
    if make and quantized(bench.model) and not choices.requantize:
        problem = tr("Say first that you know it was quantized already.")
    elif make and room + ROOM_LEFT > bench.free:
        problem = tr(
            "The disk has not enough room: {free} free. Choose fewer types, or free some space.",
            free=fmt.size(bench.free),
        )
    return Tally(make, measure, sum(sizes), room, problem)


def request(bench: Workbench, choices: Choices, tally: Tally) -> LabRequest:
    """What to ask of the lab."""
    matrix = choices.matrix if tally.make else None
    return LabRequest(
        model_id=bench.model.id,
        types=tally.measure or tally.make,
        measure=choices.measure,
        text=choices.text,
        tokens=choices.tokens,
        imatrix=matrix.path if matrix else None,
        imatrix_text=matrix.text if matrix else None,
        output_type=KEPT_AT if choices.output else None,
        embedding_type=KEPT_AT if choices.output and choices.embeddings else None,
        threads=choices.threads,
        keep_split=choices.split,
        requantize=choices.requantize,
        keep=choices.keep or not choices.measure,
    )
