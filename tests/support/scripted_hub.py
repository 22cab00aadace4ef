"""A garden for page tests that answers when it is told to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from backend.errors import AppError
from backend.hubs.parse import parse_query
from backend.hubs.types import (
    GardenTrouble,
    HubModel,
    QuantFile,
    RemoteFile,
    RepoDetail,
    SameWeights,
    SearchPage,
    SearchQuery,
    Source,
)
from tests.support.fake_gardens import completed

PAGE = 30
COMMIT = "c0ffee" + "0" * 34


def hub_model(name: str, **facts: object) -> HubModel:
    """A repository of ``acme``."""
    model = HubModel(
        f"acme/{name}", Source.HUGGING_FACE, "acme", name, parameters=8_000_000_000, has_gguf=True
    )
    return replace(model, **facts)  # type: ignore[arg-type]


def quant(label: str, size: int, parts: int = 1) -> QuantFile:
    """One choice of a repository; more than one part is a shard set."""
    if parts == 1:
        return QuantFile(label, (RemoteFile(f"model-{label}.gguf", size, "0" * 64),))
    names = (f"model-{label}-{part:05}-of-{parts:05}.gguf" for part in range(1, parts + 1))
    return QuantFile(label, tuple(RemoteFile(name, size // parts, "0" * 64) for name in names))


def ollama_model(name: str, **facts: object) -> HubModel:
    """A model of Ollama's own library."""
    model = HubModel(name, Source.OLLAMA, "library", name, has_gguf=True, sizes=("4b", "12b"))
    return replace(model, **facts)  # type: ignore[arg-type]


def tag(name: str, size: int) -> QuantFile:
    """One choice of an Ollama model, as its page tells it."""
    return QuantFile("unknown", (RemoteFile(name, size),), tag=name)


class ScriptedHub:
    """Both gardens. Answers from `rows`, in pages of 30; the text, or what it names, must be in the name.

    Attributes:
        asked: Every search with its cursor, in order.
        error: Raised instead of an answer, by searches and details.
        cached_at: When the answers are said to be from.
        tags: What every Ollama model offers.
        others, loras: Answers about other uploads and adapters; `related` remembers the questions.
        on_page: Called with the cursor before a further page is given.
    """

    endpoint = "https://huggingface.co"

    def __init__(self, rows: tuple[HubModel, ...], files: tuple[QuantFile, ...] = ()) -> None:
        self.rows = rows
        self.files = files or (quant("Q4_K_M", 5_000_000_000), quant("Q8_0", 9_000_000_000))
        self.asked: list[tuple[SearchQuery, str | None]] = []
        self.opened: list[str] = []
        self.error: AppError | None = None
        self.cached_at: float | None = None
        self.troubles: tuple[GardenTrouble, ...] = ()
        self.tags: tuple[QuantFile, ...] = (tag("latest", 5_000_000_000), tag("12b", 8_000_000_000))
        self.others: tuple[HubModel, ...] = ()
        self.loras: tuple[HubModel, ...] = ()
        self.related: list[str] = []
        self.same: dict[str, tuple[SameWeights, ...]] = {}
        self.on_page: Callable[[str], None] = lambda cursor: None
        self.markdown = "# A card"
        self._gates: dict[str, threading.Event] = {}

    @property
    def texts(self) -> list[str]:
        """What was searched for, further pages left out."""
        return [query.text for query, cursor in self.asked if cursor is None]

    def hold(self, text: str) -> threading.Event:
        """Let searches for `text` wait until the returned event is set."""
        return self._gates.setdefault(text, threading.Event())

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        self.asked.append((query, cursor))
        if query.text in self._gates:
            self._gates[query.text].wait(30)
        if cursor is not None:
            self.on_page(cursor)
        if self.error is not None:
            raise self.error
        parsed = parse_query(query.text)
        word = (parsed.repo_id or parsed.name or parsed.text).split("/")[-1].lower()
        found = [row for row in self.rows if word in row.name.lower()]
        start = int(cursor or 0)
        following = str(start + PAGE) if start + PAGE < len(found) else None
        return SearchPage(tuple(found[start : start + PAGE]), following, self.cached_at, self.troubles)

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail:
        self.opened.append(model_id)
        if self.error is not None:
            raise self.error
        known = (*self.rows, *self.others, *self.loras)
        model = next(row for row in known if (row.source, row.id) == (source, model_id))
        if source is Source.OLLAMA:
            return RepoDetail(model, "", self.tags, cached_at=self.cached_at)
        return RepoDetail(model, COMMIT, self.files, cached_at=self.cached_at)

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile:
        return completed(detail.model, quant) if quant.tag else quant

    def card(self, detail: RepoDetail) -> str:
        if self.error is not None:
            raise self.error
        return self.markdown

    def same_weights(self, key: str) -> tuple[SameWeights, ...]:
        return self.same.get(key, ())

    def same_as(self, first: HubModel, second: HubModel, choices: tuple[str, str]) -> None:
        """Let it be known from now on that both have the same weights."""
        for here, there, choice in ((first, second, choices[1]), (second, first, choices[0])):
            self.same[here.key] = (SameWeights(there.source, there.id, choice, "0" * 64),)

    def variants(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        return self._related("variants", self.others, cursor)

    def adapters(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        return self._related("adapters", self.loras, cursor)

    def _related(self, kind: str, rows: tuple[HubModel, ...], cursor: str | None) -> SearchPage:
        self.related.append(kind)
        if self.error is not None:
            raise self.error
        start = int(cursor or 0)
        following = str(start + PAGE) if start + PAGE < len(rows) else None
        return SearchPage(rows[start : start + PAGE], following)
