"""Reading parts of a file on the hub."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

import httpx2

from backend.errors import AppError
from backend.hubs import errors
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT


class HeadersFor(Protocol):
    """Gives the request headers for a URL: the token only goes to the hub itself."""

    def __call__(self, url: str) -> Mapping[str, str]: ...


class Refused(Protocol):
    """Makes the error of an answer that is not 2xx."""

    def __call__(self, response: httpx2.Response, /) -> AppError: ...


class RemoteRanges:
    """Fetches ranges of one file. The signed address of the CDN is kept while this object lives, never
    longer.

    Args:
        url: The commit-pinned address on the hub.
        size: Bytes that the hub says the file has.
        refused: Makes the error of an answer that is not 2xx.
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
        self.bytes_read = 0

    def __call__(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to but not including `end`, or fewer where the file ends.

        Raises:
            AppError: ``hub.range`` where the server sends another part or another file; network and hub
            errors.
        """
        end = min(end, self._size)
        if start >= end:
            return b""
        if self._direct is not None:
            data = self._read(self._direct, start, end, direct=True)
            if data is not None:
                return data
            self._direct = None  # the signature has expired
        data = self._read(self._url, start, end, direct=False)
        assert data is not None
        return data

    def _read(self, url: str, start: int, end: int, *, direct: bool) -> bytes | None:
        headers = {
            **self._headers(url),
            "Range": f"bytes={start}-{end - 1}",
            "Accept-Encoding": "identity",
        }
        limit = {LIMIT: max(self._size, API_LIMIT)}  # a server that ignores Range announces the whole file
        host = httpx2.URL(url).host
        try:
            with self._network.hub_client.stream("GET", url, headers=headers, extensions=limit) as response:
                if direct and response.status_code in (401, 403, 404, 410):
                    return None
                if response.status_code not in (200, 206):
                    response.read()
                    raise self._refused(response)
                self._check(response, start, end)
                data = bytearray()
                for piece in response.iter_raw():
                    data += piece
                    if len(data) >= end - start:
                        break
                self._direct = str(response.url)
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, host) from error
        self.bytes_read += len(data)
        if len(data) < end - start:
            raise errors.changed(self._name, f"{len(data)} bytes in place of {end - start}")
        return bytes(data[: end - start])

    def _check(self, response: httpx2.Response, start: int, end: int) -> None:
        if response.headers.get("Content-Type", "").lower().startswith("text/html"):
            raise errors.captive(response.url.host)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise errors.changed(self._name, "Content-Encoding in an answer to a range")
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
