"""``quantize``: make a smaller file of a model, or show what each type would give."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.capacity.sentence import verdict_word
from backend.capacity.types import RunConfig
from backend.cli import output
from backend.cli.asking import follow
from backend.cli.session import local_model, opened
from backend.errors import AppError
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.quantize.catalog import tensor_type
from backend.quantize.types import Made, QuantizeOptions, TypeForecast

if TYPE_CHECKING:
    from backend.app import Backend


@dataclass(frozen=True, slots=True)
class Row:
    """A type as ``--json`` prints it."""

    type: str
    size: int
    exact: bool
    bits_per_weight: float
    verdict: str | None
    meaning: str
    in_library: str
    refusal: str


def _tensor_type(name: str | None) -> str | None:
    """`name`, if it is one; else the message names the option."""
    try:
        tensor_type(name)
    except AppError as error:
        raise typer.BadParameter(str(error)) from error
    return name


def quantize(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="An id, a path or a name of the library, best in F16.")
    ],
    type_name: Annotated[
        str | None,
        typer.Argument(metavar="TYPE", help="Such as Q4_K_M. Without one, all types with their sizes."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The new file, or a folder for it."),
    ] = None,
    imatrix: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Importance matrix, from Orangery or llama-imatrix.")
    ] = None,
    output_type: Annotated[
        str | None,
        typer.Option(metavar="TYPE", help="Type of the output layer, such as Q8_0.", callback=_tensor_type),
    ] = None,
    embedding_type: Annotated[
        str | None,
        typer.Option(metavar="TYPE", help="Type of the token embedding.", callback=_tensor_type),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=1024, help="Threads that compute.", show_default="physical cores"
        ),
    ] = None,
    keep_split: Annotated[
        bool, typer.Option("--keep-split", help="As many parts as the original has.")
    ] = False,
    requantize: Annotated[
        bool, typer.Option("--requantize", help="Also what is quantized already, which loses more.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file at OUT.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Make a smaller file of a model. The original is never changed."""
    options = QuantizeOptions(
        type=type_name or "",
        imatrix=imatrix,
        output_type=output_type,
        embedding_type=embedding_type,
        threads=threads,
        keep_split=keep_split,
        requantize=requantize,
    )
    with opened(context) as backend:
        row = local_model(backend, model)
        if type_name is None:
            n_ctx = backend.settings.get().default_n_ctx or RunConfig().n_ctx
            forecasts = backend.quantizer.forecast(row.id, options, n_ctx)
            _print_types(forecasts, as_json=as_json)
            return
        made = _made(backend, row.id, row.name, options, out, replace=force)
    if as_json:
        output.document(asdict(made))
    else:
        output.line(shown(str(made.path)))


def _made(
    backend: Backend, model_id: str, name: str, options: QuantizeOptions, out: Path | None, *, replace: bool
) -> Made:
    made: list[Made] = []

    def work(step: Step) -> Outcome:
        made.append(backend.quantizer.make(step, model_id, options, out, replace=replace))
        return Outcome(path=made[0].path)

    activity = backend.activities.start(
        ActivityKind.QUANTIZE, name, work, label=options.type.upper(), model_id=model_id
    )
    follow(backend, activity)
    return made[0]


def _print_types(forecasts: tuple[TypeForecast, ...], *, as_json: bool) -> None:
    rows = [
        Row(
            forecast.type.name,
            forecast.size,
            forecast.exact,
            round(forecast.bits_per_weight, 3),
            forecast.fit.verdict.value if forecast.fit else None,
            forecast.type.meaning,
            forecast.in_library,
            forecast.refusal,
        )
        for forecast in forecasts
    ]
    if as_json:
        output.document(rows)
        return
    output.table(
        [
            (
                forecast.type.name,
                ("" if forecast.exact else "~") + output.size(forecast.size),
                f"{forecast.bits_per_weight:.2f}",
                verdict_word(forecast.fit.verdict) if forecast.fit else "–",
                forecast.refusal or forecast.type.meaning,
            )
            for forecast in forecasts
        ],
        (tr("Type"), tr("Size"), tr("Bits"), tr("Fit"), ""),
    )
