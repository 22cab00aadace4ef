"""``search``: models in the gardens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.errors import AppError
from backend.hubs.types import HubModel, SearchQuery, Sort
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend


class Garden(StrEnum):
    ALL = "all"
    HF = "hf"
    OLLAMA = "ollama"


@dataclass(frozen=True, slots=True)
class Row:
    """One model of ``search --json``. `size` is in bytes, or null: a repository has one for each of its
    files.
    """

    id: str
    name: str
    owner: str
    source: str
    size: int | None
    parameters: int | None
    architecture: str | None
    context_length: int | None
    downloads: int | None
    likes: int | None
    updated: datetime | None
    license: str | None
    gated: bool
    has_gguf: bool


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Keywords, owner/name or a URL.")],
    source: Annotated[Garden, typer.Option(help="Where to look.")] = Garden.ALL,
    sort: Annotated[Sort, typer.Option(help="What comes first.")] = Sort.TRENDING,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="How many rows at most.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Find models with GGUF files."""
    if source is Garden.OLLAMA:
        raise AppError(
            "cli.later",
            tr("Searching Ollama comes later."),
            tr("Use --source hf to search Hugging Face."),
        )
    with opened(context) as backend:
        rows = _find(backend, SearchQuery(query, sort, limit=min(limit, 100)), limit)
    if as_json:
        output.document([_row(model) for model in rows])
        return
    if not rows:
        output.say(tr("Nothing was found."))
    output.table(
        [
            (
                model.id,
                output.count(model.parameters),
                output.count(model.downloads),
                output.count(model.likes),
                f"{model.updated:%Y-%m-%d}" if model.updated else "–",
                tr("gated") if model.gated else "",
            )
            for model in rows
        ],
        (tr("Model"), tr("Params"), tr("Downloads"), tr("Likes"), tr("Updated"), ""),
    )


def _find(backend: Backend, query: SearchQuery, limit: int) -> list[HubModel]:
    rows: list[HubModel] = []
    cursor: str | None = None
    while True:
        page = backend.hub.search(query, cursor)
        rows += page.rows
        cursor = page.next_cursor
        if cursor is None or len(rows) >= limit:
            return rows[:limit]


def _row(model: HubModel) -> Row:
    return Row(
        id=model.id,
        name=model.name,
        owner=model.owner,
        source=model.source.value,
        size=None,
        parameters=model.parameters,
        architecture=model.architecture,
        context_length=model.context_length,
        downloads=model.downloads,
        likes=model.likes,
        updated=model.updated,
        license=model.license,
        gated=model.gated,
        has_gguf=model.has_gguf,
    )
