"""Reading parts of a file on the hub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, Self

import httpx2

from backend.errors import AppError
from backend.hubs import errors
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT

_PIECE = 32 * 1024


class HeadersFor(Protocol):
    """Gives the request headers for a URL: the token only goes to the hub itself."""

    def __call__(self, url: str, /) -> Mapping[str, str]: ...


class Refused(Protocol):
    """Makes the error of an answer that is not 2xx."""

    def __call__(self, response: httpx2.Response, /) -> AppError: ...


class RemoteRanges:
    """Fetches ranges of one file, in pieces as they arrive, so that whoever has enough can stop in the
    middle.

    The signed address of the CDN is kept while this object lives, never longer. Use it as a context manager.

    Args:
        url: The commit-pinned address on the hub.
        size: Bytes that the hub says the file has.

    Attributes:
        bytes_read: Bytes handed out so far.
    """

    def __init__(
        self,
        network: Network,
        url: str,
        name: str,
        size: int,
        headers: HeadersFor,
        refused: Refused,
    ) -> None:
        self._network = network
        self._url = url
        self._name = name
        self._size = size
        self._headers = headers
        self._refused = refused
        self._direct: str | None = None
        self._response: httpx2.Response | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._at = self._end = 0
        self.bytes_read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give up what is still on its way."""
        if self._response is not None:
            self._response.close()
            self._response = None

    def __call__(self, start: int, end: int) -> bytes:
        """The next piece of the bytes from `start` up to but not including `end`; empty at the end of the
        file.

        Raises:
            AppError: ``hub.range`` where the server sends another part or another file; network and hub
            errors.
        """
        end = min(end, self._size)
        if start >= end:
            return b""
        try:
            if self._response is None or self._at != start or self._at >= self._end:
                self.close()
                self._open(start, end)
            piece = next(self._pieces, b"")[: self._end - self._at]
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, httpx2.URL(self._url).host) from error
        if not piece:
            raise errors.changed(self._name, f"ended at {self._at} in place of {self._end}")
        self._at += len(piece)
        self.bytes_read += len(piece)
        return piece

    def _open(self, start: int, end: int) -> None:
        if self._direct is not None:
            response = self._ask(self._direct, start, end)
            if response.status_code in (401, 403, 404, 410):  # the signature has expired
                response.close()
                self._direct = None
        if self._direct is None:
            response = self._ask(self._url, start, end)
        self._response, self._at, self._end = response, start, end
        if response.status_code not in (200, 206):
            response.read()
            raise self._refused(response)
        self._check(response, start, end)
        self._direct = str(response.url)
        self._pieces = response.iter_raw(_PIECE)

    def _ask(self, url: str, start: int, end: int) -> httpx2.Response:
        request = self._network.hub_client.build_request(
            "GET",
            url,
            headers={
                **self._headers(url),
                "Range": f"bytes={start}-{end - 1}",
                "Accept-Encoding": "identity",
            },
            # A server that ignores the range announces the whole file.
            extensions={LIMIT: max(self._size, API_LIMIT)},
        )
        return self._network.hub_client.send(request, stream=True)

    def _check(self, response: httpx2.Response, start: int, end: int) -> None:
        if response.headers.get("Content-Type", "").lower().startswith("text/html"):
            raise errors.captive(response.url.host)
        if response.status_code == 206:
            claimed = response.headers.get("Content-Range", "")
            match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", claimed.strip())
            if not match or tuple(map(int, match.groups())) != (start, end - 1, self._size):
                raise errors.changed(
                    self._name, f"asked for {start}-{end - 1}/{self._size}, got {ascii(claimed)[:100]}"
                )
        else:
            length = response.headers.get("Content-Length", "")
            if start > 0 or (length.isdigit() and int(length) != self._size):
                raise errors.changed(self._name, f"200 for a range from {start}, length {ascii(length)[:40]}")
