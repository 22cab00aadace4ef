"""A garden for page tests that answers when it is told to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from backend.errors import AppError
from backend.hubs.parse import parse_query
from backend.hubs.types import HubModel, QuantFile, RemoteFile, RepoDetail, SearchPage, SearchQuery, Source

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


class ScriptedHub:
    """Answers from `rows`, in pages of 30; the text, or the repository it names, must be in the name.

    Attributes:
        asked: Every search with its cursor, in order.
        error: Raised instead of an answer, by searches and details.
        cached_at: When the answers are said to be from.
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
        word = (parsed.repo_id or parsed.text).split("/")[-1].lower()
        found = [row for row in self.rows if word in row.name.lower()]
        start = int(cursor or 0)
        following = str(start + PAGE) if start + PAGE < len(found) else None
        return SearchPage(tuple(found[start : start + PAGE]), following, self.cached_at)

    def detail(self, repo_id: str, *, max_age: float = 0.0) -> RepoDetail:
        self.opened.append(repo_id)
        if self.error is not None:
            raise self.error
        model = next(row for row in self.rows if row.id == repo_id)
        return RepoDetail(model, COMMIT, self.files, cached_at=self.cached_at)

    def card(self, repo_id: str, commit: str) -> str:
        if self.error is not None:
            raise self.error
        return self.markdown
