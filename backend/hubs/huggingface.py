"""The Hugging Face garden: search, details, model cards and file headers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

from backend.errors import AppError
from backend.gguf.header import Header
from backend.hubs import errors
from backend.hubs.api import MODELS, Answer, HubApi
from backend.hubs.cache import DiskCache
from backend.hubs.files import group
from backend.hubs.filters import keeps, list_params, sifts
from backend.hubs.headers import HeaderReader
from backend.hubs.names import is_repo, is_revision
from backend.hubs.parse import Kind, Parsed, parse_query
from backend.hubs.ranges import RemoteRanges
from backend.hubs.rows import EXPAND, commit_of, hub_model, remote_files
from backend.hubs.types import QuantFile, RemoteFile, RepoDetail, SearchPage, SearchQuery
from backend.net import addresses
from backend.net.network import Network

CARD_LIMIT = 1_000_000
DEFAULT_ENDPOINT = "https://huggingface.co"

_MOST_SIFTED = 4
"""Pages of the hub that one page of ours may take, where the hub cannot tell what is asked for."""
_MOST_ROWS = 1000
"""Rows of one page that are looked at; the hub sends a hundred."""


class HuggingFace:
    """One hub. Every method blocks and may be called from any thread but the GUI's.

    Args:
        cache_dir: Folder for answers that were seen.
        endpoint: Address of the hub; by default HF_ENDPOINT or the public one.
        token: Called for each request; gives the access token or None.
    """

    def __init__(
        self,
        network: Network,
        cache_dir: Path,
        *,
        endpoint: str | None = None,
        token: Callable[[], str | None],
    ) -> None:
        self._network = network
        self._cache = DiskCache(cache_dir / "hub")
        address = endpoint or addresses.endpoint("HF_ENDPOINT", DEFAULT_ENDPOINT)
        self._api = HubApi(network, self._cache, address, token)
        self._headers = HeaderReader(self._cache)

    @property
    def endpoint(self) -> str:
        """Address of the hub, without a slash at the end."""
        return self._api.endpoint

    # Search

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        """One page of models.

        A text that names a repository puts that one first; behind it come what the words find, or, for a
        repository without GGUF files, the quantizations that others made of it.

        Args:
            cursor: `SearchPage.next_cursor` of the page before.

        Raises:
            AppError: ``hub.…`` and ``net.…``; ``hub.not_found`` for a URL of a repository that does not
            exist.
        """
        with self._network.reason("searching"):
            if cursor is not None:
                return self._sifted(query, self._page_url(cursor))
            parsed = parse_query(query.text)
            if parsed.kind is Kind.REPO and parsed.repo_id is not None:
                return self._search_repo(query, parsed, parsed.repo_id)
            return self._sifted(query, self._search_url(query, search=parsed.text))

    def adapters(self, base: str, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        """Adapters (LoRA) that were made for the repository `base`, with the filters of `query`."""
        return self._derived("adapter", base, query, cursor)

    def variants(self, base: str, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        """Quantizations that anybody made of the repository `base`, with the filters of `query`."""
        return self._derived("quantized", base, query, cursor)

    def _derived(self, relation: str, base: str, query: SearchQuery, cursor: str | None) -> SearchPage:
        with self._network.reason("searching"):
            if cursor is not None:
                return self._sifted(query, self._page_url(cursor))
            if not is_repo(base):
                return SearchPage((), None)
            tag = f"base_model:{relation}:{base}"
            return self._sifted(query, self._search_url(query, search=query.text, filters=(tag,)))

    def _search_repo(self, query: SearchQuery, parsed: Parsed, repo_id: str) -> SearchPage:
        try:
            found = self._row(repo_id, parsed.revision)
        except AppError as error:
            if parsed.explicit or error.code != "hub.not_found":
                raise
            return self._sifted(query, self._search_url(query, search=parsed.text))
        first = found.rows[0]
        if parsed.revision:
            return SearchPage((replace(first, revision=parsed.revision),), None, found.cached_at)
        if not first.has_gguf:
            more = self._sifted(query, self._search_url(query, filters=(f"base_model:quantized:{first.id}",)))
        elif parsed.explicit:
            return found
        else:
            more = self._sifted(query, self._search_url(query, search=first.name))
        rest = tuple(row for row in more.rows if row.id != first.id)
        return SearchPage((first, *rest), more.next_cursor, more.cached_at or found.cached_at)

    def _search_url(self, query: SearchQuery, *, search: str = "", filters: tuple[str, ...] = ()) -> str:
        params = list_params(query, search=search, filters=filters)
        return f"{self.endpoint}{MODELS}?{urlencode(params)}"

    def _sifted(self, query: SearchQuery, url: str) -> SearchPage:
        """The page at `url` without what `query` did not ask for; with rows of the pages behind it where
        too little is left."""
        page = self._page(url)
        kept = {row.id: row for row in page.rows if keeps(query, row)}
        cached_at = page.cached_at
        for _ in range(_MOST_SIFTED - 1 if sifts(query) else 0):
            if page.next_cursor is None or len(kept) >= query.limit:
                break
            page = self._page(self._page_url(page.next_cursor))
            kept |= {row.id: row for row in page.rows if keeps(query, row)}
            cached_at = cached_at or page.cached_at
        return SearchPage(tuple(kept.values()), page.next_cursor, cached_at)

    def _page(self, url: str) -> SearchPage:
        def read(answer: Answer) -> SearchPage:
            if not isinstance(answer.data, list):
                raise TypeError("a list was expected")
            rows = {row.id: row for row in map(hub_model, answer.data[:_MOST_ROWS]) if row is not None}
            if answer.data and not rows:
                raise ValueError("no model among the entries")
            cursor = answer.following.removeprefix(self.endpoint) or None
            return SearchPage(tuple(rows.values()), cursor, answer.cached_at)

        return self._api.json(url, read)

    def _page_url(self, cursor: str) -> str:
        if not cursor.startswith(f"{MODELS}?"):
            raise ValueError("not a cursor of this hub")
        return self.endpoint + cursor

    def _row(self, repo_id: str, revision: str | None = None) -> SearchPage:
        def read(answer: Answer) -> SearchPage:
            row = hub_model(answer.data)
            if row is None:
                raise TypeError("a model was expected")
            return SearchPage((row,), None, answer.cached_at)

        query = urlencode([("expand", name) for name in (*EXPAND, "config")])
        return self._api.json(f"{self._model_url(repo_id, revision)}?{query}", read, repo_id)

    def _model_url(self, repo_id: str, revision: str | None) -> str:
        url = f"{self.endpoint}{MODELS}/{_quoted_repo(repo_id)}"
        if not revision:
            return url
        if not is_revision(revision):
            raise errors.no_revision(repo_id, ascii(revision)[:200])
        return f"{url}/revision/{quote(revision, safe='')}"

    # Detail

    def detail(self, repo_id: str, revision: str | None = None, *, max_age: float = 0.0) -> RepoDetail:
        """The repository at its newest commit, or at a revision, with the GGUF choices.

        Args:
            repo_id: ``owner/name``, or ``owner/name@revision`` (`HubModel.ref`, `Parsed.ref`).
            revision: A branch, tag or commit; None for the usual branch.
            max_age: Seconds for which an answer of before is good enough, without asking.

        Raises:
            AppError: ``hub.…`` and ``net.…``; ``hub.revision`` where there is no such revision.
        """
        repo_id, _, named = repo_id.partition("@")
        revision = revision or named

        def read(answer: Answer) -> RepoDetail:
            detail = _detail(answer, repo_id)
            if not revision:
                return detail
            quants = tuple(replace(quant, revision=revision) for quant in detail.quants)
            return replace(detail, model=replace(detail.model, revision=revision), quants=quants)

        url = f"{self._model_url(repo_id, revision)}?blobs=true"
        if max_age > 0:
            known = self._api.cached_json(url)
            if known is not None and 0 <= time.time() - known.stored < max_age:
                return self._api.read_cached(known, read, repo_id)
        with self._network.reason("detail"):
            return self._api.json(url, read, repo_id)

    def card(self, repo_id: str, commit: str) -> str:
        """The model card at `commit` as Markdown without its front matter, at most 1 MB; empty where there is
        none.

        Raises:
            AppError: ``hub.…`` and ``net.…``.
        """
        key = self._card_key(repo_id, commit)
        known = self._cache.get(key)
        if known is None:
            with self._network.reason("card"):
                url = self.resolve_url(repo_id, commit, "README.md")
                body = self._api.text(url, CARD_LIMIT, repo_id) or b""
            self._cache.put(key, body)
        else:
            body = known.body
        return _without_front_matter(body.decode("utf-8", errors="replace"))

    def card_stored(self, repo_id: str, commit: str) -> float | None:
        """Unix time when the card at `commit` was fetched; None where it was not. It never changes."""
        known = self._cache.get(self._card_key(repo_id, commit))
        return known.stored if known is not None else None

    def _card_key(self, repo_id: str, commit: str) -> str:
        return f"card {self.endpoint} {repo_id} {commit}"

    # What only the inspector of the library asks for

    def known_detail(self, repo_id: str) -> RepoDetail | None:
        """The repository as it was when it was last seen; nothing is asked."""
        known = self._api.cached_json(f"{self._model_url(repo_id, '')}?blobs=true")
        if known is None:
            return None
        try:
            return self._api.read_cached(known, lambda answer: _detail(answer, repo_id), repo_id)
        except AppError:
            return None

    def small_file(
        self, repo_id: str, commit: str, path: str, limit: int, *, ask: bool = True
    ) -> bytes | None:
        """A file at `commit`; None where there is none, where it has `limit` bytes or more, or, without
        `ask`, where it was not fetched before.

        Raises:
            AppError: ``hub.…`` and ``net.…``.
        """
        key = f"file {self.endpoint} {repo_id} {commit} {path}"
        known = self._cache.get(key)
        if known is not None:
            return known.body
        if not ask:
            return None
        with self._network.reason("template"):
            body = self._api.text(self.resolve_url(repo_id, commit, path), limit, repo_id)
        if body is None or len(body) >= limit:
            return None
        self._cache.put(key, body)
        return body

    # Headers of files

    def header(self, detail: RepoDetail, quant: QuantFile, *, tier: int) -> tuple[tuple[Header, ...], int]:
        """The GGUF headers of a choice, one per part, and how many bytes were fetched for them now.

        Tier 0 reads the first 64 KiB of the first part only: that part has the model's facts. Tier 1 reads
        the whole header of every part. What was read is kept by commit and path, which never change.

        Raises:
            AppError: ``gguf.…`` for a file that is not what it should be, ``hub.…``, ``net.…``.
        """
        files = quant.files[:1] if tier == 0 else quant.files
        headers, fetched = [], 0
        with self._network.reason("header"):
            for file in files:
                header, count = self._file_header(detail, file, tier)
                headers.append(header)
                fetched += count
        return tuple(headers), fetched

    def raw_headers(self, detail: RepoDetail, quant: QuantFile) -> tuple[bytes, ...]:
        """The bytes of the whole headers, one for each part. Raises as `header`, and fetches what that has
        not."""
        with self._network.reason("header"):
            return tuple(self._raw_header(detail, file) for file in quant.files)

    def _raw_header(self, detail: RepoDetail, file: RemoteFile) -> bytes:
        return self._headers.raw(
            self._header_key(detail, file), file, file.path, lambda: self._ranges(detail, file)
        )

    def _file_header(self, detail: RepoDetail, file: RemoteFile, tier: int) -> tuple[Header, int]:
        return self._headers.read(
            self._header_key(detail, file), file, file.path, lambda: self._ranges(detail, file), tier=tier
        )

    def _header_key(self, detail: RepoDetail, file: RemoteFile) -> str:
        return f"header {self.endpoint} {detail.model.id} {detail.commit} {file.path}"

    def _ranges(self, detail: RepoDetail, file: RemoteFile) -> RemoteRanges:
        return RemoteRanges(
            self._network,
            self.resolve_url(detail.model.id, detail.commit, file.path),
            file.path,
            file.size,
            self._api.headers,
            lambda response: self._api.refused(response, detail.model.id),
        )

    # The account

    def whoami(self) -> str:
        """The name of the account that the access token belongs to.

        Raises:
            AppError: ``hub.no_token``, ``hub.token`` (not accepted), ``net.…``.
        """
        with self._network.reason("account"):
            return self._api.account()

    # Addresses

    def resolve_url(self, repo_id: str, commit: str, path: str) -> str:
        """The address of a file at a commit; it redirects to the content."""
        return f"{self.endpoint}/{_quoted_repo(repo_id)}/resolve/{quote(commit, safe='')}/{quote(path)}"

    def auth_headers(self, url: str) -> dict[str, str]:
        """The headers for a request to `url`; with the token if, and only if, `url` is on the hub itself.

        Raises:
            AppError: ``hub.token`` where the token cannot be one.
        """
        return self._api.headers(url)


def _detail(answer: Answer, repo_id: str) -> RepoDetail:
    data = answer.data
    model = hub_model(data)
    if model is None or not isinstance(data, Mapping):
        raise TypeError("a model was expected")
    commit = commit_of(data)
    if commit is None:
        raise errors.unreadable(repo_id, "no commit")
    files = remote_files(data, model.id)
    quants = group(files)
    has_gguf = model.has_gguf or bool(quants)
    return RepoDetail(replace(model, has_gguf=has_gguf), commit, quants, files, answer.cached_at)


def _quoted_repo(repo_id: str) -> str:
    """`repo_id` for a URL path, or the error for one that cannot be."""
    if not is_repo(repo_id):
        raise errors.not_found(ascii(repo_id)[:200].strip("'"), "not a repository name", signed_in=True)
    return quote(repo_id)


def _without_front_matter(text: str) -> str:
    text = text.removeprefix("\ufeff")
    match = re.match(r"\s*---[ \t]*\r?\n(?:.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    return (text[match.end() :] if match else text).lstrip("\r\n")
