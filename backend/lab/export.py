"""Rows of the quant lab as files for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Literal

from backend.errors import AppError
from backend.files import write_atomically
from backend.i18n import tr
from backend.lab.types import LabRow, Value

ExportKind = Literal["csv", "json", "md"]

FIELDS = (
    "type",
    "size",
    "bits_per_weight",
    "perplexity",
    "kl_divergence",
    "same_top",
    "generation_tps",
    "memory",
)
_FILE_FIELDS = (*FIELDS, "text")
"""A file is read later and elsewhere, so it says what was measured on."""


def plain_row(row: LabRow) -> dict[str, str | int | float | None]:
    """A row as other programs read it: only what was measured, the rest is None."""
    return {
        "type": row.type,
        "size": row.size,
        "bits_per_weight": round(row.bits_per_weight, 4),
        "perplexity": _measured(row.perplexity),
        "kl_divergence": _measured(row.kl_divergence),
        "same_top": _measured(row.same_top),
        "generation_tps": _measured(row.generation),
        "memory": int(row.memory.value) if row.memory and row.memory.measured else None,
    }


def write_rows(path: Path, rows: tuple[LabRow, ...], kind: ExportKind) -> None:
    """Raises:
    AppError: ``lab.export``: the file cannot be written."""
    table = [{**plain_row(row), "text": row.measured_on or None} for row in rows]
    if kind == "json":
        text = json.dumps(table, indent=2) + "\n"
    elif kind == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, _FILE_FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
        text = buffer.getvalue()
    else:
        lines = [
            _FILE_FIELDS,
            ("---",) * len(_FILE_FIELDS),
            *(tuple(_cell(v) for v in row.values()) for row in table),
        ]
        text = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise AppError(
            "lab.export",
            tr("The file {path} cannot be written.", path=path),
            tr("Choose another folder."),
            str(error),
        ) from error


def _measured(value: Value | None) -> float | None:
    return value.value if value is not None and value.measured else None


def _cell(value: str | float | None) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
