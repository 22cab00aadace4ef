"""Asking the hub's JSON API: conditional requests, the disk cache, and answers that may be anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2

from backend.errors import AppError
from backend.hubs import errors
from backend.hubs.cache import Cached, DiskCache
from backend.net.addresses import origin
from backend.net.errors import UNREACHED
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT
from backend.version import version

log = logging.getLogger(__name__)

T = TypeVar("T")
MODELS = "/api/models"
"""Where the list of models is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Decoded JSON.

    Attributes:
        following: Address of the next page, on the hub; empty at the end.
        cached_at: Unix time it was fetched, if the hub could not be asked now; else None.
    """

    data: object
    following: str = ""
    cached_at: float | None = None


class HubApi:
    """GET requests to one hub, with the token only for its own origin."""

    def __init__(
        self, network: Network, cache: DiskCache, endpoint: str, token: Callable[[], str | None]
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.host = httpx2.URL(self.endpoint).host
        self._network = network
        self._cache = cache
        self._token = token
        network.treat_as_remote(self.endpoint)

    def headers(self, url: str) -> dict[str, str]:
        """The headers for a request to `url`; with the token if, and only if, `url` is on the hub itself.

        Raises:
            AppError: ``hub.token`` where the token cannot be one.
        """
        self._network.configure_hub_library()
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        token = self._secret() if origin(url) == origin(self.endpoint) else None
        headers: dict[str, str] = build_hf_headers(
            token=token or False, library_name="orangery", library_version=version()
        )
        return headers

    def refused(self, response: httpx2.Response, repo_id: str | None) -> AppError:
        """The error for an answer that is not 2xx."""
        secret = self._secret()
        return errors.from_response(response, repo_id, signed_in=secret is not None, secret=secret)

    def json(self, url: str, read: Callable[[Answer], T], repo_id: str | None = None) -> T:
        """Ask `url` and hand the decoded answer to `read`; only an answer that it accepts is kept on disk.

        Where the hub cannot be reached, or the offline switch is on, the answer of the last time is used.

        Args:
            read: Raises AppError, TypeError, ValueError or KeyError for data that is not what was asked for.
            repo_id: The repository, for messages; None for a search.

        Raises:
            AppError: ``net.…`` or ``hub.…``.
        """
        key = self._key(url)
        known = self._cache.get(key)
        try:
            response = self._get(url, known.etag if known else "", repo_id)
        except AppError as error:
            # What anybody may see can also be shown to those who have signed in since.
            known = known or self._cache.get(self._key(url, signed_in=False))
            if known is None or error.code not in UNREACHED:
                raise
            log.info("%s: %s; using the answer of the last time", error.code, self.host)
            return self._read(known.body, known.following, known.stored, read, repo_id)
        if response.status_code == 304 and known is not None:
            self._cache.confirm(key, known)
            return self._read(known.body, known.following, None, read, repo_id)
        following = self._following(response)
        value = self._read(response.content, following, None, read, repo_id)
        self._cache.put(
            key, response.content, etag=response.headers.get("ETag", "")[:200], following=following
        )
        return value

    def account(self) -> str:
        """The name of the account that the token belongs to. Always asked; never kept.

        Raises:
            AppError: ``hub.no_token``, ``hub.token``, ``net.…``.
        """
        if self._secret() is None:
            raise errors.no_token()

        def read(answer: Answer) -> str:
            if not isinstance(answer.data, Mapping):
                raise TypeError("an object was expected")
            name = answer.data["name"]
            if not isinstance(name, str) or not 0 < len(name) <= 200:
                raise ValueError("no name")
            return name

        response = self._get(f"{self.endpoint}/api/whoami-v2", "", None)
        return self._read(response.content, "", None, read, None)

    def cached_json(self, url: str) -> Cached | None:
        """The answer of the last time, without asking."""
        return self._cache.get(self._key(url))

    def read_cached(self, entry: Cached, read: Callable[[Answer], T], repo_id: str | None) -> T:
        return self._read(entry.body, entry.following, None, read, repo_id)

    def text(self, url: str, limit: int, repo_id: str) -> bytes | None:
        """The first `limit` bytes of a small file; None where the repository does not have it."""
        try:
            with self._network.hub_client.stream(
                "GET", url, headers=self.headers(url), extensions={LIMIT: API_LIMIT}
            ) as response:
                if response.status_code != 200:
                    response.read()
                    error = self.refused(response, repo_id)
                    if error.code == "hub.file_not_found":
                        return None
                    raise error
                if response.headers.get("Content-Type", "").lower().startswith("text/html"):
                    raise errors.captive(self.host)
                data = bytearray()
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) >= limit:
                        break
                return bytes(data[:limit])
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, self.host) from error

    def _key(self, url: str, *, signed_in: bool = True) -> str:
        return f"json {url} {'signed in' if signed_in and self._secret() else ''}"

    def _get(self, url: str, etag: str, repo_id: str | None) -> httpx2.Response:
        headers = self.headers(url)
        if etag:
            headers["If-None-Match"] = etag
        try:
            response = self._network.hub_client.get(url, headers=headers)
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, self.host) from error
        if response.status_code != 304 and not response.is_success:
            raise self.refused(response, repo_id)
        kind = response.headers.get("Content-Type", "").lower()
        if "html" in kind or response.content[:15].lstrip().lower().startswith((b"<!doctype", b"<html")):
            raise errors.captive(self.host)
        return response

    def _read(
        self,
        body: bytes,
        following: str,
        cached_at: float | None,
        read: Callable[[Answer], T],
        repo_id: str | None,
    ) -> T:
        what = repo_id or self.host
        try:
            return read(Answer(json.loads(body), following, cached_at))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            detail = f"{type(error).__name__}: {error}; {body[:200]!a}"
            raise errors.unreadable(what, errors.redacted(detail, self._secret())) from error

    def _following(self, response: httpx2.Response) -> str:
        """The next page, at this hub whatever host the answer names: the token goes along with it, and a
        mirror may pass on the address at its original."""
        found: Mapping[str, str] = response.links.get("next", {})
        try:
            parts = urlsplit(found.get("url", ""))
        except ValueError:
            return ""
        if not (parts.path.endswith(MODELS) and parts.query):
            return ""
        return f"{self.endpoint}{MODELS}?{parts.query}"

    def _secret(self) -> str | None:
        token = (self._token() or "").strip()
        if not token:
            return None
        # A client's own complaint about an impossible header would repeat the token.
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise errors.bad_token()
        return token
