"""Lets a client that was written for httpx send through the network of this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import httpx2

from backend.net import errors
from backend.net.network import Network, readable

_LONGEST_LINE = 1_000_000


class Bridge(httpx.BaseTransport):
    """Passes requests on to `Network.client`, so that the offline switch, the ledger and the limits hold.

    What goes wrong on the way is raised as AppError, which such a client lets through. Redirects are not
    followed.

    Args:
        extensions: For every request (see `backend.net.transport`); its timeout is that of the caller.
    """

    def __init__(self, network: Network, extensions: dict[str, Any]) -> None:
        self._network = network
        self._extensions = extensions

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises:
            AppError: ``net.…``.
        """
        headers = [(k, v) for k, v in request.headers.items() if k.lower() not in _OURS]
        client = self._network.client
        host = request.url.host
        try:
            outgoing = client.build_request(
                request.method,
                str(request.url),
                headers=[*headers, ("Accept-Encoding", "identity"), ("Connection", "close")],
                content=request.read() or None,
                extensions={"timeout": request.extensions.get("timeout") or {}, **self._extensions},
            )
            response = client.send(outgoing, stream=True, follow_redirects=False)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise _readable(error, host) from error
        coding = response.headers.get("Content-Encoding", "identity").lower()
        if coding != "identity":
            response.close()
            raise errors.unreadable(host, f"Content-Encoding: {ascii(coding)[:80]}")
        answer = httpx.Response(
            response.status_code, headers=response.headers.raw, stream=_Body(response, host), request=request
        )
        answer.encoding = "utf-8"  # as in `backend.net.transport`
        return answer


_OURS = ("host", "content-length", "transfer-encoding", "accept-encoding", "connection")


class _Body(httpx.SyncByteStream):
    """The body, piece by piece. A text without end in one line is refused: the client would gather it."""

    def __init__(self, response: httpx2.Response, host: str) -> None:
        self._response = response
        self._host = host

    def __iter__(self) -> Iterator[bytes]:
        line = 0
        try:
            for piece in self._response.iter_raw():
                cut = piece.rfind(b"\n")
                line = len(piece) - cut - 1 if cut >= 0 else line + len(piece)
                if line > _LONGEST_LINE:
                    raise errors.too_much(self._host, _LONGEST_LINE)
                yield piece
        except (httpx2.HTTPError, OSError) as error:
            raise readable(error, self._host) from error

    def close(self) -> None:
        self._response.close()


def _readable(error: Exception, host: str) -> Exception:
    if isinstance(error, httpx2.InvalidURL):
        return errors.unreadable(host, str(error))
    return readable(error, host)
