"""Both gardens as one: a search over both, and everything about a model whichever garden it grows in."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from backend.errors import AppError
from backend.gguf.header import Header
from backend.hubs.digests import DigestIndex
from backend.hubs.huggingface import HuggingFace
from backend.hubs.merge import Fetch, Place, decode, merged
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.parse import Kind, Parsed, parse_query
from backend.hubs.types import (
    HubModel,
    QuantFile,
    RepoDetail,
    SameWeights,
    SearchPage,
    SearchQuery,
    Sort,
    Source,
)
from backend.net.errors import too_slow

_PAGES_KEPT = 48

_Key = tuple[Source, SearchQuery, str | None]


class Catalogue:
    """One catalogue over both gardens. Every method blocks and may be called from any thread but the GUI's.

    Args:
        index: File for the digests that were seen; None remembers them only while the program runs.
        patience: Seconds to wait for the slower garden, once the other has answered a search.
    """

    def __init__(
        self, hub: HuggingFace, ollama: OllamaGarden, index: Path | None = None, *, patience: float = 5.0
    ) -> None:
        self._hub = hub
        self._ollama = ollama
        self._index = DigestIndex(index)
        self._patience = patience
        self._lock = threading.Lock()
        self._pages: OrderedDict[_Key, SearchPage] = OrderedDict()

    # Search

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        """One page of the rows of both gardens, about `query.limit` of them.

        Numbers (downloads, dates) decide the order where both gardens have them; trending and liked rows
        come in turns. What was named comes first. A garden that cannot be read is in `troubles`.

        Args:
            cursor: `SearchPage.next_cursor` of the page before, of the same query.

        Raises:
            AppError: No garden that was asked could be read.
            ValueError: `cursor` is none of ours.
        """
        parsed = parse_query(query.text)
        queries = _queries(query, parsed)
        if not queries:
            return SearchPage((), None)
        if cursor is not None:
            places = decode(cursor, frozenset(queries))
            fetches = {source: self._fetch(source, asked) for source, asked in queries.items()}
            return merged(fetches, places, query.sort, max(1, query.limit))
        self._forget(queries)
        first = self._side_by_side(queries)
        fetches = {source: self._fetch(source, asked, first[source]) for source, asked in queries.items()}
        page = merged(fetches, dict.fromkeys(queries, Place()), query.sort, max(1, query.limit))
        page = _without_mere_absence(page, parsed)
        return replace(page, rows=_named_first(page.rows, parsed))

    def _side_by_side(self, queries: Mapping[Source, SearchQuery]) -> dict[Source, Future[SearchPage]]:
        """The first page of every garden, asked for at the same time.

        Once one of them has rows, the other is not waited for much longer; its answer is still kept.
        """
        asked = {source: self._begin(source, query) for source, query in queries.items()}
        done, pending = wait(asked.values(), return_when=FIRST_COMPLETED)
        if pending:
            answered = any(future.exception() is None for future in done)
            wait(pending, self._patience if answered else None)
        return asked

    def _begin(self, source: Source, query: SearchQuery) -> Future[SearchPage]:
        """Ask for the first page of one garden, in a thread that does not keep the program from ending."""
        future: Future[SearchPage] = Future()

        def ask() -> None:
            try:
                future.set_result(self._page(source, query, None))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=ask, name=f"garden {source.value}", daemon=True).start()
        return future

    def _fetch(self, source: Source, query: SearchQuery, first: Future[SearchPage] | None = None) -> Fetch:
        """Gives the pages of one garden; `first` is the first one, asked for already."""

        def fetch(cursor: str | None) -> SearchPage:
            if cursor is not None or first is None:
                return self._page(source, query, cursor)
            if not first.done():
                raise too_slow(self._host(source), self._patience)
            return first.result()

        return fetch

    def _page(self, source: Source, query: SearchQuery, cursor: str | None) -> SearchPage:
        """A page of one garden. Those of a moment ago are kept: one of ours may end in the middle of one."""
        key = (source, query, cursor)
        with self._lock:
            known = self._pages.get(key)
        if known is not None:
            return known
        garden = self._hub if source is Source.HUGGING_FACE else self._ollama
        page = garden.search(query, cursor)
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return page

    def _host(self, source: Source) -> str:
        address = self._hub.endpoint if source is Source.HUGGING_FACE else self._ollama.library
        return urlsplit(address).hostname or ""

    def _forget(self, queries: Mapping[Source, SearchQuery]) -> None:
        """A search that starts over asks anew."""
        with self._lock:
            for key in [k for k in self._pages if queries.get(k[0]) == k[1]]:
                del self._pages[key]

    def variants(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        """Quantizations that anybody made of the model that `model` was made from, or of itself.

        Ollama does not say what its models were made from: there are none unless the same weights are known
        in the other garden.

        Raises:
            AppError: ``hub.…`` and ``net.…``.
        """
        base = self._base(model)
        if base is None:
            return SearchPage((), None)
        return self._hub.variants(base, SearchQuery(sort=Sort.DOWNLOADS), cursor)

    def adapters(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        """Adapters (LoRA) for the model that `model` was made from, or for itself.

        Raises:
            AppError: ``hub.…`` and ``net.…``.
        """
        base = self._base(model)
        if base is None:
            return SearchPage((), None)
        return self._hub.adapters(base, SearchQuery(sort=Sort.DOWNLOADS, gguf_only=False), cursor)

    def _base(self, model: HubModel) -> str | None:
        if model.base_models:
            return model.base_models[0]
        if model.source is Source.HUGGING_FACE:
            return model.id
        for same in self.same_weights(model.key):
            if same.source is Source.HUGGING_FACE:
                try:
                    found = self._hub.detail(same.id, max_age=86400.0).model
                except AppError:
                    continue
                return found.base_models[0] if found.base_models else found.id
        return None

    # One model

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail:
        """A model with what it offers.

        Args:
            model_id: As in its garden; for Hugging Face with ``@revision`` behind it for another than the
                usual one.
            max_age: Seconds for which an answer of before is good enough, without asking.

        Raises:
            AppError: ``hub.…``, ``ollama.…`` and ``net.…``.
        """
        if source is Source.OLLAMA:
            found = self._ollama.detail(model_id, max_age=max_age)
        else:
            found = self._hub.detail(model_id, max_age=max_age)
        if not found.model.revision:  # what another one offers is not what the repository offers
            whole = source is Source.HUGGING_FACE  # of Ollama the digests come one by one
            self._index.note(source, found.model.id, _digests(found.quants), whole=whole)
        return found

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile:
        """`quant` with everything that a download needs: of Ollama, what its manifest says.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        if detail.model.source is not Source.OLLAMA or quant.manifest:
            return quant
        found = self._ollama.complete(detail.model.id, quant)
        self._index.note(Source.OLLAMA, detail.model.id, _digests((found,)))
        return found

    def choice(self, model_id: str, tag: str = "", *, max_age: float = 0.0) -> QuantFile:
        """A tag of an Ollama model (``latest`` where it is empty), complete, without asking for its page.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        found = self._ollama.choice(model_id, tag, max_age=max_age)
        self._index.note(Source.OLLAMA, model_id, _digests((found,)))
        return found

    def card(self, detail: RepoDetail) -> str:
        """What its maker says about a model, as Markdown; empty where it says nothing.

        Raises:
            AppError: ``hub.…``, ``ollama.…`` and ``net.…``.
        """
        if detail.model.source is Source.OLLAMA:
            return self._ollama.card(detail.model.id, detail.commit)
        return self._hub.card(detail.model.id, detail.commit)

    def header(self, detail: RepoDetail, quant: QuantFile, *, tier: int) -> tuple[tuple[Header, ...], int]:
        """The GGUF headers of a choice, and how many bytes were fetched for them now.

        Tier 0 reads the first 64 KiB only, tier 1 the whole header of every part.

        Raises:
            AppError: ``gguf.…``, ``hub.…``, ``ollama.…`` and ``net.…``.
        """
        if detail.model.source is Source.OLLAMA:
            return self._ollama.header(detail, self.complete(detail, quant), tier=tier)
        return self._hub.header(detail, quant, tier=tier)

    def raw_headers(self, detail: RepoDetail, quant: QuantFile) -> tuple[bytes, ...]:
        """The bytes of the headers of a choice, one for each part. What `header` has read at tier 1 is not
        fetched again.

        Raises:
            AppError: As `header`.
        """
        if detail.model.source is Source.OLLAMA:
            return self._ollama.raw_headers(detail, self.complete(detail, quant))
        return self._hub.raw_headers(detail, quant)

    def same_weights(self, key: str) -> tuple[SameWeights, ...]:
        """Other places in the gardens that offer some of the same weights, as far as was seen.

        Args:
            key: `HubModel.key`.
        """
        return self._index.same(key)


def _digests(quants: tuple[QuantFile, ...]) -> list[tuple[str, str]]:
    """Choice and digest of the weights that are one file: those of several can be cut in different places."""
    return [
        (quant.name, digest)
        for quant in quants
        if quant.kind == "model" and len(quant.files) == 1 and (digest := quant.files[0].sha256)
    ]


def _queries(query: SearchQuery, parsed: Parsed) -> dict[Source, SearchQuery]:
    """What to ask of which garden. Paths of this machine are nobody's business."""
    if parsed.kind is Kind.PATH:
        return {}
    gardens: tuple[Source, ...] = (Source.HUGGING_FACE, Source.OLLAMA)
    asked = {source: query for source in gardens if source in query.gardens}
    only: Source | None = None
    if parsed.kind is Kind.OLLAMA and parsed.explicit:
        only = Source.OLLAMA
    elif parsed.kind is Kind.REPO and parsed.explicit and not parsed.bare:
        only = Source.HUGGING_FACE
    if only is not None:
        # An address says where to look, whatever the filter of gardens says.
        return {only: replace(query, gardens=frozenset({only}))}
    if parsed.kind is Kind.OLLAMA and Source.HUGGING_FACE in asked:
        words = f"{parsed.name} {parsed.tag or ''}".strip()
        asked[Source.HUGGING_FACE] = replace(query, text=words)
    return asked


def _without_mere_absence(page: SearchPage, parsed: Parsed) -> SearchPage:
    """A name that one garden does not have is no trouble where the other has it."""
    if parsed.kind is Kind.KEYWORDS or not page.rows:
        return page
    troubles = tuple(t for t in page.troubles if t.error.code not in ("hub.not_found", "ollama.not_found"))
    return replace(page, troubles=troubles)


def _named_first(rows: tuple[HubModel, ...], parsed: Parsed) -> tuple[HubModel, ...]:
    """Rows whose name is what was typed, before the others."""
    match parsed.kind:
        case Kind.KEYWORDS:
            wanted = {parsed.text.casefold()}
        case Kind.OLLAMA:
            wanted = {(parsed.name or "").casefold()}
        case Kind.REPO:
            wanted = {(parsed.repo_id or "").casefold()}
        case Kind.PATH:
            wanted = set()
    exact = tuple(row for row in rows if wanted & {row.id.casefold(), row.name.casefold()})
    return (*exact, *(row for row in rows if row not in exact))
