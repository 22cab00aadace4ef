"""Asking one of Ollama's sites: bounded, and remembered by ETag, to be shown offline."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import httpx2

from backend.errors import AppError
from backend.hubs.cache import Cached, DiskCache
from backend.hubs.ollama import errors
from backend.net.errors import UNREACHED
from backend.net.network import Network, readable
from backend.net.transport import LIMIT
from backend.version import version

log = logging.getLogger(__name__)

T = TypeVar("T")

_TIMEOUT = httpx2.Timeout(15.0, connect=10.0)
"""Pages and manifests are short, and people wait for them."""


class Site:
    """One site, anonymous: no token, no cookie, no signature."""

    def __init__(self, network: Network, cache: DiskCache, endpoint: str) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.host = httpx2.URL(self.endpoint).host
        self._network = network
        self._cache = cache
        network.treat_as_remote(self.endpoint)

    @staticmethod
    def headers(_url: str) -> Mapping[str, str]:
        """The headers for any request. A User-Agent that begins with ``ollama/`` would have to sign it."""
        return {"User-Agent": f"orangery/{version()}"}

    def get(
        self,
        path: str,
        read: Callable[[bytes, float | None], T],
        *,
        what: str,
        limit: int,
        html: bool = False,
        extra: Mapping[str, str] | None = None,
        max_age: float = 0.0,
    ) -> T:
        """Ask for `path` and hand the answer to `read`; only one that it accepts is kept on disk.

        Where the site cannot be reached, or the offline switch is on, the answer of the last time is used.

        Args:
            read: Gets the body, and the Unix time it was fetched if the site could not be asked now.
            what: The model, or words for a search, for messages.
            limit: Largest body in bytes.
            html: Whether a web page is expected; else one is a captive portal's.
            max_age: Seconds for which an answer of before is good enough, without asking.

        Raises:
            AppError: ``net.…``, ``ollama.…``, or what `read` raises.
        """
        key = f"ollama {self.endpoint}{path}"
        known = self._cache.get(key)
        if known is not None and 0 <= time.time() - known.stored < max_age:
            return read(known.body, None)
        headers = {**self.headers(path), **(extra or {})}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        try:
            response = self._ask(path, headers, limit, what)
        except AppError as error:
            if known is None or error.code not in UNREACHED:
                raise
            log.info("%s: %s; using the answer of the last time", error.code, self.host)
            return read(known.body, known.stored)
        if response.status_code == 304 and known is not None:
            value = read(known.body, None)
            self._cache.confirm(key, known)
            return value
        if not html and _is_html(response):
            raise errors.captive(self.host)
        value = read(response.content, None)
        self._cache.put(key, response.content, etag=response.headers.get("ETag", "")[:200])
        return value

    def seen(self, path: str) -> Cached | None:
        """The answer of the last time, without asking."""
        return self._cache.get(f"ollama {self.endpoint}{path}")

    def _ask(self, path: str, headers: Mapping[str, str], limit: int, what: str) -> httpx2.Response:
        try:
            response = self._network.hub_client.get(
                self.endpoint + path, headers=headers, extensions={LIMIT: limit}, timeout=_TIMEOUT
            )
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, self.host) from error
        if response.status_code != 304 and not response.is_success:
            raise errors.from_response(response, what)
        return response


def _is_html(response: httpx2.Response) -> bool:
    kind = response.headers.get("Content-Type", "").lower()
    return "html" in kind or response.content[:15].lstrip().lower().startswith((b"<!doctype", b"<html"))
