"""The Ollama garden: search, tags, cards and file headers, with no Ollama installed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.names import UNKNOWN
from backend.hubs.cache import DiskCache
from backend.hubs.ollama import asked, errors, rows
from backend.hubs.ollama.asked import page_number
from backend.hubs.ollama.card import readme
from backend.hubs.ollama.names import LATEST, OllamaName, is_model_id, is_tag, model_name
from backend.hubs.ollama.pages import Card, ListPage, TagRow, list_page, model_page, tag_rows
from backend.hubs.ollama.registry import Registry, unread
from backend.hubs.ollama.site import Site
from backend.hubs.parse import Kind, Parsed, parse_query
from backend.hubs.types import (
    GardenTrouble,
    HubModel,
    QuantFile,
    RepoDetail,
    SearchPage,
    SearchQuery,
    Sort,
    Source,
)
from backend.i18n import tr
from backend.net.addresses import endpoint
from backend.net.errors import UNREACHED
from backend.net.network import Network

DEFAULT_REGISTRY = "https://registry.ollama.ai"
DEFAULT_LIBRARY = "https://ollama.com"

_PAGE_LIMIT = 4_000_000
_LONGEST_SEARCH = 200
_MOST_SIFTED = 3
"""Pages of the library that one page of ours may take, where it cannot tell what is asked for."""
_HARMLESS = ("net.too_much", "net.redirect", "net.unreadable")
"""Network errors that say something about the library page, not about the connection."""


class OllamaGarden:
    """Ollama's library and registry. Every method blocks and may be called from any thread but the GUI's.

    Args:
        cache_dir: Folder for answers that were seen; the other garden's too.
        registry, library: Addresses; by default ORANGERY_OLLAMA_REGISTRY and ORANGERY_OLLAMA_LIBRARY, or the
            public ones.
        clock: Unix time, for what pages write as «3 weeks ago».
    """

    def __init__(
        self,
        network: Network,
        cache_dir: Path,
        *,
        registry: str | None = None,
        library: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        cache = DiskCache(cache_dir / "hub")
        self._network = network
        self._clock = clock
        self._registry = Registry(
            network, cache, registry or endpoint("ORANGERY_OLLAMA_REGISTRY", DEFAULT_REGISTRY)
        )
        self._library = Site(network, cache, library or endpoint("ORANGERY_OLLAMA_LIBRARY", DEFAULT_LIBRARY))

    @property
    def endpoint(self) -> str:
        """Address of the registry, without a slash at the end."""
        return self._registry.endpoint

    @property
    def library(self) -> str:
        """Address of the library pages, without a slash at the end."""
        return self._library.endpoint

    # Search

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        """One page of models.

        A name (``name:tag``, ``ollama:…``, a page of ollama.com, ``user/name``) is looked up in the registry,
        whatever state the pages are in. Where the result page cannot be read, what it said the last time
        or the bundled list stands in, and the page's `troubles` say so.

        Args:
            cursor: `SearchPage.next_cursor` of the page before.

        Raises:
            AppError: ``net.…`` where nobody could be asked; ``ollama.not_found`` for a name that means
                nothing else; ``ollama.…`` for a page behind the first.
            ValueError: `cursor` is none of this garden.
        """
        number = page_number(cursor)
        if not rows.offers(query):
            return SearchPage((), None)
        parsed = parse_query(query.text)
        with self._network.reason("searching"):
            first: tuple[HubModel, ...] = ()
            words = parsed.text
            if parsed.kind is Kind.REPO and parsed.explicit and not parsed.bare:
                return SearchPage((), None)  # an address of the other garden
            if parsed.kind in (Kind.OLLAMA, Kind.REPO):
                found, words = self._named(parsed) if number == 1 else (None, asked.words(parsed))
                if parsed.explicit and (found is not None or parsed.kind is Kind.REPO):
                    return found or SearchPage((), None)
                first = found.rows if found is not None else ()
            page = self._listed(query, words, number)
        named = number == 1 and parsed.kind is Kind.OLLAMA and parsed.explicit
        if named and not page.rows and not page.troubles:
            raise errors.not_found(parsed.name or parsed.text)
        listed = tuple(row for row in page.rows if row.id not in {known.id for known in first})
        return replace(page, rows=(*first, *listed))

    def _named(self, parsed: Parsed) -> tuple[SearchPage | None, str]:
        """The model that was named, if there is one, and the words to look for besides."""
        words = asked.words(parsed)
        model_id, tag = asked.meant(parsed)
        if not is_model_id(model_id) or (tag and not is_tag(tag)):
            return None, words
        try:
            return self._direct(model_name(model_id), tag), words
        except AppError as error:
            # A name without a tag may be half a name, or words; what is surely one is not searched for.
            unknown = error.code in ("ollama.not_found", "ollama.page_unreadable") or (
                error.code == "ollama.forbidden" and parsed.kind is Kind.REPO
            )
            if not unknown or (parsed.explicit and parsed.tag):
                raise
            return None, words

    def _direct(self, name: OllamaName, tag: str) -> SearchPage:
        facts: dict[str, object] = {}
        cached_at: float | None = None
        try:
            choice = self._registry.choice(name.id, tag)
        except AppError as error:
            # Some models have no `latest`; their page then still lists what they have.
            if tag or error.code != "ollama.not_found":
                raise
            try:
                _, cached_at = self._tags(name)
            except AppError as trouble:
                raise (error if trouble.code == error.code else trouble) from error
        else:
            facts["architecture"] = choice.family or None
            facts["context_length"] = choice.context_length
            if choice.kind != "model":
                facts["has_gguf"] = False
        card, card_cached_at = self._card(name)
        if tag and not card.sizes:  # else the row is one of several sizes, as in any other list
            facts["parameters"] = rows.parameters(choice.parameters)
        return SearchPage((rows.hub_model(card, **facts),), None, cached_at or card_cached_at)

    def _listed(self, query: SearchQuery, words: str, number: int) -> SearchPage:
        try:
            return self._sifted(query, words, number)
        except AppError as error:
            if number > 1 or (error.code.startswith("net.") and error.code not in _HARMLESS):
                raise
            if error.code == "ollama.not_found":  # the page itself is gone
                error = errors.page_unreadable(error.detail)
            if known := self._library.seen(_list_path(query, words, 1)):
                page = list_page(known.body.decode("utf-8", "replace"), 1, self._now())
                trouble = GardenTrouble(Source.OLLAMA, error)
                return SearchPage(tuple(_kept(query, page).values()), None, known.stored, (trouble,))
            found = tuple(row for row in rows.bundled_rows(words) if rows.keeps(query, row))
            trouble = GardenTrouble(Source.OLLAMA, error, fallback=True)
            return SearchPage(found, None, troubles=(trouble,))

    def _sifted(self, query: SearchQuery, words: str, number: int) -> SearchPage:
        page, cached_at = self._page(query, words, number)
        kept = _kept(query, page)
        for _ in range(_MOST_SIFTED - 1 if rows.sifts(query) else 0):
            if page.following is None or len(kept) >= query.limit:
                break
            page, later = self._page(query, words, page.following)
            kept |= _kept(query, page)
            cached_at = cached_at or later
        following = str(page.following) if page.following is not None else None
        return SearchPage(tuple(kept.values()), following, cached_at)

    def _page(self, query: SearchQuery, words: str, number: int) -> tuple[ListPage, float | None]:
        def read(body: bytes, cached_at: float | None) -> tuple[ListPage, float | None]:
            text = body.decode("utf-8", "replace")
            page = list_page(text, number, self._now())
            if not page.understood:
                raise self._unreadable(text)
            return page, cached_at

        return self._library.get(
            _list_path(query, words, number),
            read,
            what=tr("the search"),
            limit=_PAGE_LIMIT,
            html=True,
            # Without this header the site shows the first page, whatever is asked for.
            extra={"HX-Request": "true"} if number > 1 else None,
        )

    # Detail

    def detail(self, model_id: str, *, max_age: float = 0.0) -> RepoDetail:
        """A model with its tags. `complete` reads what a tag consists of.

        Where the pages cannot be read, the tags are those that the registry and the bundled list know.

        Args:
            max_age: Seconds for which an answer of before is good enough, without asking.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        name = model_name(model_id)
        with self._network.reason("detail"):
            try:
                tags, cached_at = self._tags(name, max_age)
            except AppError as error:
                quants, cached_at = self._without_page(name, error), None
            else:
                quants = tuple(
                    unread(
                        row.tag,
                        row.size,
                        context_length=row.context_length,
                        digest=row.digest,
                        kind=row.kind,
                        updated=row.updated.timestamp() if row.updated else None,
                    )
                    for row in tags
                )
            card, _ = self._card(name, max_age)
        usual = next((quant for quant in quants if quant.tag == LATEST), quants[0])
        model = rows.hub_model(card, context_length=usual.context_length, architecture=usual.family or None)
        runs = any(quant.kind == "model" for quant in quants)
        return RepoDetail(replace(model, has_gguf=runs), "", quants, cached_at=cached_at)

    def complete(self, model_id: str, quant: QuantFile) -> QuantFile:
        """The tag with everything that its manifest tells: the weights with their digest, what comes along,
        and the manifest itself.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        with self._network.reason("detail"):
            found = self._registry.choice(model_id, quant.tag, digest=quant.digest)
        return replace(
            found,
            label=quant.label if found.label == UNKNOWN else found.label,
            context_length=found.context_length or quant.context_length,
            updated=quant.updated,
        )

    def choice(self, model_id: str, tag: str = LATEST, *, max_age: float = 0.0) -> QuantFile:
        """The tag of a model as a choice that is complete, with one request to the registry or two.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        with self._network.reason("detail"):
            return self._registry.choice(model_id, tag, max_age=max_age)

    def card(self, model_id: str, commit: str) -> str:
        """What the library page says about the model, as Markdown; empty where it says nothing.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
        """
        name = model_name(model_id)
        with self._network.reason("card"):
            return self._library.get(
                _page_path(name),
                lambda body, _: readme(body.decode("utf-8", "replace")),
                what=name.id,
                limit=_PAGE_LIMIT,
                html=True,
                max_age=60.0,  # the page was asked for when the model was opened
            )

    # Files

    def header(self, detail: RepoDetail, quant: QuantFile, *, tier: int) -> tuple[tuple[Header, ...], int]:
        """The GGUF header of a tag, and how many bytes were fetched for it now. Tiers as in the other garden.

        Raises:
            AppError: ``ollama.not_runnable`` for what is no GGUF; ``gguf.…``, ``ollama.…``, ``net.…``.
        """
        with self._network.reason("header"):
            if not quant.manifest:
                quant = self.complete(detail.model.id, quant)
            header, count = self._registry.header(detail.model.id, quant, tier=tier)
        return (header,), count

    def raw_headers(self, detail: RepoDetail, quant: QuantFile) -> tuple[bytes, ...]:
        """The bytes of the whole header. Raises as `header`, and fetches what that has not."""
        with self._network.reason("header"):
            return (self._registry.raw_header(detail.model.id, quant),)

    def blob_url(self, model_id: str, digest: str) -> str:
        """The address of a blob of a model; it redirects to one that expires.

        Args:
            digest: 64 hex digits, with or without ``sha256:`` in front.

        Raises:
            AppError: ``ollama.bad_name``.
        """
        return self._registry.blob_url(model_id, digest)

    def headers(self, url: str) -> dict[str, str]:
        """The headers for a request to `url`; nothing in them is secret."""
        return dict(self._library.headers(url))

    # Pages of one model

    def _tags(self, name: OllamaName, max_age: float = 0.0) -> tuple[tuple[TagRow, ...], float | None]:
        def read(body: bytes, cached_at: float | None) -> tuple[tuple[TagRow, ...], float | None]:
            text = body.decode("utf-8", "replace")
            found = tag_rows(text, name.id, self._now())
            if not found:
                raise self._unreadable(text)
            return found, cached_at

        return self._library.get(
            f"{_page_path(name)}/tags", read, what=name.id, limit=_PAGE_LIMIT, html=True, max_age=max_age
        )

    def _card(self, name: OllamaName, max_age: float = 0.0) -> tuple[Card, float | None]:
        """What is known of the model: from its page, else from the bundled list, else hardly anything; and
        when the page was fetched, if it could not be asked for now."""
        known = rows.bundled_entry(name.id)
        cached_at: float | None = None
        try:
            card, cached_at = self._library.get(
                _page_path(name),
                lambda body, at: (model_page(body.decode("utf-8", "replace"), name.id, self._now()), at),
                what=name.id,
                limit=_PAGE_LIMIT,
                html=True,
                max_age=max_age,
            )
        except AppError:
            card = Card(name.id)
        return (known.card if known is not None and card == Card(name.id) else card), cached_at

    def _without_page(self, name: OllamaName, trouble: AppError) -> tuple[QuantFile, ...]:
        """The tags of a model whose page cannot be read."""
        known = rows.bundled_entry(name.id)
        sizes = known.sizes if known is not None else {}
        listed = tuple(unread(tag, size) for tag, size in sizes.items())
        try:
            return (self._registry.choice(name.id, LATEST), *listed)
        except AppError as error:
            if error.code == "ollama.not_found" and listed:
                return listed
            if error.code == "ollama.not_found" and trouble.code == "ollama.page_unreadable":
                raise trouble from error  # it may have other tags, which a person can type
            if trouble.code in UNREACHED:
                raise trouble from error
            raise

    def _unreadable(self, text: str) -> AppError:
        lowered = text.lower()
        if "<html" in lowered and "ollama" not in lowered:
            return errors.captive(self._library.host)
        return errors.page_unreadable(f"{len(text)} characters, no model found in them")

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)


def _list_path(query: SearchQuery, words: str, number: int) -> str:
    params: list[tuple[str, str]] = [("q", rows.words_for(query, words)[:_LONGEST_SEARCH])]
    if query.sort in (Sort.UPDATED, Sort.CREATED):
        params.append(("o", "newest"))
    if wanted := rows.capability(query):
        params.append(("c", wanted))
    if number > 1:
        params.append(("page", str(number)))
    return f"/search?{urlencode(params)}"


def _kept(query: SearchQuery, page: ListPage) -> dict[str, HubModel]:
    found = {card.name: rows.hub_model(card) for card in page.cards}
    return {name: row for name, row in found.items() if rows.keeps(query, row)}


def _page_path(name: OllamaName) -> str:
    return f"/{quote(name.path)}"
