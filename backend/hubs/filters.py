"""What a search asks of the hub: the parameters of its list, and which rows it still has to leave out."""

from __future__ import annotations

import re

from backend.hubs.nature import nature_of
from backend.hubs.rows import EXPAND
from backend.hubs.types import HubModel, Purpose, SearchQuery, Sort

Params = list[tuple[str, str]]

_SORTS = {
    Sort.TRENDING: "trendingScore",
    Sort.DOWNLOADS: "downloads",
    Sort.LIKES: "likes",
    Sort.UPDATED: "lastModified",
    Sort.CREATED: "createdAt",
}
_LONGEST_SEARCH = 200
_MOST_ROWS = 100
_UNITS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))

_PIPELINES = {
    Purpose.CHAT: "text-generation",
    Purpose.COMPLETION: "text-generation",
    Purpose.VISION: "image-text-to-text",
    Purpose.RERANKING: "text-ranking",
}
_TAGS = {
    Purpose.CHAT: "conversational",
    # Two tasks of the hub mean it; repositories of either carry this tag, but one task can be asked for.
    Purpose.EMBEDDING: "feature-extraction",
}
_SIFTED = frozenset((Purpose.COMPLETION, Purpose.OTHER))
"""Purposes that the hub has no filter for: more rows are asked for, and those of others left out here."""


def list_params(query: SearchQuery, *, search: str = "", filters: tuple[str, ...] = ()) -> Params:
    """The query string of ``/api/models`` for `query`, in the order in which it is sent.

    Args:
        search: The words to look for.
        filters: Tags that rows must have besides those that `query` means.
    """
    purpose = query.purpose
    if purpose is Purpose.CODE and not re.search(r"cod(?:e|ing)|codestral", search, re.IGNORECASE):
        search = f"{search} code"  # no task and hardly a tag of the hub means it, but the names say it
    params: Params = []
    if words := " ".join(search.split())[:_LONGEST_SEARCH].strip():
        params.append(("search", words))
    params += [("filter", tag) for tag in (*_query_tags(query), *filters)]
    if purpose in _PIPELINES:
        params.append(("pipeline_tag", _PIPELINES[purpose]))
    if query.author:
        params.append(("author", query.author))
    if query.gated is not None:
        params.append(("gated", "true" if query.gated else "false"))
    if size := _size_range(query.least_parameters, query.most_parameters):
        params.append(("num_parameters", size))
    limit = _MOST_ROWS if purpose in _SIFTED else max(1, min(query.limit, _MOST_ROWS))
    params += [("sort", _SORTS[query.sort]), ("limit", str(limit))]
    # The configuration tells what a repository without GGUF is; with one, the GGUF does.
    fields = EXPAND if query.gguf_only else (*EXPAND, "config")
    return params + [("expand", name) for name in fields]


def sifts(query: SearchQuery) -> bool:
    """Whether the hub's rows for `query` may hold many that `keeps` leaves out."""
    return query.purpose in _SIFTED


def keeps(query: SearchQuery, row: HubModel) -> bool:
    """Whether `row` is what `query` asked for, where the hub cannot tell or a mirror ignores the question."""
    if row.parameters is not None:
        if query.least_parameters is not None and row.parameters < query.least_parameters:
            return False
        if query.most_parameters is not None and row.parameters > query.most_parameters:
            return False
    if query.gated is not None and row.gated is not query.gated:
        return False
    return query.purpose not in _SIFTED or query.purpose in nature_of(row).purposes


def _query_tags(query: SearchQuery) -> tuple[str, ...]:
    tags = ["gguf"] if query.gguf_only else []
    if query.purpose in _TAGS:
        tags.append(_TAGS[query.purpose])
    if query.license:
        tags.append(f"license:{query.license.strip().lower()}")
    if query.language:
        tags.append(query.language.strip().lower())
    return tuple(tags)


def _size_range(least: int | None, most: int | None) -> str:
    ends = []
    if least is not None and least > 0:
        ends.append(f"min:{_short(least)}")
    if most is not None:
        ends.append(f"max:{_short(max(0, most))}")
    return ",".join(ends)


def _short(count: int) -> str:
    """The number as the hub writes it (``9B``, ``1500M``); only whole numbers are sure to be understood."""
    for unit, letter in _UNITS:
        if count and count % unit == 0:
            return f"{count // unit}{letter}"
    return str(count)
