"""``quant-lab``: make types of a model and measure what each loses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backend.capacity.types import RunConfig
from backend.cli import output
from backend.cli.asking import follow
from backend.cli.session import local_model, opened
from backend.i18n import tr
from backend.lab.export import plain_row
from backend.lab.types import LabRequest, LabRow, LabText, Value
from backend.quantize.catalog import quant_type


def quant_lab(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="The original: an id, a path or a name of the library.")
    ],
    types: Annotated[list[str], typer.Argument(metavar="TYPE", help="Such as Q8_0 Q4_K_M.")],
    text: Annotated[
        Path | None, typer.Option(metavar="F", help="A text file in UTF-8.", show_default="a neutral text")
    ] = None,
    tokens: Annotated[int, typer.Option(metavar="N", min=0, help="At most so many; 0 for all.")] = 8192,
    imatrix: Annotated[
        Path | None, typer.Option(metavar="F", help="Importance matrix to quantize with.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the files in the library.")] = False,
    requantize: Annotated[
        bool, typer.Option("--requantize", help="Also what is quantized already, which loses more.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Measure perplexity, divergence from the original, speed and memory of several types."""
    with opened(context) as backend:
        row = local_model(backend, model)
        source = LabText("file", text.name, text) if text is not None else backend.lab.texts()[0]
        wanted = tuple(dict.fromkeys(quant_type(name).name for name in types))
        request = LabRequest(row.id, wanted, True, source, tokens, imatrix, requantize=requantize, keep=keep)
        follow(backend, backend.lab.start(request))
        original, *measured = backend.lab.rows(row.id, n_ctx=RunConfig().n_ctx, quick=True)
        rows = {found.type: found for found in measured}
    chosen = [original, *(rows[name] for name in wanted)]
    if as_json:
        output.document([plain_row(found) for found in chosen])
        return
    output.table(
        [_cells(found) for found in chosen],
        (
            tr("Type"),
            tr("Size"),
            tr("Bits"),
            tr("Perplexity"),
            tr("KL loss"),
            tr("Same top"),
            tr("Tokens/s"),
            tr("Memory"),
        ),
    )


def _cells(row: LabRow) -> tuple[str, ...]:
    return (
        row.type,
        output.size(row.size),
        f"{row.bits_per_weight:.2f}",
        _with_error(row.perplexity, 2),
        _with_error(row.kl_divergence, 4),
        f"{100 * row.same_top.value:.1f} %" if row.same_top else "–",
        f"{row.generation.value:.1f}" if row.generation else "–",
        output.size(row.memory.value if row.memory else None),
    )


def _with_error(value: Value | None, digits: int) -> str:
    if value is None:
        return "–"
    return f"{value.value:.{digits}f} ± {value.high - value.value:.{digits}f}"
