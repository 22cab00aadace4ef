"""Rows of Ollama's library: from its pages, from the bundled list, and which of them a search means."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass

from backend.hubs.ollama.names import LIBRARY, is_cloud_tag, model_name
from backend.hubs.ollama.pages import Card
from backend.hubs.types import HubModel, Purpose, SearchQuery, Source
from backend.paths import RESOURCES

_SIZE = re.compile(r"e?(\d+(?:\.\d+)?)(?:x(\d+(?:\.\d+)?))?([bmt])", re.IGNORECASE)
_UNITS = {"m": 1e6, "b": 1e9, "t": 1e12}

_CAPABILITY = {Purpose.VISION: "vision", Purpose.EMBEDDING: "embedding"}
"""Purposes that the library has a filter for."""
_WORDS = {
    Purpose.CODE: ("code", re.compile(r"cod(?:e|ing)|program|starcoder|codestral|devstral", re.IGNORECASE)),
    Purpose.COMPLETION: ("base", re.compile(r"complet|fill-in|infill|\bbase\b|-text\b", re.IGNORECASE)),
    Purpose.RERANKING: ("rerank", re.compile(r"re-?rank", re.IGNORECASE)),
}
"""The others are told by words: what to search for where nothing else is, and what rows must say."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """One entry of the bundled list.

    Attributes:
        sizes: Bytes by tag.
        latest: What the tag ``latest`` means.
    """

    card: Card
    sizes: dict[str, int]
    latest: str


@functools.cache
def bundled() -> tuple[Bundled, ...]:
    """The bundled list: well-known models as published, unchecked."""
    data = json.loads((RESOURCES / "ollama.json").read_text(encoding="utf-8"))
    return tuple(
        Bundled(
            Card(
                entry["name"],
                entry["summary"],
                tuple(entry["capabilities"]),
                tuple(size for size in entry["sizes"] if parameters(size)),
            ),
            entry["sizes"],
            entry["latest"],
        )
        for entry in data["models"]
    )


def bundled_rows(words: str) -> tuple[HubModel, ...]:
    """The models of the bundled list whose name, sentence or capabilities have all of `words`."""
    wanted = words.casefold().split()
    return tuple(
        hub_model(entry.card)
        for entry in bundled()
        if all(
            word in f"{entry.card.name} {entry.card.summary} {' '.join(entry.card.capabilities)}".casefold()
            for word in wanted
        )
    )


def bundled_entry(model_id: str) -> Bundled | None:
    """The entry of a model, if there is one."""
    return next((entry for entry in bundled() if entry.card.name == model_id), None)


def hub_model(card: Card, **facts: object) -> HubModel:
    """A card as a row like those of the other garden. Capabilities become tags.

    Args:
        facts: Fields that are known better, such as ``architecture`` from a manifest.
    """
    name = model_name(card.name)
    counts = [count for size in card.sizes if (count := parameters(size))]
    values: dict[str, object] = {
        "parameters": counts[0] if len(counts) == 1 else None,
        "downloads": card.pulls,
        "updated": card.updated,
        "has_gguf": bool(card.sizes) or "cloud" not in card.capabilities,
        "pipeline_tag": _pipeline(card),
        "tags": card.capabilities,
        "summary": card.summary,
        "sizes": card.sizes,
    }
    known = {field: value for field, value in facts.items() if value is not None}
    owner = "" if name.namespace == LIBRARY else name.namespace
    return HubModel(card.name, Source.OLLAMA, owner, name.model, **{**values, **known})  # type: ignore[arg-type]


def parameters(size: str) -> int | None:
    """The number of weights that a chip (``8b``, ``8x7b``, ``e4b``, ``335m``) tells, about."""
    match = _SIZE.fullmatch(size)
    if match is None:
        return None
    count = float(match[1]) * float(match[2] or 1) * _UNITS[match[3].lower()]
    return round(count) or None if count < 2**62 else None


# What the filters of a search mean here


def offers(query: SearchQuery) -> bool:
    """Whether this garden has anything for `query`: it knows neither licences nor languages, asks nobody for
    access, and says of no model that it is for something else than text."""
    return (
        Source.OLLAMA in query.gardens
        and not query.license
        and not query.language
        and query.gated is not True
        and query.purpose is not Purpose.OTHER
    )


def capability(query: SearchQuery) -> str:
    """The library's own filter for the purpose; empty where it has none."""
    return _CAPABILITY.get(query.purpose, "") if query.purpose is not None else ""


def words_for(query: SearchQuery, words: str) -> str:
    """What to search for: the words, else the author, else a word that tells the purpose."""
    author = query.author.strip()
    if author.casefold() == LIBRARY:  # nobody's name: Ollama's own models, which are the usual ones
        author = ""
    if words.strip() or author:
        return words.strip() or author
    return _WORDS[query.purpose][0] if query.purpose in _WORDS else ""


def sifts(query: SearchQuery) -> bool:
    """Whether the library's rows for `query` may hold many that `keeps` leaves out."""
    return bool(
        query.author
        or query.least_parameters is not None
        or query.most_parameters is not None
        or (query.purpose is not None and not capability(query))
    )


def keeps(query: SearchQuery, row: HubModel) -> bool:
    """Whether `row` is what `query` asks for."""
    if query.gguf_only and not row.has_gguf:
        return False
    if query.author and (row.owner or LIBRARY).casefold() != query.author.strip().casefold():
        return False
    low, high = query.least_parameters, query.most_parameters
    if low is not None or high is not None:
        counts = [count for size in row.sizes if (count := parameters(size))]
        counts = counts or ([row.parameters] if row.parameters else [])
        if not any((low is None or low <= count) and (high is None or count <= high) for count in counts):
            return False
    match query.purpose:
        case None:
            return True
        case Purpose.CHAT:
            return "embedding" not in row.tags and not _WORDS[Purpose.RERANKING][1].search(row.name)
        case Purpose.VISION | Purpose.EMBEDDING:
            return _CAPABILITY[query.purpose] in row.tags
        case Purpose.OTHER:
            return False
        case _:
            return bool(_WORDS[query.purpose][1].search(f"{row.name} {row.summary}"))


def plain_tags(sizes: tuple[str, ...]) -> tuple[str, ...]:
    """The sizes of a card that are tags of their own."""
    return tuple(size for size in sizes if not is_cloud_tag(size))


def _pipeline(card: Card) -> str:
    if "embedding" in card.capabilities:
        return "feature-extraction"
    return "image-text-to-text" if "vision" in card.capabilities else "text-generation"
