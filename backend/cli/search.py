"""``search``: models in the gardens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.errors import AppError
from backend.hubs.types import (
    GARDENS,
    GardenTrouble,
    HubModel,
    Purpose,
    SearchPage,
    SearchQuery,
    Sort,
    Source,
)
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

_PREFIX = "ollama:"
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([KMBT])", re.IGNORECASE)
_UNITS = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_MOST_SIZES = 5
_MOST_IDLE = 5
"""So many pages in a row that bring nothing new end a search."""


class Garden(StrEnum):
    ALL = "all"
    HF = "hf"
    OLLAMA = "ollama"


_GARDENS = {
    Garden.ALL: GARDENS,
    Garden.HF: frozenset({Source.HUGGING_FACE}),
    Garden.OLLAMA: frozenset({Source.OLLAMA}),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One model of ``search --json``.

    Attributes:
        id: As its garden has it; `source` is ``hf`` or ``ollama``.
        size: Bytes, or null: a repository has one for each of its files.
        sizes: Of Ollama: the sizes that it comes in, as written there.
    """

    id: str
    name: str
    owner: str
    source: str
    size: int | None
    sizes: tuple[str, ...]
    parameters: int | None
    architecture: str | None
    context_length: int | None
    downloads: int | None
    likes: int | None
    updated: datetime | None
    license: str | None
    gated: bool
    has_gguf: bool
    summary: str


def search(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="Keywords, owner/name, name:tag, ollama:… or a URL.")
    ],
    source: Annotated[Garden, typer.Option(help="Where to look.")] = Garden.ALL,
    sort: Annotated[Sort, typer.Option(help="What comes first.")] = Sort.TRENDING,
    task: Annotated[Purpose | None, typer.Option(help="Only models for this.")] = None,
    size: Annotated[
        str,
        typer.Option(
            metavar="FROM-TO",
            help="Only models with so many parameters: --size 3B-9B, --size 3B-, --size=-9B.",
        ),
    ] = "",
    license: Annotated[str, typer.Option(metavar="ID", help="Only this licence, such as apache-2.0.")] = "",
    language: Annotated[str, typer.Option(metavar="CODE", help="Only models that know it: pl, de, …")] = "",
    author: Annotated[str, typer.Option(metavar="NAME", help="Only this owner's models.")] = "",
    gated: Annotated[
        bool | None,
        typer.Option("--gated/--no-gated", help="Only models that ask for access, or none."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="How many rows at most.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Find models with GGUF files on Hugging Face and in Ollama's library."""
    least, most = _size_range(size)
    if query.lower().startswith(_PREFIX):
        query, source = query[len(_PREFIX) :].strip(), Garden.OLLAMA
    asked = SearchQuery(
        query,
        sort,
        limit=min(limit, 100),
        gardens=_GARDENS[source],
        purpose=task,
        least_parameters=least,
        most_parameters=most,
        license=license,
        language=language,
        author=author,
        gated=gated,
    )
    with opened(context) as backend:
        rows, troubles, cached_at = _find(backend, asked, limit)
    if cached_at is not None:
        seen = datetime.fromtimestamp(cached_at, UTC).astimezone()
        output.say(tr("Not asked anew: this was seen on {when}.", when=f"{seen:%Y-%m-%d %H:%M}"))
    for trouble in troubles:
        output.say(str(trouble.error))
        if trouble.fallback:
            output.say(tr("Its rows are from the bundled list, as published and unchecked."))
    if as_json:
        output.document([_row(model) for model in rows])
        return
    if not rows:
        output.say(tr("Nothing was found."))
    output.table(
        [
            (
                model.id if model.source is Source.HUGGING_FACE else model.key,
                _parameters(model),
                output.count(model.downloads),
                output.count(model.likes),
                f"{model.updated:%Y-%m-%d}" if model.updated else "–",
                tr("gated") if model.gated else "",
            )
            for model in rows
        ],
        (tr("Model"), tr("Params"), tr("Downloads"), tr("Likes"), tr("Updated"), ""),
    )


def _find(
    backend: Backend, query: SearchQuery, limit: int
) -> tuple[list[HubModel], tuple[GardenTrouble, ...], float | None]:
    """The rows, what could not be read, and since when the oldest of what could not be asked is known."""
    rows: dict[str, HubModel] = {}
    troubles: dict[str, GardenTrouble] = {}
    cached: list[float] = []
    cursor: str | None = None
    idle = 0
    while True:
        try:
            page = backend.catalogue.search(query, cursor)
        except AppError as error:
            if not rows:
                raise
            output.say(str(error))  # of a later page: what was found so far stays
            page = SearchPage((), None)
        known = len(rows)
        rows |= {model.key: model for model in page.rows if model.key not in rows}
        idle = idle + 1 if len(rows) == known else 0
        troubles |= {f"{t.source} {t.error.code}": t for t in page.troubles}
        cached += [page.cached_at] if page.cached_at is not None else []
        cursor = page.next_cursor
        if cursor is None or len(rows) >= limit or idle >= _MOST_IDLE:
            return list(rows.values())[:limit], tuple(troubles.values()), min(cached, default=None)


def _size_range(text: str) -> tuple[int | None, int | None]:
    """Least and most number of weights of ``3B-9B``; an open end is None.

    Raises:
        AppError: ``cli.usage``.
    """
    if not text:
        return None, None
    low, dash, high = text.replace(" ", "").partition("-")
    ends = [_SIZE.fullmatch(end) if end else None for end in (low, high)]
    if (
        not dash
        or not any(ends)
        or any(end and match is None for end, match in zip((low, high), ends, strict=True))
    ):
        raise AppError(
            "cli.usage",
            tr("{text} is no range of sizes.", text=text),
            tr("Write it as 3B-9B, 3B- or --size=-9B."),
        )
    least, most = (round(float(m[1]) * _UNITS[m[2].upper()]) if m else None for m in ends)
    return least, most


def _parameters(model: HubModel) -> str:
    if model.parameters is None and model.sizes:
        shown = ", ".join(model.sizes[:_MOST_SIZES])
        return shown if len(model.sizes) <= _MOST_SIZES else f"{shown}, …"
    return output.count(model.parameters)


def _row(model: HubModel) -> Row:
    return Row(
        id=model.id,
        name=model.name,
        owner=model.owner,
        source=model.source.value,
        size=None,
        sizes=model.sizes,
        parameters=model.parameters,
        architecture=model.architecture,
        context_length=model.context_length,
        downloads=model.downloads,
        likes=model.likes,
        updated=model.updated,
        license=model.license,
        gated=model.gated,
        has_gguf=model.has_gguf,
        summary=model.summary,
    )
